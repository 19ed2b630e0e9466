"""Engines that let nobody in or break off: clear words, no password, no row."""

import os

import pytest

from analysis.errors import DataError
from analysis.individuals.__main__ import main
from analysis.individuals.aggregation import count_people, open_records
from analysis.individuals.engines import open_engine


@pytest.mark.postgres
def test_a_server_that_refuses_the_password_does_not_have_it_printed(monkeypatch, capsys, folder):
    monkeypatch.setenv("PGPASSWORD", "rahasia-yang-salah")
    monkeypatch.setenv("ASN_ENGINE", os.environ["ASN_TEST_POSTGRES"])
    assert main(["validate", str(folder), "--date", "2024-12-31"]) == 1
    said = capsys.readouterr()
    assert "refused the user or the password" in said.err
    assert "rahasia" not in said.err + said.out


@pytest.mark.postgres
def test_a_server_that_drops_the_connection(folder):
    import psycopg

    address = os.environ["ASN_TEST_POSTGRES"]

    def count():
        with open_engine(address) as engine:
            records = open_records(engine, folder)
            with psycopg.connect(address, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [engine.con.info.backend_pid])
            count_people(records, ["provinsi"]).to_pyarrow()

    with pytest.raises(DataError, match=r"connection broke.*try again") as error:
        count()
    assert "admin@" not in str(error.value)


@pytest.mark.postgres
def test_nothing_is_left_on_the_server(folder):
    import psycopg

    address = os.environ["ASN_TEST_POSTGRES"]
    with open_engine(address) as engine:
        count_people(open_records(engine, folder), ["golongan"]).to_pyarrow()
    with psycopg.connect(address) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'read\\_%' OR relname LIKE 'ibis\\_%'"
        )
        assert left.fetchone() == (0,)


@pytest.mark.spark
def test_a_master_that_is_not_there():
    missing = pytest.raises(DataError, match=r"spark://127.0.0.1:1 cannot be reached")
    with missing, open_engine("spark://127.0.0.1:1"):
        pass


@pytest.mark.spark
def test_one_process_has_one_spark():
    second = pytest.raises(DataError, match="runs already")
    with open_engine("spark"), second, open_engine("spark"):
        pass


@pytest.mark.spark
def test_files_that_workers_cannot_read(folder):
    with (
        pytest.raises(DataError, match=r"broke off, or refused.*workers") as error,
        open_engine("spark") as engine,
    ):
        engine._session.read.parquet(f"{folder}/nothing.parquet")
    assert "nothing" not in str(error.value)


@pytest.mark.spark
def test_the_cluster_has_two_workers():
    with open_engine(os.environ["ASN_TEST_SPARK"]) as engine:
        context = engine._session.sparkContext
        assert context.master == os.environ["ASN_TEST_SPARK"]
        engine._session.range(0, 1000, 1, 20).count()
        assert context._jsc.sc().getExecutorMemoryStatus().size() == 2 + 1  # and the driver
