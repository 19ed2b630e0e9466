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
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range

from analysis.digests import digest, stable
from analysis.errors import DataError

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
    for position, (name, (label, kind)) in enumerate(sheet.columns.items()):
        layout = {"text_wrap": True, "valign": "top"} if kind == "prose" else {}
        cell = book.add_format({"num_format": _FORMATS[kind], **layout})
        page.write_string(_TOP, position, _clean(label, sheet, label, 0), head)
        longest = len(label) // 2
        for row, value in enumerate(sheet.frame[name].tolist()):
            if pd.isna(value):
                continue
            if kind in _WORDS:
                text = _clean(str(value), sheet, label, row)
                page.write_string(_TOP + 1 + row, position, text, cell)
                longest = max(longest, len(text))
            elif not math.isfinite(value):
                raise DataError(
                    f"Sheet {sheet.name!r}, column {label!r}, row {row + 1}: {value} is no number "
                    "that an XLSX file can hold. Find where it comes from, or leave the cell "
                    "missing."
                )
            else:
                page.write_number(_TOP + 1 + row, position, value, cell)
        least, most = _WIDTHS
        page.set_column(position, position, min(max(longest + 2, least), most))
    _write_totals(book, page, sheet)
    last = _TOP + len(sheet.frame)
    page.autofilter(_TOP, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(_TOP + 1, 0)
    page.repeat_rows(_TOP)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _write_totals(book: Any, page: Any, sheet: Sheet) -> None:
    """Write totals of the rows that a filter leaves, with the value that they have without one."""
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
