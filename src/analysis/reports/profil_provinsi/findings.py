"""What report 15 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis.inequality import gini
from analysis.redistribution import Plan, need_gaps
from analysis.reports.profil_provinsi.inputs import Doctors, Earlier, Training
from analysis.reports.profil_provinsi.parameters import ProfilProvinsi
from analysis.reports.provincial import overall_ratio
from analysis.reports.values import Direction, Named, alike, direction, named

DECIMALS = 1  # of a ratio, as it is printed


@dataclass(frozen=True)
class About:
    """The province that the report is about."""

    province: str


@dataclass(frozen=True)
class Standing:
    """Where the province stands: ratio, and place on the Lorenz curve.

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
    share_way: Direction  # "up" if its share of staff is above that of people, as printed


@dataclass(frozen=True)
class Where:
    """Where the province stands, for what shows one side of it."""

    at: Standing


@dataclass(frozen=True)
class Change:
    """How the ratio changed since the earlier date, and in how many places it changed worse."""

    province: str
    before_date: dt.date
    date: dt.date
    before: float
    after: float
    way: Direction
    relative: float
    joined: tuple[str, ...]
    founded: dt.date | None
    places: int  # all that can be compared
    lower: int  # of them, those whose ratio changed less favourably


@dataclass(frozen=True)
class Model:
    """What one model of need says of the province, in people."""

    name: str  # a key
    gap: int  # staff above (+) or below (-) its share of need
    adequacy: float  # staff over that share
    rank: int  # by adequacy, from the highest
    change: int  # people who come (+) or go (-) by the plan of this model


Verdict = Literal["short", "surplus", "mixed"]


@dataclass(frozen=True)
class Needs:
    """What all models of need say of the province.

    `central` is the staff of central agencies that is left out; None where it is not known.
    """

    province: str
    date: dt.date
    central: int | None
    models: int
    provinces: int
    verdict: Verdict
    short: tuple[str, ...]  # models by which it has less than its share
    surplus: tuple[str, ...]
    lowest: Model
    highest: Model
    combined: Model
    rank_change: Direction  # "up" if it stands higher by the combined model than by population


@dataclass(frozen=True)
class Plans:
    """Who would come or go by the plan of report 07 under each model of need."""

    province: str
    share: float  # of all staff, the most that move
    leaving: float  # most of a province's staff who leave
    role: Literal["receives", "gives", "stays", "differs"]  # the same under all models, or not
    arriving: tuple[Named, ...]  # model and people
    departing: tuple[Named, ...]
    unmoved: tuple[str, ...]


@dataclass(frozen=True)
class Around:
    """The province among its neighbours on land, and its island group."""

    province: str
    date: dt.date
    ratio: float
    overall: float
    neighbours: int
    fewer: int  # of them, those with a lower ratio
    island: str
    island_ratio: float
    against_island: Direction


@dataclass(frozen=True)
class Seen:
    """What reports say of one stage of the reform; days are None where there is no such report."""

    stage: str
    after: dt.date | None  # the last report that does not list the province
    by: dt.date | None  # the first that does


@dataclass(frozen=True)
class Progress:
    """What reports say of the province on the way to the deadline of the reform."""

    province: str
    stages: tuple[Seen, ...]


@dataclass(frozen=True)
class Trained:
    """Who reaches the hours of training that the law asks for; `share` is None without records."""

    province: str
    synthetic: bool
    year: int
    floor: float
    people: int
    share: float | None
    least: bool


@dataclass(frozen=True)
class Spread:
    """How doctors are spread over the kabupaten and kota of the province, per 100,000 people."""

    province: str
    title: str
    date: dt.date
    population_date: dt.date
    total: int
    ratio: float
    units: int
    without: tuple[str, ...]  # kabupaten and kota that have none
    highest: Named
    lowest: Named
    even: bool  # printed alike
    times: float | None  # highest over lowest; None where the lowest has none
    gini: float | None  # None where there is nobody, or one unit


@dataclass(frozen=True)
class Summary:
    """One paragraph: what the other findings say, in short."""

    standing: Standing
    change: Change
    needs: Needs
    doctors: Spread


FINDINGS: Mapping[str, type] = {
    "report": About,
    "key": Summary,
    "summary": Summary,
    "ranking": Where,
    "lorenz": Where,
    "change": Change,
    "need": Needs,
    "moves": Plans,
    "around": Around,
    "progress": Progress,
    "training": Trained,
    "doctors": Spread,
}


def standing(frame: pd.DataFrame, province: str, date: dt.date) -> Standing:
    """Return where a province stands among all; the frame is that of `inputs.provinces`."""
    own: Mapping[Any, Any] = frame.loc[province].to_dict()
    below = frame[frame["rasio"] < own["rasio"]]
    ranked = named(frame.set_index("nama")["rasio"])
    overall = overall_ratio(frame)
    totals = frame[["pns", "penduduk"]].sum()
    people, staff = (float(own[column] / totals[column]) for column in ("penduduk", "pns"))
    return Standing(
        province=str(own["nama"]),
        date=date,
        staff=int(own["pns"]),
        ratio=float(own["rasio"]),
        overall=overall,
        against_overall=direction(overall, float(own["rasio"]), DECIMALS),
        rank=_rank(frame["rasio"], province),
        provinces=len(frame),
        highest=ranked[-1],
        lowest=ranked[0],
        people_below=float(below["penduduk"].sum() / totals["penduduk"]),
        people_share=people,
        staff_share=staff,
        staff_below=float(below["pns"].sum() / totals["pns"]),
        share_way=direction(people, staff, 3),
    )


