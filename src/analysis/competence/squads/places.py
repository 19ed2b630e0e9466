"""Where teams work, chosen before their people."""

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.competence.squads.seating import able
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce
from analysis.errors import DomainError
from analysis.messages import some

_LACKING = 2.0  # a seat nobody fits, in greatest distances


def choose_places(workforce: Workforce, tasks: Tasks, among: BoolArray | None = None) -> Tasks:
    """Return the tasks with a place for each that has none: a first stage, team by team.

    The place is the unit, among those with somebody who may lead and meets a need of the task, to
    which the nearest people for all seats have the least distance in all, as if the task were the
    only one. Where teams compete for people, another place may be better: pass the result to
    `form_squads` with ``places="first"``, so that its plan says so.

    Parameters
    ----------
    workforce : Workforce
    tasks : Tasks
    among : ndarray of bool, shape (T, U), optional
        Units at which each task may work, such as those of one office; all by default.

    Returns
    -------
    Tasks

    Raises
    ------
    DomainError
        If a task without a place may work at no unit.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"person": ["a", "b"], "unit": ["Ambon", "Tual"]})
    >>> skills = pd.DataFrame({"person": ["a"], "competence": ["data"], "level": [3]})
    >>> km = pd.DataFrame([[0, 590], [590, 0]], ["Ambon", "Tual"], ["Ambon", "Tual"])
    >>> workforce = Workforce.of(people, skills, km)
    >>> needs = pd.DataFrame({"task": ["peta"], "competence": ["data"], "share": [0.4]})
    >>> tasks = Tasks.of(pd.DataFrame({"task": ["peta"]}), needs, workforce)
    >>> workforce.units[choose_places(workforce, tasks).home].tolist()
    ['Ambon']
    """
    home = tasks.home.copy()
    shape = (len(tasks), len(workforce.units))
    allowed = np.ones(shape, dtype=np.bool_) if among is None else among
    if allowed.shape != shape:
        raise DomainError(f"among: the shape is {allowed.shape}, but must be {shape}.")
    nowhere = tasks.labels[(home < 0) & ~allowed.any(axis=1)]
    if len(nowhere):
        raise DomainError(f"among: {some(nowhere)} may work at no unit. Allow at least one.")
    who = able(workforce, tasks)
    for task in np.flatnonzero(home < 0).tolist():
        needs = np.flatnonzero(tasks.task == task).tolist()
        total = np.zeros(len(workforce.units))
        for n in needs:
            total += nearest_total(workforce, who[n], int(tasks.seats[n]))
        open_ = leading_units(workforce, np.concatenate([who[n] for n in needs]))
        open_ = open_ & allowed[task]
        home[task] = int(
            np.argmin(np.where(open_ if open_.any() else allowed[task], total, np.inf))
        )
    return tasks.at(home)


def leading_units(workforce: Workforce, who: IntArray) -> BoolArray:
    """Return which units have somebody among `who` that may lead."""
    units = np.zeros(len(workforce.units), dtype=np.bool_)
    units[workforce.unit[who[workforce.may_lead[who]]]] = True
    return units


def nearest_total(workforce: Workforce, who: IntArray, seats: int) -> FloatArray:
    """Return the distance of the nearest people for the seats in all, to each unit."""
    units, count = np.unique(workforce.unit[who], return_counts=True)
    lacking = max(seats - who.size, 0) * _LACKING * float(workforce.distance.max(initial=0.0))
    if not units.size:
        return np.full(len(workforce.units), lacking)
    far = workforce.distance[units]
    order = np.argsort(far, axis=0, kind="stable")
    taken = np.minimum(np.cumsum(count[order], axis=0), seats)
    new = np.diff(taken, axis=0, prepend=0)
    total: FloatArray = (np.take_along_axis(far, order, axis=0) * new).sum(axis=0) + lacking
    return total
