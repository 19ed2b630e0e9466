"""From the columns of an extract to those of the schema: types, one spelling, nothing lost.

A cell that cannot be read becomes missing, and its column is named in `parts.UNREADABLE`, where a
rule of validation finds it.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from analysis.datasets.office_tables import Note
from analysis.datasets.office_tables.cells import FILLERS
from analysis.individuals.reading import dates
from analysis.individuals.reading.databases import fenced
from analysis.individuals.reading.extract import Extract, few
from analysis.individuals.reading.places import places_of
from analysis.individuals.reading.recognising import Reading
from analysis.individuals.reading.spellings import names_of_codes, spellings
from analysis.individuals.schema import CodeLists, Column
from analysis.individuals.validation.flags import ROW
from analysis.individuals.validation.parts import UNREADABLE

_INTEGER = r"^[+-]?[0-9]{1,9}(?:[.,]0+)?$"
_THOUSANDS = r"^[+-]?[1-9][0-9]{0,2}(?:[.,][0-9]{3}){1,2}$"
_NUMBER = r"^[+-]?[0-9]{1,9}(?:[.,][0-9]{1,2}|[.,][0-9]{4,9})?$"
_TRUE, _FALSE = ("true", "t", "1", "ya", "y"), ("false", "f", "0", "tidak", "n")
_NIP_LENGTH = 18
_WIDE = "\u00a0\u202f\u2007\u200b\ufeff"  # blanks, and nothing, that programs write for layout
_BLANKS = rf"[\s{_WIDE}]+"
_UNEVEN = rf"^\s|\s$|\s\s|[\t\n\r{_WIDE}]"
_FORMS = {"dmy": "DD-MM-YYYY", "mdy": "MM-DD-YYYY"}
_AS_NUMBER, _WRITTEN = "_angka_", "_tertulis_"
_MOST_SPELLINGS = 5_000  # of one column: a column with more holds no codes


def standardise(
    extract: Extract, reading: Reading, codes: CodeLists
) -> tuple[ir.Table, tuple[Note, ...]]:
    """Return the table of the schema that an extract is, and how its cells were read.

    Raises
    ------
    DataError
        If dates have two readings.
    """
    raw = fenced(_cleaned(extract, reading), extract.engine)
    cells = {name: raw[name] for name in reading.columns}
    found = _survey(raw, cells, reading)
    by_date = {
        reading.columns[name]: {key: found[f"{name} {key}"] for key in _DATE_KEYS}
        for name in _text_dates(cells, reading)
    }
    order, because = dates.order_of(extract.what, by_date, reading.order)
    notes = [*reading.notes, *_date_notes(by_date, order, because)]
    raw = raw.mutate(
        **{f"{_AS_NUMBER}{n}": dates.numbered(cells[n], order) for n in _text_dates(cells, reading)}
    )
    raw = fenced(raw, extract.engine)
    cells = {name: raw[name] for name in reading.columns}
    columns: dict[str, ir.Value] = {}
    typed: list[str] = []
    for name, cell in cells.items():
        column = reading.table[name]
        if column.codes:
            written = (found[f"{name} codes"] or [])[:_MOST_SPELLINGS]
            changed = spellings(column, written, codes, reading.values.get(name, {}))
            notes += _spelling_notes(reading.columns[name], changed)
            columns[name] = _respelled(cell, changed)
        elif column.type == "text":
            columns[name] = _respelled(cell, reading.values.get(name, {}))
        else:
            columns[name] = _typed(raw, column)
            typed.append(name)
            if found.get(f"{name} thousands"):
                said = {"count": found[f"{name} thousands"]}
                notes.append(Note("numbers", "thousands", (), reading.columns[name], said))
    for name, (named, code_of) in names_of_codes(reading.table, columns, codes).items():
        cases = ((columns[named] == each, code) for each, code in code_of.items())
        columns[name] = ibis.cases(*cases)
        heading: dict[str, object] = {"column": name, "text": reading.columns[named]}
        notes.append(Note("numbers", "codes_named", values=heading))
    names = reading.table.names
    if "kabkota" in columns and "provinsi" in names and "provinsi" not in columns:
        columns["provinsi"] = columns["kabkota"].substr(0, 2)
    if "lokasiKerja" in columns:
        added, note = places_of(found["lokasiKerja names"] or [], cells["lokasiKerja"], columns)
        columns |= added
        notes += note
    others = {ROW: raw[ROW]} if ROW in raw.columns else {}
    there = {f"{_WRITTEN}{name}": cells[name].notnull() for name in typed}
    table = fenced(raw.select(**columns, **there, **others), extract.engine)
    unread = [
        ibis.ifelse(table[f"{_WRITTEN}{name}"] & table[name].isnull(), f"|{name}|", "")
        for name in typed
    ]
    if unread:
        table = table.mutate(**{UNREADABLE: reduce(lambda a, b: a + b, unread)})
    return fenced(table.drop(*there), extract.engine), tuple(notes)


_DATE_KEYS = (
    *("iso", "parted", "compact", "written", "day_first", "month_first", "open"),
    *(f"{key}_{order}" for key in ("ones", "nip") for order in dates.ORDERS),
)


def _cleaned(extract: Extract, reading: Reading) -> ir.Table:
    """Return the columns under the names of the schema, without blanks and filler."""
    raw = extract.table
    cells = {c: _clean(raw[heading], reading.table[c]) for c, heading in reading.columns.items()}
    return raw.select(**cells, **({ROW: raw[ROW]} if ROW in raw.columns else {}))


def _clean(cell: ir.Value, column: Column) -> ir.Value:
    """Return a cell without blanks at its ends, missing where it is empty or filler.

    What is dear is done only where something cheap says that it is needed.
    """
    if not cell.type().is_string():
        return cell.cast(str) if column.type == "text" else cell
    if column.keyed:  # blanks and dots, as NIPs are written to be read
        bare = cell.re_replace(rf"['\s.{_WIDE}]", "")
        return ibis.ifelse(cell.length() == _NIP_LENGTH, cell, bare).nullif("")
    single = cell.re_replace(_BLANKS, " ").strip()
    text = ibis.ifelse(cell.re_search(_UNEVEN), single, cell)
    nothing = tuple(FILLERS) + (dates.NOTHING if column.type == "date" else ())
    short = text.length() <= max(map(len, nothing))
    is_filler = ibis.ifelse(short, (text == "") | text.lower().isin(nothing), False)
    return ibis.ifelse(is_filler, ibis.null(str), text)


def _survey(raw: ir.Table, cells: Mapping[str, ir.Value], reading: Reading) -> dict[str, Any]:
    """Return what one scan tells of codes, dates and numbers that are written as text."""
    asked: dict[str, ir.Value] = {}
    for name, cell in cells.items():
        column = reading.table[name]
        if column.codes:
            asked[f"{name} codes"] = cell.collect(distinct=True)
        elif cell.type().is_string() and column.type == "date":
            births = _births(cells) if name == "tglLahir" else None
            asked |= {f"{name} {key}": value for key, value in dates.survey(cell, births).items()}
        elif cell.type().is_string() and column.type == "integer":
            asked[f"{name} thousands"] = cell.re_search(_THOUSANDS).sum()
    if "lokasiKerja" in cells and not {"provinsi", "kabkota"} & set(cells):
        asked["lokasiKerja names"] = cells["lokasiKerja"].collect(distinct=True)
    if not asked:
        return {"lokasiKerja names": None}
    answers = {f"answer_{i}": value for i, value in enumerate(asked.values())}
    row = raw.aggregate(**answers).to_pyarrow().to_pylist()[0]
    found = {key: row[f"answer_{i}"] for i, key in enumerate(asked)}
    return {"lokasiKerja names": None} | {
        key: sorted(v for v in value if v is not None) if isinstance(value, list) else value
        for key, value in found.items()
    }


def _births(cells: Mapping[str, ir.Value]) -> ir.IntegerValue | None:
    """Return the dates of birth that NIPs hold, as numbers."""
    if "nipBaru" not in cells:
        return None
    nip = cells["nipBaru"]
    whole = nip.re_search(rf"^[0-9]{{{_NIP_LENGTH}}}$")
    return ibis.ifelse(whole, nip.substr(0, 8), ibis.null(str)).cast("int32")


def _text_dates(cells: Mapping[str, ir.Value], reading: Reading) -> list[str]:
    return [
        name
        for name, cell in cells.items()
        if reading.table[name].type == "date" and cell.type().is_string()
    ]


def _typed(raw: ir.Table, column: Column) -> ir.Value:
    cell = raw[column.name]
    kind = cell.type()
    if column.type == "date":
        if kind.is_string():
            return dates.parsed(raw[_AS_NUMBER + column.name])
        return cell.cast("date") if kind.is_temporal() else ibis.null("date")
    if column.type == "flag":
        if kind.is_boolean():
            return cell
        text = cell.cast(str).lower()
        return ibis.cases((text.isin(_TRUE), True), (text.isin(_FALSE), False))
    if kind.is_string():
        return _as_number(cell, column)
    if not kind.is_numeric():
        return ibis.null("float64" if column.type == "number" else "int32")
    if column.type == "number":
        return cell.cast("float64")
    return ibis.ifelse(cell == cell.floor(), cell, ibis.null(kind)).cast("int32")


def _as_number(cell: ir.StringValue, column: Column) -> ir.Value:
    if column.type == "number":
        plain = ibis.ifelse(cell.re_search(_NUMBER), cell, ibis.null(str))
        return plain.replace(",", ".").cast("float64")
    whole = ibis.ifelse(cell.re_search(_INTEGER), cell.re_replace(r"[.,]0+$", ""), ibis.null(str))
    grouped = ibis.ifelse(cell.re_search(_THOUSANDS), cell.re_replace(r"[.,]", ""), ibis.null(str))
    return ibis.coalesce(grouped, whole).cast("int32")


def _respelled(cell: ir.Value, changed: Mapping[str, str]) -> ir.Value:
    if not changed:
        return cell
    found = ibis.cases(*((cell == old, new) for old, new in changed.items()), else_=cell)
    return found.nullif("")


def _date_notes(found: Mapping[str, Mapping[str, Any]], order: str, because: str) -> list[Note]:
    notes = []
    for heading, each in found.items():
        forms = {
            "YYYY-MM-DD": each["iso"],
            _FORMS[order]: each["parted"],
            "YYYYMMDD": each["compact"],
        }
        counted = [f"{form} {count:,}" for form, count in forms.items() if count]
        other = (each["written"] or 0) - sum(count or 0 for count in forms.values())
        counted += [f"? {other:,}"] * (other > 0)
        if len(counted) > 1:
            said: dict[str, object] = {"text": ", ".join(counted)}
            notes.append(Note("warning", "date_forms", (), heading, said))
        notes += _doubts(heading, each, order, because)
    if any(each["parted"] for each in found.values()):
        notes.append(Note("numbers", f"dates_{because}", values={"order": _FORMS[order]}))
    return notes


def _doubts(heading: str, each: Mapping[str, Any], order: str, because: str) -> Iterator[Note]:
    """Yield what is not sure of the order of a column's dates, though that of the file is.

    Appointments and pensions begin on the first of a month: where most dates do in the order of the
    file, and so would all be of January in the other, the column is sure.
    """
    other = "mdy" if order == "dmy" else "dmy"
    counted: dict[str, object] = {"count": each["open"], "order": _FORMS[order]}
    evidence = ("day_first", "month_first", f"nip_{order}")
    firsts = 2 * (each[f"ones_{order}"] or 0) > (each["open"] or 0)
    settled = because == "said" or firsts or any(each[key] for key in evidence)
    if each["open"] and not settled:
        yield Note("warning", "dates_assumed", (), heading, counted)
    if each[f"nip_{other}"]:
        said: dict[str, object] = {"count": each[f"nip_{other}"], "order": _FORMS[other]}
        yield Note("warning", "dates_mixed", (), heading, said)


def _spelling_notes(heading: str, changed: Mapping[str, str]) -> list[Note]:
    if not changed:
        return []
    text = few([f"{old} = {new or '(-)'}" for old, new in sorted(changed.items())])
    return [Note("numbers", "spelled", (), heading, {"text": text})]