def change(earlier: Earlier, province: str, before: dt.date, date: dt.date) -> Change:
    """Return how the ratio of a province changed, or of those it has to be joined with."""
    relative = earlier.ratios["after"] / earlier.ratios["before"] - 1
    own: Mapping[Any, Any] = earlier.ratios.loc[earlier.unit].to_dict()
    return Change(
        province=province,
        before_date=before,
        date=date,
        before=float(own["before"]),
        after=float(own["after"]),
        way=direction(own["before"], own["after"], DECIMALS),
        relative=float(relative[earlier.unit]),
        joined=earlier.joined,
        founded=earlier.founded,
        places=len(relative),
        lower=int((relative < relative[earlier.unit]).sum()),
    )


def models(
    frame: pd.DataFrame, needed: pd.DataFrame, plans: Mapping[str, Plan], province: str
) -> tuple[Model, ...]:
    """Return what each model of need says of a province.

    Parameters
    ----------
    frame, needed : DataFrame
        As from `inputs.provinces` and `inputs.model_needs`.
    plans : mapping of str to Plan
        The plan of each model, of the same provinces.
    province : str
    """
    gaps: Mapping[Any, Any] = need_gaps(frame["pegawai"], needed).loc[province].to_dict()
    adequacy = needed.rdiv(frame["pegawai"], axis=0)
    return tuple(
        Model(
            name=str(name),
            gap=round(float(gaps[name])),
            adequacy=float(adequacy[name][province]),
            rank=_rank(adequacy[name], province),
            change=int((plan.gains - plan.losses)[plan.units.labels.get_loc(province)]),
        )
        for name, plan in plans.items()
    )


def needs(frame: pd.DataFrame, found: Sequence[Model], province: str, date: dt.date) -> Needs:
    """Return whether the models agree on a province."""
    short, surplus = (tuple(each.name for each in found if sign * each.gap > 0) for sign in (-1, 1))
    agree: dict[Verdict, int] = {"short": len(short), "surplus": len(surplus)}
    by_name = {each.name: each for each in found}
    own: Mapping[Any, Any] = frame.loc[province].to_dict()
    return Needs(
        province=str(own["nama"]),
        date=date,
        central=None if pd.isna(own["pusat"]) else int(own["pusat"]),
        models=len(found),
        provinces=len(frame),
        verdict=next((name for name, count in agree.items() if count == len(found)), "mixed"),
        short=short,
        surplus=surplus,
        lowest=min(found, key=lambda each: each.gap),
        highest=max(found, key=lambda each: each.gap),
        combined=by_name["gabungan"],
        rank_change=direction(-by_name["penduduk"].rank, -by_name["gabungan"].rank, 0),
    )


def plans(found: Sequence[Model], province: str, p: ProfilProvinsi) -> Plans:
    """Return whether the plans of the models agree on a province."""
    arriving, departing = (
        tuple(Named(each.name, sign * each.change) for each in found if sign * each.change > 0)
        for sign in (1, -1)
    )
    unmoved = tuple(each.name for each in found if not each.change)
    counts = {"receives": len(arriving), "gives": len(departing), "stays": len(unmoved)}
    role: Any = next((name for name, count in counts.items() if count == len(found)), "differs")
    return Plans(province, p.budget, p.max_share_leaving, role, arriving, departing, unmoved)


def around(
    frame: pd.DataFrame, neighbours: Collection[str], province: str, date: dt.date
) -> Around:
    """Return how a province compares with its neighbours and its island group."""
    own: Mapping[Any, Any] = frame.loc[province].to_dict()
    island = overall_ratio(frame[frame["pulau"] == own["pulau"]])
    return Around(
        province=str(own["nama"]),
        date=date,
        ratio=float(own["rasio"]),
        overall=overall_ratio(frame),
        neighbours=len(neighbours),
        fewer=int((frame.loc[list(neighbours), "rasio"] < own["rasio"]).sum()),
        island=str(own["pulau"]),
        island_ratio=island,
        against_island=direction(island, float(own["rasio"]), DECIMALS),
    )


def progress(found: pd.DataFrame, province: str) -> Progress:
    """Return what the reports say of each stage; the frame is that of `inputs.progress`."""
    return Progress(
        province,
        tuple(
            Seen(str(stage), _day(row["after"]), _day(row["by"])) for stage, row in found.iterrows()
        ),
    )


def trained(found: Training, province: str) -> Trained:
    """Return who reaches the hours of training; nobody is counted where a number is hidden."""
    known = found.met is not None and found.below is not None
    people = (found.met or 0) + (found.below or 0) if known else 0
    return Trained(
        province=province,
        synthetic=found.synthetic,
        year=found.year,
        floor=found.floor,
        people=people,
        share=(found.met or 0) / people if people else None,
        least=found.least,
    )


def spread(doctors: Doctors, province: str) -> Spread:
    """Return how doctors are spread inside a province."""
    frame = doctors.frame
    ranked = named(frame.set_index("nama")["rasio"])
    total, people = int(frame["tenaga"].sum()), int(frame["penduduk"].sum())
    highest, lowest = ranked[0], ranked[-1]
    return Spread(
        province=province,
        title=doctors.title,
        date=doctors.date,
        population_date=doctors.population_date,
        total=total,
        ratio=100_000 * total / people,
        units=len(frame),
        without=tuple(frame.loc[frame["tenaga"] == 0, "nama"]),
        highest=highest,
        lowest=lowest,
        even=alike(highest.value, lowest.value, DECIMALS),
        times=highest.value / lowest.value if lowest.value else None,
        gini=gini(frame["rasio"], frame["penduduk"]) if total and len(frame) > 1 else None,
    )


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else value.date()


def _rank(values: pd.Series, unit: str) -> int:
    return int((values > values[unit]).sum()) + 1
