"""Plans: who moves from where to where, in whole people, within the limits, at least cost."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.errors import ParameterError
from analysis.redistribution.flows.effort import Progress
from analysis.redistribution.flows.flow import Flow
from analysis.redistribution.flows.min_cost import flow_on
from analysis.redistribution.flows.moves import moves_table
from analysis.redistribution.flows.ways import Cost, Ways, as_ways
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.frontiers.targets import target_amounts
from analysis.redistribution.limits import Bound, Limits
from analysis.redistribution.plans.binding import Binding, binding_limits
from analysis.redistribution.units import Units, as_budget

Unplaced = Literal["refuse", "stay"]


@dataclass(frozen=True, eq=False)
class Amounts:
    """How many people leave and arrive in each unit: a plan but for who goes where.

    Attributes
    ----------
    units : Units
        Before the moves.
    leaving, arriving : Bound
        Most people who may leave and arrive in each unit, and the limit that says so.
    groups : ndarray of int, shape (n,)
        Number of the group inside which the people of each unit move; all 0 without groups.
    budget : int
        Most people who may move.
    losses, gains : ndarray of int, shape (n,)
        People who should leave and arrive in each unit.
    """

    units: Units
    leaving: Bound
    arriving: Bound
    groups: IntArray
    budget: int
    losses: IntArray
    gains: IntArray

    @property
    def pairs(self) -> int:
        """Pairs of a unit to leave and one to arrive in: the size of the flow."""
        return int(np.count_nonzero(self.losses) * np.count_nonzero(self.gains))

    def realise(
        self,
        ways: Ways,
        unplaced: Unplaced,
        resolution: float | None,
        progress: Progress | None = None,
    ) -> Flow:
        """Return the cheapest moves; see `plan_moves`."""
        return flow_on(
            ways,
            self.losses,
            self.gains,
            most=None if unplaced == "refuse" else int(self.losses.sum()),
            units=self.units.labels,
            resolution=resolution,
            progress=progress,
        )


@dataclass(frozen=True, eq=False)
class Plan:
    """Moves of whole people, and the proof that the same amounts cannot be moved for less.

    Attributes
    ----------
    amounts : Amounts
        People who should leave and arrive in each of n units, and what was known before.
    flow : Flow
        The moves, by positions of units.
    """

    amounts: Amounts
    flow: Flow

    def __repr__(self) -> str:
        """Return a summary: the moves and the table of units are `moves` and `to_frame`."""
        staff, need = self.staff, self.need
        used = need > 0.0
        lowest = [float((x[used] / need[used]).min()) for x in (staff, self.staff_after)]
        wanted = "" if self.moved == self.wanted else f" of {self.wanted:,} who should"
        share = self.moved / max(int(staff.sum()), 1)
        above = self.flow.rounding_bound / self.cost if self.cost > 0.0 else 0.0
        cost = f"cost {self.cost:,.6g}, at most {above:.2g} of it above the cheapest"
        if self.counts_people:
            cost = "no costs were given: each move counts one, in the order of units"
        return "\n".join(
            [
                f"Plan for {self.units!r}",
                f"moves: {self.moved:,} people{wanted} ({share:.2%} of "
                f"staff) between {self.flow.people.size:,} pairs of units",
                f"staff per need of the lowest unit: {lowest[0]:.4g} before, {lowest[1]:.4g} after",
                cost,
            ]
        )

    @property
    def counts_people(self) -> bool:
        """Whether the plan was made without costs, each person who moves counting one."""
        return self.flow.ways.counts_people

    @property
    def units(self) -> Units:
        """The n units before the moves."""
        return self.amounts.units

    @property
    def staff(self) -> IntArray:
        """People in each unit before the moves, shape (n,)."""
        return self.units.staff

    @property
    def need(self) -> FloatArray:
        """Need of each unit, shape (n,)."""
        return self.units.need

    @property
    def wanted(self) -> int:
        """People who should move: more than `moved` only where some find no place."""
        return int(self.amounts.losses.sum())

    @property
    def losses(self) -> IntArray:
        """People who leave each unit, shape (n,)."""
        return self.flow.losses

    @property
    def gains(self) -> IntArray:
        """People who arrive in each unit, shape (n,)."""
        return self.flow.gains

    @property
    def staff_after(self) -> IntArray:
        """People in each unit once all have moved, shape (n,)."""
        return self.staff - self.losses + self.gains

    @property
    def moved(self) -> int:
        """People who move."""
        return self.flow.moved

    @property
    def cost(self) -> float:
        """Cost of all moves."""
        return self.flow.total_cost

    @property
    def duality_gap(self) -> float:
        """Cost less a proved lower bound for the same amounts; found when first asked for."""
        return self.flow.duality_gap

    @property
    def relative_gap(self) -> float:
        """Duality gap as a share of the cost; zero where nothing is spent."""
        return self.flow.relative_gap

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row per pair in use: `origin`, `destination`, `people`, `cost` (of all of them)."""
        flow = self.flow
        return moves_table(
            self.units.labels, flow.origins, flow.destinations, flow.people, flow.each
        )

    @cached_property
    def binding(self) -> Binding:
        """Which limits of units bind; those on pairs are left aside."""
        return binding_limits(
            self.staff_after,
            self.need,
            self.losses,
            self.gains,
            self.amounts.leaving,
            self.amounts.arriving,
            groups=self.amounts.groups,
            budget_left=self.moved < self.amounts.budget,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per unit.

        Returns
        -------
        DataFrame
            `unit`, `need`, `staff`, `losses`, `gains`, `staff_after`, `adequacy`,
            `adequacy_after` (staff per need; missing without need);
            `limit_leaving`, `limit_arriving`: the limit that binds, else empty;
            `evens_leaving`, `evens_arriving`: how much more even one person more leaving (or
            arriving) here would be, in staff per need: zero where no limit binds; what rounding
            to whole people leaves uneven does not count;
            `worth_leaving`, `worth_arriving`: cost that one more person leaving (or arriving)
            here instead of elsewhere would save, missing where nobody does.
        """
        prices, binding = self.flow.prices, self.binding
        return pd.DataFrame(
            {
                "unit": self.units.labels,
                "need": self.need,
                "staff": self.staff,
                "losses": self.losses,
                "gains": self.gains,
                "staff_after": self.staff_after,
                "adequacy": _ratio(self.staff, self.need),
                "adequacy_after": _ratio(self.staff_after, self.need),
                "limit_leaving": binding.leaving,
                "limit_arriving": binding.arriving,
                "evens_leaving": binding.evens_leaving,
                "evens_arriving": binding.evens_arriving,
                "worth_leaving": prices.leaving,
                "worth_arriving": prices.arriving,
            }
        )


def plan_moves(
    staff: npt.ArrayLike | Units,
    need: npt.ArrayLike | None = None,
    *,
    cost: Cost = None,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
    unplaced: Unplaced = "refuse",
    resolution: float | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan that makes staff per need most even, realised at least cost.

    How many people leave and arrive in each unit is settled first, by evenness alone: without
    limits by `frontier`, with limits by `target_amounts`. Cost then decides who goes where.

    Parameters
    ----------
    staff : array-like, shape (n,), or Units
        Whole people; or units that hold both staff and need.
    need : array-like, shape (n,)
        Need, >= 0. Where there is none, everyone is in excess and leaves first.
    cost : array-like of shape (n, n), DataFrame or callable, optional
        Cost of moving one person, >= 0. A matrix of origins by destinations; a frame of one is
        aligned by label. A table with the columns `from`, `to` and `cost`: only its pairs are
        open. A function of the labels of some origins and some destinations that returns the
        matrix between them, such as `flows.distance.kilometres`: it is called for one group of
        `within` at a time, so that no matrix of all pairs is held. Without it every person who
        moves costs one: the plan then says how many move, and pairs units in their order.
    budget : int, optional
        Most people who move, from 0 to all staff; by default as many as it takes.
    limits : Limits, optional
        What the plan may not do.
    distance : array-like, shape (n, n), optional
        Distances, where the limits cap them; by default along great circles, in km, where the
        units have coordinates.
    unplaced : {"refuse", "stay"}
        What becomes of people for whom forbidden pairs or caps on cost and distance leave no place
        among the units that should gain: an error that names their units, or they stay. Then as
        many as possible move, but another choice of amounts may be more even. The limit `within`
        alone leaves nobody without a place.
    resolution : float, optional
        Of the costs, as in `cheapest_moves`.
    progress : callable, optional
        Called with the pairs of units solved and all pairs, first and after each group. Without
        it, work of more than about ten seconds is announced on standard error.

    Returns
    -------
    Plan

    Raises
    ------
    DomainError
        If an input is outside its domain, a limit cannot be kept, or somebody cannot be placed:
        the message names the units; also if the pairs do not fit the memory there is.
    ParameterError
        If an option is unknown or out of range.

    Examples
    --------
    >>> staff = pd.Series([60, 30, 10], index=["A", "B", "C"])
    >>> plan = plan_moves(staff, [1, 1, 1], cost=np.ones((3, 3)), budget=15)
    >>> plan.moves
      origin destination  people  cost
    0      A           C      15  15.0
    """
    if unplaced not in ("refuse", "stay"):
        raise ParameterError(f'unplaced is {unplaced!r}, but must be "refuse" or "stay".')
    units, limits = Units.of(staff, need), Limits.of(limits)
    amounts = settle(units, budget, limits)
    ways = as_ways(units, cost, limits, distance)
    return Plan(amounts, amounts.realise(ways, unplaced, resolution, progress))


def settle(units: Units, budget: int | None, limits: Limits) -> Amounts:
    """Return how many people leave and arrive in each unit; see `plan_moves`."""
    limits.refuse("protected_families", where="a plan", because="there is one kind of staff")
    total = units.total_staff
    most = total if budget is None else as_budget(budget, total, what="The budget", of="all staff")
    leaving, arriving, groups = limits.leaving(units), limits.arriving(units), limits.groups(units)
    if limits.bounds_units or limits.within is not None or units.need.min() == 0.0 or total == 0:
        losses, gains = target_amounts(
            units.staff, units.need, leaving.most, arriving.most, most, groups
        )
    else:
        best = frontier(units).plan(most)
        losses, gains = best.losses, best.gains
    return Amounts(units, leaving, arriving, groups, most, losses, gains)


def _ratio(staff: IntArray, need: FloatArray) -> FloatArray:
    ratio = np.full(need.size, np.nan)
    np.divide(staff, need, out=ratio, where=need > 0.0)
    return ratio
