"""The ground a map stands on: outlines as paths, degrees that are as long as each other."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from analysis.plots.style import WIDTH

Panel = tuple[float, float, float, float]
"""A part of the world: west, east, south and north, in degrees."""

_LAND, _ABROAD, _SHORE = "#e9ecef", "#f7f8f9", "#b4bac2"
_RING = ["bagian", "cincin"]
# Where a label is tried, across and up, in its own sizes; the first are the best.
_AROUND = np.array(
    [
        (0, 1),
        (0, -1),
        (1.3, 0.3),
        (-1.3, 0.3),
        (1.3, -0.7),
        (-1.3, -0.7),
        (1.56, 1),
        (-1.56, 1),
        (0, -2),
    ]
)


def outline_paths(outlines: pd.DataFrame, by: str | None = None) -> dict[str, Path]:
    """Return a path for each value of a column, with its islands and holes.

    Parameters
    ----------
    outlines : DataFrame
        One row a corner, as `analysis.datasets.outlines` returns them: `bagian`, `cincin`,
        `bujur` and `lintang` in degrees, and the column `by`; rings are closed, and the rows of
        one value stand together.
    by : str, optional
        Column that tells the paths apart; without it all is one path, under the name "".
    """
    corners = outlines[["bujur", "lintang"]].to_numpy(dtype=float)
    owner = outlines[by].astype("str") if by else pd.Series("", index=outlines.index)
    rings = outlines[_RING].assign(pemilik=owner)
    first = rings.ne(rings.shift()).any(axis=1).to_numpy()
    codes = np.full(len(corners), Path.LINETO, dtype=Path.code_type)
    codes[first] = Path.MOVETO
    codes[np.append(first[1:], True)] = Path.CLOSEPOLY
    starts = np.flatnonzero(owner.ne(owner.shift()).to_numpy())
    return {
        name: Path(part, kinds)
        for name, part, kinds in zip(
            owner.iloc[starts],
            np.split(corners, starts[1:]),
            np.split(codes, starts[1:]),
            strict=True,
        )
    }


def draw_coast(axes: Axes, coast: pd.DataFrame) -> None:
    """Draw the land below all else, as one collection.

    Parameters
    ----------
    axes : Axes
        Where to draw, in degrees.
    coast : DataFrame
        Outlines of the land, as `outline_paths` takes them, with `nama`; the first is the country,
        what follows is paler.
    """
    paths = outline_paths(coast, "nama")
    axes.add_collection(
        PathCollection(
            list(paths.values()),
            facecolor=[_LAND, *[_ABROAD] * (len(paths) - 1)],
            edgecolor=_SHORE,
            linewidth=0.3,
            zorder=0.5,
        ),
        autolim=False,
    )


def frame_map(axes: Axes, panel: Panel) -> None:
    """Show a part of the world, at a scale at which a degree is as long upward as across."""
    west, east, south, north = panel
    axes.set(xlim=(west, east), ylim=(south, north), aspect=_stretch(panel))
    axes.axis("off")


def map_height(panel: Panel) -> float:
    """Return the height in inches of a part of the world that fills a figure from side to side."""
    west, east, south, north = panel
    return WIDTH * _stretch(panel) * (north - south) / (east - west)


def label_places(
    axes: Axes, labels: pd.Series, places: pd.DataFrame, *, letters: float, fontsize: float
) -> None:
    """Print a label beside some places: on no other label, and on as few places as can be.

    Parameters
    ----------
    axes : Axes
        Of a map, in degrees.
    labels : Series
        A few letters for each place that has a label; the first have the choice of room.
    places : DataFrame
        `bujur` and `lintang` of all places, by what `labels` is indexed by.
    letters : float
        Room that a label takes, in degrees.
    fontsize : float
        In points.
    """
    dots = places[["bujur", "lintang"]].to_numpy(dtype=float)
    taken = np.empty((0, 2))
    for label, at in zip(labels, places.index.get_indexer(labels.index), strict=True):
        rooms = dots[at] + letters * _AROUND
        apart = np.abs(rooms[:, None] - taken) / letters
        free = ((apart[..., 0] > 1.3) | (apart[..., 1] > 0.9)).all(axis=1)
        if not free.any():
            continue
        covered = (np.abs(rooms[:, None] - dots) < 0.7 * letters).all(axis=2).sum(axis=1)
        x, y = rooms[np.where(free, covered, len(dots) + 1).argmin()].tolist()
        taken = np.vstack([taken, (x, y)])
        axes.text(
            x,
            y,
            str(label),
            ha="center",
            va="center",
            fontsize=fontsize,
            zorder=6,
            path_effects=[withStroke(linewidth=1.8, foreground="white")],
        )


def _stretch(panel: Panel) -> float:
    """Return how much longer a degree of latitude is than one of longitude, in the middle."""
    return 1.0 / math.cos(math.radians((panel[2] + panel[3]) / 2))
