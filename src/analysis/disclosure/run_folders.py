"""The folder of a run: all its published tables, whole or not there.

data/processed/protected/<run>/<table>.published.json
data/processed/protected/<run>/digests.json             of each of the other files
data/processed/protected/<run>/run.json                 what the run is; written last
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from analysis.digests import digest
from analysis.disclosure.grants import Grant
from analysis.disclosure.identities import identifying, shown
from analysis.disclosure.releases import Published, Risk, read_published, write_published
from analysis.disclosure.runs import RUN_NAME, is_run_name
from analysis.errors import DataError, DisclosureError, ParameterError
from analysis.files import read_bytes
from analysis.paths import PROTECTED
from analysis.reads import Read, note

_MANIFEST = "run.json"
_ADVICE = "Make the run again."
_DIGESTS = "digests.json"  # apart: who reads one table is not concerned by what changes in others


@dataclass(frozen=True)
class Exempted:
    """What readers are told of an exception; which cell it is only if that is published.

    Attributes
    ----------
    table, cell : str
        Empty for a cell that stays hidden: that an exception names it says that it is small.
    by, reason : str
    day : date or None
    """

    table: str
    cell: str
    by: str
    reason: str
    day: dt.date | None


@dataclass(frozen=True, eq=False)
class PublishedRun:
    """A run of tables that passed the gate together.

    Attributes
    ----------
    name : str
    day : date
        Day that the records describe.
    synthetic : bool
        Whether the people do not exist; to be said on every figure, table and page.
    tables : tuple of str
        Names of its tables.
    lacking : mapping of str to str
        Tables that could not be made, and what the records lack.
    exceptions : tuple of Exempted
        Cells that are published, or may be found out, although few people are in them.
    """

    name: str
    day: dt.date
    synthetic: bool
    tables: tuple[str, ...]
    lacking: Mapping[str, str]
    exceptions: tuple[Exempted, ...]
    _folder: Path

    def of(self, table: str) -> Published:
        """Return a table of the run.

        Raises
        ------
        DataError
            If the run has no such table, or the file cannot be read.
        DisclosureError
            If the file was changed, or is of another run.
        """
        if table not in self.tables:
            why = self.lacking.get(table)
            raise DataError(
                f"the run {self.name} has no table {table}"
                + (f": {why}" if why else f"; it has {', '.join(self.tables)}.")
            )
        note(Read(f"{PROTECTED.name}/{self.name}/{table}.published"))
        path = self._folder / f"{table}.published.json"
        found = read_published(path)
        if _digests(self._folder).get(table) != _digest(path):
            raise DisclosureError(
                f"{self._folder}: {table} is not as this run published it. {_ADVICE}"
            )
        return found


def read_run(name: str, folder: Path | None = None) -> PublishedRun:
    """Return a run by its name; no other place is looked at.

    Parameters
    ----------
    name : str
    folder : Path, optional
        Folder of runs, if it is not that of the repository.

    Raises
    ------
    ParameterError
        If there is no such run; with those there are.
    DataError
        If it is not whole.
    DisclosureError
        If what is said of it was changed: the day, what is synthetic, the exceptions.
    """
    folder = PROTECTED if folder is None else folder
    path = folder / name / _MANIFEST
    if not is_run_name(name) or not path.is_file():
        there = ", ".join(sorted(each.parent.name for each in folder.glob(f"*/{_MANIFEST}")))
        raise ParameterError(
            f"run: {shown(name)!r} given; there {f'are {there}' if there else 'is none yet'}. "
            "`make data` makes the run of synthetic people, python -m analysis.individuals tables "
            "FOLDER --run NAME one of yours."
        )
    note(Read(f"{PROTECTED.name}/{name}/run"))
    if _digests(path.parent).get(_MANIFEST) != _digest(path):
        raise DisclosureError(f"{path} is not as it was written. {_ADVICE}")
    try:
        said = json.loads(read_bytes(path, advice=_ADVICE))
        return PublishedRun(
            str(said["run"]),
            dt.date.fromisoformat(said["day"]),
            bool(said["synthetic"]),
            tuple(said["tables"]),
            dict(said["lacking"]),
            tuple(
                Exempted(e["table"], e["cell"], e["by"], e["reason"], _day(e["day"]))
                for e in said.get("exceptions", [])
            ),
            path.parent,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is damaged ({error!r}). {_ADVICE}") from error


def write_run_folder(
    tables: Iterable[Published],
    folder: Path,
    *,
    day: dt.date,
    lacking: Mapping[str, str] | None = None,
    grants: Sequence[Grant] = (),
) -> None:
    """Write the tables of a run in place of those that were there, whole or not at all.

    Parameters
    ----------
    tables : iterable of Published
    folder : Path
        Its name is that of the run.
    day : date
        Day that the records describe.
    lacking : mapping of str to str, optional
        Tables that could not be made, and why.
    grants : sequence of Grant
        Exceptions that the tables were published with.

    Raises
    ------
    ParameterError
        If the name of the folder cannot be that of a run, there are no tables, or some are of
        synthetic people and others are not.
    DisclosureError
        If what is lacking names a person.
    DataError
        If the folder is there and no run, or cannot be written to.
    """
    given = sorted(tables, key=lambda table: table.name)
    synthetic = {table.synthetic for table in given}
    if not is_run_name(folder.name) or len(synthetic) != 1:
        raise ParameterError(
            f"run {shown(folder.name)!r}: {RUN_NAME}, and tables that are all of synthetic people "
            "or all not."
        )
    if any(identifying(text) for each in (lacking or {}).items() for text in each):
        raise DisclosureError(
            f"{folder}: what is said of tables that lack names a person. Name units by their Ids."
        )
    if folder.exists() and not (folder / _MANIFEST).is_file() and any(folder.iterdir()):
        raise DataError(f"{folder} is no run, and is not written over. Name another folder.")
    said: dict[str, object] = {
        "run": folder.name,
        "day": day.isoformat(),
        "synthetic": synthetic.pop(),
        "tables": [table.name for table in given],
        "lacking": dict(sorted((lacking or {}).items())),
    }
    if grants:
        said["exceptions"] = [_told(grant) for grant in grants]
    new, old = (folder.with_name(f".{folder.name}-{uuid4().hex}") for _ in range(2))
    try:
        new.mkdir(parents=True)
        digests = {table.name: _digest(write_published(table, new)) for table in given}
        manifest = new / _MANIFEST
        manifest.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
        digests[_MANIFEST] = _digest(manifest)
        (new / _DIGESTS).write_text(json.dumps(digests, indent=1) + "\n", "utf-8")
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise DataError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _told(grant: Grant) -> dict[str, str | None]:
    open_ = grant.effect == "published"
    labels = [": ".join(map(str, e)) if isinstance(e, tuple) else str(e) for e in grant.cell]
    return {
        "table": grant.table if open_ else "",
        "cell": ", ".join(labels) if open_ else "",
        "by": grant.by,
        "reason": grant.reason,
        "day": grant.day.isoformat() if grant.day else None,
    }


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def risks_of(tables: Iterable[Published]) -> tuple[Risk, ...]:
    """Return the risks of tables, each once, for a report to state."""
    return tuple(dict.fromkeys(risk for table in tables for risk in table.risks))


def _digest(path: Path) -> str:
    return digest([read_bytes(path, advice=_ADVICE).decode()])


def _digests(folder: Path) -> dict[str, str]:
    path = folder / _DIGESTS
    try:
        return dict(json.loads(read_bytes(path, advice=_ADVICE)))
    except (TypeError, ValueError) as error:
        raise DataError(f"{path} is damaged ({error!r}). {_ADVICE}") from error
