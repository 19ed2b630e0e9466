"""Hours of each person: what activities count, what a year asks, who meets it."""

import datetime as dt
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hour_cases import (
    OTHERS,
    PEOPLE,
    RULES,
    TRAINING,
    other,
    person,
    rows,
    training,
)

from analysis.competence.hours import (
    compliance,
    hour_counts,
    hours_inequality,
    sound_hours,
    training_hours,
)
from analysis.errors import DataError


def of_one(*records: dict[str, Any]) -> dict[str, Any]:
    found = training_hours(rows(PEOPLE, person("a")), rows(TRAINING, *records), RULES, [2024])
    (row,) = found.to_pyarrow().to_pylist()
    return dict(row)


def test_stated_hours_count_as_they_are() -> None:
    found = of_one(training("a", 12), training("a", 5, "10"), training("a", 9, year=2023))
    assert (found["hours"], found["classical"], found["nonclassical"]) == (17, 12, 5)
    assert (found["converted"], found["records"], found["unstated"]) == (0, 2, 0)


def test_an_activity_without_hours_counts_apart_and_not_as_zero() -> None:
    found = of_one(training("a", None), training("a", 0), training("a", 6))
    assert (found["hours"], found["records"], found["unstated"]) == (6, 3, 2)


def test_stated_hours_of_unknown_kind_count_and_are_neither_classical_nor_not() -> None:
    march: dict[str, Any] = {
        "tanggal": dt.date(2024, 3, 4),
        "tanggalSelesai": dt.date(2024, 3, 8),
    }
    unknown = {**training("a", 7, **march), "jenisDiklatId": None}
    given = rows(TRAINING, unknown, training("a", 5), {**unknown, "jumlahJam": None})
    found = training_hours(rows(PEOPLE, person("a")), given, RULES, [2024])
    (row,) = found.to_pyarrow().to_pylist()
    kinds = ("hours", "classical", "nonclassical", "unclassified", "converted", "unstated")
    assert [row[name] for name in kinds] == [12, 5, 0, 7, 0, 1]
    without = training_hours(rows(PEOPLE, person("a")), given.drop("jenisDiklatId"), RULES, [2024])
    assert without.to_pyarrow().to_pylist()[0]["unclassified"] == 12


def test_unstated_days_of_a_seminar_and_an_internship_are_converted() -> None:
    seminar = training(
        "a", None, "9", tanggal=dt.date(2024, 3, 4), tanggalSelesai=dt.date(2024, 3, 6)
    )
    found = of_one(seminar, training("a", None, "10"), training("a", None, "9"))
    assert (found["hours"], found["converted"], found["unstated"]) == (3 * 4 + 20, 32, 1)


def test_other_activities_count_by_their_rates_and_caps() -> None:
    cases: list[tuple[list[tuple[str, float | None, dict[str, Any]]], float, float]] = [
        ([("e-learning", 10, {"hari": 2})], 6, 0),
        ([("e-learning", 10, {"hari": 2, "tempat": "luar"})], 8, 0),
        ([("coaching", None, {"bulan": 5, "jumlah": 3})], 4, 4),
        ([("coaching", None, {"bulan": m, "jumlah": 1}) for m in (5, 6, 6)], 6, 6),
        ([("coaching", 3, {"bulan": 5}), ("coaching", None, {"bulan": 5, "jumlah": 1})], 4, 1.6),
        ([("kursus", 10, {"tempat": "luar"})], 12, 2),
        ([("tugas belajar", None, {"jumlah": 2})], 40, 40),
        ([("e-learning", 10, {}), ("mentoring", None, {"jumlah": 1})], 0, 0),
    ]
    given = [
        other(f"p{i}", kind, jp, **more)
        for i, (activities, *_) in enumerate(cases)
        for kind, jp, more in activities
    ]
    people = rows(PEOPLE, *(person(f"p{i}") for i in range(len(cases))))
    found = training_hours(people, rows(TRAINING), RULES, [2024], others=rows(OTHERS, *given))
    table = found.order_by("nipBaru").to_pyarrow().to_pandas()
    assert table["hours"].tolist() == pytest.approx([hours for _, hours, _ in cases])
    assert table["converted"].tolist() == pytest.approx([converted for *_, converted in cases])
    assert table["unstated"].tolist() == [0, 0, 0, 0, 0, 0, 0, 2]
    assert table["complete"].all()


