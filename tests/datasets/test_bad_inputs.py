"""What goes in wrong, and which message comes out: a new fault, table or option adds a row.

Each list has rows of (what is wrong, what goes in, what the message says). Nothing that is refused
may leave a trace: every test that writes checks that the description is as it was.
"""

import csv
import datetime as dt
import gzip
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import read_package, read_table
from analysis.datasets.__main__ import main
from analysis.datasets.describing import Particulars, add_table
from analysis.errors import DataError
from analysis.paths import RAW

# --- A table that someone adds, like a shipped one but for one fault ------------------------------

Edit = tuple[str, str, str, str, str]
PNS, AREA, POSTS = "pns_provinsi_2023", "wilayah_2024", "pns_seluma"
DOCTORS, PEOPLE = "dokter_kabkota_2020", "kabkota_2024"
TEACHERS = "guru_sd_provinsi_2023"

# fmt: off
ADDED: list[Edit] = [
    # what is wrong, like which table, old text, new text, what the message says
    ("dots between thousands", PNS, "Riau,93980", "Riau,93.980", "remove dots, commas"),
    ("a count as a decimal", PNS, "Riau,93980", "Riau,93980.0", "a whole number"),
    ("an exponent", PNS, "Riau,93980", "Riau,1e5", "'1e5'; expected a whole number"),
    ("a blank inside", PNS, "Riau,93980", "Riau,93 980", "'93 980'; expected a whole"),
    ("foreign digits", PNS, "Riau,93980", "Riau,٩٣٩٨٠", "a whole number in digits"),
    ("a formula", PNS, "Riau,93980", "Riau,=1+1", "'=1+1'; expected a whole number"),
    ("a zero in front", PNS, "Riau,93980", "Riau,093980", "'093980'; expected a whole number"),
    ("a zero in front of a decimal", AREA, "89900.780", "089900.780", "no zero in front"),
    ("words", PNS, "Riau,93980", "Riau,n.a.", "'n.a.'; expected a whole number"),
    ("less than nothing", PNS, "Riau,93980", "Riau,-93980", "expected at least 0"),
    ("no value", PNS, "Riau,93980", "Riau,", "nothing; expected a value"),
    ("nobody at work", PNS, "Riau,93980", "Riau,0", "total: 0 is not plausible"),
    ("a factor of ten", "penduduk_sp2020", "48274162", "482741620", "482741620 is not plausible"),
    ("18 digits", PNS, "Riau,93980", f"Riau,{'9' * 18}", "at most 15 digits"),
    ("19 digits", PNS, "Riau,93980", f"Riau,{'9' * 19}", "at most 15 digits"),
    ("400 digits", PNS, "Riau,93980", f"Riau,{'9' * 400}", "... (400 long)"),
    ("400 digits and a dot", AREA, "89900.780", f"{'9' * 400}.1", "digits on either side"),
    ("a dot for thousands", AREA, "89900.780", "89.900", "89.9 is not plausible"),
    ("a decimal comma", AREA, "89900.780", '"89900,780"', "a dot as decimal mark"),
    ("both marks", AREA, "89900.780", '"89.900,780"', "nothing between thousands"),
    ("not a number", AREA, "89900.780", "nan", "'nan'; expected a number with a dot"),
    ("infinite", AREA, "89900.780", "inf", "'inf'; expected a number with a dot"),
    ("a year 1600", POSTS, "2019-12-31", "1600-12-31", "from 1945-08-17 to 2099-12-31"),
    ("a year 2999", POSTS, "2019-12-31", "2999-12-31", "from 1945-08-17 to 2099-12-31"),
    ("no such day", POSTS, "2019-12-31", "2019-02-30", "a date of the calendar"),
    ("a date of another form", POSTS, "2019-12-31", "31/12/2019", "as YYYY-MM-DD"),
    ("a date as a number", POSTS, "2019-12-31", "43830", "as YYYY-MM-DD"),
    ("a misspelt province", PNS, "14,Riau", "14,Riao", "did you mean 'Riau'?"),
    ("a province missing", PNS, "14,Riau,93980\n", "", "'14' (Riau) is missing"),
    ("a province twice", PNS, "15,Jambi", "14,Riau", "'14' appears more than once"),
    ("a code of BPS", "pns_provinsi_2014", "91,Papua,", "94,Papua,", "is the BPS code of Papua"),
    ("a place beside that nobody named", TEACHERS, ",Luar Negeri", ",Malaysia", "line 40, column"),
    ("a place beside twice", TEACHERS, "96,Papua Barat Daya", ",Luar Negeri", "'96' (Papua Barat"),
    ("a place beside with a code", TEACHERS, ",Luar Negeri", "96,Luar Negeri", "more than once"),
    ("a province without its code", TEACHERS, "14,Riau", ",Riau", "'14' (Riau) is missing"),
    ("more with a degree than all", TEACHERS, "2214,50310", "2214,60310",
     "column guru: 52524; expected guru_di_bawah_s1 + guru_s1 = 62524"),
    ("pupils for classes", TEACHERS, "776574,35120", "35120,776574", "rombel: 776574 is not plaus"),
    ("too many cells", PNS, "Riau,93980", "Riau,93,980", "line 5: 4 cells; expected 3"),
    ("an empty line", PNS, "14,Riau", "\n14,Riau", "remove the empty line"),
    ("a line of commas", PNS, "14,Riau", ",,\n14,Riau", "line 5, column total: nothing"),
    ("an unclosed quote", PNS, "14,Riau", '14,"Riau', "line 5: the quotation marks"),
    ("text after a quote", PNS, "14,Riau", '14,"Ri"au', "line 5: the quotation marks"),
    ("below a cell of two lines", "asn_nasional", 'Fortune Indonesia"\n2014-12-31,PNS,total,4',
     'Fortune\nIndonesia"\n2014-12-31,PNS,total,x', "line 4, column jumlah: 'x455303'"),
    ("blank lines above", PNS, "kode_k", "\n\nkode_k", "are named on line 3 only"),
    ("a title above", PNS, "kode_k", "Tabel 1\nkode_k", "are named on line 2 only"),
    ("another header", PNS, "nama,total", "nama,jumlah", "(missing: total; unknown: jum"),
    ("a kabupaten twice", DOCTORS, "11.02,Kabupaten Aceh Tenggara", "11.01,Kabupaten Aceh Selatan",
     "line 3, column kode_kemendagri: '11.01' appears more than once"),
    ("a code that lost its zero", DOCTORS, "11.10,", "11.1,", "'11.10' (Kabupaten Aceh Singkil)"),
    ("a code of another province", DOCTORS, "11.01,", "12.71,", "but 12.71 is 'Kota Medan'"),
    ("513 units", DOCTORS, "\n11.01,Kabupaten Aceh Selatan,ACEH SELATAN,ACEH,26,87,17,24,2,0,130\n",
     "\n", "'11.01' (Kabupaten Aceh Selatan) is missing"),
    ("doctors of no kind", DOCTORS, "26,87,17,24,2,0,130", "26,87,17,24,2,0,131",
     "131; expected dokter_umum + dokter_gigi + dokter_spesialis"),
    ("nobody at home", PEOPLE, "120041,119588,239629", "0,0,0", "penduduk: '0'; expected at"),
    ("no column to count people", PEOPLE, "perempuan,penduduk", "perempuan,pendudk",
     "does not know the columns pendudk. Say which of them count staff"),
    ("no column of places", PEOPLE, "kode_kemendagri,nama", "kode,kabupaten",
     "no column says which kabupaten or kota is meant. Name it kode_kemendagri (PP.KK) or nama"),
    ("a column without a name", PEOPLE, "luas_km2,", ",", "line 1: column 6 has no name"),
    ("a table of kabupaten with semicolons", PEOPLE, "kode_kemendagri,nama,laki_laki,perempuan,"
     "penduduk,luas_km2,kecamatan,kelurahan,desa", "kode_kemendagri;nama;penduduk",
     "by semicolons"),
]
# fmt: on


