"""A dataset is a folder of Parquet files, whole if its manifest is there and agrees with them.

    people/provinsi=11/part-0.parquet   one folder a table; partitions as the writer likes
    manifest.json                       written last

Everything is written to a folder beside the one that is meant, which takes its name in one step
when the manifest is there: an interruption leaves no folder of that name.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import DataError
from analysis.files import read_bytes
from analysis.messages import some

MANIFEST = "manifest.json"
ASIDE = "set_aside_"
"""What stands before the name of a table whose rows were set aside."""
_FORMAT = 1
_AGAIN = "Make it again from the extract, with `python -m analysis.individuals ingest`."


@dataclass
class Draft:
    """A dataset that is being written.

    Attributes
    ----------
    path : Path
        Where to write: `path / table / *.parquet`, in any folders below.
    notes : dict
        What else the manifest is to say; JSON.
    """

    path: Path
    notes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """A dataset that is whole.

    Attributes
    ----------
    folder : Path
    rows : mapping of str to int
        Rows of each table.
    files : mapping of str to tuple of Path
        Parquet files of each table.
    synthetic : bool
        Whether its people are made up.
    keyed : bool
        Whether a keyed hash stands in place of every NIP.
    notes : mapping
        What the writer noted.
    """

    folder: Path
    rows: Mapping[str, int]
    files: Mapping[str, tuple[Path, ...]]
    synthetic: bool
    keyed: bool
    notes: Mapping[str, Any]

    def of(self, table: str) -> tuple[Path, ...]:
        """Return the files of a table.

        Raises
        ------
        DataError
            If the dataset has no such table.
        """
        if table not in self.files:
            raise DataError(
                f"{self.folder} has no table {table!r}; it has {', '.join(self.files) or 'none'}. "
                "A table that an extract lacks is missing, and never empty: leave out what needs "
                "it, or ingest an extract that has it."
            )
        return self.files[table]


def refuse_taken(folder: Path, *, replace: bool) -> None:
    """Refuse a folder in whose place no dataset may be put.

    Raises
    ------
    DataError
        If the folder is there, unless `replace`; or if it is there and is no dataset.
    """
    if folder.exists() and not replace:
        raise DataError(f"{folder} is already there. Name another folder, or say --replace.")
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise DataError(f"{folder} is no dataset, and is not written over. Name another folder.")


@contextmanager
def new_dataset(
    folder: Path, *, synthetic: bool, keyed: bool, replace: bool = False
) -> Iterator[Draft]:
    """Yield a draft to write tables to; it becomes the dataset `folder` when the block ends.

    Parameters
    ----------
    folder : Path
        Must not be there, unless `replace`.
    synthetic, keyed : bool
        As in `Dataset`.
    replace : bool
        Put the new dataset in the place of the one that is there.

    Raises
    ------
    DataError
        If the folder is there, is no dataset, or cannot be written to. Whatever stops the block,
        what was written is removed and a dataset that was there is left as it was.
    """
    refuse_taken(folder, replace=replace)
    draft = Draft(folder.with_name(f".{folder.name}-{uuid4().hex}"))
    try:
        draft.path.mkdir(parents=True)
        yield draft
        manifest = _manifest(draft, synthetic=synthetic, keyed=keyed)
        (draft.path / MANIFEST).write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
        )
        _take_place(draft.path, folder)
    except OSError as error:
        raise DataError(
            f"{folder} cannot be written: {error.strerror or error}. Check that {folder.parent} is "
            "a folder you may write to and that the disk is not full, then run again."
        ) from error
    finally:
        shutil.rmtree(draft.path, ignore_errors=True)


def open_dataset(folder: Path) -> Dataset:
    """Return the dataset in a folder.

    Raises
    ------
    DataError
        If it is not whole: no manifest, or files other than the manifest says.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise DataError(
            f"{folder} has no {MANIFEST}: it is no dataset, or one that was not written to its "
            f"end. {_AGAIN}"
        )
    try:
        said = json.loads(read_bytes(path, advice=_AGAIN))
        tables = {
            name: {str(file): int(size) for file, size in entry["files"].items()}
            for name, entry in said["tables"].items()
        }
        rows = {name: int(entry["rows"]) for name, entry in said["tables"].items()}
        synthetic, keyed, notes = bool(said["synthetic"]), bool(said["keyed"]), said["notes"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path} is damaged ({error!r}). {_AGAIN}") from error
    if said["format"] != _FORMAT:
        raise DataError(f"{path} is of format {said['format']}, not {_FORMAT}. {_AGAIN}")
    wrong = [
        file
        for files in tables.values()
        for file, size in files.items()
        if not (folder / file).is_file() or (folder / file).stat().st_size != size
    ]
    if wrong:
        raise DataError(f"{folder}: {some(wrong)} is missing or not as {MANIFEST} says. {_AGAIN}")
    files = {name: tuple(folder / file for file in found) for name, found in tables.items()}
    return Dataset(folder, rows, files, synthetic, keyed, notes)


def _manifest(draft: Draft, *, synthetic: bool, keyed: bool) -> dict[str, Any]:
    tables = {}
    for table in sorted(path for path in draft.path.iterdir() if path.is_dir()):
        files = sorted(table.rglob("*.parquet"))
        tables[table.name] = {
            "rows": sum(_rows(file) for file in files),
            "files": {f.relative_to(draft.path).as_posix(): f.stat().st_size for f in files},
        }
    return {
        "format": _FORMAT,
        "synthetic": synthetic,
        "keyed": keyed,
        "tables": tables,
        "notes": draft.notes,
    }


def _rows(file: Path) -> int:
    try:
        return int(pq.read_metadata(file).num_rows)
    except pa.ArrowException as error:
        raise DataError(f"{file} is no whole Parquet file ({error}). {_AGAIN}") from error


def _take_place(new: Path, folder: Path) -> None:
    """Give a folder the name of another, whose dataset comes back if that fails."""
    old = folder.with_name(f".{folder.name}-{uuid4().hex}")
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
