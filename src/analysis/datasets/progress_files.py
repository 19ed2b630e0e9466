"""Reports on the progress of agencies, from an office's own file: one row a report."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.datasets.office_tables import OfficeTable
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import masked
from analysis.datasets.office_tables.mapping import Field, as_mapping, read_mapping
from analysis.errors import DataError
from analysis.messages import some

FIELDS = (
    Field(
        "instansi",
        frozenset({"instansi", "nama instansi", "pemerintah daerah", "agency"}),
        "the agency that the report is about",
        needed=True,
    ),
    Field("tahap", frozenset({"tahap", "tahapan", "stage"}), "the stage", needed=True),
    Field(
        "tanggal",
        frozenset({"tanggal", "tanggal laporan", "per tanggal", "date"}),
        "day of the report",
        needed=True,
    ),
    Field(
        "tercapai",
        frozenset({"tercapai", "selesai", "status", "reached"}),
        "whether the stage was reached by that day: ya or belum",
        needed=True,
    ),
    Field(
        "tanggal_capai",
        frozenset({"tanggal capai", "tanggal selesai", "tanggal pelantikan", "reached on"}),
        "the day itself on which it was reached, where it is known",
    ),
)
_ANSWERS = {
    "ya": True,
    "sudah": True,
    "selesai": True,
    "1": True,
    "true": True,
    "belum": False,
    "tidak": False,
    "0": False,
    "false": False,
}


def read_progress(file: Path | str, mapping: Path | str | dict[str, Any]) -> pd.DataFrame:
    """Return the reports on agencies in a CSV or XLSX file.

    Parameters
    ----------
    file : Path or str
    mapping : Path or str, or dict
        A TOML file, or what it says: `[kolom]` names the headings of the fields in `FIELDS`.

    Returns
    -------
    DataFrame
        `agency`, `stage`, `date`, `reached` (bool) and `reached_on` (missing where the file does
        not say it), as `restructuring.completion_intervals` takes them; index: row of the file.

    Raises
    ------
    DataError
        If a cell is missing, no date, or neither yes nor not yet; names the rows.
    """
    said = (
        as_mapping(mapping, FIELDS, {}, what="mapping")
        if isinstance(mapping, dict)
        else read_mapping(mapping, FIELDS, {})
    )
    table = said.read(file)
    heading = {name: headings[0] for name, headings in said.columns.items()}
    dates, _ = table.dates(heading["tanggal"])
    found = pd.DataFrame(
        {
            "agency": table.texts(heading["instansi"]),
            "stage": table.texts(heading["tahap"]),
            "date": dates,
            "reached": _answers(table, heading["tercapai"]),
        }
    )
    for name, column in zip(("instansi", "tahap", "tanggal"), found, strict=False):
        empty = found.index[found[column].isna()]
        if empty.size:
            raise DataError(
                f"{table.what}, {row_or_rows(empty.tolist())}, column {heading[name]!r}: the "
                f"{name} is missing. Write it, or leave the row out."
            )
    days = pd.Series(pd.NaT, index=found.index, dtype="datetime64[ns]")
    if "tanggal_capai" in heading:
        days, _ = table.dates(heading["tanggal_capai"])
    return found.assign(reached_on=days)


def _answers(table: OfficeTable, heading: str) -> pd.Series:
    said = table.texts(heading)
    answers = said.str.casefold().map(_ANSWERS)
    wrong = said.index[answers.isna()]
    if wrong.size:
        shown = some(repr(masked(str(cell))) for cell in said[wrong].fillna(""))
        raise DataError(
            f"{table.what}, {row_or_rows(wrong.tolist())}, column {heading!r}: {shown} says "
            "neither yes nor not yet. Write ya or belum; leave the row out where nothing is known."
        )
    return answers.astype(bool)
