"""Check the staff, need, costs and budgets that every function of this package takes.

Arrays and series alike are accepted; the index of a series names the units in messages.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_SHOWN = 5  # units listed in a message before it says how many more there are


def as_staff(staff: npt.ArrayLike, *, what: str = "staff") -> IntArray:
    """Return counts of people, shape (n,): whole numbers >= 0.

    Raises
    ------
    DomainError
        If it is empty, not one-dimensional, not numeric, or a count is missing, negative or
        fractional. The message lists the units.
    """
    if isinstance(staff, np.ndarray) and staff.dtype == np.int64 and staff.ndim == 1:
        whole: IntArray = staff
        if whole.size and whole.min() >= 0:
            return whole
    values = _as_numbers(staff, what)
    with np.errstate(invalid="ignore"):  # what is no number turns into one that differs
        counts = values.astype(np.int64)
    if values.min() < 0 or not np.array_equal(counts, values):
        wrong = (values < 0) | (counts != values)
        refuse(wrong, staff, what, "whole people, 0 or more", "Correct the counts in the source.")
    return counts


def as_need(
    need: npt.ArrayLike, n: int, *, what: str = "need", positive: bool = False
) -> FloatArray:
    """Return the need of `n` units, shape (n,): finite numbers >= 0 that are not all zero.

    Where staff per need is compared, it must be `positive` in every unit.

    Raises
    ------
    DomainError
        If the shape differs, a need is missing, infinite or negative, or the total is zero.
    """
    values = as_amounts(need, n, what=what)
    if positive and values.min() > 0:
        return values
    if values.max() == 0:
        raise DomainError(
            f"{what}: the total is zero, so nothing can be shared out by it. Pass a need above "
            "zero for at least one unit."
        )
    if positive:
        advice = "Staff per need is not defined without need: leave these units out."
        refuse(values <= 0, need, what, "above zero", advice)
    return values


def as_amounts(amounts: npt.ArrayLike, n: int, *, what: str) -> FloatArray:
    """Return amounts for `n` units, shape (n,): finite numbers >= 0.

    Raises
    ------
    DomainError
        If the shape differs, or an amount is missing, infinite or negative.
    """
    values = _as_numbers(amounts, what)
    if values.size != n:
        raise DomainError(f"{what}: {values.size} values for {n} units. Pass one for each unit.")
    if not (values.min() >= 0 and values.max() < np.inf):  # missing values fail both
        wrong = ~np.isfinite(values) | (values < 0)
        refuse(wrong, amounts, what, "finite numbers, 0 or more", "Correct them in the source.")
    return values


def as_staff_and_need(
    staff: npt.ArrayLike, need: npt.ArrayLike, *, positive: bool = False
) -> tuple[IntArray, FloatArray]:
    """Return staff and need of the same units, checked.

    Raises
    ------
    DomainError
        As `as_staff` and `as_need`; also if both are series whose indexes differ.
    """
    same_units(staff, need, "staff and need")
    counts = as_staff(staff)
    return counts, as_need(need, counts.size, positive=positive)


def same_units(first: object, second: object, what: str) -> None:
    """Refuse two series whose units differ, or stand in another order.

    Raises
    ------
    DomainError
        Naming units that only one of them has.
    """
    if not (isinstance(first, pd.Series) and isinstance(second, pd.Series)):
        return
    if not first.index.equals(second.index):
        odd = sorted({str(unit) for unit in first.index.symmetric_difference(second.index)})
        raise DomainError(
            f"{what} must have the same units in the same order; "
            f"{some(odd) if odd else 'the order'} differs. Align them first."
        )


def as_budget(budget: int, limit: int, *, what: str, of: str) -> int:
    """Return a number of people between 0 and `limit`.

    Parameters
    ----------
    what, of : str
        What is counted and what the limit is, for the message.

    Raises
    ------
    DomainError
        If it is fractional, below zero or above the limit.
    """
    if budget % 1 != 0 or not 0 <= budget <= limit:
        raise DomainError(
            f"{what} is {budget}, but must be whole people from 0 to {limit} ({of}). Choose a "
            "number in that range."
        )
    return int(budget)


def as_costs(cost: npt.ArrayLike, shape: tuple[int, int], *, what: str = "cost") -> FloatArray:
    """Return a matrix of costs of the given shape: finite numbers >= 0.

    Raises
    ------
    DomainError
        If the shape differs, or a cost is missing, infinite or negative; the message lists the
        first pairs of positions.
    """
    try:
        values = np.asarray(cost, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DomainError(f"{what}: the costs must be numbers ({error}).") from error
    if values.shape != shape:
        raise DomainError(
            f"{what}: expected a matrix of shape {shape}, origins by destinations, but the shape "
            f"is {values.shape}."
        )
    wrong = np.argwhere(~np.isfinite(values) | (values < 0))
    if wrong.size:
        pairs = [f"({i}, {j}): {values[i, j]}" for i, j in wrong.tolist()]
        raise DomainError(
            f"{what}: the costs must be finite numbers, 0 or more; they are not for "
            f"{some(pairs)}. Mark a pair that may not be used as forbidden instead."
        )
    return values


def names(units: object, n: int) -> list[str]:
    """Return the label of each unit: of the index where there is one, else its position."""
    index = list(units.index) if isinstance(units, pd.Series) else list(range(n))
    return [str(unit) for unit in index]


def refuse(wrong: BoolArray, units: npt.ArrayLike, what: str, rule: str, advice: str) -> None:
    """Raise an error that names the units where `wrong` is true, if there are any.

    Raises
    ------
    DomainError
        With each unit's label and value.
    """
    positions = np.flatnonzero(wrong)
    if positions.size == 0:
        return
    values = np.asarray(units)
    labels = names(units, values.size)
    shown = some([f"{labels[i]}: {values[i]}" for i in positions.tolist()])
    raise DomainError(f"{what} must be {rule}; it is not for {shown}. {advice}")


def some(items: list[str]) -> str:
    """Return the first items and how many more there are."""
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more


def _as_numbers(x: npt.ArrayLike, what: str) -> FloatArray:
    if isinstance(x, pd.Series):
        if not pd.api.types.is_numeric_dtype(x.dtype):
            raise DomainError(
                f"{what} must be numbers, not {x.dtype}. Convert the column first, after removing "
                "dots and commas between thousands."
            )
        repeated = sorted({str(unit) for unit in x.index[x.index.duplicated()]})
        if repeated:
            raise DomainError(
                f"{what}: each unit must occur once; {some(repeated)} does not. Add its rows up "
                "first."
            )
        values: FloatArray = np.asarray(x.astype("Float64").astype("float64"))
    else:
        try:
            values = np.asarray(x, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise DomainError(f"{what} must be numbers ({error}).") from error
    if values.ndim != 1 or values.size == 0:
        raise DomainError(
            f"{what}: expected one number for each unit, shape (n,) with n >= 1, but the shape is "
            f"{values.shape}."
        )
    return values
