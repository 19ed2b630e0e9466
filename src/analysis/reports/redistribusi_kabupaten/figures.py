"""The figures of report 06, each with the words that belong to it."""

from collections.abc import Mapping

import pandas as pd

from analysis import plots
from analysis.redistribution import Plan, Units
from analysis.reports.display import Picture, Prose
from analysis.reports.frontier_pictures import frontier_picture
from analysis.reports.map_words import map_words
from analysis.reports.redistribusi_kabupaten import findings, inputs, plan_findings
from analysis.reports.redistribusi_kabupaten.parameters import Circle
from analysis.reports.wording import Words

_BREAKS = (0.25, 0.5, 1.0, 2.0)  # of staff per need: one is just enough
_SHARE_SHOWN = 0.5  # of the people who move, in the largest flows: more arrows hide each other


def unit_map(
    places: pd.DataFrame, units: Units, coast: pd.DataFrame, found: findings.Standing, say: Words
) -> Picture:
    """Return the map of staff per need."""
    drawn = plots.unit_map(
        inputs.gaps(units)["adequacy"],
        places["nama"],
        places,
        coast,
        words=map_words(say, value=say.label("Tenaga per kebutuhan (1 = pas)")),
        decimals=2,
        language=say.language,
        breaks=_BREAKS,
    )
    return say.picture(drawn.figure, "need", found)


def frontier(
    curves: Mapping[Circle, pd.Series], found: findings.Best, say: Words
) -> Picture | Prose:
    """Return the frontier of every circle, with today and the plan; a sentence if nobody moves."""
    if max(curve.index.max() for curve in curves.values()) == 0.0:
        return say("nobody")
    y_label = (
        say.label("Gini tenaga per kebutuhan")
        if found.need == "penduduk"
        else say.label("Kebutuhan yang tidak terpenuhi, bagian")
    )
    return frontier_picture(
        {say.label(findings.spoken(circle)): curve for circle, curve in curves.items()},
        found,
        say,
        x_label=say.label("Tenaga yang berpindah, bagian dari semuanya"),
        y_label=y_label,
    )


def flow_map(
    kind: str, places: pd.DataFrame, plan: Plan, coast: pd.DataFrame, say: Words
) -> Picture | Prose:
    """Return the map of the largest moves; a sentence if nobody moves."""
    if plan.moves.empty:
        return say("nobody")
    at = pd.DataFrame(
        {
            "name": places["nama"],
            "label": plan_findings.marks(plan).reindex(places.index),
            "latitude": places["lintang"],
            "longitude": places["bujur"],
        }
    )
    drawn = plots.flow_map(
        at,
        plan.moves,
        coast,
        share_shown=_SHARE_SHOWN,
        donor_label=say.label("asal; titik terbesar"),
        receiver_label=say.label("tujuan; titik terbesar"),
        language=say.language,
    )
    found = plan_findings.flows(kind, places, plan, drawn=drawn.drawn, share=drawn.share)
    return say.picture(drawn.figure, "flows", found)
