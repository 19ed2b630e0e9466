"""Check the counts of staff and population that every function of this package takes."""

import math

import pandas as pd

from analysis.errors import DomainError

_SHOWN = 5


def as_counts(staff: pd.Series, population: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return staff and population as floats, or refuse them."""
    if not staff.index.equals(population.index):
        odd = sorted(map(str, set(staff.index) ^ set(population.index)))
        raise DomainError(
            "Staff and population must have the same units in the same order; "
            f"{_some(odd) if odd else 'the order'} differs. Align them first."
        )
    repeated = sorted(map(str, staff.index[staff.index.duplicated()].unique()))
    if repeated:
        raise DomainError(
            f"Each unit must occur once; {_some(repeated)} does not. Add its rows up first."
        )
    counts, people = (_numbers(staff, "Staff"), _numbers(population, "Population"))
    _refuse((counts < 0) | (counts % 1 != 0), staff, "Staff", "a whole number >= 0")
    _refuse(~((people > 0) & (people < math.inf)), population, "Population", "above zero")
    return counts, people


def _numbers(series: pd.Series, what: str) -> pd.Series:
    if not pd.api.types.is_numeric_dtype(series.dtype):
        raise DomainError(
            f"{what} must be numbers, not {series.dtype}. Convert the column first, after removing "
            "dots and commas between thousands."
        )
    return series.astype("Float64").astype("float64")


def _refuse(wrong: pd.Series, series: pd.Series, what: str, rule: str) -> None:
    units = [f"{unit}: {value}" for unit, value in series[wrong].items()]
    if units:
        raise DomainError(
            f"{what} must be {rule}; it is not for {_some(units)}. Correct it in the source."
        )


def _some(items: list[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
