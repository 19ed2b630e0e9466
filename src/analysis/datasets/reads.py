"""Which values a run reads of the tidy tables: noted as they are read, and compared later.

A run that would read the same values again would give the same result; so this is what decides
whether it is repeated, and what a page names as its inputs.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.files import atomic_write

NOTES = "ANALYSIS_READS"  # environment variable that names the file to note reads in
_CODE = "kode_kemendagri"
_DIGITS = 16


@dataclass(frozen=True, order=True)
class Read:
    """A tidy table that was read; all of it, or the rows of a province and its kabupaten/kota.

    A table of a run that passed the gate is named with its folder: `protected/<run>/<file>`.
    """

    table: str
    province: str = ""

    @property
    def file(self) -> str:
        """Path of the table from the folder of tidy tables."""
        return f"{self.table}.json" if "/" in self.table else f"{self.table}.parquet"

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are read of a table."""
        if not self.province:
            return frame
        province = frame[_CODE].str.partition(".")[0]
        return frame[province == self.province].reset_index(drop=True)


def note(read: Read) -> None:
    """Note that values are read, if anyone wants to know."""
    if notes := os.environ.get(NOTES):
        with Path(notes).open("a", encoding="utf-8") as file:
            file.write(json.dumps([read.table, read.province]) + "\n")


def noted(notes: Path) -> tuple[Read, ...]:
    """Return what was noted in a file, each read once, in the order of their names."""
    if not notes.exists():
        return ()
    lines = notes.read_text(encoding="utf-8").splitlines()
    return tuple(sorted({Read(*json.loads(line)) for line in lines}))


def keep(reads: Iterable[Read], notes: Path) -> None:
    """Write what was read to a file that `noted` reads."""
    lines = (json.dumps([read.table, read.province]) + "\n" for read in reads)
    atomic_write(notes, "".join(lines))


class Digests:
    """Digests of the values that reads find in a folder of tidy tables.

    A table is opened once, and only if its digest is asked for.
    """

    def __init__(self, processed: Path) -> None:
        self._processed = processed
        self._frames: dict[str, pd.DataFrame] = {}
        self._found: dict[Read, str] = {}

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return Digests, (self._processed,)  # a copy elsewhere looks for itself

    def __call__(self, read: Read) -> str:
        """Return sixteen hexadecimal digits that stand for the values.

        Raises
        ------
        OSError
            If there is no such table.
        """
        if read not in self._found:
            self._found[read] = sha256(self._content(read)).hexdigest()[:_DIGITS]
        return self._found[read]

    def _content(self, read: Read) -> bytes:
        path = self._processed / read.file
        if not read.province:  # the same table is the same file
            return path.read_bytes()
        if read.table not in self._frames:
            self._frames[read.table] = pd.read_parquet(path)
        rows = read.of(self._frames[read.table])
        return rows.to_json(orient="split", date_format="iso").encode()
