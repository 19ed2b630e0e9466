"""What report 21 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.redistribution.people.transfer_kinds import KINDS
from analysis.reports.peta_jabatan.findings import Balance, Heat, Subject
from analysis.reports.peta_jabatan.plan_findings import Years
from analysis.reports.peta_jabatan.planning import Alternative, Planning
from analysis.reports.values import Named, named


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to, side by side; `trained` is None where nobody may retrain."""

    source: str
    name: str
    date: dt.date
    hire_price: float
    across: bool  # every move is between governments of a province
    today: Alternative
    group: Alternative
    near: Alternative
    whole: Alternative
    trained: Alternative | None
    hires: Alternative
    mixed: Alternative


@dataclass(frozen=True)
class Brief:
    """What the brief opens with; `surplus` are people above need today."""

    surplus: int
    choice: Choice


@dataclass(frozen=True)
class Filled:
    """What the plan of the parameters fills, and the units that are short most."""

    source: str
    date: dt.date
    circle: str
    filled: int
    shortage: int
    moved: int
    retrained: int
    shown: int
    units: int  # that are short
    worst: tuple[Named, ...]  # the shortest after the plan, one or none


@dataclass(frozen=True)
class Limits:
    """What the caveats depend on."""

    source: str
    retraining: bool


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Brief,
    "summary": Brief,
    "balance": Balance,
    "heat": Heat,
    "filled": Filled,
    "choice": Choice,
    "years": Years,
    "limits": Limits,
}


def choice(found: Sequence[Alternative], planning: Planning) -> Choice:
    """Return what the alternatives lead to, for sentences."""
    by_way = {each.way: each for each in found}
    at = planning.at
    return Choice(
        source=at.source,
        name=at.name,
        date=at.date,
        hire_price=planning.p.hire_price,
        across=bool((at.kinds.to_numpy() != KINDS.index("within_agency")).any()),
        today=by_way["tetap"],
        group=by_way["kelompok"],
        near=by_way["tetangga"],
        whole=by_way["semua"],
        trained=by_way.get("alih"),
        hires=by_way["rekrut"],
        mixed=by_way["campuran"],
    )


def short_units(planning: Planning) -> pd.DataFrame:
    """Return the units that are short today, most first.

    Returns
    -------
    DataFrame
        Indexed by unit: `before` and `after` the plan of the parameters, people that are lacking.
    """
    after = planning.shortage(planning.chosen.plan.staff_after)
    found = pd.DataFrame({"before": planning.gaps[1].sum(axis=1), "after": after.sum(axis=1)})
    found = found[found["before"] > 0]
    return found.sort_values(["before", "after"], ascending=False, kind="stable")


def filled(planning: Planning, shown: pd.DataFrame) -> Filled:
    """Return what the plan fills; `shown` are the first rows of `short_units`."""
    units, chosen = short_units(planning), planning.chosen
    left = units["after"][units["after"] > 0]
    return Filled(
        source=planning.at.source,
        date=planning.at.date,
        circle=planning.p.circle,
        filled=chosen.plan.filled,
        shortage=int(units["before"].sum()),
        moved=chosen.moved,
        retrained=chosen.retrained,
        shown=len(shown),
        units=len(units),
        worst=named(left.nlargest(1)),
    )


def brief(choice: Choice, planning: Planning) -> Brief:
    """Return what the brief opens with."""
    return Brief(int(planning.gaps[0].to_numpy().sum()), choice)


def limits(planning: Planning) -> Limits:
    """Return what the caveats depend on."""
    return Limits(planning.at.source, bool(planning.p.substitution))
