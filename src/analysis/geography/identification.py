"""Find the codes of places that a table only names."""

from collections.abc import Iterator, Set

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import NAME, cells_of, listed
from analysis.geography.kabkota_book import LACKING, KabkotaBook
from analysis.geography.names import words_of

KIND = "jenis"

_TOTAL = {"jumlah", "total"}


def identify(
    frame: pd.DataFrame,
    book: KabkotaBook,
    covered: Set[str],
    expected: Set[str],
    *,
    expected_words: str,
    what: str,
) -> pd.Series:
    """Return the code of the kabupaten or kota that each row names.

    Names are compared exactly, once case, spaces, punctuation and the usual abbreviations of
    "Kabupaten", "Kepulauan" and "Administrasi" are out of the way, with the official names and the
    aliases; never by similarity.

    Parameters
    ----------
    frame : DataFrame
        Column `nama`, and where there is one `jenis` ("kabupaten" or "kota"). An index of whole
        numbers counts the lines of a file from its second.
    book : KabkotaBook
        Codes, names and aliases.
    covered, expected : set of str
        Codes of the places that a name is looked for among, and of those that must be there once.
    expected_words, what : str
        What is expected and what the frame is, for the message.

    Raises
    ------
    DataError
        If a name is that of none, of several or of one that is not expected, or a place is there
        twice or missing. All failures are listed.
    """
    rows = [(line, name or "") for line, _, name in cells_of(frame)]
    kinds = frame[KIND] if KIND in frame else [None] * len(frame)
    candidates = [
        _candidates(name, kind, book, covered) for (_, name), kind in zip(rows, kinds, strict=True)
    ]
    missing = expected - frozenset().union(*candidates)
    problems = [
        *_unclear(rows, list(kinds), candidates, book, expected),
        *_repeated(rows, candidates, book),
        *(f"  {words}" for words in book.missing_words(missing)),
    ]
    if problems:
        raise DataError(
            f"{what} does not name each of the {expected_words} exactly once:\n"
            f"{listed(problems)}\n"
            "Names are compared exactly but for case, spaces and punctuation. Write the kind "
            f'before a name ("Kota Solok") or in a column {KIND} ("kabupaten" or "kota"), the '
            "official or a listed name (kabkota.csv, kabkota_nama_lain.csv), or give codes."
            f"{LACKING if missing else ''}"
        )
    return pd.Series([code for (code,) in candidates], index=frame.index, dtype="str")


def _candidates(
    name: str, kind: str | None, book: KabkotaBook, covered: Set[str]
) -> frozenset[str]:
    """Return what a row may mean: places covered, or if there is none, places elsewhere."""
    meant = book.index.meant(name)
    of_kind = frozenset(c for c in meant if kind is None or book.kinds[c] == kind)
    return of_kind & covered or of_kind


def _unclear(
    rows: list[tuple[int, str]],
    kinds: list[str | None],
    candidates: list[frozenset[str]],
    book: KabkotaBook,
    expected: Set[str],
) -> Iterator[str]:
    for (line, name), kind, codes in zip(rows, kinds, candidates, strict=True):
        place = f"  line {line}, column {NAME}: {name!r}"
        words = " or ".join(book.words(code) for code in sorted(codes))
        if len(codes) > 1:
            yield f"{place} may be {words}"
        elif codes and not codes <= expected:
            yield f"{place} is {words}, which is not one of them"
        elif not codes and book.index.meant(name):
            others = " and ".join(map(book.words, sorted(book.index.meant(name))))
            yield f"{place} is no {kind}: the name is that of {others}"
        elif not codes:
            yield f"{place} is the name of none{_hint(name, book)}"


def _hint(name: str, book: KabkotaBook) -> str:
    if book.provinces.index.meant(name.removeprefix("Provinsi ")) or _TOTAL & set(words_of(name)):
        return "; leave rows of provinces and totals out"
    return book.whose(name)


def _repeated(
    rows: list[tuple[int, str]], candidates: list[frozenset[str]], book: KabkotaBook
) -> Iterator[str]:
    where: dict[str, list[tuple[int, str]]] = {}
    for row, codes in zip(rows, candidates, strict=True):
        for code in codes if len(codes) == 1 else ():
            where.setdefault(code, []).append(row)
    for code, found in where.items():
        if len(found) > 1:
            lines = ", ".join(str(line) for line, _ in found)
            yield f"  lines {lines}, column {NAME}: all are {book.words(code)}"
