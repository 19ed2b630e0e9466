"""A plan for each job family, when people stay in their family."""

import os
from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy.typing as npt
import pandas as pd

from analysis.arrays import as_number
from analysis.errors import DomainError, ParameterError
from analysis.redistribution.families.family_units import FamilyUnits, is_by_family, of_units
from analysis.redistribution.flows.flow import Flow
from analysis.redistribution.flows.ways import Cost, Ways, as_ways
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import Amounts, Plan, Unplaced, settle

_WORTH_PROCESSES = 1_000_000  # pairs of units over all families: about half a second of solving

_Job = tuple[Hashable, Amounts, Ways]


@dataclass(frozen=True, eq=False)
class FamilyPlans:
    """One plan for each job family.

    Attributes
    ----------
    plans : dict of family to Plan
    """

    plans: dict[Any, Plan]

    @property
    def moved(self) -> int:
        """People who move."""
        return sum(plan.moved for plan in self.plans.values())

    @property
    def cost(self) -> float:
        """Cost of all moves."""
        return sum(plan.cost for plan in self.plans.values())

    @property
    def duality_gap(self) -> float:
        """Cost less a proved lower bound for the same amounts."""
        return sum(plan.duality_gap for plan in self.plans.values())

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row per family and pair: `origin`, `destination`, `family`, `people`, `cost`."""
        tables = [_beside(family, plan.moves) for family, plan in self.plans.items()]
        return pd.concat(tables, ignore_index=True)[
            ["origin", "destination", "family", "people", "cost"]
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per family and unit: `family`, then the columns of `Plan.to_frame`."""
        tables = [_beside(family, plan.to_frame()) for family, plan in self.plans.items()]
        return pd.concat(tables, ignore_index=True)


