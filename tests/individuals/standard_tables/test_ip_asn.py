"""The index of BKN as tables of a run: what is not known is missing, neither nothing nor full."""

import datetime as dt
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.individuals.aggregation import UNKNOWN, Records
from analysis.individuals.standard_tables import ALL
from analysis.individuals.standard_tables.ip_asn import index_set

DAY = dt.date(2025, 6, 30)  # of 2024
TABLES: dict[str, list[dict[str, Any]]] = {
    "people": [
        {
            "kunci": key,
            "instansiKerjaNama": agency,
            "jenisJabatanId": "2",
            "tkPendidikanTerakhir": "50",
        }
        for key, agency in (("a", "A"), ("b", "A"), ("c", "B"))
    ],
    "training": [
        {"kunci": "a", "jenisDiklatId": code, "jumlahJam": 20.0, "tahun": year}
        for code, year in (("2", 2024), ("3", 2024), ("9", 2023))
    ],
    "appraisal": [
        {"kunci": key, "tahun": year, "nilaiSkp": score}
        for key, year, score in (("a", 2024, 95.0), ("a", 2023, 40.0), ("b", 2024, 80.0))
    ],
    "discipline": [
        {"kunci": "a", "tingkatHukuman": code, "hukumanTanggal": begun, "akhirHukumTanggal": end}
        for code, begun, end in (
            ("R", dt.date(2024, 12, 1), None),
            ("S", dt.date(2023, 1, 1), dt.date(2024, 1, 1)),
            ("B", dt.date(2022, 1, 1), dt.date(2023, 12, 31)),
        )
    ],
}


def made(**other: Any) -> Any:
    found = {name: rows for name, rows in (TABLES | other).items() if rows is not None}
    tables = {
        name: ibis.memtable(pa.Table.from_pylist(rows)) if isinstance(rows, list) else rows
        for name, rows in found.items()
    }
    return index_set(Records(tables, DAY))


@pytest.fixture(scope="module")
def found() -> Any:
    return made()


def means(made_set: Any, agency: str = ALL) -> dict[str, float]:
    frame = made_set.statistics["ip_ukuran"].frame
    found: dict[str, float] = (
        frame[frame["instansi"] == agency].set_index("ukuran")["rata_rata"].to_dict()
    )
    return found


def test_people_are_in_bands_by_agency_and_without_an_appraisal_in_none(found: Any) -> None:
    table = found.tables["ip_instansi"].frame.set_index(["instansi", "kategori"])["pegawai"]
    kinds = found.tables["ip_jabatan"].frame.set_index(["jabatan", "kategori"])["pegawai"]
    assert kinds["Jabatan fungsional", "Tinggi"] == kinds[ALL, "Tinggi"] == 1
    assert table.rename({"Sedang ke atas": "Tinggi"}).to_dict() == {
        **{("A", "Tinggi"): 1, ("A", "Sangat Rendah"): 1, ("A", ALL): 2},
        **{("B", UNKNOWN): 1, ("B", ALL): 1},
        **{(ALL, "Tinggi"): 1, (ALL, "Sangat Rendah"): 1, (ALL, UNKNOWN): 1, (ALL, ALL): 3},
    }


def test_what_counts_is_of_the_year_and_the_heaviest_penalty(found: Any) -> None:
    # "a" has 25 + 15 + 15 + 30 + 2 = 87, "b" 25 + 0 + 25 + 5 = 55
    assert means(found, "A") == {
        **{"indeks": 71, "kualifikasi": 25, "kompetensi": 15, "kinerja": 27.5, "disiplin": 3.5}
    }
    frame = found.statistics["ip_ukuran"].frame
    assert frame.loc[frame["ukuran"] == "indeks", "pegawai"].tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    ("table", "dimension"),
    [("training", "kompetensi"), ("appraisal", "kinerja"), ("discipline", "disiplin")],
)
def test_a_dimension_that_records_have_no_table_of_is_missing(table: str, dimension: str) -> None:
    without = made(**{table: None})
    assert table in without.lacking[f"ip_{dimension}"]
    values = means(without)
    assert pd.isna(values[dimension])
    assert pd.isna(values["indeks"])
    assert values["kualifikasi"] == 25
    assert set(without.tables["ip_instansi"].frame["kategori"]) == {UNKNOWN, ALL}


@pytest.mark.parametrize(
    ("table", "dimension"), [("training", "kompetensi"), ("appraisal", "kinerja")]
)
@pytest.mark.parametrize("there", [True, False])
def test_a_year_without_a_single_record_is_missing_and_not_zero(
    table: str, dimension: str, there: bool
) -> None:
    before = [row | {"tahun": 2023} for row in TABLES[table]] if there else []
    schema = pa.Table.from_pylist(TABLES[table]).schema
    without = made(**{table: ibis.memtable(pa.Table.from_pylist(before, schema))})
    assert f"no {table} of 2024" in without.lacking[f"ip_{dimension}"]
    assert ("of 2023" if there else "none of any year") in without.lacking[f"ip_{dimension}"]
    values = means(without)
    assert pd.isna(values[dimension])
    assert pd.isna(values["indeks"])
    assert values["kualifikasi"] == 25
    assert set(without.tables["ip_instansi"].frame["kategori"]) == {UNKNOWN, ALL}


def test_a_column_that_a_dimension_lacks_stops_no_other_dimension() -> None:
    bare = [{"kunci": "a", "jumlahJam": 20.0, "tahun": 2024}]
    without = made(training=bare)
    assert "no column jenisDiklatId" in without.lacking["ip_kompetensi"]
    assert means(without)["kinerja"] == 27.5


def test_an_unknown_penalty_is_said_and_stops_no_other_set() -> None:
    wrong = [TABLES["discipline"][0] | {"tingkatHukuman": "X"}]
    found = made(discipline=wrong)
    assert "penalty" in found.told["ip_instansi"]
    assert "penalty" not in found.lacking["ip_instansi"]
