r"""Who takes what, as flows through what people still lack.

The people of a region who lack as much go through the kinds of training one after the other. At
kind `k` a person who lacks `d` takes ``m`` places, ``0 <= m <= most_k``, and lacks
``max(0, d - m h_k)`` after it; who lacks nothing has arrived, and who still lacks after the last
kind is not reached and takes nothing at all. With ``x_{dkm}`` people on each such arc,

.. math:: \sum_{d, m} m\, x_{dkm} \le p_k

for the places `p` of kind `k`, and people neither appear nor vanish at a node: an arc-flow model of
a covering problem (Valério de Carvalho 1999), whose size depends on JP and kinds, not on people,
and whose relaxation is as tight as that over all combinations of trainings.

What is lacking is raised to the next sum that trainings can make: the same combinations do.

References
----------
Valério de Carvalho, J. M. (1999). Exact solution of bin-packing problems using column generation
and branch-and-bound. Annals of Operations Research 86, 629-659.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from analysis.arrays import FloatArray, IntArray
from analysis.competence.programme.catalogue import Catalogue

_GRAIN = 6


class Arc(NamedTuple):
    """People on their way: from a node to another, by some places of a row of the catalogue."""

    start: int
    end: int
    row: int
    number: int


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes and arcs of the people of some regions.

    Attributes
    ----------
    flow : sparse array, nodes by arcs
        What leaves each node minus what arrives; those who have arrived are no node.
    people : ndarray of int, by nodes
        Who starts there.
    row, number : ndarray of int, by arcs
        Row of the catalogue, -1 where nothing is taken, and places of it.
    left : ndarray of int
        Arcs of people who are not reached, and `group` which group each is of.
    """

    flow: sparse.csr_array
    people: IntArray
    row: IntArray
    number: IntArray
    left: IntArray
    group: IntArray

    def taken(self, rows: int) -> sparse.csr_array:
        """Return places taken, rows of the catalogue by arcs."""
        on = np.flatnonzero(self.row >= 0)
        shape = (rows, self.row.size)
        return sparse.csr_array((self.number[on].astype(float), (self.row[on], on)), shape=shape)

    def cost(self, price: FloatArray) -> FloatArray:
        """Return what one person on each arc costs."""
        return np.where(self.row >= 0, self.number * price[self.row], 0.0)


def network_of(
    groups: list[tuple[IntArray, FloatArray, IntArray, IntArray]], catalogue: Catalogue
) -> Network:
    """Return the network of regions.

    Parameters
    ----------
    groups : list
        For each region: the rows of the catalogue open to it, what is lacking, how many people lack
        it, and the numbers of these groups.
    catalogue : Catalogue
    """
    arcs: list[Arc] = []
    starts: list[tuple[int, int]] = []
    left: list[int] = []
    group: list[int] = []
    nodes = 0
    for rows, lacking, people, numbers in groups:
        order = rows[np.lexsort((rows, -catalogue.jp[rows]))]
        raised = _raised(lacking, catalogue, order)
        node: dict[tuple[int, float], int] = {}
        for value in np.unique(raised[np.isfinite(raised)])[::-1].tolist():
            node[0, value] = nodes + len(node)
        layer = [value for _, value in node]
        for k, row in enumerate(order.tolist()):
            jp, most = float(catalogue.jp[row]), int(catalogue.most[row])
            rest = float((catalogue.jp * catalogue.most)[order[k + 1 :]].sum())
            following: dict[float, None] = {}
            for value in layer:
                for m in range(most + 1):
                    after = max(0.0, round(value - m * jp, _GRAIN))
                    if after > rest + 10**-_GRAIN:
                        continue  # what comes is not enough
                    end = -1
                    if after > 0:
                        following[after] = None
                        end = node.setdefault((k + 1, after), nodes + len(node))
                    arcs.append(Arc(node[k, value], end, row if m else -1, m))
                    if after == 0:
                        break  # more would be taken for nothing
            layer = list(following)
        for value, n, number in zip(raised, people.tolist(), numbers.tolist(), strict=True):
            at = node.get((0, float(value)))
            if at is None:  # no combination is enough
                at = nodes + len(node)
                node[len(order) + 1 + len(node), np.inf] = at
            starts.append((at, n))
            left.append(len(arcs))
            group.append(number)
            arcs.append(Arc(at, -1, -1, 0))
        nodes += len(node)
    return _assembled(arcs, starts, left, group, nodes)


def _assembled(
    arcs: list[Arc], starts: list[tuple[int, int]], left: list[int], group: list[int], nodes: int
) -> Network:
    start, end, row, number = np.array(arcs, dtype=np.int64).reshape(-1, 4).T
    arrives = np.flatnonzero(end >= 0)
    at = np.concatenate([start, end[arrives]])
    arc = np.concatenate([np.arange(start.size), arrives])
    sign = np.concatenate([np.ones(start.size), -np.ones(arrives.size)])
    flow = sparse.csr_array((sign, (at, arc)), shape=(nodes, start.size))
    people = np.zeros(nodes, dtype=np.int64)
    for at_node, n in starts:
        people[at_node] += n
    return Network(flow, people, row, number, np.array(left), np.array(group))


def _raised(lacking: FloatArray, catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Return for each lack the least sum of JP that is enough, infinite where there is none."""
    sums = np.zeros(1)
    top = float(lacking.max(initial=0.0))
    for row in rows.tolist():
        steps = np.arange(int(catalogue.most[row]) + 1) * catalogue.jp[row]
        sums = np.unique(np.round(np.add.outer(sums, steps), _GRAIN))
        above = np.flatnonzero(sums >= top)[1:]
        sums = np.delete(sums, above)
    at = np.searchsorted(sums, lacking - 10.0**-_GRAIN)
    return np.append(sums, np.inf)[at]
