"""What report 13 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.reports.gated import ALL
from analysis.reports.kompetensi.index_findings import INDEX_FINDINGS
from analysis.reports.kompetensi.inputs import (
    BELOW,
    MET,
    OPEN,
    OVER,
    SHORT,
    WITHIN,
    Case,
    Plan,
)
from analysis.reports.kompetensi.parameters import Kompetensi
from analysis.reports.kompetensi.study_findings import STUDY_FINDINGS
from analysis.reports.values import Named, named

_SHOWN = 15  # agencies in the figure


@dataclass(frozen=True)
class Subject:
    """What the report asks about."""

    year: int
    day: dt.date
    floor: float
    synthetic: bool


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with; None where they are hidden."""

    year: int
    synthetic: bool
    floor: float
    met: int | None
    people: int | None
    lacking: float | None
    without: float | None
    top: float | None
    share: float | None  # of those with a floor who meet it
    least: bool


@dataclass(frozen=True)
class Compliance:
    """Who meets the floor, by agency."""

    year: int
    synthetic: bool
    floor: float
    met: int | None
    people: int | None
    open: int | None
    complete: bool
    pppk: int | None
    over: int | None
    ceiling: float
    agencies: int
    shown: int
    known: int
    lowest: str
    lowest_share: float


@dataclass(frozen=True)
class Spread:
    """How unequally hours are spread; None where that is hidden or not defined."""

    year: int
    synthetic: bool
    mean: float | None
    gini: float | None
    theil: float | None
    without: float | None
    top: float | None
    converted: float | None
    golongan: float | None
    distance: float | None


@dataclass(frozen=True)
class Heat:
    """Where, and at which golongan, people are below the floor."""

    year: int
    synthetic: bool
    floor: float
    provinces: int
    most: int
    province: str
    golongan: str
    unseen: int  # cells that are hidden, beside those of nobody


@dataclass(frozen=True)
class Planned:
    """The programme."""

    synthetic: bool
    invented: bool
    people: int
    reached: int
    places: int
    cost: float  # million rupiah
    whole_reached: int
    whole_cost: float  # million rupiah
    budget: float | None  # million rupiah
    proven: bool
    classical: float  # share of the hours
    share: float  # of those who lack hours that the programme reaches


@dataclass(frozen=True)
class Summary:
    """What the first sentences say."""

    key: Key
    programme: Planned | None  # None where what people lack is not known


@dataclass(frozen=True)
class Curve:
    """What it costs to reach so many of those who lack hours."""

    synthetic: bool
    invented: bool
    reached: int
    cost: float  # million rupiah


@dataclass(frozen=True)
class Worth:
    """What more of the budget buys."""

    at: float  # million rupiah
    more: float  # million rupiah
    rest: bool  # whether that is all that is of use
    people: int
    proven: bool
    dual: float


@dataclass(frozen=True)
class Rules:
    """What the numbers of law rest on."""

    floor: float
    floor_basis: str
    floor_level: str
    ceiling: float
    ceiling_basis: str
    ceiling_level: str


@dataclass(frozen=True)
class Limits:
    """What the numbers do not say, beside what protects people."""

    year: int
    invented: bool
    complete: bool
    aside: int | None


@dataclass(frozen=True)
class Groups:
    """Who meets the floor, by kind of post, age and sex."""

    year: int
    synthetic: bool
    floor: float
    least: bool
    kinds: tuple[Named, ...]  # of post, the share that meets it; hidden ones left out
    bands: int  # of age and sex, in the figure


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Summary,
    "compliance": Compliance,
    "spread": Spread,
    "heat": Heat,
    "programme": Planned,
    "curve": Curve,
    "worth": Worth,
    "rules": Rules,
    "limits": Limits,
    "groups": Groups,
    **STUDY_FINDINGS,
    **INDEX_FINDINGS,
}


def subject(of: Case) -> Subject:
    """Return what the report asks about."""
    return Subject(of.year, of.day, of.floor.value, of.synthetic)


def key(of: Case) -> Key:
    """Return the numbers the report opens with."""
    met, people = _asked(of)
    return Key(
        year=of.year,
        synthetic=of.synthetic,
        floor=of.floor.value,
        met=met,
        people=people,
        lacking=_measure(of, "jp_kurang"),
        without=_measure(of, "tanpa_jp"),
        top=_measure(of, "persepuluh_teratas"),
        share=None if met is None or not people else met / people,
        least=_least(of),
    )


