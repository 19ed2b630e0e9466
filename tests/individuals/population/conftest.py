import datetime as dt

import duckdb
import pyarrow as pa
import pytest

from analysis.individuals.population import Request, generate
from analysis.individuals.population.agencies import read_agencies, read_places
from analysis.individuals.population.published import read_published
from analysis.individuals.schema import TABLES, code_lists
from analysis.individuals.validation import basis_on

SMALL = Request(3000, seed=7, provinces=("31", "65", "81"))


@pytest.fixture(scope="session")
def published():
    return read_published()


@pytest.fixture(scope="session")
def places():
    return read_places()


@pytest.fixture(scope="session")
def agencies(places):
    return read_agencies(places)


@pytest.fixture(scope="session")
def autonomous(agencies):
    return frozenset(agency.province for agency in agencies if agency.level == "kabkota")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A population of three provinces, one of them without kabupaten of their own."""
    folder = tmp_path_factory.mktemp("population") / "small"
    generate(SMALL, folder)
    return folder


@pytest.fixture(scope="session")
def engine(small):
    """An engine that knows the tables of the small population by name, and `echelons`."""
    engine = duckdb.connect()
    for name in set(TABLES) - {"activities"}:  # which are no records of an agency
        engine.execute(f"create view {name} as from read_parquet('{small}/{name}/*.parquet')")
    codes = code_lists().of("eselon")
    engine.register("echelons", pa.table({"kode": list(codes), "nama": list(codes.values())}))
    return engine


@pytest.fixture(scope="session")
def ask(engine):
    """Return a function that asks the small population in SQL."""
    return lambda query: engine.execute(query).fetchall()


@pytest.fixture(scope="session")
def ask_frame(engine):
    """Return a function that asks the small population for a frame."""
    return lambda query: engine.sql(query).to_arrow_table().to_pandas()


@pytest.fixture(scope="session")
def basis(published):
    return basis_on(dt.date.fromisoformat(str(published.date)))
