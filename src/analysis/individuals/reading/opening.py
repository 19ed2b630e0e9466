"""Open what a researcher names: CSV, XLSX, Parquet, a dump, PostgreSQL, a dataset."""

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends import BaseBackend

from analysis.datasets.office_tables import Note, read_office_table
from analysis.errors import DataError, ParameterError
from analysis.individuals.folders import MANIFEST, open_dataset
from analysis.individuals.reading.databases import SCHEMES, connect, open_database
from analysis.individuals.reading.engine import laid_down
from analysis.individuals.reading.extract import Extract, in_memory
from analysis.individuals.reading.recognising import (
    Reading,
    parse_mapping,
    read_by_mapping,
    recognise,
)
from analysis.individuals.reading.sql_dumps import open_dump
from analysis.individuals.reading.standardising import standardise
from analysis.individuals.reading.text_extracts import open_text, refuse_rows
from analysis.individuals.schema import TABLES, CodeLists
from analysis.individuals.schema.declarations import SYNTHETIC
from analysis.individuals.validation.flags import ROW
from analysis.messages import some

_BOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv")
_PARQUET = (".parquet", ".pq")
_READ = (*_BOOKS, *_TEXTS, *_PARQUET, ".sql")
_KINDS = "CSV (.csv, .txt, .tsv), XLSX, Parquet, SQL, a folder of Parquet files or a dataset"


@dataclass(frozen=True)
class Named:
    """What a researcher names: a table of the schema, or none, and where it is.

    Attributes
    ----------
    table : str or None
    place : str
        Path, or address of a database.
    mapping : Path or None
    """

    table: str | None
    place: str
    mapping: Path | None

    @staticmethod
    def of(text: str) -> "Named":
        """Return what `[TABLE=]PLACE` names; a mapping beside a file is read.

        The mapping of siasn.xlsx is siasn.xlsx.toml, or else siasn.toml; that of a table of a
        database has its name, in the folder in which one works: there it is drafted.

        Raises
        ------
        ParameterError
            If there is no such table.
        """
        before, sign, after = text.partition("=")
        name, place = (before, after) if sign and before in TABLES else (None, text)
        if sign and name is None and before.isidentifier() and not Path(text).exists():
            raise ParameterError(f"there is no table {before!r}; there are {', '.join(TABLES)}.")
        file = Path(_of_query(place, name) if place.startswith(SCHEMES) else place)
        beside = (each for each in _mappings(file) if each.is_file()) if file.name else iter(())
        return Named(name, place, next(beside, None))


def mapping_for(file: Path) -> Path:
    """Return where a mapping of a file is drafted: its full name tells it from files beside it."""
    own, short = _mappings(file)
    beside = file.parent.glob(f"{glob.escape(file.stem)}.*")
    alone = not any(f.name != file.name and f.suffix.lower() in _READ for f in beside)
    return short if alone else own


def _mappings(file: Path) -> tuple[Path, Path]:
    return file.with_name(f"{file.name}.toml"), file.with_suffix(".toml")


def _query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def _of_query(address: str, name: str | None) -> str:
    """Return the table of a database that an address means; that of the schema by default."""
    return _query(address).get("table", [name or ""])[0]


@dataclass(frozen=True, eq=False)
class Opened:
    """A table of the schema, and how it was read."""

    name: str
    what: str
    engine: BaseBackend
    table: ir.Table
    notes: tuple[Note, ...]
    synthetic: bool = False


def open_named(
    engine: BaseBackend,
    named: Named,
    codes: CodeLists,
    connections: dict[str, BaseBackend] | None = None,
) -> Iterator[Opened]:
    """Yield the tables that a name stands for: one, or all of a dataset.

    Parameters
    ----------
    engine : BaseBackend
        DuckDB that reads files.
    named : Named
    codes : CodeLists
    connections : dict of str to BaseBackend, optional
        Databases that are connected to already; added to.

    Raises
    ------
    DataError
        If it cannot be opened, read or recognised, or has no rows.
    ParameterError
        If it needs to be said which part is meant.
    """
    folder = Path(named.place)
    if folder.is_dir() and (folder / MANIFEST).is_file():
        yield from _of_dataset(engine, folder, named.table)
        return
    extract = open_extract(engine, named, connections)
    with reading(extract.what):
        if extract.table.limit(1).to_pyarrow().num_rows == 0:
            raise DataError(
                f"{extract.what} has headings but no rows. Export it again; a table that is "
                "really empty is left out."
            )
        said = reading_of(extract, named)
        table, notes = standardise(extract, said, codes)
        if extract.engine is engine:
            table = laid_down(engine, table)
        made_up = _says_made_up(table)
    notes = (*extract.notes, *notes)
    yield Opened(said.table.name, extract.what, extract.engine, table, notes, made_up)


def _says_made_up(table: ir.Table) -> bool:
    """Whether a table says of most of its rows that they are of nobody."""
    if SYNTHETIC.name not in table.columns:
        return False
    said = table[SYNTHETIC.name].fill_null(False).cast("int8").mean()
    return bool(said.to_pyarrow().as_py() > 0.5)