def test_a_part_of_a_year_asks_for_a_part_of_the_floor() -> None:
    day = dt.date
    people = rows(
        PEOPLE,
        person("always"),
        person("joins", tmtCpns=day(2024, 4, 1)),
        person("leaves", tmtPensiun=day(2024, 4, 1)),
        person("both", tmtCpns=day(2024, 3, 1), tmtPensiun=day(2024, 4, 2)),
        person("gone", tmtPensiun=day(2024, 1, 1)),
        person("not yet", tmtCpns=day(2025, 1, 1)),
        person("to the end", tmtPensiun=day(2025, 1, 1)),
    )
    months = {"always": 12, "joins": 9, "leaves": 3, "both": 2, "to the end": 12}
    found = training_hours(people, rows(TRAINING), RULES, [2024]).to_pyarrow().to_pylist()
    assert {r["nipBaru"]: r["floor"] for r in found} == {k: 20 * m / 12 for k, m in months.items()}
    whole = training_hours(people, rows(TRAINING), RULES, [2024], part_year="whole")
    assert {r["nipBaru"]: r["floor"] for r in whole.to_pyarrow().to_pylist()} == dict.fromkeys(
        months, 20
    )


def test_pppk_have_a_ceiling_and_no_floor() -> None:
    people = rows(PEOPLE, *(person(k, "PPPK") for k in "ab"), person("c", "CPNS"))
    hours = training_hours(
        people, rows(TRAINING, training("a", 25), training("b", 24)), RULES, [2024]
    )
    row = compliance(hours).iloc[0]
    assert (row["people"], row["pppk"], row["over"], row["met"], row["none"]) == (1, 2, 1, 0, 1)


def test_compliance_is_a_least_until_other_activities_are_known() -> None:
    people = rows(PEOPLE, person("a"), person("b"))
    records = rows(TRAINING, training("a", 20), training("b", 5), training("b", None))
    row = compliance(training_hours(people, records, RULES, [2024])).iloc[0]
    assert (row["met"], row["undecided"], row["share"], row["short"]) == (1, 1, 0.5, 15)
    assert row["at_least"]
    done = training_hours(
        people, rows(TRAINING, training("a", 20)), RULES, [2024], others=rows(OTHERS)
    )
    assert not compliance(done).iloc[0]["at_least"]


def hours_of(tables: tuple[pa.Table, pa.Table], years: list[int]) -> ir.Table:
    people, records = tables
    return training_hours(ibis.memtable(people), ibis.memtable(records), RULES, years)


