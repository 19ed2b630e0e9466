"""What an extract is, once it is open: a table of an engine, under the headings it came with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from analysis.datasets import read_processed
from analysis.datasets.office_tables import Note
from analysis.datasets.office_tables.personal import named_personal, normalised


@dataclass(frozen=True, eq=False)
class Extract:
    """One table of an extract.

    Attributes
    ----------
    what : str
        What a message calls it: file, sheet or table. Never holds a password.
    file : Path
        Where a mapping is kept beside.
    engine : BaseBackend
        Where it is: DuckDB, or the database that holds it.
    table : Table
        Its columns as they are headed; `flags.ROW` holds the row of the file, where it has rows.
    headings : tuple of str
        The columns.
    notes : tuple of Note
        How it was read.
    tidy : bool
        Whether it is of the schema already, as a dataset is that was written by this package.
    """

    what: str
    file: Path
    engine: BaseBackend
    table: ir.Table
    headings: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    tidy: bool = False

    @property
    def personal(self) -> tuple[str, ...]:
        """Headings of data of persons, by name or as SIASN's profile has them."""
        profile = read_processed("susunan_siasn").query("susunan == 'profil' and pribadi == 'ya'")
        known = {normalised(heading) for heading in profile["kolom"]}
        return tuple(h for h in self.headings if named_personal(h) or normalised(h) in known)


def in_memory(engine: BaseBackend, cells: pa.Table) -> ir.Table:
    """Return cells that were read as a whole as a table of the engine."""
    name = f"extract_{uuid4().hex}"
    engine.con.register(name, cells)
    return engine.table(name)


def few(items: Sequence[str], shown: int = 5) -> str:
    """Return the first items and how many more there are, in no language.

    Examples
    --------
    >>> few(["a", "b", "c"], 2)
    'a, b, … (+1)'
    """
    more = [f"… (+{len(items) - shown})"] if len(items) > shown else []
    return ", ".join([*items[:shown], *more])
