"""What report 15 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.inequality import gini
from analysis.reports.profil_provinsi.inputs import Doctors, Earlier
from analysis.reports.provincial import overall_ratio
from analysis.reports.values import Direction, Named, direction, named

DECIMALS = 1  # of a ratio, as it is printed


@dataclass(frozen=True)
class About:
    """The province that the report is about."""

    province: str


@dataclass(frozen=True)
class Standing:
    """Where the province stands: ratio, place on the Lorenz curve, and against need.

    Ranks count from the highest; provinces with the same value share the better rank.
    """

    province: str
    date: dt.date
    staff: int
    ratio: float  # PNS per 1,000 people, as is `overall`
    overall: float
    against_overall: Direction  # "up" if it is above the ratio of all provinces, as printed
    rank: int
    provinces: int
    highest: Named
    lowest: Named
    people_below: float  # share of all people who live in provinces with a lower ratio
    people_share: float
    staff_share: float
    staff_below: float  # share of all staff there
    adequacy: float  # staff over the need of the composite model; one is the even share
    adequacy_rank: int
    adequate: Direction  # "up" if it has more than its share of staff, as printed
    rank_change: Direction  # "up" if it stands higher by need than by population


@dataclass(frozen=True)
class Where:
    """Where the province stands, for what shows one side of it."""

    at: Standing


@dataclass(frozen=True)
class Change:
    """How the ratio changed since the earlier date."""

    province: str
    before_date: dt.date
    date: dt.date
    before: float
    after: float
    way: Direction
    joined: tuple[str, ...]
    founded: dt.date | None


@dataclass(frozen=True)
class Spread:
    """How doctors are spread over the kabupaten and kota of the province."""

    province: str
    title: str
    date: dt.date
    population_date: dt.date
    total: int
    ratio: float  # doctors per 1,000 people
    units: int
    without: tuple[str, ...]  # kabupaten and kota that have none
    highest: Named
    lowest: Named
    even: bool  # printed alike
    gini: float | None  # None where there is nobody, or one unit


@dataclass(frozen=True)
class Summary:
    """One paragraph: what the other findings say, in short."""

    standing: Standing
    change: Change
    doctors: Spread


FINDINGS: Mapping[str, type] = {
    "report": About,
    "key": Summary,
    "summary": Summary,
    "ranking": Where,
    "lorenz": Where,
    "need": Where,
    "change": Change,
    "doctors": Spread,
}


def standing(frame: pd.DataFrame, province: str, date: dt.date) -> Standing:
    """Return where a province stands among all; the frame is that of `inputs.provinces`."""
    own: Mapping[Any, Any] = frame.loc[province].to_dict()
    below = frame[frame["rasio"] < own["rasio"]]
    ranked = named(frame.set_index("nama")["rasio"])
    rank, by_need = (_rank(frame[column], province) for column in ("rasio", "kecukupan"))
    overall = overall_ratio(frame)
    totals = frame[["pns", "penduduk"]].sum()
    return Standing(
        province=str(own["nama"]),
        date=date,
        staff=int(own["pns"]),
        ratio=float(own["rasio"]),
        overall=overall,
        against_overall=direction(overall, float(own["rasio"]), DECIMALS),
        rank=rank,
        provinces=len(frame),
        highest=ranked[-1],
        lowest=ranked[0],
        people_below=float(below["penduduk"].sum() / totals["penduduk"]),
        people_share=float(own["penduduk"] / totals["penduduk"]),
        staff_share=float(own["pns"] / totals["pns"]),
        staff_below=float(below["pns"].sum() / totals["pns"]),
        adequacy=float(own["kecukupan"]),
        adequacy_rank=by_need,
        adequate=direction(1.0, float(own["kecukupan"]), 2),
        rank_change=direction(-rank, -by_need, 0),
    )


def change(earlier: Earlier, province: str, before: dt.date, date: dt.date) -> Change:
    """Return how the ratio of a province changed, or of those it has to be joined with."""
    return Change(
        province=province,
        before_date=before,
        date=date,
        before=earlier.ratio_before,
        after=earlier.ratio_after,
        way=direction(earlier.ratio_before, earlier.ratio_after, DECIMALS),
        joined=earlier.joined,
        founded=earlier.founded,
    )


def spread(doctors: Doctors, province: str, *, decimals: int = 2) -> Spread:
    """Return how doctors are spread inside a province."""
    frame = doctors.frame
    ranked = named(frame.set_index("nama")["rasio"])
    total, people = int(frame["tenaga"].sum()), int(frame["penduduk"].sum())
    return Spread(
        province=province,
        title=doctors.title,
        date=doctors.date,
        population_date=doctors.population_date,
        total=total,
        ratio=1000 * total / people,
        units=len(frame),
        without=tuple(frame.loc[frame["tenaga"] == 0, "nama"]),
        highest=ranked[0],
        lowest=ranked[-1],
        even=round(ranked[0].value, decimals) == round(ranked[-1].value, decimals),
        gini=gini(frame["rasio"], frame["penduduk"]) if total and len(frame) > 1 else None,
    )


def _rank(values: pd.Series, unit: str) -> int:
    return int((values > values[unit]).sum()) + 1
