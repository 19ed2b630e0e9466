"""The tree of units, however broken the list is."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from individual_records import UNITS, units

from analysis.individuals.validation import RULES, check
from analysis.individuals.validation.flags import unit_tree
from analysis.individuals.validation.rule import TreeRule
from analysis.individuals.validation.unit_tree import UnitTree

TREE = [rule for rule in RULES.values() if isinstance(rule, TreeRule)]


def broken(rows, **columns):
    """Return how many units break each rule of the tree."""
    tree = unit_tree(units(rows, **columns))
    able = [rule for rule in TREE if set(rule.columns) <= tree.columns]
    counts = {rule.name: int(rule.failing(tree).sum()) for rule in able}
    return {name: count for name, count in counts.items() if count}


def test_a_sound_tree_breaks_nothing():
    assert broken(UNITS) == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("U4", "U4", "Bagian Umum")], {"own_parent": 1}),
        ([("U4", "U9", "Bagian Umum")], {"parent_unknown": 1}),
        ([("U4", "U5", "Bagian A"), ("U5", "U6", "Bagian B"), ("U6", "U4", "C")], {"circle": 3}),
        ([("U4", "U3", "SDN 2 Mawar")], {"parent_of_other_office": 1}),
        ([("U4", "U3", "UPTD  Puskesmas Anggrek")], {"parent_of_other_office": 1}),
        ([("U4", "U0", "SD Negeri 9 Melati")], {}),
        ([("U4", "U1", "Korwil Kota"), ("U5", "U4", "SMP Negeri 1")], {}),
        ([("U4", "U1", "sd negeri 5  melati")], {"name_twice": 2}),
        ([("U4", "U1", "sd negeri 5\tmelati")], {"name_twice": 2}),
        ([("U4", "U3", "Dinas Pendidikan")], {}),
        ([("U4", "U1", None), ("U5", "U1", None)], {}),
    ],
)
def test_a_broken_list_says_where(rows, expected):
    assert broken([*UNITS, *rows]) == expected


def test_units_that_stand_twice_are_told_from_those_that_contradict(basis):
    rows = [*UNITS, ("U2", "U1", "SD Negeri 5 Melati"), ("U3", "U1", "Bidang Aset")]
    result = check({"units": units(rows)}, basis)
    assert {f.rule.name: f.rows for f in result.tables[0].broken} == {
        "repeated_row": 1,
        "repeated_key": 2,
        "name_twice": 2,
    }


def test_two_roots_and_a_parent_in_another_agency():
    rows = [*UNITS, ("V0", None, "Pemerintah Kota Contoh"), ("V1", "U0", "Dinas Perikanan")]
    agencies = ["A", "A", "A", "A", "B", "B"]
    assert broken(rows, InstansiId=agencies) == {"parent_of_other_agency": 1}
    assert broken(rows, InstansiId=["A"] * 6) == {"several_roots": 2}


def test_agencies_whose_roots_have_one_name_are_not_under_one_parent():
    rows = [*UNITS, ("V0", None, UNITS[0][2]), ("V1", "V0", UNITS[1][2])]
    assert broken(rows, InstansiId=["A", "A", "A", "A", "B", "B"]) == {}


def test_a_unit_in_force_under_an_abolished_one():
    assert broken(UNITS, aktif=["A", "T", "A", "A"]) == {"parent_abolished": 1}


def climbs_back(parent, i):
    """Walk up from a unit and say whether one comes back to it: the plain definition."""
    up, steps = parent[i], 0
    while up != -1 and up != i and steps <= len(parent):
        up, steps = parent[up], steps + 1
    return up == i


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-1, 11), min_size=12, max_size=12))
def test_circles_are_the_units_one_comes_back_to(parents):
    above = [None if p == -1 else f"U{p}" for p in parents]
    ids = [f"U{i}" for i in range(12)]
    tree = UnitTree(pa.table({"Id": ids, "DiatasanId": pa.array(above, pa.string())}))
    expected = [climbs_back(parents, i) for i in range(12)]
    np.testing.assert_array_equal(tree.circle | tree.own_parent, expected)
