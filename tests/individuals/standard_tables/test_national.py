"""The standard tables say what pandas says of the same people, and pass the gate."""

import datetime as dt

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure import Statistics
from analysis.individuals.aggregation import Records, open_records
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded
from analysis.individuals.standard_tables import ALL, make_run
from analysis.individuals.standard_tables.national import national_set
from analysis.individuals.standard_tables.posts_by_family import by_family, largest_families
from analysis.inequality import gini

DAY = dt.date(2024, 12, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("records") / "data"
    generate(Request(3000, seed=5, provinces=("31", "53")), target)
    return target


@pytest.fixture(scope="module")
def made(folder):
    with embedded(1) as engine:
        records = open_records(engine, folder)
        people = records.tables["people"].to_pyarrow().to_pandas()
        return national_set(records), people


def value(table, **labels):
    frame = table.frame
    for dimension in table.design.dimensions:
        frame = frame[frame[dimension] == labels.get(dimension, ALL)]
    return int(frame[table.design.value].sum())


def test_every_table_of_people_counts_everybody(made):
    tables = made[0].tables
    counting = [t for t in tables.values() if t.design.value == "pegawai"]
    assert len(counting) == 13
    for name, table in tables.items():
        if name != "kebutuhan_formasi" and table.design.value == "pegawai":
            assert value(table) == 3000, name


def test_cells_are_those_of_pandas(made):
    tables, people = made[0].tables, made[1]
    place, kind = people["kabkota"].iloc[0], people["jenisJabatanId"] == "2"
    there = people["kabkota"] == place
    found = value(tables["pegawai_jenis_jabatan"], wilayah=place, jabatan="Jabatan fungsional")
    assert found == (there & kind).sum()
    degree = people["tkPendidikanTerakhir"].isin(["35", "40", "42"])
    found = value(tables["pegawai_pendidikan"], wilayah="53", pendidikan="S-1/D-IV")
    assert found == (degree & (people["provinsi"] == "53")).sum()
    contract = ~people["golRuangAkhir"].str.contains("/")
    assert value(tables["pegawai_golongan"], golongan="PPPK") == contract.sum()
    teachers = people["jabatanNama"].str.startswith("Guru ") & kind
    assert value(tables["pegawai_keluarga"], jabatan="Guru") == teachers.sum()
    soon = people["tmtPensiun"].between(dt.date(2025, 1, 1), dt.date(2029, 12, 31))
    assert value(tables["pegawai_pensiun"], pensiun="<=5 tahun") == soon.sum()
    assert value(tables["sebaran_pensiun"], pensiun="<=5 tahun") == soon.sum()


def test_need_is_what_is_filled_and_what_is_vacant(made):
    tables = made[0].tables
    for post in ("Guru", "Jabatan fungsional", ALL):
        parts = {
            state: value(tables["kebutuhan_formasi"], jabatan=post, formasi=state)
            for state in ("kebutuhan", "terisi", "kosong", "kelebihan")
        }
        assert parts["kebutuhan"] == parts["terisi"] + parts["kosong"]
        people = value(tables["pegawai_keluarga"], jabatan=post)
        assert people == parts["terisi"] + parts["kelebihan"]
        assert value(tables["pegawai_formasi"], jabatan=post) == people


def test_statistics_are_those_of_single_people(made):
    found, people = made[0].statistics["sebaran"], made[1]
    assert isinstance(found, Statistics)
    born = pd.to_datetime(people["tglLahir"])
    ages = DAY.year - born.dt.year - ((born.dt.month * 100 + born.dt.day) > 1231)
    row = found.frame.set_index("ukuran").loc["usia"]
    assert row["gini"] == pytest.approx(gini(ages.to_numpy(float)), rel=1e-12)
    assert row["median"] == ages.median()


def test_titles_of_one_family_are_together_and_others_of_that_name_apart():
    posts = pd.DataFrame(
        [("2", "Perawat Ahli Muda", 9), ("2", "Perawat Terampil", 8), ("4", "Perawat", 7)]
        + [("1", "Eselon 2", 3), ("2", "Kurator", 1), ("3", "Dekan", 2)]
        + [("2", f"Ahli {i}", 5) for i in range(15)],
        columns=["jenis_jabatan", "jabatan", "n"],
    )
    named = largest_families(posts, "n")
    assert named[0] == "Perawat"
    assert "Kurator" not in named
    label, tree = by_family(posts, named)
    assert label.tolist()[:6] == [
        *["Perawat (jabatan fungsional)"] * 2,
        "Perawat (jabatan pelaksana)",
        "Eselon II",
        "Fungsional sisanya",
        "Jabatan rangkap",
    ]
    assert tree["Fungsional sisanya"] == "Fungsional lainnya"
    assert tree["Fungsional lainnya"] == tree["Perawat (jabatan fungsional)"]
    coarse, _ = by_family(posts, named, coarse=True)
    assert coarse.tolist()[3:5] == ["Jabatan struktural", "Fungsional lainnya"]


def test_what_an_extract_lacks_leaves_its_tables_out_and_no_others(tmp_path):
    rows = [{"provinsi": "31", "kabkota": "31.71", "jenisJabatanId": "2", "jenisKelamin": "F"}] * 9
    records = Records({"people": ibis.memtable(pa.Table.from_pylist(rows))}, DAY)
    found = make_run(records, tmp_path / "a", log=None)
    assert "pegawai_jenis_jabatan" in found.tables
    assert "golRuangAkhir" in found.lacking["pegawai_golongan"]
    assert "jabatanNama" in found.lacking["kebutuhan_formasi"]
    assert set(found.tables) & set(found.lacking) == set()


def test_of_rules_that_no_row_broke_nothing_is_lacking():
    tables = {"people": ibis.memtable(pa.table({"nipBaru": ["a", "b"]}))}
    rows = {"people": (2, 0)}

    def lacking(broken):
        return national_set(Records(tables, DAY, rows=rows, broken=broken)).lacking

    assert "was not ingested" in lacking(None)["baris_aturan"]
    assert "baris_aturan" not in lacking({})
    found = national_set(Records(tables, DAY, rows=rows, broken={"people.key": 2})).tables
    assert found["baris_aturan"].frame["baris_melanggar"].tolist() == [2, 2]
