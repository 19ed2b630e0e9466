"""Boundaries that change: what a period has in common, and how counts are brought to it.

A *change* is one row of a table: the place that took something over (`kode_baru`), the place that
gave it up (`kode_induk`) and the date. A province that was founded and a subdistrict to which
schools were moved are the same to this module. Counts are added up, never split.
"""

from collections.abc import Iterable

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import CODE
from analysis.messages import some

NEW, OLD = "kode_baru", "kode_induk"


def common_units(codes: Iterable[str], changes: pd.DataFrame) -> pd.Series:
    """Return the unit that covers each place on boundaries that no change has altered.

    Places that one change joins, or a chain of them, form one unit. It has the code of the place
    in it that only gave up; of several such places, or if there is none, of the first by code.

    Parameters
    ----------
    codes : iterable of str
        All places, each once.
    changes : DataFrame
        The changes to undo: `kode_baru`, `kode_induk`. A pair may occur again, at another date.

    Returns
    -------
    Series
        Code of the unit, indexed by `kode_kemendagri` in the order given.

    Raises
    ------
    DataError
        If a code of a change is of none of the places.

    Examples
    --------
    >>> changes = pd.DataFrame({"kode_baru": ["20"], "kode_induk": ["08"]})
    >>> common_units(["08", "09", "20"], changes).tolist()
    ['08', '09', '08']
    """
    places = pd.Index(list(codes), name=CODE, dtype="str")
    takers, givers = changes[NEW].tolist(), changes[OLD].tolist()
    unknown = sorted({*takers, *givers} - set(places))
    if unknown:
        raise DataError(
            f"The changes of boundaries name {some(unknown)}, which is none of the {len(places)} "
            "places. Add the place, or correct the code of the change."
        )
    unit = {place: frozenset([place]) for place in places}
    for taker, giver in zip(takers, givers, strict=True):
        joined = unit[taker] | unit[giver]
        unit |= dict.fromkeys(joined, joined)
    return pd.Series([min(unit[p] - set(takers) or unit[p]) for p in places], places, dtype="str")


def unit_names(units: pd.Series, names: pd.Series, *, merged: str = "{}") -> pd.Series:
    """Return the name of each unit, that of the place whose code it has.

    Parameters
    ----------
    units : Series
        Unit of each place, as from `common_units`.
    names : Series
        Name of each place, by code.
    merged : str
        How a unit that covers several places is called, such as ``"{} (gabungan)"``; the words
        are the caller's.
    """
    covered = units.value_counts().sort_index()
    own = names[covered.index]
    return own.where(covered == 1, own.map(merged.format))


def add_up(frame: pd.DataFrame, units: pd.Series, *, sums: list[str], what: str) -> pd.DataFrame:
    """Return counts by unit.

    Parameters
    ----------
    frame : DataFrame
        One row a place: `kode_kemendagri` and the columns of `sums`.
    units : Series
        Unit of each place, as from `common_units`.
    sums : list of str
        Columns of counts. A missing count is an error: a sum with a gap is no sum.
    what : str
        What the frame is, for the message.

    Returns
    -------
    DataFrame
        Indexed by `kode_kemendagri` of the units, sorted; the columns of `sums`.

    Raises
    ------
    DataError
        If a place has no unit, or a count is missing.
    """
    stray = sorted(set(frame[CODE]) - set(units.index))
    if stray:
        raise DataError(
            f"{what} has counts of {some(stray)}, which is none of the {len(units)} places. "
            "Correct the code, or add the place."
        )
    gaps = [
        f"  column {column}: {', '.join(frame.loc[frame[column].isna(), CODE])}"
        for column in sums
        if frame[column].isna().any()
    ]
    if gaps:
        raise DataError(
            f"{what} lacks counts:\n"
            + "\n".join(gaps)
            + "\nAdd the counts, or leave the column out; a missing count is never zero."
        )
    covering = frame[CODE].map(units).rename(CODE)
    return frame.groupby(covering)[sums].sum().sort_index()
