"""Check the counts of staff and population that every function of this package takes."""

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, as_vector
from analysis.errors import DomainError
from analysis.labels import align_all, require_unique
from analysis.messages import some
from analysis.totals import refuse_total

Counts = pd.Series | Mapping[Hashable, float]


def as_counts(
    staff: Counts, population: Counts, *, names: tuple[str, str] = ("Staff", "Population")
) -> tuple[pd.Series, pd.Series]:
    """Return staff and population as floats, in the order of staff, or refuse them.

    Parameters
    ----------
    staff, population : Series or mapping
        By unit.
    names : (str, str)
        What they are called in messages.

    Raises
    ------
    DomainError
        If the units differ or occur twice, staff is negative, fractional or missing, or population
        zero, negative, infinite or missing; the message names the units.
    """
    for counts, what in zip((staff, population), names, strict=True):
        if not isinstance(counts, pd.Series | Mapping):
            raise DomainError(
                f"{what}: expected a series indexed by unit, but got {type(counts).__name__}."
            )
    some_staff, some_people = names
    first, second = align_all("", **{some_staff: pd.Series(staff), some_people: population})
    require_unique(first.index, what=some_staff)
    require_unique(second.index, what=some_people)
    people, residents = (as_vector(first, what=some_staff), as_vector(second, what=some_people))
    whole = (people >= 0) & (np.floor(people) == people) & (people < np.inf)
    refuse(~whole, first, some_staff, "a whole number >= 0")
    refuse(~((residents > 0) & (residents < np.inf)), second, some_people, "above zero")
    return pd.Series(people, first.index), pd.Series(residents, second.index)


def refuse_misread(staff: pd.Series, population: pd.Series) -> None:
    """Refuse a row that is the total of the others, and units with more staff than people.

    Raises
    ------
    DomainError
        Naming the row, or the units.
    """
    people, residents = _floats(staff), _floats(population)
    refuse_total(staff.index, people, residents, what="Staff and population")
    advice = (
        "Where dots between thousands were read as decimal points, read the column as text and "
        "take them out; pass as_given=True if it is so."
    )
    refuse(people > residents, staff, "Staff", "no more than the population", advice)


def refuse(
    wrong: BoolArray,
    series: pd.Series,
    what: str,
    rule: str,
    advice: str = "Correct it in the source.",
) -> None:
    """Refuse the units of a series that are marked as wrong.

    Raises
    ------
    DomainError
        Naming them, with their values.
    """
    units = [f"{unit}: {value}" for unit, value in series[wrong].items()]
    if units:
        raise DomainError(f"{what} must be {rule}; it is not for {some(units)}. {advice}")


def _floats(series: pd.Series) -> FloatArray:
    return series.to_numpy(dtype=np.float64)
