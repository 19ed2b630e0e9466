"""Time, peak memory and proof of squads, each formed in a process of its own.

python -m benchmarks.bench_squads
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

from analysis.competence.squads import Tasks, Workforce, form_squads, form_squads_anywhere


@dataclass(frozen=True)
class Work:
    """What is formed, and what it may take."""

    people: int
    tasks: int
    units: int
    places: str = "given"
    gap: float = 0.0
    seconds: float | None = None
    mebibytes: float | None = None

    @property
    def words(self) -> str:
        return f"squads of {self.people:,} people for {self.tasks} tasks, places {self.places}"


WORK = (
    Work(200, 20, 20, seconds=1.0),
    Work(200, 20, 20, places="chosen with the people", seconds=15.0),
    Work(5000, 300, 200, gap=0.01, seconds=30.0, mebibytes=2048.0),
)


def case(work: Work) -> tuple[Workforce, Tasks]:
    """People with 2 or 3 of 12 competences, units in a square of 1,000 km; 3 to 5 needs a task."""
    rng = np.random.default_rng(0)
    units = [f"unit {u}" for u in range(work.units)]
    x, y = rng.uniform(0.0, 1000.0, (2, work.units))
    far = np.hypot(np.subtract.outer(x, x), np.subtract.outer(y, y))
    people = pd.DataFrame(
        {
            "person": np.arange(work.people),
            "unit": rng.choice(units, work.people),
            "may_lead": rng.random(work.people) < 0.5,
        }
    )
    skills = pd.concat(
        pd.DataFrame(
            {
                "person": people["person"],
                "competence": rng.integers(0, 12, work.people),
                "level": rng.integers(1, 6, work.people),
            }
        )
        for _ in range(3)
    ).drop_duplicates(["person", "competence"])
    rows = [
        (task, competence, rng.integers(1, 4), rng.integers(2, 6) / 10, rng.integers(1, 3))
        for task in range(work.tasks)
        for competence in rng.choice(12, rng.integers(3, 6), replace=False)
    ]
    needs = pd.DataFrame(rows, columns=["task", "competence", "level", "share", "people"])
    tasks = pd.DataFrame({"task": np.arange(work.tasks), "unit": rng.choice(units, work.tasks)})
    if work.places != "given":
        tasks = tasks.drop(columns="unit")
    workforce = Workforce.of(people, skills, pd.DataFrame(far, units, units))
    return workforce, Tasks.of(tasks, needs, workforce)


def form(work: Work) -> dict[str, Any]:
    workforce, tasks = case(work)
    start = time.perf_counter()
    if work.places == "given":
        plan = form_squads(workforce, tasks, gap=work.gap)
    else:
        plan = form_squads_anywhere(workforce, tasks)
    return {
        "seconds": time.perf_counter() - start,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "covered": plan.person.size,
        "seats": int(tasks.seats.sum()),
        "cost": plan.cost,
        "bound": plan.bound,
        "optimal": plan.optimal,
    }


def rows() -> Iterator[tuple[Work, dict[str, Any]]]:
    """Yield what each took, formed in a process of its own."""
    return each_apart(__spec__.name, WORK)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(form(Work(**json.loads(sys.argv[1])))))
    else:
        for work, found in rows():
            print(work.words, found, flush=True)
