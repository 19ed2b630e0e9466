"""A forest held as one array of parents, walked level by level."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, IntArray

_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, eq=False)
class Forest:
    """Nodes 0 to n - 1 and the parent of each.

    Parameters
    ----------
    parent : ndarray of int, shape (n,)
        Position of the parent, -1 at a root.
    """

    parent: IntArray

    @cached_property
    def levels(self) -> tuple[IntArray, ...]:
        """Nodes by depth, roots first; what hangs on a cycle is in none of them."""
        order = np.argsort(self.parent, kind="stable")
        ends = np.searchsorted(self.parent[order], np.arange(-1, self.parent.size), side="right")
        found, level = [], order[: ends[0]]
        while level.size:
            found.append(level)
            counts = ends[level + 1] - ends[level]
            first = np.repeat(ends[level] - np.cumsum(counts) + counts, counts)
            level = order[first + np.arange(first.size)]
        return tuple(found)

    @cached_property
    def depth(self) -> IntArray:
        """Nodes on the way from a node to its root, itself included; 0 on a cycle."""
        depth = np.zeros(self.parent.size, dtype=np.int64)
        for number, level in enumerate(self.levels, start=1):
            depth[level] = number
        return depth

    def nearest(self, those: BoolArray) -> IntArray:
        """Return the nearest of `those` nodes at or above each node, -1 where there is none."""
        found = np.where(those, np.arange(those.size), -1)
        for level in self.levels[1:]:
            without = level[~those[level]]
            found[without] = found[self.parent[without]]
        return found

    def above(self, found: IntArray) -> IntArray:
        """Return what `nearest` found for the parent of each node, -1 at roots."""
        return np.where(self.parent < 0, -1, found[self.parent])

    def along(self, x: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Return the sum of `x` over each node and all above it."""
        total = x.copy()
        for level in self.levels[1:]:
            total[level] += total[self.parent[level]]
        return total

    def cycle(self) -> IntArray:
        """Return the nodes of one cycle, each followed by its parent; empty if there is none."""
        lost = np.flatnonzero(self.depth == 0)
        if lost.size == 0:
            return lost
        node, walked = int(lost[0]), dict[int, int]()
        while node not in walked:
            walked[node] = len(walked)
            node = int(self.parent[node])
        return np.array(list(walked)[walked[node] :], dtype=np.int64)
