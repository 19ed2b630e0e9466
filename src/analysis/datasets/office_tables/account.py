"""What was taken from a file as what, and what was left out and why: to be read by a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Literal

import pandas as pd

from analysis.datasets.office_tables.phrases import KINDS, PHRASES, PLACES
from analysis.language import Code
from analysis.messages import filled

Kind = Literal[
    "file",
    "heading",
    "title",
    "left out",
    "total",
    "footnote",
    "section",
    "merged",
    "numbers",
    "filler",
    "personal",
    "warning",
]


@dataclass(frozen=True)
class Note:
    """One line of an account.

    Attributes
    ----------
    kind : str
        What it speaks of: see `Kind`.
    key : str
        What was taken or left out, and why: a key of `PHRASES`.
    rows : tuple of int
        Rows as the file counts them; none where it is the whole file.
    column : str
        Letter and heading of a column; empty where it is the whole row.
    values : dict
        What the phrase is filled in with.
    """

    kind: Kind
    key: str
    rows: tuple[int, ...] = ()
    column: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def where(self, language: Code = "en") -> str:
        """Return rows and column in words; empty where it is the whole file."""
        unit = PLACES["row" if len(self.rows) == 1 else "rows"][language]
        parts = [f"{unit} {span(self.rows)}"] if self.rows else []
        if self.column:
            parts.append(f"{PLACES['column'][language]} {self.column}")
        return ", ".join(parts)

    def text(self, language: Code = "en") -> str:
        """Return what was taken or left out, in words."""
        return filled(PHRASES[self.key][language], self.values)


@dataclass(frozen=True, repr=False)
class Account:
    """How a file was read; prints as text, and as a table in a notebook.

    Examples
    --------
    >>> Account("bezetting.csv", (Note("left out", "blank", rows=(4, 5)),))
    bezetting.csv
      left out rows 4-5: blank
    """

    what: str
    notes: tuple[Note, ...]

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def of(self, *kinds: Kind) -> tuple[Note, ...]:
        """Return the notes of these kinds."""
        return tuple(note for note in self.notes if note.kind in kinds)

    def plus(self, notes: Iterable[Note]) -> "Account":
        """Return this account with further notes."""
        return Account(self.what, (*self.notes, *notes))

    def to_frame(self, language: Code = "en") -> pd.DataFrame:
        """Return the notes in words: kind, where, text."""
        rows = [(KINDS[n.kind][language], n.where(language), n.text(language)) for n in self.notes]
        names = [PLACES[name][language] for name in ("kind", "where", "text")]
        return pd.DataFrame(rows, columns=names, dtype="str")

    def to_html(self, language: Code = "en") -> str:
        """Return the notes as a table; all that comes from the file is escaped."""
        frame = self.to_frame(language)
        head = "".join(f"<th>{escape(name)}</th>" for name in frame.columns)
        body = "".join(
            "<tr>" + "".join(f'<td style="text-align:left">{escape(c)}</td>' for c in row) + "</tr>"
            for row in frame.itertuples(index=False)
        )
        return (
            f"<table><caption>{escape(self.what)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        lines = []
        for note in self.notes:
            place = note.where()
            lines.append(f"  {note.kind:8} {place}{': ' if place else ''}{note.text()}")
        return "\n".join([self.what, *lines])

    def _repr_html_(self) -> str:
        return self.to_html()


def span(numbers: Iterable[int]) -> str:
    """Return rows as a message writes them: runs of neighbours as first-last.

    Examples
    --------
    >>> span([4, 5, 6, 9])
    '4-6, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [f"{a}" if a == b else f"{a}-{b}" for a, b in runs]
    return ", ".join(texts[:8]) + (f" and {len(texts) - 8} more" if len(texts) > 8 else "")


def row_or_rows(numbers: Iterable[int]) -> str:
    """Return `span` after "row" or "rows"."""
    found = list(numbers)
    return f"{'row' if len(found) == 1 else 'rows'} {span(found)}"
