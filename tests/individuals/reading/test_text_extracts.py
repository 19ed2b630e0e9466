"""CSV files as they come, and what is wrong with those that are refused."""

import duckdb
import pytest

from analysis.errors import DataError
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.opening import reading
from analysis.individuals.reading.text_extracts import open_text

ROWS = "NIP;NAMA UNOR\n198503052010019001;Dinas Té\n199205052024219002;\n"


@pytest.fixture
def rows(tmp_path):
    def read(content, **options):
        file = tmp_path / "extract.csv"
        file.write_bytes(content)
        with embedded(1) as engine, reading(str(file)):
            extract = open_text(engine, file, **options)
            return extract, extract.table.to_pyarrow().to_pylist()

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_and_encoding_are_found_and_said(rows, encoding, separator):
    extract, found = rows(ROWS.replace(";", separator).encode(encoding))
    assert found == [
        {"NIP": "198503052010019001", "NAMA UNOR": "Dinas Té", "_baris": 2},
        {"NIP": "199205052024219002", "NAMA UNOR": None, "_baris": 3},
    ]
    (note,) = extract.notes
    assert repr(separator) in note.text()
    assert {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(
        encoding, encoding.upper()
    ) in note.text()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"a;b\n1;\x93x\x94\n", "byte 7: 0x93 is not UTF-8"),
        (b"a;b\n1;\x00\n", "a zero byte"),
        (b"PK\x03\x04rest", "no CSV file but a workbook"),
        (b"a;b;a\n1;2;3\n", "'a' stands there more than once"),
        (b"a;;c\n1;2;3\n", "column 2 has no heading"),
        (b'a;"b\n1;2\n', "line 1: the headings cannot be read|quotation marks"),
        (b"a;b\n1;2\n3;4;5\n", "line 3: the row has 3 cells, but the heading names 2"),
        (b"a;b\n1;2\n3\n", "line 3: the row has 1 cells"),
        (b'a;b\n1;2\n3;"4\n', "line 3: the quotation marks of the row do not pair"),
    ],
)
def test_a_file_that_is_broken_says_where_and_not_what(rows, content, message):
    with pytest.raises(DataError, match=message):
        rows(content)


def test_an_error_shows_no_row(rows):
    with pytest.raises(DataError) as error:
        rows(b"NIP;NAMA\n198503052010019001;Siti;Aminah\n")
    assert "Siti" not in str(error.value)
    assert "1985" not in str(error.value)


def test_a_separator_that_ends_every_line_makes_no_column_without_a_name(rows):
    extract, found = rows(b"a;b;\n1;2;\n")
    assert found[0]["a"] == "1"
    assert extract.headings == ("a", "b", "kolom 3")


def test_other_errors_of_the_engine_stay_unsaid():
    with pytest.raises(DataError, match=r"x.csv cannot be read to its end"), reading("x.csv"):
        raise duckdb.InvalidInputException("secret row 198503052010019001")
