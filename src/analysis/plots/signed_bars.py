"""One signed value per category, on both sides of zero."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.row_names import further_lines, name_rows
from analysis.plots.style import ACCENT, AFTER, INK, head, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_ROW = 0.5  # inches of height per category
_MARGIN = 0.7
_HALF = 0.2  # height of a bar from its middle, in rows


@drawn_from(values="axis_label")
def signed_bars(values: pd.Series, *, axis_label: str, language: Language) -> Figure:
    """Draw one bar per category to the right of zero or to the left, in two colours.

    Parameters
    ----------
    values : Series of shape (n,)
        Any sign, finite; the index holds the names that are printed, first on top.
    axis_label : str
        What the axis means, with the unit.
    language : Language
        How numbers are written.
    """
    with styled():
        figure, (axes,) = new_figure(_MARGIN + (_ROW + further_lines(values.index)) * len(values))
        bars = axes.barh(
            range(len(values)),
            values,
            height=2 * _HALF,
            color=[ACCENT if value < 0 else AFTER for value in values],
        )
        texts = [language.number(value, signed=True) for value in values]
        axes.bar_label(bars, texts, padding=3, fontsize=9)
        axes.axvline(0, color=INK, linewidth=1)
        name_each(bars, [f"{name}: {t}" for name, t in zip(values.index, texts, strict=True)])
        name_rows(axes, values.index, half=_HALF)
        # Room for the numbers beyond the bars on both sides.
        room = 0.45 * max(values.abs().max(), 1.0)
        axes.set_xlim(min(values.min(), 0) - room, max(values.max(), 0) + room)
        axes.xaxis.set_major_locator(MaxNLocator(3))
        axes.xaxis.set_major_formatter(Numbers(language))
        head(figure, {}, title=axis_label)
    return figure
