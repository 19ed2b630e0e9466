"""Which table an extract is, and which of its columns are which.

A heading stands for a column if it is its name or one of the headings that the schema lists,
exactly, but for capitals and punctuation; never because it is similar. What this does not settle a
mapping file does: `[kolom]` says which heading is which column, `[nilai.COLUMN]` which value means
which code, `[tanggal] urutan` the order of day and month, `[sumber]` the table.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.datasets import read_processed
from analysis.datasets.office_tables import Note
from analysis.datasets.office_tables.mapping import (
    ColumnMapping,
    Field,
    draft_mapping,
    read_mapping,
    recognised,
)
from analysis.datasets.office_tables.personal import normalised
from analysis.errors import DataError, ParameterError
from analysis.individuals.reading.extract import Extract, few
from analysis.individuals.schema import TABLES, Table
from analysis.messages import some

ORDERS = {"hari-bulan-tahun": "dmy", "bulan-hari-tahun": "mdy"}
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Fa-f-]{2,36}")
_SOME_ROWS = 1000  # that tell codes from names
_OPTIONS = {"sumber": dict, "tanggal": dict, "nilai": dict}


@dataclass(frozen=True)
class Reading:
    """How the columns of an extract are read.

    Attributes
    ----------
    table : Table
        The table of the schema that it is.
    columns : mapping of str to str
        Heading of each column of the schema that the extract has.
    values : mapping of str to mapping of str to str
        By column: the code that a written value means.
    order : {"dmy", "mdy"} or None
        Order of day and month, where a mapping or a known layout says it.
    notes : tuple of Note
        What was recognised, and what is left.
    """

    table: Table
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    order: str | None = None
    notes: tuple[Note, ...] = ()


def fields_of(table: Table) -> tuple[Field, ...]:
    """Return the columns of a table as fields of a mapping."""
    return tuple(
        Field(
            column.name,
            frozenset(normalised(heading) for heading in (column.name, *column.headings)),
            column.english,
            column.required,
        )
        for column in table
    )


def recognise(
    extract: Extract, name: str | None = None, *, layouts: pd.DataFrame | None = None
) -> Reading:
    """Return how an extract is read, from its headings alone.

    Parameters
    ----------
    extract : Extract
    name : str, optional
        The table it is, where its headings do not say.
    layouts : DataFrame, optional
        SIASN's own layouts; those of the repository by default.

    Raises
    ------
    DataError
        If no table has all its required columns, or more than one does; if a column has no heading
        or two.
    """
    candidates = [_table(name)] if name else list(TABLES.values())
    found = {table.name: _by_headings(extract, table) for table in candidates}
    whole = [n for n, columns in found.items() if not _lacking(TABLES[n], columns)]
    if name is None and not whole:
        raise DataError(
            f"{extract.what}: its headings are not all known ({some(extract.headings)}). Draft a "
            "mapping with `python -m analysis.individuals map`, name its table, and correct it."
        )
    if name is None and len(whole) > 1:
        most = max(len(found[n]) for n in whole)
        whole = [n for n in whole if len(found[n]) == most]
    chosen = name or whole[0]
    if name is None and len(whole) > 1:
        raise DataError(
            f"{extract.what} may be {' or '.join(whole)}. Say which it is: {whole[0]}=FILE."
        )
    columns = found[chosen]
    return _checked(extract, TABLES[chosen], columns, {}, None, layouts)


def read_by_mapping(extract: Extract, mapping: Path, name: str | None = None) -> Reading:
    """Return how an extract is read, as a mapping file says.

    Raises
    ------
    DataError
        If the mapping is wrong, or names headings that the extract does not have.
    """
    said = parse_mapping(mapping, name)
    table = said.options["sumber"]["tabel"]
    columns = {column: headings[0] for column, headings in said.columns.items()}
    absent = [f"{c} = {h!r}" for c, h in columns.items() if h not in extract.headings]
    if absent:
        raise DataError(
            f"{mapping}, [kolom]: {some(absent)}: no column of {extract.what} is headed so; there "
            f"are {', '.join(map(repr, extract.headings))}. Write headings as they stand there."
        )
    order = said.options["tanggal"].get("urutan")
    return _checked(
        extract, _table(table), columns, said.options["nilai"], ORDERS.get(str(order)), None
    )


def parse_mapping(mapping: Path, name: str | None = None) -> ColumnMapping:
    """Return what a mapping file says; its table is `options["sumber"]["tabel"]`.

    Raises
    ------
    DataError
        If it says something that nobody reads.
    """
    every = {f.name: f for table in TABLES.values() for f in fields_of(table)}
    loose = tuple(Field(f.name, f.synonyms, f.says) for f in every.values())
    said = read_mapping(mapping, loose, _OPTIONS)
    source, dates, values = (said.options[key] for key in _OPTIONS)
    _only(mapping, "sumber", source, ("tabel", "dari"))
    _only(mapping, "tanggal", dates, ("urutan",))
    table = name or source.get("tabel")
    if table is None:
        raise DataError(
            f'{mapping}, [sumber]: tabel is missing. Write which table it is, such as "people".'
        )
    if source.get("tabel", table) != table:
        raise DataError(f"{mapping}, [sumber] tabel is {source['tabel']!r}, but {table} was named.")
    if dates and dates["urutan"] not in ORDERS:
        raise DataError(
            f"{mapping}, [tanggal] urutan: {dates['urutan']!r} is none of {', '.join(ORDERS)}."
        )
    known = _table(str(table)).names
    strange = [*(c for c in said.columns if c not in known), *(c for c in values if c not in known)]
    if strange:
        raise DataError(
            f"{mapping}: the table {table} has no column {some(map(repr, strange))}; there are "
            f"{', '.join(known)}."
        )
    for column, means in values.items():
        if not isinstance(means, dict) or not all(isinstance(v, str) for v in means.values()):
            raise DataError(
                f'{mapping}, [nilai.{column}]: expected lines such as "L" = "M", the value that '
                "is written and the code it means."
            )
    source["tabel"] = str(table)
    return said


def draft(
    extract: Extract, reading: Mapping[str, Any], name: str | None = None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the text of a mapping for an extract, and what is not recognised.

    That are headings of the extract, and columns that the table of the schema needs.

    Parameters
    ----------
    extract : Extract
    reading : mapping of str to object
        Parameters that it was opened with.
    name : str, optional
        The table it is; the one most of whose columns are recognised by default.
    """
    if name is None:
        found = {n: _by_headings(extract, table) for n, table in TABLES.items()}
        name = max(found, key=lambda n: len(found[n]) - 10 * len(_lacking(TABLES[n], found[n])))
    dumped = next((n.values["table"] for n in extract.notes if n.key in ("dump", "database")), None)
    lines = [draft_mapping(extract, _drafted(extract, _table(name)), reading=reading)]
    lines += ["[sumber]", f'tabel = "{name}"']
    lines += [f'dari = "{dumped}"' if dumped else '# dari = ""  # table of the dump or database']
    lines += ["", "[tanggal]", '# urutan = "hari-bulan-tahun"  # or "bulan-hari-tahun"']
    coded = next((column.name for column in _table(name) if column.codes), "kolom")
    lines += [
        "",
        f"# [nilai.{coded}]  # what values of a column mean",
        '# "yang tertulis" = "kode"',
    ]
    known = _by_headings(extract, _table(name))
    rest = tuple(h for h in extract.headings if h not in known.values())
    return "\n".join(lines) + "\n", rest, tuple(_lacking(_table(name), known))


