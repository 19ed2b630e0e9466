"""What the title of a head says: the echelon of the post, and the name of the unit.

The echelon is inferred from the first words of the title or of the unit's name, by the table
`eselon_menurut_nama`: the longest beginning that is known there, so that *Sekretaris Daerah* is
not taken for *Sekretaris* of an office.
"""

from collections.abc import Mapping
from typing import Literal, get_args

import pandas as pd

from analysis.errors import DataError
from analysis.geography.names import words_of

Scope = Literal["pusat", "provinsi", "kabkota"]
SCOPES = get_args(Scope)

_HEAD = ("kepala", "plt", "plh")
_SHORT = {
    "kabag": "bagian",
    "kabid": "bidang",
    "kabiro": "biro",
    "kadis": "dinas",
    "kaban": "badan",
    "kasi": "seksi",
    "kasie": "seksi",
    "subbag": "subbagian",
    "subag": "subbagian",
    "kasubbag": "subbagian",
    "kasubag": "subbagian",
    "kasubbid": "subbidang",
    "kasubid": "subbidang",
    "subbid": "subbidang",
    "kasubdit": "subdirektorat",
    "subdit": "subdirektorat",
    "kaur": "urusan",
}


def tidy_beginnings(table: pd.DataFrame) -> pd.DataFrame:
    """Return which beginnings of names are of which echelon, by kind of government."""
    return table.sort_values(["lingkup", "eselon", "awalan"], ignore_index=True)


def inferred_from_titles(titles: pd.Series, beginnings: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the kind of unit and the echelon that each title says, missing where it says none.

    Parameters
    ----------
    titles : Series of str
        Titles of heads or names of units, such as "Kasubbag Tata Usaha" or "Bidang Statistik".
    beginnings : DataFrame
        The table `eselon_menurut_nama`.
    scope : {"pusat", "provinsi", "kabkota"}
        Kind of government: the same word is another echelon in another one.

    Returns
    -------
    DataFrame
        Index of the titles; `jenis` (the beginning that was recognised) and `eselon`.

    Raises
    ------
    DataError
        If there is no such kind of government.
    """
    if scope not in SCOPES:
        raise DataError(f"{scope!r} is no kind of government. Use one of {', '.join(SCOPES)}.")
    here = beginnings[beginnings["lingkup"] == scope]
    known = {
        tuple(begin.split()): (begin, echelon)
        for begin, echelon in zip(here["awalan"], here["eselon"], strict=True)
    }
    longest = max(map(len, known))
    found = [_longest(words_without_head(str(title)), known, longest) for title in titles]
    return pd.DataFrame(found, index=titles.index, columns=["jenis", "eselon"], dtype="str")


def _longest(
    words: tuple[str, ...], known: Mapping[tuple[str, ...], tuple[str, str]], longest: int
) -> tuple[str, str] | tuple[None, None]:
    for length in range(min(longest, len(words)), 0, -1):
        if words[:length] in known:
            return known[words[:length]]
    return None, None


def words_without_head(title: str) -> tuple[str, ...]:
    """Return the words of a title in small letters, without *kepala*, abbreviations spelt out.

    Examples
    --------
    >>> words_without_head("Kasubbag  Tata Usaha"), words_without_head("KEPALA Bidang Sosial")
    (('subbagian', 'tata', 'usaha'), ('bidang', 'sosial'))
    """
    words = list(words_of(title))
    while words and words[0] in _HEAD:
        words.pop(0)
    return (_SHORT.get(words[0], words[0]), *words[1:]) if words else ()


def unit_name(title: str) -> str:
    """Return the name of the unit that a title heads, as far as the title has it.

    Examples
    --------
    >>> unit_name("kepala Seksi Penagihan"), unit_name("Kasubag Tata  Usaha")
    ('Seksi Penagihan', 'Subbagian Tata Usaha')
    >>> unit_name("Inspektur Pembantu I")
    'Inspektur Pembantu I'
    """
    words = title.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in _HEAD:
        words.pop(0)
    first = _SHORT.get(words[0].lower().rstrip("."), words[0])
    return " ".join([first[:1].upper() + first[1:], *words[1:]])
