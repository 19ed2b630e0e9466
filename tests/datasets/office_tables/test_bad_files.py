"""What an office's file gets wrong, and which message comes out: a new fault adds a row.

Each list has rows of (what is wrong, what goes in, what the message says); a message names the
file, the sheet, the row and the column as far as there are any, and what to do.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from analysis.datasets.office_tables import read_office_table
from analysis.errors import AnalysisError, DataError, ParameterError

FILES = Path(__file__).parent / "files"

# fmt: off
TEXTS: list[tuple[str, bytes, dict[str, Any], str]] = [
    # what is wrong, the file, parameters, what the message says
    ("nothing", b"", {}, "is empty"),
    ("a web page named .csv", b"<html><table>", {}, "a web page"),
    ("one column", b"Unit\nA\nB\n", {}, "no row has two cells or more"),
    ("a damaged encoding", b"Unit;B;K\nA\x81;1;2\n", {}, "line 2: byte 0x81 is no Windows-1252"),
    ("two separators", b"Unit;B,K\nA;1,2\n", {}, "separated by comma or semicolon"),
    ("an open quote", b'Unit,B,K\n"A,1,2\n', {}, "line 2: the quotation marks"),
    ("a comma unquoted", b"Unit,B,K\nA,1,5,2\nB,1,2\nC,3,4\n", {}, "row 2: it has 4 cells, but th"),
    ("no heading", b"A;1;2\nB;3;4\n", {}, "no row looks like a heading"),
    ("only a heading", b"Unit;B;K\n;;\n;;\n", {}, "there are no rows below the heading"),
    ("a heading not in the file", b"Unit;B;K\nA;1;2\n", {"header": 9}, "has rows 1 to 2"),
    ("two rows that may be the heading", b"Tabel;Lampiran;2025\nUnit;B;K\nA;1;2\nB;3;4\n", {},
     r"row 1 names every column.*header=1, header=2 or header=\(1, 2\)"),
    ("a second table", b"Unit;B;K\nA;1;2\nB;3;4\n;;\nOPD;Laki;Puan\nX;5;6\n", {},
     r"row 5: it has words where the rows above have numbers.*rows=\(1, 4\)"),
    ("two tables side by side", b"Unit;B;;Unit;B\nA;1;;X;1\nB;3;;Y;4\n", {},
     "column C is empty.*columns='A:B', columns='D:E'"),
    ("a sheet of a text file", b"Unit;B;K\nA;1;2\n", {"sheet": "x"}, "is no workbook"),
    ("a total that does not add up", b"Unit;B;K\nA;1;2\nB;3;4\nJumlah;5;6\n", {},
     r"row 4, column B \(B\): the total is 5, but its parts, rows 2-3, add up to 4"),
    ("a subtotal that does not add up",
     b"Unit;B;K\nA;1;2\nB;3;4\nSub total;4;6\nC;1;1\nD;2;2\nSub total;4;3\nJumlah;7;9\n", {},
     r"row 7, column B \(B\): the total is 4, but its parts, rows 5-6, add up to 3"),
    ("a sum without a name", b"Unit;B;K;S\nA;11;2;4\nB;3;14;0\nC;5;5;1\nSemua;19;21;5\nD;1;1;1\n",
     {},
     r"row 5 \('Semua'\): it equals the sum of the rows above.*totals=\(5,\).*keep=\(5,\)"),
    ("a row with a name only", b"Unit;B;K\nA;1;2\nB;;\nC;3;4\n", {}, "row 3: the row has one word"),
    ("a last row with a name only", b"Unit;B;K\nA;1;2\nB;3;4\nC;;\n", {},
     r"row 4: the row has one word, such as 'C'.*rows=\(1, 3\)"),
    ("two readings of a dot", b"Unit;B;K\nA;1.200;2\nB;3;4\n", {},
     r"row 2, column B \(B\): '1\.200' may be 1200 or 1,200 with a decimal comma.*decimal=','"),
    ("two readings of a comma", b"Unit;B;K\nA;1,200;2\nB;3;4\n", {},
     r"'1,200' may be 1200 or 1\.200 with a decimal point"),
    ("both marks in a column", b"Unit;B;K\nA;1.234,5;2\nB;1,234.5;4\n", {},
     r"row 2, column B \(B\) is '1\.234,5'.*row 3, column B \(B\) is '1,234\.5'"),
    ("words in a number", b"Unit;B;K\nA;12 orang;2\nB;3;4\nC;5;6\n", {},
     r"row 2, column B \(B\): '12 orang' is no number"),
    ("a row that is none", b"Unit;B;K\nA;1;2\n", {"totals": (7,)}, "has no row 7"),
    ("a separator that is none", b"Unit;B;K\nA;1;2\n", {"separator": "::"}, "choose one of ','"),
    ("a decimal mark that is none", b"Unit;B;K\nA;1;2\n", {"decimal": "x"}, "choose one of ','"),
    ("columns of no form", b"Unit;B;K\nA;1;2\n", {"columns": "A-C"}, "write the first and last"),
]
# fmt: on


@pytest.mark.parametrize(
    ("content", "options", "message"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS]
)
def test_a_text_file_is_refused(
    tmp_path: Path, content: bytes, options: dict[str, Any], message: str
) -> None:
    file = tmp_path / "tabel.csv"
    file.write_bytes(content)
    with pytest.raises(AnalysisError, match=message) as refused:
        read_office_table(file, **options).frame()
    assert str(file) in str(refused.value) or "=" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("bersandi.xlsx", "protected by a password"),
        ("lama.xls", r"format before 2007 \(\.xls\)"),
        ("01_unor_dump.sql", "a dump of a database"),
        ("tidak_ada.csv", "is missing"),
        (".", "is a folder"),
    ],
)
def test_a_file_that_is_no_table_is_refused(name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_office_table(FILES / name)


def saved(folder: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "tabel.xlsx")
    return folder / "tabel.xlsx"


TABLE: list[list[Any]] = [["Unit", "B", "K"], ["A", 1, 2], ["B", 3, 4]]


def test_several_sheets_need_a_name(tmp_path: Path) -> None:
    file = saved(tmp_path, ("satu", TABLE), ("dua", TABLE), ("kosong", []))
    with pytest.raises(ParameterError, match=r"2 sheets with cells: satu, dua.*sheet='satu'"):
        read_office_table(file)
    assert len(read_office_table(file, sheet="dua")) == 2
    with pytest.raises(ParameterError, match="no sheet is named 'tiga'"):
        read_office_table(file, sheet="tiga")


def test_two_tables_on_a_sheet_are_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, ("satu", [*TABLE, [], ["OPD", "Laki", "Puan"], ["X", 5, 6]]))
    with pytest.raises(DataError, match=r"sheet 'satu', row 5: .*rows=\(1, 4\) or rows=\(5, 6\)"):
        read_office_table(file)
    assert read_office_table(file, rows=(1, 4)).headings == ("Unit", "B", "K")
    assert read_office_table(file, rows=(5, 6)).headings == ("OPD", "Laki", "Puan")


def test_a_hidden_sheet_is_left_out_and_shown(tmp_path: Path) -> None:
    file = saved(tmp_path, ("satu", TABLE), ("dua", TABLE))
    book = openpyxl.load_workbook(file)
    book["dua"].sheet_state = "hidden"
    book.save(file)
    table = read_office_table(file)
    assert "hidden sheets: 'dua'" in [note.text() for note in table.account]


def test_formulas_without_values_are_refused_by_cell(tmp_path: Path) -> None:
    file = saved(tmp_path, ("satu", [*TABLE, ["C", "=1+1", 5]]))
    with pytest.raises(DataError, match=r"sheet 'satu': the formulas in B4 have no stored value"):
        read_office_table(file)


def test_errors_of_formulas_are_refused_by_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.active["C3"] = "#DIV/0!"
    book.active["C3"].data_type = "e"
    book.save(tmp_path / "tabel.xlsx")
    with pytest.raises(DataError, match=r"a formula ends in an error in C3 \(#DIV/0!\)"):
        read_office_table(tmp_path / "tabel.xlsx")


def test_a_workbook_of_opendocument_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "tabel.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    with pytest.raises(DataError, match=r"tabel\.ods is a workbook of OpenDoc.*save it as 'Exc"):
        read_office_table(file)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, ("satu", TABLE))
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(DataError, match="cannot be read as a workbook"):
        read_office_table(file)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("catatan.txt", "bukan buku kerja")
    file.write_bytes(other.getvalue())
    with pytest.raises(DataError, match="cannot be read as a workbook"):
        read_office_table(file)
