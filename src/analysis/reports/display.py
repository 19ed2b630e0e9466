"""What a notebook cell shows: a picture, a table, key figures, a sentence.

Each object renders itself in JupyterLab, and carries in the output's metadata what the report
needs beyond the picture or the table: caption, text alternative, key figures. The plain-text
form is what nbval compares: the numbers of a table to the digits every machine agrees on, however
few are printed (`analysis.digests.stable`); of a picture the text alternative and the fingerprint
of what is drawn (`analysis.plots.fingerprints`), not the pixels; of a file to save the fingerprint
of what it holds, not its bytes (`tests/nbval.cfg` takes them out). Pixels and bytes depend on the
platform.

A picture is pixels where a notebook is written and compared, and SVG in the run of an edition, of
which a page is made: see `PICTURES`.
"""

import io
import json
import os
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any, Literal

import pandas as pd
from great_tables import GT
from matplotlib.figure import Figure
from PIL import Image

from analysis.digests import digest, stable
from analysis.errors import DataError
from analysis.language import Language
from analysis.messages import some
from analysis.plots.drawn_data import data_of
from analysis.plots.fingerprints import fingerprint
from analysis.plots.style import styled
from analysis.plots.svg import svg_of
from analysis.plots.ticks import decimals
from analysis.reports import workbooks
from analysis.reports.entries import METADATA
from analysis.reports.offered import entry

PICTURES = "ANALYSIS_PICTURES"  # variable of the environment: "svg", or pixels without it
_DPI = 200
_COLOURS = 128  # of a picture: flat colours and the edges of letters

