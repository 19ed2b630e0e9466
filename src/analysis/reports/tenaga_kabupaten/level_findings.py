"""What report 04 can say of the levels: what lies inside provinces, and what that hides."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis import staffing
from analysis.inequality import Confidence
from analysis.reports.common import Formula, methods
from analysis.reports.tenaga_kabupaten import spread
from analysis.reports.values import Named, named


@dataclass(frozen=True)
class Scope:
    """What all sentences are about.

    `kind` is the profession as its table calls it, `province` the only one, None if all are
    there; `missing` names the kabupaten and kota whose count is not known.
    """

    kind: str
    province: str | None
    units: int
    provinces: int
    missing: tuple[str, ...]
    date: dt.date
    people_date: dt.date
    decimals: int  # of ratios in sentences


@dataclass(frozen=True)
class Parts:
    """Shares of Theil T that add up to one."""

    between_islands: float
    between_provinces: float
    inside: float

    @property
    def visible(self) -> float:
        """What provincial figures show."""
        return self.between_islands + self.between_provinces


@dataclass(frozen=True)
class Summary:
    """The answer to the question of the report."""

    scope: Scope
    parts: Parts | None  # None if there is no inequality
    gini: float
    gini_provinces: float | None
    moves: int
    moves_across: int
    staff: int


@dataclass(frozen=True)
class Intervals:
    """How the measures are given, and which are not defined for which level."""

    scope: Scope
    randomness: Literal["superpopulation", "count"]
    level: float
    clustered: bool  # whole provinces are drawn
    undefined: tuple[str, ...]  # measures without a value for units
    unbounded: tuple[str, ...]  # measures with a value and no interval


@dataclass(frozen=True)
class KindShare:
    """A kind of staff and the share of its inequality inside provinces."""

    name: str
    inside: float


@dataclass(frozen=True)
class Levels:
    """The exact decomposition for every kind of staff."""

    scope: Scope
    parts: Parts | None
    theil: float
    kinds: int  # kinds whose inequality can be split
    most: KindShare | None  # the kind with the largest share inside provinces
    least: KindShare | None
    half: int  # kinds of which half or more lies inside provinces


@dataclass(frozen=True)
class Moves:
    """The least moves to an equal ratio everywhere, and those that must leave a province."""

    scope: Scope
    moves: int
    across: int
    inside: int
    inside_share: float | None  # None if nobody would have to move
    staff: int
    share: float  # of staff who would move


@dataclass(frozen=True)
class Ends:
    """A province with the units at its ends."""

    name: str
    gini: float
    low: Named
    high: Named


@dataclass(frozen=True)
class Inside:
    """Which provinces are unequal inside."""

    scope: Scope
    widest: Ends | None  # the highest Gini index of units; None if no province has two units
    evenest: Ends | None
    compared: int  # provinces with two units or more, and staff
    largest: tuple[Named, ...]  # what provinces add to the inequality inside provinces, as shares
    largest_share: float | None  # all of `largest` together; None if there is none inside


@dataclass(frozen=True)
class Approach:
    """How things are computed."""

    scope: Scope
    clustered: bool
    measures: tuple[Formula, ...]


def summary(
    units: pd.DataFrame, gini: float, gini_provinces: float | None, about: Scope
) -> Summary:
    """Return the answer."""
    found = moves(units, about)
    return Summary(
        about, parts(units), gini, gini_provinces, found.moves, found.across, found.staff
    )


def parts(units: pd.DataFrame) -> Parts | None:
    """Return the shares of Theil T at each level."""
    found = spread.nested(units)
    if not found.total:
        return None
    return Parts(
        found.between_outer / found.total,
        found.between_inner / found.total,
        found.within_inner / found.total,
    )


def intervals(table: pd.DataFrame, ci: Confidence, about: Scope) -> Intervals:
    """Return what is said beside a table of measures that was made with `ci`."""
    known = table["estimate"].notna()
    undefined, unbounded = (
        table.loc[~known, "measure"],
        table.loc[known & table["low"].isna(), "measure"],
    )
    return Intervals(
        about,
        "count" if ci.randomness == "count" else "superpopulation",
        ci.level,
        clustered=ci.clusters is not None,
        undefined=tuple(undefined),
        unbounded=tuple(unbounded),
    )


def approach(measures: Sequence[str], found: Intervals, about: Scope) -> Approach:
    """Return how things are computed, beside the intervals that were made."""
    return Approach(about, found.clustered, methods(measures).measures)


def levels(units: pd.DataFrame, kinds: pd.DataFrame, names: dict[str, str], about: Scope) -> Levels:
    """Return what the decomposition shows.

    Parameters
    ----------
    units : DataFrame
        One row per unit.
    kinds : DataFrame
        As from `spread.by_kind`.
    names : dict of str to str
        What each kind is called.
    about : Scope
        What the sentences are about.
    """
    known = kinds.dropna(subset="di_dalam").sort_values("di_dalam", kind="stable")
    ends = [
        KindShare(names[kind], float(share))
        for kind, share in zip(known["jenis"], known["di_dalam"], strict=True)
    ]
    return Levels(
        about,
        parts(units),
        spread.nested(units).total,
        len(ends),
        ends[-1] if ends else None,
        ends[0] if ends else None,
        int((known["di_dalam"] >= 0.5).sum()),
    )


def moves(units: pd.DataFrame, about: Scope) -> Moves:
    """Return how many would have to move, and how many of them out of their province."""
    found = staffing.moves_by_level(units["tenaga"], units["penduduk"], units["kode_provinsi"])
    staff = int(units["tenaga"].sum())
    people, across = round(found.units), round(found.groups)
    return Moves(
        about,
        people,
        across,
        people - across,
        found.hidden_share if people else None,
        staff,
        found.units / staff,
    )


def inside(provinces: pd.DataFrame, about: Scope) -> Inside:
    """Return which provinces are unequal inside; `provinces` as from `spread.provinces`."""
    several = provinces[(provinces["satuan"] > 1) & provinces["gini"].notna()]
    ranked = several.sort_values("gini", kind="stable")
    total = provinces["di_dalam"].sum()
    adds = provinces.set_index("nama")["di_dalam"].sort_values(ascending=False, kind="stable")
    largest = named(adds.iloc[:3] / total) if total > 0 else ()
    return Inside(
        about,
        widest=_ends(ranked.iloc[-1]) if len(ranked) else None,
        evenest=_ends(ranked.iloc[0]) if len(ranked) else None,
        compared=len(ranked),
        largest=largest,
        largest_share=sum(each.value for each in largest) if largest else None,
    )


def _ends(row: pd.Series) -> Ends:
    return Ends(
        str(row["nama"]),
        float(row["gini"]),
        Named(str(row["nama_terendah"]), float(row["terendah"])),
        Named(str(row["nama_tertinggi"]), float(row["tertinggi"])),
    )
