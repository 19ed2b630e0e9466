"""Counts over time, with what is missing shown as missing."""

from typing import Any

import pandas as pd
from matplotlib.axis import XAxis
from matplotlib.dates import DateFormatter, YearLocator, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullFormatter

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import ACCENT, MUTED, category_colours, head, new_figure, styled
from analysis.plots.ticks import Numbers

_PANEL = 1.9
_MARGIN = 0.7


@drawn_from(index="Tanggal", panels="Tempat")
def timeline(
    panels: dict[str, pd.DataFrame],
    *,
    deadline: pd.Timestamp | None,
    deadline_label: str,
    missing_label: str,
    language: Language,
) -> Figure:
    """Draw one panel per place: a line per series, a cross on the axis where a count is missing.

    A line joins only dates that follow each other in the panel: where the source has no count
    at a date in between, the line is broken.

    Parameters
    ----------
    panels : dict of str to DataFrame
        For each title a table of counts: index = dates, columns = series, missing = missing.
    deadline : Timestamp or None
        Date marked in every panel; None marks none.
    deadline_label, missing_label : str
        What the vertical line and the cross mean.
    language : Language
        How numbers are written.
    """
    series = list(dict.fromkeys(name for panel in panels.values() for name in panel.columns))
    colours = category_colours(series)
    with styled():
        figure, all_axes = new_figure(_MARGIN + _PANEL * len(panels), rows=len(panels))
        for axes, (title, panel) in zip(all_axes, panels.items(), strict=True):
            for name in panel.columns:
                counts = panel[name].astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
                axes.plot(panel.index, counts, color=colours[name], marker="o", linewidth=1.8)
                absent = panel.index[panel[name].isna()]
                if absent.empty:
                    continue  # an unclipped line without points would stretch the layout
                axes.plot(
                    absent,
                    [0] * len(absent),
                    linestyle="none",
                    marker="x",
                    color=colours[name],
                    clip_on=False,
                    zorder=3,
                )
            if deadline is not None:
                marked = date2num(deadline)  # type: ignore[no-untyped-call]
                axes.axvline(marked, color=ACCENT, linestyle=":", linewidth=1.4)
            axes.set_title(title)
            axes.set_ylim(bottom=0)
            axes.yaxis.set_major_formatter(Numbers(language))
            _years(axes.xaxis)
        first = min(panel.index.min() for panel in panels.values())
        last = max(panel.index.max() for panel in panels.values())
        pad = pd.Timedelta(days=90)
        for axes in all_axes:
            axes.set_xlim(first - pad, last + pad)
        lines: dict[str, Any] = {
            name: Line2D([], [], color=colours[name], marker="o") for name in series
        }
        lines[missing_label] = Line2D([], [], linestyle="none", marker="x", color=MUTED)
        if deadline is not None:
            lines[deadline_label] = Line2D([], [], linestyle=":", color=ACCENT)
        head(figure, lines)
    return figure


def _years(axis: XAxis) -> None:
    """Print each year in its middle, between two lines: its last day stands left of the next."""
    axis.set_major_locator(YearLocator())  # type: ignore[no-untyped-call]
    axis.set_major_formatter(NullFormatter())
    axis.set_minor_locator(YearLocator(month=7, day=2))  # type: ignore[no-untyped-call]
    axis.set_minor_formatter(DateFormatter("%Y"))  # type: ignore[no-untyped-call]
    axis.set_tick_params(which="minor", length=0, pad=6)  # clear of a cross on the axis
