"""Put tables of the same role under each other."""

from collections.abc import Mapping

import pandas as pd

from analysis.datasets.package import Resource
from analysis.errors import DataError


def stack(
    tables: Mapping[str, tuple[Resource, pd.DataFrame]], counts: list[str], *, labels: str = ""
) -> pd.DataFrame:
    """Stack province tables, each with the date and the basis of its description.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of each table; at least one.
    counts : list of str
        Columns to keep; one that a table does not have is missing there.
    labels : str, optional
        Name of an attribute of the description to keep as a column.

    Returns
    -------
    DataFrame
        `tanggal`, `wilayah`, the label, `kode_kemendagri`, `nama` and `counts`.

    Raises
    ------
    DataError
        If a description lacks what the role needs, or two tables describe the same state.
    """
    parts = []
    for name, (resource, frame) in tables.items():
        needed = ["wilayah", labels] if labels else ["wilayah"]
        lacking = [key for key in needed if getattr(resource, key) is None]
        if lacking:
            raise DataError(
                f"datapackage.json, table {name}: the role {resource.peran!r} needs "
                f"{', '.join(lacking)}. Add it to the entry."
            )
        part = frame.reindex(columns=["kode_kemendagri", "nama", *counts])
        part.insert(0, "tanggal", pd.Timestamp(resource.tanggal_acuan).as_unit("ns"))
        part.insert(1, "wilayah", resource.wilayah)
        if labels:
            part.insert(2, labels, getattr(resource, labels))
        parts.append(part)
    stacked = pd.concat(
        [part.astype(dict.fromkeys(counts, "Int64")) for part in parts], ignore_index=True
    )
    keys = ["tanggal", *([labels] if labels else []), "kode_kemendagri"]
    if stacked.duplicated(keys).any():
        raise DataError(
            f"Two of the tables {', '.join(tables)} have the same reference date. Keep one of "
            "them, or correct tanggal_acuan in datapackage.json."
        )
    return stacked


def available(stacked: pd.DataFrame) -> str:
    """Return the dates of a stacked table, for a message."""
    return ", ".join(str(day.date()) for day in sorted(stacked["tanggal"].unique()))
