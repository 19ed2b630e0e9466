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