def add(raw: RawFolder, like: str, name: str = "tabel_baru", **changes: Any) -> int:
    # Dates between those that the shipped tables have, and right for the kind of population.
    day = dt.date(2030, 5, 15) if like.startswith("penduduk_sp") else dt.date(2022, 12, 31)
    options: dict[str, Any] = {"title": "Judul", "source": "Sumber", "publisher": "Penerbit"}
    options |= {"terms": "Sebut sumbernya.", "date": day}
    return add_table(name, like, Particulars(**options | changes), raw=raw.path)


def refusal_of_added(raw: RawFolder, like: str, content: bytes) -> str:
    raw.file("tabel_baru").write_bytes(content)
    with pytest.raises(DataError) as caught:
        add(raw, like)
    return str(caught.value)


def named(rows: list[Any]) -> list[Any]:
    """Return rows of a list without their first cell, which is what the test is called."""
    return [pytest.param(*values, id=name) for name, *values in rows]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("like", "old", "new", "says"), named(ADDED))
def test_a_table_with_a_fault_is_not_added(
    raw: RawFolder, like: str, old: str, new: str, says: str
) -> None:
    text = raw.file(like).read_text("utf-8")
    assert old in text
    message = refusal_of_added(raw, like, text.replace(old, new, 1).encode())
    assert "tabel_baru.csv" in message
    assert says in message
    assert len(message) < 4000


