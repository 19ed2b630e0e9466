"""Reports on progress from an office's own file."""

import pandas as pd
import pytest

from analysis.datasets.progress_files import read_progress
from analysis.errors import DataError

TEXT = """INSTANSI;TAHAP;PER TANGGAL;STATUS;TANGGAL PELANTIKAN
Dinas A;penyetaraan;02-12-2021;belum;
Dinas A;penyetaraan;18-12-2021;Sudah;15-12-2021
Dinas B;penyetaraan;18-12-2021;belum;-
"""
KOLOM = {
    "instansi": "INSTANSI",
    "tahap": "TAHAP",
    "tanggal": "PER TANGGAL",
    "tercapai": "STATUS",
    "tanggal_capai": "TANGGAL PELANTIKAN",
}


@pytest.fixture
def read(tmp_path):
    def read(text, kolom=KOLOM):
        (tmp_path / "kemajuan.csv").write_text(text, "utf-8")
        return read_progress(tmp_path / "kemajuan.csv", {"kolom": kolom})

    return read


def test_each_row_is_a_report(read):
    found = read(TEXT)
    assert found["reached"].tolist() == [False, True, False]
    assert found["date"].dt.day.tolist() == [2, 18, 18]
    assert found["reached_on"].dropna().tolist() == [pd.Timestamp("2021-12-15")]


def test_days_of_completion_need_not_be_known(read):
    found = read(TEXT, {k: v for k, v in KOLOM.items() if k != "tanggal_capai"})
    assert found["reached_on"].isna().all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Sudah", "proses", r"row 3, column 'STATUS': 'proses' says neither yes nor not yet"),
        ("Sudah", "", r"row 3, column 'STATUS': '' says neither"),
        ("18-12-2021;Sudah", ";Sudah", r"row 3, column 'PER TANGGAL': the tanggal is missing"),
        ("Dinas B;", ";", r"row 4, column 'INSTANSI': the instansi is missing"),
        ("02-12-2021", "31-02-2021", r"row 2"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(read, old, new, message):
    with pytest.raises(DataError, match=message):
        read(TEXT.replace(old, new))
