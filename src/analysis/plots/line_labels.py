"""Where the name of each line of a figure can stand beside it, instead of in a key.

A name stands where no line passes, nearer to its own line than to any other; where lines are too
near each other for that, it stands apart, and a thin line leads to where its own is alone. All is
reckoned from the lines and the outlines of the letters: the same figure has its names in the same
places everywhere.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, permutations
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.arrays import BoolArray, FloatArray
from analysis.plots.style import legible

_STEP = 0.06  # inches between the places that are tried
_SAMPLE = 0.03  # inches between the points of a line that are looked at
_CLEAR = 0.04  # inches around a name in which no line passes
_FAR = 0.35  # inches from its line beyond which a name belongs to none
_OWN = 1.2  # how many times nearer a name is to its own line than to others
_APART = 0.09  # inches from other lines at which a line is alone
_LEAST, _LONGEST = 0.12, 0.9  # inches of a thin line
_LED = 1.0  # inches nearer to its line that a thin line is worth
_MIDDLE = 0.05  # inches nearer to its line that an inch nearer to the middle of it is worth
_LEADING = 1.25  # height of a line of letters over their size


class _Offers(NamedTuple):
    """Places for the centre of a name, what each costs, and where a thin line leads from it."""

    places: FloatArray
    costs: FloatArray
    ends: FloatArray


def place_beside_lines(
    lines: Sequence[FloatArray],
    sizes: FloatArray,
    *,
    room: tuple[float, float],
    nameless: Sequence[FloatArray] = (),
    apart: float = _APART,
    covering: bool = False,
) -> tuple[FloatArray, FloatArray] | None:
    """Return the centre of the name of each line, and where a thin line leads from it.

    Parameters
    ----------
    lines : sequence of ndarray of shape (k, 2)
        Corners of each line, in inches from the lower left corner of the room; not finite where a
        line is broken.
    sizes : ndarray of shape (n, 2)
        Width and height of the names, in inches.
    room : (float, float)
        Width and height of what names may not leave, in inches.
    nameless : sequence of ndarray of shape (k, 2), optional
        Lines on which no name may stand either.
    apart : float, optional
        Inches from other lines at which a line is alone, so that a thin line may lead there.
    covering : bool, optional
        Whether a line also shows where it lies on those before it, for it is drawn over them.

    Returns
    -------
    tuple of ndarray of shape (n, 2), or None
        The second is not finite for a name that needs no thin line. None where a name finds no
        place that is clearly its line's.
    """
    sampled = [_sampled(line) for line in lines]
    if not all(len(points) for points in sampled):
        return None
    x, y = (np.arange(0.0, side, _STEP) for side in room)
    grid = np.array(np.meshgrid(x, y)).reshape(2, -1).T
    offers = []
    for own, half in enumerate(sizes / 2):
        free = _within(grid, half, room) & _clear_of(nameless, grid, half)
        covered_by = sampled[own + 1 :] if covering else _without(sampled, own)
        alone = _alone(sampled[own], covered_by, apart)
        offers.append(_offers(sampled, own, grid[free], half, alone))
    best, least = None, np.inf
    for order in permutations(range(len(lines))):
        found, cost = _in_turn(order, offers, sizes / 2)
        if cost < least:
            best, least = found, cost
    return best


@cache
def size_of(text: str, points: float) -> tuple[float, float]:
    """Return width and height of lines of letters in inches, from the outlines of the font."""
    font = FontProperties(family="DejaVu Sans")
    rows = text.split("\n")
    wide = max(TextPath((0, 0), row, size=points, prop=font).get_extents().width for row in rows)
    return wide / 72 + 0.04, len(rows) * points * _LEADING / 72


def _sampled(line: FloatArray) -> FloatArray:
    """Return points along a line, near each other, and its corners."""
    parts = [line[np.isfinite(line).all(axis=1)]]
    for start, end in pairwise(line):
        if np.isfinite([start, end]).all():
            steps = max(int(np.hypot(*(end - start)) / _SAMPLE), 1)
            parts.append(
                start + np.linspace(0.0, 1.0, steps, endpoint=False)[:, None] * (end - start)
            )
    return np.concatenate(parts)


def _within(grid: FloatArray, half: FloatArray, room: tuple[float, float]) -> BoolArray:
    """Return at which places a name stays inside the room."""
    return np.asarray(((grid >= half) & (grid <= np.array(room) - half)).all(axis=1), dtype=bool)


def _clear_of(lines: Sequence[FloatArray], grid: FloatArray, half: FloatArray) -> BoolArray:
    """Return at which places a name stands on none of the lines."""
    away = [np.full(len(grid), np.inf), *(_distance(grid, half, _sampled(line)) for line in lines)]
    clear: BoolArray = np.min(away, axis=0) > _CLEAR
    return clear


def how_far_apart(one: FloatArray, other: FloatArray) -> float:
    """Return the largest distance of a point of one line to the other line, in inches."""
    a, b = _sampled(one), _sampled(other)
    away = np.hypot(*np.moveaxis(a[:, None] - b, 2, 0))
    return float(max(away.min(axis=0).max(), away.min(axis=1).max()))


def _alone(line: FloatArray, others: list[FloatArray], apart: float) -> FloatArray:
    """Return the points of a line that none of the others comes near."""
    free = [all(np.hypot(*(other - point).T).min() > apart for other in others) for point in line]
    return line[free]


def _offers(
    sampled: list[FloatArray], own: int, places: FloatArray, half: FloatArray, alone: FloatArray
) -> _Offers:
    """Return the places that the name of a line may take: beside it, or else led to it."""
    away = np.array([_distance(places, half, points) for points in sampled])
    others = np.delete(away, own, axis=0).min(axis=0, initial=np.inf)
    free = (away[own] > _CLEAR) & (away[own] < _FAR) & (others > _OWN * away[own])
    line = sampled[own]
    middle = np.hypot(*(places - (line.min(axis=0) + line.max(axis=0)) / 2).T)
    if free.any():
        nowhere = np.full((int(free.sum()), 2), np.nan)
        return _Offers(places[free], (away[own] + _MIDDLE * middle)[free], nowhere)
    if not len(alone):
        return _Offers(places[:0], away[own][:0], places[:0])
    lengths = _distances(places, half, alone)
    nearest = lengths.argmin(axis=1)
    length = lengths.min(axis=1)
    free = (away.min(axis=0) > _CLEAR) & (length > _LEAST) & (length < _LONGEST)
    uncrossed = free.copy()
    uncrossed[free] = ~_crosses(places[free], alone[nearest][free], _without(sampled, own))
    free = uncrossed if uncrossed.any() else free
    return _Offers(places[free], (_LED + length)[free], alone[nearest][free])


def _crosses(starts: FloatArray, ends: FloatArray, lines: list[FloatArray]) -> BoolArray:
    """Return which thin lines pass through one of the lines on their way to their end."""
    along = np.linspace(0.0, 0.85, 24)[:, None]
    met = np.zeros(len(starts), dtype=bool)
    for line in lines:
        for part in along:
            passed = starts + part * (ends - starts)
            away = np.hypot(*np.moveaxis(passed[:, None] - line, 2, 0)).min(axis=1)
            met |= away < 0.75 * _SAMPLE
    return met


def _without(lines: list[FloatArray], own: int) -> list[FloatArray]:
    return [line for i, line in enumerate(lines) if i != own]


def _distance(places: FloatArray, half: FloatArray, points: FloatArray) -> FloatArray:
    """Return how far the nearest point is from the edge of a name at each place; 0 inside it."""
    found: FloatArray = _distances(places, half, points).min(axis=1)
    return found


def _distances(places: FloatArray, half: FloatArray, points: FloatArray) -> FloatArray:
    """Return how far each point is from the edge of a name at each place, as (places, points)."""
    beyond = np.maximum(np.abs(places[:, None] - points) - half, 0.0)
    return np.hypot(beyond[..., 0], beyond[..., 1])


def _in_turn(
    order: Sequence[int], offers: list[_Offers], halves: FloatArray
) -> tuple[tuple[FloatArray, FloatArray] | None, float]:
    """Return where names stand that choose one after the other, and what it costs."""
    centres, ends, total = np.empty_like(halves), np.empty_like(halves), 0.0
    for position, i in enumerate(order):
        offer = offers[i]
        for j in order[:position]:
            clear = (np.abs(offer.places - centres[j]) >= halves[i] + halves[j]).any(axis=1)
            clear &= ~_meets(offer.places, offer.ends, centres[j], halves[j])
            clear &= ~_meets(centres[j], ends[j], offer.places, halves[i])
            offer = _Offers(*(each[clear] for each in offer))
        if not len(offer.places):
            return None, np.inf
        chosen = int(np.argmin(offer.costs))
        centres[i], ends[i] = offer.places[chosen], offer.ends[chosen]
        total += float(offer.costs[chosen])
    return (centres, ends), total


def _meets(starts: FloatArray, ends: FloatArray, names: FloatArray, half: FloatArray) -> BoolArray:
    """Return which thin lines pass through a name; those that are not there do not."""
    along = np.linspace(0.0, 1.0, 15)[:, None, None]
    points = np.atleast_2d(starts) + along * (np.atleast_2d(ends) - np.atleast_2d(starts))
    met = (np.abs(points - names) < half).all(axis=2).any(axis=0)
    return np.asarray(met, dtype=bool)


def write_names(
    axes: Axes,
    names: Sequence[str],
    colours: Sequence[str],
    placed: tuple[FloatArray, FloatArray],
    *,
    room: tuple[float, float],
    points: float,
) -> None:
    """Write the names of lines where `place_beside_lines` put them in the room of the axes."""
    for name, colour, centre, end in zip(names, colours, *placed, strict=True):
        if np.isfinite(end).all():
            away = np.abs(end - centre)
            half = np.array(size_of(name, points)) / 2
            with np.errstate(divide="ignore"):
                start = centre + min(float(np.min(half / away)), 1.0) * (end - centre)
            axes.add_collection(
                LineCollection(
                    [np.array([start, end]) / room],
                    colors=legible(colour),
                    linewidths=0.8,
                    transform=axes.transAxes,
                ),
                autolim=False,
            )
        x, y = (centre / room).tolist()
        place: dict[str, Any] = {"ha": "center", "va": "center", "transform": axes.transAxes}
        axes.text(x, y, name, color=legible(colour), fontsize=points, **place)
