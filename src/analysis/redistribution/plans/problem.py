"""One family of staff, the moves that are allowed, and the plan that comes of it."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.errors import DomainError
from analysis.redistribution.units import (
    BoolArray,
    FloatArray,
    IntArray,
    as_amounts,
    as_budget,
    as_costs,
    as_staff_and_need,
    names,
)


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
    staff, need : array-like, shape (n,)
        People and need (> 0) of each unit.
    cost : array-like, shape (n, n)
        Cost of moving one person from each origin (row) to each destination (column).
    budget : int
        Most people who move.
    allowed : array-like of bool, shape (n, n), optional
        Pairs that may be used; all of them unless given. The diagonal is ignored.
    most_leaving, most_arriving : array-like, shape (n,), optional
        Most people who leave and who arrive; everyone who is there, and the budget, unless given.
    whole : bool
        Plan in whole people instead of a divisible staff.

    Attributes
    ----------
    counts, needs : ndarray, shape (n,)
        Staff and need, checked.
    origins, destinations : ndarray of int, shape (m,)
        Positions of the units of each pair that can be used.
    pair_costs : ndarray, shape (m,)
        Cost of one person on each of these pairs.
    limits : tuple of (sparse matrix, shape (2n + 1, m), and ndarray)
        Most people who leave each unit, arrive in each, and move in all, as rows of a program.

    Raises
    ------
    DomainError
        If staff, need, costs or limits are out of range or of the wrong shape, or the budget is
        negative or above all staff.
    """

    staff: npt.ArrayLike
    need: npt.ArrayLike
    cost: npt.ArrayLike
    budget: int
    allowed: npt.ArrayLike | None = None
    most_leaving: npt.ArrayLike | None = None
    most_arriving: npt.ArrayLike | None = None
    whole: bool = False
    counts: IntArray = field(init=False, repr=False)
    needs: FloatArray = field(init=False, repr=False)
    origins: IntArray = field(init=False, repr=False)
    destinations: IntArray = field(init=False, repr=False)
    pair_costs: FloatArray = field(init=False, repr=False)
    limits: tuple[sparse.csr_array, FloatArray] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        counts, needs = as_staff_and_need(self.staff, self.need, positive=True)
        n = counts.size
        cost = as_costs(self.cost, (n, n))
        moving = as_budget(self.budget, int(counts.sum()), what="The budget", of="all staff")
        leaving = (
            counts.astype(np.float64)
            if self.most_leaving is None
            else np.minimum(as_amounts(self.most_leaving, n, what="most_leaving"), counts)
        )
        arriving = (
            np.full(n, float(moving))
            if self.most_arriving is None
            else as_amounts(self.most_arriving, n, what="most_arriving")
        )
        pairs = _as_pairs(self.allowed, n) & (leaving > 0)[:, None] & (arriving > 0)
        origins, destinations = np.nonzero(pairs)
        columns = np.arange(origins.size)
        ones = np.ones(origins.size)
        limits = sparse.vstack(
            [
                sparse.csr_array((ones, (origins, columns)), shape=(n, origins.size)),
                sparse.csr_array((ones, (destinations, columns)), shape=(n, origins.size)),
                sparse.csr_array(ones[None, :]),
            ],
            format="csr",
        )
        for name, value in (
            ("counts", counts),
            ("needs", needs),
            ("origins", origins),
            ("destinations", destinations),
            ("pair_costs", cost[origins, destinations]),
            ("limits", (limits, np.concatenate([leaving, arriving, [float(moving)]]))),
        ):
            object.__setattr__(self, name, value)

    @property
    def units(self) -> list[str]:
        """Names of the units."""
        return names(self.staff, self.counts.size)

    @cached_property
    def gain(self) -> sparse.csr_array:
        """Matrix, shape (n, m), that turns moves into arrivals less leavers of each unit."""
        m, n = self.origins.size, self.counts.size
        columns = np.arange(m)
        arrivals = sparse.csr_array((np.ones(m), (self.destinations, columns)), shape=(n, m))
        leavers = sparse.csr_array((np.ones(m), (self.origins, columns)), shape=(n, m))
        return sparse.csr_array(arrivals - leavers)

    @property
    def mean(self) -> float:
        """Staff per need over all units."""
        return float(self.counts.sum() / self.needs.sum())


def _as_pairs(allowed: npt.ArrayLike | None, n: int) -> BoolArray:
    pairs = np.ones((n, n), dtype=np.bool_) if allowed is None else np.array(allowed)
    if pairs.shape != (n, n) or pairs.dtype != np.bool_:
        raise DomainError(
            f"allowed: expected a matrix of true and false of shape {(n, n)}, but it is "
            f"{pairs.dtype} of shape {pairs.shape}."
        )
    np.fill_diagonal(pairs, False)
    return pairs
