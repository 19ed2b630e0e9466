r"""How many people leave and arrive in each unit when there are limits.

Let unit `i` keep at least `l_i` of its `s_i` people and have at most `u_i` in the end. For a budget
of `k` moves the best plan is that of `frontiers.reachable` with each unit held within its limits:
units above a ceiling are cut to it or to `l_i`, units below a floor are raised to it or to `u_i`.
It Lorenz-dominates every other plan of at most `k` moves within the limits, by the same argument:
with ``E(t) = sum_i max(s'_i - t d_i, 0)``, any such plan has ``E(t)`` of at least ``sum_i max(l_i -
t d_i, 0)``, of at least ``E_0(t) - k``, and of at least ``S - t D + sum_i max(t d_i - u_i, 0)``.
Above the ceiling, between floor and ceiling, and below the floor, the plan meets one of these
bounds.

When people may move only inside groups, each group has a ceiling and a floor of its own, and no
plan is best for every index. The budget is then shared so that the gap between ceiling and floor
is the same in every group, wherever one is still wider: this minimises ``sum_i s'_i^2 / d_i``, and
with it the need-weighted variance of staff per need, of which ``2 (ceiling - floor)`` is what the
next move in a group takes away.
"""

import numpy as np
from scipy.optimize import brentq

from analysis.arrays import FloatArray, IntArray
from analysis.redistribution.frontiers.level import common_level
from analysis.redistribution.frontiers.rounding import round_amounts
from analysis.redistribution.frontiers.whole_people import evened, most_even

_NONE = 1e-9  # people; less is an error of rounding


