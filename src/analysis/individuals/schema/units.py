"""Units (*ref_unor*): one row an organisational unit, with the unit above it."""

from analysis.individuals.schema.declarations import (
    KABKOTA,
    PROVINCE,
    SYNTHETIC,
    Column,
    Table,
    headings,
)

UNITS = Table(
    "units",
    "sebuah unit organisasi",
    "an organisational unit",
    "ref_unor; daftar unor SIASN (10 kolom)",
    (
        Column(
            "Id",
            "unit",
            "unit",
            required=True,
            filled=True,
            headings=headings("ID | UNOR ID | kode unor | KD_UNOR"),
        ),
        Column(
            "InstansiId",
            "instansi pemilik unit",
            "agency that the unit belongs to",
            headings=headings("INSTANSI ID"),
        ),
        Column(
            "DiatasanId",
            "unit di atasnya; kosong pada akar",
            "unit above; empty at the root",
            references="units.Id",
            required=True,
            headings=headings("UNOR ATASAN ID | diatasan id | kode atasan"),
        ),
        Column(
            "EselonId",
            "eselon pemimpinnya; kosong atau 0 bila tanpa pemimpin",
            "echelon of its head; empty or 0 where it has none",
            codes="eselon",
            headings=headings("ESELON ID"),
        ),
        Column(
            "NamaUnor",
            "nama unit",
            "name of the unit",
            required=True,
            filled=True,
            headings=headings("NAMA | nama unor | NM_UNOR"),
        ),
        Column(
            "NamaJabatan",
            "jabatan pemimpinnya",
            "post of its head",
            headings=headings("NAMA JABATAN"),
        ),
        Column(
            "JenisUnorId",
            "jenis unit; tidak ada dalam daftar unor SIASN; laporan 10 memerlukannya",
            "kind of unit; SIASN's list of units lacks it; report 10 needs it",
            headings=headings("jenis unor id"),
        ),
        Column(
            "aktif",
            "A bila masih berlaku; unit yang dihapus tetap ada dalam daftar",
            "A while in force; an abolished unit stays in the list",
            headings=headings("AKTIF"),
        ),
        PROVINCE,
        KABKOTA,
        SYNTHETIC,
    ),
    key=("Id",),
)
