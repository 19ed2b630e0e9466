"""Certificates (*rw_sertifikasi*): one row a certificate of competence."""

from analysis.individuals.schema.declarations import NIP, SYNTHETIC, Column, Table, headings

CERTIFICATES = Table(
    "certificates",
    "satu sertifikat kompetensi",
    "a certificate of competence",
    "rw_sertifikasi",
    (
        NIP,
        Column(
            "namaSertifikasi",
            "nama sertifikasi",
            "name of the certificate",
            required=True,
            filled=True,
            headings=headings("nama sertifikasi | sertifikasi"),
        ),
        Column(
            "tanggalSertifikat",
            "tanggal terbit",
            "date of issue",
            type="date",
            headings=headings("tanggal sertifikat"),
        ),
        Column(
            "masaBerlakuMulai",
            "hari pertama berlaku",
            "first day in force",
            type="date",
            headings=headings("masa berlaku mulai"),
        ),
        Column(
            "masaBerlakuSelesai",
            "hari terakhir berlaku",
            "last day in force",
            type="date",
            headings=headings("masa berlaku selesai"),
        ),
        Column(
            "lembagaSertifikasi",
            "lembaga penerbit",
            "issuing body",
            headings=headings("lembaga sertifikasi | penerbit"),
        ),
        SYNTHETIC,
    ),
)
