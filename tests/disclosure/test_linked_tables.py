"""Tables of one run under an attacker who shares no code with what protects and audits them.

He keys each cell by its labels, writes down which cells add up to which, that people are whole and
that no hidden cell is empty, and asks an integer program for the bounds of each.
"""

import itertools

import numpy as np
import pytest
from scipy import optimize, sparse
from small_tables import with_totals

from analysis.disclosure import Design, Table, audit, protect_together
from analysis.errors import DisclosureError

NAMES = ("region", "sex", "kind")
PAIRS = list(itertools.combinations(range(3), 2))


def key_of(names, labels):
    return frozenset((n, label) for n, label in zip(names, labels, strict=True) if label != "Total")


class Attacker:
    """Bounds of the cells of published frames, by the names of their dimensions."""

    def __init__(self, frames):
        self.place, self.least, self.most, rows = {}, [], [], []
        for names, frame in frames.items():
            cells = list(frame[list(names)].itertuples(index=False, name=None))
            for cell, people, status in zip(cells, frame["people"], frame["status"], strict=True):
                own = self._cell(key_of(names, cell))
                if status == "published":
                    self.least[own] = self.most[own] = people
                elif self.most[own] == np.inf:
                    self.least[own] = 1
            for cell in cells:
                for axis in range(len(names)):
                    if cell[axis] == "Total":
                        parts = [
                            part
                            for part in cells
                            if part[axis] != "Total"
                            and part[:axis] + part[axis + 1 :] == cell[:axis] + cell[axis + 1 :]
                        ]
                        signs = [(cell, 1.0), *((part, -1.0) for part in parts)]
                        rows.append([(self._cell(key_of(names, c)), sign) for c, sign in signs])
        matrix = sparse.lil_array((len(rows), len(self.place)))
        for row, terms in enumerate(rows):
            for column, sign in terms:
                matrix[row, column] += sign
        self.adds_up = optimize.LinearConstraint(matrix.tocsr(), 0, 0)

    def _cell(self, key):
        if key not in self.place:
            self.place[key] = len(self.place)
            self.least.append(0.0)
            self.most.append(np.inf)
        return self.place[key]

    def bounds(self, key):
        ends = []
        for sign in (1.0, -1.0):
            costs = np.zeros(len(self.place))
            costs[self.place[key]] = sign
            answer = optimize.milp(
                costs,
                integrality=np.ones(costs.size),
                bounds=optimize.Bounds(self.least, self.most),
                constraints=self.adds_up,
            )
            ends.append(sign * answer.fun if answer.status == 0 else np.inf)
        return tuple(ends)


def run_of(seed, pairs):
    """Return tables of two dimensions each, with the same few people."""
    rng = np.random.default_rng(seed)
    shape = rng.integers(2, 5, size=3)
    people = rng.poisson(rng.choice([0.7, 1.5, 3.0, 6.0]), size=shape)
    tables = {}
    for pair in pairs:
        names = tuple(NAMES[axis] for axis in pair)
        counts = people.sum(axis=({0, 1, 2} - set(pair)).pop())
        tables["-".join(names)] = Table(with_totals(counts, names), Design(names, "people"))
    return tables


@pytest.mark.parametrize("pairs", [PAIRS[:1], PAIRS[:2], PAIRS], ids=["one", "two", "three"])
@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(s, marks=pytest.mark.exhaustive) for s in range(4, 60))]
)
def test_the_audit_finds_what_an_integer_program_finds_and_no_small_cell_is_told(seed, pairs):
    tables = run_of(seed, pairs)
    try:
        protected = protect_together(tables)
    except DisclosureError:
        pytest.skip("nothing of these few people can be published")
    found = audit(protected)
    assert found["safe"].all()
    attacker = Attacker({t.design.dimensions: protected[name] for name, t in tables.items()})
    for name, table in tables.items():
        frame, own = protected[name], found[found["table"] == name]
        names = table.design.dimensions
        hidden = frame[frame["status"] != "published"]
        cells = hidden[list(names)].itertuples(index=False, name=None)
        said = own[["lower", "upper"]].itertuples(index=False, name=None)
        for cell, bounds, status in zip(cells, said, hidden["status"], strict=True):
            low, high = attacker.bounds(key_of(names, cell))
            assert (low, high) == bounds, (name, cell)
            assert status == "secondary" or high - low >= table.design.minimum, (name, cell)


def test_the_attacker_finds_what_a_table_protected_alone_gives_away():
    tables = run_of(3, PAIRS)
    alone = {n: protect_together({n: table})[n] for n, table in tables.items()}
    attacker = Attacker({t.design.dimensions: alone[name] for name, t in tables.items()})
    narrow = [
        high - low
        for name, table in tables.items()
        for cell in alone[name]
        .query("status == 'primary'")[list(table.design.dimensions)]
        .itertuples(index=False, name=None)
        for low, high in [attacker.bounds(key_of(table.design.dimensions, cell))]
    ]
    assert min(narrow) < 5
    assert not audit(alone)["safe"].all()
