"""Extracts as INSERT dumps: what MySQL and PostgreSQL write, and SIMPEG applications leave.

Of a dump only `CREATE TABLE` (for the names of the columns) and `INSERT INTO ... VALUES` are read;
nothing is run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from ibis.backends import BaseBackend

from analysis.datasets.office_tables import Note
from analysis.errors import DataError, ParameterError
from analysis.files import read_bytes
from analysis.individuals.reading.extract import Extract, in_memory
from analysis.individuals.validation.flags import ROW
from analysis.messages import some

_NAME = r"(?:[`\"\[]?\w+[`\"\]]?\.)?[`\"\[]?(\w+)[`\"\]]?"
_CREATE = re.compile(rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\(", re.IGNORECASE)
_INSERT = re.compile(
    rf"INSERT\s+(?:IGNORE\s+)?INTO\s+{_NAME}\s*(\([^)]*\))?\s*VALUES\s*", re.IGNORECASE
)
_COLUMN = re.compile(r"\s*[`\"\[]?(\w+)[`\"\]]?\s+\w")
_NO_COLUMN = ("primary", "key", "unique", "constraint", "index", "fulltext", "foreign", "check")
_VALUE = re.compile(
    r"\s*(?:(?P<null>NULL\b)|[NE]?'(?P<text>(?:[^'\\]|\\.|'')*)'|(?P<bare>[^\s,()']+))\s*",
    re.IGNORECASE | re.DOTALL,
)
_SKIP = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|/\*.*?\*/)+", re.DOTALL)
_STRING_OR_COMMENT = re.compile(r"'(?:[^'\\]|\\.|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "\b"}


@dataclass
class _Dumped:
    columns: list[str] = field(default_factory=list)
    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def open_dump(engine: BaseBackend, file: Path, *, name: str | None = None) -> Extract:
    """Return one table of a dump.

    Parameters
    ----------
    name : str, optional
        Table of the dump, where rows of more than one are inserted.

    Raises
    ------
    DataError
        If nothing is inserted, a statement cannot be read, or a row has other values than columns.
    ParameterError
        If no table is named so, or several have rows and none is named.
    """
    content = read_bytes(file, advice="Name a dump that is there.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    tables = _read(file, text)
    filled = {table: dumped for table, dumped in tables.items() if dumped.rows}
    if not filled:
        raise DataError(f"{file}: no INSERT statement with VALUES. Dump the table with its rows.")
    if name is None and len(filled) > 1:
        raise ParameterError(
            f"{file} inserts rows of {len(filled)} tables: {some(filled)}. Say which is meant in "
            f'a mapping: [sumber] dari = "{next(iter(filled))}".'
        )
    wanted = next(iter(filled)) if name is None else name
    if wanted not in filled:
        raise ParameterError(f"{file} has no rows of a table {wanted!r}; it has {some(filled)}.")
    dumped = filled[wanted]
    columns = dumped.columns or [f"kolom {i + 1}" for i in range(len(dumped.rows[0]))]
    cells = {
        column: pa.array([row[i] for row in dumped.rows], pa.string())
        for i, column in enumerate(columns)
    }
    table = pa.table(cells | {ROW: pa.array(dumped.lines, pa.int64())})
    note = Note("file", "dump", values={"table": wanted})
    return Extract(str(file), file, engine, in_memory(engine, table), tuple(columns), (note,))


def _read(file: Path, text: str) -> dict[str, _Dumped]:
    tables: dict[str, _Dumped] = {}
    at = 0
    while found := _next_statement(text, at):
        dumped = tables.setdefault(found.group(1), _Dumped())
        if found.re is _CREATE:
            dumped.columns, at = _columns(text, found.end())
            continue
        named = re.findall(r"\w+", found.group(2) or "")
        at = found.end()
        for line, row, end in _rows(file, text, at):
            width = len(named or dumped.columns or (dumped.rows or [row])[0])
            if len(row) != width:
                raise DataError(
                    f"{file}, line {line}: {len(row)} values for {width} columns of "
                    f"{found.group(1)}. The dump is damaged; make it again."
                )
            dumped.columns = dumped.columns or named
            dumped.rows.append(_ordered(row, named, dumped.columns))
            dumped.lines.append(line)
            at = end
    return tables


def _ordered(row: list[str | None], named: list[str], columns: list[str]) -> list[str | None]:
    if not named or named == columns:
        return row
    given = dict(zip(named, row, strict=True))
    return [given.get(column) for column in columns]


def _next_statement(text: str, at: int) -> re.Match[str] | None:
    """Return the next CREATE TABLE or INSERT that stands in no comment and no text."""
    while at < len(text):
        found = [m for m in (_CREATE.search(text, at), _INSERT.search(text, at)) if m]
        if not found:
            return None
        first = min(found, key=lambda m: m.start())
        hidden = _STRING_OR_COMMENT.search(text, at, first.start() + 1)
        while hidden and hidden.end() <= first.start():
            hidden = _STRING_OR_COMMENT.search(text, hidden.end(), first.start() + 1)
        if hidden is None:
            return first
        at = hidden.end()
    return None


def _columns(text: str, at: int) -> tuple[list[str], int]:
    """Return the columns of a CREATE TABLE whose bracket opened before `at`, and its end."""
    depth, start, end = 1, at, at
    parts = []
    while depth and end < len(text):
        letter = text[end]
        if letter == "'":
            quoted = _STRING_OR_COMMENT.match(text, end)
            end = quoted.end() if quoted else len(text)
            continue
        depth += (letter == "(") - (letter == ")")
        if (letter == "," and depth == 1) or depth == 0:
            parts.append(text[start:end])
            start = end + 1
        end += 1
    names = (match.group(1) for part in parts if (match := _COLUMN.match(part)))
    return [name for name in names if name.lower() not in _NO_COLUMN], end


def _rows(file: Path, text: str, at: int) -> Iterator[tuple[int, list[str | None], int]]:
    """Yield the line of each row of values, its values, and where it ends."""
    line = text.count("\n", 0, at) + 1
    while True:
        start = _skipped(text, at)
        line += text.count("\n", at, start)
        at = start
        if at >= len(text) or text[at] != "(":
            raise DataError(
                f"{file}, line {line}: expected values in brackets after VALUES. The dump is "
                "damaged, or holds statements other than INSERT; make it again."
            )
        row, end = _row(file, text, at + 1, line)
        yield line, row, end
        line += text.count("\n", at, end)
        at = _skipped(text, end)
        line += text.count("\n", end, at)
        if at >= len(text) or text[at] != ",":
            return
        at += 1


def _row(file: Path, text: str, at: int, line: int) -> tuple[list[str | None], int]:
    row: list[str | None] = []
    while True:
        value = _VALUE.match(text, at)
        if value is None or value.end() >= len(text) or text[value.end()] not in ",)":
            raise DataError(
                f"{file}, line {line}: value {len(row) + 1} of the row cannot be read: expected a "
                "number, NULL or a text in single quotation marks. The dump is damaged, or cut "
                "off; make it again."
            )
        row.append(_text(value))
        at = value.end() + 1
        if text[value.end()] == ")":
            return row, at


def _text(value: re.Match[str]) -> str | None:
    if value["null"]:
        return None
    if value["bare"] is not None:
        return value["bare"]
    return _ESCAPED.sub(lambda m: _LETTERS.get(m[1], m[1]) if m[1] else "'", value["text"])


def _skipped(text: str, at: int) -> int:
    match = _SKIP.match(text, at)
    return match.end() if match else at
