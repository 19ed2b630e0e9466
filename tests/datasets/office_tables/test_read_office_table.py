"""What is taken as heading, row, total and note, and that a table comes back as it was written."""

import csv
import io
from contextlib import suppress
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.datasets.office_tables import OfficeTable, read_office_table
from analysis.datasets.office_tables.phrases import KINDS, PHRASES, PLACES
from analysis.errors import AnalysisError, DataError

FILES = Path(__file__).parent / "files"  # invented: no unit, person or number in them is real


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "tabel.csv"
    file.write_bytes(text.encode(encoding))
    return file


def workbook(folder: Path, rows: list[list[Any]], merged: tuple[str, ...] = ()) -> Path:
    file = folder / "tabel.xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Data")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    for area in merged:
        first = area.split(":")[0]
        i, j = xlsxwriter.utility.xl_cell_to_rowcol(first)
        sheet.merge_range(area, rows[i][j])
    book.close()
    return file


def kinds_of(table: OfficeTable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in table.account:
        found.setdefault(note.kind, []).append(note.where())
    return found


def test_titles_notes_totals_and_blank_rows_are_left_out_and_shown(tmp_path: Path) -> None:
    text = (
        "PETA JABATAN;;;\nKEADAAN 31 DESEMBER 2025;;;\n;;;\nNo;Unit;B;K\n(1);(2);(3);(4)\n"
        "1;Dinas A;12;15\n2;Dinas B;7;6\n;;;\n;Jumlah;19;21\n;;;\nSumber: BKPSDM;;;\n"
        ";;Kepala Badan,;\n;;Budi Contoh;\n"
    )
    table = read_office_table(written(tmp_path, text))
    assert table.frame(["Unit", "B", "K"]).to_numpy().tolist() == [
        ["Dinas A", 12.0, 15.0],
        ["Dinas B", 7.0, 6.0],
    ]
    assert table.rows.tolist() == [6, 7]
    found = kinds_of(table)
    assert found["title"] == ["row 1", "row 2"]
    assert found["heading"] == ["row 4"]
    assert found["left out"] == ["row 5", "rows 8, 10"]
    assert found["total"] == ["row 9"]
    assert found["footnote"] == ["row 11", "row 12", "row 13"]
    assert "Budi" not in repr(table.account)


def test_a_heading_of_two_rows_takes_its_names_from_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["REKAP", "", "", "", ""],
        ["Unit", "PNS", "", "PPPK", ""],
        ["", "L", "P", "L", "P"],
        ["Dinas A", 1, 2, 3, 4],
        ["Dinas B", 5, 6, 7, 9],
    ]
    merged = workbook(tmp_path, rows, ("A1:E1", "A2:A3", "B2:C2", "D2:E2"))
    headings = ("Unit", "PNS L", "PNS P", "PPPK L", "PPPK P")
    assert read_office_table(merged).headings == headings
    plain = written(tmp_path, "\n".join(";".join(map(str, row)) for row in rows))
    assert read_office_table(plain).headings == headings


def test_words_in_merged_cells_hold_for_every_row_and_numbers_are_refused(tmp_path: Path) -> None:
    rows = [
        ["Unit", "Jabatan", "B", "K"],
        ["Dinas A", "x", 1, 9],
        ["", "y", 2, ""],
        ["B", "x", 3, 5],
    ]
    table = read_office_table(workbook(tmp_path, rows, ("A2:A3", "D2:D3")))
    assert table.texts("Unit").tolist() == ["Dinas A", "Dinas A", "B"]
    with pytest.raises(
        DataError, match=r"row 2, column D \(K\): '9' stands in a merged cell for r"
    ):
        table.numbers("K")


def test_a_total_may_be_named_in_the_column_of_row_numbers(tmp_path: Path) -> None:
    text = "No,Unit,B,K\n1,A,1,2\n2,B,3,4\nJUMLAH TOTAL,,4,6\n"
    table = read_office_table(written(tmp_path, text))
    assert [note.text()[:14] for note in table.account.of("total")] == ["'JUMLAH TOTAL'"]
    assert len(table) == 2


def test_a_last_row_without_numbers_is_a_row_and_no_note(tmp_path: Path) -> None:
    text = "Unit,Jabatan,B,K\nA,x,1,2\nB,y,3,4\n,,,\nC,x,,\n,,,\nMengetahui,,,\n"
    table = read_office_table(written(tmp_path, text))
    assert table.texts("Unit").tolist() == ["A", "B", "C"]
    assert [note.where() for note in table.account.of("footnote")] == ["row 7"]


