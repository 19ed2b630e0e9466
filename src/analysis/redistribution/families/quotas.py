r"""The same plan where a limit ties the network together, by linear and integer programming.

Limits that nest (a post's people within a unit's, within the budget) keep the plan a network flow,
see `substitution`. A quota on a kind of transfer, or on a pair of island groups, cuts across units;
so does a cap on those who move away from a unit whose surplus in several families may also be
retrained in place. With one column ``x_e`` for each permitted change `e` and limits ``A x <= b``,
two programs are solved one after the other:

.. math:: K = \max \sum_e x_e, \qquad \min \sum_e c_e x_e \ \text{with}\ \sum_e x_e = K

Columns are generated: HiGHS (Huangfu and Hall 2018) solves the linear program on some of them, its
dual values price all the others at once, and those that would improve it join, until none would
(Gilmore and Gomory 1961). The integer program then needs only columns whose reduced cost is no
higher than its gap to the linear program, since one person more on any other costs more than the
whole gap (Wolsey 2020, reduced cost fixing). Its optimum is therefore that of all columns.

References
----------
Gilmore, P. C. and Gomory, R. E. (1961). A linear programming approach to the cutting-stock problem.
Operations Research 9, 849-859.

Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
Programming Computation 10, 119-142.

Wolsey, L. A. (2020). Integer Programming, 2nd edition. Wiley.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.errors import DataError, DomainError
from analysis.messages import some
from analysis.redistribution.families.family_posts import Posts, SubstitutionPlan
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import as_staff

_AT_ONCE = 20_000  # so few columns are not generated, but all there from the start
_NEAREST = 5  # changes of each post that the first program begins with, besides a known plan
_JOINING = 50_000  # most columns that join in one round
_EXACT = 1e-7
_PROVED = 1e-9  # relative gap below which two costs are the same
_AGAIN = 500_000  # columns to solve again for prices, over all limits: some seconds


@dataclass(frozen=True, eq=False)
class CoupledPlan:
    """A plan under limits that tie the network together.

    Attributes
    ----------
    plan : SubstitutionPlan
    bound : float
        No plan that fills as many posts costs less.
    """

    plan: SubstitutionPlan
    bound: float
    _program: "Program" = field(repr=False)
    _solution: "Solution" = field(repr=False)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What one person more in a limit is worth; found when first asked for.

        One row for each limit whose relaxation helps: `constraint`, `unit`, `family` (or the
        quota's `label`; missing where it does not apply), `limit`, `posts` (more posts filled for
        one person more), `price` (cost saved for one person more with as many posts filled),
        `exact`, `meaning`.

        A dual value of the linear program is at least what one person more is worth: the optimum
        is convex in the limit, and where it bends a dual value may be that of the other side.
        Limits with a dual value of zero, worth nothing there, are left out. For the others the
        integer program is solved again with one person more, and `exact` is true; where that
        would take long, dual values are given instead, as upper bounds.
        """
        return self._program.prices(self._solution)


def plan_with_quotas(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: npt.ArrayLike,
    substitution: pd.DataFrame,
    labels: npt.ArrayLike,
    quotas: pd.DataFrame,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
) -> CoupledPlan:
    """Return the plan that fills most posts, then costs least, under quotas on kinds of moves.

    Parameters
    ----------
    labels : array-like, shape (n, n)
        Kind of the move from each origin (row) to each destination: a kind of transfer, a pair of
        island groups. The diagonal is ignored: who stays in the unit counts for no quota.
    quotas : DataFrame
        `label` and `people`, the most people on all moves of that kind. Kinds left out have no
        quota.
    staff, need, cost, substitution, budget, limits, distance
        As in `plan_with_substitution`.

    Returns
    -------
    CoupledPlan

    Raises
    ------
    DataError
        If the quotas lack a column.
    DomainError
        As `plan_with_substitution`; also if a quota is no number of people, occurs
        twice or is for an unknown label, or `labels` has the wrong shape.

    Examples
    --------
    >>> staff = pd.DataFrame({"teacher": [7, 0, 0]}, index=["A", "B", "C"])
    >>> need = pd.DataFrame({"teacher": [3, 2, 2]}, index=["A", "B", "C"])
    >>> found = plan_with_quotas(
    ...     staff, need, cost=np.ones((3, 3)),
    ...     substitution=pd.DataFrame(columns=["from_family", "to_family", "penalty"]),
    ...     labels=[["", "near", "far"]] * 3,
    ...     quotas=pd.DataFrame({"label": ["far"], "people": [1]}))
    >>> found.plan.filled, found.plan.unfilled, found.prices["meaning"].tolist()
    (3, 1, ['One more person allowed on moves of kind far would fill 1 more post(s).'])
    """
    units = FamilyUnits.of(staff, need)
    posts = Posts.of(units, cost, substitution, budget=budget, limits=limits, distance=distance)
    kinds, most = _as_quotas(
        units.together.matrix(labels, what="labels"), quotas, len(units.labels)
    )
    program = Program(posts, kinds, most, [str(label) for label in quotas["label"]])
    solution = program.solve()
    return CoupledPlan(program.plan(solution), solution.bound, program, solution)


