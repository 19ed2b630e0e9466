"""Statistics of many people that do not add up: a Gini, a ratio of shares, a quantile.

No equation ties such a statistic to another cell, so that nothing is hidden for its sake. Rule: it
is shown where at least `minimum` people are behind it, to `digits` significant digits, which keeps
it from being solved for the few people by whom two groups differ. Numbers of people, sums and means
of known numbers do add up: they pass as tables, by `publish`.

References
----------
Australian Bureau of Statistics (2021). DataLab: input and output clearance, released 19 November
2021, "Rule of 10": at least ten contributors, counted without weights, behind each cell or
statistic. https://www.abs.gov.au/statistics/microdata-tablebuilder/datalab/input-and-output-clearance

Brandt, M. et al. (2010). Guidelines for the checking of output based on microdata research. ESSnet
SDC. The rules of thumb of European statistical offices; not read for this number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray
from analysis.errors import DataError, ParameterError
from analysis.messages import some

FEWEST = 10  # people behind a statistic


@dataclass(frozen=True, eq=False)
class Statistics:
    """A long table of statistics and of how many people each row is computed from.

    Parameters
    ----------
    frame : DataFrame
        One row for each group.
    dimensions : sequence of str
        Columns whose labels say which group a row is.
    values : sequence of str
        Columns of statistics; one that is not defined for a group is missing.
    people : str
        Column with the number of people behind the row; it is not shown.
    minimum : int
        Least number of people behind a row that is shown, >= 2.
    digits : int
        Significant digits that are shown, 1 to 6.

    Raises
    ------
    DataError
        If a column is missing or has other than numbers, a group occurs twice, or a number of
        people is missing, negative or not whole.
    ParameterError
        If minimum or digits are out of range.
    """

    frame: pd.DataFrame
    dimensions: Sequence[str]
    values: Sequence[str]
    people: str
    minimum: int = FEWEST
    digits: int = 3

    def __post_init__(self) -> None:
        if self.minimum < 2 or not 1 <= self.digits <= 6:
            raise ParameterError(
                f"minimum {self.minimum} and digits {self.digits} given; at least 2 people, and 1 "
                "to 6 digits needed."
            )
        columns = [*self.dimensions, *self.values, self.people]
        lacking = [column for column in columns if column not in self.frame.columns]
        if lacking or not self.dimensions or not self.values:
            raise DataError(
                f"statistics: column {some(lacking)} is missing. Name the columns of groups, "
                "statistics and people of this table."
                if lacking
                else "statistics: name at least one column of groups, and one of statistics."
            )
        labels = self.frame[list(self.dimensions)]
        if labels.isna().any(axis=None) or labels.duplicated().any():
            raise DataError("statistics: a group has no label, or occurs twice. Name each once.")
        numbers = {column: self._numbers(column) for column in (*self.values, self.people)}
        object.__setattr__(self, "frame", self.frame.assign(**numbers))
        people = numbers[self.people]
        if people.isna().any() or (people < 0).any() or (people % 1 != 0).any():
            raise DataError(
                f"statistics, {self.people}: expected how many people are behind each row, a whole "
                "number. Without it no statistic is shown."
            )

    def _numbers(self, column: str) -> "pd.Series[Any]":
        """Return a column as numbers, whatever type they have."""
        given = self.frame[column]
        found = pd.to_numeric(given, errors="coerce")
        wrong = found.isna() & given.notna()
        if wrong.any():
            raise DataError(
                f"statistics, {column}: rows {some(self.frame.index[wrong])} are no numbers."
            )
        return found

    @property
    def shown(self) -> BoolArray:
        """Rows with enough people behind them."""
        return np.asarray(self.frame[self.people] >= self.minimum, dtype=np.bool_)

    def released(self) -> pd.DataFrame:
        """Return groups and statistics; those of too few people are missing."""
        found = self.frame[[*self.dimensions, *self.values]].reset_index(drop=True)
        for column in self.values:
            rounded = [_rounded(value, self.digits) for value in found[column]]
            found[column] = pd.array(rounded, dtype="Float64")
            found[column] = found[column].mask(~self.shown)
        return found


def _rounded(value: Any, digits: int) -> float | None:
    if pd.isna(value) or not np.isfinite(value):
        return None
    return float(f"{float(value):.{digits}g}")