def target_amounts(
    staff: IntArray,
    need: FloatArray,
    most_leaving: IntArray,
    most_arriving: IntArray,
    budget: int,
    groups: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return whole people who leave and who arrive, by the best plan within the limits.

    Parameters
    ----------
    staff, need : ndarray, shape (n,)
        Whole people and need, >= 0. Where there is no need everyone who may leave is in excess.
    most_leaving, most_arriving : ndarray of int, shape (n,)
        Limits of each unit, >= 0; at most its staff leaves.
    budget : int
        Most people who move. Moves that would make nothing more even are not made.
    groups : ndarray of int, shape (n,)
        Number of the group inside which the people of each unit move, from 0 without gaps.

    Returns
    -------
    losses, gains : ndarray of int, shape (n,)
        Within the limits, with equal sums in each group: those of all plans in whole people that
        leave the least ``sum s'^2 / d``, evened out further for the Gini where there is one group
        (see `frontiers.whole_people`). Nobody both leaves and arrives.

    Examples
    --------
    >>> staff, need = np.array([60, 30, 10]), np.ones(3)
    >>> losses, gains = target_amounts(
    ...     staff, need, np.array([12, 30, 10]), np.array([9, 9, 9]), 100, np.zeros(3, dtype=int)
    ... )
    >>> losses.tolist(), gains.tolist()
    ([12, 0, 0], [0, 3, 9])
    """
    members = [np.flatnonzero(groups == group) for group in range(int(groups.max()) + 1)]
    parts = [
        _Group(staff[m], need[m], (staff - most_leaving)[m], (staff + most_arriving)[m])
        for m in members
    ]
    shares = _shared(parts, budget)
    idle = _idle_moves(parts, shares, budget)
    losses, near = np.zeros_like(staff), staff.astype(np.float64)
    for member, part, share, leave in zip(members, parts, shares, idle, strict=True):
        losses[member] = part.idle_losses(leave)
        near[member] = part.near(share)
    used = need > 0.0
    if not used.any():
        return losses, np.zeros_like(staff)
    left = budget - int(losses.sum())
    counts, needs = staff[used], need[used]
    least, most = (staff - most_leaving)[used], (staff + most_arriving)[used]
    out, into = most_even(
        counts, needs, least, most, near[used], budget=left, groups=groups[used], arriving=idle
    )
    after = counts - out + into
    if len(parts) == 1:
        after = evened(after, counts, needs, least, most, budget=left)
    gains = np.zeros_like(staff)
    losses[used], gains[used] = np.maximum(counts - after, 0), np.maximum(after - counts, 0)
    return losses, gains


class _Group:
    """Units between which people may move, each between its own limits.

    Units without need have no ratio: their people leave first, down to a common number of heads,
    and nobody arrives there.
    """

    def __init__(self, staff: IntArray, need: FloatArray, least: IntArray, most: IntArray) -> None:
        self.idle = need == 0.0
        used = ~self.idle
        self.idle_staff, self.idle_least = staff[self.idle], least[self.idle]
        self.spare = int(self.idle_staff.sum() - self.idle_least.sum())
        self.staff, self.need, self.least, self.most = (
            staff[used],
            need[used],
            least[used],
            most[used],
        )
        self.people = int(self.staff.sum())
        self.room = int(self.most.sum()) - self.people

    @property
    def widest_gap(self) -> float:
        """Highest less lowest staff per need."""
        return float(np.ptp(self.staff / self.need)) if self.staff.size else 0.0

    def idle_losses(self, people: int) -> IntArray:
        """Return who leaves when so many leave units without need, in the order of all units."""
        losses = np.zeros(self.idle.size, dtype=np.int64)
        heads = np.ones(self.idle_staff.size)
        losses[self.idle] = taken(self.idle_staff, heads, self.idle_least, people)
        return losses

    def near(self, moves: float) -> FloatArray:
        """Return the staff of each unit, divisible, when so many people move."""
        after = np.zeros(self.idle.size)
        if not self.staff.size:
            return after
        free, room = self.people - int(self.least.sum()), self.room
        away = min(max(moves - self.spare, 0.0), float(free))
        ceiling = common_level(self.least, self.staff, self.need, self.people - away)
        floor = common_level(self.staff, self.most, self.need, self.people + min(moves, room))
        kept = np.clip(ceiling * self.need, self.least, self.staff)
        raised = np.clip(floor * self.need, self.staff, self.most)
        after[~self.idle] = kept + raised - self.staff
        return after

    def moves_at(self, gap: float) -> float:
        """Return the moves after which the ceiling is so far above the floor.

        With `t` half-way between them, a unit has its staff less what is above the ceiling plus
        what is below the floor. Both are clipped lines in `t`, so that `t` is the common level of
        twice as many units.
        """
        if self.room <= self.spare:
            return float(self.room)
        if self.spare == 0 and np.array_equal(self.least, self.staff):
            return 0.0
        half = gap / 2.0 * self.need
        level = common_level(
            np.concatenate([self.least - half, self.staff + half]),
            np.concatenate([self.staff - half, self.most + half]),
            np.concatenate([self.need, self.need]),
            2.0 * self.people + self.spare,
        )
        raised = np.clip(level * self.need - half, self.staff, self.most)
        return float((raised - self.staff).sum())


def taken(staff: IntArray, need: FloatArray, least: IntArray, people: int) -> IntArray:
    """Return whole people who leave when units of some need > 0 are cut to a common ceiling."""
    free: IntArray = staff - least
    if people in (0, int(free.sum())):
        return free * int(people > 0)
    ceiling = common_level(least, staff, need, int(staff.sum()) - people)
    kept: FloatArray = np.clip(ceiling * need, least.astype(np.float64), staff.astype(np.float64))
    return round_amounts(staff - kept, people)


def _shared(parts: list[_Group], budget: int) -> FloatArray:
    """Return the moves of each group, divisible, with the same gap wherever it is still wider."""
    even = np.array([part.moves_at(0.0) for part in parts])
    if budget >= even.sum():
        return even
    if len(parts) == 1:
        return np.array([float(budget)])

    def excess(gap: float) -> float:
        return sum(part.moves_at(gap) for part in parts) - budget

    shares: FloatArray
    widest = max(part.widest_gap for part in parts)
    if excess(widest) >= 0.0:  # there are enough people where there is no need
        idle = np.array([part.moves_at(widest) for part in parts])
        shares = idle * (budget / max(idle.sum(), 1.0))
        return shares
    gap = brentq(excess, 0.0, widest, xtol=1e-12 * widest)
    return np.array([part.moves_at(gap) for part in parts])


def _idle_moves(parts: list[_Group], shares: FloatArray, budget: int) -> IntArray:
    """Return whole people who leave units without need in each group, all of them if they may."""
    most = np.array([min(part.spare, part.room) for part in parts])
    if budget >= most.sum():
        return most
    whole: IntArray = np.minimum(np.floor(shares + _NONE).astype(np.int64), most)
    # What is left goes to the largest remainders, where someone may still leave.
    order = np.argsort(whole - shares, kind="stable")
    while (left := budget - int(whole.sum())) > 0:
        whole[order[whole[order] < most[order]][:left]] += 1
    return whole
