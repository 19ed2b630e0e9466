"""The key of people: HMAC by its definition, kept out of the repository and out of sight."""

import hashlib
import hmac

import duckdb
import pytest

from analysis.errors import ParameterError
from analysis.individuals.person_keys import VARIABLE, PersonKey, person_key
from analysis.paths import ROOT

NIP = "198503052010019001"


@pytest.mark.parametrize("secret", [b"k" * 32, b"k" * 64, b"k" * 65, bytes(range(100))])
def test_the_engine_computes_hmac(secret):
    key = PersonKey(secret)
    query = f"SELECT {key.sql('nip')} FROM (VALUES (?), (NULL)) t(nip)".replace("?", f"'{NIP}'")
    found = duckdb.connect().execute(query, key.parameters).fetchall()
    expected = hmac.new(secret, NIP.encode(), hashlib.sha256).hexdigest()[:32]
    assert found == [(expected,), (None,)]
    assert key.of(NIP) == expected


def test_another_key_makes_other_people():
    assert PersonKey(b"a" * 32).of(NIP) != PersonKey(b"b" * 32).of(NIP)
    assert PersonKey(b"a" * 32).fingerprint != PersonKey(b"b" * 32).fingerprint


def test_the_key_is_never_printed():
    assert "aaaa" not in repr(PersonKey(b"a" * 32))


def test_where_the_key_comes_from(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "x" * 40)
    assert person_key().secret == b"x" * 40
    file = tmp_path / "key"
    file.write_text("y" * 40 + "\n")
    assert person_key(file).secret == b"y" * 40
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(ParameterError, match=f"set {VARIABLE} in the environment"):
        person_key()


def test_a_short_key_and_one_in_the_repository_are_refused(tmp_path):
    (tmp_path / "key").write_text("password")
    with pytest.raises(ParameterError, match="holds 8 characters") as error:
        person_key(tmp_path / "key")
    assert "password" not in str(error.value)
    with pytest.raises(ParameterError, match="lies in the repository"):
        person_key(ROOT / "key.txt")
