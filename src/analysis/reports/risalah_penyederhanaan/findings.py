"""What report 18 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.reports.kemajuan_penyederhanaan import findings as reform
from analysis.reports.kemajuan_penyederhanaan.findings import Counted, Key, Progress
from analysis.reports.restrukturisasi.inputs import Case
from analysis.reports.restrukturisasi.people_findings import States
from analysis.reports.risalah_penyederhanaan.alternatives import Alternative
from analysis.reports.risalah_penyederhanaan.parameters import RisalahPenyederhanaan


@dataclass(frozen=True)
class Subject:
    """What the brief asks about."""

    deadline: dt.date


@dataclass(frozen=True)
class Ruled:
    """What the rules make of one organisation; the last two where they make a difference."""

    today: Alternative
    ruled: Alternative
    staged: Alternative | None
    strict: Alternative | None


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to."""

    day: dt.date
    trees: tuple[Ruled, ...]
    bases: tuple[str, ...]  # regulations


@dataclass(frozen=True)
class Brief:
    """What the brief opens with; `first` is the first of the organisations."""

    reform: Key
    first: Ruled
    states: States


@dataclass(frozen=True)
class Limits:
    """What the caveats name."""

    own: bool
    agencies: tuple[str, ...]
    inferred: int  # parents and echelons of units that the source does not tell
    synthetic: bool


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Brief,
    "summary": Brief,
    "progress": Progress,
    "counted": Counted,
    "choice": Choice,
    "states": States,
    "limits": Limits,
}


def newest(counts: pd.DataFrame) -> tuple[pd.DataFrame, Counted]:
    """Return the last count of each place and level, which half a page has room for, and findings.

    What is beyond the rules is told of all counts.
    """
    rows = counts.loc[counts.groupby(["place", "post"])["until"].idxmax().sort_values()]
    return rows, replace(reform.counted(counts), levels=reform.counted(rows).levels)


def choice(
    found: Sequence[Alternative], bases: tuple[str, ...], p: RisalahPenyederhanaan
) -> Choice:
    """Return what the alternatives lead to, for sentences."""
    trees = []
    for agency in dict.fromkeys(each.agency for each in found):
        by_way = {each.way: each for each in found if each.agency == agency}
        trees.append(
            Ruled(
                by_way["tetap"],
                by_way["aturan"],
                by_way.get("bertahap"),
                by_way.get("tanpa_kecuali"),
            )
        )
    return Choice(p.day, tuple(trees), bases)


def limits(cases: Sequence[Case], states: States, p: RisalahPenyederhanaan) -> Limits:
    """Return what the caveats name."""
    inferred = sum(
        int(case.units["induk_disimpulkan"].sum() + case.units["eselon_disimpulkan"].sum())
        for case in cases
    )
    return Limits(p.file is not None, tuple(c.agency for c in cases), inferred, states.synthetic)
