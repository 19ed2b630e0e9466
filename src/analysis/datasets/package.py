"""The description of all raw tables of a folder: a Frictionless Data Package."""

import json
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Tag, ValidationError, model_validator

from analysis.datasets.description import Entry, ForeignKey, Resource
from analysis.datasets.outline_description import OutlineFile
from analysis.errors import DataError
from analysis.files import read_bytes

FILE_NAME = "datapackage.json"

PROVINCES, SPLITS = "provinsi", "pemekaran"  # the tables that every table by province is held to
KABKOTA, ALIASES = "kabkota", "kabkota_nama_lain"  # and every table by kabupaten and kota


_TABLE, _OUTLINES = "csv", "geojson"


def _kind(entry: Any) -> str:
    given = entry.get("format") if isinstance(entry, dict) else getattr(entry, "format", None)
    return _OUTLINES if given == _OUTLINES else _TABLE


RawFile = Annotated[
    Annotated[Resource, Tag(_TABLE)] | Annotated[OutlineFile, Tag(_OUTLINES)],
    Discriminator(_kind),
]


class Package(Entry):
    """All raw files of a folder: tables, and outlines for maps."""

    name: str
    title: str
    description: str
    profile: Literal["data-package"] = "data-package"
    resources: list[RawFile]

    @property
    def tables(self) -> list[Resource]:
        """The files that are tables."""
        return [each for each in self.resources if isinstance(each, Resource)]

    @model_validator(mode="after")
    def _one_entry_each(self) -> Self:
        found = [resource.name for resource in self.resources]
        repeated = sorted({value for value in found if found.count(value) > 1})
        if repeated:
            raise ValueError(f"more than one entry has the name {repeated}")
        return self

    @model_validator(mode="after")
    def _held_to_tables_that_stand_before(self) -> Self:
        problems = [
            f"table {resource.name}: {problem}"
            for resource in self.tables
            for key in resource.table.foreign_keys
            for problem in self._key_problems(key)
        ]
        problems += [
            f"table {resource.name}: penjumlahan_provinsi compares columns that {whole.tabel} "
            f"lacks: {lacking}"
            for resource in self.tables
            for whole in resource.penjumlahan_provinsi
            if (lacking := sorted(set(whole.kolom) - self._columns_of(whole.tabel)))
        ]
        arrows = {r.name: self._directly_held_to(r) for r in self.resources}
        lacking = sorted({n for held in arrows.values() for n in held} - set(arrows))
        if lacking and not problems:
            problems.append(f"tables are held to {lacking}, which no entry describes")
        if problems:
            raise ValueError("; ".join(problems))
        try:
            TopologicalSorter(arrows).prepare()
        except CycleError as error:
            circle = " -> ".join(error.args[1])
            raise ValueError(
                f"tables are checked against each other in a circle ({circle}): take one of "
                "these foreign keys, or the key wilayah of a table of provinces, away"
            ) from None
        return self

    def __getitem__(self, name: str) -> RawFile:
        """Return the file of that name.

        Raises
        ------
        DataError
            If there is none.
        """
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise DataError(
            f"{FILE_NAME} has no table named {name!r}. It has "
            f"{', '.join(sorted(resource.name for resource in self.resources))}. "
            "Add an entry, or correct the name."
        )

    def table(self, name: str) -> Resource:
        """Return the table of that name.

        Raises
        ------
        DataError
            If there is none, or it is a file of outlines.
        """
        found = self[name]
        if not isinstance(found, Resource):
            raise DataError(f"{name!r} is no table but {found.path}, a file of outlines.")
        return found

    def with_role(self, role: str) -> list[str]:
        """Return the names of the tables that play a role, by reference date."""
        playing = [resource for resource in self.tables if resource.peran == role]
        return [r.name for r in sorted(playing, key=lambda r: (r.tanggal_acuan, r.name))]

    def held_to(self, name: str) -> list[str]:
        """Return the names of the other tables that a table is checked against."""
        direct = self._directly_held_to(self[name])
        return sorted({other for known in direct for other in [known, *self.held_to(known)]})

    def _directly_held_to(self, resource: RawFile) -> list[str]:
        if not isinstance(resource, Resource):
            return []
        return [
            *(key.reference.resource for key in resource.table.foreign_keys),
            *(whole.tabel for whole in resource.penjumlahan_provinsi),
            *([PROVINCES, SPLITS] if resource.wilayah is not None else []),
            *([KABKOTA, ALIASES, PROVINCES, SPLITS] if resource.cakupan is not None else []),
        ]

    def _columns_of(self, name: str) -> set[str]:
        return {n for r in self.tables if r.name == name for n in r.table.names}

    def _key_problems(self, key: ForeignKey) -> Iterator[str]:
        known = {resource.name: resource.table.names for resource in self.tables}
        target = key.reference.resource
        if target not in known:
            yield f"a foreign key points to {target!r}, which no entry describes"
        elif not set(key.reference.fields) <= set(known[target]):
            lacking = sorted(set(key.reference.fields) - set(known[target]))
            yield f"a foreign key points to columns that {target} lacks: {lacking}"


def read_package(raw: Path) -> Package:
    """Return the description of the tables in a folder.

    Raises
    ------
    DataError
        If the file is missing or an entry lacks something; every problem is listed.
    """
    file = raw / FILE_NAME
    content = read_bytes(
        file, advice=f"Restore it with `git checkout -- {FILE_NAME}` in its folder."
    )
    return parse_package(content, what=str(file))


def parse_package(content: bytes | str, *, what: str) -> Package:
    """Return the description written in a file or about to be.

    Raises
    ------
    DataError
        If an entry lacks something or contradicts itself; every problem is listed.
    """
    try:
        return Package.model_validate_json(content)
    except ValidationError as error:
        problems = "\n".join(
            f"  {_place(p['loc'], content)}: {p['msg'].removeprefix('Value error, ')}"
            for p in error.errors()
        )
        raise DataError(
            f"{what} does not describe its tables fully:\n{problems}\n"
            "Add or correct these keys; the other entries of the file show how."
        ) from error


def _place(location: tuple[int | str, ...], content: bytes | str) -> str:
    """Return where a problem is, with the name of the table instead of its number."""
    if len(location) > 1 and location[0] == "resources":
        entry: Any = json.loads(content)["resources"][location[1]]
        named = entry.get("name") if isinstance(entry, dict) else None
        inside = location[3:] if location[2:3] in ((_TABLE,), (_OUTLINES,)) else location[2:]
        location = (f"table {named or location[1]}", *inside)
    return ", ".join(str(part) for part in location) or "the file"
