"""The kabupaten and kota: codes, names, kinds, and the provinces they are in."""

import re
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import CODE, NAME, CodeBook, Row
from analysis.geography.names import NameIndex, index_names, plain, words_of
from analysis.geography.regions import Regions

PROVINCE, KIND = "kode_provinsi", "jenis"

# How the kind is written before a name, and after that, in Jakarta, that a place is no autonomous
# region.
_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota"}
_ADMINISTRATIVE = {"administrasi", "adm"}

_COLUMNS = (CODE, PROVINCE, NAME, KIND)


@dataclass(frozen=True, eq=False)
class KabkotaBook(CodeBook):
    """Codes and names of kabupaten and kota.

    Parameters
    ----------
    places : DataFrame
        `kode_kemendagri`, `nama`.
    regions : Regions
        The provinces.
    """

    regions: Regions

    level = "kabupaten or kota"
    form = "PP.KK, two digits of the province and two more"

    @cached_property
    def index(self) -> NameIndex:
        """Which places a written name may mean."""
        return index_names(self.names.items(), _keys, self.readings)

    def readings(self, name: str) -> list[str]:
        """Return what a written name may be, normalised.

        A first word that is a kind may also belong to the name: "Kota Baru" is written for
        Kabupaten Kotabaru.
        """
        kind, bare = split_kind(name)
        return [f":{plain(name)}"] if kind is None else [f"{kind}:{bare}", f":{plain(name)}"]

    def misread(self, code: object, name: str | None) -> tuple[str, str] | None:
        """Return the code that is meant where zero or dot was lost, or the province is of BPS."""
        named = self.index.meant(name or "")
        if isinstance(code, float):
            return self._from_number(f"{code:.2f}", "is a number and no text: ")
        if not isinstance(code, str):
            return None
        if re.fullmatch(r"\d{2}\.\d", code):
            candidates = [c for c in (f"{code}0", f"{code[:3]}0{code[3]}") if c in self.names]
            meant = next((c for c in candidates if c in named), None) or next(iter(candidates), "")
            return self._from_number(meant, "lost a zero, as a code that was taken for a number: ")
        if re.fullmatch(r"\d{4}", code) and f"{code[:2]}.{code[2:]}" in named:
            return self._from_number(f"{code[:2]}.{code[2:]}", "lost its dot: ")
        for meant in named if len(named) == 1 and code not in named else ():
            bps = self.regions.book.bps[meant[:2]]
            if code[:2] == bps != meant[:2]:
                return meant, (
                    f"starts with the BPS code of {self.regions.book.names[meant[:2]]}, which is "
                    f"{meant[:2]} for Kemendagri: {meant!r} ({self.names[meant]}) is meant"
                )
        return None

    def _from_number(self, meant: str, why: str) -> tuple[str, str] | None:
        if meant not in self.names:
            return None
        return meant, f"{why}{meant!r} ({self.names[meant]}) is meant"

    def cure(self, rows: list[Row], expected: Set[str]) -> str:
        """Return what to do about the problems of a frame."""
        del rows, expected
        return (
            "Correct these rows. Codes are Kemendagri codes, kept as text; those of BPS number "
            "kabupaten and kota otherwise."
        )


@dataclass(frozen=True, eq=False)
class Kabkota:
    """The kabupaten and kota.

    Parameters
    ----------
    places : DataFrame
        One row each: `kode_kemendagri` ("PP.KK"), `kode_provinsi`, `nama` (with its kind before
        it), `jenis` ("kabupaten" or "kota").
    regions : Regions
        The provinces.

    Raises
    ------
    DataError
        If a column is missing, a code or name is repeated, or a code, its province, its name and
        its kind contradict each other; every problem is listed.
    """

    places: pd.DataFrame
    regions: Regions

    def __post_init__(self) -> None:
        problems = [
            f"  kabkota: column {column} is missing"
            for column in _COLUMNS
            if column not in self.places
        ] or list(self._problems())
        if problems:
            raise DataError(
                "The table of kabupaten and kota contradicts itself:\n"
                + "\n".join(problems)
                + "\nCorrect kabkota.csv in data/raw, then run `make data`."
            )

    @cached_property
    def book(self) -> KabkotaBook:
        """Codes and names of the kabupaten and kota."""
        return KabkotaBook(self.places, self.regions)

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
        lacking = f" but {', '.join(sorted(without))}" if without else ""
        words = f"{len(expected)} kabupaten and kota of {self._where(provinces)}{lacking}"
        self.book.check(frame, expected, expected_words=words, what=what)

    def _where(self, provinces: Collection[str] | None) -> str:
        if provinces is None:
            return "the country"
        return ", ".join(self.regions.book.names[code] for code in sorted(provinces))

    def _problems(self) -> Iterator[str]:
        for column in (CODE, NAME):
            for value in self.places.loc[self.places[column].duplicated(), column]:
                yield f"  column {column}: {value!r} appears more than once"
        for code, province, name, kind in self.places[list(_COLUMNS)].itertuples(index=False):
            if province not in self.regions.book.names:
                yield f"  {code}, column {PROVINCE}: {province!r} is not in provinsi"
            if not re.fullmatch(rf"{province}\.\d\d", code):
                yield f"  {code}, column {CODE}: expected {province}.KK, two digits after the dot"
            if split_kind(name)[0] != kind:
                yield f"  {code}, column {NAME}: {name!r} does not start with its kind, {kind!r}"


def split_kind(name: str) -> tuple[str | None, str]:
    """Return the kind that a name starts with, or None, and the rest, normalised.

    Examples
    --------
    >>> split_kind("Kota Adm. Jakarta Pusat"), split_kind("KAB. ACEH JAYA"), split_kind("Kotabaru")
    (('kota', 'jakartapusat'), ('kabupaten', 'acehjaya'), (None, 'kotabaru'))
    """
    first, *rest = words_of(name) or [""]
    if first not in _KINDS or not rest:
        return None, plain(name)
    return _KINDS[first], "".join(rest[1:] if rest[0] in _ADMINISTRATIVE else rest)


def _keys(name: str) -> list[str]:
    """Return what a place is found by: its name with its kind, and without."""
    kind, bare = split_kind(name)
    return [f"{kind}:{bare}", f":{bare}"]
