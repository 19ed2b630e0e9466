"""Posts as a dimension with two levels: kind of post, and job family."""

from typing import Final

import pandas as pd

from analysis.individuals.aggregation import UNKNOWN

POST: Final = "jabatan"
"""Name of the dimension."""

_KINDS: Final = {
    "1": "Jabatan struktural",
    "2": "Jabatan fungsional",
    "3": "Jabatan rangkap",
    "4": "Jabatan pelaksana",
}
_REST: Final = {"2": "Fungsional lainnya", "4": "Pelaksana lainnya"}
_ROMAN: Final = {
    str(number): roman for number, roman in enumerate(("I", "II", "III", "IV", "V"), 1)
}
_LEVELS: Final = (
    *("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"),
    *("Pemula", "Terampil", "Mahir", "Penyelia"),
)
_LEVEL: Final = rf" (?:{'|'.join(_LEVELS)})$"
NAMED: Final = 15
"""Families that have a row of their own: those with the most people."""


def kinds(codes: "pd.Series[str]") -> "pd.Series[str]":
    """Return the kind of post of each code of SIASN."""
    return codes.map(_KINDS).fillna(UNKNOWN)


def largest_families(frame: pd.DataFrame, value: str) -> frozenset[str]:
    """Return the job families with the most people; of equal ones the first by name.

    Parameters
    ----------
    frame : DataFrame
        `jenis_jabatan`, `jabatan` (as in `DIMENSIONS`) and numbers of people.
    value : str
        Column of the numbers.
    """
    titled = frame[frame["jenis_jabatan"].isin(list(_REST)) & (frame["jabatan"] != UNKNOWN)]
    sums = titled.groupby(_family(titled["jabatan"]))[value].sum().reset_index()
    ordered = sums.sort_values([value, "jabatan"], ascending=[False, True], kind="stable")
    return frozenset(ordered["jabatan"].head(NAMED))


def by_family(
    frame: pd.DataFrame, named: frozenset[str]
) -> tuple["pd.Series[str]", dict[str, str]]:
    """Return the family of each row, and the kind of post of each family.

    A family is a title without the jenjang that ends it; that of a structural post is its echelon.
    Families that are not named are the rest of their kind.

    Parameters
    ----------
    frame : DataFrame
        `jenis_jabatan` and `jabatan`.
    named : frozenset of str
    """
    code, kind = frame["jenis_jabatan"], kinds(frame["jenis_jabatan"])
    echelon = frame["jabatan"].str.removeprefix("Eselon ")
    family = _family(frame["jabatan"])
    rest = code.map(_REST)
    # A pelaksana may bear the title of a functional family: then it is none of it.
    own = family.where(family.isin(list(named)) & rest.notna(), rest)
    own = own.where(code != "1", "Eselon " + echelon.map(_ROMAN).fillna(UNKNOWN))
    found = own.fillna(kind)
    home = pd.DataFrame({"family": found, "kind": kind}).drop_duplicates()
    twice = home["family"].duplicated(keep=False)
    both = set(home.loc[twice, "family"])
    label = found.where(~found.isin(list(both)), found + " (" + kind.str.lower() + ")")
    tree = dict(zip(label, kind, strict=True))
    return label, {child: above for child, above in tree.items() if child != above}


def _family(titles: "pd.Series[str]") -> "pd.Series[str]":
    return titles.str.replace(_LEVEL, "", regex=True)
