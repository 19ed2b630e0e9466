"""Posts with a person to spare, posts without one, and who may go from the one to the other.

A post belongs to a unit and a job family. Need is in people: a unit spares ``floor(s - d)`` people
of a family, and is short of ``ceil(d - s)``; a person more never leaves a need unmet that was met,
and a shortage of part of a person counts as a post.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.substitution_table import penalties
from analysis.redistribution.units import (
    BoolArray,
    FloatArray,
    IntArray,
    as_amounts,
    as_budget,
    as_costs,
    as_staff,
    some,
)

_NEARLY_WHOLE = 1e-9  # a surplus of 2 less a rounding error is a surplus of 2


@dataclass(frozen=True, eq=False)
class Posts:
    """Staff, surplus and shortage by unit and family, with what a plan may do.

    Attributes
    ----------
    staff : DataFrame, shape (n, F)
        People, units by families.
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
    """

    staff: pd.DataFrame
    surplus: IntArray
    shortage: IntArray
    cost: FloatArray
    penalty: FloatArray
    leaving: IntArray
    arriving: IntArray
    budget: int

    @classmethod
    def of(
        cls,
        staff: pd.DataFrame,
        need: pd.DataFrame,
        cost: npt.ArrayLike,
        substitution: pd.DataFrame,
        *,
        most_leaving_unit: npt.ArrayLike | None = None,
        most_arriving_unit: npt.ArrayLike | None = None,
        releasable: npt.ArrayLike | None = None,
        budget: int | None = None,
        protected: Collection[str] = (),
    ) -> "Posts":
        """Check what a planner is given; see `plan_with_substitution`."""
        people = checked_staff(staff)
        n = len(people)
        needs = same_posts(staff, need, "need")
        gap = people - needs
        surplus = np.floor(np.maximum(gap, 0.0) + _NEARLY_WHOLE).astype(np.int64)
        shortage = np.ceil(np.maximum(-gap, 0.0) - _NEARLY_WHOLE).astype(np.int64)
        if releasable is not None:
            surplus = np.minimum(surplus, as_releasable(releasable, staff))
        surplus[:, protected_families(protected, staff.columns)] = 0
        costs = as_costs(cost, (n, n)).copy()
        np.fill_diagonal(costs, 0.0)
        total = int(people.sum())
        unlimited = total + 1  # never reached, so that it gets no shadow price
        return cls(
            staff,
            surplus,
            shortage,
            costs,
            penalties(list(staff.columns), substitution),
            most_of(most_leaving_unit, n, unlimited, "most_leaving_unit"),
            most_of(most_arriving_unit, n, unlimited, "most_arriving_unit"),
            unlimited
            if budget is None
            else as_budget(budget, total, what="The budget", of="all staff"),
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
        after = posts.staff.to_numpy(np.int64, copy=True)
        np.subtract.at(after, (origin, family), moved)
        np.add.at(after, (destination, to_family), moved)
        order = np.lexsort((to_family, family, destination, origin))
        units, families = posts.staff.index.to_numpy(), posts.staff.columns.to_numpy()
        moves = pd.DataFrame(
            {
                "origin": units[origin],
                "destination": units[destination],
                "family": families[family],
                "to_family": families[to_family],
                "people": moved,
                "cost": costs,
            }
        )
        filled = int(moved.sum())
        return cls(
            moves.iloc[order].reset_index(drop=True),
            pd.DataFrame(after, posts.staff.index, posts.staff.columns),
            filled,
            int(posts.shortage.sum()) - filled,
            float(costs.sum()),
            optimal,
            rounding_bound,
            solver,
            *size,
        )


def checked_staff(staff: pd.DataFrame) -> IntArray:
    """Return people by unit and family, shape (n, F): whole numbers >= 0.

    Raises
    ------
    DomainError
        If the table is empty, a unit or family occurs twice, or a count is missing, negative or
        fractional.
    """
    if staff.empty:
        raise DomainError("staff: expected units by families, at least one of each.")
    for axis, what in ((staff.index, "unit"), (staff.columns, "family")):
        if not axis.is_unique:
            twice = axis[axis.duplicated()].astype(str).tolist()
            raise DomainError(f"staff: each {what} must occur once; {some(twice)} does not.")
    return as_staff(by_post(staff)).reshape(staff.shape)


def by_post(table: pd.DataFrame) -> pd.Series:
    """Return the table as a series whose labels name unit and family in messages."""
    labels = [f"{unit}, {family}" for unit in table.index for family in table.columns]
    return pd.Series(table.to_numpy().ravel(), index=labels).infer_objects()


def same_posts(staff: pd.DataFrame, table: pd.DataFrame, what: str) -> FloatArray:
    """Return amounts of the same units and families as staff, shape (n, F): numbers >= 0.

    Raises
    ------
    DomainError
        If units or families differ, or an amount is missing, infinite or negative.
    """
    for axis, name in ((0, "units"), (1, "families")):
        if not staff.axes[axis].equals(table.axes[axis]):
            odd = staff.axes[axis].symmetric_difference(table.axes[axis]).astype(str).tolist()
            raise DomainError(
                f"staff and {what} must have the same {name} in the same order; "
                f"{some(odd) if odd else 'the order'} differs. Align them first."
            )
    return as_amounts(by_post(table), staff.size, what=what).reshape(staff.shape)


def as_releasable(may: npt.ArrayLike, staff: pd.DataFrame) -> IntArray:
    """Return most people of each unit and family who may change post, shape (n, F).

    Raises
    ------
    DomainError
        If the shape differs from staff, or a number is missing, negative or fractional.
    """
    values = np.asarray(may)
    if values.shape != staff.shape:
        raise DomainError(
            f"releasable: expected people by unit and family, shape {staff.shape}, but the shape "
            f"is {values.shape}."
        )
    table = pd.DataFrame(values, staff.index, staff.columns)
    return as_staff(by_post(table), what="releasable").reshape(staff.shape)


def protected_families(protected: Collection[str], families: pd.Index) -> BoolArray:
    """Return which families nobody of which moves, shape (F,).

    Raises
    ------
    ParameterError
        If a name is no family.
    """
    unknown = [str(family) for family in protected if family not in families]
    if unknown:
        raise ParameterError(
            f"protected: {some(unknown)} is no family. Write the families as in the columns of "
            "staff."
        )
    which: BoolArray = families.isin(list(protected))
    return which


def most_of(most: npt.ArrayLike | None, n: int, otherwise: int, what: str) -> IntArray:
    """Return whole limits for each of `n` units; `otherwise` where none are given.

    Raises
    ------
    DomainError
        If there is not one for each unit, or one is missing, negative or fractional.
    """
    if most is None:
        return np.full(n, otherwise)
    limits = as_staff(most, what=what)
    if limits.size != n:
        raise DomainError(f"{what}: {limits.size} values for {n} units. Pass one for each unit.")
    return limits
