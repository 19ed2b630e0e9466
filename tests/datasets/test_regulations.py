import datetime as dt

import pandas as pd
import pytest

from analysis.datasets import RawTables, read_table, regulation_at
from analysis.datasets.processed import PROCESSED_TABLES
from analysis.paths import RAW

TABLE = pd.DataFrame(
    {
        "kode": ["batas", "batas", "batas", "lain"],
        "hal": "Batas",
        "nilai": [10.0, 20.0, 30.0, 99.0],
        "satuan": "orang",
        "dasar": "PP",
        "pasal": pd.Series(["Pasal 1", None, "Pasal 3", None], dtype="str"),
        "berlaku_mulai": pd.to_datetime(["2010-01-01", "2015-01-01", "2018-06-01", "2000-01-01"]),
        "berlaku_sampai": pd.to_datetime(["2014-12-31", None, "2019-05-31", None]),
        "verifikasi": "V1",
        "sumber": "Berita Negara",
        "alamat": pd.Series([None, "https://example.org", None, None], dtype="str"),
    }
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2009-12-31", None),
        ("2010-01-01", 10.0),
        ("2014-12-31", 10.0),
        ("2015-01-01", 20.0),
        ("2018-06-01", 30.0),
        ("2019-05-31", 30.0),
        ("2019-06-01", 20.0),  # the exception is over, the rule still holds
    ],
)
def test_the_rule_that_began_last_counts_while_it_holds(day, value):
    found = regulation_at(TABLE, "batas", dt.date.fromisoformat(day))
    assert (found and found.value) == value


def test_what_is_not_known_is_none():
    found = regulation_at(TABLE, "batas", dt.date(2015, 1, 1))
    assert (found.article, found.end, found.address) == (None, None, "https://example.org")
    assert regulation_at(TABLE, "tak_ada", dt.date(2015, 1, 1)) is None


def test_the_shipped_numbers_say_what_they_rest_on():
    table = PROCESSED_TABLES["aturan"].build(RawTables(RAW))
    assert len(table) == len(read_table("aturan"))
    doctors = regulation_at(table, "rasio_dokter_umum", dt.date(2020, 9, 20))
    assert (doctors.value, doctors.unit, doctors.verification) == (
        45.0,
        "per 100.000 penduduk",
        "V2",
    )
    assert "54/2013" in doctors.basis