@pytest.mark.parametrize(
    "like", [r.name for r in read_package(RAW).tables if r.peran != "tersendiri"]
)
def test_without_a_fault_it_is_added(raw: RawFolder, like: str) -> None:
    raw.file("tabel_baru").write_bytes(raw.file(like).read_bytes())
    assert add(raw, like) == len(read_table(like))


# --- A table by kabupaten and kota, as its publisher wrote it -------------------------------------

NURSES = RAW.parents[1] / "tests" / "datasets" / "nakes_sumatera_barat_2022.csv"
WEST = {"coverage": ["13"], "without": ["13.72"], "people": ["perawat", "bidan"]}

# fmt: off
PUBLISHED: list[tuple[str, str, str, dict[str, Any], str]] = [
    # what is wrong, old text, new text, other options, what the message says
    ("one of 19 is missing", "", "", {"without": []}, "'13.72' (Kota Solok) is missing"),
    ("the rest of the country is missing", "", "", {"coverage": "nasional"},
     "all of Aceh (11), 23, is missing"),
    ("a name of two", "nama,jenis", "nama,kind", {}, "'Solok' may be 13.02 (Kabupaten Solok) or"),
    ("a kabupaten twice", "Agam,", "Pasaman,", {}, "lines 8, 10, column nama: all are 13.08"),
    ("a unit of another province", "Padang,kota", "Medan,kota", {}, "is 12.71 (Kota Medan), which"),
    ("a total", "Padang,kota", "Jumlah,kota", {}, "leave rows of provinces and totals out"),
    ("a misspelt name", "Padang,kota", "Padangg,kota", {}, "did you mean 'Kota Padang'?"),
    ("a kind of another form", "Padang,kota", "Padang,Kota", {}, "one of kabupaten, kota"),
    ("a column nobody counts", "", "", {"people": []}, "does not know the columns rumah_sakit"),
    ("a column that is not there", "", "", {"people": ["guru"]}, "has no column 'guru' that"),
    ("a name that is said to count", "", "", {"people": ["nama"]}, "no column 'nama' that counts"),
    ("no number", "365,276", "365,-", {}, "column bidan: '-'; expected a whole number"),
    ("digits pasted together", "365,276", "365,276276", {}, "bidan: 276276 is not plausible"),
    ("a province there is not", "", "", {"coverage": ["99"]}, "'99' is no Kemendagri code of a pr"),
    ("what is not missing", "", "", {"without": ["12.71"]}, "'12.71' cannot be left out"),
]
# fmt: on


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("old", "new", "options", "says"), named(PUBLISHED))
def test_a_table_of_some_kabupaten_with_a_fault_is_not_added(
    raw: RawFolder, old: str, new: str, options: dict[str, Any], says: str
) -> None:
    text = NURSES.read_text("utf-8")
    assert old in text
    raw.file("tabel_baru").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        add(raw, DOCTORS, **WEST | options)
    assert says in str(caught.value)


