"""A map of who moves where: places on the coast, moves as arrows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.coastlines import draw_coast, frame_map, label_places, map_height
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import ACCENT, AFTER, INK, MUTED, WIDTH, head, new_figure, styled
from analysis.plots.svg import name_each

_LEGEND = 0.5  # inches
_LARGEST_DOT = 150.0  # area in square points
_WIDEST = 4.0  # line width in points
_BEND = 0.15  # of the distance between two places
_HEAD = 1.1  # length of the largest arrowhead, in degrees
LABELLED = 5  # donors, and receivers, that are named
_LETTERS, _SIZE = 11.0, 8.0  # room a label takes and size of its type, in points
_AROUND = np.array([0.06, 0.16])  # room left around what is drawn, of its width and its height


@dataclass(frozen=True)
class FlowMap:
    """A flow map and what it leaves out.

    Attributes
    ----------
    figure : Figure
    drawn, flows : int
        Arrows drawn, and pairs of places between which people move.
    share : float
        Share of the people who move that the arrows stand for.
    """

    figure: Figure
    drawn: int
    flows: int
    share: float


@drawn_from(
    index="",
    columns={"origin": "donor_label", "destination": "receiver_label", "people": "Orang"},
    moves="",
)
def flow_map(
    places: pd.DataFrame,
    moves: pd.DataFrame,
    coast: pd.DataFrame,
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
        One row a place, indexed as `moves` names them: `name`, `label` (a few letters), `latitude`
        and `longitude` in degrees.
    moves : DataFrame
        `origin`, `destination`, `people`.
    coast : DataFrame
        Outlines of the land: `nama`, `bagian`, `cincin`, `bujur`, `lintang`, one row a corner.
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
    at = places[["longitude", "latitude"]].astype(float)
    at = at.set_axis(["bujur", "lintang"], axis=1)
    arrows = _arrows(at, shown.sort_values("people", kind="stable"))
    corners = np.vstack([at.to_numpy(), *(part.reshape(-1, 2) for part in arrows.parts)])
    room = _AROUND * np.ptp(corners, axis=0)
    (west, south), (east, north) = corners.min(axis=0) - room, corners.max(axis=0) + room
    panel = (float(west), float(east), float(south), float(north))
    with styled():
        figure, (axes,) = new_figure(map_height(panel) + _LEGEND)
        draw_coast(axes, coast)
        axes.scatter(at["bujur"], at["lintang"], s=3, color=MUTED, zorder=2)
        _draw(axes, arrows)
        for people, colour in ((leaving, ACCENT), (arriving, AFTER)):
            dots = axes.scatter(
                at.loc[people.index, "bujur"],
                at.loc[people.index, "lintang"],
                s=np.maximum(_LARGEST_DOT * people / most, 8.0),
                color=colour,
                alpha=0.85,
                zorder=3,
                linewidth=0,
            )
            called = places.loc[people.index, "name"]
            sums = map(language.number, people)
            name_each(dots, [f"{name}: {n}" for name, n in zip(called, sums, strict=True)])
        frame_map(axes, panel)
        named = [*leaving.nlargest(LABELLED).index, *arriving.nlargest(LABELLED).index]
        label_places(
            axes,
            places.loc[list(dict.fromkeys(named)), "label"],
            at,
            letters=_LETTERS * (panel[1] - panel[0]) / (WIDTH * 72),
            fontsize=_SIZE,
        )
        head(
            figure,
            {
                f"{label} ({language.number(people.max() if len(people) else 0)})": Line2D(
                    [], [], linestyle="none", marker="o", color=colour
                )
                for label, people, colour in (
                    (donor_label, leaving, ACCENT),
                    (receiver_label, arriving, AFTER),
                )
            },
        )
    total = float(moves["people"].sum())
    share = float(shown["people"].sum()) / total if total else 1.0
    return FlowMap(figure, len(shown), len(moves), share)


def largest(moves: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return the largest moves that together stand for a share of all people who move."""
    ordered = moves.sort_values("people", ascending=False, kind="stable")
    before = ordered["people"].cumsum() - ordered["people"]
    return ordered[before < share * ordered["people"].sum()]


@dataclass(frozen=True)
class _Arrows:
    """Moves as bent lines with heads, all in degrees.

    In the units of the data, unlike matplotlib's arrows, so that what is drawn does not depend on
    fonts and resolution.
    """

    lines: npt.NDArray[np.float64]  # start, control point and end of each
    heads: npt.NDArray[np.float64]  # three corners of each
    sizes: npt.NDArray[np.float64]  # people, of the largest move

    @property
    def parts(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        return self.lines, self.heads


def _arrows(at: pd.DataFrame, moves: pd.DataFrame) -> _Arrows:
    start, end = (at.loc[moves[side]].to_numpy() for side in ("origin", "destination"))
    sizes = moves["people"].to_numpy(dtype=float)
    sizes = sizes / sizes.max(initial=0.0)
    way = end - start
    middle = (start + end) / 2 + _BEND * way[:, ::-1] * [-1.0, 1.0]
    toward = (end - middle) / np.maximum(_length(end - middle), 1e-9)
    head = np.minimum(_HEAD * (0.4 + sizes[:, None]), 0.4 * _length(way))
    neck = end - head * toward
    side = 0.45 * head * toward[:, ::-1] * [-1.0, 1.0]
    return _Arrows(
        lines=np.stack([start, middle, neck], axis=1),
        heads=np.stack([end, neck + side, neck - side], axis=1),
        sizes=sizes,
    )


def _length(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.hypot(vectors[:, :1], vectors[:, 1:])


def _draw(axes: Axes, arrows: _Arrows) -> None:
    colours = np.tile(to_rgba(INK), (len(arrows.sizes), 1))
    colours[:, 3] = 0.25 + 0.35 * arrows.sizes
    curve = [Path.MOVETO, Path.CURVE3, Path.CURVE3]
    lines = PathCollection(
        [Path(corners, curve) for corners in arrows.lines],
        facecolor="none",
        edgecolor=colours,
        linewidth=0.5 + _WIDEST * arrows.sizes,
        zorder=2,
    )
    heads = PolyCollection(list(arrows.heads), facecolor=colours, linewidth=0, zorder=4)
    axes.add_collection(lines, autolim=False)
    axes.add_collection(heads, autolim=False)
