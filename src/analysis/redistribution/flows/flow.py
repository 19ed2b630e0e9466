"""Moves of least cost, what limits on units are worth, and how near to the cheapest they are."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.redistribution.flows.prices import ShadowPrices, shadow_prices
from analysis.redistribution.flows.ways import EqualWays, Ways, blocks


@dataclass(frozen=True, eq=False)
class Flow:
    """Moves of least cost.

    Attributes
    ----------
    origins, destinations : ndarray of int, shape (m,)
        Positions of the units, one pair for each move, in ascending order.
    people : ndarray of int, shape (m,)
        People who move between them, >= 1.
    each : ndarray, shape (m,)
        Cost of one person on each of these pairs.
    supply, demand : ndarray of int, shape (n,)
        Most people who could leave and arrive.
    ways : Ways
        Pairs that are open, and their costs.
    steps : ndarray, shape (g,)
        Resolution to whose multiples costs were rounded, in each group with moves.
    rounding_bound : float
        The moves cost at most so much more than the cheapest, whatever the rounding did.
    """

    origins: IntArray
    destinations: IntArray
    people: IntArray
    each: FloatArray
    supply: IntArray
    demand: IntArray
    ways: Ways
    steps: FloatArray
    rounding_bound: float

    @property
    def resolution(self) -> float:
        """The coarsest resolution to whose multiples costs were rounded."""
        return float(self.steps.max(initial=0.0))

    @property
    def moved(self) -> int:
        """People who move."""
        return int(self.people.sum())

    @cached_property
    def losses(self) -> IntArray:
        """People who leave each unit, shape (n,)."""
        return _totals(self.origins, self.people, self.supply.size)

    @cached_property
    def gains(self) -> IntArray:
        """People who arrive in each unit, shape (n,)."""
        return _totals(self.destinations, self.people, self.supply.size)

    @property
    def costs(self) -> FloatArray:
        """Cost of each move: of one person times people, shape (m,)."""
        costs: FloatArray = self.each * self.people
        return costs

    @cached_property
    def total_cost(self) -> float:
        """Cost of all moves."""
        return math.fsum(self.costs)

    @cached_property
    def prices(self) -> ShadowPrices:
        """What one more person allowed to leave or to arrive is worth, and the duality gap.

        With as many people moved in each group; missing where nobody may leave, or arrive.
        """
        n = self.supply.size
        leaving, arriving = (np.where(side > 0, 0.0, np.nan) for side in (self.supply, self.demand))
        if isinstance(self.ways, EqualWays):  # whoever moves costs one
            return ShadowPrices(leaving, arriving, self.total_cost, 0.0)
        bounds, gaps = [], []
        moves = self.origins * n + self.destinations
        for step, (donors, receivers) in zip(
            self.steps.tolist(), blocks(self.ways, self.supply, self.demand), strict=True
        ):
            arcs = self.ways.between(donors, receivers)
            pairs = arcs.tails * n + arcs.heads
            people = np.zeros(pairs.size, dtype=np.int64)
            at = np.minimum(np.searchsorted(moves, pairs), max(moves.size - 1, 0))
            if moves.size:
                people = np.where(moves[at] == pairs, self.people[at], 0)
            found = shadow_prices(
                arcs, people, self.supply[donors], self.demand[receivers], resolution=step
            )
            leaving[donors], arriving[receivers] = found.leaving, found.arriving
            bounds.append(found.lower_bound)
            gaps.append(found.duality_gap)
        return ShadowPrices(leaving, arriving, math.fsum(bounds), math.fsum(gaps))

    @property
    def duality_gap(self) -> float:
        """Cost of these moves less a lower bound on the cost of any; at most `rounding_bound`."""
        return self.prices.duality_gap

    @property
    def relative_gap(self) -> float:
        """Duality gap as a share of the cost; zero where nothing is spent."""
        return self.duality_gap / self.total_cost if self.total_cost > 0.0 else 0.0


def _totals(positions: IntArray, people: IntArray, n: int) -> IntArray:
    totals = np.zeros(n, dtype=np.int64)
    np.add.at(totals, positions, people)
    return totals
