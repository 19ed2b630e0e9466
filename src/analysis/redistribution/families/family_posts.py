"""Posts with a person to spare, posts without one, and who may go from the one to the other.

A post belongs to a unit and a job family. Need is in people: a unit spares ``floor(s - d)`` people
of a family, and is short of ``ceil(d - s)``; a person more never leaves a need unmet that was met,
and a shortage of part of a person counts as a post.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.redistribution.families.family_units import FamilyUnits, of_units
from analysis.redistribution.families.substitution_table import penalties
from analysis.redistribution.limits import Limits, refuse_percent
from analysis.redistribution.units import as_budget

_NEARLY_WHOLE = 1e-9  # a surplus of 2 less a rounding error is a surplus of 2


def whole_gaps(staff: IntArray, need: FloatArray) -> tuple[IntArray, IntArray]:
    """Return surplus and shortage in whole people, of staff and need of any one shape.

    Examples
    --------
    >>> surplus, shortage = whole_gaps(np.array([9, 3]), np.array([6.5, 4.2]))
    >>> surplus.tolist(), shortage.tolist()
    ([2, 0], [0, 2])
    """
    gap = staff - need
    surplus = np.floor(np.maximum(gap, 0.0) + _NEARLY_WHOLE)
    shortage = np.ceil(np.maximum(-gap, 0.0) - _NEARLY_WHOLE)
    return surplus.astype(np.int64), shortage.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Posts:
    """Staff, surplus and shortage by unit and family, with what a plan may do.

    Attributes
    ----------
    units : FamilyUnits
        Staff and need.
    surplus, shortage : ndarray of int, shape (n, F)
        People who may be taken away, and posts to be filled.
    cost : ndarray, shape (n, n)
        Cost of moving one person, origins by destinations; nothing on the diagonal.
    penalty : ndarray, shape (F, F)
        Penalty of each substitution, infinite where it is not permitted.
    leaving, arriving : ndarray of int, shape (n,)
        Most people who move away from each unit and to it.
    budget : int
        Most people who change post.
    open_pairs : ndarray of bool, shape (n, n), or None
        Units between which people may move; None: all.
    """

    units: FamilyUnits
    surplus: IntArray
    shortage: IntArray
    cost: FloatArray
    penalty: FloatArray
    leaving: IntArray
    arriving: IntArray
    budget: int
    open_pairs: BoolArray | None

    @classmethod
    def of(
        cls,
        units: FamilyUnits,
        cost: npt.ArrayLike,
        substitution: pd.DataFrame,
        *,
        budget: int | None = None,
        limits: Limits | None = None,
        distance: npt.ArrayLike | None = None,
    ) -> "Posts":
        """Check what a planner is given; see `plan_with_substitution`."""
        limits = Limits.of(limits)
        surplus, shortage = whole_gaps(units.staff, units.need)
        if limits.floor_adequacy is not None:
            refuse_percent(limits.floor_adequacy, units.staff, units.need)
            above = np.floor(units.staff - limits.floor_adequacy * units.need + _NEARLY_WHOLE)
            surplus = np.minimum(surplus, np.maximum(above, 0.0).astype(np.int64))
        together, of_unit = units.together, of_units(limits)
        costs = together.costs(cost).copy()
        np.fill_diagonal(costs, 0.0)
        total = together.total_staff
        unlimited = total + 1  # never reached, so that it gets no shadow price
        leaving, arriving = of_unit.leaving(together), of_unit.arriving(together)
        return cls(
            units,
            np.minimum(surplus, units.releasable(limits)),
            shortage,
            costs,
            penalties(units.families, substitution),
            np.where(leaving.limit == "staff", unlimited, leaving.most),
            np.where(arriving.limit == "none", unlimited, arriving.most),
            unlimited
            if budget is None
            else as_budget(budget, total, what="The budget", of="all staff"),
            of_unit.open_pairs(together, cost=costs, distance=distance),
        )

    @cached_property
    def giving(self) -> tuple[IntArray, IntArray]:
        """Unit and family of each post with people to spare, in order."""
        unit, family = np.nonzero(self.surplus)
        return unit, family

    @cached_property
    def short(self) -> tuple[IntArray, IntArray]:
        """Unit and family of each post that is short, in order."""
        unit, family = np.nonzero(self.shortage)
        return unit, family

    @cached_property
    def spare(self) -> IntArray:
        """People to spare of each giving post."""
        spare: IntArray = self.surplus[self.giving]
        return spare

    @cached_property
    def missing(self) -> IntArray:
        """People missing at each short post."""
        missing: IntArray = self.shortage[self.short]
        return missing

    @cached_property
    def pairs(self) -> tuple[IntArray, IntArray]:
        """Giving and short post (positions in `giving` and `short`) of each permitted change."""
        permitted = np.isfinite(self.penalty)[np.ix_(self.giving[1], self.short[1])]
        if self.open_pairs is not None:
            here = np.equal.outer(self.giving[0], self.short[0])  # retrained in place: no move
            permitted &= here | self.open_pairs[np.ix_(self.giving[0], self.short[0])]
        out, into = np.nonzero(permitted)
        return out, into

    @cached_property
    def in_place(self) -> BoolArray:
        """Whether the change keeps the person in the unit, of each of `pairs`."""
        out, into = self.pairs
        same: BoolArray = self.giving[0][out] == self.short[0][into]
        return same

    @cached_property
    def pair_cost(self) -> FloatArray:
        """Cost of one person, of each of `pairs`: of the move and of the substitution."""
        out, into = self.pairs
        move = self.cost[self.giving[0][out], self.short[0][into]]
        total: FloatArray = move + self.penalty[self.giving[1][out], self.short[1][into]]
        return total


@dataclass(frozen=True, eq=False)
class SubstitutionPlan:
    """Who changes post, and what that fills.

    Attributes
    ----------
    moves : DataFrame
        `origin`, `destination` (the same where the person is retrained in place), `family` (of the
        person), `to_family` (of the post), `people` and `cost` (of all of them).
    staff_after : DataFrame
        People by unit and by the family whose post they fill.
    filled, unfilled : int
        Posts that were short and are filled, and that stay short.
    cost : float
        Cost of all changes.
    optimal : bool
        Whether the plan is proved to fill as many posts as can be, at the least cost of all plans
        that do, up to `rounding_bound`.
    rounding_bound : float
        The solver's rounding of costs makes the plan at most so much more expensive.
    solver : str
        What proved it.
    nodes, arcs : int
        Size of the network; or rows and columns of the program.
    """

    moves: pd.DataFrame
    staff_after: pd.DataFrame
    filled: int
    unfilled: int
    cost: float
    optimal: bool
    rounding_bound: float
    solver: str
    nodes: int
    arcs: int

    @classmethod
    def of(
        cls,
        posts: Posts,
        people: IntArray,
        *,
        optimal: bool,
        rounding_bound: float,
        solver: str,
        size: tuple[int, int],
    ) -> "SubstitutionPlan":
        """Return the plan in which `people` make each of the changes of `posts.pairs`."""
        used = np.flatnonzero(people)
        out, into = (side[used] for side in posts.pairs)
        (origin, family), (destination, to_family) = (
            (side[0][which], side[1][which])
            for side, which in ((posts.giving, out), (posts.short, into))
        )
        moved, costs = people[used], people[used] * posts.pair_cost[used]
        after = posts.units.staff.copy()
        np.subtract.at(after, (origin, family), moved)
        np.add.at(after, (destination, to_family), moved)
        order = np.lexsort((to_family, family, destination, origin))
        units, families = posts.units.labels, posts.units.families
        moves = pd.DataFrame(
            {
                "origin": units.take(origin),
                "destination": units.take(destination),
                "family": families.take(family),
                "to_family": families.take(to_family),
                "people": moved,
                "cost": costs,
            }
        )
        filled = int(moved.sum())
        return cls(
            moves.iloc[order].reset_index(drop=True),
            posts.units.frame(after),
            filled,
            int(posts.shortage.sum()) - filled,
            float(costs.sum()),
            optimal,
            rounding_bound,
            solver,
            *size,
        )
