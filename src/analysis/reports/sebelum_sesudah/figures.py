"""The figures of report 02, each with the words that belong to it."""

from collections.abc import Sequence

import pandas as pd

from analysis import plots
from analysis.inequality import LorenzCurve
from analysis.reports.display import Picture
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.sebelum_sesudah import findings
from analysis.reports.wording import Words


def lorenz(
    curves: Sequence[LorenzCurve],
    states: Sequence[pd.DataFrame],
    found: findings.Lorenz,
    say: Words,
) -> Picture:
    """Return both Lorenz curves, each made from one of the states, earlier first."""
    before, after = (
        named_knots(curve, state["nama"], state["rasio"], state["penduduk"])
        for curve, state in zip(curves, states, strict=True)
    )
    date = say.language.date
    figure = plots.lorenz(
        {date(found.before): before, date(found.after): after},
        x_label=say.label("Bagian kumulatif penduduk, dari provinsi berasio terendah"),
        y_label=say.label("Bagian kumulatif PNS"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
    return say.picture(figure, "lorenz", found)


def dumbbell(provinces: pd.DataFrame, found: findings.Provinces, say: Words) -> Picture:
    """Return the ratio of each province at both dates."""
    figure = plots.dumbbell(
        provinces["rasio_sebelum"],
        provinces["rasio_sesudah"],
        before_label=say.language.date(found.before),
        after_label=say.language.date(found.after),
        axis_label=say.label("PNS per 1.000 penduduk"),
        language=say.language,
        relative=True,
    )
    return say.picture(figure, "provinces", found)
