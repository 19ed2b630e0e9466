import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.conflicts import find_conflicts
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.limits import Limits

FAMILIES = ["teacher", "nurse", "midwife"]
WEIGHTS = {"floor": 1.0, "leaving": 0.6, "arriving": 0.5, "budget": 0.3}


def frame(values):
    values = np.asarray(values)
    units = [f"unit {i}" for i in range(values.shape[0])]
    return pd.DataFrame(values, index=units, columns=FAMILIES[: values.shape[1]])


def table(rows=()):
    return pd.DataFrame(rows, columns=["from_family", "to_family", "penalty"])


def conflicts(staff, floor, *, substitution, budget=None, weights=None, **limits):
    return find_conflicts(
        FamilyUnits.of(staff, floor, what="floor", as_given=True),  # by chance a unit can be a sum
        substitution=substitution,
        budget=budget,
        weights=weights,
        limits=Limits(**limits),
    )


def random_case(seed, n=4, families=3):
    rng = np.random.default_rng(seed)
    staff = rng.integers(0, 8, (n, families))
    floor = rng.integers(0, 8, (n, families))
    rows = [(a, b, 1) for a, b in itertools.permutations(FAMILIES[:families], 2)]
    return (
        frame(staff),
        frame(floor),
        {
            "substitution": table([row for row in rows if rng.random() < 0.4]),
            "most_leaving": rng.integers(0, 5, n),
            "capacity": rng.integers(0, 5, n),
            "budget": int(rng.integers(0, 1 + min(10, staff.sum()))),
            "within": rng.integers(0, 2, n),
        },
    )


def least_relaxation(staff, floor, options, weights):
    """The elastic program written out pair by pair."""
    n, families = staff.shape
    people, required = staff.to_numpy(), floor.to_numpy()
    rows = options["substitution"].itertuples(index=False)
    permitted = {(a, b) for a, b, _ in rows} | {(f, f) for f in FAMILIES}
    posts = list(np.ndindex(n, families))
    pairs = [
        (a, b)
        for a, b in itertools.product(posts, posts)
        if a != b
        and (FAMILIES[a[1]], FAMILIES[b[1]]) in permitted
        and options["within"][a[0]] == options["within"][b[0]]
    ]
    elastic = [
        ([(b_ == p) * -1.0 + (a_ == p) for a_, b_ in pairs], people[p] - required[p], "floor")
        for p in posts
    ]
    for i in range(n):
        away = [a[0] == i != b[0] for a, b in pairs]
        home = [b[0] == i != a[0] for a, b in pairs]
        elastic.append((away, options["most_leaving"][i], "leaving"))
        elastic.append((home, options["capacity"][i], "arriving"))
    elastic.append(([1.0] * len(pairs), options["budget"], "budget"))
    firm = [([a == p for a, _ in pairs], people[p]) for p in posts]
    left = np.array([row for row, _, _ in elastic] + [row for row, _ in firm], dtype=float)
    slack = -np.eye(len(left), len(elastic))
    found = linprog(
        [0.0] * len(pairs) + [weights[name] for _, _, name in elastic],
        A_ub=np.hstack([left, slack]),
        b_ub=[most for _, most, _ in elastic] + [most for _, most in firm],
        integrality=np.ones(len(pairs) + len(elastic), dtype=int),
    )
    return found.fun


@given(st.integers(0, 100_000))
@settings(max_examples=40, deadline=None)
def test_no_cheaper_relaxation_exists_pair_by_pair(seed):
    staff, floor, options = random_case(seed)
    found = conflicts(staff, floor, weights=WEIGHTS, **options)
    assert found.weighted == pytest.approx(least_relaxation(staff, floor, options, WEIGHTS))
    paid = found.table["constraint"].map(WEIGHTS) * found.table["people"]
    assert paid.sum() == pytest.approx(found.weighted)
    assert found.feasible == (found.weighted == 0)


