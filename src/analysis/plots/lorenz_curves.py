"""Lorenz curves."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.arrays import FloatArray
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.line_labels import (
    how_far_apart,
    place_beside_lines,
    size_of,
    write_names,
)
from analysis.plots.style import AFTER, BEFORE, INK, MUTED, head, new_figure, styled, wrapped
from analysis.plots.svg import name_each
from analysis.plots.ticks import Numbers

_HEIGHT = 3.8
_SIDE = 2.75  # inches of the axes, at least
_SIZE, _LETTERS = 9.0, 20  # points of the names of curves, and letters of a line of them
_NEAR = 0.04  # inches from which on two curves are seen to be two
_TOGETHER = 0.08  # inches up to which two curves have one name


@drawn_from(
    index="",
    columns={"unit": "Nama", "population_share": "x_label", "value_share": "y_label"},
    curves="Kurva",
)
def lorenz(
    curves: Mapping[str, pd.DataFrame],
    *,
    x_label: str,
    y_label: str,
    equality_label: str,
    language: Language,
) -> Figure:
    """Draw one or two Lorenz curves and the line of equality.

    Parameters
    ----------
    curves : mapping of str to DataFrame
        For each label the knots of the curve, columns `population_share` and `value_share`
        in [0, 1], starting at the origin; `unit`, where known, is whose piece ends at a knot.
    x_label, y_label, equality_label : str
        What the axes and the diagonal mean.
    language : Language
        How numbers are written.
    """
    colours = [AFTER] if len(curves) == 1 else [BEFORE, AFTER]
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        (even,) = axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1.2)
        lines = {equality_label: even}
        for (label, curve), colour in zip(curves.items(), colours, strict=True):
            x, y = curve["population_share"], curve["value_share"]
            (lines[label],) = axes.plot(x, y, color=colour, linewidth=1.8)
            knots = axes.scatter(x, y, color=colour, s=6.8, linewidths=0, zorder=2.5)
            name_each(knots, _names(curve, label, language))
        if len(curves) == 1:
            axes.fill_between(
                curve["population_share"],
                curve["value_share"],
                curve["population_share"],
                color=colours[0],
                alpha=0.12,
                linewidth=0,
            )
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=wrapped(x_label, 38), aspect="equal", anchor="N")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(Numbers(language, percent=True))
        _say_which(axes, lines, language)
        head(figure, {}, title=y_label)
    return figure


def _names(curve: pd.DataFrame, label: str, language: Language) -> list[str]:
    """Return what each knot says: whose it is, or else of which curve, and where it lies."""
    called = (
        curve["unit"].where(curve["unit"] != "", label) if "unit" in curve else [label] * len(curve)
    )
    shares = zip(called, curve["population_share"], curve["value_share"], strict=True)
    return [f"{name}: {language.percent(x)}; {language.percent(y)}" for name, x, y in shares]


def _say_which(axes: Axes, lines: Mapping[str, Line2D], language: Language) -> None:
    """Name each line beside it, two that cannot be told apart together, or all in a key."""
    corners = {
        label: _SIDE * np.asarray(line.get_xydata(), dtype=np.float64)
        for label, line in lines.items()
    }
    colours = {label: str(line.get_color()) for label, line in lines.items()}
    if _names_placed(axes, corners, colours):
        return
    one, other = min(
        combinations(corners, 2), key=lambda pair: how_far_apart(*(corners[name] for name in pair))
    )
    if how_far_apart(corners[one], corners[other]) < _TOGETHER:
        both = language.text("{one} dan {other} (hampir berimpit)", one=one, other=other)
        joined = np.concatenate([corners.pop(one), [[np.nan, np.nan]], corners.pop(other)])
        if _names_placed(axes, corners | {both: joined}, colours | {both: INK}):
            return
    axes.legend(
        handles=[*lines.values()],
        labels=[wrapped(label, 26) for label in lines],
        loc="upper left",
        borderaxespad=0.5,
    )


def _names_placed(
    axes: Axes, corners: Mapping[str, FloatArray], colours: Mapping[str, str]
) -> bool:
    """Name each line where it can be told from the others; return whether all can."""
    names = [wrapped(label, _LETTERS) for label in corners]
    sizes = np.array([size_of(name, _SIZE) for name in names])
    room = (_SIDE, _SIDE)
    places = place_beside_lines([*corners.values()], sizes, room=room)
    if places is None:
        places = place_beside_lines(
            [*corners.values()], sizes, room=room, apart=_NEAR, covering=True
        )
    if places is None:
        return False
    write_names(axes, names, [colours[label] for label in corners], places, room=room, points=_SIZE)
    return True
