"""The tables of a dataset on an engine, and the day that they describe."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from analysis.errors import DataError, LackingError
from analysis.individuals.engines import load_tables
from analysis.individuals.folders import ASIDE, open_dataset
from analysis.individuals.person_keys import KEY
from analysis.messages import counted


@dataclass(frozen=True, eq=False)
class Records:
    """Individual records as tables of Ibis, on whatever engine.

    Attributes
    ----------
    tables : mapping of str to ibis Table
        By the names of `analysis.individuals.schema`.
    day : date
        Day that they describe: ages are of that day.
    synthetic : bool
        Whether the people are made up.
    rows : mapping of str to (int, int)
        Rows of each table that are used, and that were set aside.
    broken : mapping of str to int, optional
        Rows that broke each rule when the extract was ingested; None of a dataset that was not.
    """

    tables: Mapping[str, ir.Table]
    day: dt.date
    synthetic: bool = False
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    broken: Mapping[str, int] | None = None

    def of(self, table: str, *columns: str) -> ir.Table:
        """Return a table that has the columns named.

        Raises
        ------
        LackingError
            If the records lack the table or a column.
        """
        if table not in self.tables:
            there = [name for name in self.tables if not name.startswith(ASIDE)]
            raise LackingError(
                f"the records have no table {table}; they have {', '.join(there) or 'none'}. "
                "What an extract lacks is missing, never zero: leave out what needs it, or ingest "
                "an extract that has it."
            )
        found = self.tables[table]
        lacking = [column for column in columns if column not in found.columns]
        if lacking:
            raise LackingError(
                f"the table {table} has no column {' and '.join(lacking)}. What an extract lacks "
                "is missing, never zero: leave out what needs it, or ingest an extract that has it."
            )
        return found

    def about(self, table: str, *columns: str) -> ir.Table:
        """Return a table about people that has the columns named, and `nipBaru`.

        That is the NIP, or the keyed hash that takes its place.

        Raises
        ------
        LackingError
            If the records lack the table or a column, or it does not say whom it is about.
        """
        found = self.of(table, *columns)
        return found.rename(nipBaru=KEY) if KEY in found.columns else self.of(table, "nipBaru")

    def complete(self, table: str, *columns: str) -> ir.Table:
        """Return a table in which the columns named have a value in every row.

        Raises
        ------
        DataError
            If one lacks, or has a missing value, which a sum would take for zero.
        """
        found = self.of(table, *columns)
        values = {column: found[column].count() for column in columns}  # some files say it
        (counts,) = found.aggregate(rows=found.count(), **values).to_pyarrow().to_pylist()
        rows = counts.pop("rows")
        wrong = {name: rows - number for name, number in counts.items() if number < rows}
        if wrong:
            said = ", ".join(f"{name} in {counted(n, 'row')}" for name, n in wrong.items())
            raise DataError(
                f"the table {table} has no value of {said}; a sum would take them for zero. "
                "Complete the extract, or set these rows aside when ingesting it."
            )
        return found


def open_records(engine: BaseBackend, folder: Path) -> Records:
    """Return the tables of a dataset on an engine, as `engines.open_engine` yields it.

    Raises
    ------
    DataError
        If the dataset is not whole, or does not say which day it describes.
    """
    dataset = open_dataset(folder)
    day = dataset.notes.get("day") or dataset.notes.get("date")
    if day is None:
        raise DataError(f"{folder} does not say which day it describes. Make it again.")
    said, rules = dataset.notes.get("rows", {}), dataset.notes.get("rules")
    return Records(
        load_tables(engine, dataset),
        dt.date.fromisoformat(day),
        dataset.synthetic,
        {
            name: (said[name]["used"], said[name]["set_aside"]) if name in said else (rows, 0)
            for name, rows in dataset.rows.items()
            if not name.startswith(ASIDE)
        },
        None if rules is None else {rule: found["rows"] for rule, found in rules.items()},
    )


def require_year(tables: Sequence[ir.Table], year: int, *, of: str = "training") -> None:
    """Refuse tables of which no row is of the year: what an extract lacks is missing, not zero.

    Parameters
    ----------
    tables : sequence of Table
        With a column `tahun`.
    year : int
    of : str
        What they are records of.

    Raises
    ------
    LackingError
        Naming the latest year that there is.
    """
    years = [table["tahun"].cast("int64").name("tahun").as_table() for table in tables]
    if any(each.filter(each["tahun"] == year).limit(1).to_pyarrow().num_rows for each in years):
        return
    there = [each["tahun"].max().to_pyarrow().as_py() for each in years]
    latest = max((found for found in there if found is not None), default=None)
    said = "there is none of any year" if latest is None else f"the latest is of {latest}"
    raise LackingError(
        f"the records hold no {of} of {year}, the last whole year before their day ({said}). "
        "Export that year too, or name the day that the extract describes."
    )
