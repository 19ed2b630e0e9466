"""The kabupaten and kota: codes, names, kinds, and the provinces they are in."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import CODE, NAME
from analysis.geography.identification import KIND, identify
from analysis.geography.kabkota_book import ALIAS, KabkotaBook, split_kind
from analysis.geography.regions import Regions

PROVINCE = "kode_provinsi"

_COLUMNS = (CODE, PROVINCE, NAME, KIND)


@dataclass(frozen=True, eq=False)
class Kabkota:
    """The kabupaten and kota.

    Parameters
    ----------
    places : DataFrame
        One row each: `kode_kemendagri` ("PP.KK"), `kode_provinsi`, `nama` (with its kind before
        it), `jenis` ("kabupaten" or "kota").
    aliases : DataFrame
        Other names, such as earlier ones: `kode_kemendagri`, `nama_lain` (with the kind).
    regions : Regions
        The provinces.

    Raises
    ------
    DataError
        If a column is missing, a code or name is repeated, a code, its province, its name and its
        kind contradict each other, or an alias is that of another place too; every problem is
        listed.
    """

    places: pd.DataFrame
    aliases: pd.DataFrame
    regions: Regions

    def __post_init__(self) -> None:
        problems = [
            f"  {what}: column {column} is missing"
            for what, frame, columns in (
                ("kabkota", self.places, _COLUMNS),
                ("kabkota_nama_lain", self.aliases, (CODE, ALIAS)),
            )
            for column in columns
            if column not in frame
        ] or [*self._problems(), *self._alias_problems()]
        if problems:
            raise DataError(
                "The tables of kabupaten and kota contradict themselves:\n"
                + "\n".join(problems)
                + "\nCorrect kabkota.csv or kabkota_nama_lain.csv in data/raw, then run "
                "`make data`."
            )

    @cached_property
    def book(self) -> KabkotaBook:
        """Codes and names of the kabupaten and kota."""
        return KabkotaBook(self.places, self.aliases, self.regions.book)

    def codes(
        self, provinces: Collection[str] | None = None, *, without: Collection[str] = ()
    ) -> frozenset[str]:
        """Return the codes of all, or of those in some provinces.

        Parameters
        ----------
        provinces : collection of str, optional
            Kemendagri codes of provinces; all by default.
        without : collection of str
            Codes to leave out.

        Raises
        ------
        DataError
            If a province is unknown, or what is left out is not in them.
        """
        unknown = sorted(set(provinces or ()) - set(self.regions.book.names))
        if unknown:
            raise DataError(
                f"{', '.join(map(repr, unknown))} is no Kemendagri code of a province (two digits, "
                f"as text). There are {', '.join(sorted(self.regions.book.names))}."
            )
        covered = frozenset(
            code for code in self.book.names if provinces is None or code[:2] in provinces
        )
        strange = sorted(set(without) - covered)
        if strange:
            raise DataError(
                f"{', '.join(map(repr, strange))} cannot be left out: it is no kabupaten or kota "
                f"of {self._where(provinces)}. Write codes as PP.KK."
            )
        return covered - set(without)

    def check(
        self,
        frame: pd.DataFrame,
        *,
        what: str,
        provinces: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> None:
        """Refuse a frame that does not have each kabupaten and kota exactly once.

        Parameters
        ----------
        frame : DataFrame
            Column `kode_kemendagri`, and `nama` where there are names to compare; see
            `CodeBook.check`.
        what : str
            What the frame is, for the message: a file or table name.
        provinces : collection of str, optional
            Provinces that it covers; all by default.
        without : collection of str
            Codes that it is known to lack.

        Raises
        ------
        DataError
            If codes are misread, unknown, of another province, repeated or missing, or a name
            belongs to another code. All failures are listed.
        """
        expected = self.codes(provinces, without=without)
        words = self._words(expected, provinces, without)
        self.book.check(frame, expected, expected_words=words, what=what)

    def identify(
        self,
        frame: pd.DataFrame,
        *,
        what: str,
        provinces: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> pd.Series:
        """Return the code of the kabupaten or kota that each row of a frame names.

        Parameters
        ----------
        frame : DataFrame
            Column `nama`, and where there is one `jenis`, which tells a kabupaten from a kota of
            the same name; see `analysis.geography.identification.identify`.
        what, provinces, without
            As in `check`. A name is looked for in these provinces only.

        Returns
        -------
        Series
            `kode_kemendagri` on the index of the frame.

        Raises
        ------
        DataError
            If a name is that of none, of several or of one of another province, or a place is
            there twice or missing. All failures are listed.
        """
        expected = self.codes(provinces, without=without)
        found = identify(
            frame,
            self.book,
            self.codes(provinces),
            expected,
            expected_words=self._words(expected, provinces, without),
            what=what,
        )
        return found.rename(CODE)

    def _words(
        self,
        expected: Collection[str],
        provinces: Collection[str] | None,
        without: Collection[str],
    ) -> str:
        lacking = f" but {', '.join(map(self.book.words, sorted(without)))}" if without else ""
        return f"{len(expected)} kabupaten and kota of {self._where(provinces)}{lacking}"

    def _where(self, provinces: Collection[str] | None) -> str:
        if provinces is None:
            return "the country"
        return ", ".join(self.regions.book.names[code] for code in sorted(provinces))

    def _problems(self) -> Iterator[str]:
        for column in (CODE, NAME):
            for value in self.places.loc[self.places[column].duplicated(), column]:
                yield f"  kabkota, column {column}: {value!r} appears more than once"
        for code, province, name, kind in self.places[list(_COLUMNS)].itertuples(index=False):
            where = f"  kabkota, {code}, column"
            if province not in self.regions.book.names:
                yield f"{where} {PROVINCE}: {province!r} is not in provinsi"
            if not re.fullmatch(rf"{province}\.\d\d", code):
                yield f"{where} {CODE}: expected {province}.KK, two digits after the dot"
            if split_kind(name)[0] != kind:
                yield f"{where} {NAME}: {name!r} does not start with its kind, {kind!r}"

    def _alias_problems(self) -> Iterator[str]:
        for code, alias in self.aliases[[CODE, ALIAS]].itertuples(index=False):
            if code not in self.book.names:
                yield f"  kabkota_nama_lain, {alias!r}: {code!r} is not in kabkota"
            elif split_kind(alias)[0] != split_kind(self.book.names[code])[0]:
                yield f"  kabkota_nama_lain, {alias!r}: write it with its kind, as in kabkota"
            elif len(self.book.index.meant(alias)) > 1:
                meant = " and ".join(map(self.book.words, sorted(self.book.index.meant(alias))))
                yield f"  kabkota_nama_lain, {alias!r}: the name is that of {meant}"
