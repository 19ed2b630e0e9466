"""Runs of tables are the same whichever engine counts: all tables, and what the command writes."""

import pandas as pd
import pytest

from analysis.individuals.__main__ import main
from analysis.individuals.aggregation import open_records
from analysis.individuals.engines import open_engine
from analysis.individuals.population import Request, generate
from analysis.individuals.standard_tables.sets import SETS


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A population without faults, of which every table can be made."""
    target = tmp_path_factory.mktemp("sound") / "data"
    generate(Request(1500, seed=3, provinces=("31",)), target)
    return target


def all_tables(folder, engine):
    """Return the frames of every set by name, before the gate, and what is lacking."""
    with open_engine(engine) as on:
        records = open_records(on, folder)
        made = {name: each.make(records) for name, each in SETS.items()}
    return {
        (name, table): each.frame
        for name, found in made.items()
        for part in (found.tables, found.open, found.statistics)
        for table, each in part.items()
    }, {name: found.lacking for name, found in made.items()}


@pytest.fixture(scope="module")
def by_duckdb(sound):
    return all_tables(sound, "duckdb")


def test_every_table_is_that_of_duckdb(sound, other, by_duckdb):
    found, lacking = all_tables(sound, other)
    expected, lacking_there = by_duckdb
    assert (found.keys(), lacking) == (expected.keys(), lacking_there)
    for name, frame in expected.items():
        # Sums of fractions depend on their order; numbers of people are compared exactly.
        pd.testing.assert_frame_equal(found[name], frame, rtol=1e-12, atol=0, obj=str(name))


def written(folder, place, engine):
    """Return what the command line writes of a run, by file."""
    run = place / "sama"
    where = ("--to", str(run), "--log", str(place / "log"), "--engine", engine)
    assert main(["tables", str(folder), "--run", run.name, *where, "--sets", "pelatihan"]) == 0
    return {path.name: path.read_bytes() for path in sorted(run.iterdir())}


def test_the_command_writes_what_it_writes_with_duckdb(sound, other, tmp_path):
    found = written(sound, tmp_path / "other", other)
    assert found == written(sound, tmp_path / "duckdb", "duckdb")
    assert len(found) > 3
