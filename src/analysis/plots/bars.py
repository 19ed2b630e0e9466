"""Categories side by side for two states."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.row_names import further_lines, name_rows
from analysis.plots.style import AFTER, BEFORE, head, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_ROW = 0.52  # inches of height per category
_MARGIN = 0.9


@drawn_from(before="before_label", after="after_label")
def grouped_bars(
    before: pd.Series,
    after: pd.Series,
    *,
    before_label: str,
    after_label: str,
    axis_label: str,
    missing_label: str,
    language: Language,
) -> Figure:
    """Draw two bars per category; a missing count is written out, not drawn as zero.

    Parameters
    ----------
    before, after : Series of shape (n,)
        Counts of the same categories; the index holds the names that are printed, first on top.
    before_label, after_label, axis_label, missing_label : str
        What the bars and the axis mean, and the words for a missing count.
    language : Language
        How numbers are written.
    """
    thickness = 0.28
    rows = range(len(before))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + (_ROW + further_lines(before.index)) * len(before))
        entries: dict[str, Any] = {}
        for values, offset, colour, label in (
            (before, -thickness / 2, BEFORE, before_label),
            (after, thickness / 2, AFTER, after_label),
        ):
            bars = axes.barh(
                [row + offset for row in rows],
                values.astype("Float64").fillna(0).astype(float),
                height=thickness,
                color=colour,
            )
            texts = [missing_label if pd.isna(v) else language.number(v) for v in values]
            axes.bar_label(bars, texts, padding=3, fontsize=8.5)
            name_each(
                bars, [f"{name}, {label}: {t}" for name, t in zip(before.index, texts, strict=True)]
            )
            entries[label] = bars
        name_rows(axes, before.index, half=thickness)
        counts = pd.concat([before, after]).dropna()
        axes.set_xlim(0, max(counts, default=0) * 1.25 or 1)  # none where all are missing
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(Numbers(language))
        head(figure, entries, title=axis_label)
    return figure
