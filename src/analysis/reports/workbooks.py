"""Tables of a report as an XLSX workbook that is safe to open and the same every time.

Strings are written as strings: a cell that starts with ``=``, ``+``, ``-`` or ``@`` is no formula
and an address no link, wherever the data came from. There are no macros and no outside links, and
no formulas but totals, which carry the value they were computed with: a preview shows it, and
whoever filters a table sees the total of what is left. What goes in is aggregated already; a frame
of individual people does not belong here.
"""

import datetime as dt
import io
import math
import re
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis.digests import digest, stable
from analysis.errors import DataError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CellKind = Literal["text", "prose", "integer", "number", "percent"]
_WORDS = ("text", "prose")
_FORMATS: dict[CellKind, str] = {
    "text": "@",
    "prose": "@",
    "integer": "#,##0",
    "number": "#,##0.00",
    "percent": "0.0%",
}
_MADE = dt.datetime(2020, 1, 1)  # a fixed date, so that the same tables give the same bytes
_TOP = 3  # rows above the heading: title, note, empty
_WIDTHS = (9, 60)  # least and most characters of a column
_PROSE = (24, 90)  # characters of a column of prose, beside many others and beside few
_FEW = 4  # columns
_LINE = 15.0  # points of a row of one line
_TITLE = 31  # characters Excel allows in the name of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in XML
_VALUE = re.compile(r"<v>([^<]+)</v>")  # a number, or the place of a text among all texts


@dataclass(frozen=True)
class Sheet:
    r"""One table of a workbook.

    Parameters
    ----------
    name : str
        Name on the tab: at most 31 characters, none of ``[]:*?/\``.
    heading, note : str
        Title above the table, and what its numbers describe, with their date.
    frame : DataFrame
        Unrounded values, one row a line. A missing value leaves its cell empty.
    columns : dict of str to (str, kind)
        Columns to write, in order: heading and "text", "prose" (text of several lines), "integer",
        "number" or "percent". Codes are text.
    totals : tuple of str
        Columns of numbers with a total below the table; none where the table has no rows.
    total_label : str
        What stands beside the totals, in the first column, which has none itself.
    """

    name: str
    heading: str
    note: str
    frame: pd.DataFrame
    columns: dict[str, tuple[str, CellKind]]
    totals: tuple[str, ...] = ()
    total_label: str = ""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        In order of their tabs.

    Returns
    -------
    bytes
        An XLSX file; the same sheets give the same bytes.

    Raises
    ------
    DataError
        If the name of a sheet is not allowed or occurs twice, a column is missing, a total has no
        column of numbers or no name beside it, or a cell is infinite or has a character no XLSX
        file can hold; the message names sheet, column, row.
    """
    _check_names([sheet.name for sheet in sheets])
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # only a page that is written needs it, not every notebook

    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MADE})
        for sheet in sheets:
            _write(book, sheet)
    return _stored(buffer.getvalue())


def fingerprint(book: bytes) -> str:
    """Return a digest of everything a workbook says, but not of its bytes.

    Sheets, texts, numbers, their formats and the layout count; the last bits of a number, which
    may differ between processors, do not. Two workbooks with the same fingerprint say the same.

    Parameters
    ----------
    book : bytes
        What `workbook` returns.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/")]
        return digest(
            _VALUE.sub(lambda value: stable(float(value[1])), parts.read(name).decode())
            for name in names
        )


