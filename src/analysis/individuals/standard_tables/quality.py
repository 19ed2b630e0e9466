"""How good the records are: rows in = rows used + rows set aside, broken rules, missing values."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import pandas as pd

from analysis.disclosure import Table
from analysis.errors import LackingError
from analysis.individuals.aggregation import Records
from analysis.individuals.schema import TABLES
from analysis.individuals.standard_tables.totals_of_cells import counted

USED, ASIDE = "dipakai", "disisihkan"
_STATED: Final = {True: "terisi", False: "kosong"}


def quality_tables(records: Records) -> Mapping[str, Callable[[], Table]]:
    """Return the makers of the tables of data quality, by name.

    - `baris`: rows of each table that are used, and that were set aside (`baris`);
    - `baris_aturan`: rows that broke each rule (`baris_melanggar`), if any did;
    - `kelengkapan`: rows of people with and without a value, by column (`baris_pegawai`).
    """
    found = {"baris": partial(_rows, records), "kelengkapan": partial(_missing, records)}
    if records.broken is None or records.broken:  # of rules that nobody broke nothing is lacking
        found["baris_aturan"] = partial(_broken, records)
    return found


def _rows(records: Records) -> Table:
    rows = [
        (table, state, number)
        for table, numbers in records.rows.items()
        if table != "centres"  # about no person, and so few that they would be hidden
        for state, number in zip((USED, ASIDE), numbers, strict=True)
    ]
    if not rows:
        raise LackingError("the records do not say how many rows were used and set aside.")
    return counted(
        pd.DataFrame(rows, columns=["tabel", "keadaan", "baris"]), ["tabel", "keadaan"], "baris"
    )


def _broken(records: Records) -> Table:
    if records.broken is None:
        raise LackingError("the dataset was not ingested from an extract, so no rule was tried.")
    rows = pd.DataFrame(sorted(records.broken.items()), columns=["aturan", "baris_melanggar"])
    return counted(rows, ["aturan"], "baris_melanggar")


def _missing(records: Records) -> Table:
    people = records.of("people")
    columns = [name for name in TABLES["people"].names if name in people.columns]
    counts = people.aggregate(
        **{f"c{place}": people[name].count() for place, name in enumerate(columns)},
        semua=people.count(),
    )
    (found,) = counts.to_pyarrow().to_pylist()
    rows = [
        (name, _STATED[stated], number)
        for place, name in enumerate(columns)
        for stated, number in (
            (True, found[f"c{place}"]),
            (False, found["semua"] - found[f"c{place}"]),
        )
    ]
    frame = pd.DataFrame(rows, columns=["kolom", "isi", "baris_pegawai"])
    return counted(frame, ["kolom", "isi"], "baris_pegawai")
