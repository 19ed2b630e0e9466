"""Turn an executed notebook into one self-contained HTML page."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from analysis.errors import AnalysisError
from analysis.files import atomic_write
from analysis.language import Code, Language
from analysis.reports.companions import Companions, Place, write_companions
from analysis.reports.entries import METADATA, entry_of
from analysis.reports.fragments import MARKS, TABLES, script
from analysis.reports.glossary import Term, terms_in
from analysis.reports.offered import Credits
from analysis.reports.page_body import Body, title_of_markdown, with_code
from analysis.reports.parameters import defaults
from analysis.reports.policy import policy
from analysis.reports.prose import Heading, paragraphs

_TEMPLATE = files("analysis").joinpath("reports", "template")
_ONE_PAGE = Lock()  # an exporter keeps what it works on
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
    answer : tuple of str
        Paragraphs that answer the question; none if the report only has key figures.
    province : str
        Code of the one province that it speaks of, if it speaks of one.
    """

    name: str
    title: str
    question: str
    data_date: str
    figures: tuple[dict[str, str], ...]
    language: Code
    notebook: str
    answer: tuple[str, ...] = ()
    province: str = ""


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
    script: str
    policy: str
    place: Place
    said: Credits
    terms: tuple[Term, ...]
    offers: bool
    tables: bool
    marks: bool
    form: str  # "laporan", or "risalah": short enough for two pages of paper


def render_file(notebook: Path, page: Path, place: Place | None = None) -> None:
    """Write the report of an executed notebook, and what stands beside it; see `render`.

    The folder beside the page, called as the page without ending, holds the data of its figures and
    tables (CSV, XLSX), a page for each figure, and a summary; the page is written last.
    """
    executed = nbformat.read(notebook, as_version=4)
    html, beside = _rendered(executed, notebook.stem, place or Place())
    write_companions(beside.files(), page.with_suffix(""))
    atomic_write(page, html)


def render(notebook: NotebookNode, name: str, place: Place | None = None) -> str:
    """Return the report of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; a cell shows the title (`Words.title()`), or a Markdown cell of one's own notebook
        holds it (`# ...`), with the question below. Headings come from both kinds of cells.
    name : str
        Name of the notebook, without ending.
    place : Place, optional
        Where the page stands in a site; by default it stands alone.

    Returns
    -------
    str
        HTML that needs no other file and no network to be read. It links to the files beside it.

    Raises
    ------
    AnalysisError
        If the notebook lacks a title or its key figures, or a cell ended in an error.
    """
    return _rendered(notebook, name, place or Place())[0]


def _rendered(notebook: NotebookNode, name: str, place: Place) -> tuple[str, Companions]:
    """Return a page and what stands beside it."""
    summary = summarise(notebook, name)
    language = Language(summary.language)
    body = Body(language, summary.name)
    cells = [body.cell(cell) for cell in notebook.cells if not title_of_markdown(cell)]
    said = _credits(notebook, summary, language)
    sheet = "\n".join(filter(None, [style(), _printed(summary, language), body.classes.sheet]))
    run = script(body.parts)
    page = Page(
        summary=summary,
        contents=body.contents.headings,
        parameters={
            key: _written(value, language) for key, value in parameters_of(notebook).items()
        },
        inputs=tuple(_said(notebook).get("inputs", ())),
        command=place.command or _command(notebook, summary),
        versions=_versions(),
        language=language,
        style=sheet,
        script=run,
        policy=policy(sheet, run),
        place=place,
        said=said,
        terms=terms_in(_words(notebook), language),
        offers=bool(body.offers),
        tables=TABLES in body.parts,
        marks=MARKS in body.parts,
        form=_said(notebook).get("form", "laporan"),
    )
    shown = nbformat.from_dict({**notebook, "cells": with_code(cells)})
    with _ONE_PAGE:
        html, _ = _exporter().from_notebook_node(shown, resources={"page": page})
    beside = Companions(
        summary, body.figures, body.offers, body.saved, said, language, place.address
    )
    return str(html).strip() + "\n", beside


@cache
def _exporter() -> TemplateExporter:
    """Return what fills in the template, which is compiled once for all pages.

    Not the exporter for HTML, which would take the whole page apart once more; but what it prefers
    of an output that comes in several forms.
    """
    return TemplateExporter(
        config=HTMLExporter().default_config,
        file_extension=".html",
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],  # type: ignore[attr-defined]
        default_preprocessors=[],
    )


