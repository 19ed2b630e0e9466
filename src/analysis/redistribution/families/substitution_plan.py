"""A plan with substitution: who changes post, what that fills and costs, and what proves it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.redistribution.families.changes import Changes
from analysis.redistribution.families.family_posts import Posts


@dataclass(frozen=True, eq=False)
class Settled:
    """What a solver found for some units whose people mix.

    Attributes
    ----------
    origin, family, destination, to_family : ndarray of int, shape (m,)
        Position of the unit and the family that people come from and go to, for each change made.
    people : ndarray of int, shape (m,)
        How many make it.
    cost : ndarray, shape (m,)
        Cost of all of them.
    optimal, rounding_bound, solver, nodes, arcs
        As in `SubstitutionPlan`.
    """

    origin: IntArray
    family: IntArray
    destination: IntArray
    to_family: IntArray
    people: IntArray
    cost: FloatArray
    optimal: bool
    rounding_bound: float
    solver: str
    nodes: int
    arcs: int

    @classmethod
    def of(
        cls,
        changes: Changes,
        people: IntArray,
        *,
        optimal: bool,
        rounding_bound: float,
        solver: str,
        size: tuple[int, int],
    ) -> "Settled":
        """Return what is found where `people` make each of the changes."""
        used = np.flatnonzero(people)
        out, into, count = changes.out[used], changes.into[used], people[used]
        return cls(
            changes.members[changes.giving[0][out]],
            changes.giving[1][out],
            changes.members[changes.short[0][into]],
            changes.short[1][into],
            count,
            count * changes.cost[used],
            optimal,
            rounding_bound,
            solver,
            *size,
        )


@dataclass(frozen=True, eq=False)
class SubstitutionPlan:
    """Who changes post, and what that fills.

    Attributes
    ----------
    moves : DataFrame
        `origin`, `destination` (the same where the person is retrained in place), `family` (of the
        person), `to_family` (of the post), `people` and `cost` (of all of them).
    staff_after : DataFrame
        People by unit and by the family whose post they fill.
    filled, unfilled : int
        Posts that were short and are filled, and that stay short.
    cost : float
        Cost of all changes.
    optimal : bool
        Whether the plan is proved to fill as many posts as can be, at the least cost of all plans
        that do, up to `rounding_bound`.
    rounding_bound : float
        The solver's rounding of costs makes the plan at most so much more expensive.
    solver : str
        What proved it.
    nodes, arcs : int
        Size of the network; or rows and columns of the program.
    """

    moves: pd.DataFrame
    staff_after: pd.DataFrame
    filled: int
    unfilled: int
    cost: float
    optimal: bool
    rounding_bound: float
    solver: str
    nodes: int
    arcs: int

    @classmethod
    def of(cls, posts: Posts, parts: Sequence[Settled], *, solver: str) -> "SubstitutionPlan":
        """Return the plan of all parts; `solver` is named where there are none."""
        origin, family, destination, to_family, people = (
            np.concatenate([np.zeros(0, dtype=np.int64), *(getattr(part, name) for part in parts)])
            for name in ("origin", "family", "destination", "to_family", "people")
        )
        costs = np.concatenate([np.zeros(0), *(part.cost for part in parts)])
        after = posts.units.staff.copy()
        np.subtract.at(after, (origin, family), people)
        np.add.at(after, (destination, to_family), people)
        order = np.lexsort((to_family, family, destination, origin))
        units, families = posts.units.labels, posts.units.families
        moves = pd.DataFrame(
            {
                "origin": units.take(origin),
                "destination": units.take(destination),
                "family": families.take(family),
                "to_family": families.take(to_family),
                "people": people,
                "cost": costs,
            }
        )
        filled = int(people.sum())
        return cls(
            moves.iloc[order].reset_index(drop=True),
            posts.units.frame(after),
            filled,
            int(posts.shortage.sum()) - filled,
            float(costs.sum()),
            all(part.optimal for part in parts),
            sum(part.rounding_bound for part in parts),
            " and ".join(sorted({part.solver for part in parts})) or solver,
            sum(part.nodes for part in parts),
            sum(part.arcs for part in parts),
        )
