"""What is left of inequality as more people move."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import (
    ACCENT,
    INK,
    category_colours,
    head,
    new_figure,
    styled,
    wrapped,
)
from analysis.plots.ticks import Numbers

_HEIGHT = 3.9
_ROOM = 1.2  # width of the axes over the longest curve: the label of its end stands there
_ROUNDING = 1e-9


@drawn_from(index="x_label", columns={"Nilai": "y_label"}, curves="Model")
def frontier(
    curves: Mapping[str, pd.Series],
    *,
    points: Mapping[str, tuple[float, float]],
    x_label: str,
    y_label: str,
    language: Language,
) -> Figure:
    """Draw inequality against the share of people who move, one line a model.

    Parameters
    ----------
    curves : mapping of str to Series
        For each label the inequality left; the index holds the share of people, in [0, 1].
    points : mapping of str to (float, float)
        Points to mark, by the label that is printed beside each: share and inequality.
    x_label, y_label : str
        What the axes mean.
    language : Language
        How numbers are written.
    """
    colours = category_colours(list(curves))
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        lines: dict[str, Any] = {}
        for label, curve in curves.items():
            (lines[label],) = axes.plot(curve.index, curve, color=colours[label], linewidth=1.8)
        for label, (share, value) in points.items():
            axes.plot([share], [value], marker="o", color=ACCENT, markersize=6, zorder=3)
            axes.annotate(
                label,
                (share, value),
                xytext=(7, 5),
                textcoords="offset points",
                fontsize=9,
                color=INK,
            )
        axes.set(xlabel=wrapped(x_label, 38))
        end = _ROOM * max(float(curve.index.max()) for curve in curves.values())
        last = min(end, 1.0)  # nobody moves twice
        shares = MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(0, last)
        axes.set_xticks([share for share in shares if share <= last + _ROUNDING])
        axes.set_xlim(0, end)
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_formatter(Numbers(language, percent=True))
        axes.yaxis.set_major_formatter(Numbers(language))
        head(figure, lines if len(curves) > 1 else {}, title=y_label)
    return figure
