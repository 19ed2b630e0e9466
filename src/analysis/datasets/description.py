"""What is said of one raw table: a Frictionless Data Resource with a few keys of our own."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FieldType = Literal["string", "integer", "number", "date"]
Role = Literal[
    "pns_provinsi",
    "penduduk_provinsi",
    "wilayah_provinsi",
    "guru_sd_provinsi",
    "penduduk_kabkota",
    "tenaga_kabkota",
    "tersendiri",
]
Kind = Literal["sensus", "registrasi"]

# What figures cannot support, as keys: reports hold the words for them.
Limit = Literal["bukan_hanya_asn", "terhitung_ganda", "mungkin_tidak_melapor"]

NATIONAL = "nasional"

DATE_KEY = "tanggal_acuan"
# No official figure of the Republic is older, and none is of a time that has not come.
FIRST_DAY, LAST_DAY = dt.date(1945, 8, 17), dt.date(2099, 12, 31)
NAME_PATTERN = r"^[a-z0-9][a-z0-9_-]*$"
_OF_POPULATION = ("penduduk_provinsi", "penduduk_kabkota")
_BY_KABKOTA = ("penduduk_kabkota", "tenaga_kabkota")
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"


def plausible_day(day: dt.date) -> dt.date:
    """Return a date that a figure may have.

    Raises
    ------
    ValueError
        If it is before the Republic or beyond this century.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is not a date from {FIRST_DAY} to {LAST_DAY}")
    return day


class Entry(BaseModel):
    """A part of the description."""

    # A key nobody reads is a misspelt one, and a value of another type a mistaken one: refuse
    # them rather than pass over what they were to say.
    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, strict=True, allow_inf_nan=False
    )


class Constraints(Entry):
    """What the values of a column must satisfy."""

    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: list[str | int] | None = None


class Range(Entry):
    """From where to where the values of a column are plausible, both ends included.

    A value outside is refused until someone confirms it with a reason.
    """

    minimum: float
    maximum: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum:g} is above the maximum {self.maximum:g}")
        return self


class TableField(Entry):
    """A column: its name, type, unit and meaning."""

    name: str
    title: str
    type: FieldType
    unit: str
    description: str
    constraints: Constraints = Constraints()
    kisaran: Range | None = None

    @model_validator(mode="after")
    def _numbers_have_a_range(self) -> Self:
        rules = self.constraints
        numeric = self.type in ("integer", "number") and rules.enum is None
        bounded = self.kisaran is not None or None not in (rules.minimum, rules.maximum)
        if numeric and not bounded:
            raise ValueError(
                f"column {self.name} has numbers and needs kisaran, the range they are plausible "
                'in: {"minimum": ..., "maximum": ...}'
            )
        if self.kisaran is not None and not numeric:
            raise ValueError(f"column {self.name} has no numbers, so that kisaran says nothing")
        return self


class Reference(Entry):
    """The table and columns a foreign key points to."""

    resource: str
    fields: list[str] = Field(min_length=1)


class ForeignKey(Entry):
    """Columns whose values must exist in another table."""

    fields: list[str] = Field(min_length=1)
    reference: Reference

    @model_validator(mode="after")
    def _of_one_length(self) -> Self:
        if len(self.fields) != len(self.reference.fields):
            raise ValueError("fields and reference.fields must be as many columns")
        return self


class Schema(Entry):
    """The columns of a table, in order, and its keys."""

    fields: list[TableField] = Field(min_length=1)
    primary_key: list[str] = Field(alias="primaryKey", min_length=1)
    foreign_keys: list[ForeignKey] = Field(alias="foreignKeys", default=[])
    missing_values: list[Literal[""]] = Field(alias="missingValues", default=[""])

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]


class Source(Entry):
    """Where the figures come from; `path` is the link to it."""

    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    path: str | None = Field(pattern=r"^https?://\S+$", default=None)


class KnownTotal(Entry):
    """A published total that the column must add up to, over the rows that match the filter."""

    kolom: str
    nilai: float
    sumber: str
    saring: dict[str, str] = {}


class RowSum(Entry):
    """A column that must equal the sum of others in every row, known source errors excepted."""

    jumlah: str
    bagian: list[str] = Field(min_length=1)
    kecuali: list[dict[str, str]] = []


class GroupSum(Entry):
    """A row that must equal the sum of other rows, known source errors excepted.

    Rows are taken together that have the same values in the columns `per`. Where such a group has
    rows whose value in the column `menurut` is in `bagian`, they must add up, in each of the
    columns `kolom`, to the row whose value is `jumlah`. A part that the source leaves empty is
    left out.
    """

    kolom: list[str] = Field(min_length=1)
    per: list[str] = Field(min_length=1)
    menurut: str
    jumlah: str
    bagian: list[str] = Field(min_length=1)
    kecuali: list[dict[str, str]] = []


class ProvinceSum(Entry):
    """A provincial table that the kabupaten and kota of every province must add up to.

    The columns `kolom` add up to those of the same name in the table `tabel`. With `cacah`, the
    rows that have a value in that column are as many as `tabel` has in the column named like the
    value.
    """

    tabel: str
    kolom: list[str] = []
    cacah: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.kolom and self.cacah is None:
            raise ValueError("penjumlahan_provinsi needs kolom or cacah")
        return self


class Confirmation(Entry):
    """A value that looks wrong and is right, with the reason.

    `kolom` and `baris` (the values of the primary key) say where it stands; without `baris`,
    `kolom` is a key of the description.
    """

    kolom: str
    baris: dict[str, str] = {}
    nilai: str
    alasan: str = Field(min_length=10)


