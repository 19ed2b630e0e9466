"""Rules of the NIP by its parts: birth date, month of appointment, sex, serial number.

An NIP has no check digit (Perka BKN 22/2007 and 43/2007), so that its parts are all there is to
hold it to. The number of a PPPK has no month of appointment.
"""

import ibis
import ibis.expr.types as ir

from analysis.individuals.schema import TABLES
from analysis.individuals.validation.parts import (
    IS_PPPK,
    NIP,
    NIP_BIRTH,
    NIP_SEX,
    NIP_START,
    SAME_BIRTH,
    SAME_START,
    SYNTHETIC_MARK,
    is_calendar_day,
    is_one_of,
)
from analysis.individuals.validation.rule import Basis, RowRule, Rule


def _has_month(t: ir.Table) -> ir.BooleanValue:
    return (t[NIP_START] % 100).between(1, 12)


def _rounded(t: ir.Table, _: Basis) -> ir.BooleanValue:
    written_as_float = t.nipBaru.upper().contains("E+")
    return ibis.ifelse(t[NIP].notnull(), t[NIP] % 1000 == 0, written_as_float)


def _form(t: ir.Table, _: Basis) -> ir.BooleanValue:
    wrong = t.nipBaru.notnull() & ~t.nipBaru.upper().contains("E+")
    return ibis.ifelse(t[NIP].notnull(), ibis.literal(False), wrong)


def _birth_invalid(t: ir.Table, _: Basis) -> ir.BooleanValue:
    wrong = ~is_calendar_day(t[NIP_BIRTH])
    return _unless(t, SAME_BIRTH, wrong)


def _unless(t: ir.Table, same: str, wrong: ir.BooleanValue) -> ir.BooleanValue:
    """Return what is wrong where the NIP does not say what the date does; the rest is not asked."""
    return ibis.ifelse(t[same], ibis.literal(False), wrong) if same in t.columns else wrong


def _start_invalid(t: ir.Table, _: Basis) -> ir.BooleanValue:
    return _unless(t, SAME_START, ~t[IS_PPPK] & ~_has_month(t))


def _start_differs(t: ir.Table, _: Basis) -> ir.BooleanValue:
    return _unless(t, SAME_START, ~t[IS_PPPK] & _has_month(t) & ~t[SAME_START])


def _sex_differs(t: ir.Table, _: Basis) -> ir.BooleanValue:
    sex = t[NIP_SEX]
    man, woman = (is_one_of(t.jenisKelamin, (code,)) for code in ("M", "F"))
    return ((sex == 1) & ~man) | ((sex == 2) & ~woman)


def _of_every_table(table: str) -> tuple[Rule, ...]:
    return (
        RowRule(
            table,
            "nip_form",
            ("nipBaru",),
            "NIP bukan 18 angka",
            "the NIP has not 18 digits",
            failing=_form,
        ),
        RowRule(
            table,
            "nip_rounded",
            ("nipBaru",),
            "NIP dibulatkan Excel (berakhiran 000, atau seperti 1,98E+17): angka aslinya hilang; "
            "ekspor ulang dengan NIP sebagai teks",
            "Excel rounded the NIP (it ends in 000, or looks like 1.98E+17): the digits are lost; "
            "export again with the NIP as text",
            failing=_rounded,
        ),
    )


OF_EVERY_TABLE: tuple[Rule, ...] = tuple(
    rule
    for table in TABLES.values()
    if "nipBaru" in table.names
    for rule in _of_every_table(table.name)
)

OF_PEOPLE: tuple[Rule, ...] = (
    RowRule(
        "people",
        "nip_synthetic",
        ("nipBaru",),
        "NIP buatan (angka kelamin 9): orang ini tidak ada",
        "made-up NIP (9 for sex): no such person exists",
        note=True,
        failing=lambda t, _: t[NIP_SEX] == SYNTHETIC_MARK,
    ),
    RowRule(
        "people",
        "nip_birth_invalid",
        ("nipBaru",),
        "delapan angka pertama NIP bukan tanggal",
        "the first eight digits of the NIP are no date",
        failing=_birth_invalid,
    ),
    RowRule(
        "people",
        "nip_birth_differs",
        ("nipBaru", "tglLahir"),
        "tanggal lahir dalam NIP berbeda dari tglLahir",
        "the birth date in the NIP is not tglLahir",
        failing=lambda t, _: ~t[SAME_BIRTH],
    ),
    RowRule(
        "people",
        "nip_start_invalid",
        ("nipBaru", "golRuangAkhir"),
        "bulan pengangkatan dalam NIP seorang PNS bukan 01 sampai 12",
        "the month of appointment in the NIP of a PNS is not 01 to 12",
        failing=_start_invalid,
    ),
    RowRule(
        "people",
        "nip_start_differs",
        ("nipBaru", "golRuangAkhir", "tmtCpns"),
        "bulan pengangkatan dalam NIP seorang PNS berbeda dari tmtCpns",
        "the month of appointment in the NIP of a PNS is not that of tmtCpns",
        failing=_start_differs,
    ),
    RowRule(
        "people",
        "nip_sex_invalid",
        ("nipBaru",),
        "angka kelamin dalam NIP bukan 1 (pria) atau 2 (wanita)",
        "the digit of sex in the NIP is neither 1 (men) nor 2 (women)",
        failing=lambda t, _: ~t[NIP_SEX].isin((1, 2, SYNTHETIC_MARK)),
    ),
    RowRule(
        "people",
        "nip_sex_differs",
        ("nipBaru", "jenisKelamin"),
        "kelamin dalam NIP berbeda dari jenisKelamin",
        "the sex in the NIP is not jenisKelamin",
        failing=_sex_differs,
    ),
)
