"""Which values a run reads of the tidy tables: noted as they are read, and compared later.

A run that would read the same values again would give the same result; so this is what decides
whether it is repeated, and what a page names as its inputs.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files import atomic_write

if TYPE_CHECKING:  # a build that finds nothing changed does not wait for it
    import pandas as pd

NOTES = "ANALYSIS_READS"  # environment variable that names the file to note reads in
_CODE = "kode_kemendagri"
_DIGITS = 16
_KEPT = "digests"  # folder beside the tidy tables


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

    def of(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Return the rows that are read of a table."""
        if not self.province:
            return frame
        return frame[_province_of(frame) == self.province].reset_index(drop=True)


def _province_of(frame: "pd.DataFrame") -> "pd.Series":
    """Return the province of each row, by the code of that or of a place in it."""
    return frame[_CODE].str.partition(".")[0]


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

    Those of the provinces of a table are kept beside it, with the digest of its file: they are
    computed again when that is another one.
    """

    def __init__(self, processed: Path) -> None:
        self._processed = processed
        self._files: dict[str, str] = {}
        self._provinces: dict[str, Mapping[str, str]] = {}

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return Digests, (self._processed,)  # a copy elsewhere looks for itself

    def __call__(self, read: Read) -> str:
        """Return sixteen hexadecimal digits that stand for the values.

        Raises
        ------
        OSError
            If there is no such table.
        """
        if read.file not in self._files:
            self._files[read.file] = _digest((self._processed / read.file).read_bytes())
        if not read.province:  # the same table is the same file
            return self._files[read.file]
        if read.table not in self._provinces:
            self._provinces[read.table] = self._of_provinces(read)
        return self._provinces[read.table].get(read.province, _digest(b""))

    def _of_provinces(self, read: Read) -> Mapping[str, str]:
        kept = self._processed / _KEPT / f"{read.table}.json"
        made_from = {"file": self._files[read.file], "pandas": version("pandas")}
        try:
            found = json.loads(kept.read_bytes())
            if found["made_from"] == made_from:
                return dict(found["provinces"])
        except (OSError, ValueError, KeyError, TypeError):  # none yet, or no whole one
            pass
        provinces = _digests_of_provinces(self._processed / read.file)
        atomic_write(kept, json.dumps({"made_from": made_from, "provinces": provinces}))
        return provinces


def _digests_of_provinces(path: Path) -> dict[str, str]:
    import pandas as pd

    frame = pd.read_parquet(path)
    groups = frame.groupby(_province_of(frame))
    return {str(province): _digest(_content(rows)) for province, rows in groups}


def _content(rows: "pd.DataFrame") -> bytes:
    return rows.reset_index(drop=True).to_json(orient="split", date_format="iso").encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:_DIGITS]