# --- A file that is no table, whatever its name says ----------------------------------------------


def as_workbook(text: str) -> bytes:
    frame = pd.read_csv(io.StringIO(text), dtype=str)
    book = openpyxl.Workbook()
    for row in [list(frame), *frame.values.tolist()]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def separated(text: str, mark: str) -> bytes:
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    return frame.to_csv(sep=mark, index=False, quoting=csv.QUOTE_ALL).encode()


# fmt: off
FILES: list[tuple[str, Callable[[str], bytes] | bytes, str]] = [
    # what it is, the file made from the text of a table, what the message says
    ("nothing", b"", "is empty. It should start with the line kode_kemendagri,nama,total"),
    ("blanks", b" \n\n", "is empty. It should start with the line"),
    ("the header only", b"kode_kemendagri,nama,total\n", "has a header but no rows"),
    ("cut off in its last line", lambda text: text[:-3].encode(), "may have been cut off: '96,"),
    ("cut off between lines", lambda text: text[:-26].encode(), "(Papua Barat Daya) is missing"),
    ("a workbook", lambda text: as_workbook(text), "is no CSV file but a workbook (XLSX or ODS)"),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1", "is no CSV file but a workbook (XLS)"),
    ("a web page", b"<!DOCTYPE html><table>", "is no CSV file but a web page"),
    ("compressed", lambda text: gzip.compress(text.encode()), "is no CSV file but compressed"),
    ("a PDF", b"%PDF-1.7\n", "is no CSV file but a PDF"),
    ("UTF-16", lambda text: text.encode("utf-16"), "is in UTF-16. Save it as 'CSV UTF-8'"),
    ("UTF-32", lambda text: text.encode("utf-32"), "is in UTF-32. Save it as 'CSV UTF-8'"),
    ("UTF-16 without a mark", lambda text: text.encode("utf-16-le"), "UTF-16LE without its mark"),
    ("a zero byte", lambda text: text.replace("Riau", "Ri\0u").encode(), "line 5: a zero byte"),
    ("Latin-1", lambda text: text.replace("u", "ú").encode("latin-1"), "looks like Latin-1"),
    ("noise", b"kode\x81\x8d,\xff\n", "is not Windows-1252 either"),
    ("semicolons", lambda text: text.replace(",", ";").encode(), "line 1: the columns are "
     "separated by semicolons (kode_kemendagri, nama, total); expected commas (kode_kemen"),
    ("quotes and semicolons", lambda text: separated(text, ";"), "are separated by semicolons"),
    ("old line breaks", lambda text: text.replace("\n", "\r").replace(",", ";").encode(),
     "separated by semicolons (kode_kemendagri, nama, total); expected"),
    ("tabs", lambda text: text.replace(",", "\t").encode(), "the columns are separated by tabs"),
    ("a long line of them", b";".join([b"kolom"] * 200_000), "kolom and 199995 more); expected"),
    ("vertical bars", lambda text: text.replace(",", "|").encode(), "separated by vertical bars"),
]
# fmt: on


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("content", "says"), named(FILES))
def test_a_file_that_is_no_table(
    raw: RawFolder, content: Callable[[str], bytes] | bytes, says: str
) -> None:
    if not isinstance(content, bytes):
        content = content(raw.file("pns_provinsi_2023").read_text("utf-8"))
    assert says in refusal_of_added(raw, "pns_provinsi_2023", content)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"]
)
@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
def test_the_conversion_advised_works(raw: RawFolder, encoding: str) -> None:
    text = raw.file("asn_nasional").read_text("utf-8").replace("Kontan", "Kontán")
    message = refusal_of_added(raw, "asn_nasional", text.encode(encoding))
    command = message.split("`")[1]
    assert command.startswith("iconv ")
    subprocess.run(command, shell=True, cwd=raw.path, check=True)
    assert add(raw, "asn_nasional") == 25
    assert read_table("tabel_baru", raw.path)["sumber"].iloc[5].endswith("Kontán")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_the_replacement_of_separators_advised_works(raw: RawFolder, mark: str) -> None:
    text = raw.file("asn_nasional").read_text("utf-8")
    message = refusal_of_added(raw, "asn_nasional", separated(text, mark))
    command = message.split("`")[1]
    assert command.startswith("python -c ")
    subprocess.run(
        command.replace("python", sys.executable, 1), shell=True, cwd=raw.path, check=True
    )
    assert add(raw, "asn_nasional") == 25
    pd.testing.assert_frame_equal(
        read_table("tabel_baru", raw.path), read_table("asn_nasional", raw.path)
    )


