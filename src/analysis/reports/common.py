"""What several reports can say: of central staff, population, intervals, methods and sources.

The words are in `texts/common.<language>.md`; like those of a report, each group speaks of one
finding.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.datasets import (
    PROCESSED_TABLES,
    Resource,
    central_staff_at,
    population_counts,
    read_package,
)
from analysis.datasets.package import RawFile
from analysis.datasets.population import Kind
from analysis.inequality import MEASURES
from analysis.paths import RAW
from analysis.reports.gated_findings import GATED_FINDINGS


@dataclass(frozen=True)
class Central:
    """The staff of central agencies in one province."""

    name: str
    date: dt.date
    staff: int
    total: int

    @property
    def share(self) -> float:
        """Their part of all who work there."""
        return self.staff / self.total


@dataclass(frozen=True)
class CentralStaff:
    """The central staff that the counts of a province include.

    `largest` is the province with the largest share of them; None if nothing is known near the
    date.
    """

    date: dt.date
    largest: Central | None
    known: int  # provinces for which the split is known
    provinces: int


def central_staff(central: pd.DataFrame, codes: Collection[str], date: dt.date) -> CentralStaff:
    """Return what is known of central staff.

    Parameters
    ----------
    central : DataFrame
        The table `asn_pusat_daerah`.
    codes : collection of str
        Provinces of the report, by `kode_kemendagri`.
    date : date
        Date of the staff counts.
    """
    near = central_staff_at(central, date)
    near = near[near["kode_kemendagri"].isin(codes)]
    if near.empty:
        return CentralStaff(date, None, 0, len(codes))
    row = near.iloc[int((near["pusat"] / near["total"]).argmax())]
    largest = Central(row["nama"], row["tanggal"].date(), int(row["pusat"]), int(row["total"]))
    return CentralStaff(date, largest, len(near), len(codes))


@dataclass(frozen=True)
class Count:
    """A count of people: a census or a register, and its date."""

    kind: Literal["sensus", "registrasi"]
    date: dt.date


@dataclass(frozen=True)
class Population:
    """The one or two counts that the population of a date comes from."""

    date: dt.date
    counts: tuple[Count, ...]


def population(table: pd.DataFrame, date: dt.date, kind: Kind) -> Population:
    """Return the counts behind the population; `table` is `penduduk_provinsi`."""
    rows = population_counts(table, date, kind=kind).drop_duplicates("tanggal")
    counts = zip(rows["jenis"], rows["tanggal"].dt.date, strict=True)
    return Population(date, tuple(Count(jenis, day) for jenis, day in sorted(counts, key=_date)))


def _date(count: tuple[str, dt.date]) -> dt.date:
    return count[1]


@dataclass(frozen=True)
class Interval:
    """What intervals take to be random, and how often they are to cover."""

    randomness: Literal["superpopulation", "count"]
    level: float


@dataclass(frozen=True)
class Formula:
    """A measure, how it is computed and who proposed it."""

    measure: str
    formula: str
    reference: str


@dataclass(frozen=True)
class Methods:
    """The measures of a report."""

    measures: tuple[Formula, ...]


def methods(measures: Sequence[str]) -> Methods:
    """Return formula and reference of each measure."""
    found = [MEASURES[name] for name in measures]
    return Methods(tuple(Formula(each.name, each.formula, each.reference) for each in found))


@dataclass(frozen=True)
class Origin:
    """A publication that figures come from."""

    title: str
    publisher: str
    address: str | None


@dataclass(frozen=True)
class SourceTable:
    """A raw file as its description presents it; terms and notes are in Indonesian.

    Outlines for maps have an edition in their title, and no date.
    """

    title: str
    origins: tuple[Origin, ...]
    date: dt.date | None
    terms: str
    notes: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Sources:
    """The raw tables behind a report."""

    tables: tuple[SourceTable, ...]

    @property
    def credits(self) -> tuple[dict[str, str], ...]:
        """What files that leave the page say of where their figures come from."""
        return tuple(
            {
                "title": origin.title,
                "publisher": origin.publisher,
                "address": origin.address or "",
                "date": table.date.isoformat() if table.date else "",
                "terms": table.terms,
            }
            for table in self.tables
            for origin in table.origins
        )


def sources(
    used: Mapping[str, Collection[dt.date] | None], *, without: Collection[str] = ()
) -> Sources:
    """Return the raw tables behind tidy ones.

    Parameters
    ----------
    used : mapping of str to collection of date, or None
        For each tidy table the dates that were read of it, or None for all of it. Of the raw
        tables that were stacked, only those of these dates are listed.
    without : collection of str, optional
        Raw tables of which a report reads no row, though they are in a tidy one.
    """
    package = read_package(RAW)
    names = dict.fromkeys(
        name
        for table, dates in used.items()
        for name in PROCESSED_TABLES[table].inputs(package)
        if name not in without and (dates is None or _is_of(package[name], dates))
    )
    return Sources(
        tuple(
            SourceTable(
                title=each.title,
                origins=tuple(Origin(s.title, s.publisher, s.path) for s in each.sources),
                date=each.tanggal_acuan if isinstance(each, Resource) else None,
                terms=each.ketentuan,
                notes=tuple(each.catatan),
                file=each.path,
            )
            for each in (package[name] for name in names)
        )
    )


def _is_of(described: RawFile, dates: Collection[dt.date]) -> bool:
    """Return whether a raw file is of these dates, or has none that tables are stacked by."""
    if not isinstance(described, Resource) or described.peran == "tersendiri":
        return True
    return described.tanggal_acuan in dates


COMMON_FINDINGS: Mapping[str, type] = {
    "central_staff": CentralStaff,
    "population": Population,
    "interval": Interval,
    "methods": Methods,
    "sources": Sources,
    "brief_sources": Sources,
    **GATED_FINDINGS,
}
