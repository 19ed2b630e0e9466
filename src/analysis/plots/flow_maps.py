"""A map of who moves where: provinces at their capitals, moves as arrows."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.style import AFTER, BEFORE, INK, MUTED, new_figure, styled

_HEIGHT = 3.1
_LARGEST_DOT = 150.0  # area in square points
_WIDEST = 4.0  # line width in points
_BEND = 0.15  # of the distance between two places
_HEAD = 1.1  # length of the largest arrowhead, in degrees
_LABELLED = 5  # donors, and receivers, that are named
_LETTERS = 11.0  # room a label takes, in points
_AROUND = (
    (0, 1),
    (0, -1),
    (1, 0.3),
    (-1, 0.3),
    (1, -0.7),
    (-1, -0.7),
    (1.2, 1),
    (-1.2, 1),
    (0, -2),
)


@dataclass(frozen=True)
class FlowMap:
    """A flow map and what it leaves out.

    Attributes
    ----------
    figure : Figure
    drawn, flows : int
        Arrows drawn, and pairs of provinces between which people move.
    share : float
        Share of the people who move that the arrows stand for.
    """

    figure: Figure
    drawn: int
    flows: int
    share: float


def flow_map(
    places: pd.DataFrame,
    moves: pd.DataFrame,
    *,
    share_shown: float = 0.9,
    donor_label: str,
    receiver_label: str,
    language: Language,
) -> FlowMap:
    """Draw the largest moves between places as arrows.

    Parameters
    ----------
    places : DataFrame
        One row a place, indexed as `moves` names them: `label` (a few letters), `latitude` and
        `longitude` in degrees.
    moves : DataFrame
        `origin`, `destination`, `people`.
    share_shown : float
        The largest moves are drawn, until they stand for this share of all people who move.
    donor_label, receiver_label : str
        What the two colours of dots mean; the largest dots say how many people.
    language : Language
        How numbers are written.

    Returns
    -------
    FlowMap

    Raises
    ------
    DataError
        If a move names a place that is not there.
    """
    unknown = sorted(
        {str(unit) for end in ("origin", "destination") for unit in moves[end]}
        - set(map(str, places.index))
    )
    if unknown:
        raise DataError(
            f"flow_map: there is no place for {', '.join(unknown)}. Add it to the places."
        )
    shown = largest(moves, share_shown)
    leaving = moves.groupby("origin")["people"].sum()
    arriving = moves.groupby("destination")["people"].sum()
    most = max(leaving.max(), arriving.max()) if len(moves) else 1.0
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        axes.scatter(places["longitude"], places["latitude"], s=6, color=MUTED, zorder=2)
        rising = shown.sort_values("people", kind="stable")
        sizes = rising["people"].astype(float) / shown["people"].max()
        for origin, destination, size in zip(
            rising["origin"], rising["destination"], sizes, strict=True
        ):
            _arrow(axes, places, origin, destination, size)
        for people, colour in ((leaving, BEFORE), (arriving, AFTER)):
            at = places.loc[people.index]
            axes.scatter(
                at["longitude"],
                at["latitude"],
                s=np.maximum(_LARGEST_DOT * people / most, 8.0),
                color=colour,
                alpha=0.85,
                zorder=3,
                linewidth=0,
            )
        middle = math.radians(float(places["latitude"].mean()))
        axes.set_aspect(1.0 / math.cos(middle))
        axes.margins(0.06, 0.16)
        axes.axis("off")
        named = [*leaving.nlargest(_LABELLED).index, *arriving.nlargest(_LABELLED).index]
        _label(axes, places.loc[list(dict.fromkeys(named))])
        figure.legend(
            handles=[
                Line2D([], [], linestyle="none", marker="o", color=colour)
                for colour in (BEFORE, AFTER)
            ],
            labels=[
                f"{label} ({language.number(people.max() if len(people) else 0)})"
                for label, people in ((donor_label, leaving), (receiver_label, arriving))
            ],
            loc="outside lower left",
            ncols=1,
        )
    total = float(moves["people"].sum())
    share = float(shown["people"].sum()) / total if total else 1.0
    return FlowMap(figure, len(shown), len(moves), share)


def _label(axes: Axes, places: pd.DataFrame) -> None:
    """Print the letters of each place beside it, where no other label stands."""
    unit = _LETTERS / (_HEIGHT * 72) * float(np.ptp(axes.get_ylim()))  # size of a label, in degrees
    taken: list[tuple[float, float]] = []
    for label, longitude, latitude in zip(
        places["label"].astype(str),
        places["longitude"].astype(float),
        places["latitude"].astype(float),
        strict=True,
    ):
        for across, up in _AROUND:
            x, y = longitude + 1.3 * across * unit, latitude + up * unit
            if all(abs(x - a) > 1.3 * unit or abs(y - b) > 0.9 * unit for a, b in taken):
                taken.append((x, y))
                axes.text(x, y, label, ha="center", va="center", fontsize=8, color=INK, zorder=5)
                break


def largest(moves: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return the largest moves that together stand for a share of all people who move."""
    ordered = moves.sort_values("people", ascending=False, kind="stable")
    before = ordered["people"].cumsum() - ordered["people"]
    return ordered[before < share * ordered["people"].sum()]


def _arrow(axes: Axes, places: pd.DataFrame, origin: str, destination: str, size: float) -> None:
    """Draw one move as a bent line with a head, all in degrees.

    In the units of the data, unlike matplotlib's arrows, so that what is drawn does not depend on
    fonts and resolution.
    """
    columns = ["longitude", "latitude"]
    start, end = (places.loc[unit, columns].to_numpy(dtype=float) for unit in (origin, destination))
    across = np.array([start[1] - end[1], end[0] - start[0]])
    middle = (start + end) / 2 + _BEND * across
    toward = (end - middle) / max(float(np.linalg.norm(end - middle)), 1e-9)
    head = min(_HEAD * (0.4 + size), 0.4 * float(np.linalg.norm(end - start)))
    neck = end - head * toward
    side = 0.45 * head * np.array([-toward[1], toward[0]])
    colour, alpha = INK, 0.25 + 0.35 * size
    line = Path([start, middle, neck], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    width = 0.5 + _WIDEST * size
    axes.add_patch(
        PathPatch(line, facecolor="none", edgecolor=colour, linewidth=width, alpha=alpha, zorder=2)
    )
    axes.add_patch(
        Polygon([end, neck + side, neck - side], color=colour, linewidth=0, alpha=alpha, zorder=4)
    )
