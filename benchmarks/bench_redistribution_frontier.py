"""Speed of the frontier of moves against inequality, against sorting the ratios alone.

    python -m pytest benchmarks/bench_redistribution_frontier.py -o addopts= --benchmark-only

The rows of `benchmarks/README.md`: `of_frontiers`.
"""

from functools import cache

import numpy as np
import pytest
from benchmarks.cases import Case

from analysis.redistribution.frontiers.reachable import Frontier, frontier

SIZES = {514: None, 1_000_000: 5.0}  # units: bound on the ratio
SORT = "np.sort"


def by_argsort(staff, need):
    """The same knots as one writes them first: order the ratios, then cumulative sums."""
    ratio = staff / need
    order = np.argsort(ratio)
    levels, below = ratio[order], np.cumsum(need[order])
    held = np.cumsum(staff[order])
    lift = levels * below - held
    cut = (held[-1] - held) - levels * (below[-1] - below)
    return levels, lift, cut


def with_gini(staff, need) -> Frontier:
    """The frontier with the Gini left at every bend."""
    found = frontier(staff, need)
    found.gini(found.knots())
    return found


@cache
def case(n: int) -> Case:
    rng = np.random.default_rng(0)
    need = rng.lognormal(0.0, 1.0, n)
    staff = rng.poisson(50.0 * need)
    ratio = staff / need
    return Case(
        f"whole frontier of moves, {n:,} units",
        SIZES[n],
        SORT,
        {
            "this package": lambda: frontier(staff, need),
            "with the Gini at every bend": lambda: with_gini(staff, need),
            "argsort and cumulative sums": lambda: by_argsort(staff, need),
            SORT: lambda: np.sort(ratio),
        },
        rounds=15,
    )


def of_frontiers() -> list[Case]:
    return [case(n) for n in SIZES]


@pytest.mark.benchmark(min_rounds=3, warmup=False)
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize(
    "name",
    ["this package", "with the Gini at every bend", "argsort and cumulative sums", SORT],
)
def test_speed(benchmark, n, name):
    benchmark.group = case(n).work
    benchmark(case(n).run[name])
