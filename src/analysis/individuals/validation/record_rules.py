"""Rules of posts, and of training, appraisal, discipline and certificates of people."""

from analysis.individuals.schema import TABLES
from analysis.individuals.validation.rule import ReferenceRule, RowRule, Rule


def _order(table: str, first: str, last: str) -> Rule:
    return RowRule(
        table,
        "end_before_start",
        (first, last),
        f"{last} sebelum {first}",
        f"{last} is before {first}",
        failing=lambda t, _: t[last] < t[first],
    )


def _year_differs(table: str) -> Rule:
    return RowRule(
        table,
        "year_differs",
        ("tahun", "tanggal"),
        "tahun berbeda dari tahun pada tanggal",
        "tahun is not the year of tanggal",
        failing=lambda t, _: t.tahun != t.tanggal.year(),
    )


def _of_a_person(table: str) -> Rule:
    return ReferenceRule(
        table,
        "person_unknown",
        ("nipBaru",),
        "NIP tidak ada dalam daftar pegawai",
        "the NIP is not in the list of people",
        target="people.nipBaru",
    )


RULES: tuple[Rule, ...] = (
    ReferenceRule(
        "posts",
        "unit_unknown",
        ("unorId",),
        "unorId tidak ada dalam daftar unit",
        "unorId is not in the list of units",
        target="units.Id",
    ),
    *(
        _of_a_person(table.name)
        for table in TABLES.values()
        if "nipBaru" in table.names and table.name != "people"
    ),
    RowRule(
        "activities",
        "kind_unknown",
        ("jenis",),
        "jenis kegiatan tidak ada dalam tabel konversi_jp",
        "the kind of activity is not in the table konversi_jp",
        failing=lambda t, b: ~t.jenis.isin(list(b.activities)),
    ),
    RowRule(
        "activities",
        "place_unknown",
        ("tempat",),
        "tempat bukan dalam atau luar",
        "tempat is neither dalam nor luar",
        failing=lambda t, _: ~t.tempat.isin(["dalam", "luar"]),
    ),
    _year_differs("training"),
    _year_differs("activities"),
    _order("training", "tanggal", "tanggalSelesai"),
    _order("activities", "tanggal", "tanggalSelesai"),
    _order("discipline", "hukumanTanggal", "akhirHukumTanggal"),
    _order("certificates", "masaBerlakuMulai", "masaBerlakuSelesai"),
)
