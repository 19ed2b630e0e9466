r"""The best changes where a limit ties the network together, by linear and integer programming.

With one column ``x_e`` for each permitted change `e` and limits ``A x <= b``, the plan is

.. math:: \min \sum_e (c_e - v) x_e

where the value `v` of a post filled is some multiple of the highest cost. Columns are generated:
the linear program is solved on those between units that are near, its dual values price all others
at once, and those that would improve it join, until none would (Gilmore and Gomory 1961). The
integer program then needs only columns whose reduced cost is no higher than its gap to the linear
program, since one person more on any other costs more than the whole gap (Wolsey 2020, reduced cost
fixing). Its optimum is therefore that of all columns.

Among plans that fill as many posts it is the cheapest, whatever `v` is. That no plan fills more is
proved by the same program with the values -1; where some plan does, ``sum x`` is held at the most
that can be and the cost is minimised alone.

References
----------
Gilmore, P. C. and Gomory, R. E. (1961). A linear programming approach to the cutting-stock problem.
Operations Research 9, 849-859.

Wolsey, L. A. (2020). Integer Programming, 2nd edition. Wiley.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError
from analysis.redistribution.families.changes import Changes
from analysis.redistribution.families.growing import GrowingProgram, nth_least
from analysis.redistribution.families.substitution_plan import Settled

SOLVER = "HiGHS integer program"

_AT_ONCE = 20_000  # so few columns are not generated, but all there from the start
_JOINING = 50_000  # most columns that join in one round
_FIRST = 5_000  # columns of the first integer program, by reduced cost
_BITS = 12  # of the highest cost, as the solver sees it
_VALUE = 64.0  # of a post filled, in highest costs
_EXACT = 1e-7
_PROVED = 1e-9  # relative gap below which two costs are the same


@dataclass(frozen=True, eq=False)
class Solution:
    """What the programs found.

    Attributes
    ----------
    people : ndarray of int
        People who make each change.
    bound : float
        No plan that fills as many posts costs less.
    optimal : bool
        Whether it is proved that no plan is better.
    """

    people: IntArray
    bound: float
    optimal: bool


@dataclass(frozen=True, eq=False)
class Program:
    """Limits on changes, with or without quotas.

    Attributes
    ----------
    changes : Changes
    budget : int
        Most people who change post.
    kind : ndarray of int, shape (c,), optional
        Which quota each change counts for; -1: none.
    quotas : ndarray of int, shape (q,), optional
    more : ndarray, optional
        People by whom each of `limits` is relaxed.
    """

    changes: Changes
    budget: int
    kind: IntArray | None = None
    quotas: IntArray | None = None
    more: FloatArray | None = None

    @cached_property
    def limits(self) -> FloatArray:
        """Right-hand sides: spare people, missing ones, leaving, arriving, budget, quotas."""
        of, quotas = self.changes, np.zeros(0) if self.quotas is None else self.quotas
        parts = (of.spare, of.missing, of.leaving, of.arriving, [self.budget], quotas)
        limits = np.concatenate(parts).astype(np.float64)
        return limits if self.more is None else limits + self.more

    @cached_property
    def starts(self) -> list[int]:
        """Row at which each of the six parts of `limits` starts."""
        of = self.changes
        sizes = (of.spare.size, of.missing.size, of.members.size, of.members.size, 1)
        return [0, *np.cumsum(sizes).tolist()]

    @cached_property
    def scale(self) -> float:
        """Power of two that takes the highest cost to a size at which tolerances are small."""
        highest = float(self.changes.cost.max(initial=0.0))
        return math.ldexp(1.0, _BITS - math.frexp(highest)[1]) if highest > 0.0 else 1.0

    @cached_property
    def cost(self) -> FloatArray:
        """Cost of one person on each change, times `scale`."""
        return self.changes.cost * self.scale

    def matrix(self, columns: IntArray) -> sparse.csc_array:
        """Return the matrix of the limits on these columns."""
        of = self.changes
        out, into, away = of.out[columns], of.into[columns], ~of.in_place[columns]
        column = np.arange(columns.size)
        quota = np.zeros(0, dtype=np.int64) if self.kind is None else self.kind[columns]
        counted = np.flatnonzero(away[: quota.size] & (quota >= 0))
        entries: tuple[tuple[npt.NDArray[Any], IntArray], ...] = (
            (out, column),
            (into, column),
            (of.giving[0][out[away]], column[away]),
            (of.short[0][into[away]], column[away]),
            (np.zeros_like(column), column),
            (quota[counted], counted),
        )
        row = [rows + start for (rows, _), start in zip(entries, self.starts, strict=True)]
        coordinates = np.concatenate(row), np.concatenate([columns_ for _, columns_ in entries])
        return sparse.csc_array(
            (np.ones(coordinates[0].size), coordinates), shape=(self.limits.size, columns.size)
        )

    def priced(self, marginals: FloatArray) -> FloatArray:
        """Return what one person more on each change is worth at these marginals of the limits."""
        of = self.changes
        spare, missing, leaving, arriving, budget, quotas = np.split(marginals, self.starts[1:])
        mover, place = spare + leaving[of.giving[0]], missing + arriving[of.short[0]]
        total: FloatArray = mover[of.out] + place[of.into]
        here = np.flatnonzero(of.in_place)
        total[here] = spare[of.out[here]] + missing[of.into[here]]
        total += budget
        if self.kind is not None:
            counted = np.flatnonzero(~of.in_place & (self.kind >= 0))
            total[counted] += quotas[self.kind[counted]]
        return total

    def settled(self, solution: Solution) -> Settled:
        """Return what the programs found as a part of a plan."""
        return Settled.of(
            self.changes,
            solution.people,
            optimal=solution.optimal,
            rounding_bound=0.0,
            solver=SOLVER,
            size=(self.limits.size, self.changes.cost.size),
        )

    def solve(self, unfilled: FloatArray | None = None) -> Solution:
        """Return the best plan.

        Where `unfilled` is given, a post is left short if filling it costs more than that of its
        family; otherwise as many posts as can be are filled, whatever it costs.
        """
        cost = self.cost
        if not cost.size:
            return Solution(np.zeros(0, dtype=np.int64), 0.0, True)
        search = Search(self)
        if unfilled is not None:
            value = unfilled[self.changes.short[1][self.changes.into]] * self.scale
            best = search.minimise(cost - value)
            return replace(best, bound=(best.bound + float(value @ best.people)) / self.scale)
        worth = _VALUE * max(float(cost.max()), 1.0)
        best = search.minimise(cost - worth)
        filled = int(best.people.sum())
        most = search.most_filled(at_least=filled)
        if most.bound > filled:  # filling more is dearer than it was taken to be worth
            worth, filled = 0.0, int(most.people.sum())
            best = search.minimise(cost, at_least=filled)
        return Solution(
            best.people,
            (best.bound + worth * filled) / self.scale,
            best.optimal and most.optimal,
        )

    def marginals(self, solution: Solution) -> tuple[FloatArray, FloatArray]:
        """Return posts filled, and cost saved with as many, per person more in each limit."""
        cost = self.cost
        if not cost.size:
            return np.zeros(self.limits.size), np.zeros(self.limits.size)
        search = Search(self)
        filling = search.relax(np.full(cost.size, -1.0))[1]
        costing = search.relax(cost, int(solution.people.sum()))[1]
        return np.maximum(-filling, 0.0), np.maximum(-costing, 0.0) / self.scale

    def one_more(self, row: int, solution: Solution) -> tuple[float, float]:
        """Return the posts filled, and the cost saved, by one person more in a limit."""
        cost, filled = self.cost, int(solution.people.sum())
        more = np.zeros(self.limits.size)
        more[row] = 1.0
        search = Search(replace(self, more=more))
        most = search.most_filled(at_least=filled)
        best = search.minimise(cost, at_least=filled)
        before = float(solution.people @ cost)
        saved = before - float(best.people @ cost)
        return most.bound - filled, saved / self.scale if saved > _PROVED * before else 0.0


class Search:
    """Columns of a program that were found to matter, and the best plans on them.

    Parameters
    ----------
    program : Program
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.grown = GrowingProgram(program.limits)
        of = program.changes
        all_ = np.ones(of.cost.size, dtype=np.bool_)
        self.chosen = np.zeros(of.cost.size, dtype=np.bool_)
        self.columns = np.zeros(0, dtype=np.int64)
        self._join(np.flatnonzero(all_ if of.cost.size <= _AT_ONCE else of.near))

    def relax(
        self, value: FloatArray, at_least: int = 0
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Minimise `value` per person, over all columns, people being divisible.

        Returns the people on `columns`, the marginals of the limits, and the reduced values of all
        columns.
        """
        self.grown.revalue(value[self.columns])
        self.grown.require(self.program.starts[4], at_least)
        while True:
            people, marginals = self.grown.solve()
            reduced = value - self.program.priced(marginals)
            joining = np.flatnonzero((reduced < -_EXACT) & ~self.chosen)
            if not joining.size:
                return people, marginals, reduced
            if joining.size > _JOINING:
                joining = joining[np.argpartition(reduced[joining], _JOINING)[:_JOINING]]
            self._join(joining)
            self.grown.revalue(value[self.columns])

    def minimise(self, value: FloatArray, at_least: int = 0) -> Solution:
        """Minimise `value` per person, in whole people, over all columns."""
        people, marginals, reduced = self.relax(value, at_least)
        bound = self._bound(marginals, reduced)
        whole = np.zeros(value.size, dtype=np.int64)
        whole[self.columns] = np.rint(people)
        if np.abs(people - whole[self.columns]).max(initial=0.0) > _EXACT:
            whole, bound = self._in_whole_people(value, reduced, bound, at_least)
        reached = float(whole @ value)
        if np.array_equal(value, np.rint(value)):  # then every plan has a whole value
            bound = max(bound, float(np.ceil(bound - _PROVED * max(1.0, abs(bound)))))
        return Solution(
            whole,
            min(bound, reached),
            reached - bound <= _PROVED * max(1.0, float(whole @ self.program.cost)),
        )

    def most_filled(self, at_least: int) -> Solution:
        """Return a plan that fills as many posts as can be; the bound is how many that are.

        Where no plan fills more than `at_least` it is not searched for.
        """
        value = np.full(self.chosen.size, -1.0)
        _, marginals, reduced = self.relax(value)
        if -self._bound(marginals, reduced) < at_least + 1.0 - _EXACT:
            return Solution(np.zeros(value.size, dtype=np.int64), at_least, True)
        found = self.minimise(value)
        return replace(found, bound=float(found.people.sum()))

    def _join(self, columns: IntArray) -> None:
        self.chosen[columns] = True
        self.columns = np.concatenate([self.columns, columns])
        self.grown.join(np.zeros(columns.size), self.program.matrix(columns))

    def _bound(self, marginals: FloatArray, reduced: FloatArray) -> float:
        """Return what no plan is below, by weak duality: whatever the solver's tolerances are."""
        below = np.flatnonzero(reduced < 0.0)
        most = self.program.changes.most[below]
        return self.grown.bound(marginals) + float(reduced[below] @ most)

    def _in_whole_people(
        self, value: FloatArray, reduced: FloatArray, bound: float, at_least: int
    ) -> tuple[IntArray, float]:
        """Return the best plan in whole people, and what none is below."""
        program, room = self.program, _PROVED * max(1.0, abs(bound))
        threshold = max(nth_least(reduced, _FIRST), _EXACT)
        while True:
            columns = np.flatnonzero(reduced <= threshold)
            least = np.full(program.limits.size, -np.inf)
            least[program.starts[4]] = at_least
            found = milp(
                value[columns],
                integrality=np.ones(columns.size),
                bounds=Bounds(0.0, np.inf),
                constraints=LinearConstraint(program.matrix(columns), least, program.limits),
                options={"mip_rel_gap": 0.0},
            )
            if found.x is None and columns.size < value.size:
                threshold = nth_least(reduced, 4 * columns.size)
                continue
            if found.x is None:
                raise DomainError(f"The solver found no plan: {found.message}")
            gap = float(found.fun) - bound + room
            if gap <= threshold:
                break
            threshold = gap
        people = np.zeros(value.size, dtype=np.int64)
        people[columns] = np.rint(found.x)
        return people, max(bound, float(found.mip_dual_bound))
