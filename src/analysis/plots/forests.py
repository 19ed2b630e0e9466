"""What goes with a step of each term: estimates with their limits, several to a term."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import (
    ACCENT,
    AFTER,
    INK,
    MUTED,
    head,
    new_figure,
    row_heading,
    styled,
    wrapped,
)
from analysis.plots.ticks import decimals

_LINE, _HEADING = 0.17, 0.3  # inches of height for an estimate, and for the name of a term
_MARGIN = 1.5
_LOOKS = (("s", ACCENT), ("o", AFTER), ("D", INK))  # marker and colour of each series, in order
_TICKS = (-0.9, -0.75, -0.5, -0.25, 0.0, 0.5, 1.0, 2.0, 4.0, 9.0, 24.0)  # more or less, as shares
_WIDEST = 30.0  # ratio at which the axis ends at most, either way


@drawn_from(
    index="",
    columns={
        "term": "Keterangan",
        "series": "Seri",
        "ratio": "axis_label",
        "low": "Batas bawah",
        "high": "Batas atas",
    },
    named={"series": "series"},
    table="",
)
def forest(
    table: pd.DataFrame,
    series: dict[str, str],
    *,
    axis_label: str,
    cut_label: str,
    language: Language,
) -> Figure:
    """Draw ratios with their limits on a logarithmic axis that is read as more or less.

    Parameters
    ----------
    table : DataFrame
        One row an estimate: `term` (what is printed above its estimates), `series` (a key of
        `series`), `ratio`, `low`, `high`, all above zero. Terms come in the order of the rows.
    series : dict of str to str
        What each kind of estimate is called; three at most, drawn in this order.
    axis_label : str
        What more and less are of.
    cut_label : str
        What is said below the axis where limits reach beyond it.
    language : Language
        How numbers are written.
    """
    terms = list(dict.fromkeys(table["term"]))
    looks = dict(zip(series, _LOOKS, strict=False))
    height = _HEADING + _LINE * len(series)
    low, high = _reach(table)
    cut = bool((table["low"] < low).any() or (table["high"] > high).any())
    with styled():
        figure, (axes,) = new_figure(_MARGIN + height * len(terms))
        axes.axvline(1.0, color=INK, linewidth=1.0, zorder=1)
        for number, term in enumerate(terms):
            row_heading(axes, number * height + 0.6 * _HEADING, term)
        for place, (key, (marker, colour)) in enumerate(looks.items()):
            rows = table[table["series"] == key]
            y = np.array([terms.index(term) for term in rows["term"]]) * height
            y = y + _HEADING + _LINE * (place + 0.3)
            ends = rows[["low", "high"]].clip(low, high)
            axes.hlines(y, ends["low"], ends["high"], color=colour, linewidth=1.6, zorder=2)
            shown = rows["ratio"].between(low, high)
            axes.scatter(
                rows["ratio"][shown], y[shown], marker=marker, color=colour, s=26, zorder=3
            )
        axes.set_xscale("log")
        axes.set(xlim=(low, high), ylim=(height * len(terms) + 0.05, 0.0))
        ticks = [tick for tick in _TICKS if low <= 1.0 + tick <= high]
        places = decimals([100 * tick for tick in ticks])
        axes.xaxis.set_major_locator(FixedLocator([1.0 + tick for tick in ticks]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(
            FixedFormatter([language.percent(tick, places, signed=True) for tick in ticks])
        )
        axes.set_xlabel(wrapped(cut_label, 40) if cut else "")
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="x", color=MUTED, alpha=0.25)
        head(
            figure,
            {
                series[key]: Line2D(
                    [], [], color=colour, marker=marker, markersize=5, linewidth=1.6
                )
                for key, (marker, colour) in looks.items()
            },
            title=axis_label,
        )
    return figure


def _reach(table: pd.DataFrame) -> tuple[float, float]:
    """Return where the axis begins and ends: at the limits, or where it would dwarf the rest."""
    low, high = float(table["low"].min()), float(table["high"].max())
    return max(min(low, 0.8) / 1.05, 1.0 / _WIDEST), min(max(high, 1.25) * 1.05, _WIDEST)
