import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.reports.workbooks import Sheet, fingerprint, workbook

FRAME = pd.DataFrame(
    {
        "kode": ["11", "91"],
        "nama": ['=HYPERLINK("http://example.org")', "+62 @Papua"],
        "pns": pd.array([153733, None], dtype="Int64"),
        "rasio": [27.3456, 40.8],
        "bagian": [0.0412, 0.012],
    }
)
COLUMNS = {
    "kode": ("Kode", "text"),
    "nama": ("Provinsi", "text"),
    "pns": ("PNS", "integer"),
    "rasio": ("PNS per 1.000", "number"),
    "bagian": ("Bagian", "percent"),
}
SHEET = Sheet("Unit", "PNS menurut provinsi", "31 Desember 2023", FRAME, COLUMNS)


def opened(sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


def test_cells_hold_numbers_as_numbers_and_codes_as_text():
    page = opened([SHEET])["Unit"]
    assert page["A1"].value == "PNS menurut provinsi"
    assert page["A2"].value == "31 Desember 2023"
    assert [cell.value for cell in page[4]] == [
        "Kode",
        "Provinsi",
        "PNS",
        "PNS per 1.000",
        "Bagian",
    ]
    assert page["A5"].value == "11"
    assert [cell.value for cell in page[5]][2:] == [153733, 27.3456, 0.0412]
    assert page["C6"].value is None
    assert [cell.number_format for cell in page[5]] == ["@", "@", "#,##0", "#,##0.00", "0.0%"]


def test_no_text_turns_into_a_formula_or_a_link():
    page = opened([SHEET])["Unit"]
    assert page["B5"].value == '=HYPERLINK("http://example.org")'
    assert {page["B5"].data_type, page["B6"].data_type} == {"s"}
    assert page["B5"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(workbook([SHEET]))) as parts:
        names = parts.namelist()
        assert not [name for name in names if "vba" in name or "external" in name.lower()]
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_it_is_laid_out_for_reading_and_printing():
    page = opened([SHEET])["Unit"]
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:E6"
    assert page.print_title_rows == "$4:$4"
    assert page.page_setup.orientation == "landscape"
    assert page.column_dimensions["B"].width > page.column_dimensions["A"].width


def test_the_same_tables_give_the_same_bytes():
    assert workbook([SHEET]) == workbook([SHEET])


class TestTotals:
    SHEET = Sheet("Unit", "Judul", "Catatan", FRAME, COLUMNS, ("pns", "rasio"), "Jumlah")

    def test_are_formulas_of_what_a_filter_leaves_and_carry_their_value(self):
        page = opened([self.SHEET])["Unit"]
        assert page["A7"].value == "Jumlah"
        assert page["C7"].value == "=SUBTOTAL(109,C5:C6)"
        assert page["D7"].value == "=SUBTOTAL(109,D5:D6)"
        assert page["E7"].value is None
        assert page.auto_filter.ref == "A4:E6"  # a filter never hides them
        content = io.BytesIO(workbook([self.SHEET]))
        values = openpyxl.load_workbook(content, data_only=True)["Unit"]
        assert values["C7"].value == 153733
        assert values["D7"].value == pytest.approx(27.3456 + 40.8)

    def test_there_are_none_below_a_table_without_rows(self):
        empty = Sheet("Unit", "", "", FRAME[:0], COLUMNS, ("pns",), "Jumlah")
        assert opened([empty])["Unit"].max_row == 4

    @pytest.mark.parametrize("name", ["nama", "kode", "asn"])
    def test_of_what_has_none_are_refused(self, name):
        with pytest.raises(DataError, match=f"'Unit': the total of '{name}' cannot be written"):
            workbook([Sheet("Unit", "", "", FRAME, COLUMNS, (name,), "Jumlah")])

    def test_need_a_name(self):
        with pytest.raises(DataError, match=r"totals cannot be written.*total_label"):
            workbook([Sheet("Unit", "", "", FRAME, COLUMNS, ("pns",))])


def test_wrapped_text_has_the_height_of_its_lines_and_no_word_of_a_heading_is_cut():
    frame = pd.DataFrame({"hal": ["pendek", "kata " * 60], "n": [1, 2]})
    columns = {"hal": ("Hal", "prose"), "n": ("Ketergantungan pada batas", "integer")}
    page = opened([Sheet("A", "", "", frame, columns)])["A"]
    assert page.row_dimensions[5].height is None
    assert page.row_dimensions[6].height == 4 * 15
    assert page.column_dimensions["B"].width >= len("Ketergantungan") + 2
    assert page.row_dimensions[4].height == 2 * 15


class TestFingerprint:
    @staticmethod
    def of(frame=FRAME, columns=COLUMNS, note=SHEET.note):
        return fingerprint(workbook([Sheet(SHEET.name, SHEET.heading, note, frame, columns)]))

    def test_is_the_same_when_the_last_bits_of_a_number_differ(self):
        shifted = FRAME.assign(rasio=FRAME["rasio"] * (1 + 1e-15))
        assert (shifted["rasio"] != FRAME["rasio"]).all()
        assert self.of(shifted) == self.of()

    def test_differs_with_a_number_a_text_or_a_format(self):
        others = [
            self.of(FRAME.assign(rasio=[27.3457, 40.8])),
            self.of(FRAME.assign(kode=["12", "91"])),
            self.of(columns=COLUMNS | {"rasio": ("PNS per 1.000", "integer")}),
            self.of(note="31 Desember 2014"),
        ]
        assert len({self.of(), *others}) == 5


class TestBadInput:
    @pytest.mark.parametrize("name", ["", "a" * 32, "asal/tujuan", "[1]"])
    def test_name(self, name):
        with pytest.raises(DataError, match="cannot be named so"):
            workbook([Sheet(name, "", "", FRAME, COLUMNS)])

    def test_name_twice(self):
        other = Sheet("UNIT", "", "", FRAME, COLUMNS)
        with pytest.raises(DataError, match="no other sheet"):
            workbook([SHEET, other])

    def test_column(self):
        with pytest.raises(DataError, match="Sheet 'Unit': the table has no column 'asn'"):
            workbook([Sheet("Unit", "", "", FRAME, {"asn": ("ASN", "integer")})])

    def test_control_character(self):
        frame = FRAME.assign(nama=["Aceh", "Pa\x00pua"])
        with pytest.raises(DataError, match=r"'Provinsi', row 2: .*control character"):
            workbook([Sheet("Unit", "", "", frame, COLUMNS)])

    def test_a_number_that_is_infinite(self):
        frame = FRAME.assign(rasio=[1.0, float("inf")])
        with pytest.raises(DataError, match=r"'Unit', column 'Rasio', row 2: inf is no number"):
            workbook([Sheet("Unit", "", "", frame, {"rasio": ("Rasio", "number")})])
