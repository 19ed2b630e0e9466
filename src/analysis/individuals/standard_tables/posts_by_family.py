"""Posts as a dimension with two levels: kind of post, and job family."""

from typing import Final

import pandas as pd

from analysis.individuals.aggregation import UNKNOWN

POST: Final = "jabatan"
"""Name of the dimension."""

FUNCTIONAL: Final = "Jabatan fungsional"
_KINDS: Final = {
    "1": "Jabatan struktural",
    "2": FUNCTIONAL,
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
NAMED, MAJOR = 15, 5
"""Families that have a row of their own, those with the most people; by place only the first."""


def kinds(codes: "pd.Series[str]") -> "pd.Series[str]":
    """Return the kind of post of each code of SIASN."""
    return codes.map(_KINDS).fillna(UNKNOWN)


def largest_families(frame: pd.DataFrame, value: str) -> tuple[str, ...]:
    """Return the job families with the most people; of equal ones the first by name.

    Parameters
    ----------
    frame : DataFrame
        `jenis_jabatan`, `jabatan` (as in `DIMENSIONS`) and numbers of people.
    value : str
        Column of the numbers.
    """
    titled = frame[frame["jenis_jabatan"].isin(list(_REST)) & (frame["jabatan"] != UNKNOWN)]
    sums = titled.groupby(_families(titled["jabatan"]))[value].sum().reset_index()
    ordered = sums.sort_values([value, "jabatan"], ascending=[False, True], kind="stable")
    return tuple(ordered["jabatan"].head(NAMED))


def by_family(
    frame: pd.DataFrame, named: tuple[str, ...], *, coarse: bool = False
) -> tuple["pd.Series[str]", dict[str, str]]:
    """Return the family of each row, and what each family is counted under.

    A family is a title without the jenjang that ends it; that of a structural post is its echelon.
    The largest families are counted under their kind of post, the next ones under the others of
    their kind, with the rest of all.

    Parameters
    ----------
    frame : DataFrame
        `jenis_jabatan` and `jabatan`.
    named : tuple of str
        Families with a row of their own, the largest first.
    coarse : bool
        Leave the next ones and the rest together, and the echelons.
    """
    posts = frame[["jenis_jabatan", "jabatan"]].drop_duplicates()
    code = posts["jenis_jabatan"]
    kind, other = kinds(code), code.map(_REST)
    family = _families(posts["jabatan"])
    # Two kinds of post may have a family of one name: each has its own.
    kinds_of = pd.DataFrame({"family": family, "code": code}).drop_duplicates()["family"]
    both = family.isin(set(kinds_of[kinds_of.duplicated()]))
    label = family.where(~both, family + " (" + kind.str.lower() + ")")
    label = label.where(family.isin(named), other.str.replace("lainnya", "sisanya"))
    major = family.isin(named[:MAJOR])
    if coarse:
        label = label.where(major, other)
    echelon = posts["jabatan"].str.removeprefix("Eselon ").map(_ROMAN).fillna(UNKNOWN)
    label = label.where(code != "1", kind if coarse else "Eselon " + echelon)
    label = label.where(other.notna() | (code == "1"), kind)
    above = other.where(other.notna() & ~major & (label != other), kind)
    tree = {own: over for own, over in zip(label, above, strict=True) if own != over}
    tree |= {over: kinds(pd.Series([c]))[0] for c, over in _REST.items() if over in set(above)}
    index = pd.MultiIndex.from_frame(posts)
    found = pd.Series(label.to_numpy(), index=index)
    return found.reindex(pd.MultiIndex.from_frame(frame[list(posts)])).set_axis(frame.index), tree


def _families(titles: "pd.Series[str]") -> "pd.Series[str]":
    return titles.str.replace(_LEVEL, "", regex=True)
