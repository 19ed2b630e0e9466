import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.labels import (
    align,
    align_all,
    align_matrix,
    as_items,
    label_codes,
    labels_of,
    positions_of,
    require_unique,
)

UNITS = pd.Index(["Aceh", "Bali", "Jambi"])


@given(st.permutations(range(3)))
def test_the_order_of_labelled_input_does_not_matter(order):
    need = pd.Series([1.0, 2.0, 3.0], index=UNITS)
    assert align(need.iloc[order], UNITS, what="need", to="staff").tolist() == [1.0, 2.0, 3.0]
    table = dict(need.iloc[order])
    assert align(table, UNITS, what="need", to="staff").tolist() == [1.0, 2.0, 3.0]
    cost = pd.DataFrame(np.arange(9).reshape(3, 3), UNITS, UNITS)
    found = align_matrix(cost.iloc[order, order[::-1]], UNITS, UNITS, what="cost", to="staff")
    pd.testing.assert_frame_equal(found, cost)


def test_unlabelled_input_is_taken_by_position():
    given_ = [3.0, 1.0, 2.0]
    assert align(given_, UNITS, what="need", to="staff") is given_
    assert align_all("f", x=[1, 2], y=None) == ([1, 2], None)


def test_the_first_labelled_input_gives_the_order():
    first, second = pd.Series({"b": 3, "a": 4}), pd.Series({"a": 5, "b": 6})
    found = align_all("f", x=[1, 2], y=first, z=second)
    assert [list(x) for x in found] == [[1, 2], [3, 4], [6, 5]]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (["Aceh", "Bali"], "Jambi is only in staff"),
        (["Aceh", "Bali", "Jambi", "Riau"], "Riau is only in need"),
        (["Aceh", "Bali", "Riau"], "Riau is only in need, Jambi is only in staff"),
        (["Aceh", "Bali", "Bali"], "need: each unit must occur once, but Bali does not"),
    ],
)
def test_other_units_are_refused_with_the_difference(own, says):
    need = pd.Series(1.0, index=own)
    with pytest.raises(DomainError, match=says):
        align(need, UNITS, what="need", to="staff")


def test_codes_as_numbers_and_as_text_are_told_apart():
    need = pd.Series([1.0, 2.0], index=[11, 12])
    with pytest.raises(DomainError, match="of different types: read codes as text"):
        align(need, pd.Index(["11", "12"]), what="need", to="staff")


def test_labels_of_a_matrix_that_are_unknown_are_refused():
    cost = pd.DataFrame(0.0, UNITS, ["Aceh", "Bali", "Riau"])
    with pytest.raises(DomainError, match=r"cost, columns and staff .*Riau is only in cost"):
        align_matrix(cost, UNITS, UNITS, what="cost", to="staff")


def test_units_of_one_name_are_not_only_told_to_be_added_up():
    with pytest.raises(DomainError, match="kabupaten and a kota, name them apart"):
        require_unique(pd.Index(["Bandung", "Bandung"]), what="staff")


def test_an_iterator_is_stored_once_and_a_word_is_no_list():
    stored = as_items(zip("AB", "CD", strict=True), what="forbidden")
    assert stored == (("A", "C"), ("B", "D"))
    with pytest.raises(DomainError, match=r"protected: expected a list, but got 'BC'"):
        as_items("BC", what="protected")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"Aceh": False}, "got dict"),
        (pd.Series([True, False]), r"got true and false.*list\(mask.index\[mask\]\)"),
        (5, r"got 5. Write \[5\]"),
    ],
)
def test_a_dict_or_a_mask_is_no_list_of_labels(given, says):
    with pytest.raises(DomainError, match=f"^protected: expected a list.*{says}"):
        as_items(given, what="protected")


def test_labels_of_several_levels_are_aligned_as_tuples():
    levels = pd.MultiIndex.from_tuples([("Jawa", "Kota"), ("Bali", "Kota")])
    need = pd.Series([1.0, 2.0], index=levels)
    labels = labels_of(need)
    assert labels.tolist() == list(levels)
    assert align(need[::-1], labels, what="need", to="staff").tolist() == [1.0, 2.0]
    cost = pd.DataFrame([[0, 1], [2, 0]], levels, levels)
    aligned = align_matrix(cost.iloc[::-1], labels, labels, what="cost", to="staff")
    assert aligned.to_numpy().tolist() == [[0, 1], [2, 0]]


def test_columns_that_are_no_units_are_called_what_they_are():
    need = pd.DataFrame(0.0, UNITS, ["guru", "dokter"])
    with pytest.raises(DomainError, match="same families: dokter is only in need, columns, bidan"):
        align_matrix(
            need, UNITS, pd.Index(["guru", "bidan"]), what="need", to="staff", across="families"
        )


def test_positions_of_units_are_found_and_strangers_named():
    assert positions_of(["Jambi", "Aceh"], UNITS, what="protected").tolist() == [2, 0]
    with pytest.raises(DomainError, match="protected: Riau is no unit; there are Aceh, Bali"):
        positions_of(["Riau"], UNITS, what="protected")


def test_labels_are_coded_in_sorted_order():
    codes, groups = label_codes(np.array(["b", "a", "b"]), 3, what="groups")
    assert (codes.tolist(), groups.tolist()) == ([1, 0, 1], ["a", "b"])


def test_groups_follow_the_labels_of_the_units():
    groups = pd.Series({"Bali": "east", "Aceh": "west", "Jambi": "west"})
    assert label_codes(groups, 3, what="groups", units=UNITS)[0].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (["a", "b"], r"one label for each of 3 units, shape \(3,\)"),
        ([["a", "b", "c"]], r"shape is \(1, 3\)"),
        (["a", None, "b"], "label is missing at positions 1"),
        (pd.Series([11, "11", "12"], dtype=object), "11 occurs as a number and as text"),
    ],
)
def test_labels_that_cannot_be_told_apart_are_refused(groups, says):
    with pytest.raises(DomainError, match=rf"^groups: .*{says}"):
        label_codes(groups, 3, what="groups")
