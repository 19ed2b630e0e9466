"""What report 02 can say: one frozen dataclass for each group of its texts, and who computes it.

`provinces` is the frame of `staffing.compare_states`, indexed by the names of the provinces;
`earlier` and `later` are those of `provincial.provincial_staffing` at the two dates.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis import inequality
from analysis.inequality import LorenzCurve
from analysis.inequality.changes import StaffRedistributiveEffect
from analysis.reports.common import Population
from analysis.reports.provincial import COVERAGE_DRAWS, Randomness, overall_ratio
from analysis.reports.values import Named, Opening, direction, named

_MEASURE_DECIMALS = 4  # as the table prints them
_RATIO_DECIMALS = 2
_SHOWN = 3  # provinces named at either end
# The count that its source footnotes: Kalimantan Utara, by its code.
_FOOTNOTED = ("65", dt.date(2014, 12, 31))


@dataclass(frozen=True)
class Period:
    """The dates of both staff counts."""

    before: dt.date
    after: dt.date


@dataclass(frozen=True)
class Change:
    """A number at both dates."""

    before: float
    after: float

    @property
    def relative(self) -> float | None:
        """The change as a share of the number before; None if that is zero."""
        return self.after / self.before - 1 if self.before else None


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    before: dt.date
    after: dt.date
    provinces: int
    fallen: int  # provinces whose ratio fell
    ratio: Change  # PNS per 1,000 people, all provinces
    staff: Change
    gini: Change
    hoover: Change  # share of staff


@dataclass(frozen=True)
class Boundaries:
    """The provinces that both dates are brought to; `joined` if some cover several of today's."""

    provinces: int
    joined: bool


@dataclass(frozen=True)
class Lorenz:
    """What both curves show."""

    before: dt.date
    after: dt.date
    provinces: int
    half: Change  # share of staff who serve the half of the people with the lowest ratios


@dataclass(frozen=True)
class Measures:
    """How many measures fell and rose, as they are printed, and how the curves lie."""

    provinces: int
    measures: int
    fallen: int
    risen: int
    verdict: Literal["dominates", "is dominated", "crosses", "equal"]


@dataclass(frozen=True)
class GiniChange:
    """The change of the Gini index with its interval; `coverage` is None where counts are random.

    `coverage` is the share of `draws` simulated intervals that hold the true change.
    """

    change: float
    low: float
    high: float
    level: float
    draws: int
    coverage: float | None


@dataclass(frozen=True)
class Split:
    """What the change of the Gini index is made of, and the provinces behind it."""

    change: float
    vertical: float
    reranking: float
    population: float
    highest: tuple[Named, ...]
    lowest: tuple[Named, ...]


@dataclass(frozen=True)
class Provinces:
    """The change of the ratio of each province, in per cent."""

    before: dt.date
    after: dt.date
    provinces: int
    fallen: int  # provinces whose ratio fell, as it is printed
    risen: int
    overall: float  # change of the ratio of all provinces, as a share
    lowest: tuple[Named, ...]
    highest: tuple[Named, ...]


@dataclass(frozen=True)
class Limits:
    """What the caveats depend on.

    `footnoted` is the date of a count of Kalimantan Utara that its source footnotes, None if it is
    not one of the two; `apart` if that province is not counted with Kalimantan Timur.
    """

    before: dt.date
    after: dt.date
    fallen: bool  # fewer staff
    redefined: bool  # population comes from counts of both kinds
    footnoted: dt.date | None
    apart: bool


FINDINGS: Mapping[str, type] = {
    "report": Period,
    "key": Key,
    "summary": Opening,
    "boundaries": Boundaries,
    "lorenz": Lorenz,
    "measures": Measures,
    "gini": GiniChange,
    "split": Split,
    "provinces": Provinces,
    "staffing": Period,
    "limits": Limits,
}


def key(earlier: pd.DataFrame, later: pd.DataFrame, period: Period) -> Key:
    """Return the key figures."""
    states = earlier, later
    gini, hoover = (
        Change(*(measure(state["rasio"], state["penduduk"]) for state in states))
        for measure in (inequality.gini, inequality.hoover)
    )
    return Key(
        before=period.before,
        after=period.after,
        provinces=len(earlier),
        fallen=_directions(earlier["rasio"], later["rasio"], _RATIO_DECIMALS).count("down"),
        ratio=Change(*map(overall_ratio, states)),
        staff=Change(*(int(state["pns"].sum()) for state in states)),
        gini=gini,
        hoover=hoover,
    )


