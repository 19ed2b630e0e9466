"""Small cases of squads, and every plan there is, written out."""

import itertools

import numpy as np
import pandas as pd

from analysis.competence.squads import Tasks, Workforce

COMPETENCES = ["data", "law", "map"]


def workforce(people, skills, far, units):
    """People as (person, unit, time, may_lead), skills as (person, competence, level)."""
    return Workforce.of(
        pd.DataFrame(people, columns=["person", "unit", "time", "may_lead"]),
        pd.DataFrame(skills, columns=["person", "competence", "level"]),
        pd.DataFrame(far, units, units),
    )


def random_case(seed, *, people=6, tasks=3, placed=True):
    """A workforce and tasks, drawn so that time, levels and leads are all scarce at times."""
    rng = np.random.default_rng(seed)
    units = ["A", "B", "C"]
    who = [f"p{i}" for i in range(people)]
    time = rng.choice([0.3, 0.6, 0.8, 1.0], people)
    rows = list(zip(who, rng.choice(units, people), time, rng.random(people) < 0.6, strict=True))
    skills = [
        (person, competence, int(rng.integers(1, 4)))
        for person, competence in itertools.product(who, COMPETENCES)
        if rng.random() < 0.5
    ]
    far = rng.integers(0, 40, (3, 3)).astype(float)
    np.fill_diagonal(far, 0.0)
    work = workforce(rows, skills or [(who[0], "data", 1)], far, units)
    labels = [f"t{t}" for t in range(tasks)]
    needs = [
        (task, competence, int(rng.integers(1, 3)), float(rng.choice([0.2, 0.3, 0.5])), seats)
        for task in labels
        for competence, seats in zip(
            rng.choice(COMPETENCES, int(rng.integers(1, 3)), replace=False), (1, 1), strict=False
        )
    ]
    table = pd.DataFrame({"task": labels})
    if placed:
        table["unit"] = rng.choice(units, tasks)
    columns = ["task", "competence", "level", "share", "people"]
    return work, Tasks.of(table, pd.DataFrame(needs, columns=columns), work)


def every_plan(work, tasks, within=np.inf, homes=None):
    """Yield who sits on each seat (None: nobody) in every plan that keeps time and teams."""
    homes = tasks.home if homes is None else homes
    seats = np.repeat(np.arange(tasks.seats.size), tasks.seats)
    choices = []
    for n in seats:
        home = homes[tasks.task[n]]
        choices.append(
            [None]
            + [
                p
                for p in range(len(work))
                if work.levels(tasks.competence[n])[p] >= tasks.level[n]
                and work.time[p] >= tasks.share[n] - 1e-9
                and (home < 0 or work.distance[work.unit[p], home] <= within)
            ]
        )
    for chosen in itertools.product(*choices):
        load, teams, fits = np.zeros(len(work)), set(), True
        for n, p in zip(seats, chosen, strict=True):
            if p is None:
                continue
            load[p] += tasks.share[n]
            fits = fits and (p, tasks.task[n]) not in teams
            teams.add((p, tasks.task[n]))
        if fits and (load <= work.time + 1e-9).all():
            yield seats, chosen, load
