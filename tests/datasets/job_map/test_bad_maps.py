"""What a job map gets wrong, and which message comes out: a new fault adds a row.

Each list has rows of (what is wrong, the file or the mapping, what the message says).
"""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from analysis.datasets.job_map import MovingRules, read_job_map
from analysis.datasets.job_map.__main__ import main
from analysis.errors import AnalysisError, DataError

RULES = MovingRules(pppk_may_move=False, least_years=2.0)
COLUMNS = {"unit": "Unit", "jabatan": "Jabatan", "bezetting": "B", "kebutuhan": "K"}
GOOD = "Unit;Jabatan;B;K;S\nA;Perawat;5;4;1\nA;Bidan;3;6;1\nB;Perawat;1;3;1\nB;Bidan;7;9;1\n"

# fmt: off
FILES: list[tuple[str, str, str, str]] = [
    # what is wrong, old text, new text, what the message says
    ("a need missing", "A;Bidan;3;6", "A;Bidan;3;",
     r"row 3, column D \(K\): kebutuhan is missing for A, Bidan\. Empty is not zero"),
    ("a need that is filler", "A;Bidan;3;6", "A;Bidan;3;-",
     r"row 3, column D \(K\) \(written '-'\): kebutuhan is missing"),
    ("a negative need", "A;Bidan;3;6", "A;Bidan;3;-6",
     r"column D \(K\): kebutuhan is below zero in row 3 \(-6\)"),
    ("nobody counted", "A;Bidan;3;6", "A;Bidan;;6",
     r"row 3, column C \(B\): bezetting is missing\. Empty is not zero"),
    ("less than nobody", "A;Bidan;3;6", "A;Bidan;-3;6",
     r"column C \(B\): bezetting is below zero in row 3 \(-3\)"),
    ("half a person", "A;Bidan;3;6", "A;Bidan;3,5;6",
     r"column C \(B\): bezetting is not whole in row 3 \(3\.5\)"),
    ("a dot between thousands or not", "A;Bidan;3;6", "A;Bidan;1.200;6",
     r"row 3, column C \(B\): '1\.200' may be 1200 or 1,200"),
    ("a comma between thousands or not", "A;Bidan;3;6", "A;Bidan;1,200;6",
     r"row 3, column C \(B\): '1,200' may be 1200 or 1\.200"),
    ("words for people", "A;Bidan;3;6", "A;Bidan;tiga;6", r"row 3, column C \(B\): 'tiga' is no n"),
    ("a unit twice", "B;Bidan;7;9", "A;Perawat;7;9",
     r"rows 2, 5: A, Perawat stands there more than once.*a kabupaten and a kota"),
    ("a post in two spellings", "B;Bidan", "B;BIDAN",
     r"column B \(Jabatan\): one name has 2 spellings: 'Bidan' \(row 3\), 'BIDAN' \(row 5\)"),
    ("a unit in two spellings", "B;Bidan", "B.;Bidan", r"2 spellings: 'B' \(row 4\), 'B\.' \(r"),
    ("a unit without a name", "A;Bidan", ";Bidan", r"row 3, column A \(Unit\): the unit is miss"),
    ("a post without a name", "A;Bidan", "A;-", r"row 3, column B \(Jabatan\): the jabatan is mis"),
    ("a total that is wrong", "B;Bidan;7;9;1\n", "B;Bidan;7;9;1\nJumlah;;16;23;4\n",
     r"row 6, column D \(K\): the total is 23, but its parts, rows 2-5, add up to 22"),
]

