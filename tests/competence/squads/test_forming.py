"""Squads against every plan there is, and what must not matter."""

import numpy as np
import pandas as pd
import pytest
from squad_cases import every_plan, random_case, workforce
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.competence.squads import Tasks, Workforce, choose_places, form_squads
from analysis.competence.squads import assignment
from analysis.errors import DataError, ParameterError

SEEDS = st.integers(0, 100_000)


def best_by_enumeration(work, tasks, threshold, penalty, within):
    """Seats covered (negative), teams without a lead, leads from elsewhere, cost."""
    able = {}
    for t in range(len(tasks)):
        able[t] = {
            p
            for n in np.flatnonzero(tasks.task == t)
            for p in np.flatnonzero(work.levels(tasks.competence[n]) >= tasks.level[n])
            if work.time[p] >= tasks.share[n] - 1e-9
            and work.distance[work.unit[p], tasks.home[t]] <= within
        }
    best = None
    for seats, chosen, load in every_plan(work, tasks, within):
        team = {t: [] for t in range(len(tasks))}
        cost = 10.0 * penalty * np.maximum(load - np.minimum(work.time, threshold), 0.0).sum()
        for n, p in zip(seats, chosen, strict=True):
            if p is not None:
                team[tasks.task[n]].append(p)
                cost += work.distance[work.unit[p], tasks.home[tasks.task[n]]]
        without = sum(
            any(work.may_lead[p] for p in able[t]) and not any(work.may_lead[p] for p in team[t])
            for t in team
        )
        elsewhere = sum(
            any(work.may_lead[p] and work.unit[p] == tasks.home[t] for p in able[t])
            and not any(work.may_lead[p] and work.unit[p] == tasks.home[t] for p in team[t])
            for t in team
        )
        value = (-sum(p is not None for p in chosen), without, elsewhere, round(cost, 6))
        best = value if best is None else min(best, value)
    return best


def value_of(plan, **options):
    """The same of a plan."""
    work, tasks = plan.workforce, plan.tasks
    can = {t: [] for t in range(len(tasks))}
    for n in range(tasks.seats.size):
        level = work.levels(tasks.competence[n]) >= tasks.level[n]
        near = work.distance[work.unit, tasks.home[tasks.task[n]]] <= plan.within
        can[tasks.task[n]] += np.flatnonzero(
            level & near & (work.time >= tasks.share[n] - 1e-9) & work.may_lead
        ).tolist()
    without = sum(bool(can[t]) and plan.lead[t] < 0 for t in can)
    elsewhere = sum(
        any(work.unit[p] == tasks.home[t] for p in can[t])
        and not (plan.lead[t] >= 0 and work.unit[plan.lead[t]] == tasks.home[t])
        for t in can
    )
    return (-plan.person.size, without, elsewhere, plan.cost)


@given(SEEDS, st.sampled_from([np.inf, 20.0]), st.sampled_from([0.0, 3.0, 25.0]))
@settings(max_examples=40, deadline=None)
def test_no_plan_of_all_is_better(seed, within, penalty):
    work, tasks = random_case(seed)
    plan = form_squads(work, tasks, penalty=penalty, within=within)
    assert plan.optimal
    best = best_by_enumeration(work, tasks, 0.5, penalty, within)
    assert value_of(plan) == pytest.approx(best, abs=1e-4)
    assert plan.bound == pytest.approx(plan.cost, abs=1e-4)


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_columns_that_join_one_by_one_find_the_same(seed):
    work, tasks = random_case(seed, people=7)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_AT_ONCE", 0), ("_JOINING", 2), ("_FIRST", 1)):
            patch.setattr(assignment, name, value)
        patch.setattr("analysis.competence.squads.seating._NEAREST", -1)
        few = form_squads(work, tasks)
    every = form_squads(work, tasks)
    assert few.optimal
    assert value_of(few) == pytest.approx(value_of(every), abs=1e-4)
