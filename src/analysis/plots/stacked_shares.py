"""Wholes cut into parts, one bar each."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.row_names import further_lines, name_rows
from analysis.plots.style import CATEGORIES, head, ink_on, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_ROW = 0.46  # inches of height per bar
_MARGIN = 0.95
_HALF = 0.24  # height of a bar from its middle, in rows
_ROOM = 0.07  # least share that a number fits into


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

    Raises
    ------
    DataError
        If there are more parts than colours.
    """
    colours = [CATEGORIES[5], CATEGORIES[0], CATEGORIES[4], *CATEGORIES[1:4]]
    if shares.shape[1] > len(colours):
        raise DataError(
            f"stacked_shares: {shares.shape[1]} parts, and there are {len(colours)} colours. Put "
            "the smallest parts together."
        )
    colours = colours[: shares.shape[1]]
    values = shares.to_numpy(dtype=np.float64)
    starts = np.cumsum(values, axis=1) - values
    rows = np.arange(len(shares))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + (_ROW + further_lines(shares.index)) * len(shares))
        parts: dict[str, Any] = {}
        for part, colour in enumerate(colours):
            bars = axes.barh(
                rows,
                values[:, part],
                left=starts[:, part],
                height=2 * _HALF,
                color=colour,
            )
            texts = [
                language.percent(share, 0) if share >= _ROOM else "" for share in values[:, part]
            ]
            label = str(shares.columns[part])
            parts[label] = bars
            name_each(
                bars,
                [
                    f"{name}, {label}: {language.percent(share, 1)}"
                    for name, share in zip(
                        shares.index, np.nan_to_num(values[:, part]), strict=True
                    )
                ],
            )
            ink = ink_on(colour)
            axes.bar_label(bars, texts, label_type="center", fontsize=8.5, color=ink)
        name_rows(axes, shares.index, half=_HALF)
        axes.set(xlim=(0, 1))
        axes.xaxis.set_major_formatter(Numbers(language, percent=True))
        head(figure, parts, title=axis_label)
    return figure
