"""What report 01 can say: one frozen dataclass for each group of its texts, and who computes it.

`provinces` is the frame of `provincial.provincial_staffing`: one row per province with `nama`,
`pulau`, `pns`, `penduduk`, `rasio` (PNS per 1,000 people) and `lq` (location quotient).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.inequality import LorenzCurve
from analysis.inequality.decomposition import DagumDecomposition, EntropyDecomposition
from analysis.reports.distribusi.pairs import Pair
from analysis.reports.provincial import by_island, overall_ratio
from analysis.reports.values import Named, alike, direction, named


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    date: dt.date
    staff: int
    overall: float  # PNS per 1,000 people, as are the next two
    highest: Named
    lowest: Named
    factor: float | None  # highest over lowest; None if a province has nobody
    gini: float
    hoover: float  # share of staff
    to_move: float  # people


@dataclass(frozen=True)
class Summary:
    """What three sentences answer."""

    date: dt.date
    half: float  # share of staff who serve the half of the people with the lowest ratios
    highest: Named
    lowest: Named
    factor: float | None
    hoover: float
    to_move: float
    even: bool  # the ratios of all provinces are printed alike


@dataclass(frozen=True)
class Share:
    """The part of all staff, and of all people, in one island group."""

    name: str
    staff: float
    population: float
    crowded: bool  # fewer staff than people, as both shares are printed


@dataclass(frozen=True)
class Ranking:
    """The provinces by their ratio."""

    date: dt.date
    overall: float
    highest: tuple[Named, ...]
    lowest: tuple[Named, ...]
    provinces: int
    below: int  # provinces below the overall ratio
    population_below: float  # share of the people who live there
    largest: Share  # the island group with most staff


@dataclass(frozen=True)
class Dated:
    """The date of the staff counts, for what shows them without reading them."""

    date: dt.date


@dataclass(frozen=True)
class IslandRatios:
    """The ratio of each island group, highest first."""

    date: dt.date
    islands: tuple[Named, ...]


@dataclass(frozen=True)
class Lorenz:
    """What the Lorenz curve shows."""

    date: dt.date
    half: float
    even: bool  # printed, half of the staff


@dataclass(frozen=True)
class Parts:
    """Shares of a measure; groups that overlap have a share of the Gini only."""

    within: float
    between: float
    overlap: float = 0.0


@dataclass(frozen=True)
class Islands:
    """The parts of two measures within and between island groups; None where there is nothing."""

    date: dt.date
    theil: Parts | None
    gini: Parts | None


@dataclass(frozen=True)
class Range:
    """The provinces with the lowest and the highest value of one island group."""

    name: str
    low: Named
    high: Named


@dataclass(frozen=True)
class Quotients:
    """The location quotient of each island group, lowest first, and where it differs most inside.

    `widest` is None if every group is one province.
    """

    date: dt.date
    islands: tuple[Named, ...]
    widest: Range | None


FINDINGS: Mapping[str, type] = {
    "key": Key,
    "summary": Summary,
    "ranking": Ranking,
    "provinces": Dated,
    "pair": Pair,
    "map": IslandRatios,
    "lorenz": Lorenz,
    "measures": Dated,
    "islands": Islands,
    "quotients": Quotients,
}


def key(provinces: pd.DataFrame, gini: float, hoover: float, date: dt.date) -> Key:
    """Return the key figures.

    Parameters
    ----------
    provinces : DataFrame
        One row per province.
    gini, hoover : float
        Of the ratio, weighted by people.
    date : date
        Date of the staff counts.
    """
    low, high = _ends(provinces)
    staff = int(provinces["pns"].sum())
    return Key(
        date=date,
        staff=staff,
        overall=overall_ratio(provinces),
        highest=high,
        lowest=low,
        factor=_factor(low, high),
        gini=gini,
        hoover=hoover,
        to_move=hoover * staff,
    )


def summary(provinces: pd.DataFrame, curve: LorenzCurve, hoover: float, date: dt.date) -> Summary:
    """Return what the opening sentences say."""
    low, high = _ends(provinces)
    return Summary(
        date=date,
        half=float(curve.at(0.5)),
        highest=high,
        lowest=low,
        factor=_factor(low, high),
        hoover=hoover,
        to_move=hoover * int(provinces["pns"].sum()),
        even=alike(low.value, high.value, decimals=1),  # as the ratios are printed
    )


def ranking(provinces: pd.DataFrame, date: dt.date) -> Ranking:
    """Return what the ranking shows."""
    ordered = provinces.set_index("nama")["rasio"].sort_values(kind="stable")
    below = provinces[provinces["rasio"] < overall_ratio(provinces)]
    islands = by_island(provinces)
    largest = str(islands["pns"].idxmax())
    totals = provinces[["pns", "penduduk"]].sum()
    staff, people = (float(islands[c][largest] / totals[c]) for c in ("pns", "penduduk"))
    return Ranking(
        date=date,
        overall=overall_ratio(provinces),
        highest=named(ordered.iloc[:-4:-1]),
        lowest=named(ordered.iloc[:3]),
        provinces=len(provinces),
        below=len(below),
        population_below=float(below["penduduk"].sum() / totals["penduduk"]),
        largest=Share(largest, staff, people, crowded=direction(people, staff, 3) == "down"),
    )


def island_ratios(provinces: pd.DataFrame, date: dt.date) -> IslandRatios:
    """Return the ratio of each island group."""
    ratios = by_island(provinces)["rasio"].sort_values(ascending=False, kind="stable")
    return IslandRatios(date, named(ratios))


def lorenz(curve: LorenzCurve, date: dt.date) -> Lorenz:
    """Return what the curve shows."""
    half = float(curve.at(0.5))
    return Lorenz(date, half, even=alike(0.5, half, 3))


def islands(theil: EntropyDecomposition, gini: DagumDecomposition, date: dt.date) -> Islands:
    """Return the parts of both decompositions as shares of their totals."""
    return Islands(
        date,
        theil=Parts(theil.within / theil.total, theil.between / theil.total)
        if theil.total
        else None,
        gini=Parts(
            gini.within / gini.total,
            gini.net_between / gini.total,
            gini.transvariation / gini.total,
        )
        if gini.total
        else None,
    )


def quotients(provinces: pd.DataFrame, date: dt.date) -> Quotients:
    """Return the location quotients of the island groups, and of the group that differs most."""
    overall = named(by_island(provinces)["lq"].sort_values(kind="stable"))
    inside = provinces.groupby("pulau")["lq"].agg(["min", "max", "size"])
    several = inside[(inside["size"] > 1) & (inside["min"] > 0)]
    if several.empty:
        return Quotients(date, overall, None)
    widest = str((several["max"] / several["min"]).idxmax())
    members = (
        provinces[provinces["pulau"] == widest].set_index("nama")["lq"].sort_values(kind="stable")
    )
    ends = named(members)
    return Quotients(date, overall, Range(widest, ends[0], ends[-1]))


def _ends(provinces: pd.DataFrame) -> tuple[Named, Named]:
    ordered = named(provinces.set_index("nama")["rasio"].sort_values(kind="stable"))
    return ordered[0], ordered[-1]


def _factor(low: Named, high: Named) -> float | None:
    return high.value / low.value if low.value > 0 else None
