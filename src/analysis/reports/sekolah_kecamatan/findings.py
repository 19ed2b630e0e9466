"""What report 12 can say of need, frontier and plan.

`frame` is that of `inputs.kecamatan`, `needs` that of `inputs.needs`. What can be said of the two
years is in `boundary_findings`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.redistribution import Frontier, Plan, need_gaps
from analysis.reports.sekolah_kecamatan import boundary_findings, inputs
from analysis.reports.sekolah_kecamatan.parameters import Model, SekolahKecamatan
from analysis.reports.shortages import against_need
from analysis.reports.values import Named, Opening, named

_SHOWN = 3  # kecamatan named at either end


@dataclass(frozen=True)
class Subject:
    """What the report is about."""

    level: str
    before: int
    after: int


@dataclass(frozen=True)
class State:
    """A level of school in a year; `own` if a norm is the reader's and not the table's."""

    level: str
    after: int
    own: bool


@dataclass(frozen=True)
class Served:
    """The need that the plan serves."""

    level: str
    model: str


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with.

    `merged` is the unit that boundaries changed most, with the change of its teachers as a share:
    `recorded` of the kecamatan of that name, `together` of all that it covers. None without one.
    """

    level: str
    before: int
    after: int
    kecamatan: int
    short_classes: int
    short_pupils: int
    gap_classes: float
    gap_pupils: float
    model: str
    moved: int
    left: float
    name: str | None
    recorded: float | None
    together: float | None


@dataclass(frozen=True)
class Norm:
    """Teachers for a class and for pupils, and who says so."""

    level: str
    per_class: float
    per_teacher: float
    class_teachers: float
    hours: float
    load: float
    own_class: bool
    own_pupils: bool
    article: str  # of the norm by pupils


@dataclass(frozen=True)
class Side:
    """What one norm says: need, all teachers against it, who is short and who has too many."""

    need: float
    gap: float
    shortage: float
    surplus: float
    short: tuple[Named, ...]  # the shortest units, people below need
    over: tuple[Named, ...]  # those with most above need
    units: int  # that are short


@dataclass(frozen=True)
class Need:
    """Both norms side by side.

    `agreement` is the rank correlation of the gaps, None if there is none; `per_class` (teachers)
    and `per_teacher` (pupils) are the norms that the teachers there are would just meet.
    """

    level: str
    after: int
    teachers: int
    kecamatan: int
    classes: Side
    pupils: Side
    differ: int  # kecamatan that one norm calls short and the other does not
    agreement: float | None
    per_class: float
    per_teacher: float


@dataclass(frozen=True)
class Sizes:
    """Pupils per class, which is where the two norms part."""

    overall: float
    low: tuple[Named, ...]
    high: tuple[Named, ...]
    parity: float  # pupils per class at which both norms need the same


@dataclass(frozen=True)
class Best:
    """The frontier of both needs, and where the plan lies on that of the plan's."""

    level: str
    after: int
    model: str
    today: float
    left: float
    share: float
    equal: float
    moves_classes: int  # to an even spread
    moves_pupils: int
    teachers: int


@dataclass(frozen=True)
class Evened:
    """What an even spread by each need does to classes: the fewest teachers per class."""

    today: Named
    by_classes: Named
    by_pupils: Named
    below_today: int  # kecamatan with less than one teacher per class
    below_classes: int
    below_pupils: int
    kecamatan: int


@dataclass(frozen=True)
class Moves:
    """The plan: fewest moves, and what it leaves."""

    level: str
    model: str
    moved: int
    fewest: int
    giving: tuple[Named, ...]
    receiving: tuple[Named, ...]
    shortage: float
    left: float
    surplus: float  # today
    short: int  # units, today
    short_after: int


@dataclass(frozen=True)
class Limits:
    """What the caveats depend on."""

    level: str
    after: int
    repeated: tuple[str, ...]  # kecamatan whose rows are those of the year before
    earlier: int  # that year


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "norms": Norm,
    "levels": State,
    "need": Need,
    "sizes": Sizes,
    "kecamatan": State,
    "frontier": Best,
    "evened": Evened,
    "plan": Moves,
    "moves": Served,
    "limits": Limits,
    **boundary_findings.FINDINGS,
}


def key(need: Need, plan: Moves, changed: boundary_findings.Changed, p: SekolahKecamatan) -> Key:
    """Return the key figures."""
    joined = changed.joined[0] if changed.joined else None
    return Key(
        level=p.level,
        before=p.before,
        after=p.after,
        kecamatan=need.kecamatan,
        short_classes=need.classes.units,
        short_pupils=need.pupils.units,
        gap_classes=need.classes.gap,
        gap_pupils=need.pupils.gap,
        model=plan.model,
        moved=plan.moved,
        left=plan.left,
        name=joined.own.name if joined else None,
        recorded=joined.own.relative if joined else None,
        together=joined.together.relative if joined else None,
    )


def norm(found: inputs.Norms, p: SekolahKecamatan) -> Norm:
    """Return the norms of the level."""
    value, pupils = found.rules["nilai"], found.rules.loc["peserta_didik_per_guru"]
    return Norm(
        level=p.level,
        per_class=found.per_class,
        per_teacher=found.per_teacher,
        class_teachers=float(value["guru_kelas"]),
        hours=float(value["jam_guru_mapel"]),
        load=float(value["beban_mengajar"]),
        own_class=found.own_class,
        own_pupils=found.own_pupils,
        article=f"{pupils['dasar_hukum']} {pupils['pasal']}",
    )


