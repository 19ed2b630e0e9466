r"""The best people for seats of teams whose places are known, by linear and integer programming.

With ``x_e`` in {0, 1} for each pair `e` of a person `p` and a need `n` that the person meets, teams
are formed by

.. math:: \min \sum_e d_e x_e + 10 \lambda \sum_p o_p

where `d` is the distance to the team's place, and `o_p` the working time that a person gives beyond
a threshold:

- a need has so many seats, ``sum_e x_e <= k_n``;
- nobody works more than the time there is, ``sum_e s_n x_e <= theta_p + o_p`` with
  ``0 <= o_p <= t_p - theta_p`` and the threshold ``theta_p``, no higher than the time `t_p`;
- a person has at most one seat of a team;
- a team has a lead, who is from its place where somebody there could be.

Before that come three counts, one after the other: most seats covered, fewest teams without a lead,
fewest teams whose lead is from elsewhere though somebody at the place could be. All are part of one
objective with falling weights; that no plan has a better count is proved afterwards for each, and
where one has, the count is fixed and the rest solved again.

Divisible people would share seats so that nobody passes the threshold. Mixed-integer rounding of a
person's row (Nemhauser and Wolsey 1990) forbids most of that: with a divisor `sigma`, one of the
shares, and ``f = frac(theta_p / sigma)``,

.. math:: \sum_e \Bigl(\lfloor s_n / \sigma \rfloor +
          \tfrac{(\mathrm{frac}(s_n / \sigma) - f)^+}{1 - f}\Bigr) x_e
          - \tfrac{o_p}{\sigma (1 - f)} \le \lfloor \theta_p / \sigma \rfloor .

Columns are generated and fixed by reduced cost as in `redistribution.families.coupled`; two seats
of one team for one person are only forbidden where both are among the columns. What is left out
makes a relaxation, so that bounds hold for all.

References
----------
Nemhauser, G. L. and Wolsey, L. A. (1990). A recursive procedure to generate all cuts for 0-1 mixed
integer programs. Mathematical Programming 46, 379-390.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.arrays import FloatArray, IntArray
from analysis.competence.squads.seating import Seating
from analysis.errors import DomainError
from analysis.redistribution.families.growing import GrowingProgram, nth_least

_AT_ONCE = 30_000  # so few pairs are not generated, but all there from the start
_JOINING = 30_000  # most pairs that join in one round
_FIRST = 20_000  # pairs of the first integer program, by reduced cost
_EXACT = 1e-6
_MOST = 200_000  # pairs of an integer program; one that needs more is not tried
_VIOLATED = 1e-3  # by how much a rounded row must be broken to join
_DIVISORS = 12  # most of them, the shares that occur most often
_PROVED = 1e-9  # relative gap below which two costs are the same
_LOST = 1e-14  # share of the weighted counts that is lost by rounding
_HIGHEST = 4096.0  # distance, as the solver sees it
_WEIGHTS = (-(2.0**26), 2.0**20, 2.0**16)  # of a seat covered, no lead, a lead from elsewhere
_SEATS, _NO_LEAD, _ELSEWHERE = range(3)  # rows of the counts


@dataclass(frozen=True, eq=False)
class Assigned:
    """Pairs chosen, their cost, and what no plan with the same counts is below."""

    pairs: IntArray
    cost: float
    bound: float
    optimal: bool


@dataclass(frozen=True, eq=False)
class Rounding:
    """Mixed-integer rounding of each person's row of working time, for some divisors.

    Attributes
    ----------
    below : ndarray, shape (n, K)
        Right-hand side of each person's row for each divisor.
    slope : ndarray, shape (n, K)
        Entry of the working time above the threshold, its sign turned.
    """

    below: FloatArray
    slope: FloatArray
    _f: FloatArray
    _whole: FloatArray
    _part: FloatArray

    @classmethod
    def of(cls, free: FloatArray, share: FloatArray) -> "Rounding":
        """Return the rounding of rows with these right-hand sides, for seats of these shares."""
        values, count = np.unique(share, return_counts=True)
        divisors = values[np.sort(np.argsort(-count, kind="stable")[:_DIVISORS])]
        below, f = _split(free[:, None] / divisors)
        whole, part = _split(share[:, None] / divisors)
        return cls(below, 1.0 / (divisors * (1.0 - f)), f, whole, part)

    def factor(self, k: int, person: IntArray, need: IntArray) -> FloatArray:
        """Return the entries of pairs in the rows for the divisor `k`."""
        f = self._f[person, k]
        part = np.maximum(self._part[need, k] - f, 0.0) / (1.0 - f)
        factor: FloatArray = self._whole[need, k] + part
        return factor


def _split(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the whole and the broken part; what is whole but for an error of rounding is whole."""
    near = np.rint(x)
    x = np.where(np.abs(x - near) < 1e-9, near, x)
    return np.floor(x), x - np.floor(x)


