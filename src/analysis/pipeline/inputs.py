"""What a task depends on beside its data: code, packages, and what is said of a table.

Editing a formula, a title or the lock file thus reruns what uses it, and nothing else.
"""

import json
import subprocess
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from pytask import PythonNode

from analysis.datasets import PROCESSED_TABLES, RawTables
from analysis.digests import digest
from analysis.errors import AnalysisError
from analysis.files import read_bytes
from analysis.paths import RAW, ROOT
from analysis.reports.registry import REPORTS

RAW_TABLES = RawTables(RAW)  # what all tasks of a run share

_PACKAGE = ROOT / "src" / "analysis"
_LOCK = ROOT / "uv.lock"
_RAW_TO_TIDY = ("errors.py", "files.py", "paths.py", "geography", "datasets")
_BEYOND_NOTEBOOKS = ("pipeline", "reports/rendering.py", "reports/template", "site")
_PEOPLE = ("arrays.py", "labels.py", "messages.py", "totals.py", "raking", "individuals")
_SHOWN = ("handbook", "locale", "plots", "reports", "site")
_PAGES = ("reports/rendering.py", "reports/template", "reports/display.py")
_TASKS = ("pipeline/task_records.py",)
_WORDS = ("language.py", "locale")
# What the description says of the figures of a table; an edition is built again when a figure that
# it reads changes, not when another one does.
_CHECKS = {"hash", "bytes", "jumlah_diketahui", "dikonfirmasi"}


def tidying(tables: list[str]) -> PythonNode:
    """Return what turns raw tables into a tidy one: code, and what the description says of them.

    Parameters
    ----------
    tables : list of str
        The raw tables. Other entries of the description may change.
    """
    return _node(_content(_files(_RAW_TO_TIDY)), _said(tables, without=set()))


def making_people() -> PythonNode:
    """Return what makes synthetic people, beside the tidy tables that they are made from."""
    return _node(_content((_LOCK, *_files(_RAW_TO_TIDY + _PEOPLE), *_files(_TASKS))))


def making_tables() -> PythonNode:
    """Return what makes tables from records: all code below what is shown."""
    shown = set(_files(_SHOWN)) | set(_files(("pipeline",))) - set(_files(_TASKS))
    return _node(_content((_LOCK, *(path for path in _files((".",)) if path not in shown))))


def running(report: str, tables: list[str], parameters: Mapping[str, object]) -> PythonNode:
    """Return what an edition is made by, beside its notebook and the values that it reads.

    Parameters
    ----------
    report : str
        Report that the notebook makes. It may call all code but what is of other reports only.
    tables : list of str
        Raw tables that the tidy ones come from: a report cites what the description says of them,
        but not how their figures are checked.
    parameters : mapping
        Of the edition.
    """
    others = {path for name in REPORTS if name != report for path in _of_report(name)}
    beyond = others | set(_files(_BEYOND_NOTEBOOKS))
    code = _content((_LOCK, *(path for path in _files((".",)) if path not in beyond)))
    return _node(code, _said(tables, without=_CHECKS), json.dumps(dict(parameters)))


def pages() -> PythonNode:
    """Return what turns an executed notebook into a page."""
    return _node(_content((_LOCK, *_files(_PAGES + _WORDS))))


def site() -> PythonNode:
    """Return what makes the pages around the reports, and the commit that these name."""
    return _node(_content((_LOCK, *_files((*_PAGES, *_WORDS, "site")))), commit())


@cache
def _of_report(name: str) -> tuple[Path, ...]:
    """Return the code and the words of one report, which no other report uses (a test)."""
    texts = _PACKAGE / "reports" / "texts"
    folder = _PACKAGE / "reports" / name
    return (*(folder.rglob("*.*") if folder.is_dir() else ()), *texts.glob(f"{name}.*.md"))


def _node(*parts: str) -> PythonNode:
    """Return one node for what would else be hundreds of files, for each task."""
    return PythonNode(value=digest(parts), hash=True)


@cache
def _content(paths: tuple[Path, ...]) -> str:
    """Return a digest of the names and the bytes of files."""
    return digest(f"{path.relative_to(ROOT).as_posix()} {_digest(path)}" for path in paths)


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def described(notebook: Path) -> tuple[str, list[str]]:
    """Return the report that a notebook says it makes, and the tidy tables it says it reads.

    Raises
    ------
    AnalysisError
        If it is no notebook, or names no tables or unknown ones.
    """
    content = read_bytes(notebook, advice="Restore it, or take it out of the folder.")
    try:
        said = json.loads(content)["metadata"]["analysis"]
        report, tables = str(said["report"]), said["tables"]
        unknown = [name for name in tables if name not in PROCESSED_TABLES]
    except (ValueError, KeyError, TypeError) as error:
        raise AnalysisError(
            f"{notebook} is no notebook whose metadata name the tables it reads ({error!r}). Give "
            'it "analysis": {"report": ..., "tables": [...]} as the other notebooks have, or keep '
            "it under a name that does not start with a digit: it is then left out of the site."
        ) from error
    if unknown:
        listed = ", ".join(map(str, unknown))
        raise AnalysisError(
            f"{notebook}: its metadata name tables that there are not: {listed}. "
            f"There are {', '.join(PROCESSED_TABLES)}."
        )
    return report, list(tables)


def runs_named(notebook: Path) -> list[str]:
    """Return the runs of tables from records that the editions of a notebook read."""
    described(notebook)
    content = json.loads(read_bytes(notebook, advice="Restore it."))
    return [str(name) for name in content["metadata"]["analysis"].get("runs", [])]


def raw_files(tables: list[str]) -> list[Path]:
    """Return where raw tables are.

    Raises
    ------
    DataError
        If one of the files is not there.
    """
    return [RAW_TABLES.file(name) for name in tables]


@cache
def commit() -> str:
    """Return the commit that is checked out, and whether files differ from it; "-" if unknown."""
    if not (ROOT / ".git").exists():
        return "-"
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no git here
        return "-"
    return found.stdout.strip()


def _said(tables: list[str], without: set[str]) -> str:
    """Return what the description says of some raw tables, without some of its fields."""
    package = RAW_TABLES.package
    return json.dumps([package[name].model_dump(mode="json", exclude=without) for name in tables])


@cache
def _files(names: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files of the package under these names.

    Raises
    ------
    FileNotFoundError
        If there is nothing of a name: a task would no longer rerun when it must.
    """
    found: set[Path] = set()
    for name in names:
        path = _PACKAGE / name
        if not path.exists():
            raise FileNotFoundError(f"{path}, named in pipeline/inputs.py, does not exist.")
        found.update(p for p in (path.rglob("*") if path.is_dir() else [path]) if p.is_file())
    return tuple(sorted(path for path in found if path.suffix not in {".pyc", ".typed"}))
