"""One setting names the engine; what it cannot mean is refused, without a password in the words."""

import sys

import pytest

from analysis.errors import DataError, ParameterError
from analysis.individuals.__main__ import main
from analysis.individuals.engines import engine_setting, open_engine


def test_an_argument_goes_before_the_variable_and_duckdb_is_the_default(monkeypatch):
    monkeypatch.delenv("ASN_ENGINE", raising=False)
    assert engine_setting() == "duckdb"
    monkeypatch.setenv("ASN_ENGINE", "spark")
    assert engine_setting() == "spark"
    assert engine_setting("duckdb") == "duckdb"
    with open_engine("duckdb") as engine:
        assert engine.name == "duckdb"


@pytest.mark.parametrize(
    "setting", ["sqlite", "spark://master", "mysql://admin:rahasia@db/x", "admin:rahasia@db/x"]
)
def test_what_names_no_engine_is_refused_with_those_there_are(setting):
    with pytest.raises(ParameterError, match=r"names none.*duckdb, postgresql://.*--engine") as e:
        engine_setting(setting)
    assert "rahasia" not in str(e.value)


def test_a_password_in_the_setting_is_refused_and_not_printed(capsys, tmp_path):
    setting = "postgresql://admin:rahasia@db.example/siasn"
    place = tmp_path / "pegawai.csv"
    place.write_text("NIP\n1\n")
    assert main(["validate", str(place), "--date", "2026-06-30", "--engine", setting]) == 1
    said = capsys.readouterr()
    assert "PGPASSWORD" in said.err
    assert "rahasia" not in said.err + said.out


def test_spark_without_java_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(DataError, match=r"needs Java 17.*JAVA_HOME"), open_engine("spark"):
        pass


def test_an_extra_that_is_not_there_is_named(monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    for module in ("psycopg", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DataError, match="extra spark"), open_engine("spark"):
        pass
    with pytest.raises(DataError, match="extra postgres"), open_engine("postgresql://db/x"):
        pass
