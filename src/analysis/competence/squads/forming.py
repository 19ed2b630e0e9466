"""Teams for tasks whose places are known."""

import math

import numpy as np

from analysis.arrays import as_number
from analysis.competence.squads.assignment import Assignment
from analysis.competence.squads.seating import Seating
from analysis.competence.squads.squad_plan import SquadPlan, leads_of
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce
from analysis.errors import DataError, ParameterError
from analysis.messages import some


def form_squads(
    workforce: Workforce,
    tasks: Tasks,
    *,
    threshold: float = 0.5,
    penalty: float = 10.0,
    within: float = math.inf,
    gap: float = 0.0,
    places: str = "given",
) -> SquadPlan:
    """Return the teams that cover most seats, are led where they work, and cost least.

    First comes how many seats are covered, then that every team has a lead, then that the lead is
    from the team's place where somebody there could be, then cost: the distance of every member to
    the place, and a penalty for working time above a threshold, which spreads work evenly. A person
    has at most one seat of a team, and works no more than the time there is.

    Parameters
    ----------
    workforce : Workforce
    tasks : Tasks
        Each with a unit where its team works; see `choose_places` where one is open.
    threshold : float
        Share of a full working time, from 0 to 1, from which on a person's time costs `penalty`.
    penalty : float
        Cost of each tenth of a full working time above the threshold, in the unit of distance.
    within : float
        Greatest distance from a member's unit to the place.
    gap : float
        Share of the cost, from 0 to 0.5, that a better plan may save at most; 0: none may. Where
        to prove that would take a program of more than 200,000 pairs of person and seat, the plan
        comes with the bound there is, and `SquadPlan.optimal` is false.
    places : str
        How the places came about, for the plan: "given" or "first".

    Returns
    -------
    SquadPlan

    Raises
    ------
    DataError
        If a task has no place.
    ParameterError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"person": ["a", "b", "c"], "unit": ["Ambon", "Tual", "Tual"]})
    >>> skills = pd.DataFrame(
    ...     {"person": ["a", "b", "c"], "competence": ["data", "data", "law"], "level": [3, 1, 2]})
    >>> km = pd.DataFrame([[0, 590], [590, 0]], ["Ambon", "Tual"], ["Ambon", "Tual"])
    >>> workforce = Workforce.of(people, skills, km)
    >>> needs = pd.DataFrame(
    ...     {"task": ["peta"] * 2, "competence": ["data", "law"], "level": [2, 1], "share": 0.4})
    >>> tasks = Tasks.of(pd.DataFrame({"task": ["peta"], "unit": ["Tual"]}), needs, workforce)
    >>> plan = form_squads(workforce, tasks)
    >>> plan
    1 teams: 2 of 2 seats covered, cost 590.0, no plan below 590.0 (proven)
    >>> plan.members[["person", "competence", "lead"]].values.tolist()
    [['a', 'data', False], ['c', 'law', True]]
    """
    for name, value, low, high in (
        ("threshold", threshold, 0.0, 1.0),
        ("penalty", penalty, 0.0, 1e12),
        ("within", within, 0.0, math.inf),
        ("gap", gap, 0.0, 0.5),
    ):
        if not low <= as_number(value, what=name) <= high:
            raise ParameterError(f"{name} is {value}, but must be from {low:g} to {high:g}.")
    if places not in ("given", "first"):
        raise ParameterError(f"places is {places!r}, but must be 'given' or 'first'.")
    open_ = np.flatnonzero(tasks.home < 0)
    if open_.size:
        raise DataError(
            f"tasks, unit: {some(tasks.labels[open_])} has no place. Name the unit where the team "
            "works, choose it with choose_places, or use form_squads_anywhere."
        )
    seating = Seating.of(workforce, tasks, within)
    found = Assignment(seating, threshold, penalty).best(gap)
    person = seating.person[found.pairs]
    need = seating.need[found.pairs]
    order = np.lexsort((person, need))
    person, need = person[order], need[order]
    return SquadPlan(
        workforce,
        tasks,
        person,
        need,
        leads_of(workforce, tasks, person, need),
        within,
        places,
        found.cost,
        found.bound,
        found.optimal,
    )
