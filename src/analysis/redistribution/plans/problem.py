"""One family of staff, the moves that are allowed, and the plan that comes of it."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.arrays import FloatArray, IntArray
from analysis.errors import ParameterError
from analysis.redistribution.flows.distance import distances_between
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import Units, as_budget


@dataclass(frozen=True)
class Outcome:
    """The best plan for one objective.

    Attributes
    ----------
    moves : DataFrame
        Who moves where, see `moves.moves_table`.
    staff_after : ndarray, shape (n,)
        Staff of each unit afterwards.
    value : float
        The objective that is reached.
    bound : float
        What no plan can better; equal to `value` where the plan is proved best.
    cost : float
        Cost of all moves.
    """

    moves: pd.DataFrame
    staff_after: FloatArray
    value: float
    bound: float
    cost: float

    @property
    def people(self) -> float:
        """People who move."""
        return float(self.moves["people"].sum())


@dataclass(frozen=True)
class Problem:
    """One family of staff, and the moves that are allowed.

    Parameters
    ----------
    staff : array-like, shape (n,), or Units
        People of each unit; or units that hold both staff and need.
    need : array-like, shape (n,)
        Need (>= 0) of each unit. People where there is none are above every ratio.
    cost : array-like, shape (n, n)
        Cost of moving one person from each origin (row) to each destination (column). A frame is
        aligned by label.
    budget : int, optional
        Most people who move; everyone, unless given.
    limits : Limits, optional
        What the plan may not do. Limits of units count whole people, those of a divisible staff
        too.
    distance : array-like, shape (n, n), optional
        Distances, where the limits cap them.
    whole : bool
        Plan in whole people instead of a divisible staff.

    Attributes
    ----------
    units : Units
        Staff and need, checked.
    origins, destinations : ndarray of int, shape (m,)
        Positions of the units of each pair that can be used.
    pair_costs : ndarray, shape (m,)
        Cost of one person on each of these pairs.
    rows : tuple of (sparse matrix, shape (2n + 1, m), and ndarray)
        Most people who leave each unit, arrive in each, and move in all, as rows of a program.

    Raises
    ------
    DomainError
        If staff, need, costs or limits are out of range or of the wrong shape, or the budget is
        negative or above all staff.
    ParameterError
        If the costs are missing.
    """

    staff: npt.ArrayLike | Units
    need: npt.ArrayLike | None = None
    cost: npt.ArrayLike | None = None
    budget: int | None = None
    limits: Limits | None = None
    distance: npt.ArrayLike | None = None
    whole: bool = False
    units: Units = field(init=False, repr=False)
    origins: IntArray = field(init=False, repr=False)
    destinations: IntArray = field(init=False, repr=False)
    pair_costs: FloatArray = field(init=False, repr=False)
    rows: tuple[sparse.csr_array, FloatArray] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        units, limits = Units.of(self.staff, self.need), Limits.of(self.limits)
        if self.cost is None:
            raise ParameterError("cost is missing. Pass the matrix of costs between the units.")
        limits.refuse("protected_families", where="a plan", because="there is one kind of staff")
        cost, n, total = units.costs(self.cost), len(units), units.total_staff
        budget = total if self.budget is None else self.budget
        moving = as_budget(budget, total, what="The budget", of="all staff")
        leaving = limits.leaving(units).most
        arriving = np.minimum(limits.arriving(units).most, moving)
        pairs = (leaving > 0)[:, None] & (arriving > 0)
        np.fill_diagonal(pairs, False)
        far = None if limits.max_distance is None else distances_between(units, self.distance)
        open_ = limits.open_pairs(units, cost=cost, distance=far)
        origins, destinations = np.nonzero(pairs if open_ is None else pairs & open_)
        columns = np.arange(origins.size)
        ones = np.ones(origins.size)
        rows = sparse.vstack(
            [
                sparse.csr_array((ones, (origins, columns)), shape=(n, origins.size)),
                sparse.csr_array((ones, (destinations, columns)), shape=(n, origins.size)),
                sparse.csr_array(ones[None, :]),
            ],
            format="csr",
        )
        for name, value in (
            ("units", units),
            ("origins", origins),
            ("destinations", destinations),
            ("pair_costs", cost[origins, destinations]),
            ("rows", (rows, np.concatenate([leaving, arriving, [moving]]).astype(np.float64))),
        ):
            object.__setattr__(self, name, value)

    @property
    def counts(self) -> IntArray:
        """People in each unit, shape (n,)."""
        return self.units.staff

    @property
    def needs(self) -> FloatArray:
        """Need of each unit, shape (n,)."""
        return self.units.need

    @cached_property
    def gain(self) -> sparse.csr_array:
        """Matrix, shape (n, m), that turns moves into arrivals less leavers of each unit."""
        m, n = self.origins.size, len(self.units)
        columns = np.arange(m)
        arrivals = sparse.csr_array((np.ones(m), (self.destinations, columns)), shape=(n, m))
        leavers = sparse.csr_array((np.ones(m), (self.origins, columns)), shape=(n, m))
        return sparse.csr_array(arrivals - leavers)

    @property
    def mean(self) -> float:
        """Staff per need over all units."""
        return self.units.adequacy
