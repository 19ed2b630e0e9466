"""Who meets the floor, and how unequally hours are spread: from exact counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from analysis.competence.hours.activities import need_columns, summed
from analysis.errors import DataError
from analysis.inequality.measures import gini, theil_t

_SLACK = 1e-6  # hours are kept to that many JP
_TOP = 0.1


def compliance(hours: ir.Table, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return how many meet the floor, by any columns.

    Parameters
    ----------
    hours : Table
        As from `training_hours`.
    by : sequence of str
        Columns of it, such as `year` or those that came with the people; none for one row.

    Returns
    -------
    DataFrame
        `by` and `people` (with a floor), `met`, `undecided` (below it, with activities whose JP
        cannot be said), `share` (met / people), `short` (JP missing in total, of those below),
        `none` (people without an hour), `pppk`, `over` (PPPK over their ceiling), `hours` (JP of
        all), `converted` (share of them that rests on conversion) and `at_least`: whether `share`
        is a least, since activities are missing from the records or undecided.

    Raises
    ------
    DataError
        If a column is missing.
    """
    need_columns(hours, tuple(by), what="hours")
    h = hours
    asked = h.floor.notnull()
    met = asked & (h.hours >= h.floor - _SLACK)
    below = asked & (h.hours < h.floor - _SLACK)
    totals = {
        "people": asked.sum().fill_null(0),
        "met": met.sum().fill_null(0),
        "undecided": (below & (h.unstated > 0)).sum().fill_null(0),
        "short": summed(below.ifelse(h.floor - h.hours, 0.0)),
        "none": (asked & (h.hours == 0)).sum().fill_null(0),
        "pppk": h.ceiling.count(),
        "over": (h.hours > h.ceiling + _SLACK).sum().fill_null(0),
        "hours": summed(h.hours),
        "converted": summed(h.converted),
        "complete": h.complete.all(),
    }
    found = h.group_by(list(by)).agg(**totals).order_by(list(by)) if by else h.agg(**totals)
    table: pd.DataFrame = found.to_pyarrow().to_pandas()
    table["converted"] = table["converted"] / table["hours"].where(table["hours"] > 0)
    table["at_least"] = ~table.pop("complete").fillna(True).astype(bool) | (table["undecided"] > 0)
    table.insert(len(by) + 3, "share", table["met"] / table["people"].where(table["people"] > 0))
    return table


def hour_counts(hours: ir.Table) -> pd.DataFrame:
    """Return how many people and years have how many hours: `hours`, `people`, by hours."""
    counts = hours.group_by("hours").agg(people=hours.count()).order_by("hours")
    return pd.DataFrame(counts.to_pyarrow().to_pandas())


@dataclass(frozen=True)
class HoursInequality:
    """How unequally hours are spread over people.

    Attributes
    ----------
    people : int
    mean : float
        JP a person.
    gini : float or None
        In [0, 1); None where nobody has an hour.
    theil : float or None
        Theil's T, in [0, ln people); those without an hour add nothing, the limit of ``r ln r``.
    none : float
        Share of people without an hour.
    top_tenth : float or None
        Share of all hours of the tenth of people with most; of equals at the border, as many as
        make up the tenth, in fractions.
    """

    people: int
    mean: float
    gini: float | None
    theil: float | None
    none: float
    top_tenth: float | None


def hours_inequality(counts: pd.DataFrame) -> HoursInequality:
    """Return how unequally hours are spread, from exact counts.

    Parameters
    ----------
    counts : DataFrame
        `hours` >= 0 and `people` > 0, as from `hour_counts`.

    Raises
    ------
    DataError
        If there is nobody.
    """
    value = counts["hours"].to_numpy(dtype=np.float64)
    people = counts["people"].to_numpy(dtype=np.float64)
    number, total = people.sum(), float(value @ people)
    if number == 0:
        raise DataError("counts: there is nobody. Choose years in which people served.")
    none = float(people[value == 0].sum() / number)
    if total == 0:
        return HoursInequality(int(number), 0.0, None, None, none, None)
    order = np.argsort(-value, kind="stable")
    before = np.cumsum(people[order]) - people[order]
    taken = np.clip(_TOP * number - before, 0.0, people[order])
    return HoursInequality(
        int(number),
        total / number,
        gini(value, people),
        theil_t(value, people),
        none,
        float(value[order] @ taken) / total,
    )
