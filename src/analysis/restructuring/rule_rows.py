"""One rule of simplification, as a row of the table says it, and whether rows contradict."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import AGENCY_KINDS, LEVELS
from analysis.restructuring.echelons import echelon_codes

ACTIONS = {
    "struktur": ("bubar", "kecuali"),
    "jabatan": ("tutup", "gabung"),
    "penyetaraan": (
        "setara",
        "bersyarat",
        "tidak_setara",
        "sisa_masa",
        "kelas_tetap",
        "rentang_pangkat",
        "peran",
        "angka_kredit_tahunan",
        "angka_kredit_pangkat",
        "angka_kredit_jenjang",
        "angka_kredit_peran",
        "keluarga",
    ),
    "akibat": (
        "penghasilan",
        "kelebihan_umur",
        "kelebihan_masa_kerja",
        "uang_tunggu",
    ),
}
"""What a rule of each stage may do."""

_COLUMNS = (
    "kode",
    "tahap",
    "tindakan",
    "pakai",
    "jenis_instansi",
    "eselon",
    "jenis_unit",
    "kata_kunci",
    "kata_kunci_induk",
    "cakupan",
    "jenjang",
    "hasil",
    "nilai",
    "nilai_maksimum",
    "satuan",
    "tafsir",
    "dasar",
    "pasal",
    "berlaku_mulai",
    "berlaku_sampai",
    "verifikasi",
    "sumber",
    "alamat",
    "catatan",
)
_FILLED = ("kode", "tahap", "tindakan", "pakai", "dasar", "berlaku_mulai", "verifikasi", "sumber")
_NEEDS_RESULT = frozenset({"setara", "peran", "keluarga"})
_NEEDS_VALUE = frozenset(
    {
        "bersyarat",
        "tidak_setara",
        "sisa_masa",
        "rentang_pangkat",
        "angka_kredit_tahunan",
        "angka_kredit_pangkat",
        "angka_kredit_jenjang",
        "angka_kredit_peran",
        "kelebihan_umur",
        "kelebihan_masa_kerja",
        "uang_tunggu",
        "keluarga",
    }
)
_LEVELLED = frozenset(
    {
        "rentang_pangkat",
        "peran",
        "angka_kredit_tahunan",
        "angka_kredit_pangkat",
        "angka_kredit_jenjang",
    }
)
_SAME_SUBJECT = {"kecuali": "bubar", "tidak_setara": "bersyarat"}


@dataclass(frozen=True)
class Rule:
    """One rule: where it applies, what it does there, and what it rests on.

    Attributes
    ----------
    code : str
        Its name, one for each row of the table.
    stage, action : str
        As in `ACTIONS`.
    agency_kinds, unit_kinds, keywords, keywords_above : frozenset or tuple of str
        Kinds of agency and unit, phrases in the name of the unit or the title of its head, and in
        the name of a unit above; empty for any. A unit is meant by its kind or by a phrase.
    eselon : int
        Echelon as in `echelon_codes`; one without a letter means all of its level, 0 any.
    subtree : bool
        Whether the units below those meant are meant too.
    level : str
        Level (*jenjang*) it is about; empty for any.
    result : str
        The level, the family or the role that comes of it.
    value, largest : float or None
        Its numbers, in `unit`.
    reading : str
        Where sources conflict, which of them it follows; empty where they do not.
    basis, article, verification, source, address, note : str
        What it rests on, and how far that was checked: V1, V2, C or U.
    start : date
    end : date or None
        Last day; None if no successor is known.
    used : bool
        Whether it applies: a row can be kept and not used.
    """

    code: str
    stage: str
    action: str
    agency_kinds: frozenset[str]
    eselon: int
    unit_kinds: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_above: tuple[str, ...]
    subtree: bool
    level: str
    result: str
    value: float | None
    largest: float | None
    unit: str
    reading: str
    basis: str
    article: str
    start: dt.date
    end: dt.date | None
    verification: str
    source: str
    address: str
    note: str
    used: bool

    @property
    def scope(self) -> tuple[object, ...]:
        """What it applies to."""
        return (
            self.agency_kinds,
            self.eselon,
            self.unit_kinds,
            self.keywords,
            self.keywords_above,
            self.level,
        )

    @property
    def number(self) -> float:
        """Its value, where the action needs one and the table was checked to have it."""
        assert self.value is not None
        return self.value

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


def read_rules(table: pd.DataFrame) -> tuple[Rule, ...]:
    """Return every rule of a table, also those of other days; see `Rules.from_frame`."""
    unknown = [str(name) for name in table if name not in _COLUMNS]
    missing = [name for name in _COLUMNS if name not in table]
    if unknown or missing:
        problem = [f"unknown field {some(unknown)}"] * bool(unknown)
        problem += [f"missing field {some(missing)}"] * bool(missing)
        raise DataError(
            f"aturan_penyederhanaan: {' and '.join(problem)}. The fields are {', '.join(_COLUMNS)}."
        )
    echelons = echelon_codes(table["eselon"], what="aturan_penyederhanaan, column eselon")
    rows = [
        _rule(row, int(eselon))
        for row, eselon in zip(table.to_dict("records"), echelons, strict=True)
    ]
    codes = pd.Series([rule.code for rule in rows])
    twice = codes[codes.duplicated()].unique()
    if twice.size:
        raise DataError(
            f"aturan_penyederhanaan, column kode: {some(twice)} occurs more than once. Name each "
            "rule apart."
        )
    _refuse_contradictions([rule for rule in rows if rule.used])
    return tuple(rows)


def _rule(row: dict[Any, Any], eselon: int) -> Rule:
    text = {name: "" if pd.isna(value) else str(value).strip() for name, value in row.items()}
    value, largest = (_number(row[name], text, name) for name in ("nilai", "nilai_maksimum"))
    rule = Rule(
        code=text["kode"],
        stage=text["tahap"],
        action=text["tindakan"],
        agency_kinds=frozenset(_words(text["jenis_instansi"])),
        eselon=eselon,
        unit_kinds=_words(text["jenis_unit"]),
        keywords=_words(text["kata_kunci"]),
        keywords_above=_words(text["kata_kunci_induk"]),
        subtree=text["cakupan"] == "bawah",
        level=text["jenjang"].casefold(),
        result=text["hasil"],
        value=value,
        largest=largest,
        unit=text["satuan"],
        reading=text["tafsir"],
        basis=text["dasar"],
        article=text["pasal"],
        start=_date(row["berlaku_mulai"], text, "berlaku_mulai") or dt.date.min,
        end=_date(row["berlaku_sampai"], text, "berlaku_sampai"),
        verification=text["verifikasi"],
        source=text["sumber"],
        address=text["alamat"],
        note=text["catatan"],
        used=text["pakai"] == "ya",
    )
    for problem in _problems(rule, text):
        raise DataError(f"aturan_penyederhanaan, rule {rule.code or '(no kode)'}: {problem}")
    return rule


def _problems(rule: Rule, text: dict[str, str]) -> Iterable[str]:
    empty = [name for name in _FILLED if not text[name]]
    if empty:
        yield f"{some(empty)} is empty. Fill it in."
    if rule.action not in ACTIONS.get(rule.stage, ()):
        known = "; ".join(f"{stage}: {', '.join(names)}" for stage, names in ACTIONS.items())
        yield f"no tindakan {rule.action!r} in tahap {rule.stage!r}. There are {known}."
    for name, values in (("pakai", ("ya", "tidak")), ("cakupan", ("", "unit", "bawah"))):
        if text[name] not in values:
            yield f"{name} is {text[name]!r}; write {' or '.join(v for v in values if v)}."
    if rule.verification not in ("V1", "V2", "C", "U"):
        yield f"verifikasi is {rule.verification!r}; write V1, V2, C or U."
    kinds = sorted(rule.agency_kinds - set(AGENCY_KINDS))
    if kinds:
        yield f"jenis_instansi {some(kinds)} is none of {', '.join(AGENCY_KINDS)}."
    levels = {rule.level} | ({rule.result.casefold()} if rule.action == "setara" else set())
    if levels - {""} - set(LEVELS):
        yield f"jenjang {some(sorted(levels - {''} - set(LEVELS)))} is none of {', '.join(LEVELS)}."
    if rule.action == "setara" and not rule.eselon:
        yield "eselon is empty. Say which posts are equalised."
    if rule.action in _NEEDS_RESULT and not rule.result:
        yield "hasil is empty. Say what comes of it."
    if rule.action in _NEEDS_VALUE and rule.value is None:
        yield "nilai is empty. Give the number."
    if rule.action in _LEVELLED and not rule.level:
        yield "jenjang is empty. Say which level it is about."
    if rule.action == "keluarga" and not rule.keywords:
        yield "kata_kunci is empty. Say which tasks the family goes with."
    if rule.end is not None and rule.end < rule.start:
        yield f"it ends on {rule.end}, before it begins on {rule.start}. Correct the dates."


def _refuse_contradictions(rules: list[Rule]) -> None:
    for number, one in enumerate(rules):
        for other in rules[number + 1 :]:
            if _contradict(one, other):
                raise DataError(
                    f"aturan_penyederhanaan: {one.code} ({_said(one)}) and {other.code} "
                    f"({_said(other)}) contradict each other: both hold on "
                    f"{max(one.start, other.start)} for the same posts or units. Give one an end "
                    "(berlaku_sampai), another scope, another tafsir, or pakai = tidak."
                )


def _contradict(one: Rule, other: Rule) -> bool:
    if _subject(one) != _subject(other) or not _meet(one, other):
        return False
    if one.reading and other.reading and one.reading != other.reading:
        return False
    if one.action == "setara":
        level = {one.eselon, other.eselon}
        same = len(level) == 1 or any(
            e % 10 == 0 and {e // 10} == {x // 10 for x in level} for e in level
        )
        kinds = (
            not one.agency_kinds or not other.agency_kinds or one.agency_kinds & other.agency_kinds
        )
        return bool(same and kinds and one.result.casefold() != other.result.casefold())
    said = (one.action, one.result, one.value, one.largest)
    return one.scope == other.scope and said != (
        other.action,
        other.result,
        other.value,
        other.largest,
    )


def _subject(rule: Rule) -> str:
    return _SAME_SUBJECT.get(rule.action, rule.action)


def _meet(one: Rule, other: Rule) -> bool:
    """Whether some day both rules hold."""
    starts, ends = max(one.start, other.start), [r.end for r in (one, other) if r.end is not None]
    return not ends or starts <= min(ends)


def _said(rule: Rule) -> str:
    value = "" if rule.value is None else f" {rule.value:g}"
    return f"{rule.action} {rule.result}".strip() + value


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split("|") if (word := part.strip().casefold()))


def _number(value: Any, text: dict[str, str], name: str) -> float | None:
    if pd.isna(value) or value == "":
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise DataError(
            f"aturan_penyederhanaan, rule {text['kode']}: {name} is {value!r}, which is no number."
        ) from None


def _date(value: Any, text: dict[str, str], name: str) -> dt.date | None:
    if pd.isna(value) or value == "":
        return None
    day = pd.to_datetime(value, errors="coerce")
    if pd.isna(day):
        raise DataError(
            f"aturan_penyederhanaan, rule {text['kode']}: {name} is {value!r}, which is no date. "
            "Write YYYY-MM-DD."
        )
    found: dt.date = day.date()
    return found
