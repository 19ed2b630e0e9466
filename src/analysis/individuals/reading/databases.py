"""Extracts in a PostgreSQL schema. The password comes from the environment and is never printed."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend

from analysis.datasets.office_tables import Note
from analysis.errors import DataError, ParameterError
from analysis.individuals.reading.extract import Extract
from analysis.messages import some

SCHEMES = ("postgresql://", "postgres://")


def connect(address: str) -> BaseBackend:
    """Return a connection to PostgreSQL.

    Parameters
    ----------
    address : str
        `postgresql://user@host:port/database?schema=name`. A password in it is refused: it would
        stand in the history of the shell. It is taken from PGPASSWORD, or from ~/.pgpass.

    Raises
    ------
    ParameterError
        If the address holds a password, or names no database.
    DataError
        If the server is not there, or refuses user, password or database.
    """
    parts = urlsplit(address)
    if _port(address) is None or "@" in parts.path:
        raise ParameterError(
            f"{named(address)}: this address cannot be read. Write it as "
            "postgresql://user@host:port/database, without a password, and the port as a number."
        )
    if parts.password is not None:
        raise ParameterError(
            f"{named(address)}: write no password into the address, where others can read it. Set "
            "PGPASSWORD in the environment, or keep it in ~/.pgpass."
        )
    database = parts.path.strip("/")
    if not database:
        raise ParameterError(f"{named(address)}: name the database, as in .../database.")
    try:
        import psycopg
    except ImportError:
        raise DataError(
            "Reading from PostgreSQL needs the extra postgres: run `uv sync --extra postgres`."
        ) from None
    schema = parse_qs(parts.query).get("schema", ["public"])[0]
    asked: dict[str, Any] = {
        "host": parts.hostname or "localhost",
        "port": _port(address),
        "user": unquote(parts.username) if parts.username else None,
        "password": os.environ.get("PGPASSWORD"),
    }
    try:
        return ibis.postgres.connect(database=database, schema=schema, **asked)
    except psycopg.Error as error:
        raise DataError(broken(address, str(error))) from None


def open_database(address: str, connection: BaseBackend, name: str) -> Extract:
    """Return one table of a schema.

    Raises
    ------
    DataError
        If there is none of that name, or the connection breaks.
    """
    import psycopg

    try:
        known = connection.list_tables()
        if name not in known:
            raise DataError(
                f"{named(address)} has no table {name!r}; it has {some(known) or 'none'}. Say "
                "which is meant in the address: ...?schema=SCHEMA&table=TABLE."
            )
        table = connection.table(name)
    except psycopg.Error as error:
        raise DataError(broken(address, str(error))) from None
    note = Note("file", "database", values={"table": name})
    what = f"{named(address)}, table {name}"
    return Extract(what, Path(f"{name}.toml"), connection, table, tuple(table.columns), (note,))


def fenced(table: ir.Table, engine: BaseBackend) -> ir.Table:
    """Return a table whose columns PostgreSQL works out once, before it looks at what reads them.

    It would else write the expression of a column in the place of each of its names, and of those
    in it again: of dates and numbers that are text, more than memory holds. It does not where a
    number of rows is asked for.
    """
    return table.limit(sys.maxsize) if engine.name == "postgres" else table


def named(address: str) -> str:
    """Return an address without user and password.

    Examples
    --------
    >>> named("postgresql://admin:secret@db.example:5432/siasn?schema=x")
    'postgresql://db.example:5432/siasn'
    """
    parts = urlsplit(address)
    if _port(address) is None or "@" in parts.path:  # a slash in a password: all else may be of it
        return f"{parts.scheme}://..."
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _port(address: str) -> int | None:
    """Return the port of an address, 5432 if it names none; missing where it is no number."""
    try:
        return urlsplit(address).port or 5432
    except ValueError:
        return None


def broken(address: str, text: str) -> str:
    """Return what to say where PostgreSQL gives a reason; its own words stay unsaid."""
    where = named(address)
    if "password" in text or "authentication" in text:
        return (
            f"{where} refused the user or the password. Check the user in the address, and the "
            "password in PGPASSWORD or ~/.pgpass."
        )
    if "does not exist" in text:
        return f"{where}: there is no such database, schema or user. Correct the address."
    if "refused" in text or "timeout" in text or "resolve" in text or "translate host" in text:
        return (
            f"{where} cannot be reached. Check host and port, that the server runs, and that it "
            "lets this machine in."
        )
    return (
        f"{where}: the connection broke, or the server refused what it was asked. Nothing was "
        "written; try again, and ask its administrator if it happens again."
    )
