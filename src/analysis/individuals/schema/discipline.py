"""Discipline (*rw_hukdis*): one row a penalty."""

from analysis.individuals.schema.declarations import NIP, SYNTHETIC, Column, Table, headings

DISCIPLINE = Table(
    "discipline",
    "satu hukuman disiplin",
    "a disciplinary penalty",
    "rw_hukdis",
    (
        NIP,
        Column(
            "tingkatHukuman",
            "tingkat hukuman: R ringan, S sedang, B berat",
            "severity: R light, S medium, B heavy",
            codes="tingkat_hukuman",
            required=True,
            headings=headings("tingkat hukuman | jenis tingkat hukuman id"),
        ),
        Column(
            "jenisHukumanNama",
            "jenis hukuman",
            "kind of penalty",
            headings=headings("jenis hukuman nama | jenis hukuman"),
        ),
        Column(
            "hukumanTanggal",
            "tanggal mulai berlaku",
            "first day",
            type="date",
            required=True,
            headings=headings("hukuman tanggal | tmt hukuman disiplin"),
        ),
        Column(
            "akhirHukumTanggal",
            "tanggal berakhir",
            "last day",
            type="date",
            headings=headings("akhir hukum tanggal | akhirHukumanTanggal"),
        ),
        SYNTHETIC,
    ),
)
