"""Appraisal (*rw_skp*): one row a person and year."""

from analysis.individuals.schema.declarations import NIP, SYNTHETIC, Column, Table, headings
from analysis.individuals.schema.training import FIRST_YEAR, LAST_YEAR

APPRAISAL = Table(
    "appraisal",
    "penilaian kinerja seorang ASN dalam setahun",
    "the appraisal of a civil servant in a year",
    "rw_skp, rw_skp22",
    (
        NIP,
        Column(
            "tahun",
            "tahun penilaian",
            "year of the appraisal",
            type="integer",
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
            required=True,
            filled=True,
        ),
        Column(
            "nilaiSkp",
            "nilai prestasi kerja, 0 sampai 120",
            "score, 0 to 120",
            type="number",
            minimum=0,
            maximum=120,
            headings=headings("nilai prestasi kerja | nilaiPrestasiKerja | nilai skp"),
        ),
        Column("hasilKerja", "rating hasil kerja", "rating of results"),
        Column("perilakuKerja", "rating perilaku kerja", "rating of behaviour"),
        Column(
            "kuadranKinerja",
            "predikat kinerja",
            "predicate",
            headings=headings("predikat | predikat kinerja"),
        ),
        SYNTHETIC,
    ),
    key=("nipBaru", "tahun"),
)