def side(frame: pd.DataFrame, need: pd.Series) -> Side:
    """Return what one norm says of the teachers there are."""
    parts = against_need(frame["guru"], need).set_axis(frame["nama"].to_numpy())
    short, over = (
        parts[part][parts[part] > 0].sort_values(ascending=False, kind="stable")
        for part in ("shortage", "surplus")
    )
    return Side(
        need=float(need.sum()),
        gap=float(parts["gap"].sum()),
        shortage=float(parts["shortage"].sum()),
        surplus=float(parts["surplus"].sum()),
        short=named(short.head(_SHOWN)),
        over=named(over.head(_SHOWN)),
        units=len(short),
    )


def need(frame: pd.DataFrame, needs: pd.DataFrame, p: SekolahKecamatan) -> Need:
    """Return both norms side by side."""
    classes, pupils = (side(frame, needs[model]) for model in inputs.MODELS)
    teachers = int(frame["guru"].sum())
    short = {m: against_need(frame["guru"], needs[m])["shortage"] > 0 for m in needs}
    gaps = need_gaps(frame["guru"], needs).round(9)
    agreement = gaps.corr(method="spearman").to_numpy(dtype=float)[0, 1]
    return Need(
        level=p.level,
        after=p.after,
        teachers=teachers,
        kecamatan=len(frame),
        classes=classes,
        pupils=pupils,
        differ=int((short["rombel"] != short["peserta_didik"]).sum()),
        agreement=float(agreement) if np.isfinite(agreement) else None,
        per_class=teachers / int(frame["rombel"].sum()),
        per_teacher=int(frame["peserta_didik"].sum()) / teachers,
    )


def sizes(frame: pd.DataFrame, found: inputs.Norms) -> Sizes:
    """Return how many pupils are in a class, and where both norms need the same."""
    per_class = pd.Series(
        (frame["peserta_didik"] / frame["rombel"]).to_numpy(float), frame["nama"].to_numpy()
    ).sort_values(kind="stable")
    return Sizes(
        overall=float(frame["peserta_didik"].sum() / frame["rombel"].sum()),
        low=named(per_class.head(_SHOWN)),
        high=named(per_class.iloc[: -_SHOWN - 1 : -1]),
        parity=found.per_class * found.per_teacher,
    )


def frontier(
    frontiers: Mapping[Model, Frontier], plan: Plan, left: float, p: SekolahKecamatan
) -> Best:
    """Return where today, the plan and equality lie; `left` is the Gini after the plan."""
    chosen = frontiers[p.need]
    return Best(
        level=p.level,
        after=p.after,
        model=inputs.spoken(p.need),
        today=float(chosen.gini(0)),
        left=left,
        share=plan.moved / chosen.total_staff,
        equal=chosen.most_moves / chosen.total_staff,
        moves_classes=int(frontiers["rombel"].most_moves),
        moves_pupils=int(frontiers["peserta_didik"].most_moves),
        teachers=chosen.total_staff,
    )


def evened_staff(frame: pd.DataFrame, frontiers: Mapping[Model, Frontier]) -> pd.DataFrame:
    """Return teachers today ("guru") and in the most even spread of each need, in whole people."""
    even = {model: each.plan(int(each.most_moves)).staff_after for model, each in frontiers.items()}
    return frame[["guru"]].assign(**dict(even))


def evened(frame: pd.DataFrame, staff: pd.DataFrame) -> Evened:
    """Return what an even spread by each need does to classes; `staff` is `evened_staff`."""
    ratio = staff.astype(float).div(frame["rombel"].astype(float), axis=0)
    ratio = ratio.set_axis(frame["nama"].to_numpy())
    lowest = {model: named(ratio[model].nsmallest(1))[0] for model in ratio}
    below = (ratio < 1.0).sum()
    return Evened(
        today=lowest["guru"],
        by_classes=lowest["rombel"],
        by_pupils=lowest["peserta_didik"],
        below_today=int(below["guru"]),
        below_classes=int(below["rombel"]),
        below_pupils=int(below["peserta_didik"]),
        kecamatan=len(frame),
    )


def plan(frame: pd.DataFrame, need: pd.Series, found: Plan, p: SekolahKecamatan) -> Moves:
    """Return what the plan does."""
    names = frame["nama"].to_numpy()
    leaving, arriving = (
        pd.Series(people, names)[lambda x: x > 0].sort_values(ascending=False, kind="stable")
        for people in (found.losses, found.gains)
    )
    today = side(frame, need)
    after = side(frame.assign(guru=found.staff_after), need)
    return Moves(
        level=p.level,
        model=inputs.spoken(p.need),
        moved=found.moved,
        fewest=inputs.fewest_moves(frame["guru"], need),
        giving=named(leaving),
        receiving=named(arriving),
        shortage=today.shortage,
        left=after.shortage,
        surplus=today.surplus,
        short=today.units,
        short_after=after.units,
    )


def limits(schools: pd.DataFrame, p: SekolahKecamatan) -> Limits:
    """Return what the caveats depend on.

    Parameters
    ----------
    schools : DataFrame
        The table `sekolah_kecamatan`.
    p : SekolahKecamatan
    """
    years = sorted(int(year) for year in schools["tahun"].unique() if year < p.after)
    earlier = years[-1]
    columns = ["nama", *(c for c in schools if c not in ("tahun", "nama"))]
    last, before = (
        {
            str(name): rows.to_numpy().tolist()
            for name, rows in schools.loc[schools["tahun"] == year, columns].groupby("nama")
        }
        for year in (p.after, earlier)
    )
    repeated = tuple(name for name, rows in last.items() if rows == before.get(name))
    return Limits(p.level, p.after, repeated, earlier)
