"""The one look of every figure: width, type size, colours.

Figures are drawn narrow with large type, so that the same picture reads on a phone (about
360 px wide) and on paper. Colours are those of Okabe and Ito (2008), which readers with any of
the common forms of colour blindness can tell apart.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH = 4.8  # inches
BEFORE, AFTER, ACCENT, MUTED, INK = "#E69F00", "#0072B2", "#D55E00", "#8a8f98", "#1f2933"
CONTEXT = "#b9c2cb"  # what others are compared with
SEQUENTIAL = "YlGnBu"
CATEGORIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6b5b95")

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
    "legend.fontsize": 9.5,
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


def category_colours(labels: list[str]) -> dict[str, str]:
    """Return a colour for each label, in order; the palette starts again when it is used up."""
    return {label: CATEGORIES[i % len(CATEGORIES)] for i, label in enumerate(labels)}
