"""What a task depends on beside its data: code, packages, and what is said of a table.

Editing a formula, a title or the lock file thus reruns what uses it, and nothing else.
"""

import json
import subprocess
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
_PAGES = ("reports/rendering.py", "reports/template", "reports/display.py", "site")
_WORDS = ("language.py", "locale")
# What the description says of the figures of a table; an edition is built again when a figure that
# it reads changes, not when another one does.
_CHECKS = {
    "hash",
    "bytes",
    "jumlah_diketahui",
    "dikonfirmasi",
}


def tidying() -> list[Path]:
    """Return the files that turn raw tables into tidy ones."""
    return _files(_RAW_TO_TIDY)


def code_of(report: str) -> PythonNode:
    """Return what the notebook of a report may call: all but what is of other reports only."""
    others = {path for name in REPORTS if name != report for path in _of_report(name)}
    beyond = others | set(_files(_BEYOND_NOTEBOOKS))
    return _content([_LOCK, *(path for path in _files((".",)) if path not in beyond)])


def pages() -> PythonNode:
    """Return what turns an executed notebook into a page."""
    return _content([_LOCK, *_files(_PAGES + _WORDS)])


def _of_report(name: str) -> list[Path]:
    """Return the code and the words of one report, which no other report uses (a test)."""
    texts = _PACKAGE / "reports" / "texts"
    folder = _PACKAGE / "reports" / name
    return [*(folder.rglob("*.*") if folder.is_dir() else ()), *texts.glob(f"{name}.*.md")]


def _content(paths: list[Path]) -> PythonNode:
    """Return one node for the names and the bytes of files, of which a task has hundreds."""
    parts = (f"{path.relative_to(ROOT).as_posix()} {_digest(path)}" for path in paths)
    return PythonNode(value=digest(parts), hash=True)


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


def raw_files(tables: list[str]) -> list[Path]:
    """Return where raw tables are.

    Raises
    ------
    DataError
        If one of the files is not there.
    """
    return [RAW_TABLES.file(name) for name in tables]


def entries(tables: list[str]) -> PythonNode:
    """Return what the description says of some raw tables; its other entries may change."""
    return _said(tables, exclude=set())


def citations(tables: list[str]) -> PythonNode:
    """Return what a report may say of some raw tables: not what their figures are checked by."""
    return _said(tables, exclude=_CHECKS)


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


def _said(tables: list[str], exclude: set[str]) -> PythonNode:
    package = RAW_TABLES.package
    said = [package[name].model_dump(mode="json", exclude=exclude) for name in tables]
    return PythonNode(value=json.dumps(said), hash=True)


def _files(names: tuple[str, ...]) -> list[Path]:
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
    return sorted(path for path in found if path.suffix not in {".pyc", ".typed"})
