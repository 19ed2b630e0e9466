"""Names of places, compared exactly after a stated normalisation and never by similarity."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SHORT = {"kep": "kepulauan", "adm": "administrasi"}


def words_of(name: str) -> list[str]:
    """Return the words of a name in small letters, without punctuation.

    The abbreviations "Kep." and "Adm." are written out.

    Examples
    --------
    >>> words_of("KEP. ARU"), words_of("Tojo Una-Una")
    (['kepulauan', 'aru'], ['tojo', 'una', 'una'])
    """
    return [_SHORT.get(word, word) for word in _WORD.findall(name.casefold())]


def plain(name: str) -> str:
    """Return the words of a name written together, so that spaces do not tell names apart.

    Examples
    --------
    >>> plain("Labuhan Batu") == plain("LABUHANBATU")
    True
    """
    return "".join(words_of(name))


@dataclass(frozen=True, eq=False)
class NameIndex:
    """Which places a written name may mean.

    Parameters
    ----------
    codes : mapping of str to frozenset of str
        The codes of the places that have a normalised name.
    readings : callable
        Takes a written name and returns its normalised readings: "Kota Baru" is a kota named Baru
        or a place named Kotabaru.
    """

    codes: Mapping[str, frozenset[str]]
    readings: Callable[[str], Iterable[str]]

    def meant(self, name: str) -> frozenset[str]:
        """Return the codes that a name may mean: none, one, or several."""
        none: frozenset[str] = frozenset()
        return none.union(*(self.codes.get(reading, none) for reading in self.readings(name)))


def index_names(
    names: Iterable[tuple[str, str]],
    keys: Callable[[str], Iterable[str]],
    readings: Callable[[str], Iterable[str]],
) -> NameIndex:
    """Return the index of names.

    Parameters
    ----------
    names : iterable of (str, str)
        Code and name; a place may have several names.
    keys : callable
        Takes a name of a place and returns the normalised ones it is found by.
    readings : callable
        As in `NameIndex`.
    """
    codes: dict[str, frozenset[str]] = {}
    for code, name in names:
        for key in keys(name):
            codes[key] = codes.get(key, frozenset()) | {code}
    return NameIndex(codes, readings)
