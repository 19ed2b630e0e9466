"""What was taken from a file as what, and what was left out and why: to be read by a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

import pandas as pd

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
    where : str
        Rows and columns, as the file counts them; empty where it is the whole file.
    text : str
        What was taken or left out, and why.
    """

    kind: Kind
    where: str
    text: str


@dataclass(frozen=True, repr=False)
class Account:
    """How a file was read; prints as text, and as a table in a notebook.

    Examples
    --------
    >>> Account("bezetting.csv", (Note("total", "row 9", "'Jumlah': adds up, left out"),))
    bezetting.csv
      total    row 9: 'Jumlah': adds up, left out
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

    def to_frame(self) -> pd.DataFrame:
        """Return the notes: `kind`, `where`, `text`."""
        rows = [(note.kind, note.where, note.text) for note in self.notes]
        return pd.DataFrame(rows, columns=["kind", "where", "text"], dtype="str")

    def __repr__(self) -> str:
        lines = [
            f"  {note.kind:8} {note.where}{': ' if note.where else ''}{note.text}"
            for note in self.notes
        ]
        return "\n".join([self.what, *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(note.kind)}</td><td>{escape(note.where)}</td>"
            f'<td style="text-align:left">{escape(note.text)}</td></tr>'
            for note in self.notes
        )
        return (
            f"<table><caption>{escape(self.what)}</caption><thead><tr><th>kind</th><th>where</th>"
            f"<th>text</th></tr></thead><tbody>{rows}</tbody></table>"
        )


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
