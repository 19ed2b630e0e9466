"""Which code a task depends on, so that editing a formula reruns what uses it."""

from pathlib import Path

from analysis.paths import ROOT

_PACKAGE = ROOT / "src" / "analysis"
_RAW_TO_TIDY = ("errors.py", "files.py", "paths.py", "regions.py", "datasets")
_BEYOND_NOTEBOOKS = ("pipeline", "reports/render.py", "reports/site.py", "reports/template")
_PAGES = ("reports/render.py", "reports/site.py", "reports/template", "reports/display.py")
_WORDS = ("language.py", "locale")


def tidying() -> list[Path]:
    """Return the files that turn raw tables into tidy ones."""
    return _files(_RAW_TO_TIDY)


def notebooks() -> list[Path]:
    """Return the files that a notebook may call."""
    beyond = set(_files(_BEYOND_NOTEBOOKS))
    return [path for path in _files((".",)) if path not in beyond]


def pages() -> list[Path]:
    """Return the files that turn an executed notebook into a page."""
    return _files(_PAGES + _WORDS)


def _files(names: tuple[str, ...]) -> list[Path]:
    found: set[Path] = set()
    for name in names:
        path = _PACKAGE / name
        found.update(p for p in (path.rglob("*") if path.is_dir() else [path]) if p.is_file())
    return sorted(path for path in found if path.suffix not in {".pyc", ".typed"})
