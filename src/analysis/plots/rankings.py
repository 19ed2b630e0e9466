"""Units ranked by one value."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, CONTEXT, INK, head, new_figure, styled, wrapped
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_BAR = 0.205  # inches of height per unit
_TWO_LINES = 0.075  # more of them where a name takes two lines
_LETTERS = 28  # of a line of a name: longer ones leave no room for bars
_MARGIN = 1.1


@drawn_from(values="axis_label", groups="Kelompok")
def ranking(
    values: pd.Series,
    groups: pd.Series,
    *,
    reference: float,
    reference_label: str,
    axis_label: str,
    language: Language,
    accent: str,
) -> Figure:
    """Draw one bar per unit, longest at the top, those of one group in colour and others in grey.

    Parameters
    ----------
    values : Series of shape (n,)
        Value of each unit; the index holds the names that are printed.
    groups : Series of shape (n,)
        Group of each unit, on the same index, one of two.
    reference : float
        Value marked by a vertical line, such as the national ratio.
    reference_label, axis_label : str
        What the line and the axis mean, with the unit.
    language : Language
        How numbers are written.
    accent : str
        The group that the figure speaks of.
    """
    colours = dict.fromkeys(sorted(set(groups) - {accent}), CONTEXT)
    if accent in set(groups):
        colours = {accent: AFTER, **colours}
    ranked = values.sort_values(kind="stable")
    with styled():
        names = [wrapped(str(name), _LETTERS) for name in ranked.index]
        row = _BAR + _TWO_LINES * any("\n" in name for name in names)
        figure, (axes,) = new_figure(_MARGIN + row * len(ranked))
        bars = axes.barh(names, ranked, color=[colours[groups[name]] for name in ranked.index])
        labels = [language.number(value, 1) for value in ranked]
        for text in axes.bar_label(bars, labels, padding=3, fontsize=8.5):
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.4})
        line = axes.axvline(reference, color=INK, linestyle="--", linewidth=1.2, zorder=0.5)
        name_each(
            bars, [f"{name}: {label}" for name, label in zip(ranked.index, labels, strict=True)]
        )
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.grid(visible=False, axis="y")
        axes.margins(y=0.01)
        axes.set_xlim(0, ranked.max() * 1.22)
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        for name in axes.get_yticklabels():
            name.set_linespacing(1.0)
        head(
            figure,
            {f"{reference_label}: {language.number(reference, 1)}": line}
            | {group: Patch(color=colour) for group, colour in colours.items()},
            title=axis_label,
        )
    return figure
