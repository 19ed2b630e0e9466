"""What report 10 can say of people: counts and statistics of a run that passed the gate."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.reports.restrukturisasi.people import TOTAL, People
from analysis.restructuring import Rules, requirements

ECHELONS = ("I", "II", "III", "IV", "V")
FUNCTIONAL_LEVELS = (
    *("ahli utama", "ahli madya", "ahli muda", "ahli pertama"),
    *("penyelia", "mahir", "terampil", "pemula"),
)
YEARS = tuple(map(str, range(1, 11)))  # in which people retire, from the day of the records


@dataclass(frozen=True)
class Counted:
    """Whom a table or figure counts."""

    day: dt.date
    synthetic: bool
    people: int | None  # None where it is hidden


@dataclass(frozen=True)
class Crowd:
    """Who the people are, and how they were protected."""

    run: str
    day: dt.date
    synthetic: bool
    people: int | None
    hidden: int
    apart: bool  # whether statistics stand apart from the audit
    unknown: bool  # whether earlier runs are not known
    excepted: bool  # whether sensitive cells were forced or granted


@dataclass(frozen=True)
class States:
    """Today, restructured and redistributed."""

    day: dt.date
    synthetic: bool
    people: int | None
    unfilled: tuple[float | None, float | None, float | None]
    gini: tuple[float | None, float | None, float | None]
    moved: int | None
    newly: int | None


@dataclass(frozen=True)
class Redrawn:
    """The change of the Gini index of people over units, and of their adequacy."""

    day: dt.date
    synthetic: bool
    people: int | None
    staff: float | None  # change over units
    staff_boxes: float | None  # of it by boxes drawn anew
    functional: float | None
    functional_boxes: float | None


@dataclass(frozen=True)
class Levels(Counted):
    """How many have structural posts, and which functional level gains most."""

    structural: int | None  # None where it is hidden
    structural_after: int | None
    grown: str | None  # level that gains most, alone; None where one is hidden or none gains
    gained: int


@dataclass(frozen=True)
class Retiring(Counted):
    """How many retire within the years that are drawn; None where a year is hidden."""

    years: int
    within: int | None  # from the posts of today
    within_after: int | None
    peak: int | None  # year in which most of them do, alone
    most: int


@dataclass(frozen=True)
class Readings:
    """What becomes of those whose posts close, where sources differ."""

    day: dt.date
    synthetic: bool
    affected: int | None
    conditional: int | None
    left: int | None  # not placed under the other reading


@dataclass(frozen=True)
class Asked:
    """What regimes ask of people who are equalised."""

    day: dt.date
    rows: int
    unverified: tuple[str, ...]


PEOPLE_FINDINGS: dict[str, type] = {
    "people": Crowd,
    "states": States,
    "redrawn": Redrawn,
    "attribution": Counted,
    "adequacy": Counted,
    "pyramid": Levels,
    "retirement": Retiring,
    "readings": Readings,
    "families": Counted,
    "people_rules": Counted,
    "requirements": Asked,
}


def counted(people: People) -> Counted:
    """Return whom a table counts."""
    return Counted(people.day, people.synthetic, people.number)


def crowd(people: People) -> Crowd:
    """Return who the people are, and how they were protected."""
    risks = set(people.risks)
    return Crowd(
        run=people.run,
        day=people.day,
        synthetic=people.synthetic,
        people=people.number,
        hidden=people.hidden,
        apart="statistics_apart" in risks,
        unknown="earlier_runs_unknown" in risks,
        excepted=bool(risks & {"sensitive_cells_forced", "exceptions_granted"}),
    )


def states(people: People) -> States:
    """Return what three states are told apart by."""
    origins = people.counts("families", "origin")

    def three(name: str) -> tuple[float | None, float | None, float | None]:
        return (
            people.measure(name, "today"),
            people.measure(name, "restructured"),
            people.measure(name, "redistributed"),
        )

    return States(
        people.day,
        people.synthetic,
        people.number,
        three("unfilled"),
        three("gini"),
        origins.get("moved"),
        origins.get("newly"),
    )


def redrawn(people: People) -> Redrawn:
    """Return by what the Gini index over units changed."""
    staff, functional = (_change(people, of) for of in ("all", "functional"))
    return Redrawn(people.day, people.synthetic, people.number, *staff, *functional)


def pyramid(people: People) -> Levels:
    """Return how many have structural posts, and which functional level gains most."""
    today, later = people.posts("today"), people.posts("restructured")
    gains = {level: _gain(today.get(level, 0), later.get(level, 0)) for level in FUNCTIONAL_LEVELS}
    grown, gained = _largest(gains)
    return Levels(
        people.day,
        people.synthetic,
        people.number,
        today.get("struktural", 0),
        later.get("struktural", 0),
        grown,
        gained,
    )


def retirement(people: People) -> Retiring:
    """Return how many retire within the years that are drawn, today and restructured."""
    today, later = (
        {year: people.retirement(state).get(year, 0) for year in YEARS}
        for state in ("today", "restructured")
    )
    peak, most = _largest(today)
    return Retiring(
        people.day,
        people.synthetic,
        people.number,
        len(YEARS),
        _sum(today.values()),
        _sum(later.values()),
        None if peak is None else int(peak),
        most,
    )


def readings(people: People) -> Readings:
    """Return what becomes of those whose posts close."""
    return Readings(
        people.day,
        people.synthetic,
        people.counts("outcomes", "outcome").get(TOTAL),
        people.counts("outcomes", "outcome").get("conditional", 0),
        people.counts("readings", "outcome_strict").get("unplaced", 0),
    )


def asked(rules: Rules) -> tuple[Asked, pd.DataFrame]:
    """Return what regimes ask, and one row for each rule that asks; rank decides nothing."""
    table = requirements(rules)
    table = table[table["action"] != "rentang_pangkat"].reset_index(drop=True)
    unverified = table.loc[table["verification"] == "U", "rule"].astype(str)
    return Asked(rules.day, len(table), tuple(unverified)), table


def _gain(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return a sum; None if a part is hidden."""
    known = list(counts)
    return None if None in known else sum(n for n in known if n is not None)


def _largest(counts: Mapping[str, int | None]) -> tuple[str | None, int]:
    """Return what has most, and how many; None if one is hidden, two have as many, or none any."""
    known = {key: n for key, n in counts.items() if n is not None}
    most = max(known.values(), default=0)
    first = [key for key, n in known.items() if n == most]
    told = len(known) == len(counts) and len(first) == 1 and most > 0
    return (first[0], most) if told else (None, 0)


def _change(people: People, of: str) -> tuple[float | None, float | None]:
    """Return the change of the index over units, and the part of boxes."""
    frame = people.tables["redrawn"]
    rows = frame[(frame["over"] == "unit") & (frame["of"] == of)]
    if rows.empty or rows[["before", "redrawn", "after"]].isna().any(axis=None):
        return None, None
    row = rows.iloc[0]
    return float(row["after"] - row["before"]), float(row["redrawn"] - row["before"])
