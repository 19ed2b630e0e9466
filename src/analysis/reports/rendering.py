"""Turn an executed notebook into one self-contained HTML page."""

import re
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
        The heading and the first paragraph of the notebook.
    data_date : str
        The date of the data, in words.
    figures : tuple of dict
        Key figures: value, label, note.
    language : {"id", "en"}
        Language of the report.
    """

    name: str
    title: str
    question: str
    data_date: str
    figures: tuple[dict[str, str], ...]
    language: Code


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """What the template needs beside the notebook's cells."""

    summary: Summary
    contents: tuple[Heading, ...]
    parameters: Mapping[str, str]
    versions: str
    language: Language
    notebook: str
    style: str


def render_file(notebook: Path, page: Path) -> None:
    """Write the report of an executed notebook; see `render`."""
    atomic_write(page, render(nbformat.read(notebook, as_version=4), notebook.stem))


def render(notebook: NotebookNode, name: str) -> str:
    """Return the report of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its first Markdown cell holds the title (`# ...`) and the question. Markdown
        cells tagged `lang-id` or `lang-en` are kept in that language only.
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
    body = [cell for cell in _in_language(notebook, language.code) if not _is_title(cell)]
    page = Page(
        summary=summary,
        contents=tuple(_headings(body)),
        parameters={key: str(value) for key, value in parameters_of(notebook).items()},
        versions=", ".join(f"{package} {version(package)}" for package in _VERSIONS),
        language=language,
        notebook=f"{name}.ipynb",
        style=style(),
    )
    shown = nbformat.from_dict({**notebook, "cells": [_without_summary(cell) for cell in body]})
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
    titles = [cell for cell in _in_language(notebook, code) if _is_title(cell)]
    entries = [
        output.metadata[METADATA]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.get("metadata", {}).get(METADATA, {}).get("kind") == "key_figures"
    ]
    if len(titles) != 1 or len(entries) != 1:
        raise AnalysisError(
            f"{name}.ipynb: a report needs one title cell ('# ...') in language {code!r} and one "
            f"cell that shows KeyFigures; there are {len(titles)} and {len(entries)}."
        )
    title, _, question = titles[0].source.removeprefix("# ").partition("\n")
    return Summary(
        name=name,
        title=title.strip(),
        question=" ".join(question.split()),
        data_date=entries[0]["data_date"],
        figures=tuple(entries[0]["figures"]),
        language=code,
    )


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return the parameters a notebook was run with: its defaults and what overrode them."""
    injected = notebook.metadata.get("papermill", {}).get("parameters", {})
    return {**defaults(notebook), **injected}


def style() -> str:
    """Return the style sheet shared by the reports and the index."""
    return _TEMPLATE.joinpath("style.css").read_text(encoding="utf-8")


def _in_language(notebook: NotebookNode, code: str) -> list[NotebookNode]:
    other = {"id": "lang-en", "en": "lang-id"}[code]
    return [cell for cell in notebook.cells if other not in cell.metadata.get("tags", [])]


def _is_title(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "markdown" and cell.source.startswith("# "))


def _headings(cells: list[NotebookNode]) -> list[Heading]:
    """Return the second-level headings with the anchors that nbconvert gives them."""
    return [
        Heading(text=text, anchor=text.replace(" ", "-"))
        for cell in cells
        if cell.cell_type == "markdown"
        for text in re.findall(r"^## +(.+?)\s*$", cell.source, flags=re.MULTILINE)
    ]


def _without_summary(cell: NotebookNode) -> NotebookNode:
    """Drop the key figures, which the page opens with, and the styling of tables."""
    if cell.cell_type != "code":
        return cell
    outputs = []
    for output in cell.outputs:
        kind = output.get("metadata", {}).get(METADATA, {}).get("kind")
        if kind == "table":
            html = plain_table(output.data["text/html"])
            outputs.append({**output, "data": {"text/html": html}})
        elif kind != "key_figures":
            outputs.append(output)
    return nbformat.from_dict({**cell, "outputs": outputs})


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
