"""The same extract in PostgreSQL and as a file: the same findings, the same dataset.

ASN_TEST_POSTGRES names a server that may be written to, such as
postgresql://admin@127.0.0.1:5432/postgres, and PGPASSWORD its password.
"""

import os

import pyarrow.parquet as pq
import pytest
from individual_records import PNS, PPPK, as_arrow, units

from analysis.errors import DataError
from analysis.individuals.__main__ import main
from analysis.individuals.folders import open_dataset
from analysis.individuals.ingest import ingest, read_extracts
from analysis.individuals.person_keys import PersonKey
from analysis.individuals.reading.databases import connect
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.opening import Named
from analysis.individuals.validation.choices import Choices

pytestmark = pytest.mark.postgres

KEY = PersonKey(b"0123456789abcdef0123456789abcdef")
SCHEMA = "individuals_test"
TYPES = {"string": "text", "date32[day]": "date", "int32": "integer", "null": "text"}
PEOPLE = [
    PNS,
    PPPK,
    PNS,
    PNS | {"nipBaru": "198503052010019007", "golRuangAkhir": "III/C"},
    PNS | {"nipBaru": "198503052010019008", "golRuangAkhir": "III/z", "unorId": "U9"},
    PPPK | {"nipBaru": "1,98503E+17"},
    PPPK | {"nipBaru": "199205052024219009", "tglLahir": None},
]


@pytest.fixture(scope="module")
def address():
    return os.environ["ASN_TEST_POSTGRES"]


@pytest.fixture(scope="module")
def tables():
    return {"people": as_arrow("people", PEOPLE), "units": units().to_pyarrow()}


@pytest.fixture(scope="module")
def in_postgres(address, tables):
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        connection.execute(f"CREATE SCHEMA {SCHEMA}")
        for name, table in tables.items():
            columns = ", ".join(f'"{f.name}" {TYPES[str(f.type)]}' for f in table.schema)
            connection.execute(f"CREATE TABLE {SCHEMA}.{name} ({columns})")
            places = ", ".join(["%s"] * table.num_columns)
            with connection.cursor() as cursor:
                rows = [list(row.values()) for row in table.to_pylist()]
                cursor.executemany(f"INSERT INTO {SCHEMA}.{name} VALUES ({places})", rows)
        yield [Named.of(f"{name}={address}?schema={SCHEMA}&table={name}") for name in tables]
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("set aside", {"people": (4, 3), "units": (4, 0)}),
        ("accept", {"people": (7, 0), "units": (4, 0)}),
    ],
)
def test_findings_and_rows_are_those_of_a_file(
    in_postgres, tables, basis, tmp_path, choice, expected
):
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    of_files = [Named.of(f"{name}={tmp_path / name}.parquet") for name in tables]
    choices = Choices([("people.*", choice)])
    found = {}
    with embedded(2) as engine:
        for kind, places in (("postgres", in_postgres), ("files", of_files)):
            extracts = read_extracts(engine, places, basis, basis.codes)
            rows = ingest(engine, extracts, tmp_path / kind, KEY, choices)
            counts = {f.rule.key: f.rows for t in extracts.validation for f in t.findings}
            dataset = open_dataset(tmp_path / kind)
            written = {
                name: sorted(map(str, pq.read_table(dataset.of(name)[0]).to_pylist()))
                for name in dataset.files
            }
            found[kind] = rows, counts, written
            extracts.close()
    assert found["postgres"] == found["files"]
    assert found["files"][0] == expected


@pytest.mark.usefixtures("in_postgres")
def test_a_table_of_texts_is_read_before_the_server_is_out_of_memory(
    address, basis, tables, monkeypatch
):
    import psycopg

    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=60s")  # it planned for minutes, and died
    texts = ", ".join(f'"{name}"::text' for name in tables["people"].column_names)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE VIEW {SCHEMA}.texts AS SELECT {texts} FROM {SCHEMA}.people")
    place = Named.of(f"people={address}?schema={SCHEMA}&table=texts")
    with embedded(1) as engine:
        extracts = read_extracts(engine, [place], basis, basis.codes)
        born = extracts.tables["people"].select("tglLahir").to_pyarrow().column(0).to_pylist()
        extracts.close()
    assert sorted(map(str, born)) == sorted(str(row["tglLahir"]) for row in PEOPLE)


@pytest.mark.usefixtures("in_postgres")
def test_columns_under_other_names_are_read_by_a_mapping(address, basis, tmp_path, monkeypatch):
    import psycopg

    monkeypatch.chdir(tmp_path)
    names = as_arrow("people", PEOPLE).column_names
    renamed = ", ".join(f'"{name}" AS "kolom {name}"' for name in names)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            f'CREATE VIEW {SCHEMA}."Pegawai Kita" AS SELECT {renamed} FROM {SCHEMA}.people'
        )
    place = f"people={address}?schema={SCHEMA}&table=Pegawai Kita"
    assert main(["map", place]) == 0
    drafted = tmp_path / "Pegawai Kita.toml"
    text = drafted.read_text("utf-8")
    for name in names:
        text = text.replace(f'# {name} = ""', f'{name} = "kolom {name}"')
    drafted.write_text(text, "utf-8")
    with embedded(1) as engine:
        extracts = read_extracts(engine, [Named.of(place)], basis, basis.codes)
        assert extracts.validation.tables[0].rows == len(PEOPLE)
        extracts.close()


def test_a_wrong_password_is_refused_and_not_printed(address, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "rahasia-yang-salah")
    with pytest.raises(DataError, match="refused the user or the password") as error:
        connect(address)
    assert "rahasia" not in str(error.value)


def test_a_server_that_is_not_there():
    with pytest.raises(DataError, match="cannot be reached"):
        connect("postgresql://admin@127.0.0.1:1/postgres")
