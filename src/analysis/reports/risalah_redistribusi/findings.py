"""What report 16 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.redistribution import compare_need
from analysis.reports.briefs import Alternative
from analysis.reports.redistribusi.findings import Best, Verdicts
from analysis.reports.risalah_redistribusi.parameters import RisalahRedistribusi


@dataclass(frozen=True)
class Dated:
    """The date of the staff counts."""

    date: dt.date


@dataclass(frozen=True)
class Issue:
    """The problem, over all models of need: shares of all staff who would have to move."""

    date: dt.date
    provinces: int
    low: float
    high: float
    short: int  # provinces that every model calls short
    mixed: int  # those on which the models do not agree
    central_out: int


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to, side by side."""

    date: dt.date
    model: str
    share: float  # of all staff, who move at most
    price: float
    today: Alternative
    islands: Alternative
    nation: Alternative
    hires: Alternative
    mixed: Alternative
    reach: float | None  # part of what the nation-wide plan lowers that islands reach alone
    times: float | None  # hires for one move of the nation-wide plan


@dataclass(frozen=True)
class Brief:
    """What the brief opens with."""

    issue: Issue
    choice: Choice


FINDINGS: Mapping[str, type] = {
    "report": Dated,
    "key": Brief,
    "summary": Brief,
    "issue": Issue,
    "verdicts": Verdicts,
    "frontier": Best,
    "choice": Choice,
}


def issue(
    provinces: pd.DataFrame, needs: pd.DataFrame, verdicts: Verdicts, p: RisalahRedistribusi
) -> Issue:
    """Return how large the problem is and how far the models of need agree."""
    staff = provinces["pegawai"]
    moves = compare_need(staff, needs)["moves_to_equality"] / staff.sum()
    return Issue(
        date=p.date,
        provinces=len(provinces),
        low=float(moves.min()),
        high=float(moves.max()),
        short=len(verdicts.short),
        mixed=verdicts.mixed,
        central_out=int(provinces["pns"].sum() - staff.sum()),
    )


def choice(found: Sequence[Alternative], p: RisalahRedistribusi) -> Choice:
    """Return what the alternatives lead to, for sentences."""
    by_way = {each.way: each for each in found}
    today, islands, nation, hires = (
        by_way[way] for way in ("tetap", "pulau", "nasional", "rekrut")
    )
    fall = today.gini - nation.gini if today.gini and nation.gini is not None else 0.0
    return Choice(
        date=p.date,
        model=p.need,
        share=p.budget,
        price=p.hire_price,
        today=today,
        islands=islands,
        nation=nation,
        hires=hires,
        mixed=by_way["campuran"],
        reach=(today.gini - islands.gini) / fall
        if today.gini and islands.gini is not None and round(fall, 3) > 0
        else None,
        times=hires.hired / nation.moved if hires.hired and nation.moved else None,
    )
