"""Which of a file's columns are which: a small TOML file, drafted from the headings found.

`[berkas]` says how the file is read, where it has two readings (the parameters of
`read_office_table`), `[kolom]` which heading stands for which field. A heading is recognised if it
is one of the field's synonyms, exactly, after small letters and without punctuation; never because
it is similar. What is not recognised is drafted as a comment.
"""

import re
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from analysis.datasets.office_tables.office_table import OfficeTable
from analysis.datasets.office_tables.personal import normalised
from analysis.datasets.office_tables.reading import read_office_table
from analysis.errors import DataError
from analysis.files import read_bytes
from analysis.messages import some

# Keys of [berkas]: the parameter each sets, the types it may have, an example, what it is.
_READING: dict[str, tuple[str, type | tuple[type, ...], object, str]] = {
    "lembar": ("sheet", str, "Sheet1", "sheet of the workbook"),
    "pemisah": ("separator", str, ";", "what stands between cells"),
    "judul": ("header", (int, list), [4, 5], "row of the heading, or its first and last row"),
    "baris": ("rows", list, [1, 40], "first and last row to read"),
    "kolom_berkas": ("columns", str, "A:H", "first and last column to read"),
    "desimal": ("decimal", str, ",", 'decimal mark, "," or "."'),
    "nol": ("zero", list, ["-"], "filler that means none"),
    "bagian": ("sections", str, "Unit", "column for single words that stand between rows"),
    "jumlah": ("totals", list, [8, 11], "rows that are totals"),
    "pertahankan": ("keep", list, [8], "rows that look like totals and are none"),
}


@dataclass(frozen=True)
class Field:
    """A field that a column may stand for.

    Attributes
    ----------
    name : str
        Its key in the mapping.
    synonyms : frozenset of str
        Headings it is recognised by, normalised.
    says : str
        What it is, for the draft.
    needed : bool
    columns : int
        How many columns it has, one for each year; their headings are a synonym and a number.
    """

    name: str
    synonyms: frozenset[str]
    says: str
    needed: bool = False
    columns: int = 1


class Headed(Protocol):
    """What a mapping is drafted for: a file, its headings, and those that hold data of persons."""

    @property
    def file(self) -> Path: ...  # noqa: D102
    @property
    def headings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def personal(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True)
class ColumnMapping:
    """What a mapping file says.

    Attributes
    ----------
    what : str
        Its name, for messages.
    columns : mapping of str to tuple of str
        Headings of each field.
    reading : mapping of str to object
        Parameters of `read_office_table`.
    options : mapping of str to object
        The other tables of the file.
    """

    what: str
    columns: Dict[str, tuple[str, ...]]
    reading: Dict[str, Any] = field(default_factory=dict)
    options: Dict[str, Any] = field(default_factory=dict)

    def read(self, file: Path | str) -> OfficeTable:
        """Return the table of a file, read as the mapping says.

        Raises
        ------
        DataError
            As `read_office_table`, or if a heading of the mapping is not in the file.
        """
        wanted = tuple(heading for each in self.columns.values() for heading in each)
        table = read_office_table(file, **self.reading, wanted=wanted)
        absent = [
            f"{name} = {heading!r}"
            for name, headings in self.columns.items()
            for heading in headings
            if heading not in table.headings
        ]
        if absent:
            raise DataError(
                f"{self.what}, [kolom]: {some(absent)}: no column of {table.what} is "
                f"headed so; there are {', '.join(map(repr, table.headings))}. Write headings as "
                "they stand there, or draft the mapping anew."
            )
        return table


def draft_mapping(table: Headed, fields: tuple[Field, ...], *, reading: Dict[str, Any]) -> str:
    """Return the text of a mapping, with the headings that are recognised.

    Parameters
    ----------
    table : OfficeTable, or what else has a file and headings
    fields : tuple of Field
    reading : mapping of str to object
        Parameters that the table was read with, to be written down.
    """
    found = {each.name: recognised(table.headings, each) for each in fields}
    lines = [
        f"# Columns of {table.file.name}. Check every line: a heading was recognised by its exact",
        "# name only. Lines that begin with # say nothing.",
        "",
        "[berkas]",
        *(_reading_line(key, reading) for key in _READING),
        "",
        "[kolom]",
        *(line for each in fields for line in _field_lines(each, found[each.name])),
    ]
    taken = {heading for headings in found.values() for heading in headings}
    others = [h for h in table.headings if h not in taken and h not in table.personal]
    if others:
        lines += [
            "",
            "# Headings that were not recognised:",
            *(f"# ... = {_toml(h)}" for h in others),
        ]
    personal = [heading for heading in table.personal if heading not in taken]
    if personal:
        lines += ["", "# Data of persons, which is not read unless a field names it:"]
        lines += [f"# ... = {_toml(heading)}" for heading in personal]
    return "\n".join(lines) + "\n"


