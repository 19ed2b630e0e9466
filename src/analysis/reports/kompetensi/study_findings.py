"""What report 13 can say of people moved into functional posts, and of who gets trained by post."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.datasets import read_processed
from analysis.reports.gated import ALL, at
from analysis.reports.gated_findings import Lacking, tables_of
from analysis.reports.kompetensi.inputs import KINDS, Case, Plan, Years

MET, MISSING, NOTHING = "memenuhi", "belum memenuhi", "memenuhi semua"
OPEN = "rumpun belum ditetapkan"  # a person has yet to choose the family
BEFORE, AFTER = "sebelum", "sesudah"
STRUCTURAL, FUNCTIONAL = "Jabatan struktural", "Jabatan fungsional"
_PEOPLE: Final = "pegawai_disetarakan"
_LEVELS: Final = ("V1", "V2", "C", "U")  # the last is the least verified
_GOLONGAN, _DISTANCE = "konsentrasi_golongan", "konsentrasi_jarak"
_SHOWN: Final = 5  # families in the figure


@dataclass(frozen=True)
class Kind:
    """A kind of requirement of a functional post; numbers are None where they are hidden."""

    name: str
    missing: int | None
    share: float | None  # of those moved who meet it
    basis: tuple[str, ...]
    verification: str
    years: float


@dataclass(frozen=True)
class Study:
    """Who meets what the functional post asks that the reform would move them into."""

    day: dt.date
    synthetic: bool
    people: int | None
    met: int | None
    undecided: int | None
    hours: int | None  # JP of training missing in all
    kinds: tuple[Kind, ...]
    unknown: tuple[str, ...]  # kinds that the records tell nothing of
    last: dt.date  # day until which education must be made up for
    families: int  # with a row of their own in the figure


@dataclass(frozen=True)
class Joint:
    """One programme for the hours of the year and those that the new posts ask for."""

    synthetic: bool
    invented: bool
    people: int
    more: int  # people who lack hours for the post alone
    kinds: bool  # whether the programme buys the kind of training that posts ask for
    asking: int  # people who lack hours of such a kind
    asking_reached: int
    year_hours: int
    hours: int
    reached: int
    places: int
    cost: float  # million rupiah
    year_cost: float  # million rupiah
    proven: bool
    budget: float | None  # million rupiah


@dataclass(frozen=True)
class StudyYears:
    """The hours of each year and the study for the new post over the years of its term."""

    synthetic: bool
    invented: bool
    term: int
    basis: str
    verification: str
    people: int  # who lack hours of each year
    asking: int  # who lack trainings for their post
    met: int
    met_at_once: int
    unfulfilled: int  # hours of people and years, and posts of people
    unfulfilled_at_once: int
    most_met: int  # of a year
    most_met_at_once: int
    cost: float  # million rupiah, of all years
    cost_at_once: float
    dearest: float  # million rupiah, of a year
    dearest_at_once: float
    proven: bool
    gap: float  # by which share no programme is better at most
    budget: float | None  # million rupiah a year


@dataclass(frozen=True)
class EachYear:
    """How many come to meet what their post requires in a year, spread and all in the first."""

    synthetic: bool
    invented: bool
    term: int
    met: int  # over all years
    met_at_once: int
    most: int  # in a year
    most_at_once: int


@dataclass(frozen=True)
class Posts:
    """Who gets trained by kind of post, before and after people are moved."""

    year: int
    synthetic: bool
    gini: float | None
    between_before: float | None  # of the inequality by Theil
    between_after: float | None
    structural_before: float | None  # share of all JP
    structural_after: float | None
    functional_before: float | None
    functional_after: float | None
    golongan: float | None  # concentration by golongan, over all, which moving people leaves as is
    distance: float | None  # and by distance from the nearest training centre
    golongan_before: float | None  # of functional officials
    golongan_after: float | None
    distance_before: float | None
    distance_after: float | None


STUDY_FINDINGS: dict[str, type] = {
    "study": Study,
    "joint": Joint,
    "years": StudyYears,
    "each_year": EachYear,
    "posts": Posts,
}


def study(of: Case) -> Study | Lacking:
    """Return who meets what, or that the run has no such tables."""
    run = of.run
    found = tables_of(run, "setara_kekurangan")
    if isinstance(found, Lacking):
        return found
    frame = found["setara_kekurangan"]
    people = at(frame, _PEOPLE)
    rules = read_processed("syarat_jabatan_fungsional")
    known = [kind for kind in KINDS if f"setara_{kind}" in run.tables]
    kinds = tuple(_kind(of, kind, people, rules[rules["syarat"] == kind]) for kind in known)
    years = max((kind.years for kind in kinds), default=0.0)
    last = pd.Timestamp(run.day) + pd.DateOffset(months=round(12 * years))
    return Study(
        day=run.day,
        synthetic=run.synthetic,
        people=people,
        met=at(frame, _PEOPLE, kekurangan=NOTHING),
        undecided=at(run.of(f"setara_{known[0]}").frame, _PEOPLE, rumpun=OPEN),
        hours=_hours(run.of("setara_jp").frame) if "setara_jp" in run.tables else None,
        kinds=kinds,
        unknown=tuple(kind for kind in KINDS if kind not in known),
        last=last.date(),
        families=min(len(shares(of)) // max(len(known), 1), _SHOWN),
    )


def shares(of: Case) -> pd.DataFrame:
    """Return shares of people who meet each kind of requirement, of the families with most people.

    Returns
    -------
    DataFrame
        `MET` and `MISSING`, by `syarat` and `rumpun`; missing where hidden.
    """
    rows = []
    for kind in (kind for kind in KINDS if f"setara_{kind}" in of.run.tables):
        frame = of.run.of(f"setara_{kind}").frame
        whole = frame[(frame[kind] == ALL) & ~frame["rumpun"].isin([ALL])]
        largest = whole.sort_values([_PEOPLE, "rumpun"], ascending=[False, True])["rumpun"]
        for family in largest.head(_SHOWN):
            met, missing = (
                at(frame, _PEOPLE, rumpun=family, **{kind: state}) for state in (MET, MISSING)
            )
            hidden = met is None or missing is None or met + missing == 0
            share = None if hidden else met / (met + missing)  # type: ignore[operator]
            rows.append((kind, family, share, None if share is None else 1 - share))
    table = pd.DataFrame(rows, columns=["syarat", "rumpun", MET, MISSING])
    return table.astype({MET: float, MISSING: float}).set_index(["syarat", "rumpun"])


def joint(of: Case, year: Plan, plan: Plan, budget: float | None) -> Joint | None:
    """Return what one programme for both gaps does, beside that for the year's hours.

    None where nobody is known to lack hours for the post, so that both are one, and where the
    budget is not enough for anybody.
    """
    if not (of.both["asked"] > 0).any() or not plan.chosen.reached:
        return None
    chosen = plan.chosen
    asks = chosen.people["asked"] > 0
    people, before = (int(short["people"].sum()) for short in (of.both, of.short))
    hours, year_hours = (int((s["short"] * s["people"]).sum()) for s in (of.both, of.short))
    return Joint(
        synthetic=of.synthetic,
        invented=of.invented,
        people=people,
        more=people - before,
        kinds=plan.kinds,
        asking=int(chosen.people.loc[asks, "people"].sum()),
        asking_reached=int(chosen.people.loc[asks, "reached"].sum()),
        year_hours=year_hours,
        hours=hours,
        reached=chosen.reached,
        places=int(chosen.trainings["places"].sum()),
        cost=chosen.cost / 1e6,
        year_cost=year.chosen.cost / 1e6,
        proven=chosen.optimal,
        budget=None if budget is None else budget / 1e6,
    )


def over_years(of: Case, years: Years, budget: float | None) -> StudyYears:
    """Return what spreading the study over the years of the term does."""
    spread, at_once = years.spread, years.at_once
    rules = read_processed("syarat_jabatan_fungsional")
    rules = rules[rules["syarat"] == "pelatihan"].sort_values("tahun", kind="stable")
    both = (spread, at_once)
    gap = max(
        max(
            1 - plan.fulfilled / plan.most if plan.most else 0.0,
            1 - plan.bound / plan.cost if plan.cost else 0.0,
        )
        for plan in both
    )
    return StudyYears(
        synthetic=of.synthetic,
        invented=of.invented,
        term=years.term,
        basis=str(rules["dasar"].iloc[0]),
        verification=max(rules["verifikasi"], key=_LEVELS.index),
        people=int(spread.years["people"].iloc[0]),
        asking=spread.asking,
        met=spread.met,
        met_at_once=at_once.met,
        unfulfilled=spread.asked - spread.fulfilled,
        unfulfilled_at_once=at_once.asked - at_once.fulfilled,
        most_met=int(spread.years["met"].max()),
        most_met_at_once=int(at_once.years["met"].max()),
        cost=spread.cost / 1e6,
        cost_at_once=at_once.cost / 1e6,
        dearest=spread.dearest / 1e6,
        dearest_at_once=at_once.dearest / 1e6,
        proven=spread.optimal and at_once.optimal,
        gap=gap,
        budget=None if budget is None else budget / 1e6,
    )


def each_year(said: StudyYears) -> EachYear | None:
    """Return what a year brings at most, or None if nobody's study can be made up for."""
    if not said.met and not said.met_at_once:
        return None
    return EachYear(
        said.synthetic,
        said.invented,
        said.term,
        said.met,
        said.met_at_once,
        said.most_met,
        said.most_met_at_once,
    )


