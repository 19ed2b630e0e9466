"""Squads against every plan there is, and what must not matter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from squad_cases import every_plan, random_case, workforce

from analysis.competence.squads import Tasks, Workforce, assignment, choose_places, form_squads
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


def value_of(plan):
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


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_a_plan_that_is_not_proved_says_so_and_has_a_bound_all_the_same(seed):
    work, tasks = random_case(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_FIRST", 6)
        patch.setattr(assignment, "_MOST", 0)
        given_up = form_squads(work, tasks)
    best = form_squads(work, tasks)
    if given_up.optimal:
        assert value_of(given_up) == pytest.approx(value_of(best), abs=1e-4)
    elif value_of(given_up)[:3] == value_of(best)[:3]:
        assert given_up.bound <= best.cost + 1e-4 <= given_up.cost + 2e-4


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_seats_and_leads_come_first_whatever_their_weight_at_first(seed):
    work, tasks = random_case(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_WEIGHTS", (-1.0, 1.0, 1.0))
        light = form_squads(work, tasks)
    assert light.optimal
    assert value_of(light) == pytest.approx(value_of(form_squads(work, tasks)), abs=1e-4)


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_the_order_of_people_needs_and_units_does_not_matter(seed):
    work, tasks = random_case(seed)
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(
        {
            "person": work.persons,
            "unit": work.units.take(work.unit),
            "time": work.time,
            "may_lead": work.may_lead,
        }
    )
    who, what = np.nonzero(work.level)
    skills = pd.DataFrame(
        {
            "person": work.persons.take(who),
            "competence": work.competences.take(what),
            "level": work.level[who, what],
        }
    )
    needs = pd.DataFrame(
        {
            "task": tasks.labels.take(tasks.task),
            "competence": tasks.competence,
            "level": tasks.level,
            "share": tasks.share,
            "people": tasks.seats,
        }
    )
    table = pd.DataFrame({"task": tasks.labels, "unit": work.units.take(tasks.home)})
    far = pd.DataFrame(work.distance, work.units, work.units)
    people, skills, needs, table = (
        x.iloc[rng.permutation(len(x))] for x in (people, skills, needs, table)
    )
    far = far.iloc[::-1, rng.permutation(3)]
    again = Workforce.of(people, skills, far)
    plan = form_squads(again, Tasks.of(table, needs, again))
    assert value_of(plan) == pytest.approx(value_of(form_squads(work, tasks)), abs=1e-4)


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_two_countries_far_apart_have_the_plans_of_each(seed):
    work, tasks = random_case(seed, people=5, tasks=2)
    n, units = len(work), len(work.units)
    far = np.full((2 * units, 2 * units), 1e6)
    far[:units, :units] = far[units:, units:] = work.distance
    names = [f"{unit}{side}" for side in "12" for unit in work.units]
    people = [
        (f"{p}{side}", f"{work.units[u]}{side}", t, m)
        for side in "12"
        for p, u, t, m in zip(work.persons, work.unit, work.time, work.may_lead, strict=True)
    ]
    skills = [
        (f"{work.persons[p]}{side}", work.competences[c], int(work.level[p, c]))
        for side in "12"
        for p, c in np.argwhere(work.level)
    ]
    twice = workforce(people, skills, far, names)
    both = Tasks(
        pd.Index([f"{t}{side}" for side in "12" for t in tasks.labels]),
        np.concatenate([tasks.home, tasks.home + units]),
        np.concatenate([tasks.task, tasks.task + len(tasks)]),
        *(
            np.tile(getattr(tasks, name), 2)
            for name in ("competence", "level", "share", "seats", "least")
        ),
    )
    once, plan = form_squads(work, tasks, within=1e5), form_squads(twice, both, within=1e5)
    assert plan.person.size == 2 * once.person.size
    assert plan.cost == pytest.approx(2 * once.cost, abs=1e-4)
    assert set(plan.person[plan.task < len(tasks)]) <= set(range(n))


def test_work_is_spread_where_that_costs_less_than_the_way():
    people = [("a", "A", 1.0, True), ("b", "B", 1.0, True)]
    skills = [(p, c, 1) for p in "ab" for c in ("data", "law")]
    work = workforce(people, skills, [[0.0, 30.0], [30.0, 0.0]], ["A", "B"])
    tables = pd.DataFrame({"task": ["t", "u"], "unit": "A"})
    needs = pd.DataFrame({"task": ["t", "u"], "competence": ["data", "law"], "share": 0.5})
    tasks = Tasks.of(tables, needs, work)
    assert form_squads(work, tasks, penalty=2.0).load.tolist() == [1.0, 0.0]
    spread = form_squads(work, tasks, penalty=20.0)
    assert spread.load.tolist() == [1.0, 0.0]  # somebody of A leads both, before cost
    free = Workforce.of(
        pd.DataFrame({"person": ["a", "b"], "unit": ["A", "B"], "may_lead": [False, False]}),
        pd.DataFrame(skills, columns=["person", "competence", "level"]),
        pd.DataFrame([[0.0, 30.0], [30.0, 0.0]], ["A", "B"], ["A", "B"]),
    )
    tasks = Tasks.of(tables, needs, free)
    assert form_squads(free, tasks, penalty=2.0).cost == pytest.approx(10.0)
    spread = form_squads(free, tasks, penalty=20.0)
    assert spread.load.tolist() == [0.5, 0.5]
    assert (spread.cost, spread.lead.tolist()) == (30.0, [-1, -1])


def test_seats_that_stay_open_are_named_with_what_would_cover_them():
    people = [("a", "A", 1.0, True), ("b", "A", 1.0, True), ("c", "B", 1.0, True)]
    skills = [("a", "data", 3), ("b", "data", 1), ("c", "law", 2)]
    work = workforce(people, skills, [[0.0, 90.0], [90.0, 0.0]], ["A", "B"])
    rows = [
        ("t", "data", 2, 0.4),
        ("t", "law", 1, 0.4),
        ("t", "map", 1, 0.4),
        ("u", "data", 3, 0.9),
    ]
    needs = pd.DataFrame(rows, columns=["task", "competence", "level", "share"])
    tasks = Tasks.of(pd.DataFrame({"task": ["t", "u"], "unit": "A"}), needs, work)
    plan = form_squads(work, tasks, within=50.0)
    assert plan.person.size == 1
    found = plan.open_seats.set_index(["task", "competence"])
    assert found["reason"].to_dict() == {
        ("t", "law"): "distance",
        ("t", "map"): "competence",
        **(
            {("u", "data"): "others"} if ("u", "data") in found.index else {("t", "data"): "others"}
        ),
    }
    cures = plan.remedies.set_index(["task", "competence"])
    assert cures.loc[("t", "law"), ["remedy", "unit"]].tolist() == ["transfer", "B"]
    assert cures.loc[("t", "map"), "remedy"] == "train"
    assert cures["people"].sum() == plan.open_seats["open"].sum()


def test_what_may_be_published_names_no_person():
    work, tasks = random_case(11)
    plan = form_squads(work, tasks)
    assert plan.person.size
    assert plan.by_unit["people"].sum() == plan.person.size
    assert not set(plan.by_unit.astype(str).to_numpy().ravel()) & set(work.persons)
    assert plan.teams["covered"].sum() == len(plan.members)
    assert plan.load.sum() == pytest.approx(plan.members["share"].sum())


def test_nobody_who_can_do_anything_leaves_all_open():
    work = workforce([("a", "A", 1.0, True)], [("a", "data", 1)], [[0.0]], ["A"])
    needs = pd.DataFrame({"task": ["t"], "competence": ["sihir"], "share": [0.5]})
    tasks = Tasks.of(pd.DataFrame({"task": ["t"], "unit": ["A"]}), needs, work)
    plan = form_squads(work, tasks)
    assert (plan.person.size, plan.cost, plan.optimal) == (0, 0.0, True)
    assert plan.open_seats["reason"].tolist() == ["competence"]
    assert plan.remedies["remedy"].tolist() == ["train"]


def test_a_place_chosen_beforehand_is_nearest_to_who_could_come():
    work, tasks = random_case(7, placed=False)
    with pytest.raises(DataError, match="t0, t1, t2 has no place"):
        form_squads(work, tasks)
    placed = choose_places(work, tasks)
    assert (placed.home >= 0).all()
    assert form_squads(work, placed, places="first").places == "first"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 50}, "threshold is 50, but must be from 0 to 1"),
        ({"penalty": -1}, "penalty is -1"),
        ({"within": -1}, "within is -1"),
        ({"gap": 2}, "gap is 2, but must be from 0 to 0.5"),
        ({"places": "somewhere"}, "places is 'somewhere'"),
    ],
)
def test_options_out_of_range(options, message):
    with pytest.raises(ParameterError, match=message):
        form_squads(*random_case(1), **options)


def test_a_task_that_needs_more_than_all_time_is_covered_as_far_as_time_goes():
    people = [("a", "A", 0.5, True), ("b", "A", 1.0, True)]
    work = workforce(people, [("a", "data", 1), ("b", "data", 1)], [[0.0]], ["A"])
    needs = pd.DataFrame({"task": ["t"], "competence": ["data"], "share": [0.9], "people": [2]})
    plan = form_squads(work, Tasks.of(pd.DataFrame({"task": ["t"], "unit": ["A"]}), needs, work))
    assert plan.load.tolist() == [0.0, 0.9]
    assert plan.open_seats[["open", "with_time", "reason"]].values.tolist() == [[1, 1, "time"]]
    assert plan.remedies["remedy"].tolist() == ["hire"]
