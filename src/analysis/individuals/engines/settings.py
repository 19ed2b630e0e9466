"""One setting names the engine: ASN_ENGINE, or an argument.

- `duckdb`: in this process; the default. ASN_MEMORY says what it holds before it spills.
- `postgresql://user@host/database`: a server; the password is in PGPASSWORD or ~/.pgpass.
- `spark`: Spark on this machine.
- `spark://host:7077`: the master of a Spark cluster, or several of them, divided by commas.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from ibis.backends import BaseBackend

from analysis.errors import DataError, ParameterError
from analysis.individuals.engines.spark import spark
from analysis.individuals.reading.databases import SCHEMES, broken, connect, named
from analysis.individuals.reading.engine import embedded

VARIABLE = "ASN_ENGINE"
"""Variable of the environment that names the engine."""

_CLUSTER = re.compile(r"spark://[\w.-]+:\d+(,[\w.-]+:\d+)*")


def engine_setting(said: str | None = None) -> str:
    """Return the setting that holds: what is said, else what ASN_ENGINE says, else `duckdb`.

    Raises
    ------
    ParameterError
        If it names no engine. A password in it is not repeated.

    Examples
    --------
    >>> engine_setting("spark://10.0.0.5:7077")
    'spark://10.0.0.5:7077'
    """
    setting = said or os.environ.get(VARIABLE) or "duckdb"
    if setting in ("duckdb", "spark") or setting.startswith(SCHEMES) or _CLUSTER.fullmatch(setting):
        return setting
    shown = named(setting) if "://" in setting else setting.rpartition("@")[2]
    raise ParameterError(
        f"engine: {shown!r} names none. There are duckdb, postgresql://user@host/database, spark "
        f"and spark://host:port; it is said by --engine or {VARIABLE}."
    )


@contextmanager
def open_engine(said: str | None = None) -> Iterator[BaseBackend]:
    """Yield the engine that the setting names; nothing of what was loaded is left at the end.

    Parameters
    ----------
    said : str, optional
        The setting; that of `ASN_ENGINE`, or DuckDB, by default.

    Raises
    ------
    ParameterError
        If it names no engine, or holds a password.
    DataError
        If the engine is not there, lets nobody in, or breaks off. Its own words, in which a row or
        a password may stand, are not repeated.
    """
    setting = engine_setting(said)
    if setting == "duckdb":
        with embedded() as engine:
            yield engine
    elif setting.startswith(SCHEMES):
        with _server(setting) as engine:
            yield engine
    else:
        with spark(setting) as engine:
            yield engine


@contextmanager
def _server(address: str) -> Iterator[BaseBackend]:
    engine = connect(address)
    import psycopg  # what `connect` needs is there

    try:
        yield engine
    except psycopg.Error as error:
        raise DataError(broken(address, str(error))) from None
    finally:
        engine.disconnect()