def agencies(of: Case) -> pd.DataFrame:
    """Return agencies with people who have a floor: `people` and shares, the lowest first.

    Where a number is hidden, `hidden` says so and shares are missing.
    """
    wide = of.tables["jp_instansi"].pivot(index="instansi", columns="kepatuhan", values="pegawai")
    states = [state for state in (MET, SHORT, OPEN) if state in wide]
    cells = of.tables["jp_instansi"].groupby(["instansi", "kepatuhan"]).size().unstack()
    there = cells.reindex(columns=states).notna()
    numbers = wide[states].astype(float)
    hidden = (there & numbers.isna()).any(axis=1)
    people = numbers.fillna(0.0).sum(axis=1)
    table = numbers.fillna(0.0).div(people.where(people > 0), axis=0)
    table = table.assign(people=people, hidden=hidden).drop(index=ALL, errors="ignore")
    table = table[(table["people"] > 0) | table["hidden"]]
    table.loc[table["hidden"], states] = None
    low = table[MET] if MET in table else table["people"] * 0.0
    return table.assign(low=low).sort_values(["low", "people"], ascending=[True, False])


def compliance(of: Case, shown: int = _SHOWN) -> Compliance:
    """Return who meets the floor; a figure shows so many agencies at most."""
    met, people = _asked(of)
    table = agencies(of)
    known = table[~table["hidden"]]
    within, over = (_total(of, state) for state in (WITHIN, OVER))
    lowest = known.index[0] if len(known) else ""
    return Compliance(
        year=of.year,
        synthetic=of.synthetic,
        floor=of.floor.value,
        met=met,
        people=people,
        open=_total(of, OPEN),
        complete=of.complete,
        pppk=None if within is None or over is None else within + over,
        over=over,
        ceiling=of.ceiling.value,
        agencies=len(table),
        shown=min(len(known), shown),
        known=len(known),
        lowest=str(lowest),
        lowest_share=float(known["low"].iloc[0]) if len(known) else 0.0,
    )


def spread(of: Case) -> Spread:
    """Return how unequally hours are spread."""
    return Spread(
        year=of.year,
        synthetic=of.synthetic,
        mean=_measure(of, "jp_rata_rata"),
        gini=_measure(of, "gini"),
        theil=_measure(of, "theil"),
        without=_measure(of, "tanpa_jp"),
        top=_measure(of, "persepuluh_teratas"),
        converted=_measure(of, "bagian_konversi"),
        golongan=_measure(of, "konsentrasi_golongan"),
        distance=_measure(of, "konsentrasi_jarak"),
    )


def below(of: Case) -> pd.DataFrame:
    """Return people below the floor, provinces by golongan; missing where hidden or nobody."""
    return _below(of).pivot(index="wilayah", columns="golongan", values="pegawai").astype(float)


def _below(of: Case) -> pd.DataFrame:
    frame = of.tables["jp_golongan"]
    rows = frame[(frame["wilayah"] != ALL) & frame["golongan"].isin(["I", "II", "III", "IV"])]
    return rows[rows["kepatuhan"] == BELOW]


def heat(of: Case, names: Mapping[str, str]) -> Heat | None:
    """Return where people are below the floor; None where nobody is shown to be.

    Parameters
    ----------
    of : Case
    names : mapping of str to str
        Names of provinces by code.
    """
    table = below(of)
    numbers = table.fillna(0.0).to_numpy(dtype=float)
    if not numbers.any():
        return None
    row, column = divmod(int(numbers.argmax()), numbers.shape[1])
    province = str(table.index[row])
    return Heat(
        year=of.year,
        synthetic=of.synthetic,
        floor=of.floor.value,
        provinces=len(table),
        most=int(numbers.max()),
        province=names.get(province, province),
        golongan=str(table.columns[column]),
        unseen=int(_below(of)["pegawai"].isna().sum()),
    )


