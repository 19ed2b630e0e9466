"""DuckDB, PostgreSQL and Spark give the same tables, row by row, and find the same faults."""

import datetime as dt

import ibis
import pytest

from analysis.individuals.aggregation import (
    DIMENSIONS,
    QUANTITIES,
    count_formation,
    count_need,
    count_people,
    open_records,
    value_counts,
)
from analysis.individuals.validation import RULES, basis_on, check
from analysis.individuals.validation.checking import lacking
from analysis.individuals.validation.parts import with_parts
from analysis.individuals.validation.rule import RowRule


@pytest.fixture(scope="module")
def records(engine, folder):
    return open_records(engine, folder)


@pytest.fixture(scope="session")
def expected(single, folder):
    return open_records(single, folder)


@pytest.fixture(scope="session")
def basis(dataset):
    return basis_on(dt.date.fromisoformat(dataset.notes["date"]))


def rows(table):
    return table.to_pyarrow().to_pylist()


def test_all_rows_arrive_as_they_are(records, expected, dataset):
    assert set(records.tables) == set(dataset.files)
    for name in ("people", "units", "posts", "centres"):
        table, other = records.tables[name], expected.tables[name]
        assert table.schema().names == other.schema().names
        assert sorted(map(str, rows(table))) == sorted(map(str, rows(other)))


@pytest.mark.parametrize(
    "by", [[], *([name] for name in DIMENSIONS), ["kabkota", "kelompok_usia", "jenis_kelamin"]]
)
def test_counts_are_the_same_in_the_same_order(records, expected, by):
    found = rows(count_people(records, by))
    assert found == rows(count_people(expected, by))
    assert sum(row["pegawai"] for row in found) >= 1500


@pytest.mark.parametrize("region", ["provinsi", "kabkota"])
def test_need_is_the_same_in_the_same_order(records, expected, region):
    found = rows(count_need(records, region))
    assert found == rows(count_need(expected, region))
    assert all(row["selisih"] == row["kelebihan"] - row["kekurangan"] for row in found)


@pytest.mark.parametrize("recount", [False, True])
def test_formation_is_the_same_in_the_same_order(records, expected, recount):
    found = rows(count_formation(records, recount=recount))
    assert found == rows(count_formation(expected, recount=recount))


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_values_of_single_people_are_the_same(records, expected, quantity):
    assert rows(value_counts(records, quantity)) == rows(value_counts(expected, quantity))


def findings(tables, basis):
    return {f.rule.key: (f.rows, f.lacking) for t in check(tables, basis) for f in t.findings}


@pytest.fixture(scope="session")
def found_by_duckdb(expected, basis):
    return findings(expected.tables, basis)


def test_every_rule_is_broken_by_the_same_number_of_rows(records, found_by_duckdb, dataset, basis):
    found = findings(records.tables, basis)
    assert found == found_by_duckdb
    broken = {key for key, (count, _) in found.items() if count and not RULES[key].note}
    assert len(broken) > len(dataset.notes["faults"]) / 2


@pytest.mark.parametrize("name", ["people", "posts", "training"])
def test_rules_of_a_row_are_broken_by_the_same_rows(records, expected, basis, name):
    found = [flagged(each.tables, basis, name) for each in (records, expected)]
    assert found[0] == found[1]
    assert any("True" in row for row in found[0])


def flagged(tables, basis, name):
    able = [rule for rule in RULES.values() if rule.table == name and not lacking(rule, tables)]
    table = with_parts(tables[name])
    flags = {
        rule.name: ibis.coalesce(rule.failing(table, basis), False)
        for rule in able
        if isinstance(rule, RowRule)
    }
    key = "unorId" if name == "posts" else "nipBaru"
    return sorted(map(str, rows(table.select(key, **flags))))
