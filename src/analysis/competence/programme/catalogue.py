"""What can be taken: kinds of training with JP, places and cost, and who is short of how much."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.competence.tables import (
    code_texts,
    flags_in,
    keys_in,
    labels_in,
    numbers_in,
    refuse,
    table_of,
)
from analysis.errors import DataError

REQUIRED = ("kind", "jp", "places", "cost", "classical")
ANY = "*"
"""Trainings of any kind."""
_JP = 1e-6  # hours are kept to that many JP


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Trainings that can be taken, one row each.

    Attributes
    ----------
    kind : ndarray of labels
    region : ndarray of labels
        Missing where people of every region may take it; its places are then shared.
    jp, cost : ndarray of float
        JP of a place, > 0, and what it costs, >= 0.
    places, most : ndarray of int
        Places, and how many of them one person may take.
    classical : ndarray of bool
    code : ndarray of str
        What records call a training of the kind, by which it counts for requirements of posts;
        empty where it counts for none.
    """

    kind: npt.NDArray[Any]
    region: npt.NDArray[Any]
    jp: FloatArray
    cost: FloatArray
    places: IntArray
    most: IntArray
    classical: npt.NDArray[np.bool_]
    code: npt.NDArray[np.str_]

    @classmethod
    def of(cls, table: object) -> "Catalogue":
        """Return a checked catalogue.

        Parameters
        ----------
        table : DataFrame
            `kind`, `jp` (> 0), `places` (>= 0, whole), `cost` (of a place, >= 0), `classical`
            (true or false); if known `region` (missing: every region), `most` (places that one
            person may take in the year, >= 1; 1 by default) and `code` (of its kind in records of
            training, such as 2; missing: it counts for no requirement of a post).

        Raises
        ------
        DataError
            If a column is missing, a number is missing or out of range, a kind occurs twice in a
            region, or there is no place at all; names the rows.
        """
        what = "catalogue"
        rows = table_of(table, REQUIRED, what=what)
        kind = labels_in(rows, "kind", what=what, advice="Name the kind.")
        if "region" not in rows:
            rows = rows.assign(region=None)
        keys_in(rows, ["kind", "region"], what=what)
        jp = numbers_in(
            rows, "jp", what=what, rule="more than 0", advice="Correct it.", low=np.nextafter(0, 1)
        )
        places = numbers_in(
            rows,
            "places",
            what=what,
            rule="a whole number, 0 or more",
            advice="Say how many there are.",
            low=0,
            high=1e9,
            whole=True,
        )
        cost = numbers_in(
            rows, "cost", what=what, rule="0 or more", advice="Correct it.", low=0, high=1e15
        )
        most = numbers_in(
            rows,
            "most",
            what=what,
            rule="a whole number, 1 or more",
            advice="Correct it.",
            low=1,
            high=100,
            default=1,
            whole=True,
        )
        classical = flags_in(rows, "classical", what=what, default=True)
        if not places.any():
            raise DataError(f"{what}: there is no place. Give rows with places.")
        region = rows["region"].astype(object).where(rows["region"].notna(), None)
        code = rows["code"] if "code" in rows else pd.Series(None, rows.index, dtype=object)
        return cls(
            kind,
            region.to_numpy(dtype=object),
            jp,
            cost,
            places.astype(np.int64),
            most.astype(np.int64),
            classical,
            np.array([c or "" for c in code_texts(code)], dtype=np.str_),
        )

    def __len__(self) -> int:
        return self.jp.size

    def repeated(self, times: int) -> "Catalogue":
        """Return the rows so many times, one after the other: of as many years."""
        return Catalogue(*(np.tile(getattr(self, each.name), times) for each in fields(self)))


def shortfalls(short: object) -> pd.DataFrame:
    """Return who is short of how much, added up.

    Parameters
    ----------
    short : DataFrame
        `region`, `short` (JP missing, > 0) and `people` (> 0, whole): one row for each region and
        number of JP, so that the size does not depend on the number of people. Where a post asks
        for trainings of certain kinds, `asked` (JP of `short` that must be of them; 0: none) and
        `accepted` (their codes, divided by blanks; "*": any).

    Raises
    ------
    DataError
        If a column or label is missing or a number is out of range; names the rows.
    """
    what = "short"
    rows = table_of(short, ("region", "short", "people"), what=what)
    jp = numbers_in(
        rows, "short", what=what, rule="more than 0", advice="Leave out who lacks none.", low=_JP
    )
    found = _lacks(rows, jp, what)
    more = (found["asked"] > jp + _JP).to_numpy()
    rule = f"{what}, asked: must be at most what is short"
    refuse(more, rows, rule, "Raise what is short to it.", show="asked")
    any_kind = found["accepted"] == ANY
    return _added(found.assign(asked=found["asked"].mask(any_kind, 0.0)))


def shortfalls_of_years(short: object) -> pd.DataFrame:
    """Return who is short of how much each year and for a post, added up.

    Parameters
    ----------
    short : DataFrame
        As for `shortfalls`, but that `short` is missing each year and may be 0, and `asked` may be
        more: it is missing once, in all years together. One of both must be above 0.

    Raises
    ------
    DataError
        As `shortfalls`.
    """
    what = "short"
    rows = table_of(short, ("region", "short", "people"), what=what)
    jp = numbers_in(rows, "short", what=what, rule="0 or more", advice="Correct it.", low=0)
    found = _lacks(rows, jp, what)
    nothing = ((found["asked"] < _JP) & (jp < _JP)).to_numpy()
    rule = f"{what}, short: must be more than 0 where nothing is asked"
    refuse(nothing, rows, rule, "Leave out who lacks none.", show="short")
    return _added(found)


def _lacks(rows: pd.DataFrame, jp: FloatArray, what: str) -> pd.DataFrame:
    """Return the rows, checked; of any kind is what no post asks for."""
    if rows.empty:
        raise DataError(f"{what}: there are no rows. Where nobody lacks JP, nothing is to plan.")
    labels_in(rows, "region", what=what, advice="Name the region.")
    people = numbers_in(
        rows,
        "people",
        what=what,
        rule="a whole number, 1 or more",
        advice="Leave out rows of nobody.",
        low=1,
        high=1e9,
        whole=True,
    )
    asked = numbers_in(
        rows, "asked", what=what, rule="0 or more", advice="Correct it.", low=0, default=0.0
    )
    accepted = rows["accepted"] if "accepted" in rows else pd.Series(ANY, rows.index)
    nothing = (asked > 0) & accepted.isna().to_numpy()
    rule = f"{what}, accepted: codes must be given where JP are asked"
    refuse(nothing, rows, rule, f'Name them; "{ANY}" stands for any.', show="asked")
    return pd.DataFrame(
        {
            "region": rows["region"],
            "short": jp,
            "asked": asked,
            "accepted": accepted.where(asked > 0, ANY),
            "people": people.astype(np.int64),
        }
    )


def _added(lacks: pd.DataFrame) -> pd.DataFrame:
    by = ["region", "short", "asked", "accepted"]
    return lacks.groupby(by, sort=False)[["people"]].sum().reset_index()
