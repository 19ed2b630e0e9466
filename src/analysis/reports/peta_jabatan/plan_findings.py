"""What report 09 can say of plans: their reach, the moves, what stays open, prices, years ahead."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.redistribution import balances_ahead, regretted_moves, vacancies_to_keep
from analysis.redistribution.people.transfer_kinds import KINDS
from analysis.reports.peta_jabatan.parameters import Circle
from analysis.reports.peta_jabatan.planning import (
    Alternative,
    Planning,
    alternatives,
    labelled_moves,
)
from analysis.reports.values import Named

_NAMED = 3


class ShortPost(NamedTuple):
    """A post that is short, and of how many people."""

    unit: str
    family: str
    people: int


def short_posts(people: pd.DataFrame) -> tuple[ShortPost, ...]:
    """Return the posts of a table `unit`, `family`, `people` where there are people, in order."""
    found = people[people["people"] > 0]
    columns = (found[name].tolist() for name in ("unit", "family", "people"))
    return tuple(ShortPost(str(u), str(f), int(n)) for u, f, n in zip(*columns, strict=True))


def by_post(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of units by families as a table `unit`, `family`, `people`, most first."""
    long = frame.rename_axis(index="unit").reset_index()
    long = long.melt("unit", var_name="family", value_name="people").dropna()
    return long.sort_values("people", ascending=False, kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Reached:
    """How far one circle reaches, in whole people; `known` is false where a column is missing."""

    circle: str
    known: bool
    filled: int = 0
    left: int = 0
    moved: int = 0
    retrained: int = 0
    km: float | None = None


@dataclass(frozen=True)
class Reaches:
    """How far each circle reaches."""

    source: str
    date: dt.date
    shortage: int
    group: Reached
    near: Reached
    whole: Reached
    limited: bool  # the reader's limits hold besides


@dataclass(frozen=True)
class Moves:
    """The plan, in whole people; `kinds` are people by kind of transfer, most first."""

    source: str
    date: dt.date
    circle: str
    filled: int
    moved: int
    retrained: int
    in_place: int
    shortage: int
    rows: int
    km: float | None
    cost: float
    proven: bool
    bound: float
    kinds: tuple[Named, ...]
    budget: int | None


@dataclass(frozen=True)
class Kind:
    """A kind of transfer, or `in_place`."""

    kind: str


@dataclass(frozen=True)
class Open:
    """What the plan leaves open, by who could fill it: `free` people are above need after it.

    `same` are of the same family and kept from going by circle, limits or budget; `trained` are of
    other families; for the rest there is nobody.
    """

    source: str
    date: dt.date
    left: int
    posts: int
    same: int
    trained: int
    hired: int
    free: int
    worst: tuple[ShortPost, ...]


@dataclass(frozen=True)
class Prices:
    """What one person more in a limit is worth."""

    source: str
    date: dt.date
    rows: int
    filling: int  # limits that a person more would make fill a post
    left: int
    same: int  # of them, that people above need of the same family could fill
    exact: bool
    wider: int  # more posts filled, were the circle the whole
    circle: str


@dataclass(frozen=True)
class Price:
    """One limit, for a sentence; `unit` and `family` are empty where they do not apply."""

    reason: str
    unit: str
    family: str
    limit: int
    posts: int
    saved: float
    exact: bool


@dataclass(frozen=True)
class Years:
    """The years ahead; all numbers are whole people, and 0 where nothing is known of them."""

    source: str
    date: dt.date
    known: bool
    retirements: bool
    contracts: bool
    horizon: int
    leaving: int
    surplus: int
    shortage: int
    surplus_then: int
    shortage_then: int
    after: int  # short today under the plan
    after_then: int
    regretted: int
    moved: int
    vacant: int


@dataclass(frozen=True)
class Consequences:
    """The three alternatives."""

    source: str
    date: dt.date
    inside: Alternative
    everywhere: Alternative
    mixed: Alternative
    hire_price: float
    today: float | None
    shortage: int


@dataclass(frozen=True)
class Book:
    """What the workbook describes."""

    source: str
    name: str
    date: dt.date
    circle: str


FINDINGS: Mapping[str, type] = {
    "reach": Reaches,
    "plan": Moves,
    "kind": Kind,
    "open": Open,
    "prices": Prices,
    "price": Price,
    "years": Years,
    "alternatives": Consequences,
    "workbook": Book,
}


def reaches(planning: Planning) -> Reaches:
    """Return how far each circle reaches."""
    shortage = int(planning.gaps[1].to_numpy().sum())
    p = planning.p
    limited = p.budget is not None or p.max_share_leaving < 1 or p.floor_adequacy > 1
    return Reaches(
        planning.at.source,
        planning.at.date,
        shortage,
        _reached(planning, "kelompok"),
        _reached(planning, "tetangga"),
        _reached(planning, "semua"),
        limited or p.floor_heads > 0,
    )


def _reached(planning: Planning, circle: Circle) -> Reached:
    reach = planning.reaches[circle]
    if reach is None:
        return Reached(circle, known=False)
    plan = reach.plan
    return Reached(circle, True, plan.filled, plan.unfilled, reach.moved, reach.retrained, reach.km)


def moves(planning: Planning) -> Moves:
    """Return what the plan does."""
    chosen, plan = planning.chosen, planning.chosen.plan
    rows = labelled_moves(planning)
    by_kind = rows.groupby("kind")["people"].sum().sort_values(ascending=False, kind="stable")
    return Moves(
        planning.at.source,
        planning.at.date,
        planning.p.circle,
        plan.filled,
        chosen.moved,
        chosen.retrained,
        plan.filled - chosen.moved,
        int(planning.gaps[1].to_numpy().sum()),
        len(rows),
        chosen.km,
        plan.cost,
        plan.optimal,
        round(plan.rounding_bound, 3),
        tuple(
            Named(kind_of(code), people)
            for code, people in zip(by_kind.index.tolist(), by_kind.tolist(), strict=True)
        ),
        planning.p.budget,
    )


def kind_of(code: int) -> str:
    """Return the key of a kind of transfer, `in_place` where nobody leaves the unit."""
    return KINDS[code] if code >= 0 else "in_place"


def open_posts(planning: Planning) -> pd.DataFrame:
    """Return what each family lacks before and after the plan, and who is above need after it.

    Returns
    -------
    DataFrame
        By family: `shortage`, `filled`, `left`, `free` (people above need after the plan).
    """
    after = planning.chosen.plan.staff_after
    left = planning.shortage(after).sum()
    shortage = planning.gaps[1].sum()
    free = np.floor((after - planning.at.units.need).clip(lower=0) + 1e-9).sum()
    return pd.DataFrame(
        {"shortage": shortage, "filled": shortage - left, "left": left, "free": free}
    ).astype(np.int64)


def what_stays_open(planning: Planning) -> Open:
    """Return what the plan leaves open."""
    table = open_posts(planning)
    left = planning.shortage(planning.chosen.plan.staff_after)
    worst = by_post(left).head(_NAMED)
    total, free = int(table["left"].sum()), int(table["free"].sum())
    same = int(table[["left", "free"]].min(axis=1).sum())
    return Open(
        planning.at.source,
        planning.at.date,
        total,
        int((left > 0).to_numpy().sum()),
        same,
        min(total, free) - same,
        max(total - free, 0),
        free,
        short_posts(worst),
    )


def prices(planning: Planning) -> Prices:
    """Return what one person more in a limit is worth."""
    table, everywhere = planning.prices, planning.reaches["semua"]
    wider = 0 if everywhere is None else everywhere.plan.filled - planning.chosen.plan.filled
    return Prices(
        planning.at.source,
        planning.at.date,
        len(table),
        int((table["posts"] >= 1).sum()),
        planning.chosen.plan.unfilled,
        int(open_posts(planning)[["left", "free"]].min(axis=1).sum()),
        bool(table["exact"].all()),
        wider,
        planning.p.circle,
    )


def price(row: pd.Series) -> Price:
    """Return one limit, for a sentence."""
    return Price(
        str(row["reason"]),
        "" if row["unit"] is None else str(row["unit"]),
        "" if row["family"] is None else str(row["family"]),
        int(row["limit"]),
        round(float(row["posts"])),
        float(row["saved"]),
        bool(row["exact"]),
    )


def regrets(planning: Planning) -> pd.DataFrame:
    """Return the moves of the plan that one would regret by the horizon; see `regretted_moves`."""
    leaving = planning.at.leaving[: planning.p.horizon]
    return regretted_moves(planning.at.units, planning.chosen.plan.moves, leaving)


def vacancies(planning: Planning) -> pd.DataFrame:
    """Return the posts above need after the plan that need not be filled again when vacant.

    Returns
    -------
    DataFrame
        `unit`, `family`, `people` > 0, most first.
    """
    found = vacancies_to_keep(
        planning.at.units,
        planning.at.leaving[: planning.p.horizon],
        staff_after=planning.chosen.plan.staff_after,
    )
    table = by_post(found)
    return table[table["people"] > 0]


def ahead(planning: Planning) -> pd.DataFrame:
    """Return each year's balance over all families, without the plan and with it.

    Returns
    -------
    DataFrame
        `year` (0: today), `staff`, `surplus`, `shortage`, `shortage_after` (with the plan).
    """
    leaving = planning.at.leaving[: planning.p.horizon]
    after = planning.chosen.plan.staff_after
    without = balances_ahead(planning.at.units, leaving).groupby("year").sum(numeric_only=True)
    with_it = balances_ahead(planning.at.units, leaving, staff_after=after).groupby("year")
    found = without[["staff", "surplus", "shortage"]]
    return found.assign(shortage_after=with_it["shortage"].sum()).reset_index()


def years(planning: Planning) -> Years:
    """Return the years ahead."""
    at = planning.at
    surplus, shortage = (int(side.to_numpy().sum()) for side in planning.gaps)
    known = bool(at.leaving)
    plan = planning.chosen
    table = ahead(planning)
    first, last = table.iloc[0], table.iloc[-1]
    return Years(
        at.source,
        at.date,
        known,
        bool(at.retirements),
        bool(at.contracts),
        planning.p.horizon,
        int(first["staff"] - last["staff"]),
        surplus,
        shortage,
        int(last["surplus"]),
        int(last["shortage"]),
        plan.plan.unfilled,
        int(last["shortage_after"]),
        int(regrets(planning)["regretted"].sum()) if known else 0,
        plan.plan.filled,
        int(vacancies(planning)["people"].sum()) if known else 0,
    )


def consequences(planning: Planning) -> Consequences:
    """Return what the three alternatives lead to."""
    return Consequences(
        planning.at.source,
        planning.at.date,
        *alternatives(planning),
        planning.p.hire_price,
        planning.gini(planning.at.units.frame(planning.at.units.staff)),
        int(planning.gaps[1].to_numpy().sum()),
    )


def book(planning: Planning) -> Book:
    """Return what the workbook describes."""
    return Book(planning.at.source, planning.at.name, planning.at.date, planning.p.circle)
