"""Units by two values, in the four fields that the values of all units together make."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.ticker import FixedLocator, NullLocator
from scipy.special import expit, logit

from analysis.arrays import FloatArray
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.label_places import nearest_dots, place_labels
from analysis.plots.style import CATEGORIES, INK, MUTED, WIDTH, new_figure, styled, wrapped
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_COLOURS = dict(zip(("few_high", "many_high", "few_low", "many_low"), CATEGORIES, strict=False))
_LEFT, _RIGHT, _BELOW = 0.5, 0.1, 0.56  # inches around the axes
_LINE = 0.16  # inches of a line above the axes
_PLOT = 3.75  # inches of height of the axes
_ROW = 0.155  # inches of height per line of names
_HEAD = 0.42  # inches of height of the head of a list
_MARK, _HEADING, _NAME = 8.6, 8.0, 8.4  # points
_HEADING_LETTERS, _NAME_LETTERS = 21, 21
_GAP = 0.05  # inches between a dot and its mark
_MARGIN = 0.06  # of the range of the values, on either side
_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97)
_TICKS = (*_SHARES, 0.98, 0.99, 0.995, 0.998, 0.999)


@drawn_from(
    columns={"x": "x_label", "y": "y_label", "mark": "Singkatan", "field": "Kelompok"},
    named={"field": "fields"},
    units="",
)
def four_fields(
    units: pd.DataFrame,
    *,
    x_reference: float,
    y_reference: float,
    fields: Mapping[str, str],
    reference_label: str,
    x_label: str,
    y_label: str,
    language: Language,
) -> Figure:
    """Draw each unit as a dot with a short mark, and below the names of the units of each field.

    The share is drawn on a logistic scale, which keeps apart what is close to 100 %, unless a unit
    has a share of 0 or 1.

    Parameters
    ----------
    units : DataFrame
        One row per unit: `x` (number), `y` (share, in [0, 1]), `mark` (one to four letters) and
        `field` (key of `fields`). The index holds the names; names and marks are printed.
    x_reference, y_reference : float
        Values of all units together, where the fields meet.
    fields : mapping of str to str
        Label of each field by key: "few_high", "many_high", "few_low", "many_low".
    reference_label, x_label, y_label : str
        What the two lines and the axes mean, with the unit.
    language : Language
        How numbers are written.
    """
    lines = pd.Series(
        [1 + wrapped(str(name), _NAME_LETTERS).count("\n") for name in units.index],
        index=units.index,
    )
    rows = lines.groupby(units["field"]).sum().reindex(list(_COLOURS), fill_value=0)
    upper, lower = (max(rows.iloc[0:2]), max(rows.iloc[2:4]))
    below = 2 * _HEAD + _ROW * (upper + lower)
    title = "\n".join(wrapped(label, 46) for label in (y_label, reference_label))
    height = _LINE * (2 + title.count("\n")) + _PLOT + _BELOW + below
    with styled():
        figure, (axes,) = new_figure(height)
        figure.set_layout_engine("none")
        width = WIDTH - _LEFT - _RIGHT
        axes.set_position((_LEFT / WIDTH, (_BELOW + below) / height, width / WIDTH, _PLOT / height))
        _scatter(axes, units, (x_reference, y_reference), (width, _PLOT))
        axes.set(xlabel=wrapped(x_label, 38))
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.yaxis.set_major_formatter(Numbers(language, percent=True))
        figure.text(0.02, 1 - 0.05 / height, title, va="top", fontsize=9, linespacing=1.15)
        for key, column, top in (
            ("few_high", 0, below),
            ("many_high", 1, below),
            ("few_low", 0, below - _HEAD - _ROW * upper),
            ("many_low", 1, below - _HEAD - _ROW * upper),
        ):
            names = units[units["field"] == key]
            _names(figure, names, f"{fields[key]} ({len(names)})", _COLOURS[key], column, top)
    return figure


def _scatter(
    axes: Axes, units: pd.DataFrame, reference: tuple[float, float], room: tuple[float, float]
) -> None:
    """Draw dots, marks and the two lines; `room` is the size of the axes in inches."""
    logistic = bool(units["y"].between(0, 1, inclusive="neither").all())
    at = np.vstack([units[["x", "y"]].to_numpy(np.float64), reference])
    flat = np.column_stack([at[:, 0], logit(at[:, 1]) if logistic else at[:, 1]])
    low, high = _limits(flat)

    def values(inches: FloatArray) -> FloatArray:
        x, y = (low + inches / room * (high - low)).T
        return np.column_stack([x, expit(y) if logistic else y])

    (left, bottom), (right, top) = values(np.array([(0.0, 0.0), room]))
    if logistic:
        axes.set_yscale("logit")
        axes.yaxis.set_major_locator(FixedLocator([t for t in _TICKS if bottom < t < top]))
        axes.yaxis.set_minor_locator(NullLocator())
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.axvline(reference[0], color=INK, linestyle="--", linewidth=1, zorder=1)
    axes.axhline(reference[1], color=INK, linestyle="--", linewidth=1, zorder=1)
    colours = [_COLOURS[key] for key in units["field"]]
    dots = axes.scatter(units["x"], units["y"], c=colours, s=16, linewidths=0, zorder=3)
    name_each(dots, map(str, units.index))
    *places, cross = (flat - low) / (high - low) * room
    marks = units["mark"].tolist()
    sizes = np.array([_size(mark) for mark in marks])
    points = np.array(places)
    centres = place_labels(points, sizes, room=room, cross=tuple(cross), gap=_GAP)
    lines = [values(line) for line in _lines(points, centres, sizes)]
    axes.add_collection(LineCollection(lines, colors=MUTED, linewidths=0.7), autolim=False)
    for mark, (x, y) in zip(marks, values(centres), strict=True):
        axes.text(x, y, mark, ha="center", va="center_baseline", fontsize=_MARK, zorder=4)


def _lines(points: FloatArray, centres: FloatArray, sizes: FloatArray) -> list[FloatArray]:
    """Return the lines from dots to the labels that stand apart from them, or nearer to others."""
    away = centres - points
    apart = (np.abs(away) > sizes / 2 + 1.6 * _GAP).any(axis=1)
    apart |= nearest_dots(points, centres) != np.arange(len(points))
    # A line ends at the edge of its label: where its longer side, by the label's shape, is reached.
    with np.errstate(divide="ignore"):
        inside = np.min(sizes / 2 / np.abs(away), axis=1)
    ends = centres - np.minimum(inside, 1.0)[:, None] * away
    return list(np.stack([points, ends], axis=1)[apart])


def _names(
    figure: Figure, units: pd.DataFrame, head: str, colour: str, column: int, top: float
) -> None:
    """List the units of a field; `top` is inches above the lower edge of the figure."""
    height = figure.get_size_inches()[1]
    left = (0.05 + column * WIDTH / 2) / WIDTH
    place: dict[str, Any] = {"va": "top", "fontsize": _NAME}
    figure.text(left, top / height, "●", color=colour, **place)
    figure.text(
        left + 0.14 / WIDTH,
        top / height,
        wrapped(head, _HEADING_LETTERS),
        **(place | {"fontsize": _HEADING, "fontweight": "bold", "linespacing": 1.0}),
    )
    row = 0
    for name, mark in units["mark"].items():
        at = (top - _HEAD + 0.1 - row * _ROW) / height
        figure.text(left, at, mark, **place)
        lines = wrapped(str(name), _NAME_LETTERS)
        figure.text(left + 0.25 / WIDTH, at, lines, linespacing=1.1, **place)
        row += 1 + lines.count("\n")


def _limits(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    low, high = values.min(axis=0), values.max(axis=0)
    margin = np.where(high > low, _MARGIN * (high - low), 0.5)
    return low - margin, high + margin


@cache
def _size(mark: str) -> tuple[float, float]:
    """Return width and height of a mark in inches, from the outlines of the font."""
    font = FontProperties(family="DejaVu Sans")
    box = TextPath((0, 0), mark, size=_MARK, prop=font).get_extents()
    return box.width / 72 + 0.02, _MARK * 0.8 / 72
