r"""The exact trade-off between people moved and inequality left.

Take `k` people who may move anywhere. The plan that lowers every unit above a ceiling `mu` to it
and raises every unit below a floor `lambda` to it, ``s'_i = clip(s_i, lambda d_i, mu d_i)`` with
both sides adding up to `k`, Lorenz-dominates every other plan of at most `k` moves in staff per
need. It is therefore best for the Gini, Theil, Hoover and every other index that respects the
Lorenz order, all at once.

Why: staff per need ``s'/d``, weighted by need, Lorenz-dominates another allocation of the same
total exactly when ``E(t) = sum_i max(s'_i - t d_i, 0)`` is no larger at any `t` (the convex order;
Hardy, Littlewood and Pólya 1934, section 3.17; Shaked and Shanthikumar 2007, theorem 3.A.1). A plan
that takes at most `k` people away from units leaves ``E(t) >= max(E_0(t) - k, S - t D, 0)``, where
`E_0` is today's, `S` all staff and `D` all need: each person gone lowers the sum by one at most,
and the sum of positive parts is no less than the positive part of the sum. The clipped plan has
``E = 0`` from `mu` up, ``E_0(t) - k`` from `lambda` to `mu`, and ``S - t D`` below `lambda`: it
meets a bound that no plan can pass at every `t`.

New hires `h` only fill from the bottom: the floor then lifts `k + h` people's worth, and the
same argument holds with ``S + h`` in place of `S`.

Where a unit has no need its people are above every ceiling: ``E(t)`` counts them all at every `t`.
They are the first to leave, and the others then stand before the same trade-off with so many people
arriving, as if they were hired.

References
----------
Hardy, G. H., Littlewood, J. E. and Pólya, G. (1934). Inequalities. Cambridge University Press.

Shaked, M. and Shanthikumar, J. G. (2007). Stochastic Orders. Springer.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError
from analysis.redistribution.frontiers.adequacy_order import adequacies_ascending
from analysis.redistribution.frontiers.level import common_level
from analysis.redistribution.frontiers.targets import taken
from analysis.redistribution.frontiers.whole_people import evened, most_even
from analysis.redistribution.indices import gini_over_need, hoover_over_need
from analysis.redistribution.units import Units, as_budget

_BLOCK = 8192


@dataclass(frozen=True)
class WholePlan:
    """A point of the frontier in whole people.

    Attributes
    ----------
    losses, gains : ndarray of int, shape (n,)
        People who leave and who arrive in each unit, in the order the units were given.
    staff_after : ndarray of int, shape (n,)
        Staff once all have moved.
    gini_gap, hoover_gap : float
        The Gini and the Hoover index of this plan exceed those of the divisible plan of as many
        moves by this, and so those of the best plan in whole people by no more.
    """

    losses: IntArray
    gains: IntArray
    staff_after: IntArray
    gini_gap: float
    hoover_gap: float

    @property
    def moves(self) -> int:
        """People who move."""
        return int(self.losses.sum())


@dataclass(frozen=True)
class Frontier:
    """Inequality left for every number of moves and of hires, in closed form.

    Attributes
    ----------
    staff : ndarray of int, shape (n,)
        People in each unit, in the order the units were given.
    need : ndarray, shape (n,)
        Need of each unit.
    mean : float
        Staff per need over all units: the level at which all are equal.
    idle : int
        People of the units without need, who leave first.
    away : ndarray, shape (m,)
        Staff per need of each unit with need above that of all of these, in ascending order.
    lift : ndarray, shape (m,)
        People it takes to raise every unit below each of these levels to it; ascending.
    """

    staff: IntArray
    need: FloatArray
    mean: float
    idle: int
    away: FloatArray
    lift: FloatArray
    _centre: float = field(repr=False)
    _totals: npt.NDArray[np.complex128] = field(repr=False)

    @property
    def total_staff(self) -> int:
        """People over all units."""
        return int(self.staff.sum())

    @property
    def total_need(self) -> float:
        """Need over all units."""
        return float(self._below[-1])

    @cached_property
    def cut(self) -> FloatArray:
        """People set free by lowering every unit above each level to it; descending."""
        return self.lift - self.away * self.total_need

    @cached_property
    def most_moves(self) -> float:
        """Moves to full equality of a divisible staff: the Hoover index times all staff."""
        return float(np.maximum(self.staff - self.mean * self.need, 0.0).sum())

    @cached_property
    def most_hires(self) -> float:
        """Hires to full equality without moves: everyone is raised to the highest ratio.

        Infinite where people are in units without need: they stay there.
        """
        return np.inf if self.idle else float(self.lift[-1])

    def floor(self, moves: npt.ArrayLike, hires: npt.ArrayLike = 0) -> FloatArray:
        """Return the ratio to which the units below it are raised.

        Parameters
        ----------
        moves, hires : array-like
            People who move and people who are hired, each >= 0, broadcast together. More moves
            than `most_moves` change nothing further.

        Returns
        -------
        ndarray
            Staff per need.
        """
        return self._floor(*self._parted(moves, hires))

    def ceiling(self, moves: npt.ArrayLike, hires: npt.ArrayLike = 0) -> FloatArray:
        """Return the ratio to which the units above it are lowered; see `floor`.

        Infinite as long as people are left in units without need.
        """
        lowered = self._ceiling(self._parted(moves, hires)[0])
        return np.where(np.asarray(moves) < self.idle, np.inf, lowered)

    def hoover(self, moves: npt.ArrayLike, hires: npt.ArrayLike = 0) -> FloatArray:
        """Return the Hoover index of staff over need; see `floor`.

        ``(k* - k) / S`` without hires: each move takes away the same.
        """
        staff = self.total_staff + np.asarray(hires, dtype=np.float64)
        return (self._useful(hires) - np.minimum(moves, self._useful(hires))) / staff

    def gini(self, moves: npt.ArrayLike, hires: npt.ArrayLike = 0) -> FloatArray:
        """Return the Gini coefficient of staff per need, weighted by need; see `floor`.

        The area under the Lorenz curve of the clipped plan, from cumulative sums:
        ``1 - sum_i d_i (2 C_i - s'_i) / (S' D)`` with `C_i` the staff of unit `i` and all below.
        """
        moved, extra = self._parted(moves, hires)
        floor = self._floor(moved, extra) - self._centre
        ceiling = self._ceiling(moved) - self._centre
        low = np.searchsorted(self.away, floor, side="left")
        high = np.maximum(np.searchsorted(self.away, ceiling, side="right"), low)
        all_need = self.total_need
        below, above = self._below[low], all_need - self._below[high]
        middle = all_need - below - above
        held = floor * below - self._excess[low]
        area = (
            floor * below**2
            + self._doubled[high]
            - self._doubled[low]
            + 2.0 * held * middle
            + above * (2.0 * (held + self._excess[high]) + ceiling * above)
        )
        hired = np.asarray(hires, dtype=np.float64)
        stay = self.idle - (extra - hired)  # where there is no need
        value = ((extra + stay) * all_need - area) / ((self.total_staff + hired) * all_need)
        return np.maximum(value, 0.0)  # rounding may end a hair below equality

    def allocation(self, moves: float, hires: float = 0) -> FloatArray:
        """Return the staff of each unit, divisible, in the order the units were given."""
        k = min(float(moves), float(self._useful(hires)))
        moved, extra = self._parted(k, hires)
        used = self.need > 0.0
        staff, need = self.staff[used], self.need[used]
        ceiling = _refined(float(self._ceiling(moved)), staff, need, -float(moved))
        floor = _refined(float(self._floor(moved, extra)), staff, need, k + hires)
        after = np.empty(self.staff.size)
        after[used] = np.clip(staff, floor * need, max(floor, ceiling) * need)
        if self.idle:
            idle = self.staff[~used]
            stay = max(self.idle - k, 0.0)
            after[~used] = np.minimum(idle, common_level(0 * idle, idle, np.ones(idle.size), stay))
        return after

    def knots(self) -> FloatArray:
        """Return the numbers of moves at which the frontier bends, from 0 to `most_moves`.

        Between them the floor and the ceiling, and with them the Gini, are linear.
        """
        inside = np.concatenate([self.lift, self.idle + self.cut, [self.idle]])
        inside = inside[(inside > 0.0) & (inside < self.most_moves)]
        return np.unique(np.concatenate([[0.0], inside, [self.most_moves]]))

    def moves_for_gini(self, target: float) -> float:
        """Return the fewest moves that bring the Gini down to `target`; exact, not rounded.

        Raises
        ------
        DomainError
            If the target is not between 0 and today's Gini.
        """
        knots = self.knots()
        values = self.gini(knots)
        self._check_target(target, float(values[0]))
        return float(np.interp(-target, -values, knots))

    def hires_for_gini(self, target: float, moves: float = 0) -> float:
        """Return the fewest hires that bring the Gini to `target` when `moves` people move too.

        Infinite where the target is 0 and people are left in units without need.

        Raises
        ------
        DomainError
            If the target is not between 0 and today's Gini.
        """
        self._check_target(target, float(self.gini(0)))
        if self.gini(moves) <= target:
            return 0.0
        most, stay = float(self.lift[-1]), max(self.idle - moves, 0.0)
        if stay > 0.0:  # the Gini of equality elsewhere is `stay / S`
            if target == 0.0:
                return np.inf
            most = max(most, stay / target - self.total_staff)
        if self.gini(moves, most) >= target:  # equality itself, but for rounding
            return most
        return float(brentq(lambda h: float(self.gini(moves, h)) - target, 0.0, most, xtol=1e-6))

    def plan(self, moves: int, hires: int = 0) -> WholePlan:
        """Return the most even plan in whole people.

        Of all plans of as many moves and hires, the one with the least need-weighted variance of
        staff per need, evened out further by exchanges of one person until none lowers the Gini:
        see `frontiers.whole_people`. Moves that would make nothing more even are not made.

        Parameters
        ----------
        moves, hires : int
            Most people who move, and people who are hired.

        Returns
        -------
        WholePlan
            Its gaps are what its indices exceed those of the divisible plan by. The latter are a
            lower bound for every plan of as many moves, whole people or not (see the top of
            `frontiers.reachable`), and zero from `most_moves` on. So the gaps hold for any number
            of moves; and they are at most ``sum |e_i| / S`` and half of it, with `e_i` the people
            that unit `i` is off the divisible plan, since ``|s'_i d_j - s'_j d_i|`` changes by at
            most ``|e_i| d_j + |e_j| d_i``.

        Raises
        ------
        DomainError
            If a number is negative, fractional, or the moves exceed all staff.
        """
        k = as_budget(moves, self.total_staff, what="The number of moves", of="all staff")
        hired = as_budget(hires, np.iinfo(np.int64).max, what="The number of hires", of="any")
        used, first = self.need > 0.0, min(k, self.idle)
        staff, need, idle = self.staff[used], self.need[used], self.staff[~used]
        none, all_people = np.zeros_like(staff), staff + self.total_staff + hired
        divisible = self.allocation(k, hired)
        losses, gains = most_even(
            staff,
            need,
            none,
            all_people,
            divisible[used],
            budget=k - first,
            groups=none,
            arriving=np.array([hired + first]),
        )
        after = np.empty_like(self.staff)
        after[used] = evened(
            staff - losses + gains, staff, need, none, all_people, budget=k - first
        )
        after[~used] = idle - taken(idle, np.ones(idle.size), np.zeros_like(idle), first)
        gini_gap, hoover_gap = (
            index(after, self.need) - index(divisible, self.need)
            for index in (gini_over_need, hoover_over_need)
        )
        losses, gains = np.maximum(self.staff - after, 0), np.maximum(after - self.staff, 0)
        return WholePlan(losses, gains, after, max(gini_gap, 0.0), max(hoover_gap, 0.0))

    def to_frame(self, moves: npt.ArrayLike | None = None) -> pd.DataFrame:
        """Return the frontier at some numbers of moves; where it bends, if none are given.

        Returns
        -------
        DataFrame
            `moves`, `share_of_staff`, `floor`, `ceiling` (staff per need), `hoover`, `gini`.
        """
        k = self.knots() if moves is None else np.asarray(moves, dtype=np.float64)
        return pd.DataFrame(
            {
                "moves": k,
                "share_of_staff": k / self.total_staff,
                "floor": self.floor(k),
                "ceiling": self.ceiling(k),
                "hoover": self.hoover(k),
                "gini": self.gini(k),
            }
        )

    @property
    def _below(self) -> FloatArray:
        """Need of the lowest 0, 1, ..., n units."""
        return self._totals.real

    @property
    def _excess(self) -> FloatArray:
        """Staff of the lowest 0, 1, ..., n units above what the mean ratio would give them."""
        return self._totals.imag

    @cached_property
    def _doubled(self) -> FloatArray:
        """``sum d_i (2 C_i - s_i)`` over the lowest units, staff counted as in `_excess`."""
        excess = self._excess
        terms = np.diff(self._below) * (excess[1:] + excess[:-1])
        return np.concatenate([[0.0], np.cumsum(terms)])

    def _useful(self, hires: npt.ArrayLike) -> FloatArray:
        """Return the moves to full equality when people are hired as well."""
        return self.idle + self._apart(np.asarray(hires, dtype=np.float64) + self.idle)

    def _apart(self, arriving: FloatArray) -> FloatArray:
        """Return the moves to equality among units with need when people arrive there besides."""
        level = arriving / self.total_need
        position = np.searchsorted(self.away, level, side="right")
        above = self.total_need - self._below[position]
        return np.maximum(-self._excess[position] - level * above, 0.0)

    def _parted(self, moves: npt.ArrayLike, hires: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Return the moves among units with need that are of use, and who arrives there besides."""
        moved = np.asarray(moves, dtype=np.float64)
        first = np.minimum(moved, self.idle)
        arriving = np.asarray(hires, dtype=np.float64) + first
        return np.minimum(moved - first, self._apart(arriving)), arriving

    def _floor(self, moved: FloatArray, arriving: FloatArray) -> FloatArray:
        raised = moved + arriving
        position = np.searchsorted(self.lift, raised, side="right")
        return self._centre + (raised + self._excess[position]) / self._below[position]

    def _ceiling(self, moved: FloatArray) -> FloatArray:
        position = self.away.size - np.searchsorted(self.cut[::-1], moved, side="right")
        position = np.minimum(position, self.away.size - 1)  # the highest unit is always cut
        above = self.total_need - self._below[position]
        return self._centre - (moved + self._excess[position]) / above

    def _check_target(self, target: float, today: float) -> None:
        if not 0.0 <= target <= today * (1.0 + 1e-9):
            raise DomainError(
                f"The target is {target}, but must lie between 0 and today's value, {today:.6f}."
            )