def _beside(family: Hashable, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the family as its first column."""
    column = pd.Index([family] * len(table), name="family", tupleize_cols=False)
    return pd.concat([column.to_frame(index=False), table], axis=1)


def plan_families(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: Cost = None,
    budget: Mapping[Any, int] | None = None,
    limits: Limits | Mapping[Any, Limits] | None = None,
    distance: npt.ArrayLike | None = None,
    unplaced: Unplaced = "refuse",
    resolution: float | None = None,
    workers: int | None = None,
) -> FamilyPlans:
    """Return a plan for each job family, when people stay in their family.

    Nothing ties the families together, so each is planned by itself as in `plan_moves`, several at
    a time in processes of their own: the solver holds Python's lock, so that threads gain nothing.

    Parameters
    ----------
    staff, need : DataFrame, units by families
        Whole people, and need >= 0, of the same units and families; or `FamilyUnits` as `staff`
        alone.
    cost : array-like of shape (n, n), DataFrame or callable, optional
        Cost of moving one person of any family, as in `plan_moves`.
    budget : mapping of family to int, optional
        Most people of each family who move; by default, and for families left out, as many as it
        takes.
    limits : Limits, or mapping of family to Limits, optional
        What the plans may not do; of every family, or of those named.
    distance, unplaced, resolution
        As in `plan_moves`.
    workers : int, optional
        Processes to use; by default one for each processor where the work is worth it, and none
        but this one where it is not. A script that asks for more than one, on a system that starts
        processes afresh, must be importable (``if __name__ == "__main__"``).

    Returns
    -------
    FamilyPlans

    Raises
    ------
    DomainError
        As `plan_moves`, naming the family; also if units or families of staff and need differ.
    ParameterError
        If an option names an unknown family or is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> units = ["A", "B"]
    >>> staff = pd.DataFrame({"teachers": [9, 3], "nurses": [1, 3]}, index=units)
    >>> need = pd.DataFrame({"teachers": [1, 1], "nurses": [1, 1]}, index=units)
    >>> plan_families(staff, need, cost=np.ones((2, 2))).moves
      origin destination    family  people  cost
    0      A           B  teachers       3   3.0
    1      B           A    nurses       1   1.0
    """
    units = FamilyUnits.of(staff, need)
    budgets, own = _by_family(units, budget, "budget"), _limits_of_families(units, limits)
    ways: dict[int, Ways] = {}  # most families share their limits
    jobs: list[_Job] = []
    for position, family in enumerate(units.families):
        limit, closing = own[family]
        with _naming(family):
            amounts = settle(units.family(position), budgets.get(family), limit)
            if id(closing) not in ways:
                ways[id(closing)] = as_ways(units.together, cost, closing, distance)
        jobs.append((family, amounts, ways[id(closing)]))
    if callable(cost) and workers is None:
        workers = 1  # a function may not travel to another process
    flows = _solve_in_parallel(jobs, unplaced, resolution, workers)
    return FamilyPlans(
        {
            family: Plan(amounts, flow)
            for (family, amounts, _), flow in zip(jobs, flows, strict=True)
        }
    )


def _solve_in_parallel(
    jobs: list[_Job],
    unplaced: Unplaced,
    resolution: float | None,
    workers: int | None,
) -> list[Flow]:
    if workers is None:
        work = sum(amounts.pairs for _, amounts, _ in jobs)
        workers = (os.cpu_count() or 1) if work >= _WORTH_PROCESSES else 1
    if as_number(workers, what="workers") < 1:
        raise ParameterError(f"workers is {workers}, but must be 1 or more.")
    if workers == 1:
        return _solve(jobs, unplaced, resolution)
    # A few parts for each process even out their lengths; the costs travel with each.
    parts = [jobs[start :: 4 * workers] for start in range(min(4 * workers, len(jobs)))]
    flows: dict[Any, Flow] = {}
    with ProcessPoolExecutor(min(workers, len(parts))) as pool:
        solved = [pool.submit(_solve, part, unplaced, resolution) for part in parts]
        for part, future in zip(parts, solved, strict=True):
            for (family, _, ways), flow in zip(part, future.result(), strict=True):
                flows[family] = replace(flow, ways=ways)  # drops the copies
    return [flows[family] for family, _, _ in jobs]


def _solve(jobs: list[_Job], unplaced: Unplaced, resolution: float | None) -> list[Flow]:
    flows = []
    for family, amounts, ways in jobs:
        with _naming(family):
            flows.append(amounts.realise(ways, unplaced, resolution))
    return flows


@contextmanager
def _naming(family: Hashable) -> Iterator[None]:
    """Name the family in the errors of its plan."""
    try:
        yield
    except DomainError as error:
        raise DomainError(f"Family {family}: {error}") from error


def _limits_of_families(
    units: FamilyUnits, limits: Limits | Mapping[Any, Limits] | None
) -> dict[Any, tuple[Limits, Limits]]:
    """Return for each family its limits, and limits that close the same pairs, often shared."""
    if isinstance(limits, Mapping):
        named = {
            family: Limits.of(limit)
            for family, limit in _by_family(units, limits, "limits").items()
        }
        none = Limits()
        own = {family: named.get(family, none) for family in units.families}
        return {family: (limit, limit) for family, limit in own.items()}
    shared = Limits.of(limits)
    if is_by_family(shared):
        may = units.releasable(shared)
        rest = replace(of_units(shared), floor_adequacy=shared.floor_adequacy)
        return {
            family: (replace(rest, releasable=may[:, position]), shared)
            for position, family in enumerate(units.families)
        }
    free = replace(shared, protected_families=None)
    kept = replace(free, most_leaving=0)
    stays = units.which(shared.protected_families or (), what="protected_families")
    return {
        family: (kept if stay else free, shared)
        for family, stay in zip(units.families, stays.tolist(), strict=True)
    }


def _by_family(units: FamilyUnits, given: Mapping[Any, Any] | None, what: str) -> dict[Any, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping | pd.Series):
        raise ParameterError(
            f"{what}: expected a mapping of families, such as {{'teachers': ...}}, but got "
            f"{given!r}."
        )
    found = dict(given.items())
    units.which(found, what=what)
    return found
