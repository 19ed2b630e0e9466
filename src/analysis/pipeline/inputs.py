"""What a task depends on beside its data: code, packages, and what is said of a table.

Editing a formula, a title or the lock file thus reruns what uses it, and nothing else.
"""

import json
from pathlib import Path

from pytask import PythonNode

from analysis.datasets import Package
from analysis.paths import ROOT

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


def entries(package: Package, tables: list[str]) -> PythonNode:
    """Return what the description says of some raw tables; its other entries may change."""
    said = [package[name].model_dump(mode="json") for name in tables]
    return PythonNode(value=json.dumps(said), hash=True)


def _files(names: tuple[str, ...]) -> list[Path]:
    found: set[Path] = set()
    for name in names:
        path = _PACKAGE / name
        found.update(p for p in (path.rglob("*") if path.is_dir() else [path]) if p.is_file())
    return sorted(path for path in found if path.suffix not in {".pyc", ".typed"})