def test_saving_the_sheet_of_a_workbook_as_advised_works(raw: RawFolder) -> None:
    book = as_workbook(raw.file("pns_provinsi_2023").read_text("utf-8"))
    assert "save the one sheet" in refusal_of_added(raw, "pns_provinsi_2023", book)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    lines = [",".join(str(cell) for cell in row) for row in sheet.values]
    content = "\ufeff" + "\r\n".join(lines) + "\r\n"  # as spreadsheet programs write it
    raw.file("tabel_baru").write_text(content, "utf-8", newline="")
    assert add(raw, "pns_provinsi_2023") == 38


@pytest.mark.parametrize("name", ["pns_provinsi_2014.csv", "datapackage.json"])
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (Path.unlink, "is missing"),
        (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
        (lambda path: (path.unlink(), os.mkfifo(path)), "is not an ordinary file, but a pipe"),
    ],
    ids=["missing", "a folder", "a pipe"],
)
def test_what_stands_in_place_of_a_file(
    raw: RawFolder, name: str, make: Callable[[Path], object], says: str
) -> None:
    make(raw.path / name)
    message = raw.refusal("pns_provinsi_2014")
    assert f"{raw.path / name} {says}" in message
    assert "git checkout -- " in message


# --- A shipped table in which something was changed, with a new hash ------------------------------

NUMERIC = [
    (resource.name, field.name)
    for resource in read_package(RAW).tables
    for field in resource.table.fields
    if field.type in ("integer", "number")
]


