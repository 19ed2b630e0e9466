"""Training centres: one row a centre, with its place."""

from analysis.individuals.schema.declarations import (
    KABKOTA,
    PROVINCE,
    SYNTHETIC,
    Column,
    Table,
    headings,
)

CENTRES = Table(
    "centres",
    "sebuah pusat pelatihan",
    "a training centre",
    "tanpa padanan di SIASN",
    (
        Column("id", "pusat pelatihan", "training centre", required=True, filled=True),
        Column(
            "nama",
            "nama pusat pelatihan",
            "name of the training centre",
            required=True,
            filled=True,
        ),
        Column(
            "lintang",
            "lintang dalam derajat",
            "latitude in degrees",
            type="number",
            minimum=-11.5,
            maximum=6.5,
            required=True,
            filled=True,
            headings=headings("latitude | lat"),
        ),
        Column(
            "bujur",
            "bujur timur dalam derajat",
            "longitude east in degrees",
            type="number",
            minimum=94,
            maximum=142,
            required=True,
            filled=True,
            headings=headings("longitude | lon | lng"),
        ),
        Column(
            "kapasitas",
            "peserta dalam setahun",
            "participants in a year",
            type="integer",
            minimum=0,
        ),
        PROVINCE,
        KABKOTA,
        SYNTHETIC,
    ),
    key=("id",),
)
