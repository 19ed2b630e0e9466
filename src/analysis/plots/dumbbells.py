"""Two states of each unit, joined by a line."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.row_names import shortened
from analysis.plots.style import AFTER, BEFORE, CONTEXT, INK, head, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers, decimals

_ROW = 0.215
_MARGIN = 1.1


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
    as_given: bool = False,
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
    as_given : bool
        The first unit is at the top, and so on, instead.
    reference : float, optional
        Value marked by a vertical line, such as a need that is just met.
    """
    gain = after / before if relative else after - before
    order = before.index[::-1] if as_given else gain.sort_values(kind="stable").index
    rows = range(len(order))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(order))
        if reference is not None:
            axes.axvline(reference, color=INK, linestyle="--", linewidth=1.2, zorder=0.5)
        axes.hlines(rows, before[order], after[order], color=CONTEXT, linewidth=2, zorder=1)
        places = decimals([float(f"{value:.3g}") for value in (*before, *after)], most=3)
        for values, colour, label in (
            (before, BEFORE, before_label),
            (after, AFTER, after_label),
        ):
            dots = axes.scatter(values[order], rows, color=colour, s=30, zorder=2)
            said = [language.number(value, places) for value in values[order]]
            name_each(dots, [f"{name}, {label}: {v}" for name, v in zip(order, said, strict=True)])
        axes.set_yticks(list(rows), labels=[shortened(str(name)) for name in order])
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        axes.set(ylim=(-0.8, len(order) - 0.2))
        axes.xaxis.set_major_formatter(Numbers(language))
        head(
            figure,
            {
                label: Line2D([], [], linestyle="none", marker="o", color=colour)
                for label, colour in ((before_label, BEFORE), (after_label, AFTER))
            },
            title=axis_label,
        )
    return figure
