"""Files as offices keep them: what is read, what is inferred, what is refused with its rows."""

import pytest

from analysis.datasets import read_table
from analysis.datasets.organisations import read_organisation
from analysis.errors import DataError

BEGINNINGS = read_table("eselon_menurut_nama")
CODED = """KODE;NAMA UNOR;ATASAN;ESELON
01;Dinas Sosial;NULL;II.b
0101;Sekretariat;01;III.a
010101;Subbagian  Umum;0101;
0102;Bidang Bantuan;01;III.b
"""
KOLOM = {"unit": "KODE", "nama": "NAMA UNOR", "induk": "ATASAN", "eselon": "ESELON"}


@pytest.fixture
def read(tmp_path):
    def read(text, mapping, scope="kabkota", **files):
        for name, content in {"unor": text, **files}.items():
            (tmp_path / f"{name}.csv").write_text(content, "utf-8")
        return read_organisation(tmp_path / "unor.csv", mapping, scope=scope, beginnings=BEGINNINGS)

    return read


def test_a_file_with_codes_is_read_as_it_says(read):
    found = read(CODED, {"kolom": KOLOM})
    units = found.units.set_index("unit")
    assert units["induk"].fillna("").tolist() == ["", "01", "0101", "01"]
    assert units["eselon"].tolist() == ["II.b", "III.a", "IV", "III.b"]
    assert units["eselon_disimpulkan"].tolist() == [False, False, True, False]
    assert not units["induk_disimpulkan"].any()
    assert units.loc["010101", "nama"] == "Subbagian Umum"
    assert "4 units, 1 at the top; inferred: 0 parents, 1 echelon" in repr(found)


def test_parents_in_a_second_table(read):
    text = "ID,NAMA UNOR\n1,Biro Umum\n2,Bagian Rumah Tangga\n3,Subbagian Arsip\n"
    relations = "ANAK,DIATASAN\n2,1\n3,2\n3,2\n"
    mapping = {
        "kolom": {"unit": "ID", "nama": "NAMA UNOR"},
        "induk": {"berkas": "hubungan.csv", "unit": "ANAK", "induk": "DIATASAN"},
    }
    units = read(text, mapping, "pusat", hubungan=relations).units
    assert units["induk"].fillna("").tolist() == ["", "1", "2"]
    assert units["eselon"].tolist() == ["II", "III", "IV"]


def test_heads_instead_of_units_and_parents_from_the_order(read):
    text = (
        "NAMA JABATAN,OPD\nKepala Dinas Sosial,Dinas Sosial\nKasubbag Umum,Dinas Sosial\n"
        "Kepala Bidang Bantuan,Dinas Sosial\nKepala Seksi Data,Dinas Sosial\n"
        "Kepala Dinas Kesehatan,Dinas Kesehatan\n"
    )
    mapping = {
        "kolom": {"kepala": "NAMA JABATAN", "opd": "OPD"},
        "pilihan": {"induk_dari_urutan": True},
    }
    units = read(text, mapping).units
    assert units["nama"].tolist()[1:3] == ["Subbagian Umum", "Bidang Bantuan"]
    assert units["induk"].fillna("").tolist() == [
        "",
        "Dinas Sosial",
        "Dinas Sosial",
        "Bidang Bantuan",
        "",
    ]
    assert units["induk_disimpulkan"].tolist() == [False, True, True, True, False]
    assert units["eselon_disimpulkan"].all()


def test_a_unit_that_names_itself_is_the_top_where_the_mapping_says_so(read):
    text = CODED.replace("NULL", "01")
    with pytest.raises(DataError, match="row 2: the unit names itself as its parent"):
        read(text, {"kolom": KOLOM})
    units = read(text, {"kolom": KOLOM, "pilihan": {"diri_sendiri_puncak": True}}).units
    assert units["induk"].isna().tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("change", "mapping", "message"),
    [
        (("0102;", "0101;"), {}, r"rows 3, 5: the unit 0101 occurs more than once"),
        ((";0101;", ";0199;"), {}, r"row 4: 0199 is given as the parent and is no unit"),
        (("0102;", ";"), {}, r"row 5, column 'KODE': the unit has no code"),
        (("Bidang Bantuan", ""), {}, r"row 5: the unit has no name"),
        ((), {"kolom": {"unit": "KODE"}}, r"nama is missing"),
        ((), {"kolom": {"nama": "NAMA UNOR"}}, r"who stands above whom, and nothing does"),
        ((), {"pilihan": {"induk_dari_urutan": True}}, r"induk under \[kolom\] and induk_dari"),
        ((), {"pilihan": {"puncak": True}}, r"\[pilihan\]: puncak is not known"),
        ((), {"pilihan": {"diri_sendiri_puncak": "ya"}}, r"each true or false"),
    ],
)
def test_what_is_wrong_is_named_with_its_rows(read, change, mapping, message):
    text = CODED.replace(*change) if change else CODED
    with pytest.raises(DataError, match=message):
        read(text, {"kolom": KOLOM} | mapping)


@pytest.mark.parametrize(
    ("relations", "table", "message"),
    [
        ("ANAK,DIATASAN\n2,1\n2,3\n", {}, r"rows 2-3: the unit 2 has 2 parents"),
        ("ANAK,DIATASAN\n9,1\n", {}, r"row 2, column 'ANAK': 9 is no unit of"),
        ("ANAK,DIATASAN\n2,1\n", {"induk": 3}, r"\[induk\]: expected berkas, unit and induk"),
        ("ANAK,DIATASAN\n2,1\n", {"lain": "x"}, r"lain is not known"),
    ],
)
def test_a_second_table_that_does_not_go_with_the_first_is_refused(read, relations, table, message):
    text = "ID,NAMA UNOR\n1,Biro Umum\n2,Bagian Rumah Tangga\n3,Subbagian Arsip\n"
    second = {"berkas": "hubungan.csv", "unit": "ANAK", "induk": "DIATASAN"} | table
    mapping = {"kolom": {"unit": "ID", "nama": "NAMA UNOR"}, "induk": second}
    with pytest.raises(DataError, match=message):
        read(text, mapping, "pusat", hubungan=relations)


def test_the_order_tells_nothing_of_rows_without_an_echelon(read):
    text = "NO,NAMA UNOR\n1,Dinas Sosial\n2,Kelompok Jabatan Fungsional\n"
    mapping = {"kolom": {"nama": "NAMA UNOR"}, "pilihan": {"induk_dari_urutan": True}}
    with pytest.raises(DataError, match="row 3: no echelon I to V"):
        read(text, mapping)
