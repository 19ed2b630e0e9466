"""Extracts as CSV files of any size: they are never read as a whole.

The separator is the one that the first rows settle. The encoding is what the byte-order mark
says, else UTF-8, which the whole file is held to; a file that is none is read as Windows-1252
where that and Latin-1, which the engine reads, are the same.
"""

import codecs
import csv
import io
import re
from pathlib import Path

import duckdb
import ibis
from ibis.backends import BaseBackend

from analysis.datasets.decoding import OTHER_FORMATS
from analysis.datasets.office_tables import Note
from analysis.datasets.office_tables.text_files import separator_of
from analysis.errors import DataError
from analysis.individuals.reading.extract import Extract
from analysis.individuals.validation.flags import ROW

_HEAD = 1 << 18  # bytes that the separator and the headings are looked for in
_PIECE = 1 << 24
_C1 = re.compile(rb"[\x80-\x9f]")  # where Windows-1252 and Latin-1 differ
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "latin-1": "Windows-1252"}


def open_text(engine: BaseBackend, file: Path, *, separator: str | None = None) -> Extract:
    """Return a CSV file as a table of text.

    Parameters
    ----------
    separator : str, optional
        What stands between cells, where the file does not settle it.

    Raises
    ------
    DataError
        If it is empty, no text, or its headings cannot be read.
    """
    encoding = _encoding(file)
    text = _head(file, encoding)
    mark = separator or separator_of(file, text)
    headings = _headings(file, text, mark)
    table = engine.read_csv(
        str(file),
        auto_detect=False,
        columns=dict.fromkeys(headings, "VARCHAR"),
        header=False,
        skip=1,
        delim=mark,
        quote='"',
        escape='"',
        encoding=encoding,
        nullstr="",
    )
    said: dict[str, object] = {"encoding": _NAMES[encoding], "separator": repr(mark)}
    return Extract(
        str(file),
        file,
        engine,
        table.mutate(**{ROW: ibis.row_number() + 2}),
        tuple(headings),
        (Note("file", "text_file", values=said),),
    )


def refuse_rows(error: duckdb.Error, files: str) -> DataError:
    """Return what to say of a row that cannot be read: where it stands, not what it holds."""
    text = str(error)
    line = re.search(r"CSV Error on Line: (\d+)", text)
    where = f"{files}, line {line.group(1)}" if line else files
    cells = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text)
    if cells:
        return DataError(
            f"{where}: the row has {cells.group(2)} cells, but the heading names "
            f"{cells.group(1)} columns. Where a separator or a quotation mark belongs to a text, "
            "the text stands in quotation marks; correct the row, or export the table again."
        )
    if "quote" in text:
        return DataError(
            f"{where}: the quotation marks of the row do not pair. Correct the row, or export the "
            "table again."
        )
    kind = type(error).__name__
    return DataError(
        f"{where} cannot be read to its end ({kind}). Open it with the program it was made with "
        "and export it again."
    )


def _encoding(file: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, latin = 0, False
    with file.open("rb") as opened:
        first = opened.read(4)
        for start, kind in OTHER_FORMATS:
            if first.startswith(start):
                raise DataError(
                    f"{file} is no CSV file but {kind}, whatever its name says. Give it the ending "
                    "of its kind, or export the table as 'CSV UTF-8'."
                )
        if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        opened.seek(0)
        while piece := opened.read(_PIECE):
            if b"\x00" in piece:
                raise DataError(
                    f"{file}: a zero byte, which no text has; the file is damaged, or UTF-16 "
                    "without its mark. Save the table as 'CSV UTF-8'."
                )
            if not latin:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    latin = True
                    opened.seek(0)
                    position = 0
                    continue
            elif found := _C1.search(piece):
                byte = piece[found.start()]
                raise DataError(
                    f"{file}, byte {position + found.start() + 1:,}: 0x{byte:02x} is not UTF-8, "
                    "so that the encoding is not known; it may be Windows-1252. Save the table as "
                    "'CSV UTF-8', or convert it with `iconv -f WINDOWS-1252 -t UTF-8`."
                )
            position += len(piece)
    if position == 0:
        raise DataError(f"{file} is empty. Export the table again.")
    return "latin-1" if latin else "utf-8"


def _head(file: Path, encoding: str) -> str:
    with file.open("rb") as opened:
        piece = opened.read(_HEAD)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    text = piece.decode(codec, errors="ignore")  # the last letter may be cut
    return text if len(piece) < _HEAD else text[: text.rfind("\n") + 1]


def _headings(file: Path, text: str, mark: str) -> list[str]:
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except (csv.Error, StopIteration) as error:
        raise DataError(
            f"{file}, line 1: the headings cannot be read. Name each column once, and close every "
            "quotation mark."
        ) from error
    names = [" ".join(name.split()) for name in first]
    unnamed = [i + 1 for i, name in enumerate(names) if not name]
    if unnamed and all(names[: unnamed[0] - 1]) and len(unnamed) == len(names) - unnamed[0] + 1:
        names[unnamed[0] - 1 :] = [f"kolom {i}" for i in unnamed]  # a separator ends the line
    if not all(names):
        raise DataError(
            f"{file}, line 1: column {unnamed[0]} has no heading. The first line of a table is its "
            "heading; name the column, or remove the lines above the heading."
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(
            f"{file}, line 1: the heading {twice[0]!r} stands there more than once. Rename all but "
            "one."
        )
    return names