def _table(name: str) -> Table:
    if name not in TABLES:
        raise ParameterError(f"there is no table {name!r}; there are {', '.join(TABLES)}.")
    return TABLES[name]


def _by_headings(extract: Extract, table: Table) -> dict[str, str]:
    """Return the heading of each column: its own name, else the first that the schema lists.

    A heading of a name that stands over codes is that of the Id beside it, where that has none.
    """
    found = {each.name: _candidates(extract.headings, each, table) for each in fields_of(table)}
    doubtful = {
        heading: (name, to)
        for name, headings in found.items()
        if name.endswith("Nama") and (to := f"{name.removesuffix('Nama')}Id") in found
        for heading in headings
        if heading != name and not found[to]
    }
    for heading in _of_codes(extract, doubtful):
        name, to = doubtful[heading]
        found[name].remove(heading)
        found[to].append(heading)
    return {name: headings[0] for name, headings in found.items() if headings}


def _candidates(headings: tuple[str, ...], each: Field, table: Table) -> list[str]:
    """Return the headings that stand for a column, in the order of the schema."""
    listed = [each.name, *table[each.name].headings]
    ranks = {normalised(heading): i for i, heading in reversed([*enumerate(listed)])}
    named = recognised(headings, each)
    return sorted(named, key=lambda h: (h != each.name, ranks.get(normalised(h), len(ranks))))


