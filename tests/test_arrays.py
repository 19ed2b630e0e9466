"""What counts as numbers, through every door."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.arrays import as_flags, as_floats, as_frame, as_matrix, as_number, as_vector
from analysis.errors import DomainError

NUMBERS = {
    "list": [1, 2.5],
    "tuple": (1, 2.5),
    "array": np.array([1.0, 2.5]),
    "single precision": np.array([1.0, 2.5], dtype=np.float32),
    "objects": np.array([1, Decimal("2.5")], dtype=object),
    "fractions": [Fraction(1), Fraction(5, 2)],
    "series": pd.Series([1.0, 2.5]),
    "nullable": pd.Series([1.0, 2.5], dtype="Float64"),
    "objects in a series": pd.Series([1, 2.5], dtype=object),
    "arrow in pandas": pd.Series([1.0, 2.5], dtype=pd.ArrowDtype(pa.float64())),
    "arrow": pa.array([1.0, 2.5]),
    "arrow in chunks": pa.chunked_array([[1.0], [2.5]]),
    "index": pd.Index([1.0, 2.5]),
}
MISSING = {
    "none": [1, None],
    "nan": [1.0, np.nan],
    "masked": np.ma.MaskedArray([1, 2], mask=[False, True]),
    "nullable": pd.Series([1, None], dtype="Int64"),
    "arrow in pandas": pd.Series([1, None], dtype=pd.ArrowDtype(pa.int64())),
    "arrow": pa.array([1, None]),
    "objects": pd.Series([1, pd.NA], dtype=object),
}
REFUSED = {
    "thousands": (["1.234", "2.500", "900"], r"text \('1.234' at position 0\).*dots and commas"),
    "text among numbers": (pd.Series([1, "2"], dtype=object), r"text \('2' at position 1\)"),
    "a column of text": (pd.Series(["1", "2"]), "text|str"),
    "arrow text": (pa.array(["1", "2"]), "text"),
    "bytes": (np.array([b"1"]), "text"),
    "true and false": ([True, False], "true or false"),
    "booleans": (pd.Series([True, False]), "bool"),
    "nullable booleans": (pd.Series([True, None], dtype="boolean"), "bool"),
    "complex": ([1 + 2j], "complex"),
    "a series of complex": (pd.Series([1 + 2j]), "complex"),
    "dates": (np.array(["2023-12-31"], dtype="datetime64[D]"), "dates"),
    "a series of dates": (pd.Series(pd.to_datetime(["2023-12-31"])), "datetime"),
    "dates of Python": ([dt.date(2023, 12, 31)], "type date"),
    "durations": (np.array([1], dtype="timedelta64[D]"), "durations"),
    "categories": (pd.Series([1, 2], dtype="category"), "category"),
    "too large": ([10**400, 1], "position 0 .* too large"),
    "ragged": ([[1, 2], [3]], "cannot be read as an array|different lengths"),
    "a word": ("123", "got str"),
    "a set": ({1, 2}, "got set"),
    "a generator": ((i for i in range(3)), "got generator"),
    "nothing": ([], "no values"),
    "a table": ([[1.0, 2.0]], r"shape is \(1, 2\)"),
    "one number": (3.0, r"shape is \(\)"),
}


@pytest.mark.parametrize("given", NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_read_whatever_holds_them(given):
    found = as_vector(given, what="staff")
    assert found.dtype == np.float64
    assert found.tolist() == [1.0, 2.5]


@pytest.mark.parametrize("given", MISSING.values(), ids=MISSING)
def test_what_is_missing_stays_missing(given):
    assert np.isnan(as_vector(given, what="staff")).tolist() == [False, True]


@pytest.mark.parametrize(("given", "says"), REFUSED.values(), ids=REFUSED)
def test_what_only_looks_like_numbers_is_refused(given, says):
    with pytest.raises(DomainError, match=rf"(?s)^staff: .*({says})"):
        as_vector(given, what="staff")


def test_an_array_of_floats_is_not_copied():
    given = np.array([1.0, 2.0])
    assert as_vector(given, what="staff") is given


def test_the_values_under_a_mask_are_not_changed():
    given = np.ma.MaskedArray([1.0, 2.0], mask=[False, True])
    as_vector(given, what="staff")
    assert given.data.tolist() == [1.0, 2.0]


def test_a_frame_names_the_column_that_holds_text():
    frame = pd.DataFrame({"Aceh": [0.0, 1.0], "Bali": ["1", "0"]})
    with pytest.raises(DomainError, match="cost, Bali: the values must be numbers"):
        as_floats(frame, what="cost")


def test_a_matrix_has_its_shape():
    assert as_matrix([[0, 1], [1, 0]], (2, 2), what="cost").tolist() == [[0.0, 1.0], [1.0, 0.0]]
    with pytest.raises(DomainError, match=r"cost: expected a matrix of shape \(2, 2\)"):
        as_matrix([[0, 1]], (2, 2), what="cost")


@pytest.mark.parametrize("given", [20, 20.0, np.int64(20), Decimal(20), np.array(20)])
def test_one_number_is_read(given):
    assert as_number(given, what="budget") == 20.0


def test_one_missing_number_stays_missing():
    assert all(np.isnan(as_number(x, what="budget")) for x in (None, pd.NA, np.nan))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("20", "expected a number, but got the text '20'"),
        (True, "true or false"),
        ([20], "expected one number, but got list"),
        ({"a": 20}, "expected one number, but got dict"),
        (iter([20]), "expected one number"),
        (1j, "complex"),
        (10**400, "too large"),
    ],
)
def test_what_is_not_one_number_is_refused(given, says):
    with pytest.raises(DomainError, match=f"^budget: .*{says}"):
        as_number(given, what="budget")


@pytest.mark.parametrize(
    "given",
    [
        [[True, False]],
        pd.DataFrame({"a": [True], "b": pd.array([False], dtype="boolean")}),
        np.array([[True, False]], dtype=object),
    ],
)
def test_flags_are_read_whatever_holds_them(given):
    assert as_flags(given, (1, 2), what="allowed").tolist() == [[True, False]]


@pytest.mark.parametrize("given", [[[1, 0]], [[True]], [["yes", "no"]], [[True, None]]])
def test_what_is_not_true_or_false_is_refused(given):
    with pytest.raises(DomainError, match=r"allowed: expected a matrix of true and false of shape"):
        as_flags(given, (1, 2), what="allowed")


def test_a_table_of_another_library_becomes_a_frame():
    frame = pd.DataFrame({"unit": ["A", "B"], "staff": [1, 2]})
    pd.testing.assert_frame_equal(as_frame(pa.Table.from_pandas(frame), what="units"), frame)
    assert as_frame(frame, what="units") is frame
    for given in ({"staff": [1]}, frame["staff"], [[1]]):
        with pytest.raises(DomainError, match="units: expected a table"):
            as_frame(given, what="units")
