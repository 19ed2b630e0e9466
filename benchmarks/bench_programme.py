"""Time and proof of the cheapest programme to 20 JP, in a process of its own.

python -m benchmarks.bench_programme
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.own_process import each_apart

from analysis.competence.programme import Catalogue, cheapest_programme

_PEOPLE = 8000  # of a region who lack hours


@dataclass(frozen=True)
class Work:
    """What is planned, and what it may take."""

    regions: int
    kinds: int
    seconds: float | None = None
    mebibytes: float | None = None
    gap: float = 0.0

    @property
    def words(self) -> str:
        return f"programme to 20 JP, {self.regions} regions x {self.kinds} kinds"


WORK = (Work(514, 30, seconds=10.0),)


def case(work: Work) -> tuple[pd.DataFrame, Catalogue]:
    """8,000 people a region who lack 1 to 20 JP; places of a kind for an eighth of them at most."""
    rng = np.random.default_rng(0)
    regions = np.arange(work.regions).astype(str)
    lacking = rng.multinomial(_PEOPLE, np.full(20, 1 / 20), work.regions)
    short = pd.DataFrame(
        {
            "region": np.repeat(regions, 20),
            "short": np.tile(np.arange(1.0, 21.0), work.regions),
            "people": lacking.ravel(),
        }
    )
    jp = np.tile(rng.integers(2, 41, work.kinds), work.regions)
    dear = np.tile(rng.uniform(0.5, 2.0, work.kinds), work.regions)
    table = pd.DataFrame(
        {
            "kind": np.tile(np.arange(work.kinds), work.regions),
            "region": np.repeat(regions, work.kinds),
            "jp": jp,
            "places": rng.integers(0, _PEOPLE // 8, jp.size),
            "cost": np.rint(dear * jp * rng.integers(80_000, 120_000, jp.size)),
            "classical": True,
        }
    )
    return short, Catalogue.of(table)


def plan(work: Work) -> dict[str, Any]:
    short, catalogue = case(work)
    start, used = time.perf_counter(), sum(os.times()[:4])
    found = cheapest_programme(short, catalogue)
    return {
        "seconds": time.perf_counter() - start,
        "processor": sum(os.times()[:4]) - used,  # of all processes
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "reached": found.reached,
        "people": int(short["people"].sum()),
        "cost": found.cost,
        "bound": found.bound,
        "optimal": found.optimal,
    }


def rows() -> Iterator[tuple[Work, dict[str, Any]]]:
    """Yield what each took, planned in a process of its own."""
    return each_apart(__spec__.name, WORK)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(plan(Work(**json.loads(sys.argv[1])))))
    else:
        for each, found in rows():
            print(each.words, found, flush=True)
