"""Permitted changes of post among units whose people mix: who may go where, as what, at what cost.

A change leads from a post with people to spare to a post that is short, of the person's own family
or of one that the person may stand in for, in another unit or in the same. Units of different
groups have no changes between them, so each group is looked at by itself: memory is linear in the
changes of the largest, and none is taken by pairs of units that may not be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.redistribution.families.family_posts import Posts
from analysis.redistribution.flows.ways import Arcs, blocks

Positions = npt.NDArray[np.int32]
_Grid = tuple[IntArray, IntArray]
_NEAREST = 5  # units nearest to each, in both directions


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes among some units, in terms of those units' posts.

    Attributes
    ----------
    members : ndarray of int, shape (u,)
        Position of each unit among all.
    giving, short : tuple of ndarray of int, shape (k,) and (m,)
        Unit (position in `members`) and family of each post with people to spare, and of each that
        is short.
    spare, missing : ndarray of int, shape (k,) and (m,)
        People to spare, and people missing.
    leaving, arriving : ndarray of int, shape (u,)
        Most people who move away from each unit, and to it.
    out, into : ndarray of int32, shape (c,)
        Post in `giving` and in `short` of each change.
    cost : ndarray, shape (c,)
        Cost of one person, of the move and of the substitution.
    in_place : ndarray of bool, shape (c,)
        Whether the person stays in the unit.
    near : ndarray of bool, shape (c,)
        Whether it is in place, or among the nearest units to either.
    """

    members: IntArray
    giving: _Grid
    short: _Grid
    spare: IntArray
    missing: IntArray
    leaving: IntArray
    arriving: IntArray
    out: Positions
    into: Positions
    cost: FloatArray
    in_place: BoolArray
    near: BoolArray

    @property
    def origin(self) -> IntArray:
        """Unit (position in `members`) that the person of each change comes from."""
        return self.giving[0][self.out]

    @property
    def destination(self) -> IntArray:
        """Unit (position in `members`) that the person of each change goes to."""
        return self.short[0][self.into]

    @property
    def most(self) -> IntArray:
        """Most people who could make each change."""
        return np.minimum(self.spare[self.out], self.missing[self.into])


def by_group(posts: Posts) -> Iterator[Changes]:
    """Yield the changes of each group of units that has people to spare and posts short."""
    for pairs in _pairs(posts):
        yield _changes(posts, pairs)


def of_all(posts: Posts) -> Changes:
    """Return the changes of all groups together."""
    return _changes(posts, _Pairs(*map(np.concatenate, zip(_NONE, *_pairs(posts), strict=True))))


class _Pairs(NamedTuple):
    """Pairs of units, and units paired with themselves where people may be retrained in place."""

    tails: IntArray
    heads: IntArray
    cost: FloatArray
    near: BoolArray


_NONE = _Pairs(
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
    np.zeros(0),
    np.zeros(0, dtype=np.bool_),
)


def _pairs(posts: Posts) -> Iterator[_Pairs]:
    supply, demand = posts.surplus.sum(axis=1), posts.shortage.sum(axis=1)
    for donors, receivers in blocks(posts.ways, supply, demand):
        arcs = posts.ways.between(donors, receivers)
        both = np.intersect1d(donors, receivers)
        yield _Pairs(
            np.concatenate([arcs.tails, both]),
            np.concatenate([arcs.heads, both]),
            np.concatenate([arcs.cost, np.zeros(both.size)]),
            np.concatenate([_nearest(arcs), np.ones(both.size, dtype=np.bool_)]),
        )


def _changes(posts: Posts, pairs: _Pairs) -> Changes:
    members = np.union1d(pairs.tails, pairs.heads)
    surplus, shortage = posts.surplus[members], posts.shortage[members]
    (unit, family), (to_unit, to_family) = np.nonzero(surplus), np.nonzero(shortage)
    gives, lacks = (np.full(surplus.shape, -1, dtype=np.int32) for _ in range(2))
    gives[unit, family], lacks[to_unit, to_family] = np.arange(unit.size), np.arange(to_unit.size)
    tails, heads = (np.searchsorted(members, side) for side in (pairs.tails, pairs.heads))
    parts = []
    for f, permitted in enumerate(np.isfinite(posts.penalty)):
        giver = gives[tails, f]
        able = np.flatnonzero(giver >= 0)
        for g in np.flatnonzero(permitted).tolist():
            taker = lacks[heads[able], g]
            on, taker = able[taker >= 0], taker[taker >= 0]
            cost = pairs.cost[on] + posts.penalty[f, g]
            parts.append((giver[on], taker, cost, tails[on] == heads[on], pairs.near[on]))
    columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Changes(
        members,
        (unit, family),
        (to_unit, to_family),
        surplus[unit, family],
        shortage[to_unit, to_family],
        posts.leaving[members],
        posts.arriving[members],
        *columns,
    )


def _nearest(arcs: Arcs) -> BoolArray:
    """Return which pairs are among the cheapest of their origin or of their destination."""
    chosen = np.zeros(arcs.cost.size, dtype=np.bool_)
    for side in (arcs.row, arcs.column):
        order = np.lexsort((arcs.cost, side))
        rank = np.arange(side.size) - np.searchsorted(side[order], side[order])
        chosen[order[rank < _NEAREST]] = True
    return chosen