class Assignment:
    """A program that grows by the pairs that matter.

    Parameters
    ----------
    seating : Seating
    threshold : float
        Share of working time from which on it is dear.
    penalty : float
        Cost of each tenth of a working time above.
    """

    def __init__(self, seating: Seating, threshold: float, penalty: float) -> None:
        self.seating = seating
        work, tasks = seating.workforce, seating.tasks
        self.scale = _HIGHEST / max(float(seating.cost.max(initial=0.0)), penalty, 1e-9)
        free = np.minimum(work.time, threshold)
        self.over = work.time - free
        home = np.unique(seating.task[seating.at_home])
        leads = np.unique(seating.task[seating.may_lead])
        # Rows: the counts, needs, people, teams with a lead, teams with one from their place.
        n, people = tasks.seats.size, len(work)
        self.first = np.cumsum([0, 3, n, people, leads.size, home.size])
        self.lead_row, self.home_row = (np.full(len(tasks), -1) for _ in range(2))
        self.lead_row[leads] = self.first[3] + np.arange(leads.size)
        self.home_row[home] = self.first[4] + np.arange(home.size)
        counts = np.full(3, np.inf)
        self.grown = GrowingProgram(
            np.concatenate([counts, tasks.seats, free, -np.ones(leads.size + home.size)])
        )
        self.rest, self.rest_most = self._first_columns()
        self.grown.join(np.zeros(self.rest_most.size), self.rest, self.rest_most)
        self.rest_cost = np.zeros((4, self.rest_most.size))  # what each objective takes for them
        self.rest_cost[_NO_LEAD, people : people + leads.size] = 1.0
        self.rest_cost[_ELSEWHERE, people + leads.size :] = 1.0
        self.rest_cost[3, :people] = 10.0 * penalty * self.scale
        self.chosen = np.zeros(seating.cost.size, dtype=np.bool_)
        self.columns = np.zeros(0, dtype=np.int64)
        self.rounding = Rounding.of(free, tasks.share)
        self.rounded_row: IntArray = np.full(self.rounding.below.shape, -1)
        self.mates = np.zeros(0, dtype=np.int64)  # persons and teams whose rows joined later,
        self.mate_rows = np.zeros(0, dtype=np.int64)  # and which row it was
        few = seating.cost.size <= _AT_ONCE
        self._join(np.flatnonzero(~self.chosen if few else seating.near))

    def _first_columns(self) -> tuple[sparse.csc_array, FloatArray]:
        """Return the rest of the columns: working time above, then what stands in for leads."""
        people, leads, home = np.diff(self.first)[2:].tolist()
        counted = np.repeat([_NO_LEAD, _ELSEWHERE], [leads, home])
        every, stand_ins = np.arange(people + leads + home), people + np.arange(leads + home)
        row = np.concatenate([self.first[2] + every, counted])
        column = np.concatenate([every, stand_ins])
        value = np.concatenate([-np.ones(every.size), np.ones(stand_ins.size)])
        matrix = sparse.csc_array((value, (row, column)), shape=(int(self.first[5]), every.size))
        return matrix, np.concatenate([self.over, np.ones(stand_ins.size)])

    def best(self, gap: float) -> Assigned:
        """Return the best pairs, whose cost is at most `gap` (a share of it) above the bound."""
        distance = self.seating.cost * self.scale
        weights = np.array([*_WEIGHTS, 1.0])
        pairs, rest, bound = self._minimise(distance + weights[0], weights @ self.rest_cost, gap)
        counts = np.array([pairs.size, *(self.rest_cost[1:3] @ rest)]).round()
        optimal, improved = True, False
        for row in (_SEATS, _NO_LEAD, _ELSEWHERE):
            best, proved = self._count(row, None if improved else int(counts[row]))
            optimal, improved = optimal and proved, improved or best != counts[row]
            counts[row] = best
            if row == _SEATS:
                self.grown.require(row, float(best))
            else:
                self.grown.cap(row, float(best))
        if improved:
            weights[:3] = 0.0
            pairs, rest, bound = self._minimise(distance, weights @ self.rest_cost, gap)
        cost = float(distance[pairs].sum() + self.rest_cost[3] @ rest)
        counted = float(weights[:3] @ counts)
        bound = min(bound - counted, cost)
        room = max(gap, _PROVED) * max(1.0, cost) + _LOST * abs(counted)
        optimal = optimal and cost - bound <= room
        return Assigned(pairs, cost / self.scale, max(bound, 0.0) / self.scale, optimal)

    def _count(self, row: int, reached: int | None) -> tuple[int, bool]:
        """Return the best count of a row, given those before, and whether it is proved.

        What is `reached` keeps those before; None: nothing that does is known.
        """
        tasks, sign = self.seating.tasks, -1 if row == _SEATS else 1
        met = np.bincount(self.seating.need, minlength=tasks.seats.size)
        if reached == (int(np.minimum(met, tasks.seats).sum()) if row == _SEATS else 0):
            return reached, True
        values = np.full(self.chosen.size, -1.0 if row == _SEATS else 0.0)
        rest = np.zeros(self.rest_most.size) if row == _SEATS else self.rest_cost[row]
        if reached is not None:
            *_, bound = self._relax(values, rest)
            if np.ceil(bound - _EXACT) >= sign * reached:
                return reached, True
        pairs, slack, bound = self._minimise(values, rest, 0.0)
        best = pairs.size if row == _SEATS else round(float(rest @ slack))
        return best, bool(np.ceil(bound - _EXACT) >= sign * best)

    def _relax(
        self, values: FloatArray, rest: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Minimise over all pairs, people being divisible.

        Returns the amounts of `columns` and of the rest, the reduced values of all pairs, and what
        no plan is below, by weak duality.
        """
        while True:
            self.grown.revalue(np.concatenate([rest, values[self.columns]]))
            amounts, duals = self.grown.solve()
            reduced = values - self._priced(duals)
            joining = np.flatnonzero((reduced < -_EXACT) & ~self.chosen)
            if not joining.size and not self._round(amounts):
                break
            if joining.size > _JOINING:
                joining = joining[np.argpartition(reduced[joining], _JOINING)[:_JOINING]]
            self._join(joining)
        worth = self.rest.T @ duals[: self.rest.shape[0]]
        worth[: self.over.size] -= (self.rounding.slope * self._of_rounded(duals)).sum(axis=1)
        slack = np.minimum(rest - worth, 0.0)
        bound = self.grown.bound(duals) + float(np.minimum(reduced, 0.0).sum())
        k = rest.size
        return amounts[k:], amounts[:k], reduced, bound + float(slack @ self.rest_most)

    def _minimise(
        self, values: FloatArray, rest: FloatArray, gap: float
    ) -> tuple[IntArray, FloatArray, float]:
        """Minimise in whole people; return the pairs, the amounts of the rest, and a bound."""
        amounts, slack, reduced, bound = self._relax(values, rest)
        if np.abs(amounts - np.rint(amounts)).max(initial=0.0) <= _EXACT:
            return self.columns[amounts > 0.5], slack, bound
        cost = float((self.seating.cost * self.scale)[self.columns] @ amounts)
        cost += float(self.rest_cost[3] @ slack)
        room = max(gap, _PROVED) * max(cost, 1.0)
        threshold = max(nth_least(reduced, _FIRST), _EXACT)
        while True:
            columns = np.flatnonzero(reduced <= threshold)
            pairs, slack, reached, below = self._in_whole_people(
                columns, values, rest, room / (2.0 * max(1.0, abs(bound)))
            )
            if pairs is None:
                threshold = nth_least(reduced, 4 * columns.size)
            elif reached - bound <= max(threshold, room):
                break
            else:
                threshold = reached - bound
            if pairs is not None and np.count_nonzero(reduced <= threshold) > _MOST:
                return pairs, slack, bound
        everything = reached - bound <= threshold  # no pair left out could be in a better plan
        return pairs, slack, max(bound, below) if everything else bound

    def _in_whole_people(
        self, columns: IntArray, values: FloatArray, rest: FloatArray, gap: float
    ) -> tuple[IntArray | None, FloatArray, float, float]:
        """Minimise on these pairs; return them, the rest, what is reached, and a bound."""
        k, static = rest.size, int(self.first[5])
        fixed = sparse.hstack([self.rest, self._matrix(columns)], format="csr")
        mates = self._mates(columns)[1]
        together = sparse.hstack([sparse.csr_array((mates.shape[0], k)), mates], format="csr")
        there = self.rounded_row >= 0
        rounded = self._rounded(
            columns, np.where(there, np.cumsum(there).reshape(there.shape) - 1, -1)
        )
        found = milp(
            np.concatenate([rest, values[columns]]),
            integrality=np.concatenate([np.zeros(k), np.ones(columns.size)]),
            bounds=Bounds(0.0, np.concatenate([self.rest_most, np.ones(columns.size)])),
            constraints=[
                LinearConstraint(fixed, self.grown.least[:static], self.grown.most[:static]),
                LinearConstraint(together, -np.inf, 1.0),
                LinearConstraint(rounded, -np.inf, self.rounding.below[there]),
            ],
            options={"mip_rel_gap": gap},
        )
        if found.x is None and columns.size == values.size:
            raise DomainError(f"The solver found no plan: {found.message}")
        if found.x is None:
            return None, np.zeros(k), np.inf, -np.inf
        pairs = columns[found.x[k:] > 0.5]
        return pairs, found.x[:k], float(found.fun), float(found.mip_dual_bound)

    def _join(self, columns: IntArray) -> None:
        """Let pairs join, and forbid two seats of one team for one person among all."""
        of, rows = self.seating, self.grown.most.size
        keys, person, need = of.team_mate[columns], of.person[columns], of.need[columns]
        mate = np.flatnonzero(np.isin(keys, self.mates))
        entries = [
            (self.mate_rows[np.searchsorted(self.mates, keys[mate])], mate, np.ones(mate.size))
        ]
        for k in range(self.rounded_row.shape[1]):
            row = self.rounded_row[person, k]
            on = np.flatnonzero(row >= 0)
            entries.append((row[on], on, self.rounding.factor(k, person[on], need[on])))
        row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
        later = sparse.csc_array((value, (row, column)), shape=(rows, columns.size))
        first = self._matrix(columns)
        first.resize((rows, columns.size))
        self.grown.join(np.zeros(columns.size), first + later, np.ones(columns.size))
        self.chosen[columns] = True
        self.columns = np.concatenate([self.columns, columns])
        mates = self._mates(self.columns, but=self.mates)
        if mates[0].size:
            keys, matrix = mates
            self._limit(matrix, np.ones(keys.size))
            order = np.argsort(np.concatenate([self.mates, keys]))
            numbers = np.concatenate([self.mate_rows, rows + np.arange(keys.size)])
            self.mates = np.concatenate([self.mates, keys])[order]
            self.mate_rows = numbers[order]

    def _limit(self, matrix: sparse.csr_array, most: FloatArray) -> None:
        """Add rows on the pairs that have joined."""
        rest = sparse.csr_array((most.size, self.rest_most.size))
        self.grown.limit(sparse.csr_array(sparse.hstack([rest, matrix])), most)

    def _round(self, amounts: FloatArray) -> bool:
        """Add the rounded rows that these amounts break; return whether there are any."""
        over, x = np.split(amounts, [self.rest_most.size])
        used = np.flatnonzero(x > _EXACT)
        pairs, rounding = self.columns[used], self.rounding
        person, need = self.seating.person[pairs], self.seating.need[pairs]
        broken = self.rounded_row < -1  # none yet
        for k in range(broken.shape[1]):
            taken = rounding.factor(k, person, need) * x[used]
            total = np.bincount(person, weights=taken, minlength=broken.shape[0]).astype(float)
            total -= rounding.slope[:, k] * over[: broken.shape[0]]
            broken[:, k] = total > rounding.below[:, k] + _VIOLATED
        broken &= self.rounded_row < 0
        people, divisors = np.nonzero(broken)
        if not people.size:
            return False
        first = self.grown.most.size
        self.rounded_row[people, divisors] = first + np.arange(people.size)
        matrix = self._rounded(self.columns, self.rounded_row - first)
        self.grown.limit(matrix, rounding.below[people, divisors])
        return True

    def _rounded(self, columns: IntArray, number: IntArray) -> sparse.csr_array:
        """Return the rounded rows that have a number, on the rest and these pairs."""
        of, k = self.seating, self.rest_most.size
        people, divisors = np.nonzero(number >= 0)
        entries = [(number[people, divisors], people, -self.rounding.slope[people, divisors])]
        person, need = of.person[columns], of.need[columns]
        for divisor in np.unique(divisors).tolist():
            row = number[person, divisor]
            on = np.flatnonzero(row >= 0)
            entries.append((row[on], k + on, self.rounding.factor(divisor, person[on], need[on])))
        row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
        shape = (int(number.max(initial=-1)) + 1, k + columns.size)
        return sparse.csr_array((value, (row, column)), shape=shape)

    def _of_rounded(self, duals: FloatArray) -> FloatArray:
        """Return the dual values of the rounded rows, people by divisors."""
        there = self.rounded_row >= 0
        return np.where(there, duals[np.where(there, self.rounded_row, 0)], 0.0)

    def _matrix(self, columns: IntArray) -> sparse.csc_array:
        """Return the pairs' entries in the rows there are from the start."""
        of, column = self.seating, np.arange(columns.size)
        person, need, task = of.person[columns], of.need[columns], of.task[columns]
        lead = np.flatnonzero(of.may_lead[columns] & (self.lead_row[task] >= 0))
        home = np.flatnonzero(of.at_home[columns])
        one = np.ones(columns.size)
        entries = (
            (np.full(columns.size, _SEATS), column, one),
            (self.first[1] + need, column, one),
            (self.first[2] + person, column, of.tasks.share[need]),
            (self.lead_row[task[lead]], lead, -one[lead]),
            (self.home_row[task[home]], home, -one[home]),
        )
        row, at, value = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        return sparse.csc_array((value, (row, at)), shape=(int(self.first[5]), columns.size))

    def _mates(
        self, columns: IntArray, but: IntArray | None = None
    ) -> tuple[IntArray, sparse.csr_array]:
        """Return persons and teams that several of the pairs belong to, and a row for each."""
        keys = self.seating.team_mate[columns]
        value, inverse, count = np.unique(keys, return_inverse=True, return_counts=True)
        several = count > 1
        if but is not None:
            several &= ~np.isin(value, but)
        number = np.where(several, np.cumsum(several) - 1, -1)[inverse]
        member = np.flatnonzero(number >= 0)
        shape = (int(several.sum()), columns.size)
        ones = np.ones(member.size)
        return value[several], sparse.csr_array((ones, (number[member], member)), shape=shape)

    def _priced(self, duals: FloatArray) -> FloatArray:
        """Return what each pair is worth at these dual values of the rows."""
        of, n = self.seating, self.first
        needs, people = duals[n[1] : n[2]], duals[n[2] : n[3]]
        total: FloatArray = duals[_SEATS] + needs[of.need] + of.share * people[of.person]
        task = of.task
        lead = np.flatnonzero(of.may_lead & (self.lead_row[task] >= 0))
        total[lead] -= duals[self.lead_row[task[lead]]]
        home = np.flatnonzero(of.at_home)
        total[home] -= duals[self.home_row[task[home]]]
        rounded = self._of_rounded(duals)
        for k in range(rounded.shape[1]):
            on = np.flatnonzero(rounded[of.person, k] != 0.0)
            person = of.person[on]
            total[on] += rounded[person, k] * self.rounding.factor(k, person, of.need[on])
        if self.mates.size:
            at = np.minimum(np.searchsorted(self.mates, of.team_mate), self.mates.size - 1)
            known = self.mates[at] == of.team_mate
            total[known] += duals[self.mate_rows[at[known]]]
        return total