def read_mapping(
    file: Path | str, fields: tuple[Field, ...], options: Dict[str, type]
) -> ColumnMapping:
    """Return what a mapping file says.

    Parameters
    ----------
    file : Path or str
    fields : tuple of Field
        The fields that there are.
    options : mapping of str to type
        The other tables it may have, and the type of what they hold.

    Raises
    ------
    DataError
        If it is no TOML, has a key that nobody reads, or lacks a field that is needed.
    """
    path = Path(file)
    content = read_bytes(path, advice="Draft one with the command draft, then run again.")
    try:
        said = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path} is no TOML in UTF-8 ({error}). Correct the line.") from error
    return as_mapping(said, fields, options, what=str(path))


def as_mapping(
    said: Dict[str, Any], fields: tuple[Field, ...], options: Dict[str, type], *, what: str
) -> ColumnMapping:
    """Return what a mapping says; see `read_mapping`."""
    _refuse_unknown(said, {"berkas", "kolom", *options}, f"{what}: table")
    for name, kind in options.items():
        if not isinstance(said.get(name, kind()), kind):
            raise DataError(f"{what}, [{name}]: expected a table of keys and values.")
    known = {each.name: each for each in fields}
    columns = said.get("kolom", {})
    _refuse_unknown(columns, set(known), f"{what}, [kolom]: field")
    lacking = [each.name for each in fields if each.needed and each.name not in columns]
    if lacking:
        raise DataError(
            f"{what}, [kolom]: {some(lacking)} is missing. Write which heading it is, such as "
            f'{lacking[0]} = "{lacking[0].title()}".'
        )
    return ColumnMapping(
        what,
        {name: _headings(value, known[name], what) for name, value in columns.items()},
        _parameters(said.get("berkas", {}), what),
        {name: said.get(name, kind()) for name, kind in options.items()},
    )


def recognised(headings: tuple[str, ...], each: Field) -> list[str]:
    """Return the headings that stand for a field, by its synonyms."""
    names = {
        heading: normalised(re.sub(r" \(kolom [A-Z]+\)$", "", heading)) for heading in headings
    }
    if each.columns == 1:
        return [heading for heading, name in names.items() if name in each.synonyms]
    numbered = [
        (heading, match)
        for heading, name in names.items()
        if (match := re.fullmatch(r"(.+?) (?:tahun |t)?(\d{1,4})", name))
    ]
    return [heading for heading, match in numbered if match.group(1) in each.synonyms]


def _field_lines(each: Field, found: list[str]) -> list[str]:
    if each.columns > 1:
        if len(found) == each.columns:
            return [f"{each.name} = [{', '.join(map(_toml, found))}]"]
        maybe = f", found {len(found)}: {', '.join(map(_toml, found))}" if found else ""
        return [f"# {each.name} = []  # {each.says}: {each.columns} headings{maybe}"]
    if len(found) == 1:
        return [f"{each.name} = {_toml(found[0])}"]
    if found:
        return [f"# {each.name} = {_toml(h)}  # one of {len(found)}: choose" for h in found]
    must = "NEEDED: " if each.needed else ""
    return [f'# {each.name} = ""  # {must}{each.says}']


def _reading_line(key: str, reading: Dict[str, Any]) -> str:
    parameter, _, example, says = _READING[key]
    value = reading.get(parameter)
    if value in (None, ()):
        return f"# {key} = {_toml(example)}  # {says}"
    return f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _headings(value: object, each: Field, what: str) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    if len(found) != each.columns or not all(isinstance(h, str) and h for h in found):
        wanted = "one heading" if each.columns == 1 else f"a list of {each.columns} headings"
        raise DataError(
            f"{what}, [kolom] {each.name}: expected {wanted} in quotation marks, but it is "
            f"{value!r}. {each.says[0].upper()}{each.says[1:]}."
        )
    return tuple(found)


def _parameters(said: Dict[str, Any], what: str) -> dict[str, Any]:
    _refuse_unknown(said, set(_READING), f"{what}, [berkas]: key")
    found: dict[str, Any] = {}
    for key, value in said.items():
        parameter, kind, example, says = _READING[key]
        pair = key in ("judul", "baris") and isinstance(value, list)
        numbers = key in ("jumlah", "pertahankan") or pair
        wrong = not isinstance(value, kind) or isinstance(value, bool)
        if not wrong and isinstance(value, list):
            wrong = any(type(v) is not (int if numbers else str) for v in value)
            wrong |= pair and len(value) != 2
        if wrong or (key == "desimal" and value not in (",", ".")):
            raise DataError(
                f"{what}, [berkas] {key}: {value!r} is not {says}, such as {_toml(example)}."
            )
        found[parameter] = tuple(value) if isinstance(value, list) else value
    return found


def _refuse_unknown(said: Dict[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(set(said) - known)
    if unknown:
        raise DataError(
            f"{what} {some(map(repr, unknown))} is not known; there are {', '.join(sorted(known))}."
        )
