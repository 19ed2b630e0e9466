"""The embedded engine: DuckDB in memory, which spills to a folder that is taken away again."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from analysis.errors import DataError, ParameterError

# A layer of columns that later ones read many times is worked out once, not put in their place:
# statements would double with every layer.
ibis.options.sql.fuse_selects = False


MEMORY: Final = "ASN_MEMORY"
"""Variable of the environment that says what the engine holds before it spills, such as 4GB; what
Arrow and Python hold comes on top. By default 250 MB a thread, and of two threads at least."""

_OF_A_THREAD: Final = 250
_SIZE: Final = re.compile(r"[1-9][0-9]*(MB|GB)")


@contextmanager
def embedded(threads: int | None = None) -> Iterator[BaseBackend]:
    """Yield a DuckDB of its own; nothing of it is left when the block ends.

    Parameters
    ----------
    threads : int, optional
        Threads to work with; all processors by default.

    Raises
    ------
    ParameterError
        If what ASN_MEMORY says is no size.
    DataError
        If memory, or the disk that it spills to, is full.
    """
    said = os.environ.get(MEMORY)
    if said and not _SIZE.fullmatch(said):
        raise ParameterError(f"{MEMORY}: {said!r} given; a size such as 900MB or 4GB needed.")
    spill = tempfile.mkdtemp(prefix="individuals-")  # readable by its owner alone
    settings = {} if threads is None else {"threads": threads}
    engine = ibis.duckdb.connect(temp_directory=spill, **settings)
    ((working,),) = engine.con.execute("SELECT current_setting('threads')").fetchall()
    limit = said or f"{_OF_A_THREAD * max(working, 2)}MB"
    engine.con.execute(f"SET memory_limit = '{limit}'; SET parquet_metadata_cache = true")
    try:
        yield engine
    except duckdb.OutOfMemoryException as error:
        raise DataError(
            "There is not enough memory, or not enough disk in the folder for temporary files "
            f"({tempfile.gettempdir()}). Free some, say more in {MEMORY}, or name another folder "
            "in TMPDIR."
        ) from error
    finally:
        engine.disconnect()
        shutil.rmtree(spill, ignore_errors=True)


def laid_down(engine: BaseBackend, table: ir.Table, source: BaseBackend | None = None) -> ir.Table:
    """Return a table that was worked out once, in the folder that is taken away at the end.

    Rules go over a table several times, and text is dear to read; a table of another engine,
    `source`, is then the same each time.
    """
    return engine.read_parquet(str(lay_down(engine, table, source)))


def lay_down(engine: BaseBackend, table: ir.Table, source: BaseBackend | None = None) -> Path:
    """Write a table to the folder that is taken away at the end; return the Parquet file."""
    ((spill,),) = engine.con.execute(
        "SELECT current_setting('temp_directory')"
    ).fetchall()  # to the end: a result half read blocks what comes next
    view, file = f"read_{uuid4().hex}", Path(spill) / f"{uuid4().hex}.parquet"
    if source is None:
        engine.create_view(view, table)
    else:
        engine.con.register(view, source.to_pyarrow_batches(table))
    place = str(file).replace("'", "''")
    engine.con.execute(f"COPY {view} TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
    return file


def streamed(
    engine: BaseBackend, statement: str, rows: int, parameters: Mapping[str, object] | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield what a statement asks for in batches of about so many rows, none of them kept.

    Raises
    ------
    duckdb.Error
        If it fails on the way: of Arrow's stream that is an OSError, as if a file could not be
        written to, which would be shown to people with what stands in the row.
    """
    found = engine.con.sql(statement, params=parameters).to_arrow_reader(rows)
    try:
        yield from found
    except OSError as error:
        text = str(error)
        kinds = {"IO Error": duckdb.IOException, "Out of Memory": duckdb.OutOfMemoryException}
        kind = next((kinds[name] for name in kinds if text.startswith(name)), duckdb.Error)
        raise kind(text) from None