@dataclass(frozen=True, eq=False)
class Solution:
    """What the programs found.

    Attributes
    ----------
    people : ndarray of int
        People who make each change of `Posts.pairs`.
    bound : float
        No plan that fills as many posts costs less.
    optimal : bool
        Whether it is proved that no plan is better.
    filling, costing : ndarray
        Marginals of the limits in the linear programs of the first and the second stage.
    """

    people: IntArray
    bound: float
    optimal: bool
    filling: FloatArray
    costing: FloatArray


@dataclass(frozen=True, eq=False)
class Program:
    """Limits on the changes of `Posts.pairs`, with or without quotas.

    Attributes
    ----------
    posts : Posts
    kinds : ndarray of int, shape (n, n), optional
        Which quota a move between two units counts for; -1: none.
    most : ndarray of int, shape (q,), optional
        The quotas.
    names : list of str, length q, optional
        Their labels.
    more : ndarray, optional
        People by whom each of `limits` is relaxed.
    """

    posts: Posts
    kinds: IntArray | None = None
    most: IntArray | None = None
    names: list[str] | None = None
    more: FloatArray | None = None

    @cached_property
    def limits(self) -> FloatArray:
        """Right-hand sides: spare people, missing ones, leaving, arriving, budget, quotas."""
        posts = self.posts
        quotas = np.zeros(0, dtype=np.int64) if self.most is None else self.most
        parts = (posts.spare, posts.missing, posts.leaving, posts.arriving, [posts.budget], quotas)
        limits = np.concatenate(parts).astype(np.float64)
        return limits if self.more is None else limits + self.more

    @cached_property
    def rows(self) -> tuple[IntArray, BoolArray]:
        """Row of each of the six limits that each change counts for, and whether it does."""
        posts = self.posts
        out, into = posts.pairs
        origin, destination = posts.giving[0][out], posts.short[0][into]
        n, away = posts.units.labels.size, ~posts.in_place
        first = np.cumsum([0, posts.spare.size, posts.missing.size, n, n, 1])
        kind = np.full(out.size, -1) if self.kinds is None else self.kinds[origin, destination]
        every = np.ones(out.size, dtype=np.bool_)
        which = (out, into, origin, destination, np.zeros_like(out), kind)
        counts = np.stack([every, every, away, away, every, away & (kind >= 0)])
        return np.stack(which) + first[:, None], counts

    def matrix(self, columns: IntArray) -> sparse.csc_array:
        """Return the matrix of the limits on these columns."""
        rows, counts = (part[:, columns] for part in self.rows)
        column = np.broadcast_to(np.arange(columns.size), rows.shape)
        shape = (self.limits.size, columns.size)
        entries = (np.ones(int(counts.sum())), (rows[counts], column[counts]))
        return sparse.csc_array(entries, shape=shape)

    def priced(self, marginals: FloatArray) -> FloatArray:
        """Return what one person more on each change is worth at these marginals of the limits."""
        rows, counts = self.rows
        total = np.zeros(rows.shape[1])
        for row, count in zip(rows, counts, strict=True):
            total += np.where(count, marginals[np.where(count, row, 0)], 0.0)
        return total

    def solve(self, known: IntArray | None = None, unfilled: float | None = None) -> Solution:
        """Return the best plan; `known` is one within the limits, to begin with.

        Where `unfilled` is given, a post is left short if filling it costs more than that;
        otherwise as many posts as can be are filled, whatever it costs.
        """
        cost = self.posts.pair_cost
        none = np.zeros(self.limits.size)
        if not cost.size:
            return Solution(np.zeros(cost.size, dtype=np.int64), 0.0, True, none, none)
        columns = self._first_columns(known)
        if unfilled is not None:
            value = cost - unfilled
            people, _, optimal, marginals, bound = self._optimise(value, columns, None)
            return Solution(
                people, bound + unfilled * float(people.sum()), optimal, none, marginals
            )
        most, columns, most_proved, filling, _ = self._optimise(-np.ones(cost.size), columns, None)
        filled = int(most.sum())
        people, _, optimal, costing, bound = self._optimise(cost, columns, filled)
        return Solution(people, bound, most_proved and optimal, filling, costing)

    def _first_columns(self, known: IntArray | None) -> BoolArray:
        cost = self.posts.pair_cost
        if cost.size <= _AT_ONCE:
            return np.ones(cost.size, dtype=np.bool_)
        chosen = np.zeros(cost.size, dtype=np.bool_) if known is None else known > 0
        for side in self.posts.pairs:
            order = np.lexsort((cost, side))
            rank = np.arange(cost.size) - np.searchsorted(side[order], side[order])
            chosen[order[rank < _NEAREST]] = True
        return chosen | self.posts.in_place

    def _optimise(
        self, value: FloatArray, columns: BoolArray, filled: int | None
    ) -> tuple[IntArray, BoolArray, bool, FloatArray, float]:
        """Minimise `value` per person in whole people, over all columns.

        Returns the people, the columns used, whether it is proved, marginals and a bound.
        """
        columns = columns.copy()
        while True:
            relaxed = self._solve(value, np.flatnonzero(columns), filled, whole=False)
            marginals = np.minimum(relaxed.ineqlin.marginals, 0.0)
            reduced = value - self.priced(marginals)
            if filled is not None:
                reduced -= relaxed.eqlin.marginals[0]
            joining = np.flatnonzero(~columns & (reduced < -_EXACT))
            if not joining.size:
                break
            if joining.size > _JOINING:
                joining = joining[np.argpartition(reduced[joining], _JOINING)[:_JOINING]]
            columns[joining] = True
        bound = self._proved(value, marginals, reduced, relaxed, filled)
        found = self._solve(value, np.flatnonzero(columns), filled, whole=True)
        room = _PROVED * max(1.0, abs(bound))
        if found.fun - bound > room:
            columns |= reduced <= found.fun - bound + room
            found = self._solve(value, np.flatnonzero(columns), filled, whole=True)
            bound = max(bound, float(found.mip_dual_bound))
        people = np.zeros(value.size, dtype=np.int64)
        people[columns] = np.rint(found.x).astype(np.int64)
        reached = float(people @ value)
        return people, columns, bool(reached - bound <= room), marginals, min(bound, reached)

    def _proved(
        self,
        value: FloatArray,
        marginals: FloatArray,
        reduced: FloatArray,
        relaxed: Any,
        filled: int | None,
    ) -> float:
        """Return what no plan is below, by weak duality: whatever the solver's tolerances are."""
        out, into = self.posts.pairs
        most = np.minimum(self.posts.spare[out], self.posts.missing[into])
        bound = float(self.limits @ marginals + np.minimum(reduced, 0.0) @ most)
        if filled is not None:
            bound += float(relaxed.eqlin.marginals[0]) * filled
        if np.array_equal(value, np.rint(value)):  # then every plan has a whole value
            bound = float(np.ceil(bound - _EXACT * max(1.0, abs(bound))))
        return bound

    def _solve(
        self, value: FloatArray, columns: IntArray, filled: int | None, *, whole: bool
    ) -> Any:
        matrix = self.matrix(columns)
        found = linprog(
            value[columns],
            A_ub=matrix,
            b_ub=self.limits,
            A_eq=None if filled is None else sparse.csc_array(np.ones((1, columns.size))),
            b_eq=None if filled is None else [float(filled)],
            bounds=(0, None),
            integrality=np.ones(columns.size, dtype=int) if whole else None,
            method="highs",
            options={"mip_rel_gap": 0.0} if whole else {},
        )
        if found.x is None:
            raise DomainError(f"The solver found no plan: {found.message}")
        return found

    def plan(self, solution: Solution) -> SubstitutionPlan:
        """Return the plan that the programs found."""
        size = (self.limits.size, self.posts.pair_cost.size)
        return SubstitutionPlan.of(
            self.posts,
            solution.people,
            optimal=solution.optimal,
            rounding_bound=0.0,
            solver="HiGHS integer program",
            size=size,
        )

    def one_more(self, row: int, solution: Solution) -> tuple[float, float]:
        """Return the posts filled, and the cost saved, by one person more in a limit."""
        cost, people = self.posts.pair_cost, solution.people
        more = np.zeros(self.limits.size)
        more[row] = 1.0
        relaxed = replace(self, more=more)
        columns = relaxed._first_columns(people)
        filled = int(people.sum())
        most, *_ = relaxed._optimise(-np.ones(cost.size), columns, None)
        best, *_ = relaxed._optimise(cost, columns, filled)
        saved = float(people @ cost) - float(best @ cost)
        return float(most.sum() - filled), saved if saved > _PROVED * float(people @ cost) else 0.0

    def prices(self, solution: Solution) -> pd.DataFrame:
        """Return the limits whose relaxation would help, see `CoupledPlan.prices`."""
        posts, limits = self.posts, self.limits
        more = np.maximum(-solution.filling, 0.0)
        saved = np.maximum(-solution.costing, 0.0)
        short = slice(posts.spare.size, posts.spare.size + posts.missing.size)
        more[short] = 0.0  # a further shortage is no help
        rows = np.flatnonzero((more > _EXACT) | (saved > _EXACT))
        exact = rows.size * posts.pair_cost.size <= _AGAIN
        if exact:
            for row in rows.tolist():
                more[row], saved[row] = self.one_more(row, solution)
            more[short] = 0.0
            rows = rows[(more[rows] > _EXACT) | (saved[rows] > _EXACT)]
        every = np.arange(posts.units.labels.size)
        none = np.full(every.size, -1)
        parts = (
            ("spare", *posts.giving),
            ("short", *posts.short),
            ("leaving", every, none),
            ("arriving", every, none),
            ("budget", none[:1], none[:1]),
        )
        units, families = [*posts.units.labels, None], [*posts.units.families, None]
        named: list[tuple[str, object, object]] = [
            (name, units[i], families[f])
            for name, unit, family in parts
            for i, f in zip(unit.tolist(), family.tolist(), strict=True)
        ]
        named += [("quota", None, label) for label in self.names or []]
        table = pd.DataFrame(named, columns=["constraint", "unit", "family"], dtype=object)
        table = table.assign(
            limit=limits.astype(np.int64), posts=more, price=saved, exact=bool(exact)
        )
        table = table.iloc[rows].reset_index(drop=True)
        return table.assign(meaning=[_meaning(*row) for row in table.itertuples(index=False)])


