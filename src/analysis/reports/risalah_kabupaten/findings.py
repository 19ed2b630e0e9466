"""What report 17 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.redistribution import Units
from analysis.reports.briefs import Alternative
from analysis.reports.redistribusi_kabupaten import inputs
from analysis.reports.redistribusi_kabupaten.findings import Caveats, Standing, Subject, spoken
from analysis.reports.redistribusi_kabupaten.plan_findings import Flows
from analysis.reports.risalah_kabupaten.parameters import RisalahKabupaten


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to, side by side.

    `floors` are the least Gini that moves inside provinces, and inside island groups, can leave,
    however many move.
    """

    kind: str
    date: dt.date
    share: float  # of all staff, who move at most
    circle: str
    need: str
    today: Alternative
    province: Alternative
    islands: Alternative
    nation: Alternative
    hires: Alternative
    mixed: Alternative
    floors: tuple[float, float]


@dataclass(frozen=True)
class Brief:
    """What the brief opens with."""

    standing: Standing
    choice: Choice


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Brief,
    "summary": Brief,
    "need": Standing,
    "flows": Flows,
    "choice": Choice,
    "limits": Caveats,
}


def choice(
    found: Sequence[Alternative],
    data: inputs.Supply,
    units: Units,
    places: pd.DataFrame,
    p: RisalahKabupaten,
) -> Choice:
    """Return what the alternatives lead to, for sentences."""
    by_way = {each.way: each for each in found}
    return Choice(
        kind=data.kind,
        date=data.date,
        share=p.budget,
        circle=spoken(p.circle),
        need=p.need,
        today=by_way["tetap"],
        province=by_way["provinsi"],
        islands=by_way["pulau"],
        nation=by_way["nasional"],
        hires=by_way["rekrut"],
        mixed=by_way["campuran"],
        floors=(
            inputs.evened_gini(units, places, "provinsi"),
            inputs.evened_gini(units, places, "pulau"),
        ),
    )
