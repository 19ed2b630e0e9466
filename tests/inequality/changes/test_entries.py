"""Units that appear and vanish between two dates."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality import change, change_with_entries, gini, palma, theil_t

BEFORE = pd.Series({"A": 1.0, "B": 3.0, "C": 8.0})
AFTER = pd.Series({"D": 2.0, "B": 3.0, "A": 2.0})
PEOPLE_BEFORE = pd.Series({"C": 1.0, "B": 2.0, "A": 4.0})
PEOPLE_AFTER = pd.Series({"A": 3.0, "B": 2.0, "D": 5.0})


def test_each_part_is_the_measure_of_its_units():
    found = change_with_entries(
        gini, BEFORE, AFTER, weights_before=PEOPLE_BEFORE, weights_after=PEOPLE_AFTER
    )
    assert (found.stayed, found.left, found.entered) == (("A", "B"), ("C",), ("D",))
    assert found.before == gini([1.0, 3.0, 8.0], [4.0, 2.0, 1.0])
    assert found.after == gini([2.0, 3.0, 2.0], [3.0, 2.0, 5.0])
    assert found.removals == gini([1.0, 3.0], [4.0, 2.0]) - found.before
    assert found.additions == found.after - gini([2.0, 3.0], [3.0, 2.0])


mapped = st.dictionaries(st.sampled_from("ABCDEFGH"), st.floats(0.1, 100.0), min_size=1)


@settings(max_examples=80, derandomize=True)
@given(mapped, mapped, st.randoms(use_true_random=False))
def test_the_parts_add_up_whatever_the_order(before, after, random):
    if not set(before) & set(after):
        with pytest.raises(DomainError, match="no unit exists both"):
            change_with_entries(theil_t, before, after)
        return
    found = change_with_entries(theil_t, before, after)
    total = found.removals + found.continuing + found.additions
    assert total == pytest.approx(found.difference, abs=1e-12)
    shuffled = random.sample(list(after), len(after))
    again = change_with_entries(theil_t, before, {unit: after[unit] for unit in shuffled})
    assert again.to_frame().equals(found.to_frame())


def test_the_same_units_at_both_dates_only_continue():
    after = pd.Series({"C": 4.0, "A": 2.0, "B": 3.0})
    found = change_with_entries(gini, BEFORE, after)
    assert (found.removals, found.additions) == (0.0, 0.0)
    assert found.continuing == change(gini, BEFORE, after).difference
    assert found.to_frame()["units"].tolist() == [0, 3, 0, 3]


def test_backwards_additions_are_removals():
    there = change_with_entries(gini, BEFORE, AFTER)
    back = change_with_entries(gini, AFTER, BEFORE)
    assert (back.additions, back.removals) == (-there.removals, -there.additions)
    assert back.continuing == -there.continuing


@pytest.mark.parametrize(
    ("before", "after", "options", "error", "said"),
    [
        ([1.0, 2.0], AFTER, {}, ParameterError, "gini, before: .* Pass a Series or a dict"),
        (BEFORE, np.ones(2), {}, ParameterError, "gini, after: "),
        (BEFORE, AFTER, {"weights_after": PEOPLE_AFTER}, ParameterError, "for one date only"),
        (BEFORE, pd.Series([1.0, 2.0], index=["A", "A"]), {}, DomainError, "A"),
        (BEFORE, {1: 2.0}, {}, DomainError, "no unit exists both before and after"),
        (
            BEFORE,
            AFTER,
            {"weights_before": [1.0], "weights_after": PEOPLE_AFTER},
            DomainError,
            "3 units before but 1 weights",
        ),
        (
            BEFORE,
            AFTER,
            {"weights_before": PEOPLE_AFTER, "weights_after": PEOPLE_AFTER},
            DomainError,
            "weights_before",
        ),
    ],
)
def test_refuses_in_words(before, after, options, error, said):
    with pytest.raises(error, match=said):
        change_with_entries(gini, before, after, **options)


def test_a_measure_that_fails_for_those_who_stayed_says_so():
    with pytest.raises(DomainError, match="palma"):
        change_with_entries(palma, {"A": 0.0, "B": 0.0, "C": 2.0}, {"A": 1.0, "B": 1.0})
