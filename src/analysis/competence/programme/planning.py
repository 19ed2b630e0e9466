r"""The programme that brings most people to their hours, and the cheapest of those.

With people on arcs as in `analysis.competence.programme.network`, whole, and ``u`` of them not
reached, the programme has the least ``u`` that places (and the budget, if there is one) allow, and
of all with that ``u`` the least cost. Regions that share neither places nor a budget are planned
one by one, many of them in several processes. Both stages are integer programs that HiGHS solves
to a proved optimum.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analysis.arrays import FloatArray, IntArray, as_number
from analysis.competence.programme.catalogue import ANY, Catalogue, shortfalls
from analysis.competence.programme.network import Group, Network, network_of
from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.growing import nth_least

_PROVED = 1e-9  # relative gap below which two costs are the same
_EXACT = 1e-6
_FIRST = 200  # arcs of the first integer program, by reduced value
_INFEASIBLE = 2  # as SciPy says it
_WORTH_PROCESSES = 60  # parts; as many take about two seconds in one process


@dataclass(frozen=True, eq=False)
class Programme:
    """Who is brought to their hours, by which trainings.

    Attributes
    ----------
    trainings : DataFrame
        One row for each row of the catalogue of which places are taken: `kind`, `region` (missing:
        every region), `classical`, `places`, `offered`, `hours` (JP) and `cost`.
    people : DataFrame
        `region`, `short` (JP), `asked` and `accepted` (JP of it that must be of trainings of these
        codes; 0 and "*" of who needs none), `people`, `reached`.
    cost : float
    most : int
        What no programme reaches more people than, under the same places and budget.
    bound : float
        What no programme that reaches as many costs less than.
    optimal : bool
        Whether it is proved that none reaches more, and none as many for less.
    """

    trainings: pd.DataFrame
    people: pd.DataFrame
    cost: float
    most: int
    bound: float
    optimal: bool

    @property
    def reached(self) -> int:
        """People brought to their hours."""
        return int(self.people["reached"].sum())

    @property
    def by_kind(self) -> pd.DataFrame:
        """Hours, places and cost by kind, those with most hours first."""
        sums = self.trainings.groupby(["kind", "classical"], as_index=False)[
            ["places", "offered", "hours", "cost"]
        ].sum()
        return sums.sort_values(["hours", "kind"], ascending=[False, True], ignore_index=True)


def cheapest_programme(
    short: pd.DataFrame, catalogue: Catalogue, *, budget: float | None = None
) -> Programme:
    """Return the programme that reaches most people, the cheapest of those.

    A person is reached if what they take adds up to the JP that they lack, or more, and what of it
    is of the kinds that their post asks for to the JP asked of these.

    Parameters
    ----------
    short : DataFrame
        `region`, `short` (JP missing, > 0), `people` (> 0): one row for each region and number of
        JP. If known `asked` and `accepted`: how many of them must be of trainings with these codes,
        divided by blanks.
    catalogue : Catalogue
    budget : float, optional
        What the programme may cost, in the unit of the catalogue; no limit by default.

    Returns
    -------
    Programme

    Raises
    ------
    DataError
        If a column is missing or a number is out of range; names the rows.
    ParameterError
        If the budget is negative or no number.

    Examples
    --------
    >>> short = pd.DataFrame({"region": "x", "short": [4.0, 20.0], "people": [10, 5]})
    >>> seminar, course = ("seminar", 5, 100, 1.0, True), ("course", 20, 4, 5.0, True)
    >>> columns = ["kind", "jp", "places", "cost", "classical"]
    >>> catalogue = Catalogue.of(pd.DataFrame([seminar, course], columns=columns))
    >>> plan = cheapest_programme(short, catalogue)
    >>> plan.reached, plan.cost, plan.optimal
    (14, 30.0, True)
    >>> cheapest_programme(short, catalogue, budget=12.0).reached
    10
    """
    groups = shortfalls(short)
    limit = np.inf if budget is None else budget_of(budget)
    scale = max(float(catalogue.cost.max()), 1e-300)
    parts = components(groups, catalogue, together=np.isfinite(limit))
    taken = np.zeros(len(catalogue))
    missed = np.zeros(len(groups))
    most, cost, bound, optimal = 0, 0.0, 0.0, True
    for found in _planned(parts, catalogue, limit, scale):
        taken[found.rows] += found.places
        missed[found.groups] += found.missed
        most += found.most
        cost += found.cost
        bound += found.bound
        optimal = optimal and found.optimal
    people = groups.assign(reached=(groups["people"] - missed).astype(np.int64))
    exact = float(taken @ catalogue.cost)
    return Programme(
        trainings_of(taken, catalogue),
        people,
        exact,
        most,
        min(bound + exact - cost, exact),
        optimal,
    )


def budget_of(budget: float) -> float:
    """Return a checked budget."""
    found = as_number(budget, what="budget")
    if not found >= 0:
        raise ParameterError(f"budget: must be 0 or more; {budget!r} given.")
    return found


def components(groups: pd.DataFrame, catalogue: Catalogue, *, together: bool) -> list[list[Group]]:
    """Return the regions that must be planned together, each with what is open to it."""
    rows = pd.Series(np.arange(len(catalogue)), dtype="int64")
    open_rows = rows[catalogue.places > 0]
    region = pd.Series(catalogue.region, dtype=object)[open_rows]
    shared = open_rows[region.isna()].to_numpy()
    own = dict(iter(open_rows.groupby(region)))
    none = np.zeros(0, dtype=np.int64)
    fits = {
        accepted: np.isin(catalogue.code, accepted.split()) | (accepted == ANY)
        for accepted in groups["accepted"].unique()
    }
    parts = []
    for label, people in groups.groupby("region", sort=False):
        local = own[label].to_numpy() if label in own else none
        here = np.concatenate([local, shared])
        parts.append(
            [
                Group(
                    here[fits[accepted][here]],
                    here[~fits[accepted][here]],
                    group["short"].to_numpy(dtype=np.float64),
                    group["asked"].to_numpy(dtype=np.float64),
                    group["people"].to_numpy(dtype=np.int64),
                    group.index.to_numpy(dtype=np.int64),
                )
                for accepted, group in people.groupby("accepted", sort=False)
            ]
        )
    return [list(chain(*parts))] if together or shared.size else parts


@dataclass(frozen=True, eq=False)
class Planned:
    """What regions that are planned together take, whom it misses, and what it costs.

    `rows` of the catalogue and the `places` taken of each; `groups` of people and how many of each
    are `missed`; `most`: people that could be reached at most.
    """

    rows: IntArray
    places: FloatArray
    groups: IntArray
    missed: FloatArray
    most: int
    cost: float
    bound: float
    optimal: bool


def _planned(
    parts: list[list[Group]], catalogue: Catalogue, limit: float, scale: float
) -> Iterator[Planned]:
    """Yield what each part takes, in their order."""
    workers = min(os.cpu_count() or 1, len(parts))
    if workers == 1 or len(parts) < _WORTH_PROCESSES:
        yield from (_plan(part, catalogue, limit, scale) for part in parts)
        return
    # A few batches for each process even out how long they take; the catalogue goes with each.
    size = -(-len(parts) // (4 * workers))
    with ProcessPoolExecutor(workers) as pool:
        batches = [
            pool.submit(_plan_all, parts[start : start + size], catalogue, limit, scale)
            for start in range(0, len(parts), size)
        ]
        for batch in batches:
            yield from batch.result()


def _plan_all(
    parts: list[list[Group]], catalogue: Catalogue, limit: float, scale: float
) -> list[Planned]:
    return [_plan(part, catalogue, limit, scale) for part in parts]


def _plan(part: list[Group], catalogue: Catalogue, limit: float, scale: float) -> Planned:
    network = network_of(part, catalogue)
    found = Program(network, catalogue, np.array([limit / scale]), scale).best()
    places = network.taken(len(catalogue)) @ found.arcs
    rows = np.flatnonzero(places)
    return Planned(
        rows,
        places[rows],
        network.group,
        found.arcs[network.left],
        int(network.people.sum()) - found.least_missed,
        found.cost * scale,
        found.bound * scale,
        found.optimal,
    )


@dataclass(frozen=True, eq=False)
class Solved:
    """People on arcs, what no plan misses fewer than, and the cost with its bound."""

    arcs: FloatArray
    least_missed: int
    cost: float
    bound: float
    optimal: bool


class Program:
    """The integer program of regions that are planned together.

    Parameters
    ----------
    network : Network
    catalogue : Catalogue
    limits : ndarray of float
        Budget of each year, in units of `scale`; infinite where there is none. Rows of the
        catalogue are those of the first year, then as many of the next.
    scale : float
        What costs are divided by, for the solver.
    gap : float
        Relative gap at which the solver may stop.
    """

    def __init__(
        self,
        network: Network,
        catalogue: Catalogue,
        limits: FloatArray,
        scale: float,
        gap: float = 0.0,
    ) -> None:
        self.gap = gap
        used = np.unique(network.row[network.row >= 0])
        places = network.taken(len(catalogue))[used]
        self.size = network.row.size
        self.cost = network.cost(catalogue.cost / scale)
        self.missed = np.zeros(self.size)
        self.missed[network.left] = 1.0
        self.people, self.flow = network.people.astype(np.float64), network.flow
        paid = np.flatnonzero(self.cost)
        year = network.row[paid] // (len(catalogue) // limits.size)
        shape = (limits.size, self.size)
        self.spending = sparse.csr_array((self.cost[paid], (year, paid)), shape=shape)
        self.most = np.concatenate([catalogue.places[used], limits]).astype(np.float64)
        self.use = sparse.vstack([places, self.spending], format="csr")
        self.limited = bool(np.isfinite(limits).any())
        if not self.limited:
            self.most, self.use = self.most[: used.size], places

    def best(self) -> Solved:
        """Return the plan that misses fewest people, the cheapest of those."""
        found, least, proved = None, 0, True
        if not self.limited:
            found = self._minimise(self.cost, missed=0)
        if found is None:
            fewest = self._minimise(self.missed, missed=np.inf, whole=True)
            if fewest is None:
                raise DomainError("The solver found no programme, though nobody need be reached.")
            missed = round(float(self.missed @ fewest[0]))
            least = int(np.ceil(fewest[1] - _EXACT))
            proved = least >= missed
            found = self._minimise(self.cost, missed=missed)
        if found is None:
            raise DomainError("The solver found no programme that misses as few as it had found.")
        cost, bound = float(self.cost @ found[0]), found[1]
        optimal = proved and cost - bound <= _PROVED * max(1.0, cost)
        return Solved(found[0], least, cost, min(bound, cost), optimal)

    def _minimise(
        self, values: FloatArray, *, missed: float, whole: bool = False
    ) -> tuple[FloatArray, float] | None:
        """Return people on arcs and what no plan is below, or None if there is no plan.

        A plan with a person on an arc is no better than the relaxation by less than the reduced
        value of the arc. So the integer program has arcs of small reduced value only, until what is
        left out could not be in a better plan. `whole`: values of plans are whole numbers.
        """
        cap = sparse.csr_array(self.missed[None, :])
        use = self.use if np.isinf(missed) else sparse.vstack([self.use, cap], format="csr")
        most = self.most if np.isinf(missed) else np.append(self.most, missed)
        relaxed = linprog(
            values, A_ub=use, b_ub=most, A_eq=self.flow, b_eq=self.people, method="highs"
        )
        if relaxed.status == _INFEASIBLE:
            return None
        if relaxed.x is None:
            raise DomainError(f"The solver found no programme: {relaxed.message}")
        below = float(relaxed.fun)
        if np.abs(relaxed.x - np.rint(relaxed.x)).max() <= _EXACT:
            return np.rint(relaxed.x), below
        reduced = np.asarray(relaxed.lower.marginals)
        threshold = max(nth_least(reduced, _FIRST), _EXACT)
        lost: tuple[FloatArray, float] | None = None
        while True:
            arcs = np.flatnonzero(reduced <= threshold)
            found = milp(
                values[arcs],
                integrality=np.ones(arcs.size),
                bounds=Bounds(0.0, np.inf),
                constraints=[
                    LinearConstraint(self.flow[:, arcs], self.people, self.people),
                    LinearConstraint(use[:, arcs], -np.inf, most),
                ],
                options={"mip_rel_gap": self.gap},
            )
            if found.x is None and found.status != _INFEASIBLE:
                raise DomainError(f"The solver found no programme: {found.message}")
            everything = arcs.size == reduced.size
            if found.x is None and everything:
                return lost
            reached = np.inf if found.x is None else float(found.fun)
            goal = np.ceil(below - _EXACT) if whole else below
            near = np.isfinite(reached) and reached - goal <= self.gap * reached
            if near or reached - goal <= _EXACT * whole:
                bound = goal
            elif everything or reached - below <= threshold:
                bound = max(below, min(float(found.mip_dual_bound), below + threshold))
                bound = float(found.mip_dual_bound) if everything else bound
            else:
                threshold = min(reached - below, nth_least(reduced, 4 * arcs.size))
                if found.x is not None:  # the solver may not find again what it has found
                    lost = self._whole(arcs, found.x), goal
                continue
            return self._whole(arcs, found.x), bound

    def _whole(self, arcs: IntArray, people: FloatArray) -> FloatArray:
        """Return whole people on all arcs, of those on some."""
        every = np.zeros(self.size)
        every[arcs] = np.rint(people)
        return every


def trainings_of(taken: FloatArray, catalogue: Catalogue) -> pd.DataFrame:
    """Return what is taken of each row of the catalogue, as in `Programme.trainings`."""
    at = np.flatnonzero(taken > 0)
    places = taken[at].astype(np.int64)
    return pd.DataFrame(
        {
            "kind": catalogue.kind[at],
            "region": catalogue.region[at],
            "classical": catalogue.classical[at],
            "places": places,
            "offered": catalogue.places[at],
            "hours": places * catalogue.jp[at],
            "cost": places * catalogue.cost[at],
        }
    )
