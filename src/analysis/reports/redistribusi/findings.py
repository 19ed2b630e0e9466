"""What report 07 can say of need, of central staff and of what moving or hiring could do at best.

`provinces` is the frame of `inputs.provinces`; `needs` has one column for each model of need. What
can be said of plans is in `plan_findings`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.redistribution import (
    EFFECTIVE_MINUTES,
    Frontier,
    Mix,
    Plan,
    balance,
    compare_need,
    need_gaps,
    scenario_flips,
)
from analysis.reports.redistribusi import choosing, plan_findings
from analysis.reports.redistribusi.parameters import Plannable, Redistribusi
from analysis.reports.values import Named, Opening


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with.

    `hires` is None where they would be more than all staff there is, `factor` also where nobody
    moves; `low` and `high` are shares of staff to move to equality, over the models of need.
    """

    date: dt.date
    model: str
    today: float
    left: float
    moved: int
    share: float
    hires: float | None
    factor: float | None
    low: float
    high: float
    central_out: int


@dataclass(frozen=True)
class Need:
    """How much the answer depends on the model of need."""

    date: dt.date
    territory: dt.date  # of areas and villages
    weights: tuple[Named, ...]  # of the combined model, shares
    province: str  # where the models differ most
    low: Named  # model and people above or below the even share
    high: Named
    gini_low: float
    gini_high: float


@dataclass(frozen=True)
class Verdicts:
    """Provinces that every model calls short, or in surplus, and the number of all others."""

    date: dt.date
    short: tuple[str, ...]
    surplus: tuple[str, ...]
    mixed: int


@dataclass(frozen=True)
class CentralProvince:
    """The province with most central staff, and what both plans do to it (people, signed)."""

    name: str
    staff: int
    central: int
    without: int
    change_without: int
    change_counted: int


@dataclass(frozen=True)
class Central:
    """How the report treats staff of central agencies; `most` is None where none is known."""

    date: dt.date
    counted: bool  # by the parameters
    as_of: dt.date | None
    known: int
    provinces: int
    total: int
    most: CentralProvince | None


@dataclass(frozen=True)
class Balance:
    """Gross surplus and shortage."""

    surplus: int  # provinces
    shortage: int  # provinces
    people: float
    share: float


@dataclass(frozen=True)
class Workload:
    """What the shorter of two norms of working time would change."""

    long: Named
    short: Named
    rise: float
    names: tuple[str, ...]
    people: float


@dataclass(frozen=True)
class Best:
    """The frontier of the chosen model, and where the plan lies."""

    date: dt.date
    model: str
    today: float
    left: float
    share: float
    equal: float  # share of staff to move to equality


@dataclass(frozen=True)
class Ways:
    """Moving or hiring to the Gini of the plan; hires beyond all staff there is are None."""

    gini: float
    fall: float  # share of today's Gini
    share: float
    price: float
    moved: int
    moves_only: float
    saved: float  # people who need not move if no province has a limit
    hires: float | None
    mix_moves: float
    mix_hires: float | None
    staff: int


FINDINGS: Mapping[str, type] = {
    "key": Key,
    "summary": Opening,
    "choice": choosing.Choice,
    "need": Need,
    "verdicts": Verdicts,
    "central": Central,
    "balance": Balance,
    "workload": Workload,
    "frontier": Best,
    "mix": Ways,
    **plan_findings.FINDINGS,
}


def believable_hires(hires: float, staff: int) -> float | None:
    """Return hires, or None where they are more than all staff there is today."""
    return hires if hires <= staff else None


def key(provinces: pd.DataFrame, needs: pd.DataFrame, plan: Plan, mix: Mix, p: Plannable) -> Key:
    """Return the key figures."""
    staff = provinces["pegawai"]
    people = int(staff.sum())
    models = compare_need(staff, needs).set_index("model")
    hires = believable_hires(mix.hires_only, people)
    return Key(
        date=p.date,
        model=p.need,
        today=float(models["gini"][p.need]),
        left=mix.target,
        moved=plan.moved,
        share=plan.moved / people,
        hires=hires,
        factor=hires / plan.moved if hires is not None and plan.moved else None,
        low=float(models["moves_to_equality"].min()) / people,
        high=float(models["moves_to_equality"].max()) / people,
        central_out=int(provinces["pns"].sum()) - people,
    )


