"""Provinces over time: the splits since 2010.

A *basis* is the set of provinces in force over a period, named by how many there were: "33"
(until 2012), "34" (UU 20/2012), "37" (UU 14, 15 and 16/2022) and "38" (UU 29/2022). Codes and names
are those of a `ProvinceBook`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError
from analysis.geography.boundaries import add_up, common_units, unit_names
from analysis.geography.codebook import BPS_CODE, CODE, NAME
from analysis.geography.provinces import ProvinceBook

_PROVINCES = (CODE, BPS_CODE, NAME, "pulau", "lintang", "bujur")
_SPLITS = ("kode_baru", "kode_induk", "tanggal")


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
    def book(self) -> ProvinceBook:
        """Codes and names of the present provinces."""
        return ProvinceBook(self.provinces)

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
        later = self.splits[~self.splits["kode_baru"].isin(inside)]
        return common_units(self.provinces[CODE], later)

    def names(self, basis: str, *, merged: str = "{}") -> pd.Series:
        """Return the name of each unit.

        Parameters
        ----------
        basis : str
            Set of provinces.
        merged : str
            How one that covers several present provinces is called, such as ``"{} (gabungan)"``;
            the words are the caller's.
        """
        own = self.provinces.set_index(CODE)[NAME]
        return unit_names(self.unit_of(basis), own, merged=merged)

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
        self.book.check(frame, self.codes(basis), expected_words=f"{basis} provinces", what=what)

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
        return add_up(frame, self.unit_of(to), sums=sums, what=what)

    def to_kemendagri(self, frame: pd.DataFrame, *, column: str = BPS_CODE) -> pd.DataFrame:
        """Return a frame with BPS codes in `column` as one with Kemendagri codes.

        Raises
        ------
        DataError
            If a code is no BPS code of a province.
        """
        return self.book.to_kemendagri(frame, column=column)

    def _by_code(self, basis: str) -> pd.DataFrame:
        return self.provinces.set_index(CODE).loc[sorted(self.codes(basis))]

    def _split_problems(self) -> Iterator[str]:
        born = dict(zip(self.splits["kode_baru"], self.splits["tanggal"], strict=True))
        for column in ("kode_baru", "kode_induk"):
            for code in self.splits.loc[~self.splits[column].isin(self.book.names), column]:
                yield f"  pemekaran, column {column}: {code!r} is not in provinsi"
        for code in self.splits.loc[self.splits["kode_baru"].duplicated(), "kode_baru"]:
            yield f"  pemekaran, column kode_baru: {code!r} appears more than once"
        for code, parent in zip(self.splits["kode_baru"], self.splits["kode_induk"], strict=True):
            if parent in born and not born[parent] < born[code]:
                yield f"  pemekaran: {code!r} came out of {parent!r}, which is not older"


def _province_problems(provinces: pd.DataFrame) -> Iterator[str]:
    for column in (CODE, BPS_CODE, NAME):
        for value in provinces.loc[provinces[column].duplicated(), column]:
            yield f"  provinsi, column {column}: {value!r} appears more than once"
