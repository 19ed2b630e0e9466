"""Where short labels can stand beside their dots without covering each other.

One after the other, from the most crowded dot on, each label takes the nearest free place around
its dot; the one with the worst place goes first in the next round, and the best round is taken.
Nothing is drawn at random: the same dots give the same places everywhere.
"""

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray

_TURNS = (0, 4, 2, 6, 1, 3, 5, 7, 0.5, 3.5, 4.5, 7.5, 1.5, 2.5, 5.5, 6.5)  # eighths, right first
_DIRECTIONS = np.array([(np.cos(turn * np.pi / 4), np.sin(turn * np.pi / 4)) for turn in _TURNS])
_CROWD = 0.35  # inches: how near the dots are that make one crowded
_STEP, _FARTHEST = 0.045, 0.9  # inches between the distances that are tried, and the last
_ROUNDS = 12
_ASTRAY = 0.1  # square inches of way that a label nearer to another dot is worth
_SAMPLES = np.linspace(0.2, 1.0, 7)[:, None]  # where along a line it is asked what is there


def place_labels(
    points: FloatArray,
    sizes: FloatArray,
    *,
    room: tuple[float, float],
    cross: tuple[float, float],
    gap: float,
) -> FloatArray:
    """Return the centre of each label, in the order given.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Dots, in inches from the lower left corner of the room.
    sizes : ndarray of shape (n, 2)
        Width and height of the labels, in inches.
    room : (float, float)
        Width and height of what labels may not leave, in inches.
    cross : (float, float)
        Where a line upright and a line across are drawn, on which no label stands, in inches.
    gap : float
        Least distance of a label from every dot, in inches.

    Returns
    -------
    ndarray of shape (n, 2)
        No two labels overlap, none lies on a dot, and the straight line from a dot to its label
        meets no other dot or label. Of the places that are free, those on the dot's side of both
        lines come first, and of these the ones nearer to it than to any other dot. Where the room
        is too full, a label that finds no place stands beside its dot all the same.
    """
    candidates = _candidates(points, sizes, gap)
    lines = points[:, None, None] + _SAMPLES * (candidates - points[:, None])[:, :, None]
    free = np.stack(
        [
            _free_of_dots(points, i, candidates[i], lines[i], sizes[i] / 2, gap)
            for i in range(len(points))
        ]
    )
    half = sizes[:, None] / 2
    free &= np.all((candidates >= half) & (candidates <= np.array(room) - half), axis=2)
    free &= np.all(np.abs(candidates - np.array(cross)) >= half, axis=2)
    astray = _astray(points, candidates, np.array(cross))
    near = np.hypot(*(points[:, None] - points).T) < _CROWD
    order = np.lexsort((points[:, 1], points[:, 0], -near.sum(axis=1))).tolist()
    every = np.arange(len(points))
    best, least = points, np.inf
    for _ in range(_ROUNDS):
        chosen = _one_after_the_other(order, sizes / 2, candidates, lines, free, astray)
        found = candidates[every, chosen]
        cost = ((found - points) ** 2).sum(axis=1) + _ASTRAY * astray[every, chosen]
        if cost.sum() < least:
            best, least = found, cost.sum()
        worst = int(np.argmax(cost))
        order.remove(worst)
        order.insert(0, worst)
    return best


def nearest_dots(points: FloatArray, centres: FloatArray) -> IntArray:
    """Return the position of the dot that is nearest to each centre."""
    nearest: IntArray = np.argmin(((centres[:, None] - points) ** 2).sum(axis=2), axis=1)
    return nearest


def _candidates(points: FloatArray, sizes: FloatArray, gap: float) -> FloatArray:
    """Return the places that each label may try, nearest first, shape (n, places, 2)."""
    distances = np.arange(gap, _FARTHEST, _STEP)[:, None, None]
    places = [
        point + (_DIRECTIONS * (size / 2 + distances)).reshape(-1, 2)
        for point, size in zip(points, sizes, strict=True)
    ]
    return np.array(places).reshape(len(points), -1, 2)


def _free_of_dots(
    points: FloatArray,
    own: int,
    places: FloatArray,
    lines: FloatArray,
    half: FloatArray,
    gap: float,
) -> BoolArray:
    """Return which places of a label lie on no dot and are reached without meeting another."""
    others = np.delete(points, own, axis=0)
    on = np.all(np.abs(places[:, None] - points) < half + 0.9 * gap, axis=2)
    met = np.all(np.abs(lines[:, :, None] - others) < 0.6 * gap, axis=3)
    free: BoolArray = ~(np.any(on, axis=1) | np.any(met, axis=(1, 2)))
    return free


def _astray(points: FloatArray, candidates: FloatArray, cross: FloatArray) -> IntArray:
    """Return how misleading places are: 1 if nearer to another dot, 2 if beyond a line, or both."""
    beyond = np.any((candidates - cross) * (points - cross)[:, None] < 0, axis=2)
    others = [nearest_dots(points, places) != i for i, places in enumerate(candidates)]
    astray: IntArray = 2 * beyond + np.array(others)
    return astray


def _one_after_the_other(
    order: list[int],
    halves: FloatArray,
    candidates: FloatArray,
    lines: FloatArray,
    free: BoolArray,
    astray: IntArray,
) -> IntArray:
    """Return which places labels take in an order, each of what is still free."""
    taken, centres = np.zeros(len(halves), dtype=np.int64), np.empty_like(halves)
    ways: list[FloatArray] = []  # lines of the labels placed
    for position, i in enumerate(order):
        open_ = np.flatnonzero(free[i])
        places, along = candidates[i, open_], lines[i, open_]
        if position and open_.size:
            placed = order[:position]
            apart = np.abs(places[:, None] - centres[placed])
            covered = np.any(np.all(apart < halves[placed] + halves[i] + 0.01, axis=2), axis=1)
            inside = np.all(np.abs(np.concatenate(ways) - places[:, None]) < halves[i], axis=2)
            met = np.all(np.abs(along[:, :, None] - centres[placed]) < halves[placed], axis=3)
            left = ~(covered | np.any(inside, axis=1) | np.any(met, axis=(1, 2)))
            open_ = open_[left]
        taken[i] = open_[np.argmin(astray[i, open_])] if open_.size else 0
        centres[i] = candidates[i, taken[i]]
        ways.append(lines[i, taken[i]])
    return taken
