"""What report 06 can say of need and of circles: who is short, and how far moves reach.

`places` is that of `inputs.counted`, `units` that of `inputs.units` on it. What can be said of the
plan is in `plan_findings`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.inequality import gini
from analysis.redistribution import Plan, Units
from analysis.reports.plan_results import gini_after, mean_distance, shortage_after
from analysis.reports.redistribusi_kabupaten import inputs, plan_findings
from analysis.reports.redistribusi_kabupaten.parameters import Circle, RedistribusiKabupaten
from analysis.reports.values import Named, Opening, named

_NAMED = 3  # units named at either end


@dataclass(frozen=True)
class Subject:
    """Who is moved, and when they were counted."""

    kind: str
    date: dt.date


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with; `mean` is in km and None where nobody moves.

    `in_provinces` and `in_islands` are the least Gini that moves inside them can leave.
    """

    kind: str
    date: dt.date
    people_date: dt.date
    need: str
    circle: str
    today: float
    left: float
    shortage: float
    shortage_left: float
    moved: int
    share: float
    mean: float | None
    in_provinces: float
    in_islands: float


@dataclass(frozen=True)
class Standing:
    """Who is short and who has too many; `short` and `over` are people, most first."""

    kind: str
    date: dt.date
    people_date: dt.date
    need: str
    norm: inputs.Standard | None
    units: int
    staff: int
    overall: float  # staff per 100,000 people
    short_units: int
    shortage: float
    over_units: int
    surplus: float
    empty: int  # units without anybody
    short: tuple[Named, ...]
    over: tuple[Named, ...]


@dataclass(frozen=True)
class Ends:
    """The units that a table lists at each end."""

    kind: str
    listed: int


@dataclass(frozen=True)
class Silence:
    """Units with facilities but no staff at all, and what counting them as zero does.

    `ginis` are with and without them, `received` is what the plan sends there (None if left out).
    """

    kind: str
    names: tuple[str, ...]
    with_them: float
    without: float
    shortage: float
    received: int | None


@dataclass(frozen=True)
class Reach:
    """How far moves inside one circle go.

    `floor` is the least Gini if people could be split; the rest is the full plan in whole people:
    its Gini, who moves, the shortage it leaves, and km for each who moves (None if nobody does).
    """

    circle: str
    floor: float
    left: float
    moved: int
    share: float
    shortage: float
    mean: float | None


@dataclass(frozen=True)
class Circles:
    """The three circles side by side; `kept` is the part of today's Gini that each must keep."""

    kind: str
    date: dt.date
    need: str
    today: float
    shortage: float
    province: Reach
    island: Reach
    nation: Reach
    kept: tuple[float, float] | None  # in provinces, in island groups


@dataclass(frozen=True)
class Best:
    """The frontier of the three circles, and where the plan lies."""

    kind: str
    date: dt.date
    need: str
    circle: str
    today: float
    left: float
    share: float
    ends: tuple[Named, ...]


@dataclass(frozen=True)
class Caveats:
    """What the limits of the report depend on."""

    kind: str
    marks: tuple[str, ...]
    date: dt.date
    people_date: dt.date


@dataclass(frozen=True)
class Approach:
    """What the method depends on."""

    need: str


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "need": Standing,
    "ends": Ends,
    "silent": Silence,
    "circles": Circles,
    "frontier": Best,
    "limits": Caveats,
    "approach": Approach,
    **plan_findings.FINDINGS,
}


def spoken(circle: Circle) -> str:
    """Return the name of a circle as the catalogue has it."""
    return {
        "provinsi": "di dalam provinsi",
        "pulau": "di dalam kelompok pulau",
        "nasional": "di seluruh negeri",
    }[circle]


def key(
    data: inputs.Supply, circles: Circles, plan: plan_findings.Moves, p: RedistribusiKabupaten
) -> Key:
    """Return the key figures."""
    return Key(
        kind=data.kind,
        date=data.date,
        people_date=data.people_date,
        need=p.need,
        circle=spoken(p.circle),
        today=plan.today,
        left=plan.left,
        shortage=plan.shortage,
        shortage_left=plan.shortage_left,
        moved=plan.moved,
        share=plan.share,
        mean=plan.mean,
        in_provinces=circles.province.floor,
        in_islands=circles.island.floor,
    )


