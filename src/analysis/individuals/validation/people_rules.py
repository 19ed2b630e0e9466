"""Rules of people beyond the NIP: dates in order, golongan, echelon and kind of post, agency."""

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from analysis.individuals.validation.parts import (
    BORN_ON,
    IS_PPPK,
    NEXT_MONTH,
    RETIRED_ON,
    STARTED_ON,
    YEAR,
    is_one_of,
)
from analysis.individuals.validation.rule import Basis, ReferenceRule, RowRule, Rule

STRUCTURAL, FUNCTIONAL, BOTH, EXECUTOR = "1", "2", "3", "4"  # codes of jenis_jabatan
_NO_ECHELON = "99"
_ZERO = ord("0")
_ELDEST = 100  # years; nobody in service is older

# Codes of jenis_pegawai: staff that works for another agency than the one that pays.
_SECONDED = ("2", "3", "4", "5", "6", "7", "8", "9", "11", "12", "13", "14", "16", "17", "18", "19")

# Codes of kedudukan_hukum whose names say that service has ended, or never began.
_ENDED = ("66", "67", "68", "69", "70", "77", "88", "98", "99")

_IDS = {
    "jabatanStrukturalId": STRUCTURAL,
    "jabatanFungsionalId": FUNCTIONAL,
    "jabatanFungsionalUmumId": EXECUTOR,
}


def _years_before(day: dt.date, years: int) -> dt.date:
    return (pd.Timestamp(day) - pd.DateOffset(years=years)).date()


def _birth_implausible(t: ir.Table, basis: Basis) -> ir.BooleanValue:
    first = _years_before(basis.day, _ELDEST)
    last = _years_before(basis.day, min(basis.youngest.values()))
    return ~t.tglLahir.between(ibis.literal(first), ibis.literal(last))


def _start_too_young(t: ir.Table, basis: Basis) -> ir.BooleanValue:
    least = ibis.ifelse(t[IS_PPPK], basis.youngest["PPPK"], basis.youngest["PNS"])
    return t[STARTED_ON] < t[BORN_ON] + least * YEAR


def _pension_differs(t: ir.Table, _: Basis) -> ir.BooleanValue:
    """Pension starts on the first day of the month after the birthday of the BUP."""
    known = t[BORN_ON].notnull()  # no filler
    return known & (t[RETIRED_ON] != t[NEXT_MONTH] + t.bupPensiun.cast("int64") * YEAR)


def _has_echelon(t: ir.Table) -> ir.BooleanValue:
    return (~is_one_of(t.eselonId, (_NO_ECHELON,))).fill_null(False)


def _is_kind(t: ir.Table, *kinds: str) -> ir.BooleanValue:
    return is_one_of(t.jenisJabatanId, kinds)


def _several_posts(t: ir.Table, _: Basis) -> ir.BooleanValue:
    one, two, three = (t[name].notnull() for name in _IDS)
    return ((one & two) | (one & three) | (two & three)) & ~_is_kind(t, BOTH)


def _post_of_other_kind(t: ir.Table, _: Basis) -> ir.BooleanValue:
    wrong = [t[name].notnull() & ~_is_kind(t, kind, BOTH) for name, kind in _IDS.items()]
    return ibis.or_(*wrong)