Bundle = tuple[dict[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Picture:
    """A figure with its caption and its text alternative.

    Parameters
    ----------
    figure : Figure
        What to draw.
    caption : str
        What the picture shows, with unit, date and source.
    alt : str
        What a reader who cannot see the picture should learn from it: its finding, in numbers.
    headline : str, optional
        The finding as a title, printed above the picture.
    language : Language, optional
        Of the headings of the data that the figure keeps (`analysis.plots.data_of`).
    """

    figure: Figure
    caption: str
    alt: str
    headline: str | None = None
    language: Language = field(default_factory=Language)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        lines = (self.headline, self.caption, self.alt, f"[{fingerprint(self.figure)}]")
        data = {"text/plain": "\n".join(line for line in lines if line is not None)}
        shown: dict[str, Any] = {}
        if os.environ.get(PICTURES) == "svg":
            data["image/svg+xml"] = svg_of(self.figure, self.alt)
        else:
            width, height = (int(side * 96) for side in self.figure.get_size_inches())
            data["image/png"] = b64encode(_png(self.figure)).decode("ascii")
            shown["image/png"] = {"alt": self.alt, "width": width, "height": height}
        said: dict[str, Any] = {"kind": "picture", "caption": self.caption}
        if self.headline is not None:
            said["headline"] = self.headline
        drawn = data_of(self.figure)
        if drawn is not None:
            headings = [self.language.name(str(name)) for name in drawn.columns]
            said["data"] = entry(drawn, headings, [""] * len(headings))
        return data, {**shown, METADATA: said}


def _png(figure: Figure) -> bytes:
    """Return a figure as pixels of a few colours, which take a third of the room."""
    drawn, kept = io.BytesIO(), io.BytesIO()
    with styled():
        figure.savefig(drawn, format="png", dpi=_DPI, metadata={"Software": None})
    with Image.open(drawn) as picture:
        few = picture.convert("RGB").quantize(
            _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    few.save(kept, "PNG")
    return kept.getvalue()


ColumnKind = Literal[
    "text", "integer", "signed", "number", "signed_number", "percent", "signed_percent"
]


@dataclass(frozen=True)
class Column:
    """How a column of a table is printed.

    Parameters
    ----------
    label : str
        Heading, with the unit.
    kind : {"text", "integer", "signed", "number", "signed_number", "percent", "signed_percent"}
        Form of the values; "signed" is an integer with its sign.
    decimals : int, optional
        Decimals of the numbers and the percentages; None for those that each number needs, where
        a column has several units.
    missing : str
        What is printed where there is no value.
    """

    label: str
    kind: ColumnKind = "text"
    decimals: int | None = 1
    missing: str = "–"


@dataclass(frozen=True)
class Table:
    """A table with its caption, numbers written as the language writes them.

    Parameters
    ----------
    frame : DataFrame
        One row per line; unrounded values. Missing values are printed as the column says.
    columns : dict of str to Column
        Columns to print, in order, and how.
    caption : str
        What the table shows, with date and source.
    language : Language
        How numbers are written.
    totals : DataFrame, optional
        Rows that stand for several others, such as the whole country, with the same columns. They
        are printed last, stay there when a reader sorts, and are not in the data to take along:
        who adds up a column must not count them.
    """

    frame: pd.DataFrame
    columns: dict[str, Column]
    caption: str
    language: Language
    totals: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        headings = [column.label for column in self.columns.values()]
        if twice := sorted({label for label in headings if headings.count(label) > 1}):
            raise DataError(
                f"A table has more than one column headed {some(twice)}, so that one would be "
                "lost. Give each column a heading of its own."
            )

    def formatted(self) -> pd.DataFrame:
        """Return the cells as text, under their headings; those of totals last."""
        parts = [self.frame, *([] if self.totals is None else [self.totals])]
        return pd.DataFrame(
            {
                column.label: [self._cell(value, column) for part in parts for value in part[name]]
                for name, column in self.columns.items()
            }
        )

    def _cell(self, value: Any, column: Column) -> str:
        if pd.isna(value):
            return column.missing
        places = decimals([float(value)]) if column.decimals is None else column.decimals
        match column.kind:
            case "text":
                return str(value)
            case "integer" | "signed":
                return self.language.number(value, signed=column.kind == "signed")
            case "number" | "signed_number":
                signed = column.kind == "signed_number"
                return self.language.number(value, places, signed=signed)
            case _:
                signed = column.kind == "signed_percent"
                return self.language.percent(value, places, signed=signed)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        cells = self.formatted()
        text = [c.label for c in self.columns.values() if c.kind == "text"]
        table = (
            GT(cells, id="tabel")
            .tab_header(self.caption)
            .cols_align("right")
            .cols_align("left", columns=text)
            .tab_options(table_font_size="14px", heading_align="left")
        )
        with pd.option_context("display.max_columns", None, "display.width", None):
            plain = self.frame[list(self.columns)].to_string(index=False, float_format=stable)
            if self.totals is not None:
                totals = self.totals[list(self.columns)]
                plain += f"\n{totals.to_string(index=False, header=False, float_format=stable)}"
        data = {"text/html": table.as_raw_html(), "text/plain": f"{self.caption}\n{plain}"}
        headings = [column.label for column in self.columns.values()]
        kinds = [column.kind for column in self.columns.values()]
        offered = entry(self.frame[list(self.columns)], headings, kinds)
        said: dict[str, Any] = {"kind": "table", "caption": self.caption, "data": offered}
        if self.totals is not None:
            said["totals"] = len(self.totals)
        return data, {METADATA: said}


@dataclass(frozen=True)
class KeyFigure:
    """One number a reader should remember.

    Parameters
    ----------
    value : str
        The number, formatted.
    label : str
        What it counts.
    note : str
        One line of context.
    """

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The numbers a report opens with, and the date its data describe.

    Parameters
    ----------
    figures : tuple of KeyFigure
        In order of importance.
    data_date : str
        The date or dates of the data, in words.
    """

    figures: tuple[KeyFigure, ...]
    data_date: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        items = "".join(
            f"<li><b>{escape(f.value)}</b> {escape(f.label)} <small>{escape(f.note)}</small></li>"
            for f in self.figures
        )
        lines = [f"{f.value} | {f.label} | {f.note}" for f in self.figures]
        data = {
            "text/html": f"<p>{escape(self.data_date)}</p><ul>{items}</ul>",
            "text/plain": "\n".join([self.data_date, *lines]),
        }
        entry = {
            "kind": "key_figures",
            "data_date": self.data_date,
            "figures": [asdict(figure) for figure in self.figures],
        }
        return data, {METADATA: entry}


@dataclass(frozen=True)
class Prose:
    """Headings, paragraphs and lists of a text file, as `analysis.reports.wording` fills them in.

    Parameters
    ----------
    markdown : str
        Markdown; values in it are escaped already.
    title, question : str, optional
        Of the report, as plain text; only its title has them.
    group : str, optional
        Group of blocks of the text file: "summary" answers the question of the report.
    credits : tuple of dict, optional
        Publications that are named: title, publisher, address, date and terms.
    """

    markdown: str
    title: str | None = None
    question: str | None = None
    group: str = ""
    credits: tuple[dict[str, str], ...] = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        data = {"text/markdown": self.markdown, "text/plain": self.markdown}
        if self.title is None:
            said: dict[str, Any] = {"kind": "prose", "group": self.group}
            if self.credits:
                said["credits"] = list(self.credits)
            return data, {METADATA: said}
        return data, {METADATA: {"kind": "title", "title": self.title, "question": self.question}}


@dataclass(frozen=True)
class Interactive:
    """What a reader of the page changes, complete as it first stands.

    Parameters
    ----------
    part : str
        Its template and its script, see `analysis.reports.fragments`.
    text : str
        What it says as it first stands.
    data : dict
        All that both read: texts, ready to be shown, and numbers.
    caption : str
        What can be chosen.
    offered : DataFrame, optional
        What can be chosen as a table to take along, its columns called as readers know them.
    """

    part: str
    text: str
    data: dict[str, Any]
    caption: str
    offered: pd.DataFrame | None = None

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        said: dict[str, Any] = {"kind": "interactive", "part": self.part, "caption": self.caption}
        if self.offered is not None:
            headings = [str(name) for name in self.offered.columns]
            said["data"] = entry(self.offered, headings, [""] * len(headings))
        plain = f"{self.text}\n[{digest([data])}]"
        return {"text/plain": plain}, {METADATA: {**said, "shown": data}}


@dataclass(frozen=True)
class Download:
    """A file the reader can save, kept inside the page.

    Parameters
    ----------
    name : str
        Name of the file to save, with its ending.
    content : bytes
        The file.
    media_type : str
        Its type, such as that of an XLSX workbook.
    label : str
        What the link says.
    fingerprint : str
        A digest of what the file holds, such as `workbooks.fingerprint`.
    """

    name: str
    content: bytes
    media_type: str
    label: str
    fingerprint: str

    @classmethod
    def of_sheets(cls, stem: str, sheets: Sequence[workbooks.Sheet], label: str) -> "Download":
        """Return the sheets as a workbook, in a file of the name ``stem``."""
        book = workbooks.workbook(sheets)
        return cls(f"{stem}.xlsx", book, workbooks.MEDIA_TYPE, label, workbooks.fingerprint(book))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        address = f"data:{self.media_type};base64,{b64encode(self.content).decode('ascii')}"
        html = (
            f'<p><a class="unduh" download="{escape(self.name)}" href="{escape(address)}">'
            f"{escape(self.label)}</a></p>"
        )
        plain = f"{self.label}: {self.name}\n[{self.fingerprint}]"
        data = {"text/html": html, "text/plain": plain}
        return data, {METADATA: {"kind": "download"}}
