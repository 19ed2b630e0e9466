"""What the embedded engine holds before it spills, and that spilling changes nothing."""

from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.individuals.reading.engine import embedded

_GROUPS = "SELECT count(*), sum(n) FROM (SELECT v, count(*) AS n FROM many GROUP BY v)"
_MANY = "CREATE TEMP VIEW many AS SELECT md5((i % 200000)::VARCHAR) AS v FROM range(250000) t(i)"


def setting(engine, name):
    ((value,),) = engine.con.execute(f"SELECT current_setting('{name}')").fetchall()
    return value


def test_the_variable_says_what_is_held(monkeypatch):
    for said, threads, limit in (
        ("", 1, "476.8 MiB"),
        ("", 8, "1.8 GiB"),
        ("2GB", 1, "1.8 GiB"),
    ):
        monkeypatch.setenv("ASN_MEMORY", said)
        with embedded(threads) as engine:
            assert setting(engine, "memory_limit") == limit


@pytest.mark.parametrize("said", ["much", "0GB", "4 GB'; DROP", "80%"])
def test_what_is_no_size_is_refused(monkeypatch, said):
    monkeypatch.setenv("ASN_MEMORY", said)
    with pytest.raises(ParameterError, match="a size such as 900MB or 4GB"), embedded(1):
        pass


def test_groups_that_do_not_fit_are_counted_alike_and_nothing_is_left(monkeypatch):
    monkeypatch.setenv("ASN_MEMORY", "16MB")
    with embedded(2) as engine:
        folder = Path(setting(engine, "temp_directory"))
        engine.con.execute(_MANY)
        assert engine.con.execute(_GROUPS).fetchall() == [(200_000, 250_000)]
        engine.con.execute("CREATE TEMP TABLE kept AS FROM many")
        assert list(folder.iterdir())
    assert not folder.exists()