def test_columns_on_both_sides_of_an_empty_one_are_a_table_where_it_is_said(tmp_path: Path) -> None:
    file = written(tmp_path, "Unit;B;;K;S\nA;1;;2;3\nB;3;;4;5\n")
    assert read_office_table(file, columns="A:E").headings == ("Unit", "B", "K", "S")
    assert read_office_table(file, columns="A:B").headings == ("Unit", "B")


def test_posts_that_add_up_by_chance_are_no_total(tmp_path: Path) -> None:
    text = "Jabatan,B,K\nKepala,1,1\nSekretaris,1,1\nKasubag,1,1\nPelaksana,3,3\n"
    assert len(read_office_table(written(tmp_path, text))) == 4


def test_the_heading_printed_again_is_left_out(tmp_path: Path) -> None:
    text = "Unit,B,K\nA,1,2\nB,3,4\nUnit,B,K\nC,5,6\n"
    table = read_office_table(written(tmp_path, text))
    assert table.texts("Unit").tolist() == ["A", "B", "C"]
    assert ("left out", "row 4", "the heading again") in [
        (note.kind, note.where(), note.text()) for note in table.account
    ]


def test_single_words_are_carried_into_a_column_when_asked_for(tmp_path: Path) -> None:
    text = "Jabatan,B,K\nDINAS A,,\nPerawat,1,2\nBidan,3,3\nDINAS B,,\nPerawat,4,1\n"
    with pytest.raises(DataError, match=r"rows 2, 5: the row has one word.*sections="):
        read_office_table(written(tmp_path, text))
    table = read_office_table(written(tmp_path, text), sections="Unit")
    assert table.texts("Unit").tolist() == ["DINAS A", "DINAS A", "DINAS B"]
    numbered = "No,Jabatan,B,K\nI,DINAS A,,\n1,Perawat,1,2\n2,Bidan,3,3\nII,DINAS B,,\n1,x,4,1\n"
    with pytest.raises(DataError, match=r"rows 2, 5: the row has one word, such as 'DINAS A'"):
        read_office_table(written(tmp_path, numbered))
    table = read_office_table(written(tmp_path, numbered), sections="Unit")
    assert table.texts("Unit").tolist() == ["DINAS A", "DINAS A", "DINAS B"]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_separators_are_told_apart(
    tmp_path: Path, encoding: str, named: str, mark: str
) -> None:
    text = "Unit;B;K\nDinas é;1;2\nDinas B;3;4\n".replace(";", mark)
    table = read_office_table(written(tmp_path, text, encoding))
    assert table.texts("Unit").tolist() == ["Dinas é", "Dinas B"]
    said = f"read as {named}, separated by {mark!r}"
    assert table.account.notes[0].text() == said


def test_numbers_of_persons_are_neither_carried_nor_shown(tmp_path: Path) -> None:
    text = "Pegawai,NIP,Kode,B,K\nBudi,19700101 199503 1 003,197001011995031003,1,2\n"
    text += "Ani,19800101 200503 2 004,198001012005032004,3,4\n"
    table = read_office_table(written(tmp_path, text))
    assert table.headings == ("Pegawai", "B", "K")
    assert table.personal == ("NIP", "Kode")
    assert "1970" not in repr(table)
    with pytest.raises(DataError, match="holds data of persons and was left out"):
        table.numbers("NIP")
    assert read_office_table(written(tmp_path, text), wanted=("NIP",)).headings[1] == "NIP"


def test_an_account_is_escaped(tmp_path: Path) -> None:
    table = read_office_table(
        written(tmp_path, "judul <b>x</b>,,\nUnit,<i>B</i>,K\nA,1,2\nC,3,9\n")
    )
    shown = table._repr_html_()
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "&lt;b&gt;" in shown
    assert str(tmp_path) not in shown


def test_an_account_speaks_both_languages(tmp_path: Path) -> None:
    text = "Judul,,\nUnit,B,K\nA,1,2\n,,\nB,-,1.5\nJumlah,1,3.5\nSumber: x,,\n"
    account = read_office_table(written(tmp_path, text)).account
    frame = account.to_frame("id")
    assert frame.columns.tolist() == ["jenis", "tempat", "isi"]
    rows = frame.to_numpy().tolist()
    assert ["tidak dibaca", "baris 4", "kosong"] in rows
    assert ["pengisi", "baris 5, kolom B (B)", "'-' dibaca sebagai tidak ada nilai"] in rows
    assert len(frame) == len(account.to_frame("en"))
    assert "judul tabel" in account.to_html("id")
    for words in (*PHRASES.values(), *KINDS.values(), *PLACES.values()):
        fields = [
            {name for _, name, _, _ in Formatter().parse(words[code]) if name}
            for code in ("id", "en")
        ]
        assert fields[0] == fields[1]


