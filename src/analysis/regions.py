"""Provinces over time: two systems of codes, and the splits since 2010.

Codes are those of Kemendagri unless a name says BPS. The two systems agree except in Papua, where
they contradict each other: 91 is Papua for Kemendagri and Papua Barat for BPS. Frames are
therefore checked by code and by name.

A *basis* is the set of provinces in force over a period, named by how many there were: "33"
(until 2012), "34" (UU 20/2012), "37" (UU 14, 15 and 16/2022) and "38" (UU 29/2022).
"""

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError

CODE, NAME = "kode_kemendagri", "nama"

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


@dataclass(frozen=True)
class Regions:
    """The provinces and how they came apart.

    Parameters
    ----------
    provinces : DataFrame
        The present provinces: `kode_kemendagri`, `kode_bps`, `nama`, `pulau` (island group),
        `lintang` and `bujur` (of the capital, decimal degrees).
    splits : DataFrame
        One row per new province: `kode_baru`, `kode_induk`, `tanggal` (of the law).
    """

    provinces: pd.DataFrame
    splits: pd.DataFrame

    @cached_property
    def bases(self) -> dict[str, frozenset[str]]:
        """The codes of each basis, oldest basis first."""
        present = set(self.provinces[CODE])
        dates = sorted(self.splits["tanggal"].unique())
        sets = [
            frozenset(present - set(self.splits.loc[self.splits["tanggal"] >= date, "kode_baru"]))
            for date in dates
        ]
        return {str(len(codes)): codes for codes in [*sets, frozenset(present)]}

    def basis_at(self, date: dt.date) -> str:
        """Return the basis in force at a date since 2010."""
        later = set(self.splits.loc[self.splits["tanggal"] > pd.Timestamp(date), "kode_baru"])
        return str(len(self.provinces) - len(later))

    def codes(self, basis: str) -> frozenset[str]:
        """Return the codes of a basis.

        Raises
        ------
        DataError
            If there is no such basis.
        """
        if basis not in self.bases:
            raise DataError(
                f"There is no basis {basis!r}. Choose from {', '.join(self.bases)} provinces."
            )
        return self.bases[basis]

    def unit_of(self, basis: str) -> pd.Series:
        """Return for each present code the code that covers it on a basis."""
        inside = self.codes(basis)
        parents = dict(zip(self.splits["kode_baru"], self.splits["kode_induk"], strict=True))

        def cover(code: str) -> str:
            return code if code in inside else cover(parents[code])

        present = pd.Index(self.provinces[CODE], name=CODE)
        return pd.Series([cover(code) for code in present], index=present)

    def names(self, basis: str) -> pd.Series:
        """Return the name of each unit; one that covers several present provinces says so."""
        units = self.unit_of(basis)
        covered = units.value_counts()
        own = self.provinces.set_index(CODE)[NAME].loc[sorted(self.codes(basis))]
        return own.where(covered[own.index] == 1, own + " (gabungan)")

    def islands(self, basis: str) -> pd.Series:
        """Return the island group of each unit."""
        return self.provinces.set_index(CODE)["pulau"].loc[sorted(self.codes(basis))]

    def check(self, frame: pd.DataFrame, basis: str, *, what: str) -> None:
        """Refuse a frame that does not have each province of a basis exactly once.

        Parameters
        ----------
        frame : DataFrame
            Column `kode_kemendagri`, and `nama` where there are names to compare.
        basis : str
            The set of provinces expected.
        what : str
            What the frame is, for the message: a file or table name.

        Raises
        ------
        DataError
            If codes are those of BPS, unknown, repeated or missing, or a name belongs to
            another code. All failures are listed, by line of a file with one header line.
        """
        expected = self.codes(basis)
        codes = frame[CODE]
        swapped = self._in_bps_codes(frame)
        if swapped:
            raise DataError(
                f"{what}: column {CODE} holds BPS codes, which differ in Papua:\n"
                + "\n".join(swapped)
                + "\nConvert the frame with Regions.to_kemendagri, or correct the codes."
            )
        problems = [
            f"  line {line}, column {CODE}: {code!r} {self._why_not(str(code), basis)}"
            for line, code in enumerate(codes, start=2)
            if code not in expected
        ]
        repeated = codes.duplicated(keep=False)
        problems += [
            f"  line {line}, column {CODE}: {code!r} appears more than once"
            for line, (code, again) in enumerate(zip(codes, repeated, strict=True), start=2)
            if again
        ]
        problems += [
            f"  column {CODE}: {code!r} ({self._names[code]}) is missing"
            for code in sorted(expected - set(codes))
        ]
        problems += self._wrong_names(frame)
        if problems:
            raise DataError(
                f"{what} does not have each of the {basis} provinces exactly once:\n"
                + "\n".join(problems)
                + "\nCorrect these rows, or state the basis the table was made for."
            )

    def merge(
        self, frame: pd.DataFrame, basis: str, to: str, *, sums: list[str], what: str
    ) -> pd.DataFrame:
        """Bring counts from one basis to a coarser one by adding up.

        Parameters
        ----------
        frame : DataFrame
            One row per province of `basis`: `kode_kemendagri`, the columns of `sums`.
        basis, to : str
            From and to which set of provinces; `to` must not be finer.
        sums : list of str
            Columns of counts. A missing count is an error: a sum with a gap is no sum.
        what : str
            What the frame is, for the message.

        Returns
        -------
        DataFrame
            Indexed by `kode_kemendagri` of the units of `to`, sorted; the columns of `sums`.

        Raises
        ------
        DataError
            If the frame does not fit its basis, a count is missing, or `to` is finer.
        """
        self.check(frame, basis, what=what)
        if not self.codes(to) <= self.codes(basis):
            raise DataError(
                f"{what} is on {basis} provinces and cannot be brought to {to}: counts are added "
                f"up, never split. Choose {basis} provinces or fewer."
            )
        gaps = frame[frame[sums].isna().any(axis=1)]
        if len(gaps):
            raise DataError(
                f"{what}: {', '.join(sums)} is missing for {', '.join(gaps[CODE])}. Add the "
                "counts; a missing count is never taken for zero."
            )
        units = frame[CODE].map(self.unit_of(to)).rename(CODE)
        return frame.groupby(units)[sums].sum().sort_index()

    def to_kemendagri(self, frame: pd.DataFrame, *, column: str = "kode_bps") -> pd.DataFrame:
        """Return a frame with BPS codes in `column` as one with Kemendagri codes.

        Raises
        ------
        DataError
            If a code is no BPS code of a province.
        """
        translation = self.provinces.set_index("kode_bps")[CODE]
        unknown = sorted(set(frame[column]) - set(translation.index))
        if unknown:
            raise DataError(
                f"Column {column}: {', '.join(map(repr, unknown))} is no BPS code of a province. "
                "Codes are text of two digits."
            )
        return frame.assign(**{CODE: frame[column].map(translation)}).drop(columns=column)

    @cached_property
    def _codes_by_name(self) -> dict[str, tuple[str, str]]:
        """The codes of Kemendagri and of BPS, by normalised name."""
        columns = (self.provinces[column] for column in (NAME, CODE, "kode_bps"))
        return {_normal(name): (code, bps) for name, code, bps in zip(*columns, strict=True)}

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.provinces[CODE], self.provinces[NAME], strict=True))

    def _in_bps_codes(self, frame: pd.DataFrame) -> list[str]:
        """Return the rows whose code is wrong for their name, but right in the system of BPS."""
        rows = []
        for line, code, name in _lines(frame):
            kemendagri, bps = self._codes_by_name.get(_normal(name), (code, code))
            if code == bps != kemendagri:
                rows.append(f"  line {line}: {code} {name!r} (Kemendagri {kemendagri})")
        return rows

    def _wrong_names(self, frame: pd.DataFrame) -> list[str]:
        problems = []
        for line, code, name in _lines(frame):
            if code in self._names and _normal(name) != _normal(self._names[code]):
                near = difflib.get_close_matches(name, self._names.values(), n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                problems.append(
                    f"  line {line}, column {NAME}: {name!r}, but {code} is "
                    f"{self._names[code]!r}{hint}"
                )
        return problems

    def _why_not(self, code: str, basis: str) -> str:
        if code in self._names:
            return f"({self._names[code]}) is not one of the {basis}"
        return "is no Kemendagri code of a province (two digits, as text)"


def _lines(frame: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Yield file line, code and name of each row, where there are names."""
    if NAME in frame:
        pairs = zip(frame[CODE], frame[NAME], strict=True)
        yield from (
            (line, str(code), str(name)) for line, (code, name) in enumerate(pairs, start=2)
        )


def _normal(name: str) -> str:
    plain = " ".join(name.lower().split())
    return _ALIASES.get(plain, plain)
