"""A total among its parts is found; a large unit is none."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError
from analysis.totals import find_total, refuse_total

STAFF = np.array([27.0, 31, 12, 70])
NEED = np.array([1200.4, 2500.0, 300.2, 4000.6])
UNITS = pd.Index(["11", "12", "13", "99"])


def test_a_row_that_is_the_sum_of_the_others_in_every_column_is_a_total():
    assert find_total(UNITS, STAFF, NEED) == 3
    assert find_total(UNITS[::-1], STAFF[::-1], NEED[::-1]) == 0


def test_figures_rounded_to_thousands_still_add_up():
    thousands = np.array([5482.5, 15386.6, 5757.2, 26626.0])
    assert find_total(UNITS, STAFF, thousands) == 3


@pytest.mark.parametrize(
    ("staff", "need"),
    [
        (STAFF, [1200.0, 2500, 300, 3900]),  # one column adds up by chance
        ([27, 31, 12, 71], NEED),
        ([58, 27, 31, 0], [50, 20, 30, 0]),  # two parts are too few
    ],
)
def test_a_unit_that_is_only_large_is_none(staff, need):
    assert find_total(UNITS, np.array(staff, dtype=float), np.array(need, dtype=float)) is None


@pytest.mark.parametrize(
    "name", ["Indonesia", "INDONESIA", "Jumlah/Total", "Grand Total", "Total:", "Seluruh Indonesia"]
)
def test_a_row_named_as_a_total_is_one_whatever_it_adds_up_to(name):
    units = pd.Index(["Aceh", name])
    assert find_total(units, np.array([1.0, 9]), np.array([1.0, 7])) == 1


@pytest.mark.parametrize("name", ["Badan Standardisasi Nasional", "Bank Indonesia", "Totalindo", 7])
def test_a_unit_that_only_contains_such_a_word_is_none(name):
    units = pd.Index(["Aceh", name], dtype=object)
    assert find_total(units, np.array([1.0, 9]), np.array([1.0, 7])) is None


@pytest.mark.parametrize("amounts", [[], [np.array([5.0, 1, 3])]])
def test_a_name_is_enough_where_amounts_say_nothing(amounts):
    assert find_total(pd.Index(["Aceh", "Jumlah", "Bali"]), *amounts[:0]) == 1
    assert find_total(pd.Index(["Jumlah", "Aceh", "Bali"]), *amounts) == 0
    assert find_total(pd.Index(["Jumlah", "Jumlah", "Jumlah"]), *amounts) is None


def test_one_column_adds_up_by_chance():
    assert find_total(UNITS, STAFF) is None


def test_one_unit_alone_has_no_parts():
    assert find_total(pd.Index(["Indonesia"]), np.array([1.0]), np.array([1.0])) is None


def test_the_message_names_the_row_and_the_way_out():
    with pytest.raises(DomainError, match=r"^staff: 99 looks like .* or pass as_given=True if"):
        refuse_total(UNITS, STAFF, NEED, what="staff")
