"""Pairs of units between which people may move, and what a person costs, in any form.

A plan needs the pairs of one group of units at a time, and of these only those from units that
people leave to units where people arrive. No form of costs but a matrix is ever held whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_vector
from analysis.errors import DomainError, ParameterError
from analysis.labels import Labels, align_matrix
from analysis.messages import some
from analysis.redistribution.flows.distance import great_circle_between
from analysis.redistribution.limits import PAIRS, Limits
from analysis.redistribution.units import Units, as_costs

Positions = npt.NDArray[np.int32]
CostFunction = Callable[["Labels[Any]", "Labels[Any]"], npt.ArrayLike]
Cost = npt.ArrayLike | CostFunction | None

TABLE = ("from", "to", "cost")
"""Columns of a table of pairs."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Open pairs between some units that people leave and some where people arrive.

    Attributes
    ----------
    donors, receivers : ndarray of int
        Positions of the units, ascending.
    row, column : ndarray of int32, shape (m,)
        Positions in `donors` and `receivers` of each pair, in ascending order.
    cost : ndarray, shape (m,)
        Cost of one person.
    """

    donors: IntArray
    receivers: IntArray
    row: Positions
    column: Positions
    cost: FloatArray

    def take(self, open_: BoolArray) -> "Arcs":
        """Return the pairs for which `open_` is true, and none from a unit to itself."""
        open_ = open_ & (self.tails != self.heads)
        if open_.all():
            return self
        return replace(self, row=self.row[open_], column=self.column[open_], cost=self.cost[open_])

    @property
    def tails(self) -> IntArray:
        """Position of the unit that each pair leads from."""
        return self.donors[self.row]

    @property
    def heads(self) -> IntArray:
        """Position of the unit that each pair leads to."""
        return self.receivers[self.column]


class Ways(Protocol):
    """Pairs of units and their costs."""

    @property
    def groups(self) -> IntArray:
        """Number of the group inside which the people of each unit move, from 0."""

    @property
    def counts_people(self) -> bool:
        """Whether every person who moves costs one because no costs were given."""

    def between(self, donors: IntArray, receivers: IntArray) -> Arcs:
        """Return the open pairs from donors to receivers, all of one group."""

    def size(self, donors: IntArray, receivers: IntArray) -> int:
        """Return about how many pairs `between` looks at."""


@dataclass(frozen=True, eq=False)
class MatrixWays:
    """Costs of all pairs, shape (n, n), of which those that are `allowed` are open; None: all."""

    cost: FloatArray
    allowed: BoolArray | None
    groups: IntArray
    counts_people: bool = False

    def between(self, donors: IntArray, receivers: IntArray) -> Arcs:
        """See `Ways`."""
        block = np.ix_(donors, receivers)
        arcs = _all_pairs(donors, receivers, self.cost[block])
        if self.allowed is not None:
            return arcs.take(self.allowed[block].ravel())
        if np.intersect1d(donors, receivers, assume_unique=True).size:
            return arcs.take(np.ones(arcs.cost.size, dtype=np.bool_))
        return arcs

    def size(self, donors: IntArray, receivers: IntArray) -> int:
        """See `Ways`."""
        return donors.size * receivers.size


@dataclass(frozen=True, eq=False)
class TableWays:
    """Costs of the pairs that are open, in ascending order of groups, origins and destinations."""

    tails: IntArray
    heads: IntArray
    cost: FloatArray
    groups: IntArray
    counts_people: bool = False

    def between(self, donors: IntArray, receivers: IntArray) -> Arcs:
        """See `Ways`."""
        ends = self._key(donors[[0, -1]])
        first = int(np.searchsorted(self._keys, ends[0]))
        here = slice(first, int(np.searchsorted(self._keys, ends[1], side="right")))
        tails, heads = self.tails[here], self.heads[here]
        row, column = np.searchsorted(donors, tails), np.searchsorted(receivers, heads)
        found = donors[row] == tails  # the last donor is the last of the tails
        column = np.minimum(column, receivers.size - 1)
        found &= receivers[column] == heads
        return Arcs(
            donors,
            receivers,
            row[found].astype(np.int32),
            column[found].astype(np.int32),
            self.cost[here][found],
        )

    def size(self, donors: IntArray, receivers: IntArray) -> int:
        """See `Ways`."""
        keys = self._key(donors)
        listed = np.searchsorted(self._keys, keys, "right") - np.searchsorted(self._keys, keys)
        return min(int(listed.sum()), donors.size * receivers.size)

    @cached_property
    def _keys(self) -> IntArray:
        return self._key(self.tails)

    def _key(self, units: IntArray) -> IntArray:
        """Return a number that orders units by group, then by position."""
        key: IntArray = self.groups[units] * self.groups.size + units
        return key


@dataclass(frozen=True, eq=False)
class FunctionWays:
    """Costs that a function of origins and destinations gives for one group at a time."""

    function: CostFunction
    labels: "Labels[Any]"
    closing: "_Closing"
    groups: IntArray
    counts_people: bool = False

    def between(self, donors: IntArray, receivers: IntArray) -> Arcs:
        """See `Ways`."""
        rows, columns = self.labels[donors], self.labels[receivers]
        given = self.function(rows, columns)
        given = align_matrix(given, rows, columns, what="cost", to="staff")
        costs = as_costs(given, (donors.size, receivers.size))
        arcs = _all_pairs(donors, receivers, costs)
        return arcs.take(self.closing.leaves_open(arcs.tails, arcs.heads, arcs.cost))

    def size(self, donors: IntArray, receivers: IntArray) -> int:
        """See `Ways`."""
        return donors.size * receivers.size


@dataclass(frozen=True, eq=False)
class EqualWays:
    """Every person costs one, on every pair inside a group."""

    groups: IntArray
    counts_people: bool = True

    def between(self, donors: IntArray, receivers: IntArray) -> Arcs:
        """See `Ways`."""
        arcs = _all_pairs(donors, receivers, np.ones((donors.size, receivers.size)))
        return arcs.take(np.ones(arcs.cost.size, dtype=np.bool_))

    def size(self, donors: IntArray, receivers: IntArray) -> int:
        """See `Ways`."""
        return donors.size + receivers.size  # no pair needs to be compared with another


def as_ways(units: Units, cost: Any, limits: Limits, distance: npt.ArrayLike | None) -> Ways:
    """Return the pairs that the limits leave open, and their costs.

    Parameters
    ----------
    units : Units
    cost : array-like, DataFrame, callable or None
        See `plans.plan.plan_moves`.
    limits : Limits
    distance : array-like, shape (n, n), optional
        Distances, where the limits cap them; by default along great circles, in km, where the
        units have coordinates.

    Raises
    ------
    DomainError
        If a cost is missing, infinite or negative, or a table names an unknown unit or a pair
        twice.
    ParameterError
        If distances are capped but there are none.
    """
    groups = limits.groups(units)
    closing = _Closing.of(units, limits, distance)
    if cost is None and closing.closes_nothing:
        return EqualWays(groups)
    labels = pd.Index(units.labels, dtype=object, tupleize_cols=False)  # quick to take parts of
    if cost is None:
        return FunctionWays(_ones, labels, closing, groups, counts_people=True)
    if callable(cost):
        return FunctionWays(cost, labels, closing, groups)
    if isinstance(cost, pd.DataFrame) and set(TABLE) == set(cost.columns):
        return _table(units, cost, closing, groups)
    costs = units.costs(cost)
    far = distance
    if limits.max_distance is not None and distance is None and units.coordinates is not None:
        far = great_circle_between(units.coordinates, units.coordinates)
    return MatrixWays(costs, limits.open_pairs(units, cost=costs, distance=far), groups)


def blocks(ways: Ways, supply: IntArray, demand: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the donors and receivers of each group that has both, in the order of groups."""
    donors, receivers = np.flatnonzero(supply), np.flatnonzero(demand)
    both = np.intersect1d(ways.groups[donors], ways.groups[receivers])
    sides = []
    for units in (donors, receivers):
        order = units[np.argsort(ways.groups[units], kind="stable")]
        starts = np.searchsorted(ways.groups[order], both)
        ends = np.searchsorted(ways.groups[order], both, side="right")
        sides.append([order[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])
    yield from zip(*sides, strict=True)


@dataclass(frozen=True, eq=False)
class _Closing:
    """Limits that close single pairs, ready to be asked about any of them."""

    n: int
    allowed: BoolArray | None
    forbidden: IntArray | None
    max_cost: float | None
    max_distance: float | None
    distance: FloatArray | None
    coordinates: FloatArray | None

    @classmethod
    def of(cls, units: Units, limits: Limits, distance: npt.ArrayLike | None) -> "_Closing":
        n, forbidden = len(units), None
        if limits.forbidden is not None:
            pairs = list(limits.forbidden)
            sides = [units.positions([p[side] for p in pairs], what="forbidden") for side in (0, 1)]
            forbidden = np.unique(sides[0].astype(np.int64) * n + sides[1])
        if limits.max_distance is not None and distance is None and units.coordinates is None:
            raise ParameterError(
                "max_distance is set, but no distances are passed. Pass the matrix of distances "
                "as `distance`, or units with coordinates."
            )
        capped = limits.max_distance is not None and distance is not None
        return cls(
            n,
            None if limits.allowed is None else units.flags(limits.allowed, what="allowed"),
            forbidden,
            limits.max_cost,
            limits.max_distance,
            units.costs(distance, what="distance") if capped and distance is not None else None,
            units.coordinates,
        )

    @property
    def closes_nothing(self) -> bool:
        return all(getattr(self, name) is None for name in PAIRS)

    def leaves_open(self, tails: IntArray, heads: IntArray, cost: FloatArray) -> BoolArray:
        """Return which pairs stay open; all are inside a group."""
        open_ = np.ones(cost.size, dtype=np.bool_)
        if self.allowed is not None:
            open_ &= self.allowed[tails, heads]
        if self.forbidden is not None:
            open_ &= ~np.isin(tails * self.n + heads, self.forbidden)
        if self.max_cost is not None:
            open_ &= cost <= self.max_cost
        if self.max_distance is not None:
            open_ &= self._far(tails, heads) <= self.max_distance
        return open_

    def _far(self, tails: IntArray, heads: IntArray) -> FloatArray:
        if self.distance is not None:
            return self.distance[tails, heads]
        assert self.coordinates is not None  # or `of` refuses
        return great_circle_between(self.coordinates[tails], self.coordinates[heads], paired=True)


def _table(units: Units, table: pd.DataFrame, closing: _Closing, groups: IntArray) -> TableWays:
    origin, destination, price = (table[name] for name in TABLE)
    tails = units.positions(origin, what="cost, column from").astype(np.int64)
    heads = units.positions(destination, what="cost, column to").astype(np.int64)
    cost = as_vector(price.reset_index(drop=True), what="cost")
    wrong = np.flatnonzero(~(np.isfinite(cost) & (cost >= 0.0)))
    pairs = [f"{origin.iloc[i]} to {destination.iloc[i]}" for i in wrong.tolist()]
    if pairs:
        raise DomainError(
            f"cost: the costs must be finite numbers, 0 or more; they are not for {some(pairs)}. "
            "Leave a pair that may not be used out of the table."
        )
    order = np.lexsort((heads, tails, groups[tails]))
    tails, heads, cost = tails[order], heads[order], cost[order]
    twice = np.flatnonzero((tails[1:] == tails[:-1]) & (heads[1:] == heads[:-1]))
    if twice.size:
        pairs = [f"{units.labels[tails[i]]} to {units.labels[heads[i]]}" for i in twice.tolist()]
        raise DomainError(f"cost: each pair must occur once; {some(pairs)} does not.")
    open_ = closing.leaves_open(tails, heads, cost)
    open_ &= (tails != heads) & (groups[tails] == groups[heads])
    return TableWays(tails[open_], heads[open_], cost[open_], groups)


def _ones(origins: "Labels[Any]", destinations: "Labels[Any]") -> FloatArray:
    return np.ones((len(origins), len(destinations)))


def _all_pairs(donors: IntArray, receivers: IntArray, costs: FloatArray) -> Arcs:
    rows, columns = costs.shape
    return Arcs(
        donors,
        receivers,
        np.repeat(np.arange(rows, dtype=np.int32), columns),
        np.tile(np.arange(columns, dtype=np.int32), rows),
        costs.ravel(),
    )
