"""Turn whatever holds numbers into an array of floats, and refuse what only looks like numbers.

Text is not a number: "1.234" is a thousand and some in an Indonesian table, and one and some to a
parser. Nor are true and false, dates and complex numbers. What is missing (None, NA, masked) stays
missing, as NaN, for the caller to refuse with what it knows.
"""

import numbers
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
DateArray = npt.NDArray[np.datetime64]

_KINDS = {
    "S": "text",
    "T": "text",
    "U": "text",
    "V": "records",
    "b": "true or false",
    "c": "complex numbers",
    "M": "dates",
    "m": "durations",
}


def as_vector(x: npt.ArrayLike, *, what: str) -> FloatArray:
    """Return `x` as one float for each unit, shape (n,), n >= 1.

    Parameters
    ----------
    x : array-like
        A list, an array (masked or not), a series of pandas (nullable or Arrow types too), or
        what NumPy reads as an array, such as a series of Polars or an array of PyArrow.
    what : str
        What the numbers are, for the message.

    Returns
    -------
    ndarray, shape (n,)
        The input itself where it already is such an array: never write to it.

    Raises
    ------
    DomainError
        If it is no numbers, empty, or of another shape.

    Examples
    --------
    >>> as_vector(pd.Series([1, None], dtype="Int64"), what="staff")
    array([ 1., nan])
    """
    values = as_floats(x, what=what)
    if values.ndim != 1:
        raise DomainError(
            f"{what}: expected one value for each unit, shape (n,), but the shape is "
            f"{values.shape}."
        )
    if values.size == 0:
        raise DomainError(f"{what}: there are no values. Pass at least one unit.")
    return values


def as_matrix(x: npt.ArrayLike, shape: tuple[int, int], *, what: str) -> FloatArray:
    """Return `x` as floats of the given shape, origins by destinations.

    Raises
    ------
    DomainError
        If it is no numbers, or of another shape.
    """
    values = as_floats(x, what=what)
    if values.shape != shape:
        raise DomainError(
            f"{what}: expected a matrix of shape {shape}, origins by destinations, but the shape "
            f"is {values.shape}."
        )
    return values


def as_number(x: object, *, what: str) -> float:
    """Return one number as a float; None and NA become NaN.

    Raises
    ------
    DomainError
        If it is text, true or false, a collection, or too large for a float.

    Examples
    --------
    >>> as_number(20, what="budget")
    20.0
    """
    if isinstance(x, str | bytes):
        raise DomainError(f"{what}: expected a number, but got the text {x!r}. Write it unquoted.")
    value = np.asarray(x)
    if value.ndim or isinstance(x, Mapping | Set | Iterator):
        raise DomainError(f"{what}: expected one number, but got {type(x).__name__}.")
    return float(as_floats(value, what=what))


def as_flags(x: npt.ArrayLike, shape: tuple[int, int], *, what: str) -> BoolArray:
    """Return a matrix of true and false of the given shape, origins by destinations.

    Raises
    ------
    DomainError
        If it holds anything else, or has another shape.
    """
    flags = np.asarray(x)
    if flags.dtype == object and all(map(_is_bool, flags.flat)):  # columns of several types
        flags = flags.astype(np.bool_)
    if flags.shape != shape or flags.dtype != np.bool_:
        raise DomainError(
            f"{what}: expected a matrix of true and false of shape {shape}, origins by "
            f"destinations, but it is {flags.dtype} of shape {flags.shape}."
        )
    return flags


def as_frame(table: object, *, what: str) -> pd.DataFrame:
    """Return a table as a frame of pandas: also one of Polars or PyArrow.

    Raises
    ------
    DomainError
        If it is no table.

    Examples
    --------
    >>> as_frame({"staff": [1]}, what="units")
    Traceback (most recent call last):
    analysis.errors.DomainError: units: expected a table, such as a DataFrame, but got dict.
    """
    if isinstance(table, pd.DataFrame):
        return table
    if hasattr(table, "__arrow_c_stream__") and not isinstance(table, pd.Series):
        frame: pd.DataFrame = pd.DataFrame.from_arrow(table)  # type: ignore[attr-defined]
        return frame
    raise DomainError(
        f"{what}: expected a table, such as a DataFrame, but got {type(table).__name__}."
    )