def _refined(level: float, staff: IntArray, need: FloatArray, people: float) -> float:
    """Return the level to which people are added, or cut where they are fewer than none.

    Newton's method on the people it takes, summed anew: where needs differ by many orders of
    magnitude, differences of running sums keep few digits of the least.
    """
    sign = np.sign(people)
    for _ in range(2):
        off = level * need - staff
        reached = sign * off > 0.0
        by = float(need[reached].sum())
        if by == 0.0:
            break
        level -= (float(off[reached].sum()) - people) / by
    return level


def frontier(staff: npt.ArrayLike | Units, need: npt.ArrayLike | None = None) -> Frontier:
    """Return the whole frontier of moves (and hires) against inequality, in O(n log n).

    Parameters
    ----------
    staff : array-like, shape (n,), or Units
        Whole people in each unit, >= 0, at least one in all; or units that hold staff and need.
    need : array-like, shape (n,)
        Need of each unit, >= 0, in any unit of measurement. People where there is none leave first.

    Returns
    -------
    Frontier

    Raises
    ------
    DomainError
        If staff is negative, fractional or missing, need negative, missing or zero everywhere, or
        there is nobody at all; the message names the units.

    Examples
    --------
    >>> found = frontier([60, 30, 10], [1, 1, 1])
    >>> round(float(found.gini(0)), 3), round(found.most_moves, 3)
    (0.333, 26.667)
    >>> found.plan(15).staff_after.tolist()
    [45, 30, 25]
    """
    units = Units.of(staff, need)
    counts, by = units.staff, units.need
    people = units.total_staff
    if people == 0:
        raise DomainError("staff: there is nobody to move. Pass staff above zero for some unit.")
    if by.min() == 0.0:
        counts, by = counts[by > 0.0], by[by > 0.0]
    all_need, idle = float(by.sum()), people - int(counts.sum())
    centre = (people - idle) / all_need
    ratio = counts / by
    away, order = adequacies_ascending(ratio)
    away -= centre
    lift = ratio  # its memory is free again
    # Need is kept as the real part and staff above the mean ratio as the imaginary part: one
    # cumulative sum then adds both, and nothing is lost when units are nearly equal.
    totals = np.empty(ratio.size + 1, dtype=np.complex128)
    totals[0] = 0.0
    for start in range(0, ratio.size, _BLOCK):  # what fits the cache is not fetched twice
        here = slice(start, start + _BLOCK)
        above, needs = away[here], by.take(order[here], mode="clip")
        amounts = np.empty(needs.size, dtype=np.complex128)
        amounts.real = needs
        np.multiply(above, needs, out=amounts.imag)
        amounts[0] += totals[start]
        reached = totals[start + 1 : start + 1 + needs.size]
        np.cumsum(amounts, out=reached)
        np.multiply(above, reached.real, out=lift[here])
        lift[here] -= reached.imag
    return Frontier(units.staff, units.need, people / all_need, idle, away, lift, centre, totals)
