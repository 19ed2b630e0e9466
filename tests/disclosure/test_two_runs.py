"""An attacker who has two runs in a row, and shares no code with what protects them.

He knows every published number of both, which add up to which, that people are whole, that no cell
is hidden that is empty, unless it was hidden before, and by how many the finest cells of both
differ, all together.
"""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, sparse

from analysis.disclosure import Design, Table, publish
from analysis.errors import DisclosureError

MINIMUM = 5
LABELS = {
    "region": [f"r{number}" for number in range(6)],
    "post": ["clerk", "doctor", "head", "nurse", "teacher"],
    "sex": ["f", "m"],
}
PAIRS = list(itertools.combinations(LABELS, 2))


def extract(rng, number):
    """Return people, few of them in some posts and regions."""
    columns = {}
    for name, labels in LABELS.items():
        weights = 0.5 ** np.arange(len(labels))
        columns[name] = rng.choice(labels, number, p=weights / weights.sum())
    return pd.DataFrame(columns)


def later(people, rng, *, left, moved):
    """Return the people after some left and others changed region."""
    stay = people.drop(index=rng.choice(people.index, left, replace=False))
    who = rng.choice(stay.index, moved, replace=False)
    stay.loc[who, "region"] = rng.choice(LABELS["region"], moved)
    return stay.reset_index(drop=True)


def counts(people):
    """Return the true number of people of each cell of all tables, by its labels but totals."""
    found = {}
    for pair in PAIRS:
        for own in itertools.product(*([*LABELS[name], None] for name in pair)):
            said = {name: label for name, label in zip(pair, own, strict=True) if label}
            rows = np.logical_and.reduce(
                [people[n] == label for n, label in said.items()] or [True]
            )
            key = tuple(said.items())
            found[key] = int(np.broadcast_to(rows, len(people)).sum())
    return found


def publication(people, run, log):
    """Return the published value of each cell, missing where it is hidden; of all tables."""
    true, tables = counts(people), {}
    for pair in PAIRS:
        rows = [
            (*(label or "Total" for label in own), true[key_of(pair, own)])
            for own in itertools.product(*([*LABELS[name], None] for name in pair))
        ]
        frame = pd.DataFrame(rows, columns=[*pair, "people"])
        tables["-".join(pair)] = Table(frame, Design(list(pair), "people", minimum=MINIMUM))
    shown = {}
    for name, found in publish(tables, run=run, log=log).items():
        pair = name.split("-")
        for *own, value, _ in found.frame.itertuples(index=False, name=None):
            labels = [None if label == "Total" else label for label in own]
            shown[key_of(pair, labels)] = None if pd.isna(value) else int(value)
    return shown


def key_of(names, labels):
    return tuple((n, label) for n, label in zip(names, labels, strict=True) if label)


class Attacker:
    """Whole numbers of people in all cells of both runs that agree with what he knows."""

    def __init__(self, shown, true):
        self.cells = [(run, key) for run in range(2) for key in shown[run]]
        place = {cell: number for number, cell in enumerate(self.cells)}
        rows, low, high = [], [], []
        for run in range(2):
            for pair in PAIRS:
                for name, other in (pair, pair[::-1]):
                    for label in (*LABELS[other], None):
                        beside = {} if label is None else {other: label}
                        total = self._key(pair, beside)
                        parts = [self._key(pair, beside | {name: own}) for own in LABELS[name]]
                        row = {place[run, total]: 1.0}
                        row |= {place[run, part]: -1.0 for part in parts}
                        rows.append(row)
                        low.append(0)
                        high.append(0)
        finest = [key for key in shown[0] if len(key) == 2]
        n = len(self.cells)
        for number, key in enumerate(finest):  # n + number is at least how far this one moved
            for sign in (1.0, -1.0):
                rows.append({place[0, key]: sign, place[1, key]: -sign, n + number: -1.0})
                low.append(-np.inf)
                high.append(0)
        rows.append(dict.fromkeys(range(n, n + len(finest)), 1.0))
        low.append(0)
        high.append(sum(abs(true[0][key] - true[1][key]) for key in finest))
        matrix = sparse.lil_array((len(rows), n + len(finest)))
        for number, row in enumerate(rows):
            for column, value in row.items():
                matrix[number, column] = value
        self.rows = optimize.LinearConstraint(matrix.tocsr(), low, high)
        known = [shown[run][key] for run, key in self.cells]
        emptied = [run == 1 and shown[0][key] is None for run, key in self.cells]
        least = [
            (0 if may else 1) if value is None else value
            for value, may in zip(known, emptied, strict=True)
        ]
        most = [np.inf if value is None else value for value in known]
        self.bounds = optimize.Bounds(
            [*least, *[0] * len(finest)], [*most, *[np.inf] * len(finest)]
        )

    @staticmethod
    def _key(pair, said):
        return key_of(pair, [said.get(name) for name in pair])

    def interval(self, cell):
        ends = []
        for sign in (1.0, -1.0):
            costs = np.zeros(self.bounds.lb.size)
            costs[self.cells.index(cell)] = sign
            answer = optimize.milp(
                costs, integrality=np.ones(costs.size), bounds=self.bounds, constraints=self.rows
            )
            unbounded = answer.status in (3, 4)
            ends.append(-np.inf if unbounded else answer.fun)
        return ends[0], -ends[1]


def attack(people, changed, *logs):
    """Return the true value and the interval of each small cell of both runs."""
    shown = [publication(people, "a", logs[0]), publication(changed, "b", logs[-1])]
    true = [counts(people), counts(changed)]
    attacker = Attacker(shown, true)
    return [
        (cell, true[run][key], *attacker.interval(cell))
        for cell in attacker.cells
        for run, key in [cell]
        if 0 < true[run][key] < MINIMUM
    ]


CASES = [(seed, left, moved) for left, moved in ((1, 0), (20, 10)) for seed in range(2)]
MANY = [(seed, left, moved) for left, moved in ((5, 5), (20, 10)) for seed in range(2, 10)]


@pytest.mark.parametrize(
    ("seed", "left", "moved"),
    [*CASES, *(pytest.param(*case, marks=pytest.mark.exhaustive) for case in MANY)],
)
def test_two_runs_together_bound_no_small_cell_within_the_minimum(seed, left, moved, tmp_path):
    rng = np.random.default_rng(seed)
    people = extract(rng, 400)
    changed = later(people, rng, left=left, moved=moved)
    try:
        found = attack(people, changed, tmp_path)
    except DisclosureError:
        assert len(list(tmp_path.iterdir())) == 1  # the second run cannot be: it is not published
        return
    assert found
    for cell, value, low, high in found:
        assert low <= value <= high, cell
        assert high - low >= MINIMUM, (cell, value, low, high)


def test_the_attacker_finds_what_runs_give_away_that_do_not_know_of_each_other(tmp_path):
    rng = np.random.default_rng(1)
    people = extract(rng, 400)
    changed = later(people, rng, left=20, moved=10)
    found = attack(people, changed, tmp_path / "a", tmp_path / "b")
    assert min(high - low for *_, low, high in found) < MINIMUM