def summarise(notebook: NotebookNode, name: str) -> Summary:
    """Return what the index tells about an executed notebook.

    Raises
    ------
    AnalysisError
        As in `render`.
    """
    code: Code = parameters_of(notebook).get("language", "id")
    shown = [entry for cell in notebook.cells for entry in map(entry_of, cell.get("outputs", []))]
    titles = [(each["title"], each["question"]) for each in shown if each.get("kind") == "title"]
    titles += filter(None, map(title_of_markdown, notebook.cells))
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
        answer=_answer(notebook),
        province=str(parameters_of(notebook).get("province", "")),
    )


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return the parameters a notebook was run with: its defaults and what overrode them."""
    injected = notebook.metadata.get("papermill", {}).get("parameters", {})
    return {**defaults(notebook), **injected}


def _written(value: Any, language: Language) -> str:
    """Return a parameter as a reader of the page writes it."""
    if value is None:
        return language.text("tidak ditentukan")
    if isinstance(value, bool):
        return language.text("ya") if value else language.text("tidak")
    if isinstance(value, dict):
        pairs = (f"{key}: {_written(each, language)}" for key, each in value.items())
        return "; ".join(pairs) or language.text("tanpa isi")
    if isinstance(value, list | tuple):
        nested = any(isinstance(each, list | tuple) for each in value)
        items = (_written(each, language) for each in value)
        return ("; " if nested else ", ").join(items) or language.text("tanpa isi")
    if isinstance(value, int | float):  # not grouped: a year is one too
        mark = language.number(0.5, 1)[1]
        return f"{Decimal(str(value)).normalize():f}".replace(".", mark)
    return str(value)


def style() -> str:
    """Return the style sheet shared by the reports and the index."""
    return _TEMPLATE.joinpath("style.css").read_text(encoding="utf-8")


def _said(notebook: NotebookNode) -> dict[str, Any]:
    """Return what running a notebook has noted of itself."""
    said = notebook.metadata.get(METADATA)
    return dict(said) if isinstance(said, dict) else {}


@cache
def _versions() -> str:
    return ", ".join(f"{package} {version(package)}" for package in _VERSIONS)


def _command(notebook: NotebookNode, summary: Summary) -> str:
    """Return the command that runs the notebook as it was run, and writes the page."""
    injected = notebook.metadata.get("papermill", {}).get("parameters", {})
    chosen = [
        f"-p {name} {shlex.quote(value if isinstance(value, str) else json.dumps(value))}"
        for name, value in injected.items()
    ]
    built = f"python -m analysis.reports notebooks/{summary.notebook} reports/{summary.name}.html"
    return " ".join([built, *chosen])


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _named(notebook: NotebookNode) -> list[dict[str, str]]:
    """Return the publications that a notebook names as its sources."""
    return [each for output in _outputs(notebook) for each in entry_of(output).get("credits", ())]


def _answer(notebook: NotebookNode) -> tuple[str, ...]:
    """Return the paragraphs that answer the question of a report."""
    shown = [o for o in _outputs(notebook) if entry_of(o).get("group") == "summary"]
    return tuple(text for output in shown for text in paragraphs(output.data["text/markdown"]))


def _words(notebook: NotebookNode) -> str:
    """Return what a notebook shows as text."""
    return "\n".join(output.get("data", {}).get("text/plain", "") for output in _outputs(notebook))


def _credits(notebook: NotebookNode, summary: Summary, language: Language) -> Credits:
    """Return what the files of a page say of where their figures come from, and how to cite it."""
    named = _named(notebook)
    sources = dict.fromkeys(f"{each['title']}, {each['publisher']}" for each in named)
    terms = dict.fromkeys(each["terms"] for each in named)
    citation = language.text(
        "Persebaran ASN, versi {versi}, halaman {halaman}: {judul}. {data}.",
        versi=version("analysis"),
        halaman=summary.name,
        judul=summary.title,
        data=summary.data_date.rstrip("."),
    )
    return Credits(summary.data_date, tuple(sources), tuple(terms), citation)


def _printed(summary: Summary, language: Language) -> str:
    """Return the rules that put title, date and page numbers on every printed page."""
    site, title, date = map(
        _css, (language.text("Persebaran ASN"), summary.title, summary.data_date)
    )
    return (
        "@page { size: A4; margin: 20mm 16mm 18mm; font: 8.5pt system-ui, sans-serif; "
        f"@top-left {{ content: {title}; }} @top-right {{ content: {site}; }} "
        f"@bottom-left {{ content: {date}; }} "
        '@bottom-right { content: counter(page) " / " counter(pages); } }\n'
        '@page :first { @top-left { content: ""; } @top-right { content: ""; } }'
    )


def _css(text: str) -> str:
    """Return text as a string of CSS: what is no letter or digit is escaped."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
