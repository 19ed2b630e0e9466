"""Turn an executed notebook into one self-contained HTML page."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from analysis.errors import AnalysisError
from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.reports.display import METADATA
from analysis.reports.parameters import defaults
from analysis.reports.prose import Contents, Heading, title_and_question

_TEMPLATE = files("analysis").joinpath("reports", "template")
_VERSIONS = ("analysis", "numpy", "pandas", "scipy", "matplotlib", "papermill", "nbconvert")


@dataclass(frozen=True)
class Summary:
    """What the index tells about a report.

    Parameters
    ----------
    name : str
        File name without ending.
    title, question : str
        What the report is called and asks.
    data_date : str
        The date of the data, in words.
    figures : tuple of dict
        Key figures: value, label, note.
    language : {"id", "en"}
        Language of the report.
    notebook : str
        File name of the notebook, which has other editions.
    """

    name: str
    title: str
    question: str
    data_date: str
    figures: tuple[dict[str, str], ...]
    language: Code
    notebook: str


@dataclass(frozen=True)
class Page:
    """What the template needs beside the notebook's cells."""

    summary: Summary
    contents: tuple[Heading, ...]
    parameters: Mapping[str, str]
    inputs: tuple[Mapping[str, str], ...]
    command: str
    versions: str
    language: Language
    style: str


def render_file(notebook: Path, page: Path) -> None:
    """Write the report of an executed notebook; see `render`."""
    atomic_write(page, render(nbformat.read(notebook, as_version=4), notebook.stem))


def render(notebook: NotebookNode, name: str) -> str:
    """Return the report of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; a cell shows the title (`Words.title()`), or a Markdown cell of one's own notebook
        holds it (`# ...`), with the question below. Headings come from both kinds of cells.
    name : str
        Name of the notebook, without ending.

    Returns
    -------
    str
        HTML that needs no other file and no network.

    Raises
    ------
    AnalysisError
        If the notebook lacks a title or its key figures, or a cell ended in an error.
    """
    summary = summarise(notebook, name)
    language = Language(summary.language)
    contents = Contents()
    body = [_prepared(cell, contents) for cell in notebook.cells if not _title_of_markdown(cell)]
    page = Page(
        summary=summary,
        contents=contents.headings,
        parameters={key: str(value) for key, value in parameters_of(notebook).items()},
        inputs=tuple(_said(notebook).get("inputs", ())),
        command=_command(notebook, summary),
        versions=", ".join(f"{package} {version(package)}" for package in _VERSIONS),
        language=language,
        style=style(),
    )
    shown = nbformat.from_dict({**notebook, "cells": _with_code(body)})
    exporter = HTMLExporter(
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],  # type: ignore[attr-defined]
    )
    html, _ = exporter.from_notebook_node(shown, resources={"page": page})
    return str(html).strip() + "\n"


def summarise(notebook: NotebookNode, name: str) -> Summary:
    """Return what the index tells about an executed notebook.

    Raises
    ------
    AnalysisError
        As in `render`.
    """
    code: Code = parameters_of(notebook).get("language", "id")
    shown = [entry for cell in notebook.cells for entry in map(_entry, cell.get("outputs", []))]
    titles = [(each["title"], each["question"]) for each in shown if each.get("kind") == "title"]
    titles += filter(None, map(_title_of_markdown, notebook.cells))
    entries = [each for each in shown if each.get("kind") == "key_figures"]
    if len(titles) != 1 or len(entries) != 1:
        raise AnalysisError(
            f"{name}.ipynb: a report needs one title (a cell that shows `say.title()`, or '# ...' "
            f"in Markdown) and one cell that shows KeyFigures; there are {len(titles)} and "
            f"{len(entries)}."
        )
    ((title, question),) = titles
    return Summary(
        name=name,
        title=title,
        question=question,
        data_date=entries[0]["data_date"],
        figures=tuple(entries[0]["figures"]),
        language=code,
        notebook=_said(notebook).get("notebook", f"{name}.ipynb"),
    )


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return the parameters a notebook was run with: its defaults and what overrode them."""
    injected = notebook.metadata.get("papermill", {}).get("parameters", {})
    return {**defaults(notebook), **injected}


def style() -> str:
    """Return the style sheet shared by the reports and the index."""
    return _TEMPLATE.joinpath("style.css").read_text(encoding="utf-8")


def _said(notebook: NotebookNode) -> dict[str, Any]:
    """Return what running a notebook has noted of itself."""
    said = notebook.metadata.get(METADATA)
    return dict(said) if isinstance(said, dict) else {}


def _command(notebook: NotebookNode, summary: Summary) -> str:
    """Return the command that builds the page again."""
    injected = notebook.metadata.get("papermill", {}).get("parameters", {})
    chosen = [
        f"-p {name} {shlex.quote(value if isinstance(value, str) else json.dumps(value))}"
        for name, value in injected.items()
    ]
    built = f"python -m analysis.reports notebooks/{summary.notebook} reports/{summary.name}.html"
    return " ".join([built, *chosen])


def _entry(output: NotebookNode) -> dict[str, Any]:
    return dict(output.get("metadata", {}).get(METADATA, {}))


def _title_of_markdown(cell: NotebookNode) -> tuple[str, str] | None:
    return title_and_question(cell.source) if cell.cell_type == "markdown" else None


def _prepared(cell: NotebookNode, contents: Contents) -> NotebookNode:
    """Turn Markdown into HTML; drop what the page opens with, and the styling of tables."""
    if cell.cell_type == "markdown":
        return nbformat.from_dict({**cell, "source": contents.html(cell.source)})
    if cell.cell_type != "code":
        return cell
    outputs = []
    for output in cell.outputs:
        kind = _entry(output).get("kind")
        if kind == "table":
            html = plain_table(output.data["text/html"])
            outputs.append({**output, "data": {"text/html": html}})
        elif "text/markdown" in output.get("data", {}) and kind != "title":
            html = contents.html(output.data["text/markdown"])
            outputs.append({**output, "data": {"text/html": html}})
        elif kind not in {"key_figures", "title"}:
            outputs.append(output)
    return nbformat.from_dict({**cell, "outputs": outputs})


def _with_code(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Give each figure and table the code since the one before it, and the last cell the rest."""
    shown, code = [], []
    last = max((i for i, cell in enumerate(cells) if cell.cell_type == "code"), default=None)
    for position, cell in enumerate(cells):
        if cell.cell_type == "code":
            code.append(cell.source)
            if position == last or any(_entry(o).get("kind") != "prose" for o in cell.outputs):
                cell = nbformat.from_dict({**cell, "source": "\n\n".join(code)})
                code = []
            else:
                cell = nbformat.from_dict({**cell, "source": ""})
        shown.append(cell)
    return shown


def plain_table(html: str) -> str:
    """Return the bare table of a Great Tables fragment; the page's style sheet dresses it."""
    table = BeautifulSoup(html, "html.parser").find("table")
    if table is None:
        raise AnalysisError("A cell is marked as a table but shows none. Use display.Table.")
    for row in table.find_all("tr", class_="gt_heading"):
        row.decompose()
    for element in [table, *table.find_all(True)]:
        kept = [name for name in element.get("class") or [] if name in {"gt_left", "gt_right"}]
        scope = element.get("scope")
        element.attrs.clear()
        if kept:
            element["class"] = " ".join(kept)
        if scope:
            element["scope"] = scope
    return str(table)
