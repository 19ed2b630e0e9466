"""Read a table as an office keeps it, and tell what was taken as what."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.arrays import IntArray
from analysis.datasets.office_tables.account import Account, Kind, Note
from analysis.datasets.office_tables.body import Body, begins_as_note, sort_rows
from analysis.datasets.office_tables.cells import (
    FILLER,
    NOTHING,
    NUMBER,
    WORD,
    YEAR,
    Cells,
    is_code,
    kinds,
    letters,
    masked,
    position,
    shown,
    words,
)
from analysis.datasets.office_tables.checks import copied, wrong_sums
from analysis.datasets.office_tables.headings import HeaderRows, Heading, find_heading
from analysis.datasets.office_tables.numbers import Mark, convention_of, readable_numbers
from analysis.datasets.office_tables.office_table import OfficeTable, Span
from analysis.datasets.office_tables.opening import open_sheet
from analysis.datasets.office_tables.personal import is_personal
from analysis.datasets.office_tables.sheets import Sheet
from analysis.datasets.office_tables.text_files import SEPARATORS
from analysis.errors import DataError, ParameterError

_TOTALS_SHOWN = 5  # one by one; more of them in one line


def read_office_table(
    file: Path | str,
    *,
    sheet: str | None = None,
    separator: str | None = None,
    header: HeaderRows | None = None,
    rows: tuple[int, int] | None = None,
    columns: str | None = None,
    decimal: Mark | None = None,
    zero: tuple[str, ...] = (),
    sections: str | None = None,
    totals: tuple[int, ...] = (),
    keep: tuple[int, ...] = (),
    wanted: tuple[str, ...] = (),
) -> OfficeTable:
    r"""Return the table in a CSV file or on a sheet of an XLSX workbook.

    Title rows, the heading (of several rows, with merged cells), rows that number the columns,
    blank rows, totals and footnotes are told apart by the rules in `headings` and `body`; the
    result's `account` shows what was taken as what. Where two readings are possible nothing is
    guessed: the message names the parameter that decides.

    Parameters
    ----------
    file : Path or str
    sheet : str, optional
        Sheet of a workbook.
    separator : {",", ";", "\t", "|"}, optional
        What stands between the cells of a text file.
    header : int or (int, int), optional
        Row of the heading, or its first and last row, as the file counts.
    rows : (int, int), optional
        First and last row to read, where there are several tables one below the other.
    columns : str, optional
        First and last column to read, such as "A:H", where there are several side by side.
    decimal : {",", "."}, optional
        The decimal mark, where the cells of a column do not settle it.
    zero : tuple of str
        Filler that means none, such as "-"; any other is taken as missing.
    sections : str, optional
        Name of a column that is to hold the single words that stand between rows, each beside the
        rows below it.
    totals, keep : tuple of int
        Rows that are totals, and rows that are none, where a row has two readings.
    wanted : tuple of str
        Headings of columns with data of persons that are to be carried all the same.

    Returns
    -------
    OfficeTable

    Raises
    ------
    DataError
        If it is no table, or two readings are possible; the message names file, sheet, row and
        column.
    ParameterError
        If a parameter names what the file does not have.
    """
    _require_one_of("separator", separator, SEPARATORS)
    _require_one_of("decimal", decimal, (",", "."))
    whole = open_sheet(Path(file), sheet=sheet, separator=separator)
    part = _spread_down(_part(whole, rows, columns))
    kind = kinds(part.cells)
    _require_rows(part, kind)
    heading = find_heading(part, kind, header)
    body = sort_rows(
        part,
        kind,
        heading,
        sections=sections is not None,
        totals=totals,
        keep=keep,
        decimal=decimal,
        one_table=columns is not None,
    )
    used, names = _columns(part, kind, heading, body)
    cells = part.cells[np.ix_(body.data, used)]
    taken = [not is_personal(n, cells[:, k]) or n in wanted for k, n in enumerate(names)]
    carried = used[taken]
    kept = [name for name, take in zip(names, taken, strict=True) if take]
    table = OfficeTable(
        file=part.file,
        sheet=part.name,
        headings=tuple(kept),
        at=tuple(letters(j) for j in carried.tolist()),
        rows=part.rows[body.data],
        cells=cells[:, taken],
        totals=part.cells[np.ix_(body.totals, carried)],
        total_rows=part.rows[body.totals],
        values=tuple(
            name
            for name, j in zip(kept, carried.tolist(), strict=True)
            if j in body.values and not is_code(part.cells[body.data, j])
        ),
        personal=tuple(name for name, take in zip(names, taken, strict=True) if not take),
        account=Account(part.title, ()),
        decimal=decimal,
        zero=zero,
        spans=tuple(_spans(part, kind, carried, body.data)),
    )
    if sections is not None:
        table = _with_sections(table, part, kind, body, sections)
    notes = (*part.notes, *_notes(part, kind, heading, body, table))
    return replace(table, account=Account(part.title, notes))


def _require_one_of(name: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        raise ParameterError(f"{name}={value!r}: choose one of {', '.join(map(repr, known))}.")


def _part(sheet: Sheet, rows: tuple[int, int] | None, columns: str | None) -> Sheet:
    """Return the rows and columns of a sheet that were asked for."""
    found = sheet
    if rows is not None:
        inside = (sheet.rows >= rows[0]) & (sheet.rows <= rows[1])
        if not inside.any():
            raise ParameterError(f"rows={rows!r}: {sheet} has rows to {sheet.rows.max()} only.")
        first = int(np.flatnonzero(inside)[0])
        last = first + int(inside.sum()) - 1
        merged = tuple(
            (a - first, b, min(c, last) - first, d)
            for a, b, c, d in sheet.merged
            if first <= a <= last
        )
        found = replace(found, cells=found.cells[inside], rows=found.rows[inside], merged=merged)
    if columns is not None:
        start, _, end = columns.replace(" ", "").partition(":")
        if not (start.isalpha() and end.isalpha() and position(start) <= position(end)):
            raise ParameterError(f"columns={columns!r}: write the first and last, such as 'A:H'.")
        keep = np.arange(found.cells.shape[1])
        outside = (keep < position(start)) | (keep > position(end))
        cells = found.cells.copy()
        cells[:, outside] = None
        found = replace(found, cells=cells)
    return found


def _require_rows(sheet: Sheet, kind: npt.NDArray[np.int8]) -> None:
    if not (kind != NOTHING).any():
        raise DataError(f"{sheet} has no cells. Say which sheet is meant with sheet=NAME.")


def _spread_down(sheet: Sheet) -> Sheet:
    """Return a sheet with the words of merged cells in every row they span."""
    tall = [(a, b, c) for a, b, c, _ in sheet.merged if c > a]
    if not tall:
        return sheet
    cells = sheet.cells.copy()
    for a, b, c in tall:
        if isinstance(cells[a, b], str) and kinds(cells[a : a + 1, b])[0] == WORD:
            cells[a : c + 1, b] = cells[a, b]
    return replace(sheet, cells=cells)


def _spans(
    sheet: Sheet, kind: npt.NDArray[np.int8], used: IntArray, data: IntArray
) -> Iterator[Span]:
    """Yield the numbers that stand in merged cells over several rows of data."""
    for a, b, c, _ in sheet.merged:
        inside = data[(data >= a) & (data <= c)]
        if inside.size > 1 and b in used and kind[a, b] in (NUMBER, YEAR):
            column = int(np.flatnonzero(used == b)[0])
            yield Span(column, sheet.cells[a, b], tuple(sheet.rows[inside].tolist()))


def _columns(
    sheet: Sheet, kind: npt.NDArray[np.int8], heading: Heading, body: Body
) -> tuple[IntArray, list[str]]:
    """Return the columns of the table and their names, by letter where the heading has none."""
    filled = (kind[body.data] != NOTHING).any(axis=0)
    named = np.array([bool(name) for name in heading.names])
    if sheet.name is None and (beyond := filled & (np.arange(named.size) > _last(named))).any():
        row = int(body.data[(kind[body.data][:, beyond] != NOTHING).any(axis=1).argmax()])
        width = int(np.flatnonzero(kind[row] != NOTHING)[-1]) + 1
        raise DataError(
            f"{sheet.at(row)}: it has {width} cells, but the heading names {_last(named) + 1} "
            "columns. Name the column in the heading; or, where a separator inside a cell stands "
            'without quotation marks, write the cell in them: "1,5".'
        )
    used = np.flatnonzero(filled | named)
    return used, [heading.names[j] or f"kolom {letters(j)}" for j in used.tolist()]


def _last(named: npt.NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(named)[-1])


def _with_sections(
    table: OfficeTable, sheet: Sheet, kind: npt.NDArray[np.int8], body: Body, name: str
) -> OfficeTable:
    """Return a table with one more column, the section that each row stands in."""
    if name in table.headings:
        raise ParameterError(f"sections={name!r}: a column is headed so. Choose another name.")
    labels = [body.word(sheet, kind, i) for i in body.sections.tolist()]
    before = np.searchsorted(body.sections, body.data) - 1
    column = np.array([None if k < 0 else labels[k] for k in before.tolist()], dtype=object)
    return replace(
        table,
        headings=(*table.headings, name),
        at=(*table.at, "-"),
        cells=np.column_stack([table.cells, column]),
        totals=np.column_stack([table.totals, np.full(len(table.totals), None, dtype=object)]),
    )


def _notes(
    sheet: Sheet, kind: npt.NDArray[np.int8], heading: Heading, body: Body, table: OfficeTable
) -> Iterator[Note]:
    def rows(which: npt.ArrayLike) -> tuple[int, ...]:
        return tuple(sheet.rows[np.atleast_1d(which)].tolist())

    for i in range(heading.rows[0]):
        if (kind[i] != NOTHING).any():
            text = " | ".join(words(cell) for cell in sheet.cells[i] if cell is not None)
            yield _words("title", shown(text), rows(i))
    merged = sum(1 for a, _, c, _ in sheet.merged if a >= heading.body and c > a)
    if merged:
        yield Note("merged", "merged", values={"count": merged})
    named = [f"{a} {masked(h)}" for a, h in zip(table.at, table.headings, strict=True)]
    yield _words("heading", "; ".join(named), rows(heading.rows))
    if heading.counter is not None:
        yield Note("left out", "counter", rows(heading.counter))
    for which, key in ((body.blank, "blank"), (body.repeated, "again")):
        if which.size:
            yield Note("left out", key, rows(which))
    for i in body.sections.tolist():
        yield _words("section", shown(body.word(sheet, kind, i)), rows(i))
    if body.totals.size > _TOTALS_SHOWN:
        yield Note("total", "totals", rows(body.totals), values={"count": body.totals.size})
    for i in body.totals.tolist() if body.totals.size <= _TOTALS_SHOWN else []:
        yield Note("total", "total", rows(i), values={"text": shown(body.word(sheet, kind, i))})
    for i in body.footnotes.tolist():
        yield _footnote(sheet.cells[i], rows(i))
    for name in table.values:
        yield from _notes_of_cells(table, name)
    amounts = {
        name: readable_numbers(cells, table.decimal or convention_of(cells).decimal)
        for name in table.values
        for cells in [table.cells[:, table.position(name)]]
    }
    yield from copied(amounts)
    yield from wrong_sums(amounts, table.rows)
    if table.personal:
        yield Note("personal", "personal", values={"text": ", ".join(table.personal)})


def _notes_of_cells(table: OfficeTable, name: str) -> Iterator[Note]:
    """Yield what the cells of a column of numbers say: decimal mark and filler."""
    j = table.position(name)
    cells, place = table.cells[:, j], f"{table.at[j]} ({masked(name)})"
    if table.decimal is None:
        found = convention_of(np.append(cells, table.totals[:, j]))
        if found.because is not None and found.against is None:
            row = int(np.append(table.rows, table.total_rows)[found.because[0]])
            said: dict[str, object] = {"mark": repr(found.decimal), "row": row}
            said["text"] = repr(found.because[1])
            yield Note("numbers", "mark", column=place, values=said)
        elif found.open is not None or found.against is not None:
            yield Note("numbers", "open", column=place)
    unread = np.flatnonzero(kinds(cells) == FILLER).tolist()
    for word in sorted({words(cell) for cell in cells[unread].tolist()}):
        rows = tuple(int(table.rows[i]) for i in unread if cells[i] == word)
        key = "zero" if word in table.zero else "missing"
        yield Note("filler", key, rows, place, {"text": repr(word)})


def _words(kind: Kind, text: str, rows: tuple[int, ...]) -> Note:
    return Note(kind, "words", rows, values={"text": text})


def _footnote(row: Cells, rows: tuple[int, ...]) -> Note:
    """Return a footnote for the account; of a signature, which names a person, only its length."""
    text = " | ".join(words(cell) for cell in row.tolist() if cell is not None)
    if begins_as_note(row):
        return _words("footnote", shown(text), rows)
    return Note("footnote", "signature", rows, values={"count": len(text)})
