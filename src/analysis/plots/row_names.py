"""Names of rows: above them where they are long, for a phone has no room for those beside."""

from collections.abc import Iterable

from matplotlib.axes import Axes

from analysis.plots.style import wrapped

_SIZE, _LINE = 9.0, 0.145  # points; inches of a line
_LETTERS = 46  # of a line
_BESIDE = 28  # letters of a name beside its row
_GAP = 0.03  # between a bar and its name, in rows


def name_rows(axes: Axes, names: Iterable[object], *, half: float) -> None:
    """Print a name above the bars of each row of a figure, from the left edge on.

    Parameters
    ----------
    axes : Axes
        Rows stand at 0, 1, 2, ..., the first on top; its limits are set here.
    names : iterable
        One for each row.
    half : float
        How far the bars of a row reach from its middle, in rows.
    """
    last = -1
    for last, name in enumerate(names):
        axes.text(
            0.0,
            last - half - _GAP,
            wrapped(str(name), _LETTERS),
            transform=axes.get_yaxis_transform(),
            va="bottom",
            fontsize=_SIZE,
            linespacing=1.0,
        )
    axes.set_ylim(last + half + 0.12, half - 1.0)
    axes.set_yticks([])
    axes.grid(visible=False, axis="y")


def further_lines(names: Iterable[object]) -> float:
    """Return how many inches a row is higher than one of short names, so that all have room."""
    return _LINE * max((wrapped(str(name), _LETTERS).count("\n") for name in names), default=0)


def shortened(name: str) -> str:
    """Return a name that leaves room for the marks beside it."""
    return name if len(name) <= _BESIDE else f"{name[: _BESIDE - 1].rstrip()}…"
