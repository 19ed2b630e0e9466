"""Statistics of many people beside the audited tables: a Gini, a ratio of shares, a quantile.

They are not part of the audit. Rules: each number is shown where at least `minimum` people are
behind *it*, to `digits` significant digits. Of a tail (the top tenth, p10) these are the people in
the tail, of a share the fewer of those who are in it and who are not. Beside a total (`totals`),
what is hidden under it never follows for few people: unless a part with enough people is hidden
too, the smallest such part is, or the total where there is none. Where people move between groups,
the caller says how few make the difference.

References
----------
Australian Bureau of Statistics (2021). DataLab: input and output clearance, released 19 November
2021, "Rule of 10": at least ten contributors, counted without weights, behind each cell or
statistic. https://www.abs.gov.au/statistics/microdata-tablebuilder/datalab/input-and-output-clearance

Brandt, M. et al. (2010). Guidelines for the checking of output based on microdata research. ESSnet
SDC. The rules of thumb of European statistical offices; not read for this number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, IntArray
from analysis.errors import DataError, ParameterError
from analysis.messages import some

FEWEST_BEHIND = 10
"""Least number of people behind a statistic that is shown."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """A long table of statistics and of how many people each row is computed from.

    Parameters
    ----------
    frame : DataFrame
        One row for each group, in an order that does not follow from statistics: it is kept.
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
    rests_on : mapping of str to str
        By column of statistics that rests on fewer people than its row (a tail, a share): the
        column with their number.
    totals : mapping of str to str
        By dimension, one at most, the label of the row that the others add up to. Their people may
        overlap.

    Raises
    ------
    DataError
        If a column is missing or has other than numbers, a group occurs twice, or a number of
        people is missing, negative or not whole.
    ParameterError
        If minimum or digits are out of range, or two dimensions have totals: what is hidden in one
        would follow from the other.
    """

    frame: pd.DataFrame
    dimensions: Sequence[str]
    values: Sequence[str]
    people: str
    minimum: int = FEWEST_BEHIND
    digits: int = 3
    rests_on: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.minimum < 2 or not 1 <= self.digits <= 6:
            raise ParameterError(
                f"minimum {self.minimum} and digits {self.digits} given; at least 2 people, and 1 "
                "to 6 digits needed."
            )
        if len(self.totals) > 1:
            raise ParameterError(
                f"totals: {some(self.totals)} given; what is hidden beside one total would follow "
                "from the others. Leave the totals of all dimensions but one out of the table."
            )
        counts = dict.fromkeys([self.people, *self.rests_on.values()])
        named = [*self.rests_on, *self.totals]
        columns = [*self.dimensions, *self.values, *counts, *named]
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
        numbers = {column: self._numbers(column) for column in (*self.values, *counts)}
        object.__setattr__(self, "frame", self.frame.assign(**numbers))
        for column in counts:
            people = numbers[column]
            if people.isna().any() or (people < 0).any() or (people % 1 != 0).any():
                raise DataError(
                    f"statistics, {column}: expected how many people are behind each row, a whole "
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
        """Rows of which a statistic is shown."""
        return np.asarray(np.any(list(self._visible.values()), axis=0), dtype=np.bool_)

    def released(self) -> pd.DataFrame:
        """Return groups and statistics; those of too few people are missing."""
        found = self.frame[[*self.dimensions, *self.values]].reset_index(drop=True)
        for column, visible in self._visible.items():
            rounded = [_rounded(value, self.digits) for value in found[column]]
            found[column] = pd.array(rounded, dtype="Float64")
            found[column] = found[column].mask(~visible)
        return found

    @cached_property
    def _visible(self) -> dict[str, BoolArray]:
        """By column of statistics, the rows that are shown."""
        of_rows = self.frame[self.people].to_numpy(np.int64)
        sums = [
            (rows, (self.frame[dimension] == total).to_numpy()[rows])
            for dimension, total in self.totals.items()
            for rows in self._beside(dimension)
        ]
        found = {}
        for column in self.values:
            behind = self.frame[self.rests_on.get(column, self.people)].to_numpy(np.int64)
            people = np.minimum(behind, of_rows)
            visible = people >= self.minimum
            for rows, is_total in sums:
                visible[rows] = _beside_total(visible[rows], is_total, people[rows], self.minimum)
            found[column] = visible
        return found

    def _beside(self, dimension: str) -> Iterable[IntArray]:
        """Return the rows that differ in one dimension only, group by group."""
        others = [name for name in self.dimensions if name != dimension]
        if not others:
            return [np.arange(len(self.frame))]
        return [np.asarray(rows) for rows in self.frame.groupby(others).indices.values()]


def fewest(*counts: Any) -> IntArray:
    """Return, row by row, the least of these numbers of people that is not zero; 0 if all are."""
    table = np.array(np.broadcast_arrays(*counts), dtype=np.int64)
    none = np.iinfo(np.int64).max
    least = np.where(table > 0, table, none).min(axis=0)
    return np.asarray(np.where(least == none, 0, least), dtype=np.int64)


def _beside_total(
    visible: BoolArray, is_total: BoolArray, people: IntArray, minimum: int
) -> BoolArray:
    """Hide what keeps the total less the parts that are shown from resting on few people."""
    hidden = ~visible & ~is_total & (people > 0)
    if not hidden.any() or not visible[is_total].any() or (people[hidden] >= minimum).any():
        return visible
    parts = np.flatnonzero(visible & ~is_total)
    gone = parts[[people[parts].argmin()]] if len(parts) else np.flatnonzero(is_total)
    kept = visible.copy()
    kept[gone] = False
    return kept


def _rounded(value: Any, digits: int) -> float | None:
    if pd.isna(value) or not np.isfinite(value):
        return None
    return float(f"{float(value):.{digits}g}")