MAPPINGS: list[tuple[str, dict[str, Any], str]] = [
    ("a column that is not there", {"kolom": COLUMNS | {"bezetting": "Bezetting"}},
     r"\[kolom\]: bezetting = 'Bezetting': no column .* there are 'Unit', 'Jabatan', 'B', 'K'"),
    ("a field that is not there", {"kolom": COLUMNS | {"gaji": "S"}}, "field 'gaji' is not known"),
    ("no unit", {"kolom": {"jabatan": "Jabatan", "kebutuhan": "K"}}, "unit is missing"),
    ("no staff", {"kolom": {k: v for k, v in COLUMNS.items() if k != "bezetting"}},
     "bezetting is missing. Map it; or bezetting_pns"),
    ("half of the staff", {"kolom": {"unit": "Unit", "jabatan": "Jabatan", "kebutuhan": "K",
     "bezetting_pns": "B"}}, "bezetting is missing"),
    ("staff twice", {"kolom": COLUMNS | {"bezetting_pppk": "S", "status": "S"}}, "say the same tw"),
    ("a table that is not there", {"kolom": COLUMNS, "kolon": {}}, "table 'kolon' is not known"),
    ("a choice that is not there", {"kolom": COLUMNS, "pilihan": {"x": 1}}, "x is not known"),
    ("a number for a heading", {"kolom": COLUMNS | {"unit": 3}}, "expected one heading in quot"),
    ("four years", {"kolom": COLUMNS | {"pensiun": ["B"] * 4}}, "expected a list of 5 headings"),
    ("a mark that is none", {"kolom": COLUMNS, "berkas": {"desimal": ";"}}, r"\[berkas\] desimal"),
    ("a row in words", {"kolom": COLUMNS, "berkas": {"judul": "4"}}, r"\[berkas\] judul: '4' is"),
    ("an unknown status", {"kolom": COLUMNS | {"status": "S"}},
     r"status '1' \(row 2\) is neither PNS nor PPPK.*under \[status\]"),
    ("more who stay than there are", {"kolom": COLUMNS | {"tetap": "K"}},
     r"row 3, column D \(K\): tetap is 6, but there are only 3 people"),
    ("one coordinate", {"kolom": COLUMNS | {"lintang": "S"}}, "lintang and bujur come together"),
    ("two groups of a unit", {"kolom": COLUMNS | {"kelompok": "B"}},
     r"rows 2-3, column 'B': the unit 'A' has 2 values of kelompok, '5', '3'"),
    ("a family of nothing", {"kolom": COLUMNS, "pilihan": {"keluarga": ["unit"]}}, "keluarga = "),
    ("years that are no list", {"kolom": COLUMNS, "pilihan": {"kosong_nol": "K"}}, "expected a l"),
]
# fmt: on


def read(folder: Path, text: str, mapping: dict[str, Any]) -> Any:
    file = folder / "peta.csv"
    file.write_text(text, "utf-8")
    return read_job_map(file, mapping, rules=RULES)


def test_the_map_without_a_fault_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD, {"kolom": COLUMNS}).staff.loc["A", "Bidan"] == 3


@pytest.mark.parametrize(
    ("old", "new", "message"), [row[1:] for row in FILES], ids=[row[0] for row in FILES]
)
def test_a_fault_of_the_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError, match=message) as refused:
        read(tmp_path, GOOD.replace(old, new), {"kolom": COLUMNS})
    assert str(tmp_path / "peta.csv") in str(refused.value)


@pytest.mark.parametrize(
    ("mapping", "message"), [row[1:] for row in MAPPINGS], ids=[row[0] for row in MAPPINGS]
)
def test_a_fault_of_the_mapping_is_refused(
    tmp_path: Path, mapping: dict[str, Any], message: str
) -> None:
    with pytest.raises(AnalysisError, match=message):
        read(tmp_path, GOOD, mapping)


def test_a_correction_of_spelling_is_applied(tmp_path: Path) -> None:
    text = GOOD.replace("B;Bidan", "B;BIDAN")
    found = read(tmp_path, text, {"kolom": COLUMNS, "ejaan": {"BIDAN": "Bidan"}})
    assert found.staff.columns.tolist() == ["Perawat", "Bidan"]


