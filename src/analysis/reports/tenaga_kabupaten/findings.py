"""What report 04 can say of its units: key figures, extremes, kota, units with none, a standard.

What it says of the levels is in `level_findings`, of what goes with staff in
`association_findings`, of place in `place_findings`. `units` is the frame of `inputs.supply`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis import inequality, staffing
from analysis.datasets import Regulation
from analysis.inequality import LorenzCurve
from analysis.reports.tenaga_kabupaten import association_findings as associated
from analysis.reports.tenaga_kabupaten import level_findings as levels
from analysis.reports.tenaga_kabupaten import place_findings as placed
from analysis.reports.tenaga_kabupaten import spread
from analysis.reports.tenaga_kabupaten.inputs import Supply
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.tenaga_kabupaten.parameters import NATIONAL, TenagaKabupaten
from analysis.reports.values import Named, alike, direction, named

_LISTED = 3
_TABLED_AT_MOST = 40
_TABLED_AT_EACH_END = 10  # of a ranking
_NAMED_AT_MOST = 12  # units without staff that a sentence names one by one


@dataclass(frozen=True)
class About:
    """What the report is about, for its title and for tables that nothing else is said of."""

    scope: Scope


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    scope: Scope
    staff: int
    overall: float  # per 100,000 people
    gini: float
    gini_provinces: float | None  # None at the level of one province
    hidden: float | None  # share of Theil T inside provinces; None if there is no inequality
    hoover: float  # share of staff
    without: int  # units with nobody
    people_without: int


@dataclass(frozen=True)
class Ranking:
    """The units by their ratio."""

    scope: Scope
    overall: float
    median: float
    highest: tuple[Named, ...]
    lowest: tuple[Named, ...]
    factor: float | None  # highest over lowest; None if that is zero
    even: bool  # the ratios of all units are printed alike
    below: int
    population_below: float
    listed: int | None  # units at each end of the table; None if all stand in it


@dataclass(frozen=True)
class Part:
    """A part of the map: an island group or, in one province, its kabupaten or its kota."""

    name: str
    units: int
    below: int  # units with less than the overall ratio


@dataclass(frozen=True)
class Map:
    """What the map shows."""

    scope: Scope
    areas: bool  # boundaries are drawn, not dots
    overall: float  # per 100,000 people
    below: int
    highest: tuple[Named, ...]
    lowest: tuple[Named, ...]
    most: Part | None  # the part with the largest share of units below; None if all have the same
    fewest: Part | None


@dataclass(frozen=True)
class Lorenz:
    """The share of staff who serve the half of the people with the lowest ratios."""

    scope: Scope
    half: float
    half_provinces: float | None
    even: bool  # printed, half of the staff


@dataclass(frozen=True)
class Status:
    """Kabupaten, or kota, as a whole."""

    units: int
    overall: float
    staff: float  # share of all staff
    population: float  # share of all people


@dataclass(frozen=True)
class Cities:
    """Kota against kabupaten; None where there are none of a kind."""

    scope: Scope
    kota: Status | None
    kabupaten: Status | None
    factor: float | None  # ratio of kota over that of kabupaten
    between: float | None  # share of Theil T between the two; None if there is no inequality
    both: int  # provinces that have kota and kabupaten
    higher: int  # of them, where kota have the higher ratio


@dataclass(frozen=True)
class Silent:
    """A unit that reports nobody of any profession though it has facilities."""

    name: str
    facilities: int


@dataclass(frozen=True)
class Nobody:
    """The units with nobody of the profession."""

    scope: Scope
    units: int
    names: tuple[str, ...]  # empty if they are too many to be named
    provinces: tuple[Named, ...]  # provinces with most of them, and how many
    kota: int
    population: int
    population_share: float
    silent: tuple[Silent, ...]
    counted: bool  # the table counts facilities
    listed: int  # units in the table
    gini: float
    gini_reporting: float | None  # of the other units than the silent; None if none is silent


@dataclass(frozen=True)
class Quality:
    """The profession and another one over the same people.

    `together` is the concentration index of the other over units ranked by the ratio of the first,
    as a share of its Gini index: 1 if both rank units alike. The other's fields are None if there
    is none to compare, or nobody of it.
    """

    scope: Scope
    other: str | None
    overall: float
    overall_other: float | None
    gini: float
    gini_other: float | None
    half: float
    half_other: float | None
    together: float | None
    without: int
    without_other: int | None
    population_without_other: float | None
    unequal: Literal["up", "down", "unchanged", "not_comparable"]  # the other against the first


@dataclass(frozen=True)
class Standard:
    """The ratio against a standard; None where there is none."""

    scope: Scope
    value: float | None
    rule: Regulation | None
    read: Literal["text", "quotation", "nothing"]  # how far the rule was checked
    overall: float
    reached: bool  # over all units together
    below: int
    population_below: float
    provinces_below: int
    short: int  # people lacking, by unit
    short_provinces: int  # and by the totals of provinces
    hidden: int
    hidden_share: float | None  # None if nobody lacks


@dataclass(frozen=True)
class Limits:
    """What the figures cannot support."""

    scope: Scope
    gap: int  # whole years between staff and population
    marks: tuple[str, ...]  # keys of what the table's description says of it


_READ: Mapping[str, Literal["text", "quotation"]] = {"V1": "text", "V2": "quotation"}

FINDINGS: Mapping[str, type] = {
    "report": About,
    "key": Key,
    "summary": levels.Summary,
    "ranking": Ranking,
    "map": Map,
    "lorenz": Lorenz,
    "measures": levels.Intervals,
    "levels": levels.Levels,
    "kinds": About,
    "moves": levels.Moves,
    "inside": levels.Inside,
    "provinces": About,
    "cities": Cities,
    "nobody": Nobody,
    "quality": Quality,
    "standard": Standard,
    "related": associated.Related,
    "ways": associated.Ways,
    "fitting": associated.Fitting,
    "counts": associated.Counts,
    "unusual": associated.Unusual,
    "missing": associated.Missing,
    "alike": placed.Alike,
    "spots": placed.Spots,
    "left_spots": placed.LeftSpots,
    "stand_out": placed.StandOut,
    "limits": Limits,
    "approach": levels.Approach,
}


def scope(data: Supply, p: TenagaKabupaten) -> Scope:
    """Return what all sentences are about."""
    units = data.units
    return Scope(
        kind=data.titles[p.profession],
        province=None if p.level == NATIONAL else str(units["provinsi"].iloc[0]),
        units=len(units),
        provinces=units["kode_provinsi"].nunique(),
        missing=tuple(data.lacking["nama"]),
        date=data.date,
        people_date=data.people_date,
        decimals=1 if spread.overall_ratio(units) >= 1 else 2,
    )


def key(units: pd.DataFrame, provinces: pd.DataFrame, about: Scope) -> Key:
    """Return the key figures; `provinces` as from `spread.provinces`."""
    parts = spread.nested(units)
    nobody = units["tenaga"] == 0
    return Key(
        scope=about,
        staff=int(units["tenaga"].sum()),
        overall=spread.overall_ratio(units),
        gini=_gini(units),
        gini_provinces=_gini(provinces) if about.province is None else None,
        hidden=parts.within_inner / parts.total if parts.total else None,
        hoover=inequality.hoover(units["rasio"], units["penduduk"]),
        without=int(nobody.sum()),
        people_without=int(units.loc[nobody, "penduduk"].sum()),
    )


def ranking(units: pd.DataFrame, about: Scope) -> Ranking:
    """Return what the ranking shows."""
    ordered = units.set_index("nama")["rasio"].sort_values(kind="stable")
    overall = spread.overall_ratio(units)
    below = units["rasio"] < overall
    low, high = float(ordered.iloc[0]), float(ordered.iloc[-1])
    return Ranking(
        scope=about,
        overall=overall,
        median=float(ordered.median()),
        highest=named(ordered.iloc[: -_LISTED - 1 : -1]),
        lowest=named(ordered.iloc[:_LISTED]),
        factor=high / low if low > 0 else None,
        even=alike(low, high, about.decimals),
        below=int(below.sum()),
        population_below=float(units.loc[below, "penduduk"].sum() / units["penduduk"].sum()),
        listed=_TABLED_AT_EACH_END if len(units) > 2 * _TABLED_AT_EACH_END else None,
    )


def unit_map(units: pd.DataFrame, found: Ranking, *, areas: bool) -> Map:
    """Return what the map shows; `areas` says that boundaries are drawn."""
    below = units["rasio"] < found.overall
    parts = below.groupby(units["jenis" if found.scope.province else "pulau"])
    shares = parts.mean().sort_values(kind="stable")
    counts = parts.agg(["size", "sum"]).loc[shares.index]
    fewest, most = (Part(str(counts.index[at]), *map(int, counts.iloc[at])) for at in (0, -1))
    apart = shares.iloc[0] < shares.iloc[-1]
    return Map(
        scope=found.scope,
        areas=areas,
        overall=found.overall,
        below=found.below,
        highest=found.highest,
        lowest=found.lowest,
        most=most if apart else None,
        fewest=fewest if apart else None,
    )


def lorenz(curve: LorenzCurve, of_provinces: LorenzCurve, about: Scope) -> Lorenz:
    """Return what the curves of units and of provinces show."""
    half = float(curve.at(0.5))
    return Lorenz(
        about,
        half,
        float(of_provinces.at(0.5)) if about.province is None else None,
        even=alike(0.5, half, 3),
    )


def cities(units: pd.DataFrame, about: Scope) -> Cities:
    """Return what kota have against kabupaten."""
    totals = spread.by_status(units)
    sums = totals[["tenaga", "penduduk"]].sum()
    found = {
        kind: Status(
            int(row["satuan"]),
            float(row["rasio"]),
            float(row["tenaga"] / sums["tenaga"]),
            float(row["penduduk"] / sums["penduduk"]),
        )
        for kind, row in totals.iterrows()
    }
    kota, kabupaten = found.get("kota"), found.get("kabupaten")
    parts = inequality.entropy_by_subgroup(units["rasio"], units["jenis"], units["penduduk"])
    by = units.groupby(["kode_provinsi", "jenis"])[["tenaga", "penduduk"]].sum()
    ratios = (by["tenaga"] / by["penduduk"]).unstack("jenis").dropna()
    compared = kota is not None and kabupaten is not None
    return Cities(
        scope=about,
        kota=kota,
        kabupaten=kabupaten,
        factor=kota.overall / kabupaten.overall
        if kota is not None and kabupaten is not None and kabupaten.overall > 0
        else None,
        between=parts.between / parts.total if parts.total and compared else None,
        both=len(ratios) if compared else 0,
        higher=int((ratios["kota"] > ratios["kabupaten"]).sum()) if compared else 0,
    )


def nobody(units: pd.DataFrame, kinds: pd.DataFrame, about: Scope) -> Nobody:
    """Return the units with nobody of the profession, and those that hardly reported."""
    none = units[units["tenaga"] == 0]
    quiet = spread.silent(units, kinds)
    people = int(none["penduduk"].sum())
    counts = none.groupby("provinsi").size().sort_values(ascending=False, kind="stable")
    return Nobody(
        scope=about,
        units=len(none),
        names=tuple(none["nama"]) if len(none) <= _NAMED_AT_MOST else (),
        provinces=named(counts.iloc[:_LISTED].astype(float)),
        kota=int((none["jenis"] == spread.CITY).sum()),
        population=people,
        population_share=people / int(units["penduduk"].sum()),
        silent=tuple(
            Silent(str(name), int(count))
            for name, count in zip(
                units.loc[quiet, "nama"], units.loc[quiet, "fasilitas"], strict=True
            )
        ),
        counted=bool(units["fasilitas"].notna().any()),
        listed=min(len(none), _TABLED_AT_MOST),
        gini=_gini(units),
        gini_reporting=_gini(units[~quiet]) if quiet.any() else None,
    )


def quality(data: Supply, p: TenagaKabupaten, about: Scope) -> Quality:
    """Return how the profession and the one it is compared with are spread."""
    units = data.units
    own = inequality.lorenz_curve(units["rasio"], units["penduduk"])
    found = {
        "scope": about,
        "other": None if p.compared_with is None else data.titles[p.compared_with],
        "overall": spread.overall_ratio(units),
        "gini": _gini(units),
        "half": float(own.at(0.5)),
        "without": int((units["tenaga"] == 0).sum()),
    }
    frame = compared(data, p)
    if frame is None:
        nothing = ("overall_other", "gini_other", "half_other", "together", "without_other")
        absent = dict.fromkeys((*nothing, "population_without_other"))
        return Quality(**found, **absent, unequal="not_comparable")  # type: ignore[arg-type]
    people = frame["penduduk"]
    gini = _gini(frame)
    none = frame["tenaga"] == 0
    first = units.loc[frame.index, "rasio"]
    return Quality(
        **found,  # type: ignore[arg-type]
        overall_other=spread.overall_ratio(frame),
        gini_other=gini,
        half_other=float(inequality.lorenz_curve(frame["rasio"], people).at(0.5)),
        together=inequality.concentration_index(frame["rasio"], first, people) / gini
        if gini > 0
        else None,
        without_other=int(none.sum()),
        population_without_other=float(people[none].sum() / people.sum()),
        unequal=direction(_gini(units), gini, 3),
    )


def compared(data: Supply, p: TenagaKabupaten) -> pd.DataFrame | None:
    """Return the units with the staff of the other profession, where known; None if nobody is."""
    if p.compared_with is None:
        return None
    counts = data.kinds[p.compared_with].dropna().astype("int64")
    if not counts.any():
        return None
    units = data.units.loc[counts.index]
    return units.assign(tenaga=counts, rasio=spread.ratio(counts, units["penduduk"]))


def standard(
    units: pd.DataFrame, value: float | None, rule: Regulation | None, about: Scope
) -> Standard:
    """Return who is below a standard and how many lack, by units and by totals of provinces."""
    overall = spread.overall_ratio(units)
    if value is None:
        return Standard(about, None, None, "nothing", overall, False, 0, 0.0, 0, 0, 0, 0, None)
    below = units["rasio"] < value
    short = staffing.shortfall_by_level(
        units["tenaga"], units["penduduk"], units["kode_provinsi"], standard=value, per=spread.PER
    )
    totals = units.groupby("kode_provinsi")[["tenaga", "penduduk"]].sum()
    people, people_provinces = round(short.units), round(short.groups)
    return Standard(
        scope=about,
        value=value,
        rule=rule,
        read="nothing" if rule is None else _READ.get(rule.verification, "nothing"),
        overall=overall,
        reached=overall >= value,
        below=int(below.sum()),
        population_below=float(units.loc[below, "penduduk"].sum() / units["penduduk"].sum()),
        provinces_below=int((spread.PER * totals["tenaga"] < value * totals["penduduk"]).sum()),
        short=people,
        short_provinces=people_provinces,
        hidden=people - people_provinces,
        hidden_share=short.hidden_share if short.units else None,
    )


def limits(about: Scope, marks: tuple[str, ...]) -> Limits:
    """Return what the figures cannot support; `marks` are the keys of the table's description."""
    return Limits(about, abs(about.people_date.year - about.date.year), marks)


def _gini(frame: pd.DataFrame) -> float:
    return inequality.gini(frame["rasio"], frame["penduduk"])
