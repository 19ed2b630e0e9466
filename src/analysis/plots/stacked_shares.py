"""Wholes cut into parts, one bar each."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import CATEGORIES, INK, new_figure, styled
from analysis.plots.ticks import Numbers

_ROW = 0.36  # inches of height per bar
_LONGEST, _LETTERS = 52, 32  # letters of a name on one line; of each where one is longer
_MARGIN = 1.25
_ROOM = 0.07  # least share that a number fits into
_DARK = {CATEGORIES[0], CATEGORIES[6]}  # parts on which a number is white


@drawn_from(shares="")
def stacked_shares(shares: pd.DataFrame, *, axis_label: str, language: Language) -> Figure:
    """Draw one bar per whole, cut into its parts.

    Parameters
    ----------
    shares : DataFrame of shape (n wholes, m parts)
        Shares >= 0 that add up to one in each row; the index holds the names that are printed,
        first on top, and the columns those of the parts. A row without values stays empty.
    axis_label : str
        What the bars are shares of.
    language : Language
        How numbers are written.
    """
    colours = [CATEGORIES[5], CATEGORIES[0], CATEGORIES[4], *CATEGORIES[1:4]][: shares.shape[1]]
    values = shares.to_numpy(dtype=np.float64)
    starts = np.cumsum(values, axis=1) - values
    rows = np.arange(len(shares))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(shares))
        for part, colour in enumerate(colours):
            bars = axes.barh(
                rows,
                values[:, part],
                left=starts[:, part],
                height=0.72,
                color=colour,
                label=str(shares.columns[part]),
            )
            texts = [
                language.percent(share, 0) if share >= _ROOM else "" for share in values[:, part]
            ]
            ink = "white" if colour in _DARK else INK
            axes.bar_label(bars, texts, label_type="center", fontsize=8.5, color=ink)
        names = [str(name) for name in shares.index]
        if max(map(len, names), default=0) > _LONGEST:
            names = [textwrap.fill(name, _LETTERS) for name in names]
        axes.set_yticks(rows, labels=names, linespacing=0.95)
        axes.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), xlabel=axis_label)
        axes.xaxis.set_major_formatter(Numbers(language, percent=True))
        axes.grid(visible=False, axis="y")
        figure.legend(loc="outside upper left", ncols=1)
    return figure