def standing(
    data: inputs.Supply,
    places: pd.DataFrame,
    units: Units,
    norm: inputs.Standard | None,
    p: RedistribusiKabupaten,
) -> Standing:
    """Return who is short and who has too many."""
    parts = inputs.gaps(units).set_axis(places["nama"].to_numpy())
    short, over = (
        parts[side][parts[side] > 0].sort_values(ascending=False, kind="stable")
        for side in ("shortage", "surplus")
    )
    return Standing(
        kind=data.kind,
        date=data.date,
        people_date=data.people_date,
        need=p.need,
        norm=norm,
        units=len(units),
        staff=units.total_staff,
        overall=units.total_staff / float(places["penduduk"].sum()) * inputs.PER,
        short_units=len(short),
        shortage=float(short.sum()),
        over_units=len(over),
        surplus=float(over.sum()),
        empty=int((units.staff == 0).sum()),
        short=named(short.head(_NAMED)),
        over=named(over.head(_NAMED)),
    )


def silence(
    data: inputs.Supply, plan: Plan, norm: inputs.Standard | None, p: RedistribusiKabupaten
) -> Silence:
    """Return what it does to count the units that are silent as zero.

    `plan` is on the units that the parameters count.
    """
    silent = data.places[data.places["diam"]]
    everywhere = inputs.units(data.places, norm)
    reporting = inputs.units(data.places[~data.places["diam"]], norm)
    gains = pd.Series(plan.gains, plan.units.labels).reindex(silent.index)
    return Silence(
        kind=data.kind,
        names=tuple(silent["nama"]),
        with_them=gini(everywhere.staff / everywhere.need, everywhere.need),
        without=gini(reporting.staff / reporting.need, reporting.need),
        shortage=float(inputs.gaps(everywhere)["shortage"][silent.index].sum()),
        received=None if p.silent == "keluarkan" else int(gains.sum()),
    )


def reach(circle: Circle, full: Plan, places: pd.DataFrame) -> Reach:
    """Return how far a circle reaches; `full` is its plan without a budget."""
    return Reach(
        circle=spoken(circle),
        floor=inputs.evened_gini(full.units, places, circle),
        left=gini_after(full),
        moved=full.moved,
        share=full.moved / full.units.total_staff,
        shortage=shortage_after(full),
        mean=mean_distance(full),
    )


def circles(
    data: inputs.Supply,
    places: pd.DataFrame,
    units: Units,
    full: Mapping[Circle, Plan],
    p: RedistribusiKabupaten,
) -> Circles:
    """Return the circles side by side; `full` has the plan of each without a budget."""
    today = gini(units.staff / units.need, units.need)
    province, island, nation = (reach(circle, full[circle], places) for circle in inputs.CIRCLES)
    return Circles(
        kind=data.kind,
        date=data.date,
        need=p.need,
        today=today,
        shortage=float(inputs.gaps(units)["shortage"].sum()),
        province=province,
        island=island,
        nation=nation,
        kept=(province.floor / today, island.floor / today) if today > 0 else None,
    )


def frontier(
    data: inputs.Supply, curves: Mapping[Circle, pd.Series], plan: Plan, p: RedistribusiKabupaten
) -> Best:
    """Return the frontier; `curves` are those of `inputs.frontiers`."""
    return Best(
        kind=data.kind,
        date=data.date,
        need=p.need,
        circle=spoken(p.circle),
        today=float(curves[p.circle].iloc[0]),
        left=inputs.measure(plan, p),
        share=plan.moved / plan.units.total_staff,
        ends=tuple(Named(spoken(c), float(curve.iloc[-1])) for c, curve in curves.items()),
    )


def caveats(data: inputs.Supply) -> Caveats:
    """Return what the limits of the report depend on."""
    return Caveats(data.kind, data.marks, data.date, data.people_date)
