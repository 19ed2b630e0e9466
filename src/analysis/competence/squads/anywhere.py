r"""Teams for tasks whose places are chosen together with their people.

A team `t` works at one of the units `v` that its lead could be of, ``sum_v y_tv = 1``. With ``x_e``
in {0, 1} for each pair `e` of a person and a need `n` that the person meets, and ``g_nuv`` the
people of unit `u` on seats of the need while the team works at `v`,

.. math:: \min \sum_{nuv} d_{uv} g_{nuv}, \quad
          \sum_{p \in u} x_{pn} = \sum_v g_{nuv}, \quad \sum_u g_{nuv} \le k_n y_{tv},

nobody works more than the time there is or sits on two seats of a team, and somebody of `v` who may
lead is in the team. Most seats covered come first, then teams with a lead. The rows of ``g`` are as
tight as those of a facility location (Balinski 1965): were it not for people's time, divisible
people and places would already be whole.

For the distances of all *pairs* of a team of `m` people no such program is known; but half the sum
over members of their distances to all others is no less than ``m / 2`` times that of the most
central member. So the program with weights ``m_t / 2``, where the place is any member's unit, gives
a bound for all plans, and its plan is within a factor of two where distances obey the triangle
inequality.

References
----------
Balinski, M. L. (1965). Integer programming: methods, uses, computation. Management Science 12,
253-313.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.competence.squads.seating import Seating
from analysis.competence.squads.squad_plan import SquadPlan, leads_of
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce
from analysis.errors import DataError, DomainError, ParameterError
from analysis.messages import some

_SEATS, _NO_LEAD = range(2)  # rows of the counts
_WEIGHTS = (-(2.0**24), 2.0**18)  # of a seat covered, of a team without a lead
_HIGHEST = 4096.0  # distance, as the solver sees it
_EXACT = 1e-6
_PROVED = 1e-9  # relative gap below which two costs are the same
_LOST = 1e-14  # share of the weighted counts that is lost by rounding


def form_squads_anywhere(
    workforce: Workforce,
    tasks: Tasks,
    *,
    objective: Literal["distance", "pairs"] = "distance",
    nodes: int | None = None,
) -> SquadPlan:
    """Return the teams that cover most seats, have most leads, and are closest together.

    Parameters
    ----------
    workforce : Workforce
    tasks : Tasks
        Places that are given are kept.
    objective : str
        "distance": of all members to the unit of their lead, proven least. "pairs": of all members
        to each other; the plan is that of a program for its bound, which is valid and stated.
    nodes : int, optional
        Most nodes of the search; by default it goes on until the plan is proven best. Where it
        stops before, the bound is valid, and `SquadPlan.optimal` is false.

    Returns
    -------
    SquadPlan
        Its `cost` and `bound` are of the objective. Where some seat that somebody could take stays
        open, the bound of pairs is zero.

    Raises
    ------
    DataError
        If nobody meets any need of a task without a place: there is nowhere it could work.
    ParameterError
        If the objective is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"person": ["a", "b", "c"], "unit": ["Ambon", "Tual", "Tual"]})
    >>> skills = pd.DataFrame(
    ...     {"person": ["a", "b", "c"], "competence": ["data", "law", "map"], "level": 1})
    >>> km = pd.DataFrame([[0, 590], [590, 0]], ["Ambon", "Tual"], ["Ambon", "Tual"])
    >>> workforce = Workforce.of(people, skills, km)
    >>> needs = pd.DataFrame(
    ...     {"task": ["peta"] * 3, "competence": ["data", "law", "map"], "share": 0.4})
    >>> tasks = Tasks.of(pd.DataFrame({"task": ["peta"]}), needs, workforce)
    >>> form_squads_anywhere(workforce, tasks).teams[["unit", "covered", "distance"]]
       unit  covered  distance
    0  Tual        3     590.0
    """
    if objective not in ("distance", "pairs"):
        raise ParameterError(f"objective is {objective!r}, but must be 'distance' or 'pairs'.")
    program = _Program.of(workforce, tasks, pairs=objective == "pairs")
    found = program.best(nodes)
    person = program.seating.person[found.pairs]
    need = program.seating.need[found.pairs]
    order = np.lexsort((person, need))
    person, need = person[order], need[order]
    placed = tasks.at(found.home)
    lead = leads_of(workforce, placed, person, need)
    plan = SquadPlan(
        workforce, placed, person, need, lead, np.inf, "together", found.cost, found.bound, True
    )
    cost = found.cost
    if objective == "pairs":
        cost = float(plan.communication["pairs"].sum())
    proven = found.counted and cost - found.bound <= _PROVED * max(1.0, cost) + found.lost
    return SquadPlan(
        workforce, placed, person, need, lead, np.inf, "together", cost, found.bound, proven
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """Pairs chosen, places, cost, and what none is below.

    `lost` is what rounding of the weighted counts may take from the bound; `counted` says whether
    the counts are proved best.
    """

    pairs: IntArray
    home: IntArray
    cost: float
    bound: float
    lost: float
    counted: bool


@dataclass(frozen=True, eq=False)
class _Program:
    """Columns: pairs, people by unit and place, places, teams without a lead."""

    seating: Seating
    place: tuple[IntArray, IntArray]  # task and unit of each column y
    cost: FloatArray
    matrix: sparse.csr_array
    least: FloatArray
    most: FloatArray
    above: FloatArray
    given: BoolArray  # whether the place of each task was given
    full: bool  # whether the bound of pairs is valid: with all seats covered that could be

    @classmethod
    def of(cls, workforce: Workforce, tasks: Tasks, *, pairs: bool) -> "_Program":
        known = tasks.at(np.where(tasks.home < 0, 0, tasks.home))
        of = Seating.of(workforce, known)
        far = (workforce.distance + workforce.distance.T) / 2.0 if pairs else workforce.distance
        unit, count = workforce.unit[of.person], len(workforce.units)
        anchors = np.ones_like(of.may_lead) if pairs else of.may_lead
        given = np.full_like(tasks.home, -1) if pairs else tasks.home
        task_v, unit_v = _places(tasks.at(given), of, anchors, unit, count)
        e, teams = of.cost.size, len(tasks)
        need_u, where = np.unique(of.need * count + unit, return_inverse=True)
        need, origin = need_u // count, need_u % count
        # One column g for each need and unit with somebody able, and each place of the task.
        start = np.searchsorted(task_v, np.arange(teams + 1))
        each = np.diff(start)[tasks.task[need]]
        source = np.repeat(np.arange(need.size), each)
        offset = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        at = start[tasks.task[need[source]]] + offset
        g, y = e + np.arange(source.size), e + source.size + np.arange(task_v.size)
        none = int(y.size + g.size) + e + np.arange(teams)
        pair, width = np.arange(e), e + g.size + y.size + teams
        size = np.bincount(
            tasks.task,
            weights=np.minimum(np.bincount(of.need, minlength=tasks.seats.size), tasks.seats),
            minlength=teams,
        )
        weight = size / 2.0 if pairs else np.ones(teams)
        cost = np.zeros(width)
        cost[g] = far[origin[source], unit_v[at]] * weight[tasks.task[need[source]]]
        rows = _Rows(width)
        rows.add([(0 * pair, pair, 1.0)], 1, -np.inf, np.inf)
        rows.add([(0 * none, none, 1.0)], 1, -np.inf, np.inf)
        rows.add([(of.need, pair, 1.0)], tasks.seats.size, -np.inf, tasks.seats)
        rows.add([(of.person, pair, of.share)], len(workforce), -np.inf, workforce.time)
        mates, key = np.unique(of.team_mate, return_inverse=True)
        rows.add([(key, pair, 1.0)], mates.size, -np.inf, 1.0)
        rows.add([(where, pair, 1.0), (source, g, -1.0)], need.size, 0.0, 0.0)
        spot, number = np.unique(need[source] * y.size + at, return_inverse=True)
        seats = tasks.seats[spot // y.size]
        rows.add(
            [(number, g, 1.0), (np.arange(spot.size), y[spot % y.size], -seats)],
            spot.size,
            -np.inf,
            0.0,
        )
        rows.add([(task_v, y, 1.0)], teams, 0.0 if pairs else 1.0, 1.0)
        lookup = np.full((teams, count), -1)
        lookup[task_v, unit_v] = np.arange(y.size)
        anchored = np.flatnonzero(anchors & (lookup[of.task, unit] >= 0))
        slack = [] if pairs else [(np.arange(y.size), none[task_v], 1.0)]
        rows.add(
            [
                (lookup[of.task, unit][anchored], anchored, 1.0),
                (np.arange(y.size), y, -1.0),
                *slack,
            ],
            y.size,
            0.0,
            np.inf,
        )
        if pairs:
            may = np.flatnonzero(of.may_lead)
            team = np.arange(teams)
            rows.add([(of.task[may], may, 1.0), (team, none, 1.0)], teams, 1.0, np.inf)
        above = np.concatenate([np.ones(e), tasks.seats[need[source]], np.ones(y.size + teams)])
        matrix, least, most = rows.stacked()
        return cls(of, (task_v, unit_v), cost, matrix, least, most, above, tasks.home >= 0, pairs)

    def best(self, nodes: int | None) -> _Found:
        """Return the best teams and places."""
        teams, e = len(self.seating.tasks), self.seating.cost.size
        scale = _HIGHEST / max(float(self.cost.max(initial=0.0)), 1e-9)
        lacking = np.zeros(self.cost.size)
        lacking[-teams:] = 1.0
        taken = np.zeros(self.cost.size)
        taken[:e] = 1.0
        met = np.bincount(self.seating.need, minlength=self.seating.tasks.seats.size)
        ideal = int(np.minimum(met, self.seating.tasks.seats).sum())
        weighted = self.cost * scale + _WEIGHTS[_SEATS] * taken + _WEIGHTS[_NO_LEAD] * lacking
        x, below = self._solve(weighted, nodes)
        counts = np.rint([taken @ x, lacking @ x])
        weight = float(np.array(_WEIGHTS) @ counts)
        bound, counted = below - weight, True
        if counts[_SEATS] != ideal or counts[_NO_LEAD] != 0.0:
            x, bound, counted = self._in_turn(scale, taken, lacking, nodes)
        cost = float(self.cost @ x)
        bound = min(max(bound / scale, 0.0), cost)
        if self.full and round(float(taken @ x)) != ideal:
            bound = 0.0
        y = slice(self.cost.size - teams - self.place[0].size, self.cost.size - teams)
        chosen = np.flatnonzero(x[y] > 0.5)
        task, place = self.place
        home = place[np.searchsorted(task, np.arange(teams))]  # of a team of nobody
        home[task[chosen]] = place[chosen]
        home = np.where(self.given, self.seating.tasks.home, home)
        lost = _LOST * abs(weight) / scale
        return _Found(np.flatnonzero(x[:e] > 0.5), home, cost, bound, lost, counted)

    def _in_turn(
        self, scale: float, taken: FloatArray, lacking: FloatArray, nodes: int | None
    ) -> tuple[FloatArray, float, bool]:
        """Solve for each count, then for cost, the counts before being held."""
        least, most, counted = self.least.copy(), self.most.copy(), True
        for row, value in ((_SEATS, -taken), (_NO_LEAD, lacking)):
            x, below = self._solve(value, nodes, least, most)
            count = float(np.rint(value @ x))
            counted &= bool(np.ceil(below - _EXACT) >= count)
            if row == _SEATS:
                least[row] = -count
            else:
                most[row] = count
        x, below = self._solve(self.cost * scale, nodes, least, most)
        return x, below, counted

    def _solve(
        self,
        value: FloatArray,
        nodes: int | None,
        least: FloatArray | None = None,
        most: FloatArray | None = None,
    ) -> tuple[FloatArray, float]:
        """Return the best columns and the value that none is below."""
        whole = np.ones(value.size)
        e, rest = self.seating.cost.size, self.place[0].size + len(self.seating.tasks)
        whole[e : value.size - rest] = 0.0
        found = milp(
            value,
            integrality=whole,
            bounds=Bounds(0.0, self.above),
            constraints=LinearConstraint(
                self.matrix,
                self.least if least is None else least,
                self.most if most is None else most,
            ),
            options={"mip_rel_gap": 0.0} | ({} if nodes is None else {"node_limit": nodes}),
        )
        if found.x is None:
            raise DomainError(
                f"The solver found no plan: {found.message} Allow more nodes, or choose places "
                "beforehand with choose_places."
            )
        return found.x, float(found.mip_dual_bound)


class _Rows:
    """Rows of a matrix, stacked block by block."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.blocks: list[sparse.csr_array] = []
        self.sides: list[tuple[FloatArray, FloatArray]] = []

    def add(
        self,
        entries: list[tuple[npt.NDArray[Any], npt.NDArray[Any], npt.ArrayLike]],
        count: int,
        least: npt.ArrayLike,
        most: npt.ArrayLike,
    ) -> None:
        row = np.concatenate([part[0] for part in entries])
        column = np.concatenate([part[1] for part in entries])
        value = np.concatenate([np.broadcast_to(part[2], part[0].shape) for part in entries])
        shape = (count, self.width)
        self.blocks.append(sparse.csr_array((value.astype(np.float64), (row, column)), shape=shape))
        low, high = (
            np.broadcast_to(np.asarray(side, dtype=np.float64), count) for side in (least, most)
        )
        self.sides.append((low, high))

    def stacked(self) -> tuple[sparse.csr_array, FloatArray, FloatArray]:
        least, most = (np.concatenate(side) for side in zip(*self.sides, strict=True))
        return sparse.csr_array(sparse.vstack(self.blocks)), least, most


def _places(
    tasks: Tasks, of: Seating, anchors: BoolArray, unit: IntArray, count: int
) -> tuple[IntArray, IntArray]:
    """Return task and unit of each place that a team could have, by task."""
    could = np.zeros((len(tasks), count), dtype=np.bool_)
    could[of.task[anchors], unit[anchors]] = True
    anyone = np.zeros_like(could)
    anyone[of.task, unit] = True
    could = np.where(could.any(axis=1, keepdims=True), could, anyone)
    given = np.flatnonzero(tasks.home >= 0)
    could[given] = False
    could[given, tasks.home[given]] = True
    nowhere = np.flatnonzero(~could.any(axis=1))
    if nowhere.size:
        raise DataError(
            f"tasks, unit: nobody meets any need of {some(tasks.labels[nowhere])}, so that it has "
            "no place. Name the unit where its team works, or leave the task out."
        )
    task, place = np.nonzero(could)
    return task, place
