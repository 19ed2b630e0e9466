"""The page that presents the reports."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, FunctionLoader, StrictUndefined

from analysis.files import atomic_write
from analysis.language import Language
from analysis.reports.rendering import Summary, style, summarise


def write_index(executed: Sequence[Path], page: Path) -> None:
    """Write the index of executed notebooks, in the language of the first."""
    notebooks = [(file.stem, nbformat.read(file, as_version=4)) for file in executed]
    summaries = [summarise(notebook, name) for name, notebook in notebooks]
    atomic_write(page, render_index(summaries, Language(summaries[0].language)))


def render_index(reports: Sequence[Summary], language: Language) -> str:
    """Return the index of the site: each report with its question and key figures.

    Parameters
    ----------
    reports : sequence of Summary
        In the order they are presented.
    language : Language
        Language of the index itself.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_template)
    )
    template = environment.get_template("index.html.j2")
    return template.render(reports=reports, language=language, style=style()).strip() + "\n"


def _template(name: str) -> str:
    return files("analysis").joinpath("site", name).read_text(encoding="utf-8")