RULES: tuple[Rule, ...] = (
    RowRule(
        "people",
        "birth_implausible",
        ("tglLahir",),
        "tanggal lahir terlalu muda untuk bekerja, atau lebih dari 100 tahun yang lalu",
        "born too late to work, or more than 100 years ago",
        failing=_birth_implausible,
    ),
    RowRule(
        "people",
        "start_too_young",
        ("tglLahir", "tmtCpns", "golRuangAkhir"),
        "diangkat sebelum usia terendah menurut peraturan",
        "appointed before the least age that the regulation allows",
        failing=_start_too_young,
    ),
    RowRule(
        "people",
        "start_future",
        ("tmtCpns",),
        "tmtCpns setelah tanggal ekstrak",
        "tmtCpns is after the day of the extract",
        failing=lambda t, basis: t.tmtCpns > ibis.literal(basis.day),
    ),
    RowRule(
        "people",
        "post_before_start",
        ("tmtJabatan", "tmtCpns"),
        "tmtJabatan sebelum tmtCpns",
        "tmtJabatan is before tmtCpns",
        failing=lambda t, _: t.tmtJabatan < t.tmtCpns,
    ),
    RowRule(
        "people",
        "post_future",
        ("tmtJabatan",),
        "tmtJabatan setelah tanggal ekstrak",
        "tmtJabatan is after the day of the extract",
        failing=lambda t, basis: t.tmtJabatan > ibis.literal(basis.day),
    ),
    RowRule(
        "people",
        "pension_before_start",
        ("tmtPensiun", "tmtCpns"),
        "tmtPensiun tidak setelah tmtCpns",
        "tmtPensiun is not after tmtCpns",
        failing=lambda t, _: t.tmtPensiun <= t.tmtCpns,
    ),
    RowRule(
        "people",
        "pension_differs",
        ("tglLahir", "bupPensiun", "tmtPensiun"),
        "tmtPensiun bukan tanggal 1 bulan berikutnya setelah mencapai bupPensiun",
        "tmtPensiun is not the first day of the month after the age bupPensiun is reached",
        failing=_pension_differs,
    ),
    RowRule(
        "people",
        "golongan_of_other_status",
        ("golRuangAkhir", "statusPegawai"),
        "golongan PNS pada PPPK, atau golongan PPPK pada PNS",
        "a golongan of PNS for a PPPK, or one of PPPK for a PNS",
        failing=lambda t, _: t.golRuangAkhir.contains("/") == is_one_of(t.statusPegawai, ("PPPK",)),
    ),
    RowRule(
        "people",
        "echelon_missing",
        ("eselonId", "jenisJabatanId"),
        "jabatan struktural tanpa kode eselon",
        "a structural post without the code of an echelon",
        failing=lambda t, _: _is_kind(t, STRUCTURAL, BOTH) & ~_has_echelon(t),
    ),
    RowRule(
        "people",
        "echelon_unexpected",
        ("eselonId", "jenisJabatanId"),
        "eselon pada jabatan fungsional atau pelaksana",
        "an echelon for a functional post or a pelaksana",
        failing=lambda t, _: _is_kind(t, FUNCTIONAL, EXECUTOR) & _has_echelon(t),
    ),
    RowRule(
        "people",
        "echelon_level_differs",
        ("eselonId", "eselonLevel"),
        "eselonLevel berbeda dari eselonId",
        "eselonLevel is not that of eselonId",
        failing=lambda t, _: _has_echelon(t) & (t.eselonId.ascii_str() - _ZERO != t.eselonLevel),
    ),
    RowRule(
        "people",
        "several_posts",
        (*_IDS, "jenisJabatanId"),
        "lebih dari satu jabatan terisi, padahal bukan jabatan rangkap",
        "more than one post is filled, though the kind is not both",
        failing=_several_posts,
    ),
    RowRule(
        "people",
        "post_of_other_kind",
        (*_IDS, "jenisJabatanId"),
        "jabatan terisi pada kolom jenis jabatan yang lain",
        "the post stands in the column of another kind than jenisJabatanId",
        failing=_post_of_other_kind,
    ),
    RowRule(
        "people",
        "not_in_service",
        ("kedudukanPnsId",),
        "kedudukan hukum menyatakan sudah tidak bertugas (pensiun, berhenti, dan lain-lain)",
        "the legal standing says that service has ended (pension, dismissal and so on)",
        failing=lambda t, _: is_one_of(t.kedudukanPnsId, _ENDED),
    ),
    RowRule(
        "people",
        "seconded",
        ("instansiIndukId", "instansiKerjaId"),
        "instansi kerja lain dari instansi induk: hitungan menurut keduanya berbeda",
        "agency of work and of origin differ: counts by one and by the other are not the same",
        note=True,
        failing=lambda t, _: t.instansiIndukId != t.instansiKerjaId,
    ),
    RowRule(
        "people",
        "seconded_unmarked",
        ("instansiIndukId", "instansiKerjaId", "jenisPegawaiId"),
        "instansi kerja lain dari instansi induk, tetapi jenis pegawai bukan DPK atau DPB",
        "agency of work and of origin differ, but the kind of employment is not DPK or DPB",
        failing=lambda t, _: (
            (t.instansiIndukId != t.instansiKerjaId) & ~is_one_of(t.jenisPegawaiId, _SECONDED)
        ),
    ),
    RowRule(
        "people",
        "place_unknown",
        ("provinsi",),
        "tempat bekerja tidak diketahui: tidak ikut tabel menurut wilayah",
        "the place of work is not known: left out of tables by region",
        note=True,
        failing=lambda t, _: t.provinsi.isnull(),
    ),
    ReferenceRule(
        "people",
        "unit_unknown",
        ("unorId",),
        "unorId tidak ada dalam daftar unit",
        "unorId is not in the list of units",
        target="units.Id",
    ),
    ReferenceRule(
        "people",
        "parent_unit_unknown",
        ("unorIndukId",),
        "unorIndukId tidak ada dalam daftar unit",
        "unorIndukId is not in the list of units",
        target="units.Id",
    ),
)
