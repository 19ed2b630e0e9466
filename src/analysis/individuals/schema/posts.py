"""Posts (*peta jabatan*): one row a post of a unit, with people and need."""

from analysis.individuals.schema.declarations import (
    KABKOTA,
    PROVINCE,
    SYNTHETIC,
    Column,
    Table,
    headings,
)

POSTS = Table(
    "posts",
    "sebuah jabatan pada sebuah unit",
    "a post in a unit",
    "peta jabatan",
    (
        Column(
            "unorId",
            "unit yang memiliki jabatan",
            "unit that has the post",
            references="units.Id",
            required=True,
            filled=True,
            headings=headings("UNOR ID | kode unor"),
        ),
        Column(
            "jabatan",
            "nama jabatan",
            "name of the post",
            required=True,
            filled=True,
            headings=headings("nama jabatan | jabatan nama"),
        ),
        Column(
            "jenisJabatanId",
            "jenis jabatan",
            "kind of post",
            codes="jenis_jabatan",
            headings=headings("JENIS JABATAN ID"),
        ),
        Column("jenjang", "jenjang jabatan fungsional", "jenjang of a functional post"),
        Column(
            "kelas",
            "kelas jabatan",
            "class of the post",
            type="integer",
            minimum=1,
            maximum=17,
            headings=headings("kelas jabatan"),
        ),
        Column(
            "bezetting",
            "pegawai yang ada",
            "people in the post",
            type="integer",
            minimum=0,
            headings=headings("B | jumlah bezetting | bezetting b"),
        ),
        Column(
            "kebutuhan",
            "pegawai yang dibutuhkan",
            "people needed",
            type="integer",
            minimum=0,
            required=True,
            headings=headings("K | kebutuhan k | kebutuhan pegawai | ABK"),
        ),
        PROVINCE,
        KABKOTA,
        SYNTHETIC,
    ),
    key=("unorId", "jabatan", "kelas"),
)
