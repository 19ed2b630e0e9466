"""What a reader can take along of a figure or a table: its data, as CSV and as XLSX.

`entry` is what a figure or table carries in the metadata of its output; `Offer` is what the page
makes of it. Text that a spreadsheet would take for a formula is defused in CSV files; in workbooks
it is written as text (`analysis.reports.workbooks`).
"""

import csv
import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from pandas.api import types

from analysis.digests import stable
from analysis.language import Language
from analysis.reports.workbooks import CellKind, Sheet, workbook

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TYPES = {"text": "string", "integer": "integer", "number": "number", "percent": "number"}


def entry(frame: pd.DataFrame, headings: Sequence[str], kinds: Sequence[str]) -> dict[str, Any]:
    """Return a table as the metadata of an output hold it.

    Parameters
    ----------
    frame : DataFrame
        Unrounded values; numbers are kept to the digits every machine agrees on.
    headings : sequence of str
        What each column is called; of two that are called the same, the second gets a number.
    kinds : sequence of str
        Kind of each column: a kind of `Column`, or "" where its values tell.
    """
    columns = [
        {"name": name, "kind": _kind(frame.iloc[:, position], kinds[position])}
        for position, name in enumerate(_unique(headings))
    ]
    rows = [
        [_value(value, column["kind"]) for value, column in zip(row, columns, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    return {"columns": columns, "rows": rows}


@dataclass(frozen=True)
class Credits:
    """What is said of every file that leaves a page.

    Parameters
    ----------
    date : str
        Date of the data, in words.
    sources : tuple of str
        Publications that the figures come from, each with its publisher.
    terms : tuple of str
        Under which terms they may be used.
    citation : str
        How to cite the page.
    """

    date: str
    sources: tuple[str, ...]
    terms: tuple[str, ...]
    citation: str

    def lines(self, title: str, language: Language) -> list[str]:
        """Return title, date, source, terms and citation, each with its name."""
        named = {
            language.text("Judul"): title,
            language.text("Tanggal"): self.date,
            language.text("Sumber"): "; ".join(self.sources),
            language.text("Ketentuan"): " ".join(self.terms),
            language.text("Kutipan"): self.citation,
        }
        return [f"{name}: {' '.join(value.split())}" for name, value in named.items() if value]


@dataclass(frozen=True)
class Offer:
    """The data of one figure or table of a page, or of what its reader can choose.

    Parameters
    ----------
    kind : {"gambar", "tabel", "pilihan"}
        What it is of.
    number : int
        Its number on the page, from 1.
    title : str
        Its caption.
    data : dict
        As from `entry`.
    """

    kind: Literal["gambar", "tabel", "pilihan"]
    number: int
    title: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Name of its files, without ending."""
        return f"{self.kind}-{self.number}"

    def label(self, language: Language) -> str:
        """Return what the page calls it, such as "Gambar 1"."""
        return f"{language.text(self.kind.capitalize())} {self.number}"

    def csv(self, said: Credits, language: Language) -> str:
        """Return its data as CSV: a line that starts with "#" and says what they are, then a table.

        Fields are parted by commas, numbers have a full stop, and percentages are shares of one,
        in every language.
        """
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(["#", *said.lines(self.title, language)])
        writer.writerow([_defused(column["name"]) for column in self.data["columns"]])
        writer.writerows([[_defused(value) for value in row] for row in self.data["rows"]])
        return buffer.getvalue()

    def sheet(self, said: Credits, language: Language) -> Sheet:
        """Return its data as a sheet of a workbook."""
        names = [column["name"] for column in self.data["columns"]]
        keys = [f"c{position}" for position in range(len(names))]
        frame = pd.DataFrame(self.data["rows"], columns=keys, dtype=object)
        shown: dict[str, tuple[str, CellKind]] = {}
        for key, column in zip(keys, self.data["columns"], strict=True):
            shown[key] = (column["name"], column["kind"])
            if column["kind"] != "text":
                numbers = pd.to_numeric(frame[key])
                frame[key] = numbers.where(~numbers.isin([math.inf, -math.inf]))
        note = ". ".join(line.rstrip(".") for line in said.lines("", language)) + "."
        return Sheet(self.label(language), self.title, note, frame, shown)

    def resource(self, path: str, said: Credits) -> dict[str, Any]:
        """Return its description in a Frictionless data package."""
        return {
            "name": path.removesuffix(".csv").replace("/", "-").lower(),
            "path": path,
            "title": self.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "commentChar": "#"},
            "sources": [{"title": source} for source in said.sources],
            "schema": {
                "fields": [
                    {"name": _defused(column["name"]), "type": _TYPES[column["kind"]]}
                    for column in self.data["columns"]
                ]
            },
        }


def book(offers: Sequence[Offer], said: Credits, language: Language) -> bytes:
    """Return the data of a page as one workbook, a sheet for each figure and table."""
    return workbook([offer.sheet(said, language) for offer in offers])


def _defused(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula: text that looks like one is quoted."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _kind(values: pd.Series, kind: str) -> str:
    """Return "text", "integer", "number" or "percent"."""
    if "percent" in kind:
        return "percent"
    if (
        kind in {"text", "prose"}
        or not types.is_numeric_dtype(values)
        or types.is_bool_dtype(values)
    ):
        return "text"
    return "integer" if types.is_integer_dtype(values) else "number"


def _value(value: Any, kind: str) -> str | int | float | None:
    if pd.isna(value):
        return None
    if kind == "integer":
        return int(value)
    if kind != "text":
        return float(stable(value)) if math.isfinite(value) else str(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return " ".join(str(value).split())


def _unique(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        number, tried = 1, name
        while tried in found:
            number += 1
            tried = f"{name} ({number})"
        found.append(tried)
    return found
