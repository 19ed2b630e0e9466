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

Where a post asks for `e` of the `d` JP from trainings of its own kinds, these kinds come first, and
who still lacks more than ``d - e`` after the last of them goes no further.

References
----------
Valério de Carvalho, J. M. (1999). Exact solution of bin-packing problems using column generation
and branch-and-bound. Annals of Operations Research 86, 629-659.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

import numpy as np
from scipy import sparse

from analysis.arrays import FloatArray, IntArray
from analysis.competence.programme.catalogue import Catalogue

GRAIN = 6
"""Decimals of JP that are told apart."""


@dataclass(frozen=True, eq=False)
class Group:
    """People of a region to whom the same trainings are open and count for the same.

    Attributes
    ----------
    own, rest : ndarray of int
        Rows of the catalogue open to them that are of the kinds which their post asks for, and of
        others.
    lacking, asked : ndarray of float
        For each group of people: JP that they lack, and how many of them must be of these kinds.
    people, numbers : ndarray of int
        How many they are, and the numbers of the groups.
    """

    own: IntArray
    rest: IntArray
    lacking: FloatArray
    asked: FloatArray
    people: IntArray
    numbers: IntArray


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


def network_of(groups: list[Group], catalogue: Catalogue) -> Network:
    """Return the network of regions.

    Parameters
    ----------
    groups : list of Group
        Regions, or parts of them.
    catalogue : Catalogue
    """
    arcs, people, left = [], [], []
    nodes = size = 0
    for group in groups:
        order, ways = ways_of(group.own, group.rest, group.lacking, group.asked, catalogue)
        start, end, kind, taken = ways.arcs
        row = np.append(order, -1)[kind]  # what takes nothing has the kind -1
        arcs.append(np.stack([start + nodes, np.where(end < 0, -1, end + nodes), row, taken]))
        people.append(np.bincount(ways.starts, group.people, minlength=ways.nodes))
        left.append(ways.left + size)
        nodes, size = nodes + ways.nodes, size + start.size
    start, end, row, taken = np.concatenate(arcs, axis=1)
    arrives = np.flatnonzero(end >= 0)
    at = np.concatenate([start, end[arrives]])
    arc = np.concatenate([np.arange(size), arrives])
    sign = np.concatenate([np.ones(size), -np.ones(arrives.size)])
    return Network(
        sparse.csr_array((sign, (at, arc)), shape=(nodes, size)),
        np.concatenate(people).astype(np.int64),
        row,
        taken,
        np.concatenate(left),
        np.concatenate([group.numbers for group in groups]),
    )


def ways_of(
    own: IntArray, rest: IntArray, lacking: FloatArray, asked: FloatArray, catalogue: Catalogue
) -> tuple[IntArray, "Ways"]:
    """Return rows of the catalogue in their order, and the network through them.

    Parameters are the attributes of a `Group`.
    """
    order = np.concatenate([rows[np.lexsort((rows, -catalogue.jp[rows]))] for rows in (own, rest)])
    lacking = raised(lacking, catalogue, order)
    if not own.size:
        lacking = np.where(asked > 0, np.inf, lacking)
    spare = np.where(asked > 0, np.round(lacking - asked, GRAIN), np.inf)
    ways = _ways(
        tuple(catalogue.jp[order].tolist()),
        tuple(catalogue.most[order].tolist()),
        tuple(zip(lacking.tolist(), spare.tolist(), strict=True)),
        own.size,
    )
    return order, ways


@dataclass(frozen=True, eq=False)
class Ways:
    """The network of one region, whatever its people, places and prices.

    Attributes
    ----------
    nodes : int
    arcs : ndarray of int, shape (4, arcs)
        Start, end (-1: has arrived), kind (-1: nothing is taken) and places.
    starts, left : ndarray of int
        For each lack the node where its people begin, and the arc of those not reached.
    """

    nodes: int
    arcs: IntArray
    starts: IntArray
    left: IntArray


@lru_cache(maxsize=64)
def _ways(
    jp: tuple[float, ...], most: tuple[int, ...], lacks: tuple[tuple[float, float], ...], own: int
) -> Ways:
    """Return the network through kinds in this order; many regions have the same.

    A node is a kind, what is lacking before it and, up to the last of the first `own` kinds, what
    may be lacking after that: JP that trainings of other kinds may give.
    """
    more = np.append(np.cumsum(np.multiply(jp, most)[::-1])[::-1][1:], 0.0) + 10.0**-GRAIN
    arcs: list[tuple[int, int, int, int]] = []
    layer = sorted({lack for lack in lacks if isfinite(lack[0])})
    node = {(0, *lack): at for at, lack in enumerate(layer)}
    for k, hours in enumerate(jp):
        following: dict[tuple[float, float], None] = {}
        for value, spare in layer:
            for m in range(most[k] + 1):
                after = max(0.0, round(value - m * hours, GRAIN))
                if after > more[k] or (k + 1 == own and after > spare + 10.0**-GRAIN):
                    continue  # what comes is not enough
                end = -1
                if after > 0:
                    beyond = spare if k + 1 < own else np.inf
                    following[after, beyond] = None
                    end = node.setdefault((k + 1, after, beyond), len(node))
                arcs.append((node[k, value, spare], end, k if m else -1, m))
                if after == 0:
                    break  # more would be taken for nothing
        layer = list(following)
    starts = [node.setdefault((0, *lack), len(node)) for lack in lacks]
    left = len(arcs) + np.arange(len(starts))
    arcs += [(start, -1, -1, 0) for start in starts]
    return Ways(len(node), np.array(arcs, dtype=np.int64).T, np.array(starts), left)


def raised(lacking: FloatArray, catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Return for each lack the least sum of JP that is enough, infinite where there is none."""
    sums = np.zeros(1)
    top = float(lacking.max(initial=0.0))
    for row in rows.tolist():
        steps = np.arange(int(catalogue.most[row]) + 1) * catalogue.jp[row]
        sums = np.unique(np.round(np.add.outer(sums, steps), GRAIN))
        above = np.flatnonzero(sums >= top)[1:]
        sums = np.delete(sums, above)
    at = np.searchsorted(sums, lacking - 10.0**-GRAIN)
    return np.append(sums, np.inf)[at]
