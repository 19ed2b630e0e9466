r"""The best changes as a flow at least cost, where the limits nest.

    source -> unit left -> post with a surplus -> short post -> unit entered -> sink

A flow is integral by construction (Ford and Fulkerson 1962) as long as the limits nest. One kind
does not: a cap on those who *move away* from a unit where people of several families may also be
retrained in place, since `move + retrain <= surplus` of a family and `move of all families <= cap`
overlap without either containing the other (and likewise for those who enter). The constraint
matrix then has subdeterminants of 2 and no network has it: see `coupled`.

References
----------
Ford, L. R. and Fulkerson, D. R. (1962). Flows in Networks. Princeton University Press.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError
from analysis.redistribution.families.changes import Changes, Positions
from analysis.redistribution.families.substitution_plan import Settled
from analysis.redistribution.flows.whole_costs import whole_costs

NETWORK = "OR-Tools minimum-cost flow"


@dataclass(frozen=True, eq=False)
class _Side:
    """The network between the source (or the sink) and the posts.

    Attributes
    ----------
    stay, move : ndarray of int, shape (k,)
        Node of each post for changes in place, and for moves to or from other units.
    near, far, most : ndarray of int
        Arcs: the end nearer to the source (or sink), the other, and the capacity.
    nodes : int
        Number of the next node.
    """

    stay: IntArray
    move: IntArray
    near: IntArray
    far: IntArray
    most: IntArray
    nodes: int

    @classmethod
    def of(
        cls,
        root: int,
        first: int,
        people: IntArray,
        unit: IntArray,
        cap: IntArray,
        retrained: Positions,
    ) -> "_Side | None":
        """Return one side of the network; nodes are numbered from `first`.

        A cap that binds is put before the posts of a unit without retraining, or between post and
        moves where there is only one post or nobody may move; None where it can be put nowhere.
        `retrained` are the posts that people are retrained from, or for, in place.
        """
        n, k = cap.size, people.size
        retrains = np.bincount(retrained, minlength=k) > 0
        tight = cap < np.bincount(unit, weights=people, minlength=n)
        mixed = np.bincount(unit, weights=retrains, minlength=n) > 0
        several = (np.bincount(unit, minlength=n) > 1) & (cap > 0)
        if (tight & mixed & several).any():
            return None
        by_post, by_unit = (tight & mixed)[unit], (tight & ~mixed)[unit]
        stay = first + np.arange(k)
        move = stay.copy()
        move[by_post] = first + k + np.arange(np.count_nonzero(by_post))
        nodes = first + k + int(np.count_nonzero(by_post))
        units = np.unique(unit[by_unit])
        hub = np.full(n, root)
        hub[units] = nodes + np.arange(units.size)
        arcs = [
            (np.full(units.size, root), hub[units], cap[units]),
            (hub[unit], stay, people),
            (stay[by_post], move[by_post], np.minimum(cap[unit], people)[by_post]),
        ]
        near, far, most = (np.concatenate(parts) for parts in zip(*arcs, strict=True))
        return cls(stay, move, near, far, most, nodes + units.size)


@dataclass(frozen=True, eq=False)
class Network:
    """Changes and the limits on them, as a network."""

    changes: Changes
    _left: _Side
    _right: _Side

    @classmethod
    def of(cls, changes: Changes) -> "Network | None":
        """Return the network; None where the limits do not nest."""
        here = changes.in_place
        left = _Side.of(0, 2, changes.spare, changes.giving[0], changes.leaving, changes.out[here])
        right = left and _Side.of(
            1, left.nodes, changes.missing, changes.short[0], changes.arriving, changes.into[here]
        )
        return cls(changes, left, right) if left and right else None

    def solve(self, budget: int, unfilled: FloatArray | None = None) -> Settled:
        """Return the best changes of at most `budget` people; see `plan_with_substitution`.

        Where prices of posts left short differ by family, a change counts what is dearest less
        what its own post would cost, and who goes nowhere the dearest.
        """
        changes, left, right = self.changes, self._left, self._right
        here, out, into = changes.in_place, changes.out, changes.into
        total = min(int(changes.spare.sum()), int(changes.missing.sum()), budget)
        costs = changes.cost
        if unfilled is not None:
            dearest = float(unfilled.max())
            costs = np.append(costs + (dearest - unfilled[changes.short[1][into]]), dearest)
        whole, _, error = whole_costs(costs, right.nodes, None)
        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            np.where(here, left.stay[out], left.move[out]).astype(np.int32),
            np.where(here, right.stay[into], right.move[into]).astype(np.int32),
            changes.most,
            whole[: out.size],
        )
        for near, far, most in (
            (left.near, left.far, left.most),
            (right.far, right.near, right.most),
        ):
            solver.add_arcs_with_capacity_and_unit_cost(
                near.astype(np.int32), far.astype(np.int32), most, np.zeros_like(most)
            )
        if unfilled is not None:
            solver.add_arc_with_capacity_and_unit_cost(0, 1, total, int(whole[-1]))
        solver.set_node_supply(0, total)
        solver.set_node_supply(1, -total)
        status = solver.solve_max_flow_with_min_cost()
        if status != solver.OPTIMAL:
            raise DomainError(
                f"The solver refuses the network ({status.name}). The numbers of people are too "
                "large."
            )
        people = solver.flows(arcs).astype(np.int64)
        return Settled.of(
            changes,
            people,
            optimal=True,
            rounding_bound=2.0 * error * total,
            solver=NETWORK,
            size=(right.nodes, solver.num_arcs()),
        )
