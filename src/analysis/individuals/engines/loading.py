"""The tables of a dataset on an engine.

DuckDB and Spark read the Parquet files where they are, so that the workers of a cluster need to
see them under the same names. PostgreSQL gets the rows over its connection, in temporary tables
that nobody else sees and that end with it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv as pacsv
from ibis.backends import BaseBackend

from analysis.individuals.folders import Dataset
from analysis.individuals.reading.engine import embedded, lay_down

_AS_WRITTEN = pacsv.WriteOptions(include_header=False, quoting_style="all_valid")
_ROWS = 50_000  # at a time


def load_tables(engine: BaseBackend, dataset: Dataset) -> dict[str, ir.Table]:
    """Return the tables of a dataset, on an engine, by name; those without files are left out.

    Parameters
    ----------
    engine : BaseBackend
        As `open_engine` yields it.
    dataset : Dataset
    """
    return {
        name: _read(engine, files, dataset.folder / name)
        for name, files in dataset.files.items()
        if files
    }


def bring(reader: BaseBackend, table: ir.Table, engine: BaseBackend) -> ir.Table:
    """Return a table that DuckDB has read on another engine.

    Parameters
    ----------
    reader : BaseBackend
        DuckDB, as `embedded` yields it: the rows pass through its folder for temporary files.
    table : Table
        On it.
    engine : BaseBackend
        As `open_engine` yields it.
    """
    file = lay_down(reader, table)
    return _read(engine, [file], file.parent)


def _read(engine: BaseBackend, files: Sequence[Path], root: Path) -> ir.Table:
    """Return Parquet files as a table; folders below the root such as `provinsi=11` are columns."""
    if engine.name == "postgres":
        with embedded() as reader:
            return _copied(engine, reader, _read(reader, files, root))
    names = [str(file) for file in files]
    if engine.name == "duckdb":
        hive = any("=" in str(file.parent.relative_to(root)) for file in files)
        options = {"hive_partitioning": hive, "hive_types_autocast": False}
        return engine.read_parquet(names, union_by_name=True, **(options if hive else {}))
    view = f"read_{uuid4().hex}"
    found = engine._session.read.option("mergeSchema", True).option("basePath", str(root))
    found.parquet(*names).createOrReplaceTempView(view)
    return engine.table(view)


def _copied(engine: BaseBackend, reader: BaseBackend, source: ir.Table) -> ir.Table:
    """Return the rows of a table in a temporary table of PostgreSQL."""
    from psycopg import sql

    name = sql.Identifier(f"read_{uuid4().hex}")
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(_kind(engine, kind)))
        for column, kind in source.schema().items()
    )
    with engine.con.cursor() as cursor, engine.con.transaction():
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({})").format(name, columns))
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(name)) as copy:
            for text in _texts(reader.con.sql(ibis.to_sql(source)).to_arrow_reader(_ROWS)):
                copy.write(text)
        cursor.execute(sql.SQL("ANALYZE {}").format(name))
    return engine.table(name.as_string(None).strip('"'))


def _kind(engine: BaseBackend, kind: object) -> str:
    """Return the type of a column; text is ordered by code points, as on the other engines."""
    written = str(engine.compiler.type_mapper.to_string(kind))
    return f'{written} COLLATE "C"' if kind.is_string() else written  # type: ignore[attr-defined]


def _texts(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.Buffer]:
    """Yield batches as CSV in which what is missing is bare and all else is quoted."""
    for batch in batches:
        text = pa.BufferOutputStream()
        pacsv.write_csv(batch, text, _AS_WRITTEN)
        yield text.getvalue()
