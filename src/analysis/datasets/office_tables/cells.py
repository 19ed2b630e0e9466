"""What a cell of an office's table holds: nothing, filler, a number, a word."""

import datetime as dt
import re
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.person_numbers import without_person_numbers

Cell: TypeAlias = str | float | bool | dt.date | dt.time | dt.timedelta | None
Cells: TypeAlias = npt.NDArray[np.object_]

FILLERS = frozenset(
    {"-", "–", "—", "--", "---", "..", "...", "…", "n/a", "n.a", "n.a.", "null", "\\n", "nihil"}
)
"""What stands in a cell that has no value; compared without regard to case."""

NOTHING, FILLER, NUMBER, YEAR, WORD = range(5)

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2007]+")
_INVISIBLE = str.maketrans({"\ufeff": None, "\u200b": None, "\u2212": "-"})
_LOOKS_NUMERIC = re.compile(r"'?[+-]?\(?\d[\d., ]*\)?%?")
_CODE = re.compile(r"'?0\d+")
_LONGEST = 60
_PERSONAL = re.compile(r"\d(?:[ .]?\d){7,}|\d[.,]\d+E\+\d+", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1945, 2099


def clean(cell: object) -> object:
    """Return a cell without blanks at its ends or doubled, or None where nothing is left."""
    if isinstance(cell, str):
        return _BLANKS.sub(" ", cell.translate(_INVISIBLE)).strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell


def kinds(cells: Cells) -> npt.NDArray[np.int8]:
    """Return what each cell holds: NOTHING, FILLER, NUMBER, YEAR (also a number) or WORD."""
    known: dict[tuple[type, object], int] = {}
    found = np.empty(cells.size, dtype=np.int8)
    for i, cell in enumerate(cells.ravel().tolist()):
        key = (type(cell), cell)
        kind = known.get(key)
        if kind is None:
            kind = known[key] = _kind(cell)
        found[i] = kind
    return found.reshape(cells.shape)


def words(cell: object) -> str:
    """Return a cell as a word: a year without a decimal, nothing as an empty word."""
    return "" if cell is None else str(cell)


def is_filler(cell: object) -> bool:
    """Whether a cell says that there is no value."""
    return isinstance(cell, str) and cell.casefold() in FILLERS


def is_code(cells: Cells) -> bool:
    """Whether numbers of a column begin with 0, such as "09", which only codes do."""
    return any(isinstance(cell, str) and _CODE.fullmatch(cell) for cell in cells.tolist())


def shown(cell: object) -> str:
    """Return a cell for a message: cut where it is long, and without numbers of persons.

    Examples
    --------
    >>> shown("19700101 199503 1 003"), shown("1.200")
    ("'•••'", "'1.200'")
    """
    text = masked(words(cell))
    return repr(text) if len(text) <= _LONGEST else f"{text[:_LONGEST]!r}..."


def masked(text: str) -> str:
    """Return a text without NIP or NIK, in which every run of eight digits or more is hidden."""
    return _PERSONAL.sub("•••", without_person_numbers(text))


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def position(name: str) -> int:
    """Return the position from 0 of the column that a spreadsheet calls so; see `letters`."""
    found = 0
    for letter in name.upper():
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def _kind(cell: object) -> int:
    if cell is None:
        return NOTHING
    if is_filler(cell):
        return FILLER
    if isinstance(cell, bool):
        return WORD
    if isinstance(cell, int | float):
        return YEAR if cell == int(cell) and _FIRST_YEAR <= cell <= _LAST_YEAR else NUMBER
    if isinstance(cell, str):
        if re.fullmatch(r"\d{4}", cell) and _FIRST_YEAR <= int(cell) <= _LAST_YEAR:
            return YEAR
        return NUMBER if _LOOKS_NUMERIC.fullmatch(cell) else WORD
    return NUMBER  # a date or a time: no heading is one
