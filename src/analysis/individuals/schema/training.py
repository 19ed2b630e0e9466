"""Training (*rw_diklat*, *rw_kursus*): one row a training that a person took."""

from analysis.individuals.schema.declarations import (
    NIP,
    PROVINCE,
    SYNTHETIC,
    Column,
    Table,
    headings,
)

FIRST_YEAR, LAST_YEAR = 1960, 2099

TRAINING = Table(
    "training",
    "satu pelatihan yang diikuti seorang ASN",
    "one training that a civil servant took",
    "rw_diklat, rw_kursus",
    (
        NIP,
        Column(
            "nama",
            "nama pelatihan",
            "name of the training",
            headings=headings(
                "namaKursus | nama kursus | nama diklat | latihanStrukturalNama | nama pelatihan"
            ),
        ),
        Column(
            "jenisDiklatId",
            "jenis pelatihan",
            "kind of training",
            codes="jenis_diklat",
            headings=headings("jenis diklat id"),
        ),
        Column(
            "latihanStrukturalId",
            "pelatihan kepemimpinan, bila demikian",
            "leadership training, where it is one",
            codes="latihan_struktural",
            headings=headings("latihan struktural id"),
        ),
        Column(
            "jumlahJam",
            "jam pelajaran (JP)",
            "hours (JP)",
            type="number",
            minimum=0,
            maximum=2000,
            required=True,
            headings=headings("jumlah jam | JP | jam pelajaran | jumlah jp | lama jam"),
        ),
        Column(
            "tahun",
            "tahun pelatihan",
            "year of the training",
            type="integer",
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
            required=True,
            headings=headings(
                "tahunKursus | tahun kursus | tahun diklat | tahun pelatihan | thn diklat"
            ),
        ),
        Column(
            "tanggal",
            "hari pertama",
            "first day",
            type="date",
            headings=headings("tanggalKursus | tanggal mulai | tgl mulai"),
        ),
        Column(
            "tanggalSelesai",
            "hari terakhir",
            "last day",
            type="date",
            headings=headings("tanggalSelesaiKursus | tanggal selesai | tgl selesai"),
        ),
        Column(
            "institusiPenyelenggara",
            "penyelenggara",
            "organiser",
            headings=headings("institusi penyelenggara | penyelenggara"),
        ),
        PROVINCE,
        SYNTHETIC,
    ),
)
