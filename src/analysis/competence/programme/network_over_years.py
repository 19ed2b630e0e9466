r"""Who takes what in which year, as flows through what people still lack.

Each year has the places of the catalogue anew, and asks each person for the hours that they lack of
it. What the post asks for may be made up for in any of the years of its term. In each of these
years a person passes the kinds that the post asks for first, by what is lacking of the year and of
the post; from there one unit goes on to the other kinds, by what is lacking of the year alone, as
in `analysis.competence.programme.network`, and one to the next year with what is lacking for the
post. Whoever needs nothing of a kind of their own passes the kinds of each year at once: years of
people are then independent, but for the places.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from analysis.arrays import FloatArray, IntArray
from analysis.competence.programme.catalogue import Catalogue
from analysis.competence.programme.network import GRAIN, Group, Network, raised, ways_of


@dataclass(frozen=True, eq=False)
class Flows:
    """A network over years, and what its arcs say.

    Attributes
    ----------
    network : Network
        Rows of a year are those of the catalogue, after those of the years before. `left` are arcs
        of what is not fulfilled: hours of a year, `group` its number from 0, or what a post asks
        for, `group` -1. What passes on to two nodes has two heads.
    met : ndarray of int
        Arcs by which people have what their post asks for, and `met_in` the year.
    """

    network: Network
    met: IntArray
    met_in: IntArray


@dataclass
class _Arcs:
    """Arcs that are added one after the other."""

    nodes: int = 0
    size: int = 0
    people: dict[int, int] = field(default_factory=dict)
    at: list[IntArray] = field(default_factory=list)
    arc: list[IntArray] = field(default_factory=list)
    sign: list[IntArray] = field(default_factory=list)
    row: list[IntArray] = field(default_factory=list)
    number: list[IntArray] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)
    met: list[tuple[int, int]] = field(default_factory=list)

    def node(self) -> int:
        self.nodes += 1
        return self.nodes - 1

    def start(self, node: int, people: int) -> None:
        self.people[node] = self.people.get(node, 0) + people

    def add(self, tail: int, heads: list[int], row: int = -1, number: int = 0) -> None:
        """Add an arc; what passes it arrives at each of the heads."""
        many = 1 + len(heads)
        self.at.append(np.array([tail, *heads]))
        self.arc.append(np.full(many, self.size))
        self.sign.append(np.array([1] + [-1] * len(heads)))
        self.row.append(np.array([row]))
        self.number.append(np.array([number]))
        self.size += 1

    def join(self, lacks: FloatArray, rows: IntArray, catalogue: Catalogue, year: int) -> IntArray:
        """Add the way of a year through kinds, of those who lack so much, and return its starts."""
        none = np.zeros(0, dtype=np.int64)
        order, steps = ways_of(none, rows, lacks, np.zeros(lacks.size), catalogue)
        start, end, kind, taken = steps.arcs
        on = np.flatnonzero(end >= 0)
        arcs = self.size + np.arange(start.size)
        self.at += [self.nodes + start, self.nodes + end[on]]
        self.arc += [arcs, arcs[on]]
        self.sign += [np.ones(start.size, dtype=int), -np.ones(on.size, dtype=int)]
        self.row.append(np.append(order + year * len(catalogue), -1)[kind])
        self.number.append(taken)
        self.left += [(self.size + int(arc), year) for arc in steps.left]
        starts = self.nodes + steps.starts
        self.nodes, self.size = self.nodes + steps.nodes, self.size + start.size
        return starts

    def done(self) -> Flows:
        left, met = (np.array(x, dtype=np.int64).reshape(-1, 2) for x in (self.left, self.met))
        people = np.zeros(self.nodes, dtype=np.int64)
        people[list(self.people)] = list(self.people.values())
        sign, at, arc = (np.concatenate(each) for each in (self.sign, self.at, self.arc))
        return Flows(
            Network(
                sparse.csr_array((sign.astype(float), (at, arc)), shape=(self.nodes, self.size)),
                people,
                np.concatenate(self.row),
                np.concatenate(self.number),
                left[:, 0],
                left[:, 1],
            ),
            met[:, 0],
            met[:, 1],
        )


def network_over_years(groups: list[Group], catalogue: Catalogue, years: int, term: int) -> Flows:
    """Return the network of regions over years.

    Parameters
    ----------
    groups : list of Group
        `lacking`: of each year, 0 or more.
    catalogue : Catalogue
        Of each year.
    years, term : int
        Years that are planned, and those of them in which what posts ask for is made up for.
    """
    arcs = _Arcs()
    for group in groups:
        rows = np.concatenate([group.own, group.rest])
        asks = group.asked > 0
        for year in range(years):
            plain = group.lacking > 0
            if year < term:
                plain &= ~asks
            lacks, which = np.unique(group.lacking[plain], return_inverse=True)
            if lacks.size:
                starts = arcs.join(lacks, rows, catalogue, year)
                for node, people in zip(starts[which], group.people[plain], strict=True):
                    arcs.start(int(node), int(people))
        if asks.any():
            _asking(arcs, group, catalogue, term)
    return arcs.done()


def _asking(arcs: _Arcs, group: Group, catalogue: Catalogue, term: int) -> None:
    """Add the years in which people make up for what their post asks for."""
    order = group.own[np.lexsort((group.own, -catalogue.jp[group.own]))]
    on = np.flatnonzero(group.asked > 0)
    asked = raised(group.asked[on], catalogue, np.tile(order, term))
    others: defaultdict[tuple[int, float], int] = defaultdict(arcs.node)  # by year and lack
    for lacking, ask, people in zip(group.lacking[on], asked, group.people[on], strict=True):
        begun = {float(ask): arcs.node()}
        arcs.start(begun[float(ask)], int(people))
        for year in range(term):
            following: defaultdict[float, int] = defaultdict(arcs.node)
            for before, node in begun.items():
                layer = {(float(lacking), before): node}
                for row in order.tolist():
                    layer = _through(arcs, layer, row, catalogue, year)
                for (value, rest), end in layer.items():
                    heads = [others[year, value]] if value > 0 else []
                    if year + 1 < term:
                        heads.append(following[rest])
                    elif rest > 0:
                        arcs.left.append((arcs.size, -1))
                    if before > 0 and rest == 0:
                        arcs.met.append((arcs.size, year))
                    arcs.add(end, heads)
            begun = dict(following)
    for year in range(term):
        values = np.array([value for of, value in others if of == year])
        if values.size:
            starts = arcs.join(values, group.rest, catalogue, year)
            for value, start in zip(values.tolist(), starts.tolist(), strict=True):
                arcs.add(others[year, value], [start])


def _through(
    arcs: _Arcs,
    layer: dict[tuple[float, float], int],
    row: int,
    catalogue: Catalogue,
    year: int,
) -> dict[tuple[float, float], int]:
    """Add arcs through a kind that the post asks for, and return the nodes after it."""
    found: defaultdict[tuple[float, float], int] = defaultdict(arcs.node)
    for (value, rest), node in layer.items():
        for m in range(int(catalogue.most[row]) + 1):
            hours = m * float(catalogue.jp[row])
            after = (
                max(0.0, round(value - hours, GRAIN)),
                max(0.0, round(rest - hours, GRAIN)),
            )
            arcs.add(node, [found[after]], row + year * len(catalogue) if m else -1, m)
            if after == (0.0, 0.0):
                break  # more would be taken for nothing
    return dict(found)
