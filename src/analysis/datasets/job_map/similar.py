"""Names that differ in one letter: one post twice, or two posts? Shown, and never decided.

Two names are similar if one turns into the other by one letter added, left out or changed, or by
two neighbouring letters changing places, when spaces, punctuation and small or capital letters do
not count. Names are set apart on purpose by a figure, a Roman numeral or a single letter (Guru
Kelas I, II; Operator A, B): these are not similar.
"""

import re
from collections.abc import Iterable, Iterator

from analysis.geography.names import plain, words_of

_SHORTEST = 5  # letters: shorter names differ in one letter too easily
_NUMBERED = re.compile(r"\d+|[ivxlc]+|[a-z]")


def similar_names(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of names that are similar, each in the order given.

    Examples
    --------
    >>> similar_names(["Pengadministrasi Umum", "Perawat", "Pengadministarsi Umum"])
    [('Pengadministrasi Umum', 'Pengadministarsi Umum')]
    >>> similar_names(["Guru Kelas I", "Guru Kelas V", "Operator 1", "Operator 2"])
    []
    """
    known: dict[str, list[str]] = {}
    pairs = []
    for name in dict.fromkeys(names):
        letters = plain(name)
        if len(letters) < _SHORTEST:
            continue
        variants = {letters, *_with_one_letter_less(letters)}
        near = dict.fromkeys(other for v in variants for other in known.get(v, []))
        pairs += [(o, name) for o in near if _one_step(plain(o), letters) and _by_chance(o, name)]
        for variant in variants:
            known.setdefault(variant, []).append(name)
    return pairs


def _with_one_letter_less(letters: str) -> Iterator[str]:
    for i in range(len(letters)):
        yield letters[:i] + letters[i + 1 :]


def _one_step(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour makes a to b."""
    short, long = sorted((a, b), key=len)
    start = next((i for i, x in enumerate(short) if x != long[i]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    rest = short[start + 1 :]
    swapped = short[start : start + 2][::-1] + short[start + 2 :]
    return a != b and (rest == long[start + 1 :] or swapped == long[start:])


def _by_chance(a: str, b: str) -> bool:
    """Whether the words that differ are none that set names apart on purpose."""
    mine, theirs = words_of(a), words_of(b)
    differing = [word for word in mine if word not in theirs]
    differing += [word for word in theirs if word not in mine]
    return not all(_NUMBERED.fullmatch(word) for word in differing)
