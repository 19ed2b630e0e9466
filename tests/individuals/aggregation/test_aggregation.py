"""Counts from records are those of plain SQL and pandas, and their parts add up."""

import datetime as dt
from itertools import combinations

import duckdb
import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.errors import DataError, LackingError, ParameterError
from analysis.individuals.aggregation import (
    DIMENSIONS,
    QUANTITIES,
    UNKNOWN,
    Records,
    count_formation,
    count_need,
    count_people,
    open_records,
    value_counts,
)
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded
from analysis.inequality import gini, quantile

SQL_AGE = "date_diff('year', tglLahir, DATE '{day}') - (strftime(tglLahir, '%m%d') > '{md}')::INT"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("population") / "data"
    generate(Request(2000, seed=3, provinces=("13", "31")), target)
    return target


@pytest.fixture(scope="module")
def records(folder):
    with embedded(1) as engine:
        yield open_records(engine, folder)


@pytest.fixture(scope="module")
def people(folder):
    return duckdb.sql(f"SELECT * FROM '{folder}/people/*.parquet'").df()


def frame(table):
    return table.to_pyarrow().to_pandas()


def of(rows, *, day=dt.date(2024, 2, 29), **more):
    tables = {"people": rows} | more
    return Records({n: ibis.memtable(pa.Table.from_pylist(t)) for n, t in tables.items()}, day)


@pytest.mark.parametrize("by", list(combinations(["provinsi", "golongan", "jenis_kelamin"], 2)))
def test_counts_are_those_of_pandas(records, people, by):
    columns = {"golongan": "golRuangAkhir", "jenis_kelamin": "jenisKelamin"}
    expected = people.groupby([columns.get(name, name) for name in by]).size()
    found = frame(count_people(records, by)).set_index(list(by))["pegawai"]
    assert found.to_dict() == expected.to_dict()


@pytest.mark.parametrize("name", DIMENSIONS)
def test_parts_add_up_to_all(records, people, name):
    assert frame(count_people(records, [name]))["pegawai"].sum() == len(people)
    assert frame(count_people(records, []))["pegawai"].tolist() == [len(people)]


def test_age_bands_and_coming_pensions_are_those_of_plain_sql(records, folder):
    day = records.day
    age = SQL_AGE.format(day=day, md=f"{day:%m%d}")
    source = f"'{folder}/people/*.parquet'"
    ((old, young, leaving),) = duckdb.sql(
        f"SELECT count(*) FILTER ({age} BETWEEN 55 AND 59), count(*) FILTER ({age} < 25), "
        f"count(*) FILTER (tmtPensiun > DATE '{day}' "
        f"AND tmtPensiun <= DATE '{day}' + INTERVAL 5 YEAR) FROM {source}"
    ).fetchall()
    bands = frame(count_people(records, ["kelompok_usia"])).set_index("kelompok_usia")["pegawai"]
    assert (bands["55-59"], bands.get("<25", 0)) == (old, young)
    coming = frame(count_people(records, ["pensiun"])).set_index("pensiun")["pegawai"]
    assert coming["<=5 tahun"] == leaving


def test_rules_of_bup_give_the_pensions_that_the_population_was_made_with(records):
    people = records.tables["people"]
    bare = Records({"people": people.drop("tmtPensiun", "bupPensiun")}, records.day)
    said = frame(value_counts(records, "tahun_ke_pensiun"))
    pd.testing.assert_frame_equal(frame(value_counts(bare, "tahun_ke_pensiun")), said)


def test_need_is_that_of_plain_sql(records, folder):
    expected = duckdb.sql(
        "SELECT provinsi, sum(bezetting), sum(kebutuhan), sum(bezetting - kebutuhan), "
        "sum(greatest(bezetting - kebutuhan, 0)), sum(greatest(kebutuhan - bezetting, 0)) "
        f"FROM '{folder}/posts/*.parquet' GROUP BY ALL ORDER BY 1"
    ).fetchall()
    found = frame(count_need(records))
    columns = ["bezetting", "kebutuhan", "selisih", "kelebihan", "kekurangan"]
    sums = found.groupby("provinsi")[columns].sum()
    assert list(sums.itertuples(name=None)) == expected
    assert (found["selisih"] == found["kelebihan"] - found["kekurangan"]).all()
    coming = frame(count_people(records, ["pensiun"])).set_index("pensiun")["pegawai"]
    assert found["pensiun"].sum() == coming["<=5 tahun"]
    assert not found["keluarga"].str.contains("Ahli (?:Pertama|Muda|Madya)$").any()


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_value_counts_have_the_inequality_of_single_people(records, people, quantity):
    found = frame(value_counts(records, quantity))
    assert found["pegawai"].sum() == len(people)
    found = found.dropna()
    single = np.repeat(found["nilai"], found["pegawai"])
    weighted = found["nilai"], found["pegawai"]
    assert gini(*weighted) == pytest.approx(gini(single), rel=1e-12)
    assert quantile(*weighted, q=0.9) == quantile(single, q=0.9)


