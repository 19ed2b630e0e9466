"""Numbers and names of people, wherever they hide: in a label, a heading, a name of a table."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

import pandas as pd

from analysis.errors import DisclosureError
from analysis.messages import some

_NIP_DIGITS = 14  # digits: birth date and first appointment of an NIP; an NIK has 16
_NUMBER = re.compile(rf"\d(?:[\s._\-]*\d){{{_NIP_DIGITS - 1},}}")
_TITLE = re.compile(
    r",\s*(?:S\.\s?\w|M\.\s?\w|A\.Md|Ph\.?\s?D|S[EHT]\b|MM\b|M[MHT]\b|Sp\.)"
    r"|(?:^|\s)(?:Dr|dr|Drs|Dra|Ir|Prof)\.\s+\w"
)
_COLUMNS = frozenset(
    {"nip", "nipbaru", "niplama", "nik", "nama", "namalengkap", "namapegawai", "gelardepan"}
    | {"gelarbelakang", "tgllahir", "tanggallahir", "tempatlahir", "nohp", "email", "alamat"}
    | {"name", "fullname", "employeename", "personkey"}
)


def identifying(text: object, *, names: Collection[str] = ()) -> str | None:
    """Return why a text may name a person, or None.

    Rule: it has 14 digits or more, however they are written and spaced (an NIP has 18, an NIK 16;
    one that lost its end still tells birth date and appointment); or an academic title as names
    bear it; or one of the `names`.

    Examples
    --------
    >>> identifying("UPTD 19700101 199503 1 003"), identifying("SDN 01 Menteng") is None
    ('a number like an NIP or NIK', True)
    >>> identifying("Budi Santoso, S.Sos.")
    'a name with a title'
    """
    return _reason(text, _known(names))


@lru_cache(maxsize=100_000)
def shown(label: object) -> str:
    """Return a label as messages and logs may show it."""
    return "(withheld: may name a person)" if _reason(label, frozenset()) else str(label)


def refuse_identities(
    frame: pd.DataFrame, labels: Iterable[str], *, what: str, names: Collection[str] = ()
) -> None:
    """Refuse a table in which a person is named.

    Parameters
    ----------
    frame : DataFrame
    labels : iterable of str
        Columns whose values are published as text.
    what : str
        Name of the table.
    names : collection of str
        Names of people that must not occur.

    Raises
    ------
    DisclosureError
        Naming the columns and rows, never what is in them.
    """
    found = []
    known = _known(names)
    if _reason(what, known):
        raise DisclosureError("The name of a table holds a number or a name of a person.")
    for column in labels:
        if re.sub(r"[\W_]", "", str(column).casefold()) in _COLUMNS:
            found.append(f"column {column} is about persons")
            continue
        reasons = frame[column].map(
            {label: _reason(label, known) or "" for label in frame[column].unique()}
        )
        found += [
            f"column {column}, rows {some(frame.index[reasons == reason])}: {reason}"
            for reason in sorted(set(reasons) - {""})
        ]
    if found:
        raise DisclosureError(
            f"{what}: {'; '.join(found)}. No table about persons leaves; name units by their codes "
            "or official names."
        )


def _reason(text: object, known: frozenset[tuple[str, ...]]) -> str | None:
    plain = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in unicodedata.normalize("NFKC", str(text))
        if unicodedata.category(sign) != "Cf"
    )
    if _NUMBER.search(plain):
        return "a number like an NIP or NIK"
    if _TITLE.search(plain):
        return "a name with a title"
    words = _words(plain)
    longest = max(map(len, known), default=0)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + longest) + 1):
            if words[start:end] in known:
                return "the name of a person"
    return None


def _known(names: Collection[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(words for name in names if (words := _words(name)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
