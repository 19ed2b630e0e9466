"""A plan for each job family, when people stay in their family."""

import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.flows.min_cost import Flow
from analysis.redistribution.limits import Limits
from analysis.redistribution.plans.plan import Amounts, Plan, Unplaced, open_pairs, settle
from analysis.redistribution.units import BoolArray, FloatArray, as_costs, some

_WORTH_PROCESSES = 1_000_000  # pairs of units over all families: about half a second of solving

_Job = tuple[str, Amounts, BoolArray | None]


@dataclass(frozen=True, eq=False)
class FamilyPlans:
    """One plan for each job family.

    Attributes
    ----------
    plans : dict of family to Plan
    """

    plans: dict[str, Plan]

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
        tables = [plan.moves.assign(family=family) for family, plan in self.plans.items()]
        return pd.concat(tables, ignore_index=True)[
            ["origin", "destination", "family", "people", "cost"]
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per family and unit: `family`, then the columns of `Plan.to_frame`."""
        tables = [plan.to_frame() for plan in self.plans.values()]
        for family, table in zip(self.plans, tables, strict=True):
            table.insert(0, "family", family)
        return pd.concat(tables, ignore_index=True)


def plan_families(
    staff: pd.DataFrame,
    need: pd.DataFrame,
    *,
    cost: npt.ArrayLike,
    budget: Mapping[str, int] | None = None,
    limits: Limits | Mapping[str, Limits] | None = None,
    protected: Collection[str] = (),
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
        Whole people, and need >= 0, with the same index and columns.
    cost : array-like, shape (n, n)
        Cost of moving one person of any family, origins by destinations, >= 0.
    budget : mapping of family to int, optional
        Most people of each family who move; by default, and for families left out, as many as it
        takes.
    limits : Limits, or mapping of family to Limits, optional
        What the plans may not do; of every family, or of those named.
    protected : collection of families, optional
        Families nobody of which moves.
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
    _check_families(staff, need, budget, limits, protected)
    costs = as_costs(cost, (len(staff), len(staff)))
    budgets, no_limits = budget or {}, Limits()
    own = {
        family: limits.get(family, no_limits) if isinstance(limits, Mapping) else limits
        for family in staff.columns
    }
    own.update(dict.fromkeys(protected, Limits(protected=list(staff.index))))
    pairs: dict[int, BoolArray | None] = {}  # most families share their limits
    jobs: list[_Job] = []
    for family in staff.columns:
        limit = own[family] or no_limits
        with _naming(family):
            amounts = settle(staff[family], need[family], budgets.get(family), limit)
            if id(limit) not in pairs:
                pairs[id(limit)] = open_pairs(staff[family], limit, costs, distance)
        jobs.append((family, amounts, pairs[id(limit)]))
    flows = _solve_in_parallel(jobs, costs, unplaced, resolution, workers)
    return FamilyPlans(
        {
            family: Plan(amounts, flow)
            for (family, amounts, _), flow in zip(jobs, flows, strict=True)
        }
    )


def _solve_in_parallel(
    jobs: list[_Job],
    cost: FloatArray,
    unplaced: Unplaced,
    resolution: float | None,
    workers: int | None,
) -> list[Flow]:
    if workers is None:
        work = sum(amounts.pairs for _, amounts, _ in jobs)
        workers = (os.cpu_count() or 1) if work >= _WORTH_PROCESSES else 1
    if workers < 1:
        raise ParameterError(f"workers is {workers}, but must be 1 or more.")
    if workers == 1:
        return _solve(jobs, cost, unplaced, resolution)
    # A few parts for each process even out their lengths; the matrix of costs travels with each.
    parts = [jobs[start :: 4 * workers] for start in range(min(4 * workers, len(jobs)))]
    flows: dict[str, Flow] = {}
    with ProcessPoolExecutor(min(workers, len(parts))) as pool:
        solved = [pool.submit(_solve, part, cost, unplaced, resolution) for part in parts]
        for part, future in zip(parts, solved, strict=True):
            for (family, _, allowed), flow in zip(part, future.result(), strict=True):
                flows[family] = replace(flow, cost=cost, allowed=allowed)  # drops the copies
    return [flows[family] for family, _, _ in jobs]


def _solve(
    jobs: list[_Job], cost: FloatArray, unplaced: Unplaced, resolution: float | None
) -> list[Flow]:
    flows = []
    for family, amounts, allowed in jobs:
        with _naming(family):
            flows.append(amounts.realise(cost, allowed, unplaced, resolution))
    return flows


@contextmanager
def _naming(family: str) -> Iterator[None]:
    """Name the family in the errors of its plan."""
    try:
        yield
    except DomainError as error:
        raise DomainError(f"Family {family}: {error}") from error


def _check_families(
    staff: pd.DataFrame,
    need: pd.DataFrame,
    budget: Mapping[str, int] | None,
    limits: Limits | Mapping[str, Limits] | None,
    protected: Collection[str],
) -> None:
    if staff.empty or not staff.columns.is_unique:
        raise DomainError("staff: expected units by families, each family once, and at least one.")
    for axis, what in ((0, "units"), (1, "families")):
        if not staff.axes[axis].equals(need.axes[axis]):
            odd = staff.axes[axis].symmetric_difference(need.axes[axis]).astype(str).tolist()
            raise DomainError(
                f"staff and need must have the same {what} in the same order; "
                f"{some(odd) if odd else 'the order'} differs. Align them first."
            )
    asked = {
        "budget": budget or {},
        "limits": limits if isinstance(limits, Mapping) else {},
        "protected": protected,
    }
    for option, families in asked.items():
        unknown = [str(family) for family in families if family not in staff.columns]
        if unknown:
            raise ParameterError(
                f"{option}: {some(unknown)} is no family. Write the families as in the columns of "
                "staff."
            )
