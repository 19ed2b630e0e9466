"""A heat map of units by families: too few in one colour, too many in another, none left blank."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.arrays import FloatArray
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import (
    ACCENT,
    AFTER,
    MUTED,
    head,
    ink_on,
    legible,
    new_figure,
    styled,
    wrapped,
)
from analysis.plots.svg import name_each

_MARGIN = 1.1  # inches of height for the names of the families and the key
_ROW, _FEWEST, _LONG = 0.2, 0.14, 30  # inches of a row; of one where there are more rows than this
_WRITTEN = 8  # families up to which a cell has room for its number
_LONGEST = 26  # characters of a unit's name
_SIZE = 8.0  # points
_LETTERS = 24  # of the names of all families, beside each other
_LINE = 0.13  # inches of a further line of a name


@drawn_from(gaps="")
def heat_map(
    gaps: pd.DataFrame,
    *,
    largest: float,
    short_label: str,
    over_label: str | None = None,
    language: Language,
) -> Figure:
    """Draw people above need (positive) and below it (negative), units by families.

    Parameters
    ----------
    gaps : DataFrame of shape (n, F)
        Whole people; missing where a unit has no such post, which stays blank. Up to 60 rows stay
        readable on a phone and on A4.
    largest : float
        Size of a gap, > 0, that has the full colour: the same in all parts of one map. Colours
        deepen with the square root, so that small gaps do not vanish beside a large one.
    short_label, over_label : str
        What the two colours mean; without the second all are short, and have no sign.
    language : Language
        How numbers are written.
    """
    n, families = gaps.shape
    row = _ROW if n <= _LONG else _FEWEST
    values = gaps.to_numpy(dtype=float)
    deep = np.sign(values) * np.sqrt(np.abs(values) / largest)
    with styled():
        named = [wrapped(str(name), max(1, _LETTERS // families)) for name in gaps.columns]
        turned = families * max(_longest(name.splitlines()) for name in named) > _LETTERS
        if turned:
            named = [str(name) for name in gaps.columns]
        above = 0.05 * _longest(named) if turned else _LINE * max(map(_further, named))
        figure, (axes,) = new_figure(_MARGIN + above + row * n)
        axes.grid(visible=False)
        shown = values if over_label is not None else np.abs(values)
        signed = over_label is not None
        there = np.argwhere(np.isfinite(values))
        cells = PolyCollection(
            [[(j, i), (j + 1, i), (j + 1, i + 1), (j, i + 1)] for i, j in there],
            facecolors=_COLOURS((deep[tuple(there.T)] + 1) / 2),
            edgecolors="white",
            linewidths=0.8,
        )
        axes.add_collection(cells)
        name_each(
            cells,
            [
                f"{gaps.index[i]}, {gaps.columns[j]}: {language.number(shown[i, j], signed=signed)}"
                for i, j in there
            ],
        )
        axes.set(xlim=(0, families), ylim=(n, 0))
        axes.xaxis.tick_top()
        axes.set_xticks(np.arange(families) + 0.5, labels=named)
        axes.tick_params(axis="both", length=0, labelsize=_SIZE)
        for label in axes.get_xticklabels() if turned else ():
            label.set(rotation=60, ha="left")
        axes.set_yticks(np.arange(n) + 0.5, labels=[_cut(str(name)) for name in gaps.index])
        for spine in axes.spines.values():
            spine.set_visible(False)
        labels = [short_label] if over_label is None else [short_label, over_label]
        if families <= _WRITTEN:
            _write(axes, shown, deep, language, signed=signed)
        head(
            figure,
            {label: Patch(color=c) for label, c in zip(labels, (ACCENT, AFTER), strict=False)},
        )
    return figure


_COLOURS = LinearSegmentedColormap.from_list("gaps", [ACCENT, "#f4f5f7", AFTER])


def _write(
    axes: "object",
    values: FloatArray,
    deep: FloatArray,
    language: Language,
    *,
    signed: bool,
) -> None:
    for i, j in zip(*np.nonzero(np.isfinite(values)), strict=True):
        filled = _COLOURS((deep[i, j] + 1) / 2)
        axes.text(  # type: ignore[attr-defined]
            j + 0.5,
            i + 0.5,
            language.number(values[i, j], signed=signed),
            ha="center",
            va="center",
            fontsize=_SIZE,
            color=legible(MUTED) if values[i, j] == 0 else ink_on(filled),
        )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _longest(names: Sequence[str]) -> int:
    return max(map(len, names))


def _further(name: str) -> int:
    """Return how many lines a name has beside its first."""
    return name.count("\n")
