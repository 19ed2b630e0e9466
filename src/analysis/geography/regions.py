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

_PROVINCES = (CODE, "kode_bps", NAME, "pulau", "lintang", "bujur")
_SPLITS = ("kode_baru", "kode_induk", "tanggal")

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
class Regions:
    """The provinces and how they came apart.

    Parameters
    ----------
    provinces : DataFrame
        The present provinces: `kode_kemendagri`, `kode_bps`, `nama`, `pulau` (island group),
        `lintang` and `bujur` (of the capital, decimal degrees).
    splits : DataFrame
        One row per new province: `kode_baru`, `kode_induk`, `tanggal` (of the law).

    Raises
    ------
    DataError
        If a column is missing, a code or name is repeated, or a split names a province that is
        unknown or younger than what came out of it; every problem is listed.
    """

    provinces: pd.DataFrame
    splits: pd.DataFrame

    def __post_init__(self) -> None:
        problems = [
            f"  {what}: column {column} is missing"
            for what, frame, columns in (
                ("provinsi", self.provinces, _PROVINCES),
                ("pemekaran", self.splits, _SPLITS),
            )
            for column in columns
            if column not in frame
        ] or [*_province_problems(self.provinces), *self._split_problems()]
        if problems:
            raise DataError(
                "The tables of provinces contradict themselves:\n"
                + "\n".join(problems)
                + "\nCorrect provinsi.csv or pemekaran.csv in data/raw, then run `make data`."
            )

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

    def common_basis(self, *bases: str) -> str:
        """Return the finest basis that all the bases given can be brought to: their coarsest."""
        return min(bases, key=lambda basis: len(self.codes(basis)))

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
        parents = self._parents

        def cover(code: str) -> str:
            return code if code in inside else cover(parents[code])

        present = pd.Index(self.provinces[CODE], name=CODE)
        return pd.Series([cover(code) for code in present], index=present)

    def names(self, basis: str) -> pd.Series:
        """Return the name of each unit; one that covers several present provinces says so."""
        covered = self.unit_of(basis).value_counts()
        own = self._by_code(basis)[NAME]
        return own.where(covered[own.index] == 1, own + " (gabungan)")

    def full_names(self, basis: str) -> pd.Series:
        """Return the name of each unit with the present provinces it includes besides its own."""
        units = self.unit_of(basis)
        own = self._by_code(basis)[NAME]
        inside = {
            unit: ", ".join(self._names[code] for code in units.index[units == unit].drop(unit))
            for unit in own.index
        }
        return pd.Series(
            [f"{n} (termasuk {inside[c]})" if inside[c] else n for c, n in own.items()],
            index=own.index,
            name=NAME,
        )

    def islands(self, basis: str) -> pd.Series:
        """Return the island group of each unit."""
        return self._by_code(basis)["pulau"]

    def coordinates(self, basis: str) -> pd.DataFrame:
        """Return latitude and longitude of each unit's capital: `lintang`, `bujur`, degrees."""
        return self._by_code(basis)[["lintang", "bujur"]]

    def check(self, frame: pd.DataFrame, basis: str, *, what: str) -> None:
        """Refuse a frame that does not have each province of a basis exactly once.

        Parameters
        ----------
        frame : DataFrame
            Column `kode_kemendagri`, and `nama` where there are names to compare. An index of
            whole numbers counts the rows of a file from zero, so that row 0 is its line 2.
        basis : str
            The set of provinces expected.
        what : str
            What the frame is, for the message: a file or table name.

        Raises
        ------
        DataError
            If codes are those of BPS, unknown, repeated or missing, or a name belongs to
            another code. All failures are listed.
        """
        expected = self.codes(basis)
        rows = list(_rows(frame))
        swapped = self._in_bps_codes(rows)
        # What the swap explains is told once: the other checks see the codes that were meant.
        meant = [swapped.get(line, code) for line, code, _ in rows]
        counts = pd.Series(meant, dtype="object").value_counts()
        problems = [
            f"  line {line}, column {CODE}: {code!r} is the BPS code of {name}; the Kemendagri "
            f"code is {swapped[line]!r}"
            for line, code, name in rows
            if line in swapped
        ]
        problems += [
            f"  line {line}, column {CODE}: {code!r} {self._why_not(code, basis)}"
            for (line, _, _), code in zip(rows, meant, strict=True)
            if code not in expected
        ]
        problems += [
            f"  line {line}, column {CODE}: {code!r} appears more than once"
            for (line, _, _), code in zip(rows, meant, strict=True)
            if counts.get(code, 0) > 1
        ]
        problems += [
            f"  column {CODE}: {code!r} ({self._names[code]}) is missing"
            for code in sorted(expected - set(meant))
        ]
        problems += [
            f"  line {line}, column {NAME}: {name!r}, but {code} is {self._names[code]!r}"
            + self._whose(name)
            for (line, _, name), code in zip(rows, meant, strict=True)
            if name is not None
            and code in self._names
            and _normal(name) != _normal(self._names[code])
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
                f"{what} does not have each of the {basis} provinces exactly once:\n"
                + "\n".join(problems)
                + f"\n{cure}"
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
            reachable = [name for name, codes in self.bases.items() if codes <= self.codes(basis)]
            raise DataError(
                f"{what} is on {basis} provinces and cannot be brought to {to}: counts are added "
                f"up, never split. Choose the basis {' or '.join(reachable)}."
            )
        gaps = [
            f"  column {column}: {', '.join(frame.loc[frame[column].isna(), CODE])}"
            for column in sums
            if frame[column].isna().any()
        ]
        if gaps:
            raise DataError(
                f"{what} lacks counts:\n"
                + "\n".join(gaps)
                + "\nAdd the counts, or leave the column out; a missing count is never zero."
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
        unknown = frame.loc[~frame[column].isin(translation.index), column].unique()
        if len(unknown):
            raise DataError(
                f"Column {column}: {', '.join(map(repr, unknown))} is no BPS code of a province. "
                "Codes are text of two digits; correct them."
            )
        return frame.assign(**{CODE: frame[column].map(translation)}).drop(
            columns=[] if column == CODE else column
        )

    def _by_code(self, basis: str) -> pd.DataFrame:
        return self.provinces.set_index(CODE).loc[sorted(self.codes(basis))]

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.provinces[CODE], self.provinces[NAME], strict=True))

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_normal(name): code for code, name in self._names.items()}

    @cached_property
    def _bps(self) -> dict[str, str]:
        return dict(zip(self.provinces[CODE], self.provinces["kode_bps"], strict=True))

    @cached_property
    def _parents(self) -> dict[str, str]:
        return dict(zip(self.splits["kode_baru"], self.splits["kode_induk"], strict=True))

    def _in_bps_codes(self, rows: list[tuple[int, object, str | None]]) -> dict[int, str]:
        """Return, by line, the Kemendagri code of each row whose code is right only for BPS."""
        meant = ((line, code, self._by_name.get(_normal(name or ""))) for line, code, name in rows)
        return {
            line: kemendagri
            for line, code, kemendagri in meant
            if kemendagri is not None and code == self._bps[kemendagri] != kemendagri
        }

    def _whose(self, name: str) -> str:
        if _normal(name) in self._by_name:
            return f" and {name!r} is {self._by_name[_normal(name)]}"
        near = difflib.get_close_matches(name, self._names.values(), n=1)
        return f"; did you mean {near[0]!r}?" if near else ""

    def _why_not(self, code: object, basis: str) -> str:
        if isinstance(code, str) and code in self._names:
            return f"({self._names[code]}) is not one of the {basis}"
        return "is no Kemendagri code of a province (two digits, as text)"

    def _split_problems(self) -> Iterator[str]:
        born = dict(zip(self.splits["kode_baru"], self.splits["tanggal"], strict=True))
        for column in ("kode_baru", "kode_induk"):
            for code in self.splits.loc[~self.splits[column].isin(self._names), column]:
                yield f"  pemekaran, column {column}: {code!r} is not in provinsi"
        for code in self.splits.loc[self.splits["kode_baru"].duplicated(), "kode_baru"]:
            yield f"  pemekaran, column kode_baru: {code!r} appears more than once"
        for code, parent in self._parents.items():
            if parent in born and not born[parent] < born[code]:
                yield f"  pemekaran: {code!r} came out of {parent!r}, which is not older"


def _province_problems(provinces: pd.DataFrame) -> Iterator[str]:
    for column in (CODE, "kode_bps", NAME):
        for value in provinces.loc[provinces[column].duplicated(), column]:
            yield f"  provinsi, column {column}: {value!r} appears more than once"


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
