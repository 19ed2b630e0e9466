"""Counts over time, with what is missing shown as missing."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import XAxis
from matplotlib.dates import DateFormatter, YearLocator, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullFormatter

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.line_labels import place_beside_lines, size_of, write_names
from analysis.plots.style import (
    ACCENT,
    MUTED,
    category_colours,
    head,
    new_figure,
    styled,
    wrapped,
)
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_PANEL = 1.9
_MARGIN = 0.7
_ROOM = (2.9, 1.15)  # inches of the axes of a panel, at least
_SIZE, _LETTERS = 9.0, 20  # points of the names of series, and letters of a line of them


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
    marked = None if deadline is None else date2num(deadline)  # type: ignore[no-untyped-call]
    with styled():
        figure, all_axes = new_figure(_MARGIN + _PANEL * len(panels), rows=len(panels))
        for axes, (title, panel) in zip(all_axes, panels.items(), strict=True):
            for name in panel.columns:
                _series(
                    axes, panel[name], colours[name], f"{title}, {name}", missing_label, language
                )
            if marked is not None:
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
        lines: dict[str, Any] = {}
        if not _named_beside(all_axes, list(panels.values()), colours, marked):
            lines = {name: Line2D([], [], color=colours[name], marker="o") for name in series}
        if any(panel.isna().any(axis=None) for panel in panels.values()):
            lines[missing_label] = Line2D([], [], linestyle="none", marker="x", color=MUTED)
        if deadline is not None:
            lines[deadline_label] = Line2D([], [], linestyle=":", color=ACCENT)
        if lines:
            head(figure, lines)
    return figure


def _series(
    axes: Axes, counts: pd.Series, colour: str, named: str, missing_label: str, language: Language
) -> None:
    """Draw one series, its dots, and a cross on the axis where a count is missing."""
    days = [language.date(day.date()) for day in counts.index]
    drawn = counts.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    axes.plot(counts.index, drawn, color=colour, linewidth=1.8)
    there = np.isfinite(drawn)
    dots = axes.scatter(counts.index[there], drawn[there], color=colour, s=36, zorder=2.5)
    said = [f"{named}, {day}: " for day in days]
    name_each(dots, [f"{said[i]}{language.number(drawn[i])}" for i in np.flatnonzero(there)])
    absent = np.flatnonzero(~there)
    if absent.size:  # an unclipped mark without points would stretch the layout
        crosses = axes.scatter(
            counts.index[absent],
            np.zeros(len(absent)),
            color=colour,
            s=36,
            marker="x",
            clip_on=False,
            zorder=3,
        )
        name_each(crosses, [f"{said[i]}{missing_label}" for i in absent])


def _named_beside(
    all_axes: list[Axes],
    panels: list[pd.DataFrame],
    colours: Mapping[str, str],
    marked: float | None,
) -> bool:
    """Name each series beside its line in every panel; false, and none, where one has no room.

    `marked` is the day of a line upright, on which no name stands.
    """
    placed = []
    for axes, panel in zip(all_axes, panels, strict=True):
        (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
        days = (np.array([date2num(day) for day in panel.index]) - left) / (right - left)  # type: ignore[no-untyped-call]
        counts = panel.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
        lines = [
            np.column_stack([days, (column - low) / (high - low)]) * _ROOM for column in counts.T
        ]
        upright = []
        if marked is not None:
            at = (marked - left) / (right - left)
            upright = [np.array([[at, 0.0], [at, 1.0]]) * _ROOM]
        named = [wrapped(str(name), _LETTERS) for name in panel.columns]
        sizes = np.array([size_of(name, _SIZE) for name in named])
        places = place_beside_lines(lines, sizes, room=_ROOM, nameless=upright)
        if places is None:
            return False
        placed.append((axes, named, [colours[str(name)] for name in panel.columns], places))
    for axes, named, shown, places in placed:
        write_names(axes, named, shown, places, room=_ROOM, points=_SIZE)
    return True


def _years(axis: XAxis) -> None:
    """Print each year in its middle, between two lines: its last day stands left of the next."""
    axis.set_major_locator(YearLocator())  # type: ignore[no-untyped-call]
    axis.set_major_formatter(NullFormatter())
    axis.set_minor_locator(YearLocator(month=7, day=2))  # type: ignore[no-untyped-call]
    axis.set_minor_formatter(DateFormatter("%Y"))  # type: ignore[no-untyped-call]
    axis.set_tick_params(which="minor", length=0, pad=6)  # clear of a cross on the axis
