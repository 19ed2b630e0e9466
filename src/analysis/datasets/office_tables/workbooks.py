"""From the bytes of an XLSX workbook to the cells of one sheet.

Values come from the library calamine, which reads 100,000 rows in a second or two. It leaves a
formula without a stored value, and a cell in error, as empty as a cell with nothing in it; these
are looked for in the sheet's own XML, and refused.
"""

import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import numpy as np
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from analysis.datasets.office_tables.account import Note
from analysis.datasets.office_tables.sheets import Sheet, as_cells
from analysis.errors import DataError, ParameterError
from analysis.messages import some

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(rb"<(?:\w+:)?c [^>]*?\br=\"([A-Z]+[0-9]+)\"([^>]*)>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c (?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]+[0-9]+)\"[^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)",
    re.DOTALL,
)
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def refuse_ole(file: Path, content: bytes) -> None:
    """Refuse a file that is locked by a password, or of the format before 2007.

    Raises
    ------
    DataError
        Saying which, and what to do.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise DataError(
            f"{file} is protected by a password and cannot be read. Open it in Excel or "
            "LibreOffice, remove the password (File, Info, Protect Workbook, Encrypt with "
            "Password: leave it empty), save it, then run again."
        )
    raise DataError(
        f"{file} is a workbook of the format before 2007 (.xls), or another old document. Open it "
        "in Excel or LibreOffice, save it as 'Excel Workbook (.xlsx)', then run again with that."
    )


def read_workbook(file: Path, content: bytes, *, sheet: str | None = None) -> Sheet:
    """Return the cells of one sheet of a workbook.

    Parameters
    ----------
    sheet : str, optional
        Name of the sheet, where more than one that is visible has cells.

    Raises
    ------
    DataError
        If it is no workbook, or one of OpenDocument, a formula has no stored value, or a cell holds
        an error.
    ParameterError
        If no sheet is named so, or several have cells and none is named.
    """
    _refuse_open_document(file, content)
    try:
        with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            table, others = _choose(file, book, sheet)
            rows = table.to_python(skip_empty_area=False)
            merged = table.merged_cell_ranges or []
    except PasswordError:
        refuse_ole(file, "EncryptedPackage".encode("utf-16-le"))
    except CalamineError as error:
        raise DataError(
            f"{file} cannot be read as a workbook ({error}). Open it in Excel or LibreOffice, save "
            "it as 'Excel Workbook (.xlsx)', then run again."
        ) from error
    _refuse_unread(file, content, table.name)
    cells = as_cells([[None if cell == "" else cell for cell in row] for row in rows])
    n, m = cells.shape
    inside = tuple(
        (a, b, min(c, n - 1), min(d, m - 1)) for (a, b), (c, d) in merged if a < n and b < m
    )
    return Sheet(file, table.name, cells, np.arange(1, n + 1), inside, others)


def _refuse_open_document(file: Path, content: bytes) -> None:
    """Refuse a workbook of which merged cells, and cells in error, would look empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = archive.read("mimetype")
    except (KeyError, zipfile.BadZipFile):
        return
    if b"opendocument" in kind:
        raise DataError(
            f"{file} is a workbook of OpenDocument (.ods), whose merged cells and formulas in "
            "error cannot be told from empty cells here. Open it in LibreOffice or Excel, save it "
            "as 'Excel Workbook (.xlsx)', then run again with that."
        )


def _choose(
    file: Path, book: CalamineWorkbook, wanted: str | None
) -> tuple[CalamineSheet, tuple[Note, ...]]:
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    names = [s.name for s in sheets]
    if wanted is not None and wanted not in names:
        raise ParameterError(f"{file}: no sheet is named {wanted!r}; there are {some(names)}.")
    visible = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    filled = [name for name in visible if book.get_sheet_by_name(name).start is not None]
    if wanted is None and len(filled) != 1:
        if not filled:
            raise DataError(f"{file}: no visible sheet has any cell. Show the sheet that is meant.")
        raise ParameterError(
            f"{file} has {len(filled)} sheets with cells: {some(filled)}. Say which is meant with "
            f"sheet={filled[0]!r} (in a mapping: lembar)."
        )
    name = filled[0] if wanted is None else wanted
    notes = [Note("file", "sheet", values={"sheet": repr(name)})]
    hidden = [s for s in names if s not in visible and s != name]
    if hidden:
        notes.append(Note("left out", "hidden", values={"sheets": some(map(repr, hidden))}))
    return book.get_sheet_by_name(name), tuple(notes)


def _refuse_unread(file: Path, content: bytes, sheet: str) -> None:
    xml = _sheet_xml(content, sheet)
    if xml is None:
        return
    if b't="e"' in xml and (errors := _ERROR.findall(xml)):
        shown = some(f"{ref.decode()} ({value.decode()})" for ref, value in errors)
        raise DataError(
            f"{file}, sheet {sheet!r}: a formula ends in an error in {shown}. Correct it in the "
            "workbook and save it, or delete the cell if it is not needed."
        )
    unsaved = []
    for match in _NO_VALUE.finditer(xml):
        before = xml[max(0, match.start() - 400) : match.start()]
        ref = _CELL.findall(before)
        unsaved.append(ref[-1][0].decode() if ref else "?")
    if unsaved:
        raise DataError(
            f"{file}, sheet {sheet!r}: the formulas in {some(unsaved)} have no stored value, as "
            "in a workbook that a program wrote and no spreadsheet has opened. Open it in Excel or "
            "LibreOffice, save it, then run again."
        )


def _sheet_xml(content: bytes, sheet: str) -> bytes | None:
    """Return the XML of a sheet, or None where the workbook is no XLSX."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
        if "xl/workbook.xml" not in parts:
            return None
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for entry in book.iter():
            if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
                target = targets.get(entry.get(f"{_RELATIONS}id"), "")
                part = str(PurePosixPath("xl") / target).removeprefix("/")
                return archive.read(part) if part in parts else None
    return None