def test_dates_in_their_forms_and_placeholders(tmp_path: Path) -> None:
    text = "Unit,TMT,B\nA,01-04-2019,1\nB,2019-04-01,2\nC,05/03/1985,3\n"
    text += "D,01-01-1900,4\nE,0000-00-00,5\n"
    table = read_office_table(written(tmp_path, text))
    found, notes = table.dates("TMT")
    assert found.dt.strftime("%Y-%m-%d").tolist()[:3] == ["2019-04-01", "2019-04-01", "1985-03-05"]
    assert found.isna().tolist() == [False, False, False, True, True]
    assert "rows 5-6" in notes[0].where()


def test_filler_is_missing_unless_it_means_none(tmp_path: Path) -> None:
    file = written(tmp_path, "Unit,B,K\nA,-,1\nB,2,n/a\nC,3,4\n")
    assert np.isnan(read_office_table(file).numbers("B")).tolist() == [True, False, False]
    assert read_office_table(file, zero=("-",)).numbers("B").tolist() == [0.0, 2.0, 3.0]


# --- The four invented files with the faults of real ones -----------------------------------------


def test_a_profile_extract_keeps_no_person() -> None:
    table = read_office_table(FILES / "02_siasn_profile_semicolon_bom.csv")
    assert {"NIP BARU", "NAMA", "TANGGAL LAHIR", "NIK"} <= set(table.personal)
    assert table.texts("UNOR NAMA").iloc[0] == "SD NEGERI 5 MELATI"
    assert table.texts("GOL AKHIR ID").iloc[0] == "33"
    with pytest.raises(DataError, match=r"row 6, column I \(TANGGAL LAHIR\): '.*' is no date"):
        read_office_table(table.file, wanted=("TANGGAL LAHIR",)).dates("TANGGAL LAHIR")


def test_a_recapitulation_is_asked_about_until_nothing_is_guessed() -> None:
    file = FILES / "03_rekap_golongan_merged_header.xlsx"
    with pytest.raises(DataError, match=r"row 8 \('Golongan I'\): it equals the sum"):
        read_office_table(file)
    table = read_office_table(file, totals=(8, 11), zero=("-",))
    assert table.headings[1:3] == ("2021 Laki-Laki", "2021 Perempuan")
    assert table.numbers("2021 Laki-Laki").tolist() == [1.0, 6.0, 310.0, 150.0]
    with pytest.raises(DataError, match=r"row 9, column C \(2021 Perempuan\): '1\.207' may be"):
        table.numbers("2021 Perempuan")
    table = read_office_table(file, totals=(8, 11), zero=("-",), decimal=",")
    assert table.numbers("2021 Perempuan").tolist() == [0.0, 4.0, 1207.0, 420.0]
    with pytest.raises(DataError, match=r"row 9, column G \(2022 Jumlah\): '2\.1\.565' is no num"):
        table.numbers("2022 Jumlah")


def test_a_copied_column_is_a_warning() -> None:
    table = read_office_table(FILES / "04_opd_copied_column.csv")
    warnings = [note.text() for note in table.account.of("warning")]
    assert "the same numbers as column PNS_P in all 4 rows" in warnings[0]
    assert "row 2 has 77 where" in warnings[1]


# --- Any table comes back as it was written -------------------------------------------------------