def open_extract(
    engine: BaseBackend, named: Named, connections: dict[str, BaseBackend] | None = None
) -> Extract:
    """Return what is at a place, under its own headings.

    Raises
    ------
    DataError, ParameterError
        As `open_named`.
    """
    if named.place.startswith(SCHEMES):
        wanted = _of_query(named.place, named.table)
        known = {} if connections is None else connections
        where = f"{named.place.partition('?')[0]} {_query(named.place).get('schema')}"
        if where not in known:
            known[where] = connect(named.place)
        return open_database(named.place, known[where], wanted)
    file = Path(named.place)
    if not file.exists():
        raise DataError(f"{file} is not there. Correct the name.")
    kind = file.suffix.lower()
    with reading(str(file)):
        if file.is_dir() or kind in _PARQUET:
            return _open_parquet(engine, file)
        if kind == ".sql":
            return open_dump(engine, file, name=_dumped(named))
        if kind in _BOOKS:
            return _open_office(engine, file, _parameters(named))
        if kind in _TEXTS:
            options = _parameters(named)
            if set(options) - {"separator"}:
                return _open_office(engine, file, options)
            return open_text(engine, file, separator=options.get("separator"))
    raise DataError(
        f"{file}: files of the kind {kind or '(none)'} are not read. There are {_KINDS}."
    )


def reading_of(extract: Extract, named: Named) -> Reading:
    """Return how an extract is read: by its mapping, else by its headings."""
    if named.mapping is not None:
        return read_by_mapping(extract, named.mapping, named.table)
    return recognise(extract, named.table)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Say of what the engine cannot read where it stands, and nothing of what it holds."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and "space" in str(error).lower():
            raise DataError(
                f"{what}: the disk for temporary files is full. Free space, or name another folder "
                "in TMPDIR, then run again."
            ) from None
        raise refuse_rows(error, what) from None
    except pa.ArrowException as error:
        raise DataError(f"{what} is damaged ({type(error).__name__}). Export it again.") from None
    except Exception as error:
        if not type(error).__module__.startswith("psycopg"):  # an extra that may not be there
            raise
        raise DataError(
            f"{what}: the connection broke, or the server refused what it was asked "
            f"({type(error).__name__}). Nothing was written; try again, and ask its administrator "
            "if it happens again."
        ) from None


def _parameters(named: Named) -> dict[str, Any]:
    if named.mapping is None:
        return {}
    return dict(parse_mapping(named.mapping, named.table).reading)


def _dumped(named: Named) -> str | None:
    if named.mapping is None:
        return None
    said = parse_mapping(named.mapping, named.table).options["sumber"].get("dari")
    return None if said is None else str(said)


def _open_parquet(engine: BaseBackend, place: Path) -> Extract:
    files = sorted(place.rglob("*.parquet")) if place.is_dir() else [place]
    if not files:
        raise DataError(f"{place} has no Parquet file. There are {_KINDS}.")
    for file in files:
        try:
            pq.read_metadata(file)
        except (pa.ArrowException, OSError) as error:
            raise DataError(
                f"{file} is no whole Parquet file ({type(error).__name__}). Write it again from "
                "its source."
            ) from None
    table = engine.read_parquet([str(file) for file in files], **_HIVE)
    note = Note("file", "parquet")
    return Extract(str(place), place, engine, table, tuple(table.columns), (note,))


_HIVE = {"hive_partitioning": True, "hive_types_autocast": False}


def _open_office(engine: BaseBackend, file: Path, parameters: dict[str, Any]) -> Extract:
    table = read_office_table(file, **parameters)
    if table.personal:
        table = read_office_table(file, **parameters, wanted=table.personal)
    columns = {
        heading: pa.array(table.texts(heading).tolist(), pa.string(), from_pandas=True)
        for heading in table.headings
    }
    cells = pa.table(columns | {ROW: pa.array(table.rows, pa.int64())})
    notes = table.account.of("file", "title", "total", "footnote", "section", "left out")
    rows = in_memory(engine, cells)
    return Extract(table.what, file, engine, rows, table.headings, notes)


def _of_dataset(engine: BaseBackend, folder: Path, name: str | None) -> Iterator[Opened]:
    dataset = open_dataset(folder)
    if dataset.keyed:
        raise DataError(
            f"{folder} was ingested already: keys stand in it in place of NIPs, which rules look "
            "at. Name the extract that it was made from."
        )
    for table in dataset.files if name is None else (name,):
        if table not in TABLES:
            raise DataError(f"{folder} has a table {table!r}; there are {some(TABLES)}.")
        files = [str(file) for file in dataset.of(table)]
        found = engine.read_parquet(files, **_HIVE)
        note = Note("file", "whole")
        yield Opened(table, f"{folder}, {table}", engine, found, (note,), dataset.synthetic)