def planned(of: Case, plan: Plan, p: Kompetensi) -> Planned:
    """Return what the programme does."""
    chosen, whole = plan.chosen, plan.whole
    hours, people = chosen.trainings["hours"], int(whole.people["people"].sum())
    classical = float(hours[chosen.trainings["classical"]].sum())
    return Planned(
        synthetic=of.synthetic,
        invented=of.invented,
        people=people,
        reached=chosen.reached,
        places=int(chosen.trainings["places"].sum()),
        cost=chosen.cost / 1e6,
        whole_reached=whole.reached,
        whole_cost=whole.cost / 1e6,
        budget=None if p.budget is None else p.budget / 1e6,
        proven=chosen.optimal and whole.optimal,
        classical=classical / float(hours.sum()) if hours.sum() > 0 else 0.0,
        share=chosen.reached / people,
    )


def curve(of: Case, plan: Plan) -> Curve:
    """Return where the curve of costs ends."""
    return Curve(of.synthetic, of.invented, plan.whole.reached, plan.whole.cost / 1e6)


def worth(plan: Plan) -> Worth | None:
    """Return what more of the budget buys; None where the budget is enough for the whole."""
    value = plan.value
    if value is None:
        return None
    rest = plan.at + value.more >= plan.whole.cost
    return Worth(plan.at / 1e6, value.more / 1e6, rest, value.people, value.proved, value.dual)


def rules(of: Case) -> Rules:
    """Return what the numbers of law rest on."""
    floor, ceiling = of.floor, of.ceiling
    return Rules(
        floor.value,
        floor.basis,
        floor.verification,
        ceiling.value,
        ceiling.basis,
        ceiling.verification,
    )


def limits(of: Case) -> Limits:
    """Return what the numbers do not say."""
    return Limits(of.year, of.invented, of.complete, of.aside)


def groups(of: Case) -> Groups:
    """Return who meets the floor by kind of post, age and sex."""
    shown = by_post(of).dropna()
    kinds = shown[MET] if MET in shown else pd.Series(dtype=float)
    return Groups(
        of.year, of.synthetic, of.floor.value, _least(of), named(kinds), len(by_age(of).dropna())
    )


def by_post(of: Case) -> pd.DataFrame:
    """Return shares of those with a floor who meet it, by kind of post; missing where hidden."""
    return _shares(of.tables["jp_jabatan"], ["jabatan"])


def by_age(of: Case) -> pd.DataFrame:
    """Return shares of those with a floor who meet it, by age band and sex."""
    found = _shares(of.tables["jp_usia_kelamin"], ["kelompok_usia", "jenis_kelamin"])
    order = sorted(found.index, key=lambda key: (key[1], key[0][:1] == ">", key[0][:1] != "<", key))
    return found.reindex(order)


def _shares(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the states of people with a floor as shares of them, without totals."""
    rows = frame[frame["kepatuhan"].isin([MET, SHORT, OPEN])]
    for column in by:
        rows = rows[rows[column] != ALL]
    there = rows.groupby([*by, "kepatuhan"]).size().unstack("kepatuhan").notna()
    wide = rows.set_index([*by, "kepatuhan"])["pegawai"].astype(float).unstack("kepatuhan")
    states = [state for state in (MET, SHORT, OPEN) if state in there]
    numbers = pd.DataFrame(wide).mask(~there, 0.0)[states]
    return numbers.div(numbers.sum(axis=1, skipna=False), axis=0)


def _least(of: Case) -> bool:
    """Return whether more may meet the floor than records show."""
    return not of.complete or _total(of, OPEN) != 0


def _total(of: Case, state: str) -> int | None:
    """Return how many people of all are in a state; None where that is hidden."""
    frame = of.tables["jp_jabatan"]
    (dimension,) = [c for c in frame if c not in ("kepatuhan", "pegawai", "status")]
    row = frame.loc[(frame[dimension] == ALL) & (frame["kepatuhan"] == state), "pegawai"]
    if row.empty:
        return 0
    return None if pd.isna(row.iloc[0]) else int(row.iloc[0])


def _asked(of: Case) -> tuple[int | None, int | None]:
    """Return how many meet the floor, of how many who have one."""
    parts = [_total(of, state) for state in (MET, SHORT, OPEN)]
    known = [part for part in parts if part is not None]
    return parts[0], sum(known) if len(known) == len(parts) else None


def _measure(of: Case, name: str) -> float | None:
    if ALL not in of.measures.index or name not in of.measures:
        return None
    value = pd.to_numeric(of.measures[name])[ALL]
    return None if pd.isna(value) else float(value)
