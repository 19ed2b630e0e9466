"""PostgreSQL: what is refused, and that no password is ever printed."""

import pytest

from analysis.errors import DataError, ParameterError
from analysis.individuals.reading.databases import broken, connect, named
from analysis.individuals.reading.opening import reading

ADDRESS = "postgresql://admin:rahasia@db.example:5432/siasn?schema=x"


def test_a_password_in_the_address_is_refused_and_not_repeated():
    with pytest.raises(ParameterError, match="PGPASSWORD") as error:
        connect(ADDRESS)
    assert "rahasia" not in str(error.value)
    assert "admin" not in str(error.value)


@pytest.mark.parametrize("password", ["rah/asia", "1234/asia", "rah:asia/"])
def test_nothing_is_repeated_of_a_password_that_takes_the_address_apart(password):
    with pytest.raises(ParameterError, match="cannot be read") as error:
        connect(f"postgresql://admin:{password}@db.example/siasn")
    assert "asia" not in str(error.value)
    assert "1234" not in str(error.value)


def test_a_database_has_to_be_named():
    with pytest.raises(ParameterError, match="name the database"):
        connect("postgresql://admin@db.example")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('password authentication failed for user "admin"', "refused the user or the password"),
        ("connection to server failed: Connection refused", "cannot be reached"),
        ("could not translate host name", "cannot be reached"),
        ('database "siasn" does not exist', "no such database"),
        ("server closed the connection unexpectedly: rahasia", "the connection broke"),
    ],
)
def test_reasons_are_told_in_words_of_our_own(said, message):
    text = broken(ADDRESS, said)
    assert message in text
    assert named(ADDRESS) in text
    assert "rahasia" not in text


def test_a_connection_that_breaks_while_it_is_read_says_nothing_of_the_rows():
    dropped = type("OperationalError", (Exception,), {"__module__": "psycopg"})
    with pytest.raises(DataError, match="the connection broke") as error, reading("db, table x"):
        raise dropped("server closed the connection: rahasia 198503052010019001")
    assert "rahasia" not in str(error.value)
