"""The parts of the world that maps of many units show: all units, and Java enlarged."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.plots.coastlines import Panel
from analysis.plots.style import MUTED

_JAVA: Panel = (104.9, 115.8, -9.0, -5.2)  # and Bali
_MARGIN, _AREA_MARGIN = 0.8, 0.2  # degrees around points, and around areas
_LEAST = 2.0  # degrees that a map is wide at least
_TALLEST = 0.9  # height of a map, of its width
_DOT, _LARGEST_DOT = 420.0, 34.0  # square points: the first divided by the degrees of a map's width


def panels_of(places: pd.DataFrame, boundaries: pd.DataFrame | None = None) -> list[Panel]:
    """Return what the maps show: all units, and Java where it would be small among them.

    Parameters
    ----------
    places : DataFrame
        `bujur` and `lintang` of a point in each unit, degrees.
    boundaries : DataFrame, optional
        Corners of their outlines, the same columns, if areas are drawn and not points.
    """
    drawn, margin = (places, _MARGIN) if boundaries is None else (boundaries, _AREA_MARGIN)
    bounds = [(drawn[side].min(), drawn[side].max()) for side in ("bujur", "lintang")]
    (west, east), (south, north) = [
        (low - margin - short, high + margin + short)
        for low, high in bounds
        for short in [max(0.0, _LEAST - (high - low)) / 2]
    ]
    wider = max(0.0, (north - south) / _TALLEST - (east - west)) / 2
    whole = (west - wider, east + wider, south, north)
    small = whole[1] - whole[0] > 2 * (_JAVA[1] - _JAVA[0])
    return [whole, _JAVA] if small and inside(places, _JAVA).any() else [whole]


def inside(places: pd.DataFrame, panel: Panel) -> pd.Series:
    """Return which places lie in a part of the world."""
    west, east, south, north = panel
    return places["bujur"].between(west, east) & places["lintang"].between(south, north)


def outline(axes: Axes, panel: Panel) -> None:
    """Draw the frame of a part that another panel shows enlarged."""
    west, east, south, north = panel
    axes.add_patch(
        Rectangle((west, south), east - west, north - south, fill=False, edgecolor=MUTED)
    )


def dot_size(panel: Panel) -> float:
    """Return the area of a dot on a map, in square points."""
    return min(_DOT / (panel[1] - panel[0]), _LARGEST_DOT)
