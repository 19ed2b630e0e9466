"""Keep the description of the raw tables up to date, and never with a table that is refused."""

import copy
import datetime as dt
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.datasets.columns import fit_to_header, header_of
from analysis.datasets.decoding import FIRST_LINE, decode, read_cells
from analysis.datasets.description import NAME_PATTERN
from analysis.datasets.package import FILE_NAME, Package, parse_package
from analysis.datasets.processed import PROCESSED_TABLES
from analysis.datasets.reading import RawTables, file_hash
from analysis.errors import DataError
from analysis.files import atomic_write, read_bytes
from analysis.paths import RAW

# What is true of one table only, and never of another like it.
_OWN = (
    "catatan",
    "batasan",
    "jumlah_baris",
    "jumlah_diketahui",
    "penjumlahan_provinsi",
    "tanpa",
    "dikonfirmasi",
)
_OWN_TO_SUMS = ("penjumlahan_baris", "penjumlahan_kelompok")  # their source errors


def update_hashes(raw: Path = RAW) -> list[str]:
    """Bring hash and size of every entry up to its file; return the names of those changed.

    Raises
    ------
    DataError
        If the description is no JSON with named entries, an entry has no file, or a changed table
        is refused; nothing is written then.
    """
    description = _read(raw)
    changed = [entry["name"] for entry in description["resources"] if _update(entry, raw)]
    _check(raw, description, changed)
    if changed:
        _write(raw, description)
    return changed


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is true of a new table and not of the one it is described like.

    Attributes
    ----------
    title, source, publisher : str
        Title of the table, and where it comes from.
    terms : str
        On what terms it may be used and passed on: its licence, or what the publisher says.
    date : date
        Reference date.
    link : str, optional
        Where the source is on the web.
    basis : str, optional
        Set of provinces, where it differs.
    coverage : str or list of str, optional
        Of a table by kabupaten and kota: "nasional", or the codes of the provinces that it covers,
        where that differs.
    without : collection of str
        Codes of kabupaten and kota there that the source does not have.
    people : collection of str
        Columns that count staff, one for each profession.
    limits : collection of str
        What the figures cannot support, as keys.
    """

    title: str
    source: str
    publisher: str
    terms: str
    date: dt.date
    link: str | None = None
    basis: str | None = None
    coverage: str | list[str] | None = None
    without: Collection[str] = ()
    people: Collection[str] = ()
    limits: Collection[str] = ()


def add_table(
    name: str,
    like: str,
    own: Particulars,
    *,
    confirmed: Iterable[tuple[int, str, str]] = (),
    replace: bool = False,
    raw: Path = RAW,
) -> int:
    """Describe a new table with the columns, role and rules of one like it, and check it.

    Parameters
    ----------
    name : str
        Name of the table; its file is `name.csv` in `raw`.
    like : str
        Name of the table to copy from. Its totals, source errors and notes are left out.
    own : Particulars
        What is true of the new table alone.
    confirmed : iterable of (int, str, str)
        Values that are out of their range and right: line of the file, column, reason.
    replace : bool
        Take the place of a table of that name.
    raw : Path
        Folder with the tables and their description.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    DataError
        If there is a table of that name, none like it, or no file, the table is refused, or what
        is said of kabupaten and kota is said of another table; nothing is written then.
    """
    description = _read_whole(raw)
    names = [entry["name"] for entry in description["resources"]]
    _check_name(name)
    if name in names and not replace:
        raise DataError(
            f"{FILE_NAME} has a table {name!r} already. Choose another name, or give --replace to "
            "describe that table anew."
        )
    if name in names:
        _table(description, name)
    entry = copy.deepcopy(_table(description, like))
    for key in _OWN:
        entry.pop(key, None)
    for key in _OWN_TO_SUMS:
        for rule in entry.get(key, []):
            rule.pop("kecuali", None)
    entry |= {
        "name": name,
        "path": f"{name}.csv",
        "title": own.title,
        "description": own.title,
        "sources": [_source(own)],
        "ketentuan": own.terms,
        "tanggal_acuan": own.date.isoformat(),
    }
    if own.basis is not None:
        entry["wilayah"] = own.basis
    _update(entry, raw)
    _describe_places(entry, own, raw)
    if own.limits:
        entry["batasan"] = list(own.limits)
    if name in names:
        description["resources"][names.index(name)] = entry
    else:
        description["resources"].append(entry)
    for line, column, reason in confirmed:
        _confirm(entry, line, column, reason, raw)
    tables = _check(raw, description, [name])
    _write(raw, description)
    return len(tables[name])


def confirm_value(name: str, line: int, column: str, reason: str, raw: Path = RAW) -> str:
    """Note that a value out of its range is right, and why; return the value.

    Parameters
    ----------
    name : str
        Name of the table.
    line, column : int, str
        Where the value stands, as the message that refused it says.
    reason : str
        Why it is right: what was compared with what.
    raw : Path
        Folder with the tables and their description.

    Raises
    ------
    DataError
        If there is no such value, it is not out of its range, or the table is refused for another
        reason; nothing is written then.
    """
    description = _read_whole(raw)
    entry = _table(description, name)
    value = _confirm(entry, line, column, reason, raw)
    _check(raw, description, [name])
    _write(raw, description)
    return value


def remove_table(name: str, raw: Path = RAW) -> Path:
    """Take a table out of the description; return its file, which stays.

    Raises
    ------
    DataError
        If there is no such table, or a tidy table or another raw one needs it; nothing is
        written then.
    """
    description = _read_whole(raw)
    entry = _entry(description, name)
    made = [tidy for tidy, recipe in PROCESSED_TABLES.items() if name in recipe.tables]
    if made:
        raise DataError(
            f"Table {name!r} cannot be removed: it is needed to make {', '.join(made)}. Describe a "
            "new edition of it with `add --replace` instead."
        )
    description["resources"].remove(entry)
    try:
        package = _parse(raw, description)
        for recipe in PROCESSED_TABLES.values():
            recipe.inputs(package)
    except DataError as error:
        raise DataError(f"Table {name!r} cannot be removed: {error}") from error
    _write(raw, description)
    return raw / str(entry["path"])


def _read(raw: Path) -> dict[str, Any]:
    file = raw / FILE_NAME
    content = read_bytes(file, advice="Restore it, then run again.")
    try:
        description: dict[str, Any] = json.loads(content)
        places = [(entry["name"], entry["path"]) for entry in description["resources"]]
        wrong = [
            f"{name!r}, {path!r}"
            for name, path in places
            if not isinstance(name, str) or path not in (f"{name}.csv", f"{name}.geojson")
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{file} cannot be read as a list of entries with a name and a path: {error!r}. "
            "Correct it, then run again."
        ) from error
    if wrong:
        raise DataError(
            f"{file}: the path of a table is its name and .csv, that of outlines its name and "
            f".geojson, which is not so for {'; '.join(wrong)}. Correct them, then run again."
        )
    for name, _ in places:
        _check_name(name)
    return description


def _read_whole(raw: Path) -> dict[str, Any]:
    """Return the description, of which nothing is missing."""
    description = _read(raw)
    _parse(raw, description)
    return description


def _entry(description: dict[str, Any], name: str) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = {e["name"]: e for e in description["resources"]}
    if name not in entries:
        raise DataError(f"{FILE_NAME} has no table {name!r}. It has {', '.join(entries)}.")
    return entries[name]


def _table(description: dict[str, Any], name: str) -> dict[str, Any]:
    entry = _entry(description, name)
    if "schema" not in entry:
        raise DataError(
            f"{name!r} is no table but {entry['path']}, a file of outlines. Outlines are described "
            f"by hand in {FILE_NAME}; `python -m analysis.datasets` writes their hash."
        )
    return entry


def _check_name(name: str) -> None:
    if not re.fullmatch(NAME_PATTERN, name):
        raise DataError(
            f"A table cannot be named {name!r}: a name has small letters, digits, _ and - only and "
            "starts with a letter or digit, such as pns_provinsi_2020. The file has the same name "
            "and .csv."
        )


def _update(entry: dict[str, Any], raw: Path) -> bool:
    """Bring hash and size of an entry up to its file; return whether they changed."""
    content = read_bytes(
        raw / entry["path"], advice=f"Put {entry['path']} into {raw}, or remove its entry."
    )
    state = {"bytes": len(content), "hash": file_hash(content)}
    differs = any(entry.get(key) != value for key, value in state.items())
    entry.update(state)
    return differs


def _source(own: Particulars) -> dict[str, str]:
    named = {"title": own.source, "publisher": own.publisher}
    return named | ({"path": own.link} if own.link else {})


def _describe_places(entry: dict[str, Any], own: Particulars, raw: Path) -> None:
    """Say of a table by kabupaten and kota what it covers, and describe its own columns."""
    if "cakupan" not in entry:
        if own.coverage or own.without or own.people:
            raise DataError(
                "Coverage, what is missing and columns of people are said of tables by kabupaten "
                "and kota: describe the table like dokter_kabkota_2020 or kabkota_2024."
            )
        return
    if own.coverage:
        entry["cakupan"] = own.coverage
    if own.without:
        entry["tanpa"] = sorted(own.without)
    file = raw / entry["path"]
    header = header_of(decode(file, read_bytes(file, advice="Put it there first.")))
    if len(header) > 1:  # else no comma separates its columns, which reading it says better
        fit_to_header(entry, header, own.people)


def _confirm(entry: dict[str, Any], line: int, column: str, reason: str, raw: Path) -> str:
    """Add a confirmation to an entry; return the value confirmed."""
    file = raw / entry["path"]
    columns = [field["name"] for field in entry["schema"]["fields"]]
    content = read_bytes(file, advice="Put it there first.")
    cells = read_cells(file, decode(file, content), columns)
    row = line - FIRST_LINE
    if column not in columns or row not in cells.index:
        raise DataError(
            f"{file} has no column {column!r} or no row that starts on line {line}. Take both from "
            f"the message that refused the value; the columns are {', '.join(columns)}."
        )
    keys = entry["schema"]["primaryKey"]
    value = str(cells.at[row, column])
    entry.setdefault("dikonfirmasi", []).append(
        {
            "kolom": column,
            "baris": {key: str(cells.fillna("").at[row, key]) for key in keys},
            "nilai": value,
            "alasan": reason,
        }
    )
    return value


def _parse(raw: Path, description: dict[str, Any]) -> Package:
    return parse_package(json.dumps(description), what=str(raw / FILE_NAME))


def _check(raw: Path, description: dict[str, Any], names: list[str]) -> RawTables:
    """Read the tables named and build every tidy table that depends on them."""
    tables = RawTables(raw, _parse(raw, description))
    for name in names:
        tables[name]
    for recipe in PROCESSED_TABLES.values():
        if set(names) & set(recipe.inputs(tables.package)):
            recipe.build(tables)
    return tables


def _write(raw: Path, description: dict[str, Any]) -> None:
    atomic_write(raw / FILE_NAME, json.dumps(description, ensure_ascii=False, indent=2) + "\n")
