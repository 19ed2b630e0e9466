import csv

import numpy as np
import pandas as pd
import pytest

from analysis.language import Language
from analysis.reports.offered import Credits, Offer, book, entry

SAID = Credits("Data: 2023", ("BKN",), ("Bebas.",), "Persebaran ASN")
FRAME = pd.DataFrame(
    {
        "nama": ['=HYPERLINK("x")', "+1", " @a", "Kota,\nbaru"],
        "orang": pd.array([1, 2, None, -4], dtype="Int64"),
        "bagian": [0.1 + 0.2, np.nan, np.inf, -0.5],
        "tanggal": pd.to_datetime(["2023-12-31", "2024-01-01", None, "2024-02-01"]),
        "kota": [True, False, True, False],
    }
)


@pytest.fixture
def offer():
    headings = ["Nama", "Orang", "Bagian", "=Tanggal", "Nama"]
    return Offer("tabel", 1, "=Judul", entry(FRAME, headings, ["text", "", "percent", "", ""]))


def test_text_that_a_spreadsheet_would_compute_is_defused(offer):
    said, head, *rows = csv.reader(offer.csv(SAID, Language("id")).splitlines())
    assert said == ["#", *(f"{n}: {v}" for n, v in zip(
        ("Judul", "Tanggal", "Sumber", "Ketentuan", "Kutipan"),
        ("=Judul", "Data: 2023", "BKN", "Bebas.", "Persebaran ASN"),
        strict=True,
    ))]  # fmt: skip
    assert head == ["Nama", "Orang", "Bagian", "'=Tanggal", "Nama (2)"]
    assert [row[0] for row in rows] == ['\'=HYPERLINK("x")', "'+1", "'@a", "Kota, baru"]


def test_numbers_are_as_every_machine_has_them_and_gaps_are_empty(offer):
    _, _, *rows = csv.reader(offer.csv(SAID, Language("id")).splitlines())
    assert [row[1] for row in rows] == ["1", "2", "", "-4"]
    assert [row[2] for row in rows] == ["0.3", "", "inf", "-0.5"]
    assert [row[3] for row in rows] == ["2023-12-31", "2024-01-01", "", "2024-02-01"]


def test_the_workbook_says_the_same_and_is_the_same_every_time(offer):
    made = book([offer], SAID, Language("en"))
    assert made == book([offer], SAID, Language("en"))
    assert b"Table 1" in made
    assert b"<f>" not in made


def test_a_data_package_describes_the_file(offer):
    fields = offer.resource("a/tabel-1.csv", SAID)["schema"]["fields"]
    assert [field["type"] for field in fields] == [
        *("string", "integer", "number", "string", "string"),
    ]
