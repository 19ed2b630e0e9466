"""Who borders on whom: pairs become lists, islands join the unit nearest to them."""

import pandas as pd
import pytest

from analysis.errors import DomainError
from analysis.inequality import joined_to_nearest, neighbours_among, neighbours_from_pairs

UNITS = [*"ABCDE"]
PAIRS = pd.DataFrame({"left": ["B", "C"], "right": ["A", "B"]})
LISTS = {"A": ("B",), "B": ("A", "C"), "C": ("B",), "D": (), "E": ()}
PLACES = pd.Series({"A": 0.0, "B": 1.0, "C": 2.0, "D": 2.5, "E": -9.0})
DISTANCE = pd.DataFrame({a: (PLACES - PLACES[a]).abs() for a in UNITS})


def test_pairs_count_both_ways_round_in_the_order_of_the_units():
    assert neighbours_from_pairs(PAIRS["left"], PAIRS["right"], UNITS) == LISTS
    assert neighbours_from_pairs(PAIRS["right"], PAIRS["left"], UNITS) == LISTS
    assert list(neighbours_from_pairs(PAIRS["left"], PAIRS["right"], UNITS[::-1])) == UNITS[::-1]


def test_an_island_joins_the_nearest_unit_and_the_others_stay_as_they_are():
    joined = joined_to_nearest(LISTS, DISTANCE.loc[UNITS[::-1]])
    assert joined == {"A": ("B", "E"), "B": ("A", "C"), "C": ("B", "D"), "D": ("C",), "E": ("A",)}
    assert joined_to_nearest(joined, DISTANCE) == joined


def test_neighbours_among_some_units_are_those_that_are_left():
    assert neighbours_among(LISTS, ["C", "A", "D"]) == {"C": (), "A": (), "D": ()}
    assert neighbours_among(LISTS, UNITS) == LISTS


@pytest.mark.parametrize(
    ("left", "right", "units", "said"),
    [
        (["A"], ["Z"], UNITS, "neighbours, right: Z is no unit"),
        (["A"], ["A"], UNITS, "A borders on itself"),
        (["A", "B"], ["B", "A"], UNITS, "A and B stand there twice"),
        (["A"], ["B", "C"], UNITS, "1 units on the left but 2 on the right"),
        (["A"], ["B"], [*"AAB"], "each unit must occur once"),
        (["A"], ["B"], "AB", r"Write \['AB'\]"),
    ],
)
def test_pairs_are_refused_in_words(left, right, units, said):
    with pytest.raises(DomainError, match=said):
        neighbours_from_pairs(left, right, units)


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (DISTANCE.drop(index="A"), "A is only in the neighbours"),
        (-DISTANCE, ">= 0"),
        (DISTANCE.where(DISTANCE > 0.7), ">= 0"),
    ],
)
def test_distances_are_refused_in_words(distance, said):
    with pytest.raises(DomainError, match=said):
        joined_to_nearest(LISTS, distance)


def test_a_unit_that_has_no_list_cannot_be_kept():
    with pytest.raises(DomainError, match="Z is no unit"):
        neighbours_among(LISTS, ["A", "Z"])
