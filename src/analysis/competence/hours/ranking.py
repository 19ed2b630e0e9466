"""Who gets trained? Hours over people ranked by golongan, or by distance to a training centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.competence.hours.activities import need_columns, summed
from analysis.competence.tables import keys_in, labels_in, numbers_in, table_of
from analysis.errors import DataError
from analysis.inequality.curves import concentration_index
from analysis.redistribution.flows.distance import great_circle_between

_DEGREES = {"lintang": 90.0, "bujur": 180.0}


def kilometres_to_centre(places: object, centres: object) -> "pd.Series[float]":
    """Return how far each place is from the training centre nearest to it.

    Parameters
    ----------
    places : DataFrame
        `kode` (once each), `lintang`, `bujur`, degrees.
    centres : DataFrame
        `lintang`, `bujur`; one row at least.

    Returns
    -------
    Series
        Kilometres along the surface of a sphere, see `great_circle`; indexed by `kode`.

    Raises
    ------
    DataError
        If a column is missing, a place occurs twice, a degree is missing or out of range, or there
        is no centre.
    """
    where = table_of(places, ("kode", *_DEGREES), what="places")
    labels = labels_in(where, "kode", what="places", advice="Name the place.")
    keys_in(where, ["kode"], what="places")
    known = table_of(centres, tuple(_DEGREES), what="centres")
    if known.empty:
        raise DataError("centres: there is none. Give one at least.")
    points = [_degrees(table, what) for table, what in ((where, "places"), (known, "centres"))]
    nearest = great_circle_between(*points).min(axis=1)
    return pd.Series(nearest, index=pd.Index(labels, name="kode"), name="kilometres")


def hours_by_rank(hours: ir.Table, by: str, ranks: Mapping[Any, float]) -> pd.DataFrame:
    """Return people and their hours by the rank of a label.

    Parameters
    ----------
    hours : Table
        As from `training_hours`.
    by : str
        A column of labels, such as golongan, or the kabupaten or kota of the unit.
    ranks : mapping of label to float
        What labels are ranked by: the place of each golongan, or kilometres to the nearest centre.

    Returns
    -------
    DataFrame
        `rank`, `people`, `hours` (JP of all of them), by rank; people whose label has none are in
        a last row without one.

    Raises
    ------
    DataError
        If the column is missing, or a rank is missing or infinite.
    """
    need_columns(hours, (by,), what="hours")
    values = np.array(list(ranks.values()), dtype=np.float64)
    if not np.isfinite(values).all():
        raise DataError("ranks: each must be a number. Leave labels out that have no rank.")
    labels = pa.array([str(label) for label in ranks], pa.string())
    known = ibis.memtable(pa.table({"label": labels, "rank": pa.array(values)}))
    joined = hours.left_join(known, [hours[by].cast("string") == known.label])
    table = joined.group_by("rank").agg(people=joined.count(), hours=summed(joined.hours))
    return pd.DataFrame(table.order_by("rank").to_pyarrow().to_pandas())


@dataclass(frozen=True)
class HoursConcentration:
    """Whether those ranked high get more hours.

    Attributes
    ----------
    people, unranked : int
        With and without a rank; the latter do not enter.
    index : float or None
        Concentration index of hours, in (-1, 1): above 0 where those ranked high get more; None
        where nobody has an hour. People of equal rank share it, so that it is the same over groups
        as over people.
    lowest, highest : float
        JP a person at the lowest and at the highest rank.
    """

    people: int
    unranked: int
    index: float | None
    lowest: float
    highest: float


def hours_concentration(by_rank: pd.DataFrame) -> HoursConcentration:
    """Return whether those ranked high get more hours.

    Parameters
    ----------
    by_rank : DataFrame
        As from `hours_by_rank`.

    Raises
    ------
    DataError
        If nobody has a rank.
    """
    ranked = by_rank[by_rank["rank"].notna()].sort_values("rank")
    unranked = int(by_rank["people"].sum() - ranked["people"].sum())
    if ranked.empty:
        raise DataError("by_rank: nobody has a rank. Check the labels that have one.")
    people, hours = (ranked[c].to_numpy(dtype=np.float64) for c in ("people", "hours"))
    mean = hours / people
    index = None
    if hours.sum() > 0:
        index = concentration_index(mean, ranked["rank"].to_numpy(), people)
    return HoursConcentration(int(people.sum()), unranked, index, float(mean[0]), float(mean[-1]))


def _degrees(table: pd.DataFrame, what: str) -> Any:
    columns = [
        numbers_in(
            table,
            column,
            what=what,
            rule=f"degrees from {-most:g} to {most:g}",
            advice="Correct it.",
            low=-most,
            high=most,
        )
        for column, most in _DEGREES.items()
    ]
    return np.column_stack(columns)
