"""Describe the columns of a table by kabupaten and kota, which each publisher names in its way."""

import csv
import io
from collections.abc import Collection, Mapping
from typing import Any

from analysis.datasets.description import Resource
from analysis.datasets.package import FILE_NAME
from analysis.errors import DataError
from analysis.geography.codebook import CODE, NAME
from analysis.geography.identification import KIND

PEOPLE = "orang"  # the unit of a column that counts staff

# Above what any kabupaten has of one profession: it catches digits that were pasted together.
_RANGE = {"minimum": 0, "maximum": 100_000}

_UNREAD = "Tidak dibaca."

_PLACES: Mapping[str, dict[str, Any]] = {
    CODE: {
        "title": "Kode kabupaten/kota Kemendagri",
        "unit": "kode",
        "description": "Kode PP.KK Kementerian Dalam Negeri.",
    },
    NAME: {
        "title": "Nama kabupaten/kota",
        "unit": "nama",
        "description": "Nama kabupaten/kota seperti tertulis di sumber.",
    },
    KIND: {
        "title": "Jenis",
        "unit": "nama",
        "description": "Kabupaten atau kota.",
        "enum": ["kabupaten", "kota"],
    },
}


def header_of(text: str) -> list[str]:
    """Return the names in the first line of a CSV file, as far as they can be read."""
    return next(csv.reader(io.StringIO(text, newline="")), [])


def fit_to_header(entry: dict[str, Any], header: list[str], people: Collection[str]) -> None:
    """Change the columns of an entry, copied from a table like it, to those of a file.

    A column that the other table has is described as there, and one that says which place is meant
    or counts people by what it is; the rest is kept as text that nothing reads. Rules about
    columns that are not there are taken out.

    Parameters
    ----------
    entry : dict
        Entry of the description of a table by kabupaten and kota; changed.
    header : list of str
        Names of the columns of the file.
    people : collection of str
        Columns that count staff.

    Raises
    ------
    DataError
        If a column has no name, one of `people` is not there, none is given though columns are
        unknown, or nothing says which place is meant.
    """
    known = {field["name"]: field for field in entry["schema"]["fields"]}
    rest = [name for name in header if not {name} & {*known, *_PLACES, *people}]
    _check(entry["name"], header, people, rest)
    entry["schema"] = {
        "fields": [_field(name, known, people) for name in header],
        "primaryKey": [CODE] if CODE in header else [n for n in (NAME, KIND) if n in header],
        "missingValues": [""],
    }
    entry["penjumlahan_baris"] = [
        rule
        for rule in entry.get("penjumlahan_baris", [])
        if {rule["jumlah"], *rule["bagian"]} <= set(header)
    ]


def unread_columns(resource: Resource) -> list[str]:
    """Return the columns of a table that are kept and not read."""
    return [field.name for field in resource.table.fields if field.description == _UNREAD]


def _check(name: str, header: list[str], people: Collection[str], rest: list[str]) -> None:
    if not all(header):
        raise DataError(
            f"{name}.csv, line 1: column {header.index('') + 1} has no name. Name it, or remove it."
        )
    absent = [column for column in people if column not in header or column in _PLACES]
    if absent:
        raise DataError(
            f"{name}.csv has no column {', '.join(map(repr, absent))} that counts people. It has "
            f"{', '.join(header)}; correct the name."
        )
    if not {CODE, NAME} & set(header):
        raise DataError(
            f"{name}.csv, line 1: no column says which kabupaten or kota is meant. Name it {CODE} "
            f"(PP.KK) or {NAME}, and where one tells kabupaten from kota, {KIND}; there are "
            f"{', '.join(header)}."
        )
    if rest and not people:
        raise DataError(
            f"{name}.csv, line 1: {FILE_NAME} does not know the columns {', '.join(rest)}. Say "
            f"which of them count staff, such as --people {','.join(rest[:2])}; the rest is then "
            "kept and not read."
        )


def _field(
    name: str, known: Mapping[str, dict[str, Any]], people: Collection[str]
) -> dict[str, Any]:
    if name in known and (name not in people or known[name]["unit"] == PEOPLE):
        return known[name]
    title = name.replace("_", " ").capitalize()
    if name in people:
        return {
            "name": name,
            "title": title,
            "type": "integer",
            "unit": PEOPLE,
            "description": f"{title}.",
            "constraints": {"minimum": 0},
            "kisaran": _RANGE,
        }
    if name in _PLACES:
        said = dict(_PLACES[name])
        allowed = {"enum": said.pop("enum")} if "enum" in said else {}
        return {"name": name, "type": "string", "constraints": {"required": True} | allowed} | said
    return {
        "name": name,
        "title": title,
        "type": "string",
        "unit": "teks",
        "description": _UNREAD,
    }
