"""The description of the raw tables: a Frictionless Data Package with a few keys of our own."""

import datetime as dt
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import DataError

FILE_NAME = "datapackage.json"

FieldType = Literal["string", "integer", "number", "date"]


class Constraints(BaseModel):
    """What the values of a column must satisfy."""

    model_config = ConfigDict(extra="forbid")

    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: list[str | int] | None = None


class TableField(BaseModel):
    """A column: its name, type, unit and meaning."""

    model_config = ConfigDict(extra="forbid")

    name: str
    title: str
    type: FieldType
    unit: str
    description: str
    constraints: Constraints = Constraints()


class Reference(BaseModel):
    """The table and columns a foreign key points to."""

    resource: str
    fields: list[str]


class ForeignKey(BaseModel):
    """Columns whose values must exist in another table."""

    fields: list[str]
    reference: Reference


class Schema(BaseModel):
    """The columns of a table, in order, and its keys."""

    model_config = ConfigDict(populate_by_name=True)

    fields: list[TableField] = Field(min_length=1)
    primary_key: list[str] = Field(alias="primaryKey", min_length=1)
    foreign_keys: list[ForeignKey] = Field(alias="foreignKeys", default=[])


class Source(BaseModel):
    """Where the figures come from."""

    title: str
    publisher: str


class KnownTotal(BaseModel):
    """A published total that the column must add up to, over the rows that match the filter."""

    kolom: str
    nilai: float
    sumber: str
    saring: dict[str, str] = {}


class RowSum(BaseModel):
    """A column that must equal the sum of others in every row."""

    jumlah: str
    bagian: list[str]


class Resource(BaseModel):
    """One raw table."""

    name: str
    path: str
    title: str
    description: str
    sources: list[Source] = Field(min_length=1)
    ketentuan: str
    hash: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    table: Schema = Field(alias="schema")
    tanggal_acuan: dt.date
    peran: str | None = None
    jenis: Literal["sensus", "registrasi"] | None = None
    wilayah: str | None = None
    jumlah_diketahui: list[KnownTotal] = []
    penjumlahan_baris: list[RowSum] = []
    catatan: list[str] = []


class Package(BaseModel):
    """All raw tables of a folder."""

    resources: list[Resource]

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


def read_package(raw: Path) -> Package:
    """Return the description of the tables in a folder.

    Raises
    ------
    DataError
        If the file is missing or an entry lacks something; every problem is listed.
    """
    file = raw / FILE_NAME
    try:
        return Package.model_validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise DataError(
            f"{file} is missing. Restore it with `git checkout -- {FILE_NAME}` in its folder."
        ) from error
    except ValidationError as error:
        problems = "\n".join(f"  {_place(p['loc'])}: {p['msg']}" for p in error.errors())
        raise DataError(f"{file} does not describe its tables fully:\n{problems}") from error


def _place(location: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in location)
