"""Lorenz curves."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, BEFORE, MUTED, head, new_figure, styled, wrapped
from analysis.plots.ticks import Numbers

_HEIGHT = 3.8


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
        (even,) = axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1.2)
        lines = {equality_label: even}
        for (label, curve), colour in zip(curves.items(), colours, strict=True):
            (lines[label],) = axes.plot(
                curve["population_share"],
                curve["value_share"],
                color=colour,
                linewidth=1.8,
                marker="o",
                markersize=2.6,
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
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=wrapped(x_label, 38), aspect="equal", anchor="N")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(Numbers(language, percent=True))
        axes.legend(
            handles=[*lines.values()],
            labels=[wrapped(label, 26) for label in lines],
            loc="upper left",
            borderaxespad=0.5,
        )
        head(figure, {}, title=y_label)
    return figure
