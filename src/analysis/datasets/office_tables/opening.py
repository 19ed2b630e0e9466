"""Open a file by what it is, whatever its name says."""

import re
from pathlib import Path

from analysis.datasets.decoding import OTHER_FORMATS
from analysis.datasets.office_tables.sheets import Sheet
from analysis.datasets.office_tables.text_files import read_text
from analysis.datasets.office_tables.workbooks import OLE, ZIP, read_workbook, refuse_ole
from analysis.errors import DataError, ParameterError
from analysis.files import read_bytes

_SQL = re.compile(rb"^\s*(?:CREATE TABLE|INSERT INTO|SET NAMES|DROP TABLE)\b", re.I | re.M)


def open_sheet(file: Path, *, sheet: str | None = None, separator: str | None = None) -> Sheet:
    """Return the cells of a CSV file, or of one sheet of an XLSX workbook.

    Raises
    ------
    DataError
        If the file is missing, empty, or neither; the message says what it is.
    ParameterError
        If a sheet is named of a text file, or a separator given for a workbook.
    """
    content = read_bytes(file, advice="Check the path: it is relative to the working directory.")
    if not content.strip():
        raise DataError(f"{file} is empty. Take it from its source again.")
    if content.startswith(OLE):
        refuse_ole(file, content)
    if content.startswith(ZIP):
        if separator is not None:
            raise ParameterError(f"separator: {file} is a workbook, which has none. Leave it out.")
        return read_workbook(file, content, sheet=sheet)
    if sheet is not None:
        raise ParameterError(f"sheet: {file} is no workbook and has no sheets. Leave it out.")
    for start, kind in OTHER_FORMATS:
        if content.startswith(start):
            raise DataError(
                f"{file} is neither CSV nor XLSX but {kind}, whatever its name says. Save the "
                "table from the program it was made with as XLSX or 'CSV UTF-8'."
            )
    if _SQL.search(content[:20_000]):
        raise DataError(
            f"{file} is a dump of a database (SQL), not a table. Import it into a database, "
            "export the one table that is meant as CSV, then run again with that."
        )
    return read_text(file, content, separator=separator)
