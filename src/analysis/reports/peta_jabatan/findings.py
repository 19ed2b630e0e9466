"""What report 09 can say of the data and of the balance; of the plan: `plan_findings`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reports.peta_jabatan import plan_findings, standards
from analysis.reports.peta_jabatan.parameters import PetaJabatan
from analysis.reports.peta_jabatan.plan_findings import ShortPost, short_posts
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.peta_jabatan.sources import Situation
from analysis.reports.values import Named, Opening

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "kelompok": ("kelompok",),
    "lintang": ("lintang", "bujur"),
    "status": ("status", "bezetting_pns", "bezetting_pppk"),
    "masa_jabatan": ("masa_jabatan",),
    "tetap": ("tetap",),
    "minimum": ("minimum",),
    "jenjang": ("jenjang",),
    "pensiun": ("pensiun",),
    "kontrak": ("kontrak",),
}
"""Optional fields of a job map, any one of which gives an answer."""

_NAMED = 3


@dataclass(frozen=True)
class Subject:
    """What the report is about."""

    source: str
    name: str
    date: dt.date


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with, in whole people."""

    source: str
    name: str
    date: dt.date
    circle: str
    surplus: int
    shortage: int
    net: int
    filled: int
    moved: int
    retrained: int
    left: int


@dataclass(frozen=True)
class Data:
    """What the units, families and need are; `norms` are by family, for one class or 100,000."""

    source: str
    name: str
    date: dt.date
    units: int
    families: int
    staff: int
    need: float
    norms: tuple[Named, ...]
    own: bool  # the norms are the reader's
    notes: int  # lines that say how the file was read


@dataclass(frozen=True)
class Columns:
    """Which optional columns are there."""

    source: str
    known: int
    all: int


@dataclass(frozen=True)
class Balance:
    """Who is short and who has too many, in whole people; `worst` are posts, most first.

    `both` counts units that are short in one family and have too many in another.
    """

    source: str
    date: dt.date
    posts: int
    short_posts: int
    over_posts: int
    surplus: int
    shortage: int
    redistributable: int
    units: int
    short_units: int
    both: int
    worst: tuple[ShortPost, ...]


@dataclass(frozen=True)
class Heat:
    """One part of the heat map: units `first` to `last` of `shown`, of all `units`."""

    source: str
    date: dt.date
    first: int
    last: int
    shown: int
    units: int
    families: int
    parts: int
    short: int  # posts drawn that are short
    over: int
    worst: tuple[ShortPost, ...]  # one, or none


@dataclass(frozen=True)
class Listed:
    """Rows that a table shows, of all."""

    source: str
    date: dt.date
    shown: int
    all: int


@dataclass(frozen=True)
class Limitations:
    """What the numbers cannot support."""

    source: str


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "data": Data,
    "account": Subject,
    "columns": Columns,
    "families": Subject,
    "moves": Listed,
    "regrets": Listed,
    "vacant": Listed,
    "balance": Balance,
    "heat": Heat,
    "posts": Listed,
    "standard": standards.Standard,
    "limits": Limitations,
    **plan_findings.FINDINGS,
}


def subject(at: Situation) -> Subject:
    """Return what the report is about."""
    return Subject(source=at.source, name=at.name, date=at.date)


def key(planning: Planning) -> Key:
    """Return the numbers the report opens with."""
    at, chosen = planning.at, planning.chosen
    surplus, shortage = (int(side.to_numpy().sum()) for side in planning.gaps)
    return Key(
        source=at.source,
        name=at.name,
        date=at.date,
        circle=planning.p.circle,
        surplus=surplus,
        shortage=shortage,
        net=surplus - shortage,
        filled=chosen.plan.filled,
        moved=chosen.moved,
        retrained=chosen.retrained,
        left=chosen.plan.unfilled,
    )