def test_a_need_in_several_rows_of_a_post_is_asked_about(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;K;Status\nA;x;5;4;PNS\nA;x;2;4;PPPK\nB;x;1;3;PNS\n"
    columns = COLUMNS | {"status": "Status"}
    with pytest.raises(DataError, match=r"rows 2-3, column 'K': the post A, x has kebutuhan in se"):
        read(tmp_path, text, {"kolom": columns})
    for how, need in (("jumlahkan", 8.0), ("sama", 4.0)):
        said = {"kolom": columns, "pilihan": {"kebutuhan_beberapa_baris": how}}
        assert read(tmp_path, text, said).need.loc["A", "x"] == need
    said = {"kolom": columns, "pilihan": {"kebutuhan_beberapa_baris": "sama"}}
    with pytest.raises(DataError, match="to repeat one number, but have 4 and 5"):
        read(tmp_path, text.replace("A;x;2;4", "A;x;2;5"), said)


def test_a_unit_that_is_the_sum_of_the_others_is_refused(tmp_path: Path) -> None:
    rows = [("A", 10, 22), ("B", 5, 9), ("C", 7, 30), ("Kabupaten", 22, 61)]
    text = "Jabatan;Unit;B;K\n" + "".join(f"x;{u};{b};{k}\n" for u, b, k in rows)
    with pytest.raises(DataError, match="the unit 'Kabupaten' looks like the total of the others"):
        read(tmp_path, text, {"kolom": COLUMNS})
    said: dict[str, Any] = {"kolom": COLUMNS}
    said["pilihan"] = {"bukan_jumlah": ["Kabupaten"]}
    assert len(read(tmp_path, text, said).staff) == 4


def test_empty_cells_that_mean_none_or_the_one_above_are_told(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;K;T\nA;x;5;4;\n;y;3;6;1\nB;x;1;3;\n"
    said = {
        "kolom": COLUMNS | {"tetap": "T"},
        "pilihan": {"ulang_ke_bawah": ["unit"], "kosong_nol": ["tetap"]},
    }
    found = read(tmp_path, text, said)
    assert found.movable.to_dict("index") == {"A": {"x": 5, "y": 2}, "B": {"x": 1, "y": 0}}
    said["pilihan"] = {"ulang_ke_bawah": ["unit"]}
    with pytest.raises(DataError, match=r"rows 2, 4, column E \(T\): tetap is missing"):
        read(tmp_path, text, said)


def test_a_sheet_is_named_in_the_message(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Bezetting"
    for row in (["Unit", "Jabatan", "B", "K"], ["A", "x", 1, None], ["B", "x", 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "peta.xlsx")
    with pytest.raises(DataError, match=r"sheet 'Bezetting', row 2, column D \(K\): kebutuhan is"):
        read_job_map(tmp_path / "peta.xlsx", {"kolom": COLUMNS}, rules=RULES)


def test_a_mapping_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "peta.csv").write_text(GOOD)
    (tmp_path / "peta.toml").write_text("[kolom\nunit = 3")
    with pytest.raises(DataError, match=r"peta\.toml is no TOML"):
        read_job_map(tmp_path / "peta.csv", tmp_path / "peta.toml", rules=RULES)


@pytest.mark.parametrize("nip", ["197001011995031003", "19700101/199503/1/003"])
def test_a_nip_in_a_name_is_masked(tmp_path: Path, nip: str) -> None:
    text = GOOD.replace("A;Bidan;3;6", f"{nip} x;Bidan;3;")
    with pytest.raises(DataError, match="kebutuhan is missing") as refused:
        read(tmp_path, text, {"kolom": COLUMNS})
    assert "1970" not in str(refused.value)
    assert "199503" not in str(refused.value)


@pytest.mark.parametrize(
    ("one", "other", "flagged"),
    [
        ("Pengadministrasi Umum", "Pengadministarsi Umum", True),  # two letters swapped
        ("Penata Laksana", "Penata Laksan", True),  # one left out
        ("Bidan Terampil", "Bidan Tetampil", True),  # one changed
        ("Guru Kelas I", "Guru Kelas V", False),  # numbered
        ("Operator A", "Operator B", False),
        ("Perawat", "Bidan", False),
    ],
)
def test_posts_that_are_nearly_spelt_alike_are_shown_and_left(
    tmp_path: Path, one: str, other: str, flagged: bool
) -> None:
    text = f"Unit;Jabatan;B;K\nA;{one};5;4\nB;{other};3;6\n"
    found = read(tmp_path, text, {"kolom": COLUMNS})
    assert found.staff.columns.tolist() == [one, other]
    warnings = [note for note in found.account.of("warning") if note.key == "similar"]
    assert [note.rows for note in warnings] == ([(2, 3)] if flagged else [])
    for note in warnings:
        assert note.text("en").startswith(f"'{one}' and '{other}' are nearly the same")
        assert f'"{other}" = "{one}" under [ejaan]' in note.text("en")
        said = {"kolom": COLUMNS, "ejaan": {other: one}}
        assert read(tmp_path, text, said).staff.columns.tolist() == [one]


@pytest.mark.parametrize(
    "heading",
    ["Unit;Perawat B;Perawat K;Bidan B;Bidan K", "Unit;B Perawat;K Perawat;B Bidan;K Bidan"],
)
def test_a_column_for_each_post_is_refused_with_what_to_do(
    tmp_path: Path, heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lebar.csv"
    file.write_text(f"{heading}\nA;1;2;3;4\nC;5;6;7;8\n")
    assert main(["draft", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"{file}: 2 posts have columns of their own, B (" in said
    assert "Unpivot Other Columns" in said
    assert not file.with_suffix(".toml").exists()