def test_the_order_of_rows_does_not_count(records):
    turned = {
        name: ibis.memtable(table.order_by(ibis.desc(table.columns[0])).to_pyarrow())
        for name, table in records.tables.items()
        if name in ("people", "posts")
    }
    other = Records(turned, records.day)
    pd.testing.assert_frame_equal(frame(count_need(other)), frame(count_need(records)))


def test_people_without_a_value_are_counted_as_unknown():
    found = of([{"provinsi": "11"}, {"provinsi": None}])
    assert frame(count_people(found, ["provinsi"]))["pegawai"].tolist() == [1, 1]
    assert frame(count_people(found, ["provinsi"]))["provinsi"].tolist() == ["11", UNKNOWN]


def test_what_the_records_lack_is_named():
    found = of([{"provinsi": "11"}])
    with pytest.raises(DataError, match=r"people has no column golRuangAkhir.*never zero"):
        count_people(found, ["golongan"])
    with pytest.raises(DataError, match="no table posts"):
        count_need(found)
    with pytest.raises(ParameterError, match="by: 'agama' given; there are provinsi"):
        count_people(found, ["agama"])


def test_a_number_of_a_post_that_is_missing_is_not_zero():
    posts = [
        {"jabatan": "Guru", "bezetting": None, "kebutuhan": 2},
        {"jabatan": "A", "bezetting": 1},
    ]
    with pytest.raises(DataError, match="no value of bezetting in 1 row, kebutuhan in 1 row"):
        count_need(of([{"provinsi": "11"}], posts=posts))


def test_filled_places_people_beyond_and_vacancies_are_those_of_plain_sql(records, folder):
    expected = duckdb.sql(
        "SELECT jenisJabatanId, sum(least(bezetting, kebutuhan)), "
        "sum(greatest(bezetting - kebutuhan, 0)), sum(greatest(kebutuhan - bezetting, 0)) "
        f"FROM '{folder}/posts/*.parquet' GROUP BY ALL ORDER BY 1"
    ).fetchall()
    found = frame(count_formation(records))
    sums = found.groupby("jenis_jabatan")[["terisi", "lebih", "kosong"]].sum()
    assert list(sums.itertuples(name=None)) == expected
    people = frame(count_people(records, ["provinsi", "jenis_jabatan", "jabatan"]))
    there = found.assign(pegawai=found["terisi"] + found["lebih"]).query("pegawai > 0")
    columns = ["provinsi", "jenis_jabatan", "jabatan", "pegawai"]
    pd.testing.assert_frame_equal(there[columns].reset_index(drop=True), people)


def test_people_are_counted_anew_where_the_posts_do_not_say_how_many(records):
    pd.testing.assert_frame_equal(
        frame(count_formation(records, recount=True)), frame(count_formation(records))
    )
    stale = dict(records.tables) | {"posts": records.tables["posts"].mutate(bezetting=0)}
    other = Records(stale, records.day)
    assert frame(count_formation(other))["terisi"].sum() == 0
    pd.testing.assert_frame_equal(
        frame(count_formation(other, recount=True)), frame(count_formation(records))
    )


def test_hours_are_those_of_the_last_whole_year_and_unstated_ones_are_counted_apart(folder):
    with embedded(1) as engine:
        records = open_records(engine, folder)
        found = frame(value_counts(records, "jam_pelatihan"))
        stated = frame(value_counts(records, "jam_pelatihan", without_hours="as_stated"))
    own = duckdb.sql(
        "SELECT nipBaru, sum(jumlahJam) FILTER (tahun = 2024) AS jam, "
        "count(*) FILTER (tahun = 2024 AND jumlahJam IS NULL) AS tanpa "
        f"FROM '{folder}/people/*.parquet' LEFT JOIN '{folder}/training/*.parquet' USING (nipBaru) "
        "GROUP BY 1"
    ).df()
    hours = own["jam"].fillna(0)
    assert stated.set_index("nilai")["pegawai"].to_dict() == hours.value_counts().to_dict()
    unknown = own["tanpa"] > 0
    assert found["pegawai"].iloc[-1] == unknown.sum() > 0
    known = found.dropna().set_index("nilai")["pegawai"].to_dict()
    assert known == hours[~unknown].value_counts().to_dict()


def test_a_choice_about_unstated_hours_that_is_none_is_refused(records):
    with pytest.raises(ParameterError, match="apart or as_stated"):
        value_counts(records, "jam_pelatihan", without_hours="zero")


def test_a_year_without_a_single_training_is_missing_and_not_zero(records):
    later = Records(records.tables, dt.date(2040, 6, 30))
    with pytest.raises(LackingError, match="no training of 2039"):
        value_counts(later, "jam_pelatihan")
