"""Put tables of the same role under each other."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.datasets.description import NATIONAL, Resource
from analysis.datasets.package import FILE_NAME
from analysis.errors import DataError

_PLACE = ["kode_kemendagri", "nama"]


def stack(
    tables: Mapping[str, tuple[Resource, pd.DataFrame]],
    counts: list[str],
    *,
    optional: list[str] | None = None,
    labels: str = "",
) -> pd.DataFrame:
    """Stack tables by place, each with the date of its description and what it covers.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of each table; at least one.
    counts : list of str
        Columns of whole numbers that every table has.
    optional : list of str, optional
        Columns of whole numbers that some have; missing for the others.
    labels : str, optional
        Name of an attribute of the description to keep as a column.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, then of provinces `wilayah`, of kabupaten and
        kota `cakupan`; the label, `kode_kemendagri`, of provinces `nama`, and the columns asked
        for.

    Raises
    ------
    DataError
        If a table or its description lacks what the role needs, or two tables describe the same
        state.
    """
    columns = [*counts, *(optional or [])]
    parts = []
    for name, (resource, frame) in tables.items():
        provinces = resource.cakupan is None
        needed = ["wilayah"] if provinces else []
        needed += [labels] if labels else []
        named = ["kode_kemendagri", "nama"] if provinces else ["kode_kemendagri"]
        lacking = [f"the key {key}" for key in needed if getattr(resource, key) is None]
        lacking += [f"a column {c}" for c in (*named, *counts) if c not in frame]
        if lacking:
            raise DataError(
                f"{FILE_NAME}, table {name}: the role {resource.peran!r} needs "
                f"{', '.join(lacking)}. Add it, or take the role away."
            )
        part = with_missing(resource, frame).reindex(columns=[*named, *columns])
        part.insert(0, "tabel", name)
        part.insert(1, "tanggal", pd.Timestamp(resource.tanggal_acuan).as_unit("ns"))
        if provinces:
            part.insert(2, "wilayah", resource.wilayah)
        else:
            part.insert(2, "cakupan", scope(resource))
        if labels:
            part.insert(3, labels, getattr(resource, labels))
        parts.append(part)
    stacked = pd.concat(
        [part.astype(dict.fromkeys(columns, "Int64")) for part in parts], ignore_index=True
    )
    # Places beside the provinces have no code: their names tell them apart.
    keys = ["tanggal", *([labels] if labels else []), *stacked.columns.intersection(_PLACE)]
    if stacked.duplicated(keys).any():
        raise DataError(
            f"{FILE_NAME}: two of the tables {', '.join(tables)} have the same reference date. "
            "Keep one of them, or correct tanggal_acuan."
        )
    return stacked


def scope(resource: Resource) -> str:
    """Return what a table by kabupaten and kota covers: "nasional", or codes of provinces."""
    covered = resource.cakupan or ()
    return NATIONAL if covered == NATIONAL else ",".join(covered)


def with_missing(resource: Resource, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table by kabupaten and kota with a row of nothing for each that it lacks."""
    if not resource.tanpa:
        return frame
    lacking = pd.DataFrame({"kode_kemendagri": resource.tanpa}, dtype="str")
    return pd.concat([frame, lacking.reindex(columns=frame.columns)], ignore_index=True)


def rows_of(stacked: pd.DataFrame, date: dt.date, *, what: str, role: str) -> pd.DataFrame:
    """Return the rows of one date of a stacked table.

    Parameters
    ----------
    stacked : DataFrame
        As from `stack`.
    date : date
        A date for which there is a table.
    what, role : str
        What the tables show and the role they play, for the message.

    Raises
    ------
    DataError
        If no table has that date.
    """
    rows = stacked[stacked["tanggal"] == pd.Timestamp(date)]
    if rows.empty:
        raise DataError(
            f"There is no table of {what} for {date}. There is one for {available(stacked)}. "
            f"Choose one of these dates, or add a table with the role {role!r} to data/raw."
        )
    return rows.reset_index(drop=True)


def available(stacked: pd.DataFrame) -> str:
    """Return the dates of a stacked table, for a message."""
    return ", ".join(str(day.date()) for day in sorted(stacked["tanggal"].unique()))