def _of_codes(extract: Extract, headings: Iterable[str]) -> list[str]:
    """Return those of the headings under which the first rows hold codes alone."""
    asked = {f"column_{i}": heading for i, heading in enumerate(headings)}
    if not asked:
        return []
    columns = {name: extract.table[heading].cast(str) for name, heading in asked.items()}
    rows = extract.table.select(**columns).limit(_SOME_ROWS).to_pyarrow().to_pydict()
    filled = {name: [c.strip() for c in cells if c and c.strip()] for name, cells in rows.items()}
    return [
        asked[name] for name, cells in filled.items() if cells and all(map(_CODE.fullmatch, cells))
    ]


def _drafted(extract: Extract, table: Table) -> tuple[Field, ...]:
    """Return the fields of a draft, each recognised by the heading that it is read by alone."""
    found = _by_headings(extract, table)
    taken = {normalised(heading) for heading in found.values()}
    return tuple(
        replace(
            each,
            synonyms=frozenset([normalised(found[each.name])])
            if each.name in found
            else each.synonyms - taken,
        )
        for each in fields_of(table)
    )


def _lacking(table: Table, columns: Iterable[str]) -> list[str]:
    there = set(columns)
    return [column.name for column in table if column.required and column.name not in there]


def _checked(
    extract: Extract,
    table: Table,
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    order: str | None,
    layouts: pd.DataFrame | None,
) -> Reading:
    lacking = [
        f"{name} (code or name)" if table[name].codes else name for name in _lacking(table, columns)
    ]
    if lacking:
        rest = [heading for heading in extract.headings if heading not in columns.values()]
        raise DataError(
            f"{extract.what}: the table {table.name} needs {', '.join(lacking)}, and no heading is "
            f"known for {'it' if len(lacking) == 1 else 'them'}; not recognised: "
            f"{some(map(repr, rest)) if rest else 'none'}. Write in a mapping which heading it is "
            "(`python -m analysis.individuals map` drafts one)."
        )
    layout, notes = _layout(extract, layouts)
    if order is None and layout == "profil":
        order = "dmy"
    rest = [heading for heading in extract.headings if heading not in columns.values()]
    if rest:
        said: dict[str, object] = {"count": len(rest), "text": few(rest)}
        notes += (Note("left out", "ignored", values=said),)
    return Reading(table, dict(columns), values, order, notes)


def _layout(extract: Extract, layouts: pd.DataFrame | None) -> tuple[str | None, tuple[Note, ...]]:
    known = read_processed("susunan_siasn") if layouts is None else layouts
    headings = {normalised(heading) for heading in extract.headings}
    for name, rows in known.groupby("susunan", sort=False):
        if {normalised(heading) for heading in rows["kolom"]} == headings:
            said: dict[str, object] = {"layout": name, "count": len(rows)}
            return str(name), (Note("heading", "layout", values=said),)
    return None, ()


def _only(mapping: Path, part: str, said: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    unknown = sorted(set(said) - set(keys))
    if unknown:
        raise DataError(
            f"{mapping}, [{part}]: {some(map(repr, unknown))} is not known; there are "
            f"{', '.join(keys)}."
        )