def data(at: Situation, p: PetaJabatan) -> Data:
    """Return what the units, families and need are."""
    units = at.units
    return Data(
        source=at.source,
        name=at.name,
        date=at.date,
        units=len(units.labels),
        families=len(units.families),
        staff=int(units.staff.sum()),
        need=float(units.need.sum()),
        norms=tuple(Named(name, float(value)) for name, value in at.norms.items()),
        own=p.standard is not None,
        notes=0 if at.account is None else len(at.account.notes),
    )


def known_columns(at: Situation) -> dict[str, bool]:
    """Return which answers the columns there are give, by the first field that does."""
    return {name: bool(at.has.intersection(fields)) for name, fields in ANSWERS.items()}


def columns(at: Situation) -> Columns:
    """Return how many of the optional columns are there."""
    known = known_columns(at)
    return Columns(source=at.source, known=sum(known.values()), all=len(known))


def balance(planning: Planning) -> Balance:
    """Return who is short and who has too many."""
    surplus, shortage = planning.gaps
    units = planning.at.units
    posts = (units.staff > 0) | (units.need > 0)
    short, over = (shortage > 0).any(axis=1), (surplus > 0).any(axis=1)
    worst = ranked_posts(planning).head(_NAMED)
    return Balance(
        source=planning.at.source,
        date=planning.at.date,
        posts=int(posts.sum()),
        short_posts=int((shortage > 0).to_numpy().sum()),
        over_posts=int((surplus > 0).to_numpy().sum()),
        surplus=int(surplus.to_numpy().sum()),
        shortage=int(shortage.to_numpy().sum()),
        redistributable=int(np.minimum(surplus.sum(), shortage.sum()).sum()),
        units=len(units.labels),
        short_units=int(short.sum()),
        both=int((short & over).sum()),
        worst=short_posts(worst.rename(columns={"shortage": "people"})),
    )


def ranked_posts(planning: Planning) -> pd.DataFrame:
    """Return every post there is, what hurts most first: people lacking, then their share of need.

    Returns
    -------
    DataFrame
        `unit`, `group` (where known), `family`, `staff`, `need`, `surplus`, `shortage`, `lacking`
        (the part of need that is not met), `movable`, `leaving`, `arriving`, `after`, `left`.
    """
    at = planning.at
    surplus, shortage = planning.gaps
    staff, need = at.units.frame(at.units.staff), at.units.frame(at.units.need)
    after = planning.chosen.plan.staff_after
    moves = planning.chosen.plan.moves
    given, taken = (
        moves.pivot_table(index=end, columns=family, values="people", aggfunc="sum")
        .reindex(index=staff.index, columns=staff.columns)
        .fillna(0)
        .astype(np.int64)
        for end, family in (("origin", "family"), ("destination", "to_family"))
    )
    parts = {
        "staff": staff,
        "need": need,
        "surplus": surplus,
        "shortage": shortage,
        "movable": at.releasable,
        "leaving": given,
        "arriving": taken,
        "after": after,
        "left": planning.shortage(after),
    }
    unit = np.repeat(np.asarray(at.units.labels, dtype=object), len(at.units.families))
    found = pd.DataFrame(
        {"unit": unit, "family": np.tile(at.units.families.astype(object), len(at.units.labels))}
        | {name: frame.to_numpy().ravel() for name, frame in parts.items()}
    )
    if at.groups is not None:
        found.insert(1, "group", found["unit"].map(at.groups))
    found = found[(found["staff"] > 0) | (found["need"] > 0)]
    lacking = (found["need"] - found["staff"]).clip(lower=0) / found["need"].where(
        found["need"] > 0
    )
    found = found.assign(lacking=lacking.fillna(0.0))
    order = ["shortage", "lacking", "surplus"]
    return found.sort_values(
        order, ascending=[False, False, True], kind="stable", ignore_index=True
    )


def listed(planning: Planning, shown: int, all_: int) -> Listed:
    """Return how many rows a table shows, of all."""
    return Listed(source=planning.at.source, date=planning.at.date, shown=shown, all=all_)


def limitations(at: Situation) -> Limitations:
    """Return whose limits are to be said."""
    return Limitations(at.source)