def lorenz(before: LorenzCurve, after: LorenzCurve, provinces: int, period: Period) -> Lorenz:
    """Return what the curves show."""
    half = Change(float(before.at(0.5)), float(after.at(0.5)))
    return Lorenz(period.before, period.after, provinces, half)


def measures(
    table: pd.DataFrame, before: LorenzCurve, after: LorenzCurve, provinces: int
) -> Measures:
    """Return how the measures changed.

    Parameters
    ----------
    table : DataFrame
        One row per measure: `sebelum` and `sesudah`.
    before, after : LorenzCurve
        Both curves.
    provinces : int
        How many provinces there are.
    """
    ways = _directions(table["sebelum"], table["sesudah"], _MEASURE_DECIMALS)
    verdict = inequality.dominance(before, after).verdict
    return Measures(provinces, len(table), ways.count("down"), ways.count("up"), verdict)


def gini_change(provinces: pd.DataFrame, randomness: Randomness, seed: int) -> GiniChange:
    """Return the change of the Gini index, provinces paired, with its interval."""
    ratios = provinces["rasio_sebelum"], provinces["rasio_sesudah"]
    people = provinces["penduduk_sebelum"], provinces["penduduk_sesudah"]
    counted = randomness == "count"
    found = inequality.change_interval(
        inequality.gini,
        *ratios,
        weights_before=people[0],
        weights_after=people[1],
        randomness=randomness,
        seed=seed,
        counts_before=provinces["pns_sebelum"] if counted else None,
        counts_after=provinces["pns_sesudah"] if counted else None,
    )
    coverage = None
    if not counted:
        (simulated,) = inequality.simulated_change_coverage(
            [inequality.gini],
            *ratios,
            weights_before=people[0],
            weights_after=people[1],
            randomness=randomness,
            draws=COVERAGE_DRAWS,
            seed=seed,
        )
        coverage = simulated.coverage
    return GiniChange(found.estimate, found.low, found.high, found.level, COVERAGE_DRAWS, coverage)


def split(effect: StaffRedistributiveEffect, contributions: pd.Series) -> Split:
    """Return what the change is made of.

    Parameters
    ----------
    effect : StaffRedistributiveEffect
        Of the fall of the Gini index.
    contributions : Series
        What each province adds to the rise of the Gini index, by name.
    """
    ordered = contributions.sort_values(kind="stable")
    return Split(
        change=-effect.total,
        vertical=-effect.vertical,
        reranking=effect.reranking,
        population=-effect.population,
        highest=_last(ordered),
        lowest=named(ordered.iloc[:_SHOWN]),
    )


def provinces(
    frame: pd.DataFrame, earlier: pd.DataFrame, later: pd.DataFrame, period: Period
) -> Provinces:
    """Return how the ratios of the provinces changed."""
    ways = _directions(frame["rasio_sebelum"], frame["rasio_sesudah"], _RATIO_DECIMALS)
    ordered = 100 * frame["relatif_rasio"].dropna().sort_values(kind="stable")
    return Provinces(
        before=period.before,
        after=period.after,
        provinces=len(frame),
        fallen=ways.count("down"),
        risen=ways.count("up"),
        overall=overall_ratio(later) / overall_ratio(earlier) - 1,
        lowest=named(ordered.iloc[:_SHOWN]),
        highest=_last(ordered),
    )


def limits(
    staff: Change, populations: Collection[Population], codes: Collection[str], period: Period
) -> Limits:
    """Return what the caveats depend on.

    Parameters
    ----------
    staff : Change
        All staff at both dates.
    populations : collection of Population
        The counts behind the population of both dates.
    codes : collection of str
        Provinces of the report, by `kode_kemendagri`.
    period : Period
        Both dates.
    """
    code, day = _FOOTNOTED
    return Limits(
        before=period.before,
        after=period.after,
        fallen=staff.after < staff.before,
        redefined=len({count.kind for each in populations for count in each.counts}) > 1,
        footnoted=day if day in (period.before, period.after) else None,
        apart=code in set(codes),
    )


def _directions(before: pd.Series, after: pd.Series, decimals: int) -> list[str]:
    pairs = zip(np.asarray(before), np.asarray(after), strict=True)
    return [direction(old, new, decimals) for old, new in pairs]


def _last(ordered: pd.Series) -> tuple[Named, ...]:
    return named(ordered.iloc[: -_SHOWN - 1 : -1])
