"""How well a model fits: units against what it expects of them, and how often counts occur."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.arrays import FloatArray
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import (
    ACCENT,
    AFTER,
    BEFORE,
    INK,
    MUTED,
    WIDTH,
    head,
    new_figure,
    styled,
    wrapped,
)
from analysis.plots.ticks import Numbers

_STEPS = (1.0, 3.0)  # of which, times powers of ten, ticks are made
_SQUARE = 1.15 * WIDTH  # inches of height
_ROW, _MARGIN = 0.21, 1.3  # inches of height of a class, and of what stands around them
_TWICE = 2.0  # of what is expected, or its half: what lies between is shaded


@drawn_from(observed="observed_label", expected="expected_label", marked="marked_label")
def observed_expected(
    observed: pd.Series,
    expected: pd.Series,
    marked: pd.Series,
    *,
    observed_label: str,
    expected_label: str,
    unit_label: str,
    marked_label: str,
    zero_label: str,
    band_label: str,
    language: Language,
) -> Figure:
    """Draw each unit by what is expected of it and what there is, both on logarithmic axes.

    Parameters
    ----------
    observed, expected : Series of shape (n,)
        Values of the same units, expected above zero, observed from zero on: what is zero stands
        on the lower edge.
    marked : Series of bool, shape (n,)
        Units that are drawn in another colour, such as kota.
    observed_label, expected_label : str
        What the axes mean, with the unit.
    unit_label, marked_label, zero_label, band_label : str
        What a dot, a marked dot, a triangle on the edge and the shaded band mean.
    language : Language
        How numbers are written.
    """
    x, y = expected.to_numpy(dtype=float), observed.to_numpy(dtype=float)
    above = y > 0
    low = float(min(x.min(), y[above].min())) / 1.3
    high = float(max(x.max(), y.max())) * 1.2
    city = marked.to_numpy(dtype=bool)
    with styled():
        figure, (axes,) = new_figure(_SQUARE)
        ends = np.array([low, high])
        axes.fill_between(ends, ends / _TWICE, ends * _TWICE, color=MUTED, alpha=0.18, linewidth=0)
        axes.plot(ends, ends, color=INK, linewidth=1.0)
        for chosen, colour in ((~city, AFTER), (city, ACCENT)):
            here = chosen & above
            axes.scatter(x[here], y[here], s=13, color=colour, alpha=0.6, linewidth=0, zorder=2)
        axes.scatter(
            x[~above],
            np.full((~above).sum(), low),
            s=22,
            marker="v",
            color=INK,
            clip_on=False,
            zorder=3,
        )
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set(xlim=(low, high), ylim=(low, high))
        axes.set(xlabel=wrapped(expected_label, 38))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(FixedLocator(_ticks(low, high)))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter(Numbers(language))
        entries: dict[str, Any] = {
            unit_label: _dot("o", AFTER),
            marked_label: _dot("o", ACCENT),
        }
        if not above.all():
            entries[zero_label] = _dot("v", INK)
        entries[band_label] = Patch(color=MUTED, alpha=0.3, linewidth=0)
        head(figure, entries, title=observed_label)
    return figure


@drawn_from(
    index="",
    columns={"observed": "observed_label", "expected": "expected_label"},
    table="",
    other="other_label",
)
def rootogram(
    table: pd.DataFrame,
    other: pd.Series | None,
    *,
    count_label: str,
    units_label: str,
    observed_label: str,
    expected_label: str,
    other_label: str,
    language: Language,
) -> Figure:
    """Draw how many units have counts in each class, and how many models expect there.

    The first class is on top. Lengths are square roots, so that what a model misses by is
    comparable between classes.

    Parameters
    ----------
    table : DataFrame
        One row a class, as `analysis.models.rootogram` returns it.
    other : Series, optional
        What another model expects in each class.
    count_label, units_label : str
        What the axes mean.
    observed_label, expected_label, other_label : str
        What bars, dots and crosses mean.
    language : Language
        How numbers are written.
    """
    y = np.arange(len(table))
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(table))
        axes.barh(y, table["observed"], height=0.8, color=BEFORE, alpha=0.75)
        axes.plot(table["expected"], y, color=AFTER, marker="o", markersize=5, linewidth=1.2)
        entries: dict[str, Any] = {
            observed_label: Patch(color=BEFORE, alpha=0.75),
            expected_label: Line2D([], [], color=AFTER, marker="o", markersize=5),
        }
        if other is not None:
            axes.plot(other, y, color=INK, marker="x", markersize=6, linestyle=":", linewidth=1)
            entries[other_label] = Line2D([], [], color=INK, marker="x", linestyle=":")
        axes.set_xscale("function", functions=(_root, np.square))
        top = float(max(table[["observed", "expected"]].max().max(), 1.0))
        top = top if other is None else max(top, float(other.max()))
        axes.set(xlim=(0, top * 1.1), xlabel=wrapped(units_label, 38))
        axes.xaxis.set_major_locator(FixedLocator([t for t in _rounds(top) if t <= top * 1.05]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.set_yticks(y, labels=_classes(table, language))
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.grid(visible=False, axis="y")
        head(figure, entries, title=count_label)
    return figure


def _dot(marker: str, colour: str) -> Line2D:
    return Line2D([], [], linestyle="none", marker=marker, color=colour, markersize=5)


def _root(values: FloatArray) -> FloatArray:
    roots: FloatArray = np.sqrt(np.maximum(values, 0.0))
    return roots


def _ticks(low: float, high: float) -> list[float]:
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    ticks = [float(step * power) for power in powers for step in _STEPS]
    return [tick for tick in ticks if low <= tick <= high]


def _rounds(top: float) -> list[float]:
    """Return round numbers that lie apart on an axis of square roots."""
    ticks = [0.0]
    for tick in (1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0):
        if np.sqrt(tick / top) - np.sqrt(ticks[-1] / top) >= 0.12:
            ticks.append(tick)
    return ticks


def _classes(table: pd.DataFrame, language: Language) -> list[str]:
    labels = []
    for low, high in table[["low", "high"]].itertuples(index=False):
        first = language.number(low)
        if pd.isna(high):
            labels.append(f"≥ {first}")
        else:
            labels.append(first if low == high else f"{first}–{language.number(high)}")
    return labels
