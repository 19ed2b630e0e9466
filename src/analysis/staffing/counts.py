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


def as_counts(staff: Counts, population: Counts) -> tuple[pd.Series, pd.Series]:
    """Return staff and population as floats, in the order of staff, or refuse them.

    Raises
    ------
    DomainError
        If the units differ or occur twice, staff is negative, fractional or missing, or population
        zero, negative, infinite or missing; the message names the units.
    """
    for counts, what in ((staff, "Staff"), (population, "Population")):
        if not isinstance(counts, pd.Series | Mapping):
            raise DomainError(
                f"{what}: expected a series indexed by unit, but got {type(counts).__name__}."
            )
    first, second = align_all("", Staff=pd.Series(staff), Population=population)
    require_unique(first.index, what="Staff")
    require_unique(second.index, what="Population")
    people, residents = (as_vector(first, what="Staff"), as_vector(second, what="Population"))
    whole = (people >= 0) & (np.floor(people) == people) & (people < np.inf)
    _refuse(~whole, first, "Staff", "a whole number >= 0")
    _refuse(~((residents > 0) & (residents < np.inf)), second, "Population", "above zero")
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
    _refuse(people > residents, staff, "Staff", "no more than the population", advice)


def _floats(series: pd.Series) -> FloatArray:
    return series.to_numpy(dtype=np.float64)


def _refuse(
    wrong: BoolArray,
    series: pd.Series,
    what: str,
    rule: str,
    advice: str = "Correct it in the source.",
) -> None:
    units = [f"{unit}: {value}" for unit, value in series[wrong].items()]
    if units:
        raise DomainError(f"{what} must be {rule}; it is not for {some(units)}. {advice}")
