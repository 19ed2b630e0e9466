"""The figures of report 07, each with the words that belong to it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis import plots
from analysis.inequality import LorenzCurve
from analysis.plots.tile_maps import TILES
from analysis.redistribution import Frontier, Plan
from analysis.reports.display import Picture, Prose
from analysis.reports.frontier_pictures import frontier_picture, gini_curves
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.provincial_need import model_labels
from analysis.reports.redistribusi import findings, plan_findings
from analysis.reports.wording import Words

_VERDICTS = {"short": "#0072B2", "mixed": "#d5d9de", "surplus": "#D55E00"}


def verdict_map(
    provinces: pd.DataFrame, needs: pd.DataFrame, found: findings.Verdicts, say: Words
) -> Picture:
    """Return the map of provinces that every model calls short, or in surplus."""
    labels = {
        "short": say.label("kurang menurut semua model"),
        "mixed": say.label("bergantung pada model"),
        "surplus": say.label("lebih menurut semua model"),
    }
    colours = {labels[verdict]: colour for verdict, colour in _VERDICTS.items()}
    verdicts = findings.verdict_of(provinces, needs).map(labels)
    return say.picture(
        plots.category_map(verdicts, provinces["nama"], colours, language=say.language),
        "verdicts",
        found,
    )


def frontier(frontiers: Mapping[str, Frontier], found: findings.Best, say: Words) -> Picture:
    """Return the frontier of every model, with today, the plan and equality."""
    return frontier_picture(
        gini_curves(frontiers, model_labels(say)),
        found,
        say,
        equal=found.equal,
        x_label=say.label("PNS yang berpindah, bagian dari semua PNS"),
        y_label=say.label("Gini PNS per kebutuhan"),
    )


def lorenz(
    curves: Sequence[LorenzCurve],
    provinces: pd.DataFrame,
    plan: Plan,
    found: plan_findings.Halves,
    say: Words,
) -> Picture:
    """Return the Lorenz curves of staff over need before and after the plan."""
    before, after = (
        named_knots(curve, provinces["nama"], staff / plan.need, plan.need)
        for curve, staff in zip(curves, (plan.staff, plan.staff_after), strict=True)
    )
    figure = plots.lorenz(
        {say.label("sebelum"): before, say.label("sesudah"): after},
        x_label=say.label("Bagian kumulatif kebutuhan, dari kecukupan terendah"),
        y_label=say.label("Bagian kumulatif PNS"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
    return say.picture(figure, "lorenz", found)


def dumbbell(
    provinces: pd.DataFrame, plan: Plan, found: plan_findings.Changes, say: Words
) -> Picture:
    """Return staff per need of each province before and after."""
    units = plan.to_frame().set_axis(provinces["nama"].to_numpy())
    figure = plots.dumbbell(
        units["adequacy"],
        units["adequacy_after"],
        before_label=say.label("sebelum"),
        after_label=say.label("sesudah"),
        axis_label=say.label("PNS per kebutuhan (merata = 1)"),
        language=say.language,
    )
    return say.picture(figure, "dumbbell", found)


def flow_map(
    provinces: pd.DataFrame, plan: Plan, coast: pd.DataFrame, say: Words
) -> Picture | Prose:
    """Return the map of moves; a sentence if nobody moves."""
    if plan.moves.empty:
        return say("nobody")
    places = pd.DataFrame(
        {
            "name": provinces["nama"],
            "label": [TILES[str(code)][2] for code in provinces.index],
            "latitude": provinces["lintang"],
            "longitude": provinces["bujur"],
        },
        index=provinces.index,
    )
    drawn = plots.flow_map(
        places,
        plan.moves,
        coast,
        donor_label=say.label("asal; titik terbesar"),
        receiver_label=say.label("tujuan; titik terbesar"),
        language=say.language,
    )
    found = plan_findings.flows(
        provinces, plan, drawn=drawn.drawn, flows=drawn.flows, share=drawn.share
    )
    return say.picture(drawn.figure, "flows", found)


def sankey(provinces: pd.DataFrame, plan: Plan, say: Words) -> Picture | Prose:
    """Return the moves between island groups; a sentence if nobody moves."""
    moves, islands = plan.moves, provinces["pulau"]
    if moves.empty:
        return say("nobody")
    names = islands.map(say.language.name)
    figure = plots.sankey(
        moves.assign(
            origin=moves["origin"].map(names), destination=moves["destination"].map(names)
        ),
        origin_label=say.label("Asal"),
        destination_label=say.label("Tujuan"),
        language=say.language,
    )
    return say.picture(figure, "sankey", plan_findings.inside(moves, islands))
