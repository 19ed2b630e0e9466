"""Where the name of each line of a figure can stand beside it, instead of in a key.

A name stands where no line passes, nearer to its own line than to any other. All is reckoned from
the lines and the outlines of the letters: the same figure has its names in the same places
everywhere.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, permutations

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from analysis.arrays import BoolArray, FloatArray

_STEP = 0.06  # inches between the places that are tried
_SAMPLE = 0.03  # inches between the points of a line that are looked at
_CLEAR = 0.04  # inches around a name in which no line passes
_FAR = 0.35  # inches from its line beyond which a name belongs to none
_OWN = 1.2  # how many times nearer a name is to its own line than to others
_MIDDLE = 0.05  # inches nearer to its line that an inch nearer to the middle of it is worth
_LEADING = 1.25  # height of a line of letters over their size


def place_beside_lines(
    lines: Sequence[FloatArray],
    sizes: FloatArray,
    *,
    room: tuple[float, float],
    nameless: Sequence[FloatArray] = (),
) -> FloatArray | None:
    """Return the centre of the name of each line.

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

    Returns
    -------
    ndarray of shape (n, 2) or None
        None where a name finds no place that is clearly its line's.
    """
    sampled = [_sampled(line) for line in lines]
    if not all(len(points) for points in sampled):
        return None
    x, y = (np.arange(0.0, side, _STEP) for side in room)
    grid = np.array(np.meshgrid(x, y)).reshape(2, -1).T
    offers = []
    for own, half in enumerate(sizes / 2):
        free = _within(grid, half, room) & _clear_of(nameless, grid, half)
        offers.append(_offers(sampled, own, grid[free], half))
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
    inside: BoolArray = ((grid >= half) & (grid <= np.array(room) - half)).all(axis=1)
    return inside


def _clear_of(lines: Sequence[FloatArray], grid: FloatArray, half: FloatArray) -> BoolArray:
    """Return at which places a name stands on none of the lines."""
    clear: BoolArray = np.ones(len(grid), dtype=bool)
    for line in lines:
        clear = np.logical_and(clear, _distance(grid, half, _sampled(line)) > _CLEAR)
    return clear


def _offers(
    sampled: list[FloatArray], own: int, places: FloatArray, half: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the places that the name of a line may take, and what each costs."""
    away = np.array([_distance(places, half, points) for points in sampled])
    others = np.delete(away, own, axis=0).min(axis=0, initial=np.inf)
    free = (away[own] > _CLEAR) & (away[own] < _FAR) & (others > _OWN * away[own])
    line = sampled[own]
    middle = np.hypot(*(places - (line.min(axis=0) + line.max(axis=0)) / 2).T)
    return places[free], (away[own] + _MIDDLE * middle)[free]


def _distance(places: FloatArray, half: FloatArray, points: FloatArray) -> FloatArray:
    """Return how far the nearest point is from the edge of a name at each place; 0 inside it."""
    beyond = np.maximum(np.abs(places[:, None] - points) - half, 0.0)
    found: FloatArray = np.hypot(beyond[..., 0], beyond[..., 1]).min(axis=1)
    return found


def _in_turn(
    order: Sequence[int], offers: list[tuple[FloatArray, FloatArray]], halves: FloatArray
) -> tuple[FloatArray | None, float]:
    """Return where names stand that choose one after the other, and what it costs."""
    found, total = np.empty_like(halves), 0.0
    for position, i in enumerate(order):
        places, costs = offers[i]
        for j in order[:position]:
            apart = (np.abs(places - found[j]) >= halves[i] + halves[j]).any(axis=1)
            places, costs = places[apart], costs[apart]
        if not len(places):
            return None, np.inf
        chosen = int(np.argmin(costs))
        found[i], total = places[chosen], total + float(costs[chosen])
    return found, total