@pytest.fixture(scope="module")
def many() -> tuple[pa.Table, pa.Table]:
    rng = np.random.default_rng(3)
    n, m = 400, 1500
    keys = np.array([f"{i:04d}" for i in range(n)])
    people = pa.table(
        {
            "nipBaru": keys,
            "statusPegawai": rng.choice(["PNS", "CPNS", "PPPK"], n),
            "unit": rng.choice(["x", "y", "z"], n),
        }
    )
    given = rng.choice([0.0, 2.5, 4.0, 10.0, 30.0], m)
    records = pa.table(
        {
            "nipBaru": rng.choice(keys[: n // 2], m),
            "jenisDiklatId": rng.choice(["1", "2", "3", "8"], m),
            "jumlahJam": pa.array(given, mask=rng.random(m) < 0.1),
            "tahun": rng.choice([2023, 2024], m),
        }
    )
    return people, records


def test_hours_and_compliance_are_those_of_plain_sql(many: tuple[pa.Table, pa.Table]) -> None:
    hours = hours_of(many, [2023, 2024])
    plain = duckdb.connect()
    for name, table in zip(("people", "records"), many, strict=True):
        plain.register(name, table)
    expected = plain.sql(
        """
        WITH y AS (SELECT 2023 AS year UNION ALL SELECT 2024), h AS (
          SELECT p.unit, p.statusPegawai AS s, y.year, coalesce(sum(t.jumlahJam), 0) AS h
          FROM people p CROSS JOIN y
          LEFT JOIN records t ON t.nipBaru = p.nipBaru AND t.tahun = y.year
          GROUP BY p.nipBaru, p.unit, p.statusPegawai, y.year)
        SELECT unit, year, count(*) FILTER (s <> 'PPPK') AS people,
               count(*) FILTER (s <> 'PPPK' AND h >= 20) AS met,
               sum(CASE WHEN s <> 'PPPK' AND h < 20 THEN 20 - h ELSE 0 END) AS short,
               count(*) FILTER (s <> 'PPPK' AND h = 0) AS none,
               count(*) FILTER (s = 'PPPK' AND h > 24) AS over, sum(h) AS hours
        FROM h GROUP BY unit, year ORDER BY unit, year
        """
    ).df()
    found = compliance(hours, ["unit", "year"])
    pd.testing.assert_frame_equal(found[expected.columns], expected, check_dtype=False)


def test_columns_that_are_asked_for_are_those_of_all(many: tuple[pa.Table, pa.Table]) -> None:
    people, records = (ibis.memtable(table) for table in many)
    columns = ["converted", "unit", "hours"]
    found = training_hours(people, records, RULES, [2024], columns=columns).to_pyarrow().to_pandas()
    every = hours_of(many, [2024]).to_pyarrow().to_pandas()
    assert sorted(found) == sorted(columns)
    pairs = ((f.sort_values(columns, ignore_index=True)[columns]) for f in (found, every))
    pd.testing.assert_frame_equal(*pairs)


def test_counts_are_those_of_pandas_and_measures_those_of_every_person(
    many: tuple[pa.Table, pa.Table],
) -> None:
    people, records = (table.to_pandas() for table in many)
    each = records[records["tahun"] == 2024].groupby("nipBaru")["jumlahJam"].sum()
    each = each.reindex(people["nipBaru"], fill_value=0.0)
    counts = hour_counts(hours_of(many, [2024]))
    expected = each.value_counts().sort_index()
    assert counts["hours"].tolist() == expected.index.tolist()
    assert counts["people"].tolist() == expected.tolist()
    found, x = hours_inequality(counts), each.to_numpy()
    assert found.gini == pytest.approx(np.abs(np.subtract.outer(x, x)).mean() / (2 * x.mean()))
    r = x[x > 0] / x.mean()
    assert found.theil == pytest.approx((r * np.log(r)).sum() / x.size)
    assert found.none == (x == 0).mean()
    assert found.top_tenth == pytest.approx(np.sort(x)[-x.size // 10 :].sum() / x.sum())


def test_neither_the_order_of_rows_nor_a_population_twice_changes_what_is_found(
    many: tuple[pa.Table, pa.Table],
) -> None:
    people, records = many
    once = hours_of(many, [2024])
    turned = training_hours(
        ibis.memtable(people[::-1]), ibis.memtable(records[::-1]), RULES, [2024]
    )
    pd.testing.assert_frame_equal(compliance(once, ["unit"]), compliance(turned, ["unit"]))
    pd.testing.assert_frame_equal(hour_counts(once), hour_counts(turned))

    def again(table: pa.Table) -> pa.Table:
        keys = pa.array([f"{key}'" for key in table["nipBaru"].to_pylist()])
        return pa.concat_tables([table, table.set_column(0, "nipBaru", keys)])

    twice = training_hours(
        ibis.memtable(again(people)), ibis.memtable(again(records)), RULES, [2024]
    )
    a, b = compliance(once, ["unit"]), compliance(twice, ["unit"])
    pd.testing.assert_series_equal(a["share"], b["share"])
    assert (b["short"] == 2 * a["short"]).all()
    one, two = hours_inequality(hour_counts(once)), hours_inequality(hour_counts(twice))
    assert two.gini == pytest.approx(one.gini)
    assert two.theil == pytest.approx(one.theil)
    assert two.none == one.none
    assert two.top_tenth == pytest.approx(one.top_tenth)


def test_where_nobody_has_an_hour_there_is_no_inequality_to_measure() -> None:
    found = hours_inequality(pd.DataFrame({"hours": [0.0], "people": [3]}))
    assert (found.none, found.gini, found.theil, found.top_tenth) == (1, None, None, None)
    with pytest.raises(DataError, match="nobody"):
        hours_inequality(pd.DataFrame({"hours": [], "people": []}))


def test_columns_of_people_may_have_whatever_name_the_counting_uses_within() -> None:
    names = (
        *("pppk", "Known", "person", "of_year", "begun", "suspected", "stated", "who", "rule"),
        *("jenis", "unit", "kind", "given", "first", "last", "placed", "latest", "nama (x)"),
    )
    known = rows(PEOPLE, person("a"), person("b", "PPPK")).drop("unit")
    own = known.mutate(**{name: known.nipBaru.upper() + name for name in names})
    records = rows(TRAINING, training("a", 12), training("b", -1), training("b", 3))
    right = records.filter(records.jumlahJam > 0)
    for years in ([2024], [2023, 2024]):
        found = training_hours(own, right, RULES, years)
        last = found.filter(found.year == 2024).order_by("nipBaru").to_pyarrow().to_pylist()
        assert [row["hours"] for row in last] == [12, 3]
        assert [row["floor"] for row in last] == [20, None]
        for row, key in zip(last, "AB", strict=True):
            assert {name: row[name] for name in names} == {name: key + name for name in names}
        assert found.columns[: len(own.columns)] == own.columns
    asked = ["hours", "pppk", "person"]
    sound, faults = sound_hours(own, records, RULES, 2024, columns=asked)
    assert sorted(map(tuple, (r.values() for r in sound.to_pyarrow().to_pylist()))) == [
        ("Apppk", "Aperson", 12),
        ("Bpppk", "Bperson", 3),
    ]
    assert faults.count().to_pyarrow().as_py() == 1
