"""Many units as dots, one row per group, on an axis that starts at zero."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.arrays import FloatArray
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import ACCENT, AFTER, INK, MUTED, head, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers, decimals

_ROW = 0.2  # inches of height per group
_MARGIN = 1.3
_STEPS = (1, 2, 5)  # of which, times powers of ten, ticks are made


@drawn_from(values="axis_label", groups="Kelompok", marked="marked_label")
def dot_rows(
    values: pd.Series,
    groups: pd.Series,
    overall: pd.Series,
    marked: pd.Series,
    *,
    reference: float,
    axis_label: str,
    unit_label: str,
    marked_label: str,
    group_label: str,
    reference_label: str,
    language: Language,
) -> Figure:
    """Draw the value of each unit in the row of its group, on a square-root axis.

    Parameters
    ----------
    values : Series of shape (n,)
        Value of each unit, >= 0; the index holds their names.
    groups : Series of shape (n,)
        Group of each unit, on the same index.
    overall : Series
        Value of each group as a whole, by group; the first is drawn on top.
    marked : Series of bool, shape (n,)
        Units that are drawn in another colour, such as kota.
    reference : float
        Value marked by a vertical line.
    axis_label, unit_label, marked_label, group_label, reference_label : str
        What the axis, a dot, a marked dot, a diamond and the line mean.
    language : Language
        How numbers are written.
    """
    row = groups.map(pd.Series(np.arange(len(overall)), index=overall.index)).to_numpy()
    x, other = values.to_numpy(dtype=np.float64), ~marked.to_numpy(dtype=bool)
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(overall))
        line = axes.axvline(reference, color=INK, linestyle="--", linewidth=1.0, zorder=1)
        places = decimals([float(f"{value:.3g}") for value in x], most=3)
        for chosen, colour in ((other, AFTER), (~other, ACCENT)):
            dots = axes.scatter(x[chosen], row[chosen], color=colour, **_DOT)
            name_each(dots, _said(values[chosen], places, language))
        whole = axes.scatter(overall, range(len(overall)), marker="D", color=INK, s=16, zorder=3)
        name_each(whole, _said(overall, places, language))
        axes.set_xscale("function", functions=(_root, np.square))
        top = max(float(x.max()), reference) * 1.05
        axes.set(xlim=(0, top), ylim=(len(overall) - 0.4, -0.6))
        axes.xaxis.set_major_locator(FixedLocator(_ticks(top)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.set_yticks(range(len(overall)), labels=[str(name) for name in overall.index])
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        axes.grid(visible=True, axis="y", color=MUTED, alpha=0.25)
        head(
            figure,
            {
                unit_label: _key(AFTER),
                marked_label: _key(ACCENT),
                group_label: Line2D([], [], linestyle="none", marker="D", color=INK, markersize=4),
                reference_label: line,
            },
            title=axis_label,
        )
    return figure


_DOT: dict[str, Any] = {
    "s": 30,
    "linewidths": 0,
    "alpha": 0.55,
    "clip_on": False,  # a dot at zero is whole
    "zorder": 2,
}


def _key(colour: str) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=5.5,
        color=colour,
        markeredgewidth=0,
        alpha=0.55,
    )


def _said(values: pd.Series, places: int, language: Language) -> list[str]:
    return [f"{name}: {language.number(value, places)}" for name, value in values.items()]


def _root(values: FloatArray) -> FloatArray:
    roots: FloatArray = np.sqrt(np.maximum(values, 0.0))
    return roots


def _ticks(top: float) -> list[float]:
    """Return zero and four or five round numbers that lie apart on a square-root axis."""
    power = 10.0 ** np.floor(np.log10(top))
    rounds = [step * power * scale for scale in (0.01, 0.1, 1.0) for step in _STEPS]
    ticks = [0.0]
    for tick in rounds:
        if tick <= top and np.sqrt(tick / top) - np.sqrt(ticks[-1] / top) >= 0.14:
            ticks.append(tick)
    return ticks
