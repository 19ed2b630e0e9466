"""Numbers and names of people, wherever they hide: in a label, a heading, a name of a table."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import pandas as pd

from analysis.errors import DisclosureError
from analysis.messages import some
from analysis.person_numbers import has_person_number, plain

_BEFORE = r"(?<!\w)(?:drs?|dra|drg|drh|ir|prof|apt|ns)\.\s*(?=\w)"  # titles before a name
_NAMED_AFTER = re.compile(  # streets and houses that bear a name with its titles officially
    r"(?<!\w)(?:RS\w{0,4}|Rumah\s+Sakit(?:\s+(?:Umum|Daerah|Pusat|Nasional|Khusus|Jiwa|Mata|Paru))*"
    r"|(?<!Kepala\s)Puskesmas|Jalan|Jl\.?|Gedung|Museum|Stadion|Bandara|Bandar\s+Udara|Tahura"
    rf"|Taman\s+Hutan\s+Raya|Universitas|(?:SD|SMP|SMA|SMK))\s*(?:{_BEFORE})+",
    re.IGNORECASE,
)
_FIELDS = {
    "S": "Pd|Sos|Kom|Kep|Kes|KM|Farm|Psi|Hum|Ag|IP|AP|Tr|Stat|Hut|Si|STP|Ked|Gz",
    "M": "Pd|Sos|Kom|Kep|Kes|Farm|Psi|Hum|Ag|IP|AP|Tr|Stat|Hut|Si|Kn|Sc|Eng|Ked|Gz",
    "A": "Md",
    "Ph": "D",
}
_DOTTED = "|".join(rf"{degree}\.\s?(?:{fields})" for degree, fields in _FIELDS.items())
_RUN_ON = "|".join(rf"{degree}\s?(?:{fields})" for degree, fields in _FIELDS.items())
_TITLE = re.compile(
    rf"(?i:{_BEFORE}|\w[,\s]\s*(?:{_DOTTED})\b)"
    rf"|,\s*(?:[SM]\.\s?\w|Sp\.|(?:{_RUN_ON}|S[EHT]|M[MHT]|MBA|MPH)\b)"
    r"|\w\s+[SM]\.\s?[A-Z]\.?$"
)
_COLUMNS = frozenset(
    {"nip", "nipbaru", "niplama", "nik", "nama", "namalengkap", "namapegawai", "gelardepan"}
    | {"gelarbelakang", "tgllahir", "tanggallahir", "tempatlahir", "nohp", "email", "alamat"}
    | {"name", "fullname", "employeename", "personkey"}
)


def identifying(text: object, *, names: Collection[str] = ()) -> str | None:
    """Return why a text may name a person, or None.

    Rule: it has a number like an NIP or NIK (`analysis.person_numbers`); or an academic title as
    names bear it, but before the name of a hospital, a school or a street; or one of the `names`.

    Examples
    --------
    >>> identifying("UPTD 19700101 199503 1 003"), identifying("SDN 01 Menteng") is None
    ('a number like an NIP or NIK', True)
    >>> identifying("Budi Santoso, S.Sos."), identifying("RSUD Dr. Soetomo") is None
    ('a name with a title', True)
    """
    return _reason(text, _known(names))


@lru_cache(maxsize=100_000)
def shown(label: object) -> str:
    """Return a label as messages and logs may show it."""
    return "(withheld: may name a person)" if _reason(label, frozenset()) else str(label)


def refuse_identities(
    frame: pd.DataFrame,
    labels: Iterable[str],
    *,
    what: str,
    values: Iterable[str] = (),
    names: Collection[str] = (),
) -> None:
    """Refuse a table in which a person is named.

    Parameters
    ----------
    frame : DataFrame
    labels : iterable of str
        Columns whose values are published as text.
    what : str
        Name of the table.
    values : iterable of str
        Other columns that are published: their headings.
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
    texts = list(labels)
    for column in (*texts, *values):
        if re.sub(r"[\W_]", "", str(column).casefold()) in _COLUMNS:
            found.append(f"column {column} is about persons")
        elif reason := _reason(column, known):
            found.append(f"a heading: {reason}")
    for column in [] if found else texts:
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
    if isinstance(text, float):  # a share has many digits too; a number of a person is whole
        text = f"{text:.0f}" if text.is_integer() else ""
    written = plain(str(text))
    if has_person_number(written):
        return "a number like an NIP or NIK"
    if _TITLE.search(_NAMED_AFTER.sub("", written)):
        return "a name with a title"
    words = _words(written)
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