def as_floats(x: npt.ArrayLike, *, what: str) -> FloatArray:
    """Return `x` as floats of whatever shape it has; see `as_vector`."""
    if type(x) is np.ndarray and x.dtype == np.float64:
        return x
    if isinstance(x, np.ma.MaskedArray):
        data = np.array(as_floats(np.ma.getdata(x), what=what))
        data[np.ma.getmaskarray(x)] = np.nan
        return data
    if isinstance(x, pd.DataFrame):
        if all(isinstance(kind, np.dtype) and kind.kind in "iuf" for kind in x.dtypes):
            return x.to_numpy(dtype=np.float64)
        columns = [as_floats(x.iloc[:, j], what=f"{what}, {c}") for j, c in enumerate(x.columns)]
        return np.column_stack(columns) if columns else np.empty(x.shape)
    if isinstance(x, pd.Series | pd.Index):
        return _of_pandas(x, what)
    if isinstance(x, str | bytes | Mapping | Set | Iterator):
        raise DomainError(
            f"{what}: expected numbers in an order, such as a list, an array or a series, but got "
            f"{type(x).__name__}."
        )
    try:
        array = np.asarray(x)
    except (TypeError, ValueError) as error:
        raise DomainError(
            f"{what}: the values cannot be read as an array of numbers ({error})."
        ) from error
    return _of_numpy(array, what)


def _of_pandas(x: "pd.Series[Any] | pd.Index[Any]", what: str) -> FloatArray:
    kinds = pd.api.types
    if x.dtype == object:
        return _of_objects(x.to_numpy(), what)
    if kinds.is_numeric_dtype(x.dtype) and not (
        kinds.is_bool_dtype(x.dtype) or kinds.is_complex_dtype(x.dtype)
    ):
        return x.to_numpy(dtype=np.float64, na_value=np.nan)
    raise _not_numbers(x.to_numpy(dtype=object), f"of type {x.dtype}", what)


def _of_numpy(array: npt.NDArray[Any], what: str) -> FloatArray:
    if array.dtype == object:
        return _of_objects(array, what)
    if array.dtype.kind in _KINDS:
        raise _not_numbers(array, _KINDS[array.dtype.kind], what)
    return np.asarray(array, dtype=np.float64)


def _of_objects(array: npt.NDArray[Any], what: str) -> FloatArray:
    """Return floats of Python's own numbers; what is missing becomes NaN."""
    values = np.empty(array.size)
    for position, item in enumerate(array.flat):
        if item is None or item is pd.NA or item is pd.NaT or item is np.ma.masked:
            values[position] = np.nan
        elif isinstance(item, numbers.Real | Decimal) and not _is_bool(item):
            try:
                values[position] = float(item)
            except OverflowError:
                raise DomainError(
                    f"{what}: the number at position {position} (counted from 0) is too large for "
                    "any count or amount. Correct it in the source."
                ) from None
        else:
            raise _not_numbers(array.ravel()[position:], _name(item), what, position)
    return values.reshape(array.shape)


def _is_bool(item: object) -> bool:
    return isinstance(item, bool | np.bool_)


def _name(item: object) -> str:
    if isinstance(item, list | tuple | np.ndarray):
        return "rows of different lengths"
    return "text" if isinstance(item, str) else f"of type {type(item).__name__}"


def _not_numbers(array: npt.NDArray[Any], kind: str, what: str, position: int = 0) -> DomainError:
    first = array.ravel()[:1].tolist()
    shown = "".join(f" ({item!r} at position {position})" for item in first)
    if kind == "text" or isinstance(next(iter(first), None), str):
        cure = (
            "Convert them first: take out the dots and commas between thousands, then "
            "pandas.to_numeric."
        )
    else:
        cure = "Pass the column that holds numbers."
    return DomainError(f"{what}: the values must be numbers, but they are {kind}{shown}. {cure}")
