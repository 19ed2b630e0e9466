r"""The most even plan in whole people, near the best divisible one.

Among all plans of at most `k` moves in whole people, within the limits of each unit and inside its
group, the one with the least ``sum_i s'_i^2 / d_i``, and so the least need-weighted variance of
staff per need, is found exactly. Taking the `l`-th person from unit `i` lowers half that sum by
``(s_i - l + 1/2) / d_i``, which falls in `l`; sending the `g`-th to unit `j` raises it by
``(s_j + g - 1/2) / d_j``, which rises in `g`. The best `m` people to take are therefore those with
the greatest gains, the best `m` places those with the least losses, and the `m`-th exchange of a
group is made while its gain exceeds its loss and the budget lasts, the greatest difference first:
greedy choice is exact for separable convex functions (Gross 1956; Ibaraki and Katoh 1988). Only
exchanges close to the divisible plan are listed; where one at the edge of the list is chosen, more
are.

That plan is then evened out further for the Gini coefficient, which is not separable: one person
at a time goes from one unit to another, by the exchange that lowers the Gini most, until none does
(`evened`).

References
----------
Gross, O. (1956). A class of discrete-type minimization problems. RAND Corporation, RM-1644-PR.

Ibaraki, T. and Katoh, N. (1988). Resource Allocation Problems: Algorithmic Approaches. MIT Press,
section 4.2.
"""

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.inequality import gini

_WORTH = 1e-12  # relative; an exchange that evens out less than that is an error of rounding
_TRIED = 16  # best leavers and best places whose exchanges are tried before all are
_ALL = 512  # most leavers and places whose exchanges are all tried