_names = st.lists(st.text("abcdefghijklmn", min_size=1, max_size=6), min_size=1, max_size=3).map(
    " ".join
)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    n = draw(st.integers(3, 8))
    units = draw(st.lists(_names, min_size=n, max_size=n, unique=True))
    whole = draw(st.lists(st.integers(0, 10**7), min_size=n, max_size=n))
    tenths = draw(st.lists(st.integers(0, 10**8), min_size=n, max_size=n))
    return {
        "unit": [f"unit {name}" for name in units],
        "B": whole,
        "K": [value / 10 for value in tenths],
        "titles": draw(st.integers(0, 3)),
        "blank_after": draw(st.sets(st.integers(0, n - 1), max_size=2)),
        "total": draw(st.booleans()),
        "notes": draw(st.integers(0, 2)),
        "counter": draw(st.booleans()),
        "decimal": draw(st.sampled_from([",", "."])),
        "thousands": draw(st.booleans()),
        "separator": draw(st.sampled_from([";", "\t", ","])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
    }


def number(value: float, t: dict[str, Any], digits: int) -> str:
    text = f"{value:,.{digits}f}" if t["thousands"] else f"{value:.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if t["decimal"] == "," else text


def lines(t: dict[str, Any], show: Any) -> list[list[Any]]:
    rows = [[f"Judul {i}", "", ""] for i in range(t["titles"])]
    rows.append(["Unit Kerja", "Bezetting", "Kebutuhan"])
    rows += [["(1)", "(2)", "(3)"]] * t["counter"]
    for i, unit in enumerate(t["unit"]):
        rows.append([unit, show(t["B"][i], 0), show(t["K"][i], 1)])
        rows += [["", "", ""]] * (i in t["blank_after"])
    if t["total"]:
        rows.append(["Jumlah", show(sum(t["B"]), 0), show(sum(t["K"]), 1)])
    rows += [[f"Sumber: catatan {i}", "", ""] for i in range(t["notes"])]
    return rows


def check(table: OfficeTable, t: dict[str, Any]) -> None:
    assert table.texts("Unit Kerja").tolist() == t["unit"]
    assert table.numbers("Bezetting").tolist() == t["B"]
    assert table.numbers("Kebutuhan").tolist() == pytest.approx(t["K"])
    assert len(table.account.of("title")) == t["titles"]
    assert len(table.account.of("total")) == t["total"]
    assert len(table.account.of("footnote")) == t["notes"]


_quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_quick
@given(tables())
def test_a_text_file_comes_back_as_it_was_written(tmp_path: Path, t: dict[str, Any]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=t["separator"], lineterminator="\n")
    writer.writerows(lines(t, lambda value, digits: number(value, t, digits)))
    file = written(tmp_path, out.getvalue(), t["encoding"])
    counts = [*t["B"], sum(t["B"])] if t["total"] else t["B"]
    one_mark = [1_000 <= value < 1_000_000 for value in counts]
    if t["thousands"] and any(one_mark) and max(counts) < 1_000_000:
        with pytest.raises(DataError, match="no other cell of the column settles it"):
            read_office_table(file).numbers("Bezetting")
        check(read_office_table(file, decimal=t["decimal"]), t)
    else:
        check(read_office_table(file), t)


@_quick
@given(tables())
def test_a_workbook_comes_back_as_it_was_written(tmp_path: Path, t: dict[str, Any]) -> None:
    check(read_office_table(workbook(tmp_path, lines(t, lambda value, _: value))), t)


@_quick
@given(tables())
def test_order_of_columns_does_not_matter(tmp_path: Path, t: dict[str, Any]) -> None:
    t["titles"] = t["notes"] = 0
    rows = [row[::-1] for row in lines(t | {"counter": False}, lambda value, _: value)]
    check(read_office_table(workbook(tmp_path, rows)), t)


_cells = st.sampled_from(
    [
        "",
        "-",
        "A",
        "Dinas B",
        "Jumlah",
        "Total",
        "1",
        "12",
        "1.200",
        "1,5",
        "2025",
        "Unit",
        "No",
        "Sumber: x",
        "(1)",
        "NULL",
        "01-01-1900",
        "OPD :",
        "'12",
        "19700101 199503 1 003",
    ]
)


@_quick
@given(
    st.integers(2, 5).flatmap(
        lambda m: st.lists(st.lists(_cells, min_size=m, max_size=m), min_size=1, max_size=8)
    ),
    st.sampled_from([{}, {"header": 1}, {"header": (1, 2)}, {"sections": "Bagian"}]),
    st.sampled_from([(), ("A1:B1",), ("A2:A3",), ("B2:B4", "A1:B1")]),
)
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path: Path, rows: list[list[str]], options: dict[str, Any], merged: tuple[str, ...]
) -> None:
    text = written(tmp_path, "\n".join(";".join(row) for row in rows) + "\n")
    merged = merged if len(rows) > 1 else ()
    for file in (text, workbook(tmp_path, rows, merged)):
        with suppress(AnalysisError):
            table = read_office_table(file, **options)
            repr(table)
            for heading in table.headings:
                table.texts(heading)
            table.frame()


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    n = 100_000
    numbers = np.random.default_rng(5).integers(0, 50, size=(n, 2))
    frame = pd.DataFrame(numbers, columns=["B", "K"])
    frame.insert(0, "Jabatan", [f"Jabatan {i % 20}" for i in range(n)])
    frame.insert(0, "Unit", [f"Unit {i // 20}" for i in range(n)])
    total = pd.DataFrame([["Jumlah", None, *numbers.sum(axis=0)]], columns=frame.columns)
    file = tmp_path / "besar.csv"
    pd.concat([frame, total]).to_csv(file, index=False)
    table = read_office_table(file)
    assert len(table) == n
    assert table.numbers("K").tolist() == numbers[:, 1].tolist()
