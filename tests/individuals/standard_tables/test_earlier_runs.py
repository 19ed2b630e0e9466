"""Runs held against an earlier one of the same country, with one, ten and hundreds of people less.

What changed is open to be hidden, and what one program after the other finds of thousands of cells
takes minutes where it should take seconds: the bound is that it ends at all, and hides little more.
"""

import time
from dataclasses import replace

import ibis
import numpy as np
import pyarrow as pa
import pytest

from analysis.disclosure import publish
from analysis.individuals.aggregation import open_records
from analysis.individuals.engines import open_engine
from analysis.individuals.population import Request, generate
from analysis.individuals.standard_tables import SETS

pytestmark = pytest.mark.exhaustive
_SETS = ("nasional", "pelatihan", "reform", "ip_asn")  # squads are people chosen anew each time


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("records") / "data"
    generate(Request(60_000, seed=1, provinces=("31", "34", "53", "81")), target)
    return target


def tables(folder, fewer):
    """Return the tables of all sets, of people of whom so many left."""
    with open_engine(None) as engine:
        records = open_records(engine, folder)
        people = records.tables["people"].to_pyarrow()
        gone = np.random.default_rng(0).choice(people.num_rows, fewer, replace=False)
        stay = np.delete(np.arange(people.num_rows), gone)
        left = ibis.memtable(people.take(pa.array(stay)))
        records = replace(records, tables={**records.tables, "people": left})
        made = [SETS[name].make(records).tables for name in _SETS]
    return {name: table for each in made for name, table in each.items()}


def hidden(published):
    return sum(int((each.frame["status"] == "hidden").sum()) for each in published.values())


@pytest.mark.parametrize("fewer", [1, 10, 300])
def test_a_run_stands_the_one_before_it(folder, fewer, tmp_path):
    first = publish(tables(folder, 0), run="a", log=tmp_path)
    start = time.process_time()
    second = publish(tables(folder, fewer), run="b", log=tmp_path)
    assert time.process_time() - start < 120
    assert hidden(second) <= 1.5 * hidden(first)
    assert len(list(tmp_path.iterdir())) == 2
