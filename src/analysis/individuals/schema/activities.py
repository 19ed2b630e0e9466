"""Other development: e-learning, coaching, mentoring and the like, which SIASN does not record."""

from analysis.individuals.schema.declarations import NIP, SYNTHETIC, Column, Table, headings
from analysis.individuals.schema.training import FIRST_YEAR, LAST_YEAR

ACTIVITIES = Table(
    "activities",
    "satu kegiatan pengembangan kompetensi seorang ASN di luar riwayat diklat",
    "an activity of development of a civil servant beside the recorded trainings",
    "tanpa padanan di SIASN",
    (
        NIP,
        Column(
            "jenis",
            "jenis kegiatan, seperti dalam tabel konversi_jp: e-learning, coaching, mentoring, ...",
            "kind of activity, as in the table konversi_jp: e-learning, coaching, mentoring, ...",
            required=True,
            filled=True,
            headings=headings("jenis kegiatan | kegiatan"),
        ),
        Column(
            "tempat",
            "dalam atau luar (negeri); tanpa kolom ini: dalam",
            "dalam (at home) or luar (abroad); without the column: dalam",
            pattern="dalam|luar",
        ),
        Column(
            "jumlahJam",
            "jam pelajaran (JP); kosong: dikonversi dari jumlah",
            "hours (JP); empty: converted from jumlah",
            type="number",
            minimum=0,
            maximum=2000,
            required=True,
            headings=headings("jumlah jam | JP | jam pelajaran"),
        ),
        Column(
            "tahun",
            "tahun kegiatan",
            "year of the activity",
            type="integer",
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
            required=True,
            filled=True,
            headings=headings("tahun kegiatan"),
        ),
        Column(
            "bulan",
            "bulan, bila jenisnya dibatasi per bulan",
            "month, where the kind has a cap of a month",
            type="integer",
            minimum=1,
            maximum=12,
        ),
        Column(
            "hari",
            "lama dalam hari, bila jenisnya dibatasi per hari",
            "days, where the kind has a cap of a day",
            type="number",
            minimum=0,
            headings=headings("jumlah hari"),
        ),
        Column(
            "jumlah",
            "banyaknya hari, sesi, kegiatan, atau semester, menurut jenisnya",
            "number of days, sessions, events or semesters, by its kind",
            type="number",
            minimum=0,
            headings=headings("jumlah sesi | banyaknya"),
        ),
        Column("tanggal", "hari pertama", "first day", type="date", headings=headings("mulai")),
        Column(
            "tanggalSelesai",
            "hari terakhir",
            "last day",
            type="date",
            headings=headings("tanggal selesai | selesai"),
        ),
        SYNTHETIC,
    ),
)
