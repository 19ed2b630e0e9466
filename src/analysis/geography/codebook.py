"""Two systems of codes for the same places, and the names that tell which one is meant.

Codes are those of Kemendagri unless a name says BPS. The two systems agree except in Papua, where
they contradict each other: 91 is Papua for Kemendagri and Papua Barat for BPS. Frames are
therefore checked by code and by name.
"""

import difflib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError

CODE, BPS_CODE, NAME = "kode_kemendagri", "kode_bps", "nama"

# Official and everyday names of the same province; anything else must match.
_ALIASES = {
    "nanggroe aceh darussalam": "aceh",
    "d.i. yogyakarta": "di yogyakarta",
    "daerah istimewa yogyakarta": "di yogyakarta",
    "jakarta": "dki jakarta",
    "daerah khusus ibukota jakarta": "dki jakarta",
    "daerah khusus jakarta": "dki jakarta",
    "bangka belitung": "kepulauan bangka belitung",
    "kep. bangka belitung": "kepulauan bangka belitung",
    "kep. riau": "kepulauan riau",
}


@dataclass(frozen=True, eq=False)
class CodeBook:
    """Codes and names of places of one level.

    Parameters
    ----------
    places : DataFrame
        One row a place: `kode_kemendagri`, `kode_bps`, `nama`; none of them repeated.
    level : str
        What a place is, for the messages: "province".
    form : str
        What a Kemendagri code looks like: "two digits".
    """

    places: pd.DataFrame
    level: str
    form: str

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each Kemendagri code."""
        return dict(zip(self.places[CODE], self.places[NAME], strict=True))

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
            If codes are those of BPS, unknown, repeated or missing, or a name belongs to
            another code. All failures are listed.
        """
        rows = list(_rows(frame))
        swapped = self._in_bps_codes(rows)
        # What the swap explains is told once: the other checks see the codes that were meant.
        meant = [swapped.get(line, code) for line, code, _ in rows]
        problems = [
            *(
                f"  line {line}, column {CODE}: {code!r} is the BPS code of {name}; the Kemendagri "
                f"code is {swapped[line]!r}"
                for line, code, name in rows
                if line in swapped
            ),
            *self._code_problems(rows, meant, expected, expected_words),
            *self._name_problems(rows, meant),
        ]
        if problems:
            in_bps = swapped or set(meant) == {self._bps[code] for code in expected}
            cure = (
                "These are codes of BPS, which differ in Papua: bring the frame to Kemendagri "
                "codes with Regions.to_kemendagri."
                if in_bps
                else "Correct these rows, or state the basis the table was made for."
            )
            raise DataError(
                f"{what} does not have each of the {expected_words} exactly once:\n"
                + "\n".join(problems)
                + f"\n{cure}"
            )

    def to_kemendagri(self, frame: pd.DataFrame, *, column: str = BPS_CODE) -> pd.DataFrame:
        """Return a frame with BPS codes in `column` as one with Kemendagri codes.

        Raises
        ------
        DataError
            If a code is no BPS code of a place.
        """
        translation = self.places.set_index(BPS_CODE)[CODE]
        unknown = frame.loc[~frame[column].isin(translation.index), column].unique()
        if len(unknown):
            raise DataError(
                f"Column {column}: {', '.join(map(repr, unknown))} is no BPS code of a "
                f"{self.level}. Codes are text of {self.form}; correct them."
            )
        return frame.assign(**{CODE: frame[column].map(translation)}).drop(
            columns=[] if column == CODE else column
        )

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_normal(name): code for code, name in self.names.items()}

    @cached_property
    def _bps(self) -> dict[str, str]:
        return dict(zip(self.places[CODE], self.places[BPS_CODE], strict=True))

    def _in_bps_codes(self, rows: list[tuple[int, object, str | None]]) -> dict[int, str]:
        """Return, by line, the Kemendagri code of each row whose code is right only for BPS."""
        meant = ((line, code, self._by_name.get(_normal(name or ""))) for line, code, name in rows)
        return {
            line: kemendagri
            for line, code, kemendagri in meant
            if kemendagri is not None and code == self._bps[kemendagri] != kemendagri
        }

    def _code_problems(
        self,
        rows: list[tuple[int, object, str | None]],
        meant: list[object],
        expected: Set[str],
        expected_words: str,
    ) -> Iterator[str]:
        counts = pd.Series(meant, dtype="object").value_counts()
        for (line, _, _), code in zip(rows, meant, strict=True):
            if code not in expected:
                why = self._why_not(code, expected_words)
                yield f"  line {line}, column {CODE}: {code!r} {why}"
        for (line, _, _), code in zip(rows, meant, strict=True):
            if counts.get(code, 0) > 1:
                yield f"  line {line}, column {CODE}: {code!r} appears more than once"
        for missing in sorted(expected - set(meant)):
            yield f"  column {CODE}: {missing!r} ({self.names[missing]}) is missing"

    def _name_problems(
        self, rows: list[tuple[int, object, str | None]], meant: list[object]
    ) -> Iterator[str]:
        for (line, _, name), code in zip(rows, meant, strict=True):
            known = self.names.get(code) if isinstance(code, str) else None
            if name is not None and known is not None and _normal(name) != _normal(known):
                whose = self._whose(name)
                yield f"  line {line}, column {NAME}: {name!r}, but {code} is {known!r}{whose}"

    def _whose(self, name: str) -> str:
        if _normal(name) in self._by_name:
            return f" and {name!r} is {self._by_name[_normal(name)]}"
        near = difflib.get_close_matches(name, self.names.values(), n=1)
        return f"; did you mean {near[0]!r}?" if near else ""

    def _why_not(self, code: object, expected_words: str) -> str:
        if isinstance(code, str) and code in self.names:
            return f"({self.names[code]}) is not one of the {expected_words}"
        return f"is no Kemendagri code of a {self.level} ({self.form}, as text)"


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, object, str | None]]:
    """Yield file line, code and, where there are names, name of each row."""
    counted = pd.api.types.is_integer_dtype(frame.index)
    rows = frame.index if counted else range(len(frame))
    names = frame[NAME].astype("str") if NAME in frame else [None] * len(frame)
    for row, code, name in zip(rows, frame[CODE], names, strict=True):
        yield int(row) + 2, code, name


def _normal(name: str) -> str:
    plain = " ".join(name.lower().split())
    return _ALIASES.get(plain, plain)
