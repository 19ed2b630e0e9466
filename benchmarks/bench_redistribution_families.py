"""Time and size of plans with substitution between job families, as the units grow.

    pytest benchmarks/bench_redistribution_families.py -o addopts= --benchmark-only

Ten families, each of which three others may stand in for; at most a tenth of a unit's staff moves
away and as many arrive. People retrained in place do not count for these caps, which no network
expresses: where its bounds leave a gap, an integer program proves what is best.
"""

import time
from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.redistribution.families.family_posts import SubstitutionPlan
from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.limits import Limits

SIZES = (64, 128, 256, 514)
FAMILIES = [f"family {f}" for f in range(10)]


@cache
def country(n: int) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """Staff lognormal about need, units spread over a square, costs their distances in km."""
    rng = np.random.default_rng(0)
    units = [f"unit {i}" for i in range(n)]
    need = np.ceil(rng.lognormal(4.0, 0.8, (n, len(FAMILIES))))
    staff = np.rint(need * rng.lognormal(0.0, 0.3, need.shape)).astype(np.int64)
    x, y = rng.uniform(0.0, 3000.0, (2, n))
    cost = np.hypot(np.subtract.outer(x, x), np.subtract.outer(y, y))
    return (
        pd.DataFrame(staff, index=units, columns=FAMILIES),
        pd.DataFrame(need, index=units, columns=FAMILIES),
        cost,
    )


def table() -> pd.DataFrame:
    rows = [
        (family, FAMILIES[(f + step) % len(FAMILIES)], 200.0 * step)
        for f, family in enumerate(FAMILIES)
        for step in (1, 2, 3)
    ]
    return pd.DataFrame(rows, columns=["from_family", "to_family", "penalty"])


def plan(n: int, caps: str) -> SubstitutionPlan:
    staff, need, cost = country(n)
    tenth = staff.sum(axis=1) // 10
    limits = Limits() if caps == "none" else Limits(most_leaving=tenth, capacity=tenth)
    return plan_with_substitution(staff, need, cost=cost, substitution=table(), limits=limits)


def rows() -> Iterator[dict[str, object]]:
    """Yield time and size of the plan of each number of units, with caps and without."""
    for caps in ("none", "a tenth"):
        for n in SIZES:
            start = time.perf_counter()
            found = plan(n, caps)
            yield {
                "units": n,
                "families": len(FAMILIES),
                "caps": caps,
                "seconds": time.perf_counter() - start,
                "nodes": found.nodes,
                "arcs": found.arcs,
                "filled": found.filled,
                "unfilled": found.unfilled,
                "optimal": found.optimal,
                "solver": found.solver,
            }


@pytest.mark.benchmark(min_rounds=1, max_time=0.0, warmup=False)
@pytest.mark.parametrize("caps", ["none", "a tenth"])
@pytest.mark.parametrize("n", SIZES)
def test_plan_with_substitution(benchmark, n, caps):
    benchmark.group = f"{len(FAMILIES)} families, caps: {caps}"
    assert benchmark(plan, n, caps).optimal


if __name__ == "__main__":
    print(pd.DataFrame(rows()).to_string(index=False))
