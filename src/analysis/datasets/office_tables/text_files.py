"""From the bytes of a text file to its cells: encoding, separator, lines."""

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

import numpy as np

from analysis.datasets.decoding import records
from analysis.datasets.office_tables.account import Note
from analysis.datasets.office_tables.sheets import Sheet, as_cells
from analysis.errors import DataError

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 500  # rows by which the separator is chosen


def read_text(file: Path, content: bytes, *, separator: str | None = None) -> Sheet:
    r"""Return the cells of a CSV file.

    The encoding is what the byte-order mark says; without one UTF-8, or UTF-16 where every other
    byte is zero, or else Windows-1252. The separator is the one that gives most rows the same
    number of cells, two or more.

    Parameters
    ----------
    separator : {",", ";", "\t", "|"}, optional
        What stands between cells, where the file does not settle it.

    Raises
    ------
    DataError
        If it is no text, quotation marks do not pair, or two separators fit equally well.
    """
    text, encoding = _decode(file, content)
    if text.lower().startswith("sep=") and len(text) > 4:  # a line that Excel writes and hides
        separator, text = separator or text[4], "\n" + text.partition("\n")[2]
    mark = separator or separator_of(file, text)
    lines, rows = [], []
    for line, row in records(file, text, mark):
        lines.append(line)
        rows.append(row)
    note = Note("file", "text_file", values={"encoding": encoding, "separator": repr(mark)})
    return Sheet(file, None, as_cells(rows), np.array(lines, dtype=np.int64), notes=(note,))


def _decode(file: Path, content: bytes) -> tuple[str, str]:
    for start, codec, name in _MARKS:
        if content.startswith(start):
            return _decoded(file, content, codec, name)
    if b"\x00" in content[:4096]:
        odd, even = content[1:4096:2].count(0), content[:4096:2].count(0)
        return _decoded(file, content, "utf-16-le" if odd > even else "utf-16-be", "UTF-16")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded(file, content, "cp1252", "Windows-1252")


def _decoded(file: Path, content: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{file}, line {line}: byte 0x{content[error.start]:02x} is no {name}, so that the "
            "encoding is not known. Save the file as 'CSV UTF-8' from the program it was made with."
        ) from error
    if "\x00" in text:
        raise DataError(
            f"{file}: a zero byte, which no text has; the file is damaged, or no CSV file. Save "
            "the table as 'CSV UTF-8' or XLSX from the program it was made with."
        )
    return text, name


def separator_of(file: Path, text: str) -> str:
    """Return what separates the cells of a text: what gives most rows one number of cells.

    Raises
    ------
    DataError
        If nothing does, or two do equally well.
    """
    scores = {}
    for mark in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        try:
            widths = [len(row) for row, _ in zip(reader, range(_SAMPLE), strict=False) if any(row)]
        except csv.Error:
            continue
        several = Counter(width for width in widths if width > 1)
        scores[mark] = max(several.values(), default=0)
    best = max(scores.values(), default=0)
    fitting = [mark for mark, score in scores.items() if score == best]
    if best == 0:
        raise DataError(
            f"{file}: no row has two cells or more, separated by comma, semicolon, tab or bar. "
            "Save the table as 'CSV UTF-8' or XLSX."
        )
    if len(fitting) > 1:
        names = " or ".join(SEPARATORS[mark] for mark in fitting)
        raise DataError(
            f"{file}: the cells may be separated by {names}; as many rows would have the same "
            f"number of cells. Say which with separator={fitting[0]!r} or "
            f"separator={fitting[1]!r} (in a mapping: pemisah)."
        )
    return fitting[0]
