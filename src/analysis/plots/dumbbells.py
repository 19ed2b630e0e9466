"""Two states of each unit, joined by a line."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, BEFORE, INK, MUTED, new_figure, styled
from analysis.plots.ticks import Numbers

_ROW = 0.215
_MARGIN = 1.3


@drawn_from(before="before_label", after="after_label")
def dumbbell(
    before: pd.Series,
    after: pd.Series,
    *,
    before_label: str,
    after_label: str,
    axis_label: str,
    language: Language,
    relative: bool = False,
    reference: float | None = None,
) -> Figure:
    """Draw the value before and after for each unit, largest gain at the top.

    Parameters
    ----------
    before, after : Series of shape (n,)
        Values of the same units; the index holds the names that are printed.
    before_label, after_label, axis_label : str
        What the two dots and the axis mean, with the unit.
    language : Language
        How numbers are written.
    relative : bool
        The gain is a share of the value before, which is greater than zero.
    reference : float, optional
        Value marked by a vertical line, such as a need that is just met.
    """
    gain = after / before if relative else after - before
    order = gain.sort_values(kind="stable").index
    rows = range(len(order))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(order))
        if reference is not None:
            axes.axvline(reference, color=INK, linestyle="--", linewidth=1.2, zorder=0.5)
        axes.hlines(rows, before[order], after[order], color=MUTED, linewidth=2, zorder=1)
        for values, colour in ((before, BEFORE), (after, AFTER)):
            axes.scatter(values[order], rows, color=colour, s=34, zorder=2)
        axes.set_yticks(list(rows), labels=list(order))
        axes.set(xlabel=axis_label, ylim=(-0.8, len(order) - 0.2))
        axes.xaxis.set_major_formatter(Numbers(language))
        figure.legend(
            handles=[
                Line2D([], [], linestyle="none", marker="o", color=colour)
                for colour in (BEFORE, AFTER)
            ],
            labels=[before_label, after_label],
            loc="outside upper left",
            ncols=2,
        )
    return figure