def need(provinces: pd.DataFrame, needs: pd.DataFrame, territory: dt.date, p: Redistribusi) -> Need:
    """Return how far the models of need lie apart; `territory` is the date of the areas."""
    staff = provinces["pegawai"]
    ginis = compare_need(staff, needs)["gini"]
    gaps = need_gaps(staff, needs)
    widest = str((gaps.max(axis=1) - gaps.min(axis=1)).idxmax())
    there = gaps.T[widest].sort_values(kind="stable")
    ends = [Named(str(model), float(gap)) for model, gap in there.items()]
    names = {"luas_km2": "luas"}
    total = sum(p.weights.values())
    return Need(
        date=p.date,
        territory=territory,
        weights=tuple(
            Named(names.get(name, name), w / total) for name, w in p.weights.items() if w > 0
        ),
        province=str(provinces.at[widest, "nama"]),
        low=ends[0],
        high=ends[-1],
        gini_low=float(ginis.min()),
        gini_high=float(ginis.max()),
    )


def verdict_of(provinces: pd.DataFrame, needs: pd.DataFrame) -> pd.Series:
    """Return "short", "surplus" or "mixed" for every province, over all models."""
    gaps = need_gaps(provinces["pegawai"], needs)
    verdict = pd.Series("mixed", gaps.index)
    verdict[(gaps < 0).all(axis=1)] = "short"
    verdict[(gaps > 0).all(axis=1)] = "surplus"
    return verdict


def verdicts(provinces: pd.DataFrame, needs: pd.DataFrame, date: dt.date) -> Verdicts:
    """Return what all models agree on."""
    found = verdict_of(provinces, needs)
    short, surplus = (tuple(provinces["nama"][found == v]) for v in ("short", "surplus"))
    return Verdicts(date, short, surplus, int((found == "mixed").sum()))


def central(
    provinces: pd.DataFrame, variants: Mapping[str, Plan], as_of: dt.date | None, p: Redistribusi
) -> Central:
    """Return how central staff is treated.

    Parameters
    ----------
    provinces : DataFrame
        One row per province.
    variants : mapping of str to Plan
        The plan without ("keluarkan") and with central staff ("hitung").
    as_of : date or None
        Date of the split; None if none is near the date of the staff counts.
    p : Redistribusi
    """
    known = provinces[provinces["pusat"].notna()]
    most = None
    if len(known):
        code = str(known["pusat"].idxmax())
        changes = plan_findings.by_model(variants).T[code]
        most = CentralProvince(
            name=str(known["nama"][code]),
            staff=int(known["pns"][code]),
            central=int(known["pusat"][code]),
            without=int(known["tanpa_pusat"][code]),
            change_without=int(changes["keluarkan"]),
            change_counted=int(changes["hitung"]),
        )
    return Central(
        date=p.date,
        counted=p.central_staff == "hitung",
        as_of=as_of if len(known) else None,
        known=len(known),
        provinces=len(provinces),
        total=int(known["pusat"].sum()),
        most=most,
    )


def gross(staff: pd.Series, need: pd.Series) -> Balance:
    """Return gross surplus and shortage of staff against need, which add up to the same."""
    parts = balance(staff, need)
    people = float(parts["shortage"].sum())
    return Balance(
        surplus=int((parts["surplus"] > 0).sum()),
        shortage=int((parts["shortage"] > 0).sum()),
        people=people,
        share=people / float(need.sum()),
    )


def workload(provinces: pd.DataFrame, need: pd.Series) -> Workload:
    """Return what the shorter norm of working time would change, were the longer just met."""
    (long, minutes), (short, fewer) = EFFECTIVE_MINUTES.items()
    staff, rise = provinces["pegawai"], minutes / fewer
    flips = scenario_flips(staff, pd.DataFrame({long: need, short: need * rise}))
    lacking = [(each - staff).clip(lower=0).sum() for each in (need, need * rise)]
    return Workload(
        long=Named(long, minutes),
        short=Named(short, fewer),
        rise=rise - 1.0,
        names=tuple(provinces["nama"][flips.index]),
        people=float(lacking[1] - lacking[0]),
    )


def frontier(found: Frontier, plan: Plan, left: float, p: Plannable) -> Best:
    """Return where today, the plan and equality lie; `left` is the Gini after the plan."""
    return Best(
        date=p.date,
        model=p.need,
        today=float(found.gini(0)),
        left=left,
        share=plan.moved / found.total_staff,
        equal=found.most_moves / found.total_staff,
    )


def mix(found: Mix, plan: Plan, frontier: Frontier) -> Ways:
    """Return three ways to the Gini of the plan."""
    today, staff = float(frontier.gini(0)), frontier.total_staff
    return Ways(
        gini=found.target,
        fall=1.0 - found.target / today if today else 0.0,
        share=plan.moved / staff,
        price=found.price,
        moved=plan.moved,
        moves_only=found.moves_only,
        saved=max(plan.moved - found.moves_only, 0.0),
        hires=believable_hires(found.hires_only, staff),
        mix_moves=found.moves,
        mix_hires=believable_hires(found.hires, staff),
        staff=staff,
    )
