import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.redistribution.frontiers.rounding import round_amounts


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=30))
def test_whole_amounts_add_up_and_are_less_than_one_away(parts):
    amounts = np.array(parts)
    total = int(np.ceil(amounts.sum()))
    amounts[0] += total - amounts.sum()
    if amounts[0] < 0:
        return
    whole = round_amounts(amounts, total)
    assert whole.sum() == total
    assert (np.abs(whole - amounts) < 1).all()


def test_what_is_zero_or_whole_stays_so():
    assert round_amounts(np.array([0.0, 2.0, 0.5, 0.5]), 3).tolist() == [0, 2, 1, 0]
    assert round_amounts(np.array([2.9999999999, 1.0000000001]), 4).tolist() == [3, 1]


def test_amounts_that_do_not_add_up():
    with pytest.raises(DomainError, match=r"add up to 1\.5, not to 3"):
        round_amounts(np.array([1.5]), 3)
