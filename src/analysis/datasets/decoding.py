"""From the bytes of a CSV file to its cells, each with the line it stands on."""

import codecs
import csv
import io
import shlex
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.datasets.refusals import refusal
from analysis.errors import DataError
from analysis.messages import some

FIRST_LINE = 2  # line of the file that the row with index 0 stands on

# What files start with that are named .csv and are none.
OTHER_FORMATS = (
    (b"PK\x03\x04", "a workbook (XLSX or ODS)"),
    (b"\xd0\xcf\x11\xe0", "a workbook (XLS)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"<", "a web page (HTML or XML)"),
)
# UTF-32 starts with the mark of UTF-16, and therefore comes before it.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def decode(file: Path, content: bytes) -> str:
    """Return the text of a file, without its byte-order mark.

    Raises
    ------
    DataError
        If it is not UTF-8; the message says what it looks like and how to convert it.
    """
    for start, kind in OTHER_FORMATS:
        if content.startswith(start):
            raise DataError(
                f"{file} is no CSV file but {kind}, whatever its name says. Open it with the "
                "program it was made for, save the one sheet or table as 'CSV UTF-8', separated "
                f"by commas, under the name {file.name}, then run again."
            )
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            raise _in_another(file, f"is in {encoding}", encoding)
    if b"\x00" in content:
        half = len(content) // 2
        for encoding, zeros in (("UTF-16LE", content[1::2]), ("UTF-16BE", content[::2])):
            if zeros.count(0) > half // 2:
                raise _in_another(file, f"looks like {encoding} without its mark", encoding)
        raise DataError(
            f"{file}, line {_line(content, content.index(0))}: a zero byte, which no text has; "
            "the file is damaged. Take it from its source again."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"line {_line(content, error.start)}: byte 0x{content[error.start]:02x} is not"
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            raise DataError(
                f"{file}, {where} UTF-8, and the file is not Windows-1252 either. Save it as "
                "'CSV UTF-8' from the program it was made with, then run again."
            ) from error
        what = f"{where} UTF-8; the file looks like Latin-1 or Windows-1252"
        raise _in_another(file, what, "WINDOWS-1252", mark=", ") from error


def read_cells(file: Path, text: str, columns: list[str]) -> pd.DataFrame:
    """Return the cells as text, missing where empty.

    Parameters
    ----------
    file : Path
        Where the text is from, for the messages.
    text : str
        Content of the file.
    columns : list of str
        Names that the first line must have, in order.

    Returns
    -------
    DataFrame
        Index: the line a row starts on, counted so that 0 is line 2, whatever line breaks there
        are inside cells.

    Raises
    ------
    DataError
        If columns are not separated by commas, the header or a row has other cells, quotation
        marks do not pair, or the end is missing.
    """
    _check_separator(file, text, columns)
    (_, header), *body = records(file, text)
    if header != columns:
        raise DataError(_header_problem(file, header, body, columns))
    if not text.endswith(("\n", "\r")):
        raise DataError(
            f"{file}: the last line does not end with a line break, so that the file may have been "
            f"cut off: {text.splitlines()[-1]!r}. Compare it with its source; if it is whole, add "
            f"the line break (`echo >> {shlex.quote(file.name)}` in its folder), then run again."
        )
    if not body:
        raise DataError(
            f"{file} has a header but no rows. Take it from its source again, or restore it with "
            f"`git checkout -- {file.name}` in its folder."
        )
    ragged = [
        f"  line {line}: {len(row)} cells; expected {len(columns)} ({','.join(columns)})"
        if row
        else f"  line {line}: nothing; remove the empty line"
        for line, row in body
        if len(row) != len(columns)
    ]
    if ragged:
        raise refusal(file, ragged)
    lines, rows = zip(*body, strict=True)
    index = [line - FIRST_LINE for line in lines]
    return pd.DataFrame(list(rows), index=index, columns=columns, dtype="str").replace("", None)


def _in_another(file: Path, what: str, encoding: str, mark: str = " ") -> DataError:
    name, new = shlex.quote(file.name), shlex.quote(f"{file.name}.utf8")
    return DataError(
        f"{file}{mark}{what}. Save it as 'CSV UTF-8' from the program it was made with, or convert "
        f"it in its folder with `iconv -f {encoding} -t UTF-8 {name} > {new} && mv {new} {name}`; "
        "then run again."
    )


def _line(content: bytes, position: int) -> int:
    return content[:position].count(b"\n") + 1


def _check_separator(file: Path, text: str, columns: list[str]) -> None:
    """Refuse a table whose first line names several columns, but not with commas between them.

    This comes before quotation marks are paired: `"a";"b"` pairs them, and not for a comma.
    """
    first = next(iter(text.splitlines()), "")
    mark = max(_SEPARATORS, key=first.count)
    found = [name.strip('" ') for name in first.split(mark)]
    if "," in first or len(found) == 1 or not all(found):
        return
    code = (
        f"import pandas as p; p.read_csv({file.name!r}, sep={mark!r}, header=None, dtype=str, "
        f"keep_default_na=False).to_csv({file.name!r}, header=False, index=False)"
    )
    raise DataError(
        f"{file}, line 1: the columns are separated by {_SEPARATORS[mark]} "
        f"({some(found)}); expected commas ({','.join(columns)}) and a dot as decimal mark. "
        "Spreadsheet programs write so where the comma is the decimal mark, also under 'CSV "
        "UTF-8': choose the comma as field delimiter when saving, or replace it in its folder "
        f"with `python -c {shlex.quote(code)}`; then run again."
    )


def records(file: Path, text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the line each row starts on, and its cells.

    Raises
    ------
    DataError
        If quotation marks do not pair.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"{file}, line {line}: the quotation marks of this row do not pair ({error}). Close "
            "the one that is open, and write one that belongs to the text twice."
        ) from error


def _header_problem(
    file: Path, header: list[str], body: list[tuple[int, list[str]]], columns: list[str]
) -> str:
    below = next((line for line, row in body if row == columns), None)
    if below is not None:
        return (
            f"{file}, line 1: the columns are named on line {below} only. Remove the "
            f"{below - 1} lines above, empty or not: the first line of a table is its header."
        )
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    return (
        f"{file}, line 1: the columns are {','.join(header)} but datapackage.json describes "
        f"{','.join(columns)} (missing: {', '.join(missing) or 'none'}; unknown: "
        f"{', '.join(unknown) or 'none'}; the order counts). Correct the header, or the entry."
    )
