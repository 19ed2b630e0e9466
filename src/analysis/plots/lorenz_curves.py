"""Lorenz curves."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, BEFORE, MUTED, new_figure, styled
from analysis.plots.ticks import Numbers

_HEIGHT = 4.9


@drawn_from(
    index="", columns={"population_share": "x_label", "value_share": "y_label"}, curves="Kurva"
)
def lorenz(
    curves: Mapping[str, pd.DataFrame],
    *,
    x_label: str,
    y_label: str,
    equality_label: str,
    language: Language,
) -> Figure:
    """Draw one or two Lorenz curves and the line of equality.

    Parameters
    ----------
    curves : mapping of str to DataFrame
        For each label the knots of the curve, columns `population_share` and `value_share`
        in [0, 1], starting at the origin.
    x_label, y_label, equality_label : str
        What the axes and the diagonal mean.
    language : Language
        How numbers are written.
    """
    colours = [AFTER] if len(curves) == 1 else [BEFORE, AFTER]
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1.2, label=equality_label)
        for (label, curve), colour in zip(curves.items(), colours, strict=True):
            axes.plot(
                curve["population_share"],
                curve["value_share"],
                color=colour,
                linewidth=1.8,
                marker="o",
                markersize=2.6,
                label=label,
            )
        if len(curves) == 1:
            axes.fill_between(
                curve["population_share"],
                curve["value_share"],
                curve["population_share"],
                color=colours[0],
                alpha=0.12,
                linewidth=0,
            )
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=x_label, ylabel=y_label, aspect="equal")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(Numbers(language, percent=True))
        axes.legend(loc="upper left")
    return figure