@pytest.mark.parametrize("name", [resource.name for resource in read_package(RAW).tables])
def test_a_row_that_is_dropped_is_missed(raw: RawFolder, name: str) -> None:
    header, *rows = raw.file(name).read_text("utf-8").splitlines(keepends=True)
    for left_out in {0, len(rows) // 2, len(rows) - 1}:
        kept = [row for i, row in enumerate(rows) if i != left_out]
        raw.write(name, (header + "".join(kept)).encode())
        assert f"{name}.csv" in raw.refusal(name)


@pytest.mark.parametrize(("name", "column"), NUMERIC)
def test_a_factor_of_ten_is_noticed(raw: RawFolder, name: str, column: str) -> None:
    frame = pd.read_csv(raw.file(name), dtype=str, keep_default_na=False)
    given = [i for i, cell in enumerate(frame[column]) if cell.strip("0.-")] or [0]
    row = (given[0], given[len(given) // 2], given[-1])[len(column) % 3]  # other rows by column
    frame.loc[row, column] = f"{10 * float(frame.loc[row, column]) or 10:.15g}"
    raw.write(name, frame.to_csv(index=False).encode())
    assert f"{name}.csv" in raw.refusal(name)


# fmt: off
SHIPPED: list[Edit] = [
    # what was changed, in which table, old text, new text, what the message says
    ("a misspelt island", "provinsi", "Sumatera,Pekanbaru", "Sumatra,Pekanbaru", "one of Sumatera"),
    ("a part", "asn_nasional", "936859", "936858", "expected 3995633, the sum of the parts"),
    ("a total", "asn_nasional", "4362805", "4362806", "(Jumlah kendali"),
    ("an echelon", "jabatan_nasional", "95225", "95226", "all rows with tanggal = 2021-12-31"),
    ("a post", "jabatan_instansi_pusat_2020", "20006", "20007", "all rows with keadaan = sesudah"),
    ("a woman", "pns_kepulauan_aru", "III,768,1178,1946", "III,768,1179,1947",
     "column perempuan: 1179; expected 1178, the sum of the parts of Golongan III"),
    ("a grade", "pns_kepulauan_aru", "I/C (Juru),3,,3", "I/C (Juru),3,,4", "parts of Golongan I "),
    ("villages of a province", PEOPLE, "18,0,260", "18,0,261",
     "column desa: the kabupaten and kota of 11 add up to 6501; wilayah_2024 has 6500"),
    ("people of a province", PEOPLE, "120041,119588,239629", "120042,119588,239630",
     "column penduduk: the kabupaten and kota of 11 add up to 5623480; penduduk_terdaftar_2024"),
    ("a kind", "kabkota", "Kabupaten Aceh Selatan,kabupaten", "Kabupaten Aceh Selatan,kota",
     "column kota: the kabupaten and kota of 11 add up to 6; wilayah_2024 has 5"),
    ("a doctor", DOCTORS, "26,87,17,24,2,0,130", "26,88,17,24,2,0,131", "expected 107007 (SI-SDMK"),
    ("a pair the other way round", "kabkota_berbatasan", "11.01,11.10", "11.01,99.10",
     "99.10 is not in kabkota"),
    ("a stage", "penyederhanaan_provinsi_2021", "struktur,2021-12-02,1", "struktur,2021-12-02,0",
     "the sum is 31; expected 32"),
]
# fmt: on


@pytest.mark.parametrize(("name", "old", "new", "says"), named(SHIPPED))
def test_a_shipped_table_that_was_changed(
    raw: RawFolder, name: str, old: str, new: str, says: str
) -> None:
    raw.edit(name, old, new)
    assert says in raw.refusal(name)


# --- A description that says what is not so -------------------------------------------------------


def set_in(name: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda entries: entries[name].update(values)


def foreign_key(name: str, column: str, other: str, to: str) -> Callable[[dict[str, Any]], None]:
    key = {"fields": [column], "reference": {"resource": other, "fields": [to]}}
    return lambda entries: entries[name]["schema"].update(foreignKeys=[key])


def column(table: str, number: int, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda entries: entries[table]["schema"]["fields"][number].update(values)


STAFF = "pns_provinsi_2014"
# fmt: off
DESCRIPTIONS: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    # what is wrong, change to the entries, what the message says when STAFF is read
    ("a wrong size", set_in(STAFF, bytes=7), f"table {STAFF}: bytes is 7, but"),
    ("a size as text", set_in(STAFF, bytes="1266"), f"table {STAFF}, bytes: Input should be"),
    ("a date of 0", set_in(STAFF, tanggal_acuan=0), "tanggal_acuan: Input should be a valid"),
    ("no such day", set_in(STAFF, tanggal_acuan="2014-02-30"), "tanggal_acuan: Input should be"),
    ("a year 1600", set_in(STAFF, tanggal_acuan="1600-01-01"), "not a date from 1945-08-17 to"),
    ("a year 2999", set_in(STAFF, tanggal_acuan="2999-01-01"), "not a date from 1945-08-17 to"),
    ("no role", lambda entries: entries[STAFF].pop("peran"), "peran: Field required"),
    ("another role", set_in(STAFF, peran="pns"), f"table {STAFF}, peran: Input should be 'pns_pro"),
    ("a misspelt key", set_in(STAFF, perann="x"), f"table {STAFF}, perann: Extra inputs are not"),
    ("a census called a register", set_in("penduduk_sp2010", jenis="registrasi"),
     "a register of population is published as of 30 June and 31 December (UU 24/2013)"),
    ("a register called a census", set_in("penduduk_terdaftar_2024", jenis="sensus"),
     "a census of population is held in a year that ends in 0 (PP 51/1999)"),
    ("population of no kind", lambda entries: entries["penduduk_sp2010"].pop("jenis"),
     "table penduduk_sp2010: the peran 'penduduk_provinsi' needs jenis"),
    ("a kind of staff", set_in(STAFF, jenis="sensus"), "jenis says nothing of a table whose peran"),
    ("another basis", set_in(STAFF, wilayah="99"), "no basis '99'. Choose from 33, 34, 37, 38"),
    ("another file", set_in(STAFF, path="provinsi.csv"), f"path must be {STAFF}.csv"),
    ("a file elsewhere", set_in(STAFF, path="/etc/passwd"), f"path must be {STAFF}.csv"),
    ("places beside none", set_in(STAFF, wilayah=None, di_luar_provinsi=["Luar Negeri"]),
     "di_luar_provinsi names rows beside provinces, and needs wilayah"),
    ("no terms", set_in(STAFF, ketentuan=""), f"table {STAFF}, ketentuan: String should have"),
    ("no link", set_in(STAFF, sources=[{"title": "a", "publisher": "b", "path": "c"}]),
     f"table {STAFF}, sources, 0, path: String should match"),
    ("no range", column(STAFF, 4, kisaran=None), "column total has numbers and needs kisaran"),
    ("a range of words", column(STAFF, 1, kisaran={"minimum": 0, "maximum": 1}),
     "column nama has no numbers, so that kisaran says nothing"),
    ("a range upside down", column(STAFF, 4, kisaran={"minimum": 2, "maximum": 1}),
     "the minimum 2 is above the maximum 1"),
    ("a column twice", column(STAFF, 4, name="perempuan"), "more than one column ['perempuan']"),
    ("a key to itself", foreign_key(STAFF, "nama", STAFF, "nama"), f"({STAFF} -> {STAFF})"),
    ("keys in a circle", foreign_key("provinsi", "kode_kemendagri", "pemekaran", "kode_baru"),
     "tables are checked against each other in a circle"),
    ("provinces by province", set_in("provinsi", wilayah="38"), "(provinsi -> provinsi)"),
    ("a key to nothing", foreign_key(STAFF, "nama", "negara", "nama"), "points to 'negara', which"),
    ("a key to no column", foreign_key(STAFF, "nama", "provinsi", "x"), "provinsi lacks: ['x']"),
    ("kabupaten of nowhere", lambda entries: entries[DOCTORS].pop("cakupan"),
     f"table {DOCTORS}: the peran 'tenaga_kabkota' needs cakupan: 'nasional', or a list"),
    ("kabupaten that a table of provinces lacks", set_in(STAFF, tanpa=["13.72"]),
     "tanpa says what a table lacks of what cakupan says that it covers: add cakupan"),
    ("no place to cover", set_in("pemekaran", cakupan="nasional"),
     "a table with cakupan needs a column kode_kemendagri, or nama to be read by"),
    ("a sum of nothing", set_in(PEOPLE, penjumlahan_provinsi=[{"tabel": AREA}]),
     "penjumlahan_provinsi needs kolom or cacah"),
    ("a sum to no table", set_in(PEOPLE, penjumlahan_provinsi=[{"tabel": "x", "cacah": "desa"}]),
     "tables are held to ['x'], which no entry describes"),
    ("a sum to no column", set_in(PEOPLE, penjumlahan_provinsi=[{"tabel": AREA, "kolom": ["nama",
     "penduduk"]}]), f"compares columns that {AREA} lacks: ['penduduk']"),
    ("a limit nobody knows", set_in(DOCTORS, batasan=["x"]), "batasan, 0: Input should be 'bukan"),
    ("another number of rows", set_in(STAFF, jumlah_baris=35), "there are 34 rows; expected 35"),
]
# fmt: on


@pytest.mark.parametrize(("change", "says"), named(DESCRIPTIONS))
def test_a_description_that_says_what_is_not_so(
    raw: RawFolder, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    raw.describe(change)
    assert says in raw.refusal(STAFF)


# --- What is typed on the command line ------------------------------------------------------------

ADD = ["add", "baru", "--like", STAFF, "--title", "t", "--source", "s", "--publisher", "p"]
FULL = [*ADD, "--terms", "k", "--date", "2020-12-31"]

# fmt: off
COMMANDS: list[tuple[str, list[str], str]] = [
    # what is wrong, what is typed, what is printed
    ("capitals", ["add", "PNS_2020", *FULL[2:]], "cannot be named 'PNS_2020': a name has small"),
    ("a folder above", ["add", "../x", *FULL[2:]], "cannot be named '../x'"),
    ("hidden", ["add", ".hidden", *FULL[2:]], "cannot be named '.hidden'"),
    ("a blank", ["add", "b c", *FULL[2:]], "cannot be named 'b c'"),
    ("an absolute path", ["add", "/etc/passwd", *FULL[2:]], "cannot be named '/etc/passwd'"),
    ("no name", ["add", "", *FULL[2:]], "cannot be named ''"),
    ("an ending", ["add", "baru.csv", *FULL[2:]], "cannot be named 'baru.csv'"),
    ("another basis", [*FULL, "--basis", "99"], "no basis '99'. Choose from 33, 34, 37, 38"),
    ("no terms", [*ADD, "--date", "2020-12-31"], "arguments are required: --terms"),
    ("empty terms", [*ADD, "--date", "2020-12-31", "--terms", ""], "table baru, ketentuan: String"),
    ("a date of another form", [*ADD, "--terms", "k", "--date", "31-12-2020"], "is no date"),
    ("a date of 0", [*ADD, "--terms", "k", "--date", "0"], "'0' is no date YYYY-MM-DD"),
    ("a year 1600", [*ADD, "--terms", "k", "--date", "1600-12-31"], "not a date from 1945-08-17"),
    ("no link", [*FULL, "--link", "bps"], "table baru, sources, 0, path: String should match"),
    ("a table there is", ["add", "provinsi", *FULL[2:]], "has a table 'provinsi' already"),
    ("a file outside", ["hash", "/etc/passwd"], "unrecognized arguments: /etc/passwd"),
    ("what provinces do not have", [*FULL, "--coverage", "13"], "are said of tables by kabupaten"),
    ("people of provinces", [*FULL, "--people", "total"], "are said of tables by kabupaten and ko"),
    ("a line in words", [*FULL, "--confirm", "x", "total", "r"], "'x' is no line number"),
    ("a table there is not", ["remove", "pns"], "has no table 'pns'. It has provinsi, "),
]
# fmt: on


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("words", "says"), named(COMMANDS))
def test_a_command_that_is_refused(
    raw: RawFolder,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    raw.file("baru").write_bytes(raw.file(STAFF).read_bytes())
    try:
        status = main(words, raw.path)
    except SystemExit as stop:
        status = int(str(stop.code))
    assert status != 0
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_commands_that_are_not(raw: RawFolder, capsys: pytest.CaptureFixture[str]) -> None:
    content = (
        raw.file(STAFF)
        .read_bytes()
        .replace(b"11,Aceh,75060,92013,167073", b"11,Aceh,2,92013,92015")
    )
    raw.file("baru").write_bytes(content)
    for words, said in [
        (
            [*FULL, "--confirm", "2", "laki_laki", "Dicek ke sumber."],
            "Added: baru, 34 rows, all che",
        ),
        (
            [*FULL, "--replace", "--confirm", "2", "laki_laki", "Dicek ulang."],
            "Added: baru, 34 rows",
        ),
        (["hash"], "Changed: nothing"),
        ([], "Changed: nothing"),
        (["remove", "baru"], "Removed: baru. The file "),
    ]:
        assert main(words, raw.path) == 0
        assert said in capsys.readouterr().out
