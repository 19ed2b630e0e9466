"""What a task depends on beside its data: code, packages, and what is said of a table.

Editing a formula, a title or the lock file thus reruns what uses it, and nothing else.
"""

import json
import subprocess
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytask import PythonNode

from analysis.digests import digest
from analysis.errors import AnalysisError
from analysis.files import read_bytes
from analysis.paths import RAW, ROOT
from analysis.pipeline.catalogue import Catalogue, catalogue
from analysis.reports.registry import BUILT_ON, REPORTS

if TYPE_CHECKING:
    from analysis.datasets import RawTables

_PACKAGE = ROOT / "src" / "analysis"
_LOCK = ROOT / "uv.lock"
_RAW_TO_TIDY = ("errors.py", "files.py", "paths.py", "geography", "datasets")
_RENDERING = (
    *("reports/rendering.py", "reports/page_body.py", "reports/companions.py", "reports/policy.py"),
    *("reports/fragments.py", "reports/glossary.py", "reports/glossary.toml", "reports/template"),
)
_BEYOND_NOTEBOOKS = ("pipeline", "site", *_RENDERING)
_PEOPLE = ("arrays.py", "labels.py", "messages.py", "totals.py", "raking", "individuals")
_SHOWN = ("handbook", "locale", "plots", "reports", "site")
_PAGES = (
    *(*_RENDERING, "reports/entries.py", "reports/offered.py", "reports/parameters.py"),
    *("reports/prose.py", "reports/workbooks.py"),
)
_TASKS = ("pipeline/task_records.py",)
_WORDS = ("language.py", "locale")
# What the description says of the figures of a table; an edition is built again when a figure that
# it reads changes, not when another one does.
_CHECKS = {"hash", "bytes", "jumlah_diketahui", "dikonfirmasi"}


@cache
def raw_tables() -> "RawTables":
    """Return the raw tables, which all tasks of a process share."""
    from analysis.datasets import RawTables

    return RawTables(RAW)


@cache
def tables() -> Catalogue:
    """Return which tables there are, and what is said of them.

    Raises
    ------
    DataError
        If the description is missing, or an entry lacks something.
    """
    return catalogue(_content((_LOCK, *_files((*_RAW_TO_TIDY, "pipeline/catalogue.py")))))


def tidying(raw: list[str]) -> PythonNode:
    """Return what turns raw tables into a tidy one: code, and what the description says of them.

    Parameters
    ----------
    raw : list of str
        The raw tables. Other entries of the description may change.
    """
    return _node(_content(_files(_RAW_TO_TIDY)), tables().described(raw))


def making_people() -> PythonNode:
    """Return what makes synthetic people, beside the tidy tables that they are made from."""
    return _node(_content((_LOCK, *_files(_RAW_TO_TIDY + _PEOPLE), *_files(_TASKS))))


def making_tables() -> PythonNode:
    """Return what makes tables from records: all code below what is shown."""
    shown = set(_files(_SHOWN)) | set(_files(("pipeline",))) - set(_files(_TASKS))
    return _node(_content((_LOCK, *(path for path in _files((".",)) if path not in shown))))


def running(report: str, raw: list[str], parameters: Mapping[str, object]) -> PythonNode:
    """Return what an edition is made by, beside its notebook and the values that it reads.

    Parameters
    ----------
    report : str
        Report that the notebook makes. It may call all code but what is of other reports
        only; of these, those that it is built on.
    raw : list of str
        Raw tables that the tidy ones come from: a report cites what the description says of them,
        but not how their figures are checked.
    parameters : mapping
        Of the edition.
    """
    return _node(_code_of(report), _cited(tuple(raw)), json.dumps(dict(parameters)))


@cache
def _cited(raw: tuple[str, ...]) -> str:
    """Return what a report may cite of the description of raw tables."""
    return tables().described(raw, without=_CHECKS)


@cache
def _code_of(report: str) -> str:
    """Return a digest of the code that a report may call, and of its words."""
    called = {report, *BUILT_ON.get(report, ())}
    others = {path for name in REPORTS if name not in called for path in _of_report(name)}
    beyond = others | set(_files(_BEYOND_NOTEBOOKS))
    return _content((_LOCK, *(path for path in _files((".",)) if path not in beyond)))


def pages() -> PythonNode:
    """Return what turns an executed notebook into a page."""
    return _node(_content((_LOCK, *_files(_PAGES + _WORDS))))


def site() -> PythonNode:
    """Return what makes the pages around the reports, and the commit that these name."""
    return _node(_content((_LOCK, *_files((*_PAGES, *_WORDS, "site")))), commit())


@cache
def _of_report(name: str) -> tuple[Path, ...]:
    """Return the code and the words of one report, used only by those built on it (a test)."""
    texts = _PACKAGE / "reports" / "texts"
    folder = _PACKAGE / "reports" / name
    return (*(folder.rglob("*.*") if folder.is_dir() else ()), *texts.glob(f"{name}.*.md"))


def _node(*parts: str) -> PythonNode:
    """Return one node for what would else be hundreds of files, for each task."""
    return PythonNode(value=digest(parts), hash=True)


@cache
def _content(paths: tuple[Path, ...]) -> str:
    """Return a digest of the names and the bytes of files."""
    return digest(map(_named_digest, paths))


@cache
def _named_digest(path: Path) -> str:
    return f"{path.relative_to(ROOT).as_posix()} {sha256(path.read_bytes()).hexdigest()}"


def described(notebook: Path) -> tuple[str, list[str]]:
    """Return the report that a notebook says it makes, and the tidy tables it says it reads.

    Raises
    ------
    AnalysisError
        If it is no notebook, or names no tables or unknown ones.
    """
    said = _said_by(notebook)
    known = tables().sources
    if unknown := [name for name in said["tables"] if name not in known]:
        raise AnalysisError(
            f"{notebook}: its metadata name tables that there are not: "
            f"{', '.join(map(str, unknown))}. There are {', '.join(known)}."
        )
    return str(said["report"]), list(said["tables"])


def runs_named(notebook: Path) -> list[str]:
    """Return the runs of tables from records that the editions of a notebook read.

    Raises
    ------
    AnalysisError
        If it is no notebook, or names no tables.
    """
    return [str(name) for name in _said_by(notebook).get("runs", [])]


@cache
def _said_by(notebook: Path) -> Mapping[str, Any]:
    """Return what the metadata of a notebook say of the report it makes."""
    content = read_bytes(notebook, advice="Restore it, or take it out of the folder.")
    try:
        said = json.loads(content)["metadata"]["analysis"]
        return {**said, "report": said["report"], "tables": list(said["tables"])}
    except (ValueError, KeyError, TypeError) as error:
        raise AnalysisError(
            f"{notebook} is no notebook whose metadata name the tables it reads ({error!r}). Give "
            'it "analysis": {"report": ..., "tables": [...]} as the other notebooks have, or keep '
            "it under a name that does not start with a digit: it is then left out of the site."
        ) from error


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
