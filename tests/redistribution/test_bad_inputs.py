"""What goes into the planner by mistake, and what it says."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import redistribution as rd
from analysis.errors import AnalysisError
from analysis.redistribution import Limits

UNITS = ["A", "B", "C", "D"]
STAFF = pd.Series([60, 30, 10, 20], UNITS)
NEED = pd.Series([30.0, 30, 30, 35], UNITS)
KM = pd.DataFrame(np.arange(16.0).reshape(4, 4), UNITS, UNITS)
PEOPLE = pd.DataFrame({"teacher": [6, 3, 1, 2], "nurse": [1, 1, 5, 2]}, UNITS)
NEEDS = pd.DataFrame({"teacher": [3.0, 3, 3, 2], "nurse": [2.0, 2, 2, 2]}, UNITS)
TABLE = pd.DataFrame({"from_family": ["nurse"], "to_family": ["teacher"], "penalty": [3.0]})


def plan(**change):
    given = {"staff": STAFF, "need": NEED, "cost": KM} | change
    return rd.plan_moves(given.pop("staff"), given.pop("need"), **given)


def within(**limits):
    return plan(limits=Limits(**limits))


def families(**change):
    return rd.plan_families(PEOPLE, NEEDS, cost=KM, **change)


def substitution(**change):
    given = {"staff": PEOPLE, "need": NEEDS, "cost": KM, "substitution": TABLE} | change
    return rd.plan_with_substitution(given.pop("staff"), given.pop("need"), **given)


def conflicts(**change):
    return rd.find_conflicts(PEOPLE, NEEDS, substitution=TABLE, **change)


TEXT = {
    "staff": lambda: plan(staff=STAFF.astype(str)),
    "staff in a list": lambda: rd.frontier(["60", "30"], [1, 1]),
    "staff in a dict": lambda: rd.frontier({"A": "60", "B": "30"}, [1, 1]),
    "staff as objects": lambda: plan(staff=STAFF.astype(object).replace(60, "60")),
    "need": lambda: plan(need=NEED.astype(str)),
    "need of a model": lambda: rd.compare_need(STAFF, pd.DataFrame({"a": NEED.astype(str)})),
    "indicator": lambda: rd.proportional_need(NEED.astype(str), 10),
    "cost": lambda: plan(cost=KM.astype(str)),
    "cost as a matrix": lambda: plan(cost=KM.astype(str).to_numpy()),
    "distance": lambda: plan(distance=KM.astype(str), limits=Limits(max_distance=1)),
    "budget": lambda: plan(budget="20"),
    "floor_adequacy": lambda: Limits(floor_adequacy="0,8"),
    "floor_heads": lambda: within(floor_heads=["1"] * 4),
    "floor_heads of all": lambda: within(floor_heads="1"),
    "max_share_leaving": lambda: within(max_share_leaving="0.1"),
    "most_leaving": lambda: within(most_leaving=pd.Series(["1"] * 4, UNITS)),
    "releasable": lambda: within(releasable=dict.fromkeys(UNITS, "1")),
    "capacity": lambda: within(capacity=["1.000"] * 4),
    "max_cost": lambda: Limits(max_cost="5"),
    "need_cv": lambda: rd.robustness(STAFF, NEED, budget=5, need_cv="0.1"),
    "after": lambda: rd.robustness(STAFF, NEED, budget=5, need_cv=0.1, after=list("1234")),
    "hires": lambda: rd.hire(STAFF, NEED, "5"),
    "hires of a frontier": lambda: rd.hiring_frontier(STAFF, NEED, ["5"]),
    "retirements": lambda: rd.leave_unfilled(STAFF, NEED, 1, retirements=["1"] * 4),
    "price": lambda: rd.cheapest_mix(rd.frontier(STAFF, NEED), 0.1, price="2"),
    "staff of families": lambda: substitution(staff=PEOPLE.astype(str)),
    "need of families": lambda: substitution(need=NEEDS.astype(str)),
    "releasable of families": lambda: substitution(limits=Limits(releasable=PEOPLE.astype(str))),
    "penalty": lambda: substitution(substitution=TABLE.assign(penalty="1.200")),
    "unfilled": lambda: substitution(unfilled="9"),
    "weight": lambda: conflicts(weights={"floor": "1"}),
    "problem": lambda: rd.Problem(STAFF, NEED, KM.astype(str), 5),
    "surplus": lambda: rd.even_deficits(["1"], [1], [[True]]),
    "per_km": lambda: rd.transfer_cost([[0.0]], [[0]], per_km="1"),
    "people who move": lambda: rd.distances(
        pd.DataFrame({"origin": ["A"], "destination": ["B"], "people": ["20"]}), KM
    ),
}


@pytest.mark.parametrize("call", TEXT.values(), ids=TEXT)
def test_text_is_not_a_number_through_any_door(call):
    with pytest.raises(AnalysisError, match=r"must be numbers|expected a number, but got the text"):
        call()


NOT_NUMBERS = {
    "bool": (lambda: plan(staff=STAFF > 20), "staff: the values must be numbers"),
    "a bool": (lambda: plan(budget=True), "The budget: the values must be numbers"),
    "masked": (
        lambda: rd.frontier(np.ma.MaskedArray([5, 6], mask=[False, True]), [1, 1]),
        "staff must be whole people, 0 or more; it is not for 1: ",
    ),
    "nullable": (
        lambda: plan(staff=STAFF.astype("Int64").replace(30, pd.NA)),
        "whole people, 0 or more; it is not for B: nan",
    ),
    "dates": (lambda: plan(need=pd.to_datetime(["2023-12-31"] * 4)), "need: the values must be"),
    "complex": (lambda: plan(cost=KM.to_numpy() + 1j), "cost: the values must be numbers"),
    "too large": (lambda: rd.frontier([10**400, 1], [1, 1]), "position 0 .* is too large"),
    "a budget too large": (lambda: plan(budget=10**400), "The budget: .* too large"),
    "no budget of hires": (lambda: rd.hire(STAFF, NEED), "The number of hires is None"),
}
COLLECTIONS = {
    "one pair": (lambda: Limits(forbidden=("A", "B")), r"pairs \(origin, destination\).* got 'A'"),
    "rows with an index": (
        lambda: Limits(forbidden=pd.DataFrame({"a": ["A"], "b": ["B"]}).itertuples()),
        r"forbidden: expected pairs .* itertuples\(index=False\)",
    ),
    "other columns": (
        lambda: Limits(forbidden=pd.DataFrame({"dari": ["A"], "ke": ["B"]})),
        "expected the columns origin and destination, but there are dari, ke",
    ),
    "a word": (lambda: Limits(protected="BC"), r"protected: expected a list, but got 'BC'"),
    "a word for families": (lambda: Limits(protected_families="nurse"), "Write \\['nurse'\\]"),
    "a mask": (lambda: Limits(protected=STAFF > 20), "but got true and false"),
    "a dict": (lambda: Limits(protected={"B": False}), "protected: expected a list, but got dict"),
    "lists in a list": (lambda: within(protected=[["B"]]), r"but it holds \['B'\]"),
    "letters": (
        lambda: rd.movers_profile(KM, KM, groups="women"),
        "groups: expected a list, but got 'women'",
    ),
    "classes": (lambda: rd.class_balance(KM, by="A"), "by: expected a list, but got 'A'"),
    "bars": (
        lambda: rd.eligibility(PEOPLE, on=pd.Timestamp("2024-1-1"), barred_by="cpns"),
        "barred_by: expected a list, but got 'cpns'",
    ),
    "a word for groups": (lambda: within(within="Jawa"), "within: expected one label for each"),
}
RAW = {
    "limits as a dict": (
        lambda: plan(limits={"floor_adequacy": 1.0}),
        r"limits: expected Limits, but got dict. Write them as Limits\(floor_adequacy=0.8",
    ),
    "limits of a family as a dict": (
        lambda: families(limits={"nurse": {"capacity": 1}}),
        "limits: expected Limits, but got dict",
    ),
    "one budget for families": (
        lambda: families(budget=5),
        "budget: expected a mapping of families, .* but got 5",
    ),
    "per cent": (
        lambda: within(floor_adequacy=80),
        r"floor_adequacy is 80, but staff per need is at most 2 .* such as 0\.8, not per cent",
    ),
    "per cent for families": (
        lambda: substitution(limits=Limits(floor_adequacy=80)),
        "floor_adequacy is 80, .* not per cent",
    ),
    "a unit without tasks": (
        lambda: rd.workload_need(
            pd.DataFrame({"unit": ["A"], "volume": [1], "norm_minutes": [1]}), STAFF
        ),
        "tasks: there are none of B, C, D",
    ),
    "no cost": (lambda: rd.Problem(STAFF, NEED), "cost is missing"),
    "no need": (lambda: rd.frontier(STAFF), r"need is missing. Pass staff and need, or units"),
    "need twice": (lambda: plan(staff=rd.Units.of(STAFF, NEED)), "need: the units have it"),
    "families for one kind": (
        lambda: within(protected_families=["nurse"]),
        "a plan cannot keep protected_families: there is one kind of staff",
    ),
    "pairs in conflicts": (
        lambda: conflicts(limits=Limits(forbidden=[("A", "B")])),
        "find_conflicts cannot keep forbidden",
    ),
    "more releasable than staff": (
        lambda: substitution(limits=Limits(releasable=PEOPLE + 1)),
        "releasable must be no more than the staff .* A, teacher: 7",
    ),
    "a standard below zero": (
        lambda: rd.standard_need(STAFF, -20),
        "per_staff is -20, but must be a finite number above zero",
    ),
    "longitudes beyond the globe": (
        lambda: rd.Units.of(STAFF, NEED, latitude=[5, 3, -6, -7], longitude=[95, 98, 1068, 112]),
        "longitude must be degrees from -180 to 180; it is not for C: 1068",
    ),
    "a list of indicators": (
        lambda: rd.proportional_need([3, 1], 10),
        "indicator: expected a series .* but got list",
    ),
    "a total of families": (
        lambda: rd.plan_families(
            pd.concat([PEOPLE, PEOPLE.sum().to_frame("Jumlah").T]),
            pd.concat([NEEDS, NEEDS.sum().to_frame("Jumlah").T]),
            cost=np.ones((5, 5)),
        ),
        r"Jumlah looks like the total .* FamilyUnits.of\(..., as_given=True\)",
    ),
}
LABELS = {
    "cost": lambda x: plan(cost=KM.rename(x, axis=1)),
    "distance": lambda x: plan(distance=KM.rename(x), limits=Limits(max_distance=99)),
    "allowed": lambda x: within(allowed=(KM > 0).rename(x)),
    "capacity": lambda x: within(capacity=STAFF.rename(x)),
    "releasable": lambda x: within(releasable=dict(STAFF.rename(x))),
    "within": lambda x: within(within=STAFF.rename(x)),
    "retirements": lambda x: rd.leave_unfilled(STAFF, NEED, 1, retirements=STAFF.rename(x)),
    "after": lambda x: rd.robustness(STAFF, NEED, budget=1, need_cv=0.1, after=STAFF.rename(x)),
    "families": lambda x: substitution(need=NEEDS.rename(x)),
}


@pytest.mark.parametrize(
    ("call", "said"),
    [*NOT_NUMBERS.values(), *COLLECTIONS.values(), *RAW.values()],
    ids=[*NOT_NUMBERS, *COLLECTIONS, *RAW],
)
def test_it_says_what_was_expected(call, said):
    with pytest.raises(AnalysisError, match=said):
        call()


@pytest.mark.parametrize("call", LABELS.values(), ids=LABELS)
def test_an_unknown_label_is_named(call):
    with pytest.raises(AnalysisError, match=re.compile("same units: Bb is only in .*, B is only")):
        call({"B": "Bb"})


@pytest.mark.parametrize(
    "forbidden",
    [
        lambda pairs: zip(pairs["origin"], pairs["destination"], strict=True),
        lambda pairs: pairs.itertuples(index=False),
        lambda pairs: pairs,
        lambda pairs: pairs.to_numpy(),
        lambda pairs: (tuple(row) for row in pairs.to_numpy()),
    ],
)
def test_a_ban_holds_however_it_is_written_and_at_every_plan(forbidden):
    pairs = pd.DataFrame({"origin": ["A", "A"], "destination": ["C", "B"]})
    limits = Limits(forbidden=forbidden(pairs))
    for _ in range(2):
        moves = plan(limits=limits, unplaced="stay").moves
        assert moves.loc[moves["origin"] == "A", "destination"].tolist() == ["D"]


def test_a_generator_of_protected_units_protects_them_every_time():
    limits = Limits(protected=(unit for unit in UNITS if unit == "A"))
    assert [plan(limits=limits).losses[0] for _ in range(2)] == [0, 0]


def test_a_cost_in_another_order_costs_what_it_says():
    cost = KM.iloc[[2, 0, 3, 1], [1, 3, 0, 2]]
    found, expected = plan(cost=cost), plan()
    assert found.moves.equals(expected.moves)
    assert found.cost == expected.cost


def test_a_labelled_matrix_does_not_fit_units_without_labels():
    with pytest.raises(AnalysisError, match="cost, rows and staff must have the same units"):
        plan(staff=STAFF.tolist(), need=NEED.tolist())
