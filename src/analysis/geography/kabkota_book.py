"""Codes and names of kabupaten and kota, and the ways both are miswritten."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.geography.codebook import CODE, CodeBook, Row
from analysis.geography.names import NameIndex, index_names, plain, words_of
from analysis.geography.provinces import ProvinceBook

ALIAS = "nama_lain"

LACKING = (
    " A table of some provinces says so in its description (cakupan; --coverage 13,14 when it is "
    "added), and what the source itself does not have (tanpa; --without 13.72)."
)

_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota"}
_ADMINISTRATIVE = "administrasi"  # in Jakarta, of a place that is no autonomous region


@dataclass(frozen=True, eq=False)
class KabkotaBook(CodeBook):
    """Codes and names of kabupaten and kota.

    Parameters
    ----------
    places : DataFrame
        `kode_kemendagri`, `nama` with its kind before it.
    aliases : DataFrame
        `kode_kemendagri`, `nama_lain`: other names of the same places, such as earlier ones, each
        with its kind before it.
    provinces : ProvinceBook
        Codes and names of the provinces.
    """

    aliases: pd.DataFrame
    provinces: ProvinceBook

    level = "kabupaten or kota"
    form = "PP.KK, two digits of the province and two more"

    @cached_property
    def index(self) -> NameIndex:
        """Which places a written name may mean."""
        others = zip(self.aliases[CODE], self.aliases[ALIAS], strict=True)
        return index_names([*self.names.items(), *others], _keys, self.readings)

    def readings(self, name: str) -> list[str]:
        """Return what a written name may be, normalised.

        A first word that is a kind may also belong to the name: "Kota Baru" is written for
        Kabupaten Kotabaru.
        """
        kind, bare = split_kind(name)
        whole = f":{plain(name)}"
        return [whole] if kind is None else [f"{kind}:{bare}", whole]

    def misread(self, code: object, name: str | None) -> tuple[str, str] | None:
        """Return the code that is meant where its zero or dot was lost, or BPS has such a code."""
        named = self.index.meant(name or "")
        if isinstance(code, float):
            return self._meant(f"{code:.2f}", "is a number, and codes are text: ")
        if not isinstance(code, str) or code in named:
            return None
        if re.fullmatch(r"\d{2}\.\d", code):
            last_zero, first_zero = f"{code}0", f"{code[:3]}0{code[3]}"
            meant = first_zero if first_zero in named else last_zero
            return self._meant(meant, "lost a zero, as codes do that are taken for numbers: ")
        if re.fullmatch(r"\d{4}", code) and f"{code[:2]}.{code[2:]}" in named:
            return self._meant(f"{code[:2]}.{code[2:]}", "lost its dot: ")
        if len(named) != 1:
            return None
        (meant,) = named
        province, bps = meant[:2], self.provinces.bps[meant[:2]]
        if code[:2] == bps != province:
            whose = f"{self.provinces.names[province]}, which is {province} for Kemendagri: "
            return self._meant(meant, f"starts with the BPS code of {whose}")
        if code not in self.names:
            return self._meant(meant, f"is no Kemendagri code of a {self.level}: by its name ")
        return None

    def why_not(self, code: object, expected_words: str) -> str:
        """Return what is wrong with a code that is not one of those expected."""
        why = super().why_not(code, expected_words)
        if not isinstance(code, str):
            return why
        others = [of for of, bps in self.provinces.bps.items() if code[:2] == bps != of]
        if not others or code[:2] not in self.provinces.names:
            return why
        names = self.provinces.names
        return f"{why}; {code[:2]} is {names[code[:2]]} for Kemendagri, {names[others[0]]} for BPS"

    def missing_words(self, codes: Set[str]) -> list[str]:
        """Return what is missing, place by place, whole provinces in one."""
        words = []
        for province in sorted({code[:2] for code in codes}):
            inside = {code for code in codes if code[:2] == province}
            whole = inside == {code for code in self.names if code[:2] == province}
            name = self.provinces.names[province]
            words += (
                [f"all of {name} ({province}), {len(inside)}, is missing"]
                if whole
                else super().missing_words(inside)
            )
        return words

    def cure(self, rows: list[Row], expected: Set[str]) -> str:
        """Return what to do about the problems of a frame."""
        lacking = expected - {row.meant for row in rows}
        return (
            "Correct these rows. Codes are those of Kemendagri, PP.KK, as text; BPS numbers "
            f"kabupaten and kota otherwise: leave the column {CODE} out to have a table read by "
            f"its names.{LACKING if lacking else ''}"
        )

    @cached_property
    def kinds(self) -> dict[str, str | None]:
        """The kind of each Kemendagri code."""
        return {code: split_kind(name)[0] for code, name in self.names.items()}

    def words(self, code: str) -> str:
        """Return a code with its name, for a message."""
        return f"{code} ({self.names[code]})"

    def _meant(self, code: str, why: str) -> tuple[str, str] | None:
        if code not in self.names:
            return None
        return code, f"{why}{code!r} ({self.names[code]}) is meant"


def split_kind(name: str) -> tuple[str | None, str]:
    """Return the kind that a name starts with, or None, and the rest, normalised.

    Examples
    --------
    >>> split_kind("KAB. ACEH JAYA"), split_kind("Kotabaru")
    (('kabupaten', 'acehjaya'), (None, 'kotabaru'))
    """
    first, *rest = words_of(name) or [""]
    if first not in _KINDS or not rest:
        return None, plain(name)
    return _KINDS[first], "".join(rest)


def _keys(name: str) -> list[str]:
    """Return what a place is found by: its name with its kind and without."""
    kind, bare = split_kind(name)
    return [f"{k}:{b}" for k in (kind, "") for b in {bare, bare.removeprefix(_ADMINISTRATIVE)}]