def _stored(book: bytes) -> bytes:
    """Return the file without compression, whose bytes differ between versions of zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as parts, zipfile.ZipFile(buffer, "w") as stored:
        for part in parts.infolist():
            stored.writestr(zipfile.ZipInfo(part.filename, part.date_time), parts.read(part))
    return buffer.getvalue()


def _check_names(names: list[str]) -> None:
    wrong = [n for n in names if not 0 < len(n) <= _TITLE or _FORBIDDEN.search(n)]
    lowered = [name.lower() for name in names]
    wrong += [name for name in names if lowered.count(name.lower()) > 1]
    if wrong:
        raise DataError(
            f"Sheet {wrong[0]!r} cannot be named so: a name has 1 to {_TITLE} characters, none of "
            "[]:*?/\\, and no other sheet may have it."
        )


def _write(book: Any, sheet: Sheet) -> None:
    missing = [name for name in sheet.columns if name not in sheet.frame.columns]
    if missing:
        raise DataError(f"Sheet {sheet.name!r}: the table has no column {missing[0]!r}.")
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    page.write_string(0, 0, _clean(sheet.heading, sheet, "heading", 0), bold)
    page.write_string(1, 0, _clean(sheet.note, sheet, "note", 0))
    widths = _widths(sheet)
    several = any(kind == "prose" for _, kind in sheet.columns.values())
    for row, lines in _lines(sheet, widths).items():
        page.set_row(row, _LINE * lines)  # not every program finds the height of wrapped text
    for position, (name, (label, kind)) in enumerate(sheet.columns.items()):
        layout: dict[str, object] = {"valign": "top"} if several else {}
        layout |= {"text_wrap": True} if kind == "prose" else {}
        cell = book.add_format({"num_format": _FORMATS[kind], **layout})
        page.write_string(_TOP, position, _clean(label, sheet, label, 0), head)
        for row, value in enumerate(sheet.frame[name].tolist()):
            if pd.isna(value):
                continue
            if kind in _WORDS:
                text = _clean(str(value), sheet, label, row)
                page.write_string(_TOP + 1 + row, position, text, cell)
            elif not math.isfinite(value):
                raise DataError(
                    f"Sheet {sheet.name!r}, column {label!r}, row {row + 1}: {value} is no number "
                    "that an XLSX file can hold. Find where it comes from, or leave the cell "
                    "missing."
                )
            else:
                page.write_number(_TOP + 1 + row, position, value, cell)
        page.set_column(position, position, widths[position])
    _write_totals(book, page, sheet)
    last = _TOP + len(sheet.frame)
    page.autofilter(_TOP, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(_TOP + 1, 0)
    page.repeat_rows(_TOP)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _widths(sheet: Sheet) -> list[int]:
    """Return the width of each column: no word of its heading and no text of one line is cut."""
    least, most = _WIDTHS
    widths = []
    for name, (label, kind) in sheet.columns.items():
        if kind == "prose":
            widths.append(_PROSE[len(sheet.columns) <= _FEW])
            continue
        words = [*label.split(), label[: len(label) // 2]]
        if kind == "text":
            words += [str(value) for value in sheet.frame[name] if not pd.isna(value)]
        widths.append(min(max(max(map(len, words)) + 2, least), most))
    return widths


def _lines(sheet: Sheet, widths: list[int]) -> dict[int, int]:
    """Return the lines that each row takes that takes more than one."""
    found = {}
    columns = list(zip(sheet.columns.items(), widths, strict=True))
    found[_TOP] = max((_wrapped(label, width) for (_, (label, _)), width in columns), default=1)
    prose = [(name, width) for (name, (_, kind)), width in columns if kind == "prose"]
    for row in range(len(sheet.frame) if prose else 0):
        cells = [(sheet.frame[name].iloc[row], width) for name, width in prose]
        lines = [_wrapped(str(text), width) for text, width in cells if not pd.isna(text)]
        found[_TOP + 1 + row] = max(lines, default=1)
    return {row: lines for row, lines in found.items() if lines > 1}


def _wrapped(text: str, width: int) -> int:
    return max(len(textwrap.wrap(text, max(width - 1, 1))), 1)


def _write_totals(book: Any, page: Any, sheet: Sheet) -> None:
    """Write totals of the rows that a filter leaves, with the value that they have without one."""
    from xlsxwriter.utility import xl_range

    names = list(sheet.columns)
    wrong = [n for n in sheet.totals if n not in names[1:] or sheet.columns[n][1] in _WORDS]
    if wrong or (sheet.totals and not sheet.total_label):
        what = f"the total of {wrong[0]!r}" if wrong else "totals"
        raise DataError(
            f"Sheet {sheet.name!r}: {what} cannot be written. A total is of a column of numbers "
            "that is not the first, and has a name (total_label)."
        )
    if sheet.frame.empty or not sheet.totals:
        return
    bold = {"bold": True, "top": 1}
    row = _TOP + 1 + len(sheet.frame)
    page.write_string(row, 0, sheet.total_label, book.add_format(bold))
    for name in sheet.totals:
        position = names.index(name)
        cells = xl_range(_TOP + 1, position, row - 1, position)
        number = book.add_format(bold | {"num_format": _FORMATS[sheet.columns[name][1]]})
        total = float(sheet.frame[name].sum())
        page.write_formula(row, position, f"=SUBTOTAL(109,{cells})", number, total)


def _clean(text: str, sheet: Sheet, column: str, row: int) -> str:
    found = _CONTROL.search(text)
    if found:
        raise DataError(
            f"Sheet {sheet.name!r}, column {column!r}, row {row + 1}: the text holds the control "
            f"character {found.group()!r}, which no XLSX file can. Remove it in the source."
        )
    return text