def posts(of: Case) -> Posts | Lacking:
    """Return who gets trained by kind of post, or that the run does not tell."""
    found = tables_of(of.run, "jp_jenis_jabatan")
    if isinstance(found, Lacking):
        return found
    table = found["jp_jenis_jabatan"].set_index(["keadaan", "jabatan"])

    def value(name: str, state: str, kind: str = ALL) -> float | None:
        if name not in table:
            return None
        numbers = table[name].astype(float)
        found = numbers.get((state, kind), float("nan"))
        return None if pd.isna(found) else float(found)

    def between(state: str) -> float | None:
        part, whole = value("theil_antara", state), value("theil", state)
        return None if part is None or not whole else part / whole

    return Posts(
        year=of.year,
        synthetic=of.synthetic,
        gini=value("gini", BEFORE),
        between_before=between(BEFORE),
        between_after=between(AFTER),
        structural_before=value("bagian_jp", BEFORE, STRUCTURAL),
        structural_after=value("bagian_jp", AFTER, STRUCTURAL),
        functional_before=value("bagian_jp", BEFORE, FUNCTIONAL),
        functional_after=value("bagian_jp", AFTER, FUNCTIONAL),
        golongan=value(_GOLONGAN, BEFORE),
        distance=value(_DISTANCE, BEFORE),
        golongan_before=value(_GOLONGAN, BEFORE, FUNCTIONAL),
        golongan_after=value(_GOLONGAN, AFTER, FUNCTIONAL),
        distance_before=value(_DISTANCE, BEFORE, FUNCTIONAL),
        distance_after=value(_DISTANCE, AFTER, FUNCTIONAL),
    )


