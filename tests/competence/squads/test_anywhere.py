"""Places chosen with people, against every plan there is."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from squad_cases import every_plan, random_case, workforce

from analysis.competence.squads import Tasks, form_squads_anywhere
from analysis.errors import DataError, ParameterError

SEEDS = st.integers(0, 100_000)


def teams_of(tasks, seats, chosen):
    team = {t: [] for t in range(len(tasks))}
    for n, p in zip(seats, chosen, strict=True):
        if p is not None:
            team[tasks.task[n]].append(p)
    return team


def places_of(work, tasks, t):
    """Units of those who could lead the team, or of anybody who could be in it."""
    able = np.zeros(len(work), dtype=bool)
    for n in np.flatnonzero(tasks.task == t):
        level = work.levels(tasks.competence[n]) >= tasks.level[n]
        able |= level & (work.time >= tasks.share[n] - 1e-9)
    return set(work.unit[able & work.may_lead]) or set(work.unit[able])


def worth(work, people, places):
    """Whether the team lacks a lead, and its distance to the best of its leads, or places."""
    heads = {work.unit[p] for p in people if work.may_lead[p]}
    far = [work.distance[work.unit[people], place].sum() for place in heads or places]
    return not heads, min(far) if people else 0.0


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_no_plan_of_all_is_better(seed):
    work, tasks = random_case(seed, people=6, tasks=2, placed=False)
    places = [places_of(work, tasks, t) for t in range(2)]
    if not all(places):
        with pytest.raises(DataError, match="nobody meets any need of"):
            form_squads_anywhere(work, tasks)
        return
    best = None
    for seats, chosen, _ in every_plan(work, tasks):
        teams = teams_of(tasks, seats, chosen)
        parts = [worth(work, people, places[t]) for t, people in teams.items()]
        value = (
            -sum(p is not None for p in chosen),
            sum(part[0] for part in parts),
            float(sum(part[1] for part in parts)),
        )
        best = value if best is None else min(best, value)
    plan = form_squads_anywhere(work, tasks)
    assert plan.optimal
    assert (-plan.person.size, (plan.lead < 0).sum(), plan.cost) == pytest.approx(best, abs=1e-4)
    assert plan.distance.sum() == pytest.approx(plan.cost, abs=1e-4)


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_no_plan_has_people_closer_to_each_other_than_the_bound(seed):
    work, tasks = random_case(seed, people=5, tasks=2, placed=False)
    try:
        plan = form_squads_anywhere(work, tasks, objective="pairs")
    except DataError:
        return
    far = (work.distance + work.distance.T) / 2
    for seats, chosen, _ in every_plan(work, tasks):
        if sum(p is not None for p in chosen) < plan.person.size:
            continue
        teams = teams_of(tasks, seats, chosen).values()
        if sum(not work.may_lead[people].any() for people in teams) > (plan.lead < 0).sum():
            continue
        pairs = sum(
            far[work.unit[p], work.unit[q]]
            for people in teams
            for p, q in itertools.combinations(people, 2)
        )
        assert plan.bound <= pairs + 1e-4
    assert plan.cost == pytest.approx(plan.communication["pairs"].sum())


def test_a_team_works_where_its_lead_is():
    people = [("a", "A", 1.0, True), ("b", "B", 1.0, False), ("c", "B", 1.0, False)]
    skills = [("a", "data", 1), ("b", "law", 1), ("c", "map", 1)]
    work = workforce(people, skills, [[0.0, 7.0], [7.0, 0.0]], ["A", "B"])
    needs = pd.DataFrame({"task": "t", "competence": ["data", "law", "map"], "share": 0.2})
    tasks = Tasks.of(pd.DataFrame({"task": ["t"]}), needs, work)
    plan = form_squads_anywhere(work, tasks)
    assert plan.teams[["unit", "lead_from_place"]].values.tolist() == [["A", True]]
    assert (plan.cost, plan.places) == (14.0, "together")
    given_ = Tasks.of(pd.DataFrame({"task": ["t"], "unit": ["B"]}), needs, work)
    for objective in ("distance", "pairs"):
        placed = form_squads_anywhere(work, given_, objective=objective)
        assert placed.teams[["unit", "covered"]].values.tolist() == [["B", 3]]


def test_an_objective_that_is_none():
    with pytest.raises(ParameterError, match="objective is 'near'"):
        form_squads_anywhere(*random_case(1, placed=False), objective="near")