@given(st.integers(0, 100_000))
@settings(max_examples=30, deadline=None)
def test_requirements_relaxed_as_reported_can_be_met(seed):
    staff, floor, options = random_case(seed)
    found = conflicts(staff, floor, weights=WEIGHTS, **options)
    relaxed = floor.copy()
    leaving = pd.Series(options["most_leaving"], staff.index)
    arriving = pd.Series(options["capacity"], staff.index)
    for row in found.table.itertuples():
        if row.constraint == "floor":
            relaxed.loc[row.unit, row.family] -= row.people
        elif row.constraint == "budget":
            options["budget"] += row.people
        else:
            (leaving if row.constraint == "leaving" else arriving)[row.unit] += row.people
    options |= {"most_leaving": leaving, "capacity": arriving}
    again = conflicts(staff, relaxed, **options)
    assert again.feasible
    assert again.message == "All requirements can be met together."


def test_a_chain_of_substitutions_is_found():
    staff = frame([[2, 0, 0], [0, 1, 0]])
    floor = frame([[1, 0, 0], [0, 1, 1]])
    rows = table([("teacher", "nurse", 1), ("nurse", "midwife", 1)])
    assert conflicts(staff, floor, substitution=rows).feasible
    assert not conflicts(staff, floor, substitution=rows, protected_families=["nurse"]).feasible
    may = [[2, 0, 0], [0, 0, 0]]
    assert not conflicts(staff, floor, substitution=rows, releasable=may).feasible


def test_nobody_leaves_a_protected_unit_but_for_a_post_in_it():
    staff, floor = frame([[5, 0], [0, 0]]), frame([[1, 1], [2, 0]])
    rows = table([("teacher", "nurse", 1)])
    assert conflicts(staff, floor, substitution=rows).feasible
    found = conflicts(staff, floor, substitution=rows, protected=["unit 0"])
    assert found.table[["constraint", "unit", "people"]].to_numpy().tolist() == [
        ["floor", "unit 1", 2]
    ]


def test_what_gives_way_is_said_in_words():
    staff, floor = frame([[5], [0]]), frame([[1], [4]])
    options = {"substitution": table(), "budget": 3, "capacity": [0, 2]}
    found = conflicts(staff, floor, weights={"floor": np.inf}, **options)
    assert found.message == (
        "The requirements cannot all be met. They could be if 2 more people were allowed to move "
        "to unit 1 (4, not 2); and 1 more person was allowed to change post in all (4, not 3)."
    )
    assert found.table[["constraint", "people"]].to_numpy().tolist() == [
        ["arriving", 2],
        ["budget", 1],
    ]


def test_a_long_message_is_cut():
    found = conflicts(frame([[0]] * 7), frame([[1]] * 7), substitution=table())
    assert len(found.table) == 7
    assert found.message.count("floor of") == 5
    assert found.message.endswith("; and 2 more gave way, see the table.")


def test_people_do_not_leave_their_group():
    staff, floor = frame([[4], [0]]), frame([[1], [2]])
    apart = conflicts(staff, floor, substitution=table(), within=["Papua", "Java"])
    assert apart.table[["unit", "people"]].to_numpy().tolist() == [["unit 1", 2]]
    assert conflicts(staff, floor, substitution=table(), within=["Java", "Java"]).feasible


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"floor": frame([[-1], [1]])}, DomainError, "floor must be .*unit 0, teacher"),
        ({"floor": frame([[9], [9]]), "weights": {"floor": np.inf}}, DomainError, "floor cannot"),
        ({"within": ["Java"]}, DomainError, "within: expected one label for each of 2"),
        ({"within": ["Java", None]}, DomainError, "within"),
        ({"weights": {"cost": 1}}, ParameterError, "cost is no constraint"),
        ({"weights": {"floor": 0}}, ParameterError, "above zero"),
        ({"budget": 3}, DomainError, "budget is 3"),
        ({"protected_families": ["guru"]}, ParameterError, "guru"),
        ({"releasable": [[1]]}, DomainError, "releasable"),
    ],
)
def test_bad_input(change, error, message):
    options = {"floor": frame([[1], [1]]), "substitution": table()} | change
    with pytest.raises(error, match=message):
        conflicts(frame([[1], [1]]), **options)