def concentrations(of: Case) -> pd.DataFrame:
    """Return who of each kind of post gets more hours, before and after people are moved.

    Returns
    -------
    DataFrame
        `BEFORE` and `AFTER`: index of concentration by golongan and by distance, by column of the
        run and kind of post; missing where hidden.
    """
    frame = of.run.of("jp_jenis_jabatan").frame
    names = [name for name in (_GOLONGAN, _DISTANCE) if name in frame]
    wide = frame.pivot(index="jabatan", columns="keadaan", values=names)
    wide = wide.astype("Float64").astype(float)  # pandas pivots to objects, of which NA is none
    table = pd.DataFrame(wide.stack(0, future_stack=True)).swaplevel().sort_index()
    return table.reindex(columns=[BEFORE, AFTER])


def _kind(of: Case, kind: str, people: int | None, rules: pd.DataFrame) -> Kind:
    missing = at(of.run.of(f"setara_{kind}").frame, _PEOPLE, **{kind: MISSING})
    known = missing is not None and people
    return Kind(
        name=kind,
        missing=missing,
        share=1 - missing / people if known else None,  # type: ignore[operator]
        basis=tuple(dict.fromkeys(rules["dasar"].astype(str))),
        verification=max(rules["verifikasi"], key=_LEVELS.index),
        years=float(rules["tahun"].max()),
    )


def _hours(frame: pd.DataFrame) -> int | None:
    rows = frame[frame["jp_kurang"] != ALL]
    if rows[_PEOPLE].isna().any():
        return None
    jp = rows["jp_kurang"].str.removesuffix(" JP").astype(int)
    return int((jp * rows[_PEOPLE].astype(int)).sum())
