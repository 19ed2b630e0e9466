"""The one look of every figure: width, type size, colours.

Figures are drawn narrow with large type, so that the same picture reads on a phone (about
360 px wide) and on paper: no type is below 8 points, which are 10 px there. What a figure speaks
of is blue and the rest grey. Colours are those of Okabe and Ito (2008), which readers with any of
the common forms of colour blindness can tell apart.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.typing import ColorType

from analysis.arrays import FloatArray

WIDTH = 3.75  # inches; a phone of 360 px shows them at 1.2 times their size
BEFORE, AFTER, ACCENT, MUTED, INK = "#7d8790", "#0072B2", "#D55E00", "#8a8f98", "#1f2933"
CONTEXT = "#b9c2cb"  # what others are compared with
SEQUENTIAL = "YlGnBu"
CATEGORIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6b5b95")

_LINE, _ENTRY, _COLUMNS = 46, 42, 3  # letters of a line and of an entry above a figure; columns
_TITLE = 9.5  # points
_ACROSS, _MARK = 53, 6  # letters of all columns together, and what a mark takes of them

_LEGIBLE = 4.5  # contrast that letters need on white, WCAG 2.2, success criterion 1.4.3

_RC: dict[Any, Any] = {
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.labelsize": 10,
    "font.family": "DejaVu Sans",  # shipped with matplotlib, so the same on every machine
    "font.size": 10,
    "grid.color": "#e4e7eb",
    "legend.frameon": False,
    "legend.borderaxespad": 0.2,
    "legend.borderpad": 0.2,
    "legend.columnspacing": 1.0,
    "legend.fontsize": 9,
    "legend.handlelength": 1.5,
    "legend.handletextpad": 0.5,
    "legend.labelspacing": 0.3,
    "legend.title_fontsize": _TITLE,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "xtick.color": INK,
    "xtick.labelsize": 9.5,
    "ytick.color": INK,
    "ytick.labelsize": 9.5,
}


@contextmanager
def styled() -> Iterator[None]:
    """Apply the style to what is drawn inside, whatever the user's settings, and restore them.

    What matplotlib makes only when it draws, such as ticks, reads the settings of that moment:
    saving a figure belongs inside as well.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(sns.axes_style("whitegrid"))
        mpl.rcParams.update(_RC)
        yield


def new_figure(
    height: float,
    rows: int = 1,
    columns: int = 1,
    *,
    height_ratios: Sequence[float] | None = None,
) -> tuple[Figure, list[Axes]]:
    """Return a figure of the standard width with its axes, in reading order.

    Parameters
    ----------
    height : float
        Inches.
    rows, columns : int
        Layout of the axes.
    height_ratios : sequence of float, optional
        How the rows share the height; equally if not given.
    """
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(rows, columns, squeeze=False, height_ratios=height_ratios)
    return figure, list(axes.flat)


def head(figure: Figure, entries: Mapping[str, Any], *, title: str = "") -> None:
    """Print above a figure what it measures and what its marks mean, in lines that fit.

    Parameters
    ----------
    figure : Figure
    entries : mapping of str to Artist or Container
        What a mark means, and a mark that looks like it; in as many columns as fit.
    title : str, optional
        What is measured, with the unit: here, it is read before the marks, whatever their number.
    """
    if not entries:
        figure.suptitle(wrapped(title, _LINE), x=0.01, ha="left", fontsize=_TITLE)
        return
    labels = [wrapped(label, _ENTRY) for label in entries]
    longest = max((len(line) for label in labels for line in label.splitlines()), default=0)
    figure.legend(
        handles=list(entries.values()),
        labels=labels,
        title=wrapped(title, _LINE) if title else None,
        loc="outside upper left",
        ncols=max(1, min(len(labels), int(_ACROSS // (longest + _MARK)), _COLUMNS)),
        alignment="left",
    )


def row_heading(axes: Axes, place: float, text: str) -> None:
    """Write what the rows below a height of the y axis have in common, over lines that cross it."""
    axes.text(
        0.0,
        place,
        text,
        transform=axes.get_yaxis_transform(),
        va="center",
        fontsize=9.5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        zorder=2,
    )


def wrapped(text: str, letters: int) -> str:
    """Return a text in lines of so many letters at most."""
    return textwrap.fill(text, letters, break_long_words=False)


def category_colours(labels: list[str]) -> dict[str, str]:
    """Return a colour for each label, in order; the palette starts again when it is used up."""
    return {label: CATEGORIES[i % len(CATEGORIES)] for i, label in enumerate(labels)}


def legible(colour: str) -> str:
    """Return a colour in which letters on white can be read: the same, or a darker one.

    Examples
    --------
    >>> legible("#0072B2"), legible("#8a8f98")
    ('#0072b2', '#71757c')
    """
    rgb = np.array(to_rgb(colour))
    while 1.05 / (_luminance(rgb) + 0.05) < _LEGIBLE:
        rgb = rgb * 0.98
    return to_hex((float(rgb[0]), float(rgb[1]), float(rgb[2])))


def ink_on(colour: ColorType) -> str:
    """Return the colour of letters on a filled cell: dark, or white; black where both are faint.

    Examples
    --------
    >>> ink_on("#ffffff"), ink_on("#0072B2"), ink_on("#D55E00")
    ('#1f2933', 'white', 'black')
    """
    below = _luminance(np.array(to_rgb(colour))) + 0.05
    dark = below / (_luminance(np.array(to_rgb(INK))) + 0.05)
    return INK if dark >= _LEGIBLE else "white" if 1.05 / below >= _LEGIBLE else "black"


def _luminance(rgb: FloatArray) -> float:
    """Return the relative luminance of WCAG 2.2."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
