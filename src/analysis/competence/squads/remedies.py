"""Which seats stay open, why, and what training or transfer would cover them."""

import numpy as np
import pandas as pd

from analysis.arrays import IntArray
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce

_NEARLY = 1e-9  # time that is missing by a rounding error is there


def open_seats(workforce: Workforce, tasks: Tasks, need: IntArray, within: float) -> pd.DataFrame:
    """Return the needs with seats that stay open, and why.

    Returns
    -------
    DataFrame
        `task`, `competence`, `level`, `seats`, `open`, then how many people there are `with_it`
        (any level), `at_level`, of those `with_time` for a seat, and of those `near` enough; and
        `reason`, the first of "competence", "level", "time" and "distance" that leaves fewer people
        than seats, or "others": there are enough, and they sit on other seats.
    """
    filled = np.bincount(need, minlength=tasks.seats.size)
    rows = []
    for n in np.flatnonzero(filled < tasks.seats).tolist():
        level = workforce.levels(tasks.competence[n])
        able = level >= tasks.level[n]
        time = able & (workforce.time >= tasks.share[n] - _NEARLY)
        far = workforce.distance[workforce.unit, tasks.home[tasks.task[n]]]
        counts = [int(x.sum()) for x in (level > 0, able, time, time & (far <= within))]
        names = ("competence", "level", "time", "distance")
        seats = int(tasks.seats[n])
        short = [name for name, count in zip(names, counts, strict=True) if count < seats]
        what = (tasks.labels[tasks.task[n]], tasks.competence[n], int(tasks.level[n]))
        rows.append((*what, seats, seats - int(filled[n]), *counts, (*short, "others")[0]))
    columns = ["task", "competence", "level", "seats", "open"]
    columns += ["with_it", "at_level", "with_time", "near", "reason"]
    return pd.DataFrame(rows, columns=columns)


def remedies(
    workforce: Workforce, tasks: Tasks, person: IntArray, need: IntArray, within: float
) -> pd.DataFrame:
    """Return what would cover the seats that stay open, seat by seat, nobody being named twice.

    A seat is covered by the *transfer* of somebody who has the level and the time but is too far
    away, the nearest; or else by the *training* of somebody near enough who has the time, the one
    with the highest level, then the nearest; or else by a *hire*. What each takes of a person's
    time counts for the seats that follow.

    Returns
    -------
    DataFrame
        `task`, `competence`, `level` (needed), `remedy` ("transfer", "train" or "hire"), `unit`
        that the person is of, `from_level`, `distance` from there to the team's place (missing for
        a hire), `people`.
    """
    free = workforce.time - np.bincount(person, weights=tasks.share[need], minlength=len(workforce))
    busy = set(zip(tasks.task[need].tolist(), person.tolist(), strict=True))
    filled = np.bincount(need, minlength=tasks.seats.size)
    rows: list[tuple[object, ...]] = []
    for n in np.flatnonzero(filled < tasks.seats).tolist():
        task, share = int(tasks.task[n]), float(tasks.share[n])
        level = workforce.levels(tasks.competence[n]).astype(np.int64)
        far = workforce.distance[workforce.unit, tasks.home[task]]
        what = (tasks.labels[task], tasks.competence[n], int(tasks.level[n]))
        taken = np.zeros(len(workforce), dtype=np.bool_)
        taken[[p for t, p in busy if t == task]] = True
        for _ in range(int(tasks.seats[n] - filled[n])):
            can = ~taken & (free >= share - _NEARLY)
            able = can & (level >= tasks.level[n]) & (far > within)
            pupil = can & (level < tasks.level[n]) & (far <= within)
            chosen, remedy = -1, "hire"
            for who, name, first in ((able, "transfer", 0 * level), (pupil, "train", -level)):
                among = np.flatnonzero(who)
                if chosen < 0 and among.size:
                    chosen = int(among[np.lexsort((far[among], first[among]))[0]])
                    remedy = name
            if chosen < 0:
                rows.append((*what, remedy, None, None, None))
                continue
            taken[chosen] = True
            free[chosen] -= share
            busy.add((task, chosen))
            unit = workforce.units[workforce.unit[chosen]]
            rows.append((*what, remedy, unit, int(level[chosen]), float(far[chosen])))
    columns = ["task", "competence", "level", "remedy", "unit", "from_level", "distance"]
    table = pd.DataFrame(rows, columns=columns).astype({"from_level": "Int64", "distance": float})
    return table.groupby(columns, sort=False, dropna=False).size().rename("people").reset_index()
