"""What a task depends on beside its data: code, packages, and what is said of a table.

Editing a formula, a title or the lock file thus reruns what uses it, and nothing else.
"""

import json
from pathlib import Path

from pytask import PythonNode

from analysis.datasets import PROCESSED_TABLES, RawTables
from analysis.errors import AnalysisError
from analysis.files import read_bytes
from analysis.paths import RAW, ROOT

RAW_TABLES = RawTables(RAW)  # what all tasks of a run share

_PACKAGE = ROOT / "src" / "analysis"
_LOCK = ROOT / "uv.lock"
_RAW_TO_TIDY = ("errors.py", "files.py", "paths.py", "geography", "datasets")
_BEYOND_NOTEBOOKS = ("pipeline", "reports/rendering.py", "reports/template", "site")
_PAGES = ("reports/rendering.py", "reports/template", "reports/display.py", "site")
_WORDS = ("language.py", "locale")


def tidying() -> list[Path]:
    """Return the files that turn raw tables into tidy ones."""
    return _files(_RAW_TO_TIDY)


def notebooks() -> list[Path]:
    """Return the files that a notebook may call."""
    beyond = set(_files(_BEYOND_NOTEBOOKS))
    return [_LOCK, *(path for path in _files((".",)) if path not in beyond)]


def pages() -> list[Path]:
    """Return the files that turn an executed notebook into a page."""
    return [_LOCK, *_files(_PAGES + _WORDS)]


def tables_read(notebook: Path) -> list[str]:
    """Return the tidy tables that a notebook says it reads.

    Raises
    ------
    AnalysisError
        If it is no notebook, or names no tables or unknown ones.
    """
    content = read_bytes(notebook, advice="Restore it, or take it out of the folder.")
    try:
        tables = json.loads(content)["metadata"]["analysis"]["tables"]
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
    return list(tables)


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
    said = [RAW_TABLES.package[name].model_dump(mode="json") for name in tables]
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