def _meaning(
    constraint: str,
    unit: object,
    family: object,
    _limit: int,
    posts: float,
    price: float,
    exact: bool,
) -> str:
    one_more = {
        "spare": f"person to spare in {unit}, {family}",
        "short": f"post short in {unit}, {family}",
        "leaving": f"person allowed to move away from {unit}",
        "arriving": f"person allowed to move to {unit}",
        "budget": "person in the budget",
        "quota": f"person allowed on moves of kind {family}",
    }[constraint]
    gains, most = [], "" if exact else "at most "
    if posts > _EXACT:
        gains.append(f"fill {most}{posts:.3g} more post(s)")
    if price > _EXACT:
        gains.append(f"save {most}{price:.6g} of cost with as many posts filled")
    return f"One more {one_more} would {', or '.join(gains)}."


def _as_quotas(labels: npt.ArrayLike, quotas: pd.DataFrame, n: int) -> tuple[IntArray, IntArray]:
    """Return which quota each pair of units counts for, and the quotas."""
    kinds = np.asarray(labels, dtype=object)
    if kinds.shape != (n, n):
        raise DomainError(
            f"labels: expected a matrix of shape {(n, n)}, origins by destinations, but the shape "
            f"is {kinds.shape}."
        )
    missing = [name for name in ("label", "people") if name not in quotas.columns]
    if missing:
        raise DataError(f"quotas: column {some(missing)} is missing.")
    if quotas["label"].duplicated().any():
        twice = quotas.loc[quotas["label"].duplicated(), "label"].astype(str).tolist()
        raise DomainError(f"quotas: each label must occur once; {some(twice)} does not.")
    known = {label for row in kinds.tolist() for label in row}
    unknown = [str(label) for label in quotas["label"] if label not in known]
    if unknown:
        raise DomainError(
            f"quotas: {some(unknown)} is the label of no pair of units. Correct the spelling."
        )
    if quotas.empty:
        return np.full((n, n), -1), np.zeros(0, dtype=np.int64)
    most = as_staff(quotas.set_index("label")["people"], what="quotas")
    index = {label: position for position, label in enumerate(quotas["label"])}
    positions = [[index.get(label, -1) for label in row] for row in kinds.tolist()]
    return np.array(positions, dtype=np.int64), most
