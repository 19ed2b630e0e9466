"""Squads against the hierarchy: who could have done it alone, and how far people are apart."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.competence.squads.seating import able
from analysis.competence.squads.squad_plan import SquadPlan
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce
from analysis.errors import DataError, DomainError
from analysis.labels import labels_of, require_unique
from analysis.messages import some
from analysis.restructuring.forest import Forest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.labels import Labels


@dataclass(frozen=True, eq=False)
class HierarchyComparison:
    """What squads change against the hierarchy.

    Attributes
    ----------
    tasks : DataFrame
        One row for each task. `alone`: whether some unit's own people could take all its seats;
        `alone_level`: the lowest level (1: a root) of a unit that could do so together with the
        units below it, missing where none could. For the members of the team: `pairs` of people,
        the mean path between two of them `path_before` along the hierarchy and `path_after`, and
        `layers`, the mean of how many layers a question must climb between two of them.
    """

    tasks: pd.DataFrame

    @property
    def share_alone(self) -> float:
        """Share of tasks that the people of one unit could staff."""
        return float(self.tasks["alone"].mean())

    def mean(self, column: str) -> float:
        """Return the mean of `path_before`, `path_after` or `layers` over all pairs of people.

        Missing where no team has two people.
        """
        pairs = self.tasks["pairs"].to_numpy(dtype=np.float64)
        values = self.tasks[column].to_numpy(dtype=np.float64)
        together = float(pairs.sum())
        return float(np.nansum(pairs * values)) / together if together else float("nan")


def against_hierarchy(plan: SquadPlan, parent: object) -> HierarchyComparison:
    """Return what the squads of a plan change against the hierarchy.

    A path leads from a person to the head of the unit, from head to head, and down again: two steps
    inside one unit, and as many more as there are steps between the units. Trees without a common
    root are taken as if an office stood above them all. In a squad it leads over the lead: one step
    from or to the lead, two between others; one where there is no lead.

    Parameters
    ----------
    plan : SquadPlan
    parent : Series or dict of unit to unit
        The unit above each, missing at a root. Units in which nobody works may be among them.

    Returns
    -------
    HierarchyComparison

    Raises
    ------
    DataError
        If a unit of the workforce, or one that is named as a parent, is not among the units, or the
        hierarchy runs in a circle.
    DomainError
        If `parent` has no labels.
    """
    work, tasks = plan.workforce, plan.tasks
    labels, forest = _hierarchy(parent, work.units[np.unique(work.unit)])
    unit = labels.get_indexer(work.units)
    who = able(work, tasks)
    alone, level = _alone(work, tasks, who, unit, forest)
    paths = _paths(plan, unit, forest)
    return HierarchyComparison(
        pd.DataFrame({"task": tasks.labels, "alone": alone, "alone_level": level} | paths)
    )


def _hierarchy(parent: object, used: "Labels[Any]") -> "tuple[Labels[Any], Forest]":
    """Return the units of a hierarchy and their forest, in which those used have a place."""
    labels = labels_of(parent)
    if labels is None:
        raise DomainError("parent: expected a series or dict of unit to unit, with labels.")
    require_unique(labels, what="parent")
    missing = used[~used.isin(labels)]
    if len(missing):
        raise DataError(
            f"parent: {some(missing)} has people but no place in the hierarchy. Add a row for it, "
            "with a missing parent where it is a root."
        )
    return labels, _forest(pd.Series(parent), labels)


def _forest(parent: "pd.Series[Any]", labels: "Labels[Any]") -> Forest:
    has = parent.notna().to_numpy()
    above = np.full(len(parent), -1)
    above[has] = labels.get_indexer(pd.Index(parent[has]))
    unknown = parent.index[has & (above < 0)]
    if len(unknown):
        raise DataError(
            f"parent: the unit above {some(unknown)} is not among the units. Add a row for it."
        )
    forest = Forest(above)
    circle = forest.cycle()
    if circle.size:
        raise DataError(
            f"parent: {some(labels[circle])} stand above each other in a circle. Correct one."
        )
    return forest


def _alone(
    work: Workforce, tasks: Tasks, who: list[IntArray], unit: IntArray, forest: Forest
) -> tuple[list[bool], "pd.Series[Any]"]:
    """Return whether one unit could staff each task, and the lowest level that could."""
    where = unit[work.unit]
    order = np.argsort(-forest.depth, kind="stable")
    alone: list[bool] = []
    levels: list[int | None] = []
    for task in range(len(tasks)):
        needs = np.flatnonzero(tasks.task == task).tolist()
        own = np.array([np.bincount(where[who[n]], minlength=forest.parent.size) for n in needs])
        seats = tasks.seats[needs]
        below = np.array([_below(forest, row) for row in own])
        fits = np.flatnonzero((own >= seats[:, None]).all(axis=0))
        alone.append(
            any(_staffs(work, who, tasks, needs, np.equal(where, u)) for u in fits.tolist())
        )
        found = None
        enough = np.flatnonzero((below >= seats[:, None]).all(axis=0))
        for u in order[np.isin(order, enough)].tolist():
            inside = forest.nearest(np.equal(np.arange(order.size), u)) >= 0
            if _staffs(work, who, tasks, needs, np.take(inside, where)):
                found = int(forest.depth[u])
                break
        levels.append(found)
    return alone, pd.Series(levels, dtype="Int64")


def _below(forest: Forest, count: IntArray) -> IntArray:
    """Return the sum of a count over each unit and all below it."""
    total = count.copy()
    for level in reversed(forest.levels[1:]):
        np.add.at(total, forest.parent[level], total[level])
    return total


def _staffs(
    work: Workforce,
    who: list[IntArray],
    tasks: Tasks,
    needs: list[int],
    among: BoolArray,
) -> bool:
    """Return whether people `among` can take all seats of the needs, one each."""
    rows, columns, seat = [], [], 0
    for n in needs:
        people = who[n][among[who[n]]]
        for _ in range(int(tasks.seats[n])):
            rows.append(np.full(people.size, seat))
            columns.append(people)
            seat += 1
    pairs = (np.concatenate(rows), np.concatenate(columns))
    graph = sparse.csr_array((np.ones(pairs[0].size), pairs), shape=(seat, len(work)))
    return bool((maximum_bipartite_matching(graph, perm_type="column") >= 0).all())


def _paths(plan: SquadPlan, unit: IntArray, forest: Forest) -> dict[str, FloatArray]:
    above = _ancestors(forest)
    columns: dict[str, list[float]] = {
        name: [] for name in ("pairs", "path_before", "path_after", "layers")
    }
    for task in range(len(plan.tasks)):
        person = plan.person[plan.task == task]
        where = unit[plan.workforce.unit[person]]
        i, j = np.triu_indices(person.size, 1)
        depth = forest.depth[where]
        common = _common_depth(above, where[i], where[j])
        lead = plan.lead[task]
        direct = (lead < 0) | (person[i] == lead) | (person[j] == lead)
        values = (
            2.0 + depth[i] + depth[j] - 2 * common,
            np.where(direct, 1.0, 2.0),
            np.maximum(depth[i], depth[j]) - common,
        )
        columns["pairs"].append(float(i.size))
        for name, value in zip(("path_before", "path_after", "layers"), values, strict=True):
            columns[name].append(float(value.mean()) if i.size else float("nan"))
    return {name: np.array(values) for name, values in columns.items()} | {
        "pairs": np.array(columns["pairs"]).astype(np.int64)
    }


def steps_between(parent: object, units: "Iterable[Any]") -> pd.DataFrame:
    """Return the steps along the hierarchy from each unit to each other, for `Workforce.of`.

    Trees without a common root are taken as if an office stood above them all.

    Parameters
    ----------
    parent : Series or dict of unit to unit
        As in `against_hierarchy`.
    units : Index of length n
        Units, all of them in the hierarchy.

    Returns
    -------
    DataFrame of shape (n, n)
        Symmetric, whole, zero on the diagonal.

    Raises
    ------
    DataError, DomainError
        As `against_hierarchy`.

    Examples
    --------
    >>> steps_between({"dinas": None, "bidang": "dinas", "uptd": "dinas"}, ["bidang", "uptd"])
            bidang  uptd
    bidang       0     2
    uptd         2     0
    """
    wanted: Labels[Any] = pd.Index(list(units))
    labels, forest = _hierarchy(parent, wanted)
    where = labels.get_indexer(wanted)
    above, depth = _ancestors(forest), forest.depth[where]
    steps = np.empty((where.size, where.size), dtype=np.int64)
    for i, unit in enumerate(where.tolist()):
        common = _common_depth(above, np.full(where.size, unit), where)
        steps[i] = depth[i] + depth - 2 * common
    return pd.DataFrame(steps, wanted, wanted)


def _common_depth(above: IntArray, these: IntArray, those: IntArray) -> IntArray:
    """Return the depth of the lowest unit above both of each pair, 0 where there is none."""
    shared = (above[these] == above[those]) & (above[these] >= 0)
    depth: IntArray = np.cumprod(shared, axis=1).sum(axis=1)
    return depth


def _ancestors(forest: Forest) -> IntArray:
    """Return the units from the root down to each unit, -1 below it; shape (n, depth)."""
    above = np.full((forest.parent.size, len(forest.levels)), -1)
    for depth, level in enumerate(forest.levels):
        if depth:
            above[level] = above[forest.parent[level]]
        above[level, depth] = level
    return above