class File(Entry):
    """One raw file, whatever is in it."""

    name: str = Field(pattern=NAME_PATTERN)
    path: str
    title: str = Field(min_length=1)
    description: str
    sources: list[Source] = Field(min_length=1)
    ketentuan: str = Field(min_length=1)
    encoding: Literal["utf-8"] = "utf-8"
    bytes: int = Field(ge=0)
    hash: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    catatan: list[str] = []


class Resource(File):
    """One raw table.

    With `wilayah`, the set of provinces that its rows are held to; rows of the names in
    `di_luar_provinsi`, such as schools abroad, have no code and stand beside them.
    """

    profile: Literal["tabular-data-resource"] = "tabular-data-resource"
    format: Literal["csv"] = "csv"
    mediatype: Literal["text/csv"] = "text/csv"
    table: Schema = Field(alias="schema")
    tanggal_acuan: Annotated[dt.date, AfterValidator(plausible_day)]
    peran: Role
    jenis: Kind | None = None
    wilayah: str | None = None
    cakupan: Literal["nasional"] | Annotated[list[str], Field(min_length=1)] | None = None
    tanpa: list[str] = []
    di_luar_provinsi: list[str] = []
    jumlah_baris: int | None = Field(gt=0, default=None)
    jumlah_diketahui: list[KnownTotal] = []
    penjumlahan_baris: list[RowSum] = []
    penjumlahan_kelompok: list[GroupSum] = []
    penjumlahan_provinsi: list[ProvinceSum] = []
    batasan: list[Limit] = []
    dikonfirmasi: list[Confirmation] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        problems = [
            *self._name_problems(),
            *self._confirmation_problems(),
            *self._kind_problems(),
            *self._coverage_problems(),
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _name_problems(self) -> Iterator[str]:
        if self.path != f"{self.name}.csv":
            yield f"path must be {self.name}.csv, not {self.path!r}"
        names = self.table.names
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            yield f"schema.fields has more than one column {repeated}"
        unknown = sorted(set(self._columns_named()) - set(names))
        if unknown:
            yield f"the entry speaks of columns that schema.fields lacks: {unknown}"
        if self.di_luar_provinsi and self.wilayah is None:
            yield "di_luar_provinsi names rows beside provinces, and needs wilayah"

    def _columns_named(self) -> Iterator[str]:
        yield from self.table.primary_key
        yield from ("kode_kemendagri", "nama") if self.di_luar_provinsi else ()
        for key in self.table.foreign_keys:
            yield from key.fields
        for total in self.jumlah_diketahui:
            yield from (total.kolom, *total.saring)
        for sum_ in self.penjumlahan_baris:
            yield from (sum_.jumlah, *sum_.bagian, *(n for rows in sum_.kecuali for n in rows))
        for group in self.penjumlahan_kelompok:
            yield from (*group.kolom, *group.per, group.menurut)
            yield from (n for rows in group.kecuali for n in rows)
        for whole in self.penjumlahan_provinsi:
            yield from (*whole.kolom, *([whole.cacah] if whole.cacah else []))
        for said in self.dikonfirmasi:
            yield from (said.kolom, *said.baris) if said.baris else ()

    def _confirmation_problems(self) -> Iterator[str]:
        ranged = {field.name for field in self.table.fields if field.kisaran is not None}
        for said in self.dikonfirmasi:
            if said.baris and not (said.kolom in ranged and re.fullmatch(_NUMBER, said.nilai)):
                yield f"dikonfirmasi, {said.kolom}: a number of a column with kisaran is meant"
            if said.baris and list(said.baris) != self.table.primary_key:
                yield f"dikonfirmasi, {said.kolom}: baris must give {self.table.primary_key}"
            if not said.baris and said.kolom != DATE_KEY:
                yield f"dikonfirmasi, {said.kolom}: baris is missing"

    def _coverage_problems(self) -> Iterator[str]:
        by_kabkota = self.peran in _BY_KABKOTA
        if by_kabkota and self.cakupan is None:
            yield f"the peran {self.peran!r} needs cakupan: 'nasional', or a list of provinces"
        if self.tanpa and self.cakupan is None:
            yield "tanpa says what a table lacks of what cakupan says that it covers: add cakupan"
        if self.cakupan is not None and not {"kode_kemendagri", "nama"} & set(self.table.names):
            yield "a table with cakupan needs a column kode_kemendagri, or nama to be read by"

    @property
    def provinces(self) -> list[str] | None:
        """The provinces that a table by kabupaten and kota covers; None for all of them."""
        return self.cakupan if isinstance(self.cakupan, list) else None

    def _kind_problems(self) -> Iterator[str]:
        if self.peran not in _OF_POPULATION:
            if self.jenis is not None:
                yield f"jenis says nothing of a table whose peran is {self.peran!r}"
            return
        if self.jenis is None:
            yield f"the peran {self.peran!r} needs jenis: 'sensus' or 'registrasi'"
            return
        day = self.tanggal_acuan
        confirmed = any(
            said.kolom == DATE_KEY and said.nilai == day.isoformat() for said in self.dikonfirmasi
        )
        rule = _out_of_season(self.jenis, day)
        if rule and not confirmed:
            yield (
                f"jenis is {self.jenis!r} and tanggal_acuan is {day}, but {rule}: correct one of "
                "them, or confirm the date with its reason in dikonfirmasi"
            )


def _out_of_season(kind: Kind, day: dt.date) -> str:
    """Return the rule that a count of population of a kind has another date, or nothing."""
    if kind == "sensus" and day.year % 10:
        return "a census of population is held in a year that ends in 0 (PP 51/1999)"
    if kind == "registrasi" and (day.month, day.day) not in {(6, 30), (12, 31)}:
        return "a register of population is published as of 30 June and 31 December (UU 24/2013)"
    return ""
