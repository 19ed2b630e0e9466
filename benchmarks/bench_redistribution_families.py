"""Time, peak memory and size of plans for many job families, as the units grow.

    python -m benchmarks.bench_redistribution_families

Three other families may stand in for each, or none may; at most a share of a unit's staff moves
away and as many arrive, over all families. People retrained in place do not count for these caps,
which no network expresses: an integer program finds what is best there. Each plan is made in a
process of its own, whose peak of memory is therefore that of the plan and all that it imports.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.own_process import each_apart

from analysis.redistribution.families.substitution import plan_with_substitution
from analysis.redistribution.limits import Limits


@dataclass(frozen=True)
class Work:
    """What is planned, and what it may take."""

    units: int
    families: int = 10
    groups: int = 1
    substitutes: int = 3
    share: int | None = 10  # one in so many of a unit's staff may leave, or arrive
    seconds: float | None = None
    mebibytes: float | None = None
    gap: float = 0.0

    @property
    def words(self) -> str:
        caps = "no caps" if self.share is None else f"caps of 1/{self.share} of a unit's staff"
        inside = f" inside {self.groups} groups" if self.groups > 1 else ""
        fill = "substitution" if self.substitutes else "people stay in their family"
        return f"plan of {self.units:,} units, {self.families} families{inside}, {fill}, {caps}"


WORK = (
    Work(514, substitutes=0, seconds=2.0),
    Work(128, share=None),
    Work(514, share=None),
    Work(128),
    Work(514, seconds=8.0, mebibytes=1024.0),
    Work(514, share=20, seconds=8.0, mebibytes=1024.0),
    Work(5000, families=20, groups=38, substitutes=0, seconds=60.0),
    Work(5000, families=20, groups=38, seconds=60.0),
    Work(5000, families=20, groups=500, seconds=60.0),
)


def plan(work: Work) -> dict[str, Any]:
    """Staff lognormal about need, units spread over a square, costs their distances in km."""
    rng = np.random.default_rng(0)
    units = pd.Index([f"unit {i}" for i in range(work.units)])
    families = [f"family {f}" for f in range(work.families)]
    need = np.ceil(rng.lognormal(4.0, 0.8, (work.units, work.families)))
    staff = np.rint(need * rng.lognormal(0.0, 0.3, need.shape)).astype(np.int64)
    place = rng.uniform(0.0, 3000.0, (2, work.units))
    group = rng.integers(0, work.groups, work.units)

    def distance(origins: pd.Index, destinations: pd.Index) -> np.ndarray:
        here, there = (place[:, units.get_indexer(side)] for side in (origins, destinations))
        return np.hypot(*(np.subtract.outer(a, b) for a, b in zip(here, there, strict=True)))

    substitutes = [
        (family, families[(f + step) % work.families], 200.0 * step)
        for f, family in enumerate(families)
        for step in range(1, work.substitutes + 1)
    ]
    caps = {}
    if work.share is not None:
        most = staff.sum(axis=1) // work.share
        caps = {"most_leaving": most, "capacity": most}
    start = time.perf_counter()
    found = plan_with_substitution(
        pd.DataFrame(staff, units, families),
        pd.DataFrame(need, units, families),
        cost=distance,
        substitution=pd.DataFrame(substitutes, columns=["from_family", "to_family", "penalty"]),
        limits=Limits(within=group, **caps),
    )
    return {
        "seconds": time.perf_counter() - start,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "nodes": found.nodes,
        "arcs": found.arcs,
        "filled": found.filled,
        "unfilled": found.unfilled,
        "optimal": found.optimal,
        "solver": found.solver,
    }


def rows() -> Iterator[tuple[Work, dict[str, Any]]]:
    """Yield what each plan took, each made in a process of its own."""
    return each_apart(__spec__.name, WORK)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(plan(Work(**json.loads(sys.argv[1])))))
    else:
        for work, found in rows():
            print(work.words, found, flush=True)
