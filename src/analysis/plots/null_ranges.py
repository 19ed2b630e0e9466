"""Estimates beside the range in which chance alone would put them."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import ACCENT, INK, MUTED, head, new_figure, row_heading, styled, wrapped
from analysis.plots.ticks import Numbers

_ROW, _HEADING = 0.24, 0.3  # inches of height
_MARGIN = 1.35


@drawn_from(
    index="",
    columns={
        "group": "Kelompok",
        "row": "Nama",
        "estimate": "estimate_label",
        "low": "Batas bawah",
        "high": "Batas atas",
    },
    table="",
)
def null_ranges(
    table: pd.DataFrame,
    *,
    axis_label: str,
    estimate_label: str,
    range_label: str,
    language: Language,
) -> Figure:
    """Draw each estimate as a dot and the range of chance as a bar, in groups of rows.

    Parameters
    ----------
    table : DataFrame
        One row an estimate: `group` (printed above its rows), `row` (printed beside it),
        `estimate`, `low` and `high` (the range). Rows of a group stand together.
    axis_label, estimate_label, range_label : str
        What the axis, a dot and a bar mean.
    language : Language
        How numbers are written.
    """
    first = table["group"].ne(table["group"].shift()).to_numpy()
    y = (np.arange(len(table)) + 0.5) * _ROW + np.cumsum(first) * _HEADING
    with styled():
        figure, (axes,) = new_figure(_MARGIN + y[-1] + _ROW / 2)
        axes.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
        axes.hlines(y, table["low"], table["high"], color=MUTED, linewidth=7, alpha=0.55, zorder=2)
        axes.scatter(table["estimate"], y, color=ACCENT, s=34, zorder=3)
        axes.set_yticks(y, labels=list(table["row"]))
        for place, group in zip(y[first], table["group"][first], strict=True):
            row_heading(axes, place - _ROW / 2 - 0.45 * _HEADING, group)
        axes.set(ylim=(y[-1] + _ROW, 0.0), xlabel=wrapped(axis_label, 34))
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        head(
            figure,
            {
                estimate_label: Line2D([], [], linestyle="none", marker="o", color=ACCENT),
                range_label: Line2D([], [], color=MUTED, linewidth=7, alpha=0.55),
            },
        )
    return figure
