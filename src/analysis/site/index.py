"""The page that presents the reports."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, FunctionLoader, StrictUndefined

from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.reports.rendering import Summary, style, summarise


def write_index(executed: Sequence[Path], page: Path, code: Code, commit: str) -> None:
    """Write the index of executed notebooks, in a language; see `render_index`."""
    notebooks = [(file.stem, nbformat.read(file, as_version=4)) for file in executed]
    summaries = [summarise(notebook, name) for name, notebook in notebooks]
    atomic_write(page, render_index(summaries, Language(code), commit))


def render_index(reports: Sequence[Summary], language: Language, commit: str) -> str:
    """Return the index of the site: each report with its question and key figures.

    Parameters
    ----------
    reports : sequence of Summary
        In the order they are presented. Of a notebook with several editions the titles are listed.
    language : Language
        Language of the index itself.
    commit : str
        What the site was built from.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(_template)
    )
    by_notebook: dict[str, list[Summary]] = {}
    for report in reports:
        by_notebook.setdefault(report.notebook, []).append(report)
    template = environment.get_template("index.html.j2")
    values = {"groups": list(by_notebook.values()), "language": language, "commit": commit}
    return template.render(**values, style=style()).strip() + "\n"


def _template(name: str) -> str:
    return files("analysis").joinpath("site", name).read_text(encoding="utf-8")
