"""Engines to ask the same of: what `.ci/engines` starts, and DuckDB to compare them with.

ASN_TEST_POSTGRES is the address of a server that may be written to, and PGPASSWORD its password;
ASN_TEST_SPARK is the address of the master of a cluster.
"""

import os

import pytest

from analysis.individuals.engines import open_engine
from analysis.individuals.folders import open_dataset
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded

OTHERS = [
    pytest.param("ASN_TEST_POSTGRES", id="postgres", marks=pytest.mark.postgres),
    pytest.param("spark", id="spark on this machine", marks=pytest.mark.spark),
    pytest.param("ASN_TEST_SPARK", id="spark cluster", marks=pytest.mark.spark),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A population of two provinces with every kind of fault that is planted."""
    target = tmp_path_factory.mktemp("population") / "data"
    generate(Request(1500, seed=5, provinces=("13", "31"), faults=0.1), target)
    return target


@pytest.fixture(scope="session")
def dataset(folder):
    return open_dataset(folder)


@pytest.fixture(scope="session")
def single():
    """DuckDB on one thread: even of DuckDB the tests tell something."""
    with embedded(1) as engine:
        yield engine


@pytest.fixture(scope="module", params=["duckdb", *OTHERS])
def engine(request):
    with open_engine(os.environ.get(request.param, request.param)) as engine:
        yield engine


@pytest.fixture(scope="module", params=OTHERS)
def other(request):
    """Name or address of an engine that is not DuckDB."""
    return os.environ.get(request.param, request.param)
