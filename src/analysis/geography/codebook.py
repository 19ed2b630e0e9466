"""Codes and names of the places of one level, and what is wrong with a frame of them.

Codes are those of Kemendagri unless a name says BPS. The two systems contradict each other, of
provinces in Papua (91 is Papua for Kemendagri and Papua Barat for BPS) and of kabupaten and kota
everywhere. Frames are therefore checked by code and by name.
"""

import difflib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError
from analysis.geography.names import NameIndex, index_names, plain

_SHOWN = 20  # problems that a message lists

CODE, BPS_CODE, NAME = "kode_kemendagri", "kode_bps", "nama"


@dataclass(frozen=True)
class Row:
    """A row of a frame that is checked: its line in the file, its code, its name if there are any.

    `meant` is the code of the place that is meant where the row's own is a known misreading of it.
    """

    line: int
    code: object
    name: str | None
    meant: object


@dataclass(frozen=True, eq=False)
class CodeBook:
    """Codes and names of places of one level; each level knows how its codes are misread.

    Parameters
    ----------
    places : DataFrame
        One row a place: `kode_kemendagri`, `nama`; neither repeated.
    """

    places: pd.DataFrame

    level = "place"  # what a place is, for the messages
    form = "text"  # what a code looks like

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each Kemendagri code."""
        return dict(zip(self.places[CODE], self.places[NAME], strict=True))

    @cached_property
    def index(self) -> NameIndex:
        """Which places a written name may mean."""
        return index_names(self.names.items(), lambda name: [plain(name)], self.readings)

    def readings(self, name: str) -> list[str]:
        """Return what a written name may be, normalised."""
        return [plain(name)]

    def check(
        self, frame: pd.DataFrame, expected: Set[str], *, expected_words: str, what: str
    ) -> None:
        """Refuse a frame that does not have each expected place exactly once.

        Parameters
        ----------
        frame : DataFrame
            Column `kode_kemendagri`, and `nama` where there are names to compare. An index of
            whole numbers counts the lines of a file from its second, so that row 0 is line 2.
        expected : set of str
            Codes that must be there.
        expected_words : str
            What they are, for the message: "38 provinces".
        what : str
            What the frame is, for the message: a file or table name.

        Raises
        ------
        DataError
            If codes are of another system, misread, unknown, repeated or missing, or a name
            belongs to another code. All failures are listed.
        """
        rows, misread = self._rows(frame)
        # What a misreading explains is told once: the other checks see the codes that were meant.
        problems = [
            *misread,
            *self._code_problems(rows, expected, expected_words),
            *self._name_problems(rows),
        ]
        if problems:
            raise DataError(
                f"{what} does not have each of the {expected_words} exactly once:\n"
                f"{listed(problems)}\n{self.cure(rows, expected)}"
            )

    def misread(self, code: object, name: str | None) -> tuple[str, str] | None:
        """Return the code of the place that is meant and what went wrong; None if nothing known."""
        del code, name
        return None

    def cure(self, rows: list[Row], expected: Set[str]) -> str:
        """Return what to do about the problems of a frame."""
        del rows, expected
        return "Correct these rows."

    def why_not(self, code: object, expected_words: str) -> str:
        """Return what is wrong with a code that is not one of those expected."""
        if isinstance(code, str) and code in self.names:
            return f"({self.names[code]}) is not one of the {expected_words}"
        return f"is no Kemendagri code of a {self.level} ({self.form}, as text)"

    def missing_words(self, codes: Set[str]) -> list[str]:
        """Return what is missing, place by place."""
        return [f"{code!r} ({self.names[code]}) is missing" for code in sorted(codes)]

    def whose(self, name: str) -> str:
        """Return which place a name belongs to, or is near to, after what it is compared with."""
        meant = sorted(self.index.meant(name))
        if meant:
            return f" and {name!r} is {' or '.join(meant)}"
        near = difflib.get_close_matches(name, self.names.values(), n=1)
        return f"; did you mean {near[0]!r}?" if near else ""

    def _rows(self, frame: pd.DataFrame) -> tuple[list[Row], list[str]]:
        """Return the rows of a frame, and a problem for each that is misread."""
        rows, problems = [], []
        for line, code, name in cells_of(frame):
            found = self.misread(code, name)
            if found is not None:
                problems.append(f"  line {line}, column {CODE}: {code!r} {found[1]}")
            rows.append(Row(line, code, name, code if found is None else found[0]))
        return rows, problems

    def _code_problems(
        self, rows: list[Row], expected: Set[str], expected_words: str
    ) -> Iterator[str]:
        meant = pd.Series([row.meant for row in rows], dtype="object")
        counts = meant.value_counts()
        for row in rows:
            if row.meant not in expected:
                why = self.why_not(row.meant, expected_words)
                yield f"  line {row.line}, column {CODE}: {row.meant!r} {why}"
        for row in rows:
            if counts.get(row.meant, 0) > 1:
                yield f"  line {row.line}, column {CODE}: {row.meant!r} appears more than once"
        for words in self.missing_words(expected - set(meant)):
            yield f"  column {CODE}: {words}"

    def _name_problems(self, rows: list[Row]) -> Iterator[str]:
        for row in rows:
            known = self.names.get(row.meant) if isinstance(row.meant, str) else None
            if row.name is None or known is None or row.meant in self.index.meant(row.name):
                continue
            yield (
                f"  line {row.line}, column {NAME}: {row.name!r}, but {row.meant} is {known!r}"
                f"{self.whose(row.name)}"
            )


def listed(problems: list[str]) -> str:
    """Return problems one a line, the first of many."""
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    return "\n".join(problems[:_SHOWN]) + more


def cells_of(frame: pd.DataFrame) -> Iterator[tuple[int, object, str | None]]:
    """Yield file line and, where there are such, code and name of each row."""
    counted = pd.api.types.is_integer_dtype(frame.index)
    rows = frame.index if counted else range(len(frame))
    names = frame[NAME].astype("str") if NAME in frame else [None] * len(frame)
    codes = frame[CODE] if CODE in frame else [None] * len(frame)
    for row, code, name in zip(rows, codes, names, strict=True):
        yield int(row) + 2, code, name
