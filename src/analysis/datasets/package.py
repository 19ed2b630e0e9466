"""The description of the raw tables: a Frictionless Data Package with a few keys of our own."""

import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.errors import DataError

FILE_NAME = "datapackage.json"

PROVINCES, SPLITS = "provinsi", "pemekaran"  # the tables that every table by province is held to

FieldType = Literal["string", "integer", "number", "date"]
Role = Literal["pns_provinsi", "penduduk_provinsi", "wilayah_provinsi"]


class _Entry(BaseModel):
    # A key nobody reads is a misspelt one: refuse it rather than pass over what it was to say.
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Constraints(_Entry):
    """What the values of a column must satisfy."""

    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: list[str | int] | None = None


class TableField(_Entry):
    """A column: its name, type, unit and meaning."""

    name: str
    title: str
    type: FieldType
    unit: str
    description: str
    constraints: Constraints = Constraints()


class Reference(_Entry):
    """The table and columns a foreign key points to."""

    resource: str
    fields: list[str]


class ForeignKey(_Entry):
    """Columns whose values must exist in another table."""

    fields: list[str]
    reference: Reference


class Schema(_Entry):
    """The columns of a table, in order, and its keys."""

    fields: list[TableField] = Field(min_length=1)
    primary_key: list[str] = Field(alias="primaryKey", min_length=1)
    foreign_keys: list[ForeignKey] = Field(alias="foreignKeys", default=[])
    missing_values: list[Literal[""]] = Field(alias="missingValues", default=[""])


class Source(_Entry):
    """Where the figures come from."""

    title: str
    publisher: str
    path: str | None = None


class KnownTotal(_Entry):
    """A published total that the column must add up to, over the rows that match the filter."""

    kolom: str
    nilai: float
    sumber: str
    saring: dict[str, str] = {}


class RowSum(_Entry):
    """A column that must equal the sum of others in every row, known source errors excepted."""

    jumlah: str
    bagian: list[str]
    kecuali: list[dict[str, str]] = []


class Resource(_Entry):
    """One raw table."""

    name: str = Field(pattern=r"^[a-z0-9._-]+$")
    path: str = Field(pattern=r"^[^/.][^/]*\.csv$")
    title: str
    description: str
    sources: list[Source] = Field(min_length=1)
    ketentuan: str
    profile: Literal["tabular-data-resource"] = "tabular-data-resource"
    format: Literal["csv"] = "csv"
    mediatype: Literal["text/csv"] = "text/csv"
    encoding: Literal["utf-8"] = "utf-8"
    bytes: int
    hash: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    table: Schema = Field(alias="schema")
    tanggal_acuan: dt.date
    peran: Role | None = None
    jenis: Literal["sensus", "registrasi"] | None = None
    wilayah: str | None = None
    jumlah_diketahui: list[KnownTotal] = []
    penjumlahan_baris: list[RowSum] = []
    catatan: list[str] = []

    @model_validator(mode="after")
    def _columns_exist(self) -> Self:
        known = {field.name for field in self.table.fields}
        named = [
            *self.table.primary_key,
            *(name for key in self.table.foreign_keys for name in key.fields),
            *(name for total in self.jumlah_diketahui for name in [total.kolom, *total.saring]),
            *(name for rule in self.penjumlahan_baris for name in [rule.jumlah, *rule.bagian]),
            *(n for rule in self.penjumlahan_baris for rows in rule.kecuali for n in rows),
        ]
        unknown = sorted(set(named) - known)
        if unknown:
            raise ValueError(f"the entry speaks of columns that schema.fields lacks: {unknown}")
        return self


class Package(_Entry):
    """All raw tables of a folder."""

    name: str
    title: str
    description: str
    profile: Literal["tabular-data-package"] = "tabular-data-package"
    resources: list[Resource]

    @model_validator(mode="after")
    def _one_entry_each(self) -> Self:
        for kind in ("name", "path"):
            found = [getattr(resource, kind) for resource in self.resources]
            repeated = sorted({value for value in found if found.count(value) > 1})
            if repeated:
                raise ValueError(f"more than one entry has the {kind} {repeated}")
        return self

    def __getitem__(self, name: str) -> Resource:
        """Return the table of that name.

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

    def with_role(self, role: str) -> list[str]:
        """Return the names of the tables that play a role, by reference date."""
        playing = [resource for resource in self.resources if resource.peran == role]
        return [r.name for r in sorted(playing, key=lambda r: (r.tanggal_acuan, r.name))]

    def held_to(self, name: str) -> list[str]:
        """Return the names of the other tables that a table is checked against."""
        resource = self[name]
        direct = [key.reference.resource for key in resource.table.foreign_keys]
        direct += [PROVINCES, SPLITS] if resource.wilayah is not None else []
        return sorted({other for known in direct for other in [known, *self.held_to(known)]})


def read_package(raw: Path) -> Package:
    """Return the description of the tables in a folder.

    Raises
    ------
    DataError
        If the file is missing or an entry lacks something; every problem is listed.
    """
    file = raw / FILE_NAME
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise DataError(
            f"{file} is missing. Restore it with `git checkout -- {FILE_NAME}` in its folder."
        ) from error
    try:
        return Package.model_validate_json(content)
    except ValidationError as error:
        problems = "\n".join(f"  {_place(p['loc'], content)}: {p['msg']}" for p in error.errors())
        raise DataError(
            f"{file} does not describe its tables fully:\n{problems}\n"
            "Add or correct these keys; the other entries of the file show how."
        ) from error


def _place(location: tuple[int | str, ...], content: bytes) -> str:
    """Return where a problem is, with the name of the table instead of its number."""
    if len(location) > 1 and location[0] == "resources":
        entry: Any = json.loads(content)["resources"][location[1]]
        named = entry.get("name") if isinstance(entry, dict) else None
        location = (f"table {named or location[1]}", *location[2:])
    return ", ".join(str(part) for part in location) or "the file"