def most_even(
    staff: IntArray,
    need: FloatArray,
    least: IntArray,
    most: FloatArray | IntArray,
    near: FloatArray,
    *,
    budget: int,
    groups: IntArray,
    arriving: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return the losses and gains in whole people with the least ``sum s'^2 / d``.

    Parameters
    ----------
    staff, need : ndarray, shape (n,)
        Whole people, and need > 0.
    least, most : ndarray, shape (n,)
        Staff of each unit afterwards, at least and at most; ``least <= staff <= most``.
    near : ndarray, shape (n,)
        Staff of each unit after the best divisible plan: where the search begins.
    budget : int
        Most people who leave these units.
    groups : ndarray of int, shape (n,)
        Number of the group inside which people move, from 0 without gaps.
    arriving : ndarray of int, shape (groups,)
        People who arrive in each group besides those who leave its units, >= 0; there is room.

    Returns
    -------
    losses, gains : ndarray of int, shape (n,)

    Examples
    --------
    >>> staff, need = np.array([4, 0, 0, 0]), np.array([5.0, 4.0, 4.0, 4.0])
    >>> losses, gains = most_even(
    ...     staff, need, 0 * staff, staff + 9, 4 / 17 * need,
    ...     budget=4, groups=0 * staff, arriving=np.array([0]),
    ... )
    >>> (staff - losses + gains).tolist()
    [1, 1, 1, 1]
    """
    free, room = staff - least, most - staff
    away, added = np.maximum(staff - near, 0.0), np.maximum(near - staff, 0.0)
    known = staff, need, groups, arriving.size
    reach = 1.0 + need / need.mean()  # rounding shifts levels by about a person for every unit
    while True:
        out = _Steps(away, free, reach, -1, *known)
        into = _Steps(added, room, reach, 1, *known)
        chosen = _chosen(out, into, budget, arriving)
        if chosen is not None:
            losses, gains = out.amounts(chosen), into.amounts(chosen + arriving)
            if not (out.at_edge(losses).any() or into.at_edge(gains).any()):
                return losses, gains
        reach += reach


class _Steps:
    """People near these amounts who leave (sign -1) or arrive (sign 1), the most even first."""

    def __init__(
        self,
        amounts: FloatArray,
        limit: FloatArray | IntArray,
        reach: FloatArray,
        sign: int,
        staff: IntArray,
        need: FloatArray,
        groups: IntArray,
        n_groups: int,
    ) -> None:
        self.limit = limit
        self.low = np.clip(np.floor(amounts) - reach, 0, limit).astype(np.int64)
        self.high = np.clip(np.ceil(amounts) + reach, 0, limit).astype(np.int64)
        self.below = np.bincount(groups, self.low, n_groups).astype(np.int64)
        listed = self.high - self.low
        unit = np.repeat(np.arange(listed.size), listed)
        first = np.cumsum(listed) - listed
        number = np.arange(unit.size) - np.repeat(first - self.low, listed)
        ratio = (staff[unit] + sign * (number + 0.5)) / need[unit]
        order = np.lexsort((sign * ratio, groups[unit]))
        self.unit, self.ratio = unit[order], ratio[order]
        self.group = groups[self.unit]
        self.sizes = np.bincount(self.group, minlength=n_groups)
        self.starts = np.cumsum(self.sizes) - self.sizes

    @property
    def position(self) -> IntArray:
        """Number of each listed person in the own group, from 0."""
        position: IntArray = np.arange(self.unit.size) - self.starts[self.group]
        return position

    def amounts(self, people: IntArray) -> IntArray:
        """Return how many people of each unit are among the first of each group."""
        taken = self.position < (people - self.below)[self.group]
        amounts: IntArray = self.low + np.bincount(self.unit[taken], minlength=self.low.size)
        return amounts

    def at_edge(self, amounts: IntArray) -> BoolArray:
        """Return where someone who is not listed might have been chosen instead."""
        edge: BoolArray = ((amounts == self.low) & (self.low > 0)) | (
            (amounts == self.high) & (self.high < self.limit)
        )
        return edge


def _chosen(out: _Steps, into: _Steps, budget: int, arriving: IntArray) -> IntArray | None:
    """Return the people who leave in each group; None where too few are listed to tell."""
    partner = out.position + (out.below + arriving - into.below)[out.group]
    listed = (partner >= 0) & (partner < into.sizes[out.group])
    worth = np.where(partner < 0, np.inf, -np.inf)  # arrives before the list, or after its end
    places = into.starts[out.group] + partner
    gain, loss = out.ratio[listed], into.ratio[places[listed]]
    worth[listed] = np.where(gain - loss > _WORTH * gain, gain - loss, -np.inf)
    useful = np.flatnonzero(worth > 0.0)
    left = budget - int(out.below.sum())
    if left < 0:
        return None
    if useful.size > left:
        useful = useful[np.argsort(-worth[useful], kind="stable")[:left]]
    chosen: IntArray = out.below + np.bincount(out.group[useful], minlength=arriving.size)
    needed = chosen + arriving
    if np.any(needed < into.below) or np.any(needed > into.below + into.sizes):
        return None
    return chosen


def evened(
    after: IntArray,
    staff: IntArray,
    need: FloatArray,
    least: IntArray,
    most: FloatArray | IntArray,
    *,
    budget: int,
) -> IntArray:
    r"""Return staff after exchanges of one person that lower the Gini, until none does.

    With ``N = sum_ij |s_i d_j - s_j d_i|``, the Gini being ``N / (2 S D)``, a person less in `i`
    and one more in `j` change `N` by what each would by itself plus a term of the pair alone that
    is never negative, since absolute values are convex. Pairs are therefore tried in the order of
    the first two; among more than a few hundred leavers or places, only the best of each.

    Parameters
    ----------
    after : ndarray of int, shape (n,)
        Staff after a plan of at most `budget` moves.
    staff, need, least, most, budget
        As in `most_even`; all units are one group.

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    >>> staff, need = np.array([3, 1, 0]), np.array([1.0, 1.0, 2.0])
    >>> evened(staff, staff, need, 0 * staff, staff + 9, budget=2).tolist()
    [1, 1, 2]
    """
    after = after.copy()
    while (better := _many_exchanges(after, staff, need, least, most, budget)) is not None:
        after = better
    while (pair := _best_exchange(after, staff, need, least, most, budget)) is not None:
        after[pair[0]] -= 1
        after[pair[1]] += 1
    return after


def _many_exchanges(
    after: IntArray,
    staff: IntArray,
    need: FloatArray,
    least: IntArray,
    most: FloatArray | IntArray,
    budget: int,
) -> IntArray | None:
    """Return staff after the best exchanges at once, as many as lower the Gini; None without any.

    Each is worth about what it is worth by itself, as long as they are few among many units.
    """
    if after.size <= _ALL:
        return None
    less, more = _changes(after, need)
    less, more = np.where(after > least, less, np.inf), np.where(after < most, more, np.inf)
    ways = [(less, more)]
    if int(np.maximum(staff - after, 0).sum()) >= budget:
        back = np.where(after > staff, less, np.inf), np.where(after < staff, more, np.inf)
        ways = [(back[0], more), (less, back[1])]
    today = gini(after / need, need)
    for out, into in ways:
        givers, takers = np.argsort(out, kind="stable"), np.argsort(into, kind="stable")
        pairs = int(np.argmin(np.append(out[givers] + into[takers] < 0.0, False)))
        while pairs > 1:
            better = after.copy()
            better[givers[:pairs]] -= 1
            better[takers[:pairs]] += 1
            within = int(np.maximum(staff - better, 0).sum()) <= budget
            if within and gini(better / need, need) < today * (1.0 - _WORTH):
                return better
            pairs //= 2
    return None


def _best_exchange(
    after: IntArray,
    staff: IntArray,
    need: FloatArray,
    least: IntArray,
    most: FloatArray | IntArray,
    budget: int,
) -> tuple[int, int] | None:
    less, more = _changes(after, need)
    less = np.where(after > least, less, np.inf)
    more = np.where(after < most, more, np.inf)
    worth = -_WORTH * float(after.sum()) * float(need.sum())
    spent = int(np.maximum(staff - after, 0).sum()) >= budget
    for tried in (_TRIED, _ALL):
        takers = _first(more, tried)
        givers = _first(less, tried)
        if spent:  # one side must take back a move that is made
            givers = np.union1d(givers, _first(np.where(after > staff, less, np.inf), tried))
            takers = np.union1d(takers, _first(np.where(after < staff, more, np.inf), tried))
        total = less[givers][:, None] + more[takers]
        total += _together(after, need, givers, takers)
        total[givers[:, None] == takers] = np.inf
        if spent:
            total[(after <= staff)[givers][:, None] & (after >= staff)[takers]] = np.inf
        best = int(np.argmin(total))
        if total.flat[best] < worth:
            i, j = np.unravel_index(best, total.shape)
            return int(givers[i]), int(takers[j])
        if less.min() + more.min() >= worth:
            return None
    return None


def _first(changes: FloatArray, most: int) -> IntArray:
    """Return the positions of the least changes, ascending, of which there are a few."""
    if changes.size > most:
        return np.sort(np.argpartition(changes, most)[:most])
    return np.arange(changes.size)


def _changes(after: IntArray, need: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what half of `N` changes by for one person less, and one more, in each unit."""
    ratio = after / need
    order = np.argsort(ratio, kind="stable")
    levels = ratio[order]
    needs = np.concatenate([[0.0], np.cumsum(need[order])])
    people = np.concatenate([[0.0], np.cumsum(after[order].astype(np.float64))])

    def apart(count: FloatArray) -> FloatArray:
        """Return ``sum_j |c d_j - s_j d_i|`` for each unit if it had so many people."""
        below = np.searchsorted(levels, count / need, side="right")
        low = count * needs[below] - need * people[below]
        high = need * (people[-1] - people[below]) - count * (needs[-1] - needs[below])
        total: FloatArray = low + high
        return total

    counts = after.astype(np.float64)
    today = apart(counts)
    # The unit itself is among the others as it was: it is no distance away from where it goes.
    return apart(counts - 1.0) - need - today, apart(counts + 1.0) - need - today


def _together(after: IntArray, need: FloatArray, i: IntArray, j: IntArray) -> FloatArray:
    """Return what the pair changes by beyond the sum of both changes, givers by takers."""
    first, second = need[i][:, None], need[j]
    apart = after[i][:, None] * second - after[j] * first
    both = np.abs(apart - second - first) + np.abs(apart)
    beyond: FloatArray = both - np.abs(apart - second) - np.abs(apart - first)
    return beyond
