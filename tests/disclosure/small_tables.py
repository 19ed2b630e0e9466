"""Small tables, and attackers who try everything: written without the code under test."""

import itertools

import numpy as np
import pandas as pd
from scipy.optimize import linprog


def with_totals(leaves, names=("region", "sex", "kind")):
    """Return a long table of an array of counts, with a label Total in each dimension."""
    full = np.asarray(leaves)
    for axis in range(full.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    names = list(names[: full.ndim])
    rows = []
    for place in np.ndindex(full.shape):
        labels = [
            "Total" if i == size - 1 else f"{name[0]}{i}"
            for name, i, size in zip(names, place, full.shape, strict=True)
        ]
        rows.append([*labels, int(full[place])])
    return pd.DataFrame(rows, columns=[*names, "people"])


def membership(frame, dimensions):
    """Return the leaves, and for each row which of them it adds up, as a matrix of 0 and 1."""
    labels = [[x for x in frame[d].unique() if x != "Total"] for d in dimensions]
    leaves = list(itertools.product(*labels))
    rows = [
        [all(own in ("Total", at) for own, at in zip(row, leaf, strict=True)) for leaf in leaves]
        for row in frame[list(dimensions)].itertuples(index=False, name=None)
    ]
    return leaves, np.array(rows, dtype=float)


def all_tables(adds, values, published, *, most):
    """Return every table of whole people, leaf by leaf, that agrees with the published rows."""
    n = adds.shape[1]
    tops = np.full(n, float(most))
    for row, value in zip(adds[published], values[published], strict=True):
        tops = np.where(row > 0, np.minimum(tops, value), tops)
    partial = np.zeros((1, 0))
    for leaf in range(n):
        options = np.arange(tops[leaf] + 1)
        partial = np.concatenate(
            [np.repeat(partial, options.size, axis=0), np.tile(options, len(partial))[:, None]],
            axis=1,
        )
        sums = partial @ adds[published][:, : leaf + 1].T
        complete = adds[published][:, leaf + 1 :].sum(axis=1) == 0
        kept = (sums <= values[published]).all(axis=1)
        kept &= (sums == values[published])[:, complete].all(axis=1)
        partial = partial[kept]
    return partial


def brute_force(frame, dimensions, hidden, *, most=40, knows=None, least=1):
    """Return the least and greatest value of every row over all tables that agree.

    As empty cells are published, no hidden one is (`least`).
    """
    _, adds = membership(frame, dimensions)
    values = frame["people"].to_numpy(dtype=float)
    known = ~hidden
    if knows is not None:
        known = known.copy()
        known[knows] = True
    tables = all_tables(adds, values, known, most=most)
    rows = tables @ adds.T
    rows = rows[(rows[:, hidden] >= least).all(axis=1)]
    return rows.min(axis=0), rows.max(axis=0)


def same_person(frame, dimensions, alone):
    """Return the rows that count the one who is alone in a row, and nobody else."""
    leaves, adds = membership(frame, dimensions)
    rows = list(frame[list(dimensions)].itertuples(index=False, name=None))
    counts = np.array([frame["people"].iloc[rows.index(leaf)] for leaf in leaves])
    seat = int(np.flatnonzero((adds[alone] > 0) & (counts > 0))[0])
    return (adds[:, seat] > 0) & (frame["people"] == 1).to_numpy()


def linear_width(adds, values, hidden, row):
    """Return the width of the interval that an attacker finds by linear programs."""
    known = ~hidden
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(
            sign * adds[row],
            A_eq=adds[known],
            b_eq=values[known],
            A_ub=-adds[hidden],
            b_ub=-np.ones(hidden.sum()),
            method="highs",
        )
        ends.append(found.fun if found.status == 0 else -np.inf)
    return -ends[1] - ends[0]


def cheapest(frame, dimensions, sensitive, costs, *, width):
    """Return the least cost of hidden rows, by trying all in the order of their cost."""
    _, adds = membership(frame, dimensions)
    values = frame["people"].to_numpy(dtype=float)
    free = np.flatnonzero(~sensitive & (values > 0))
    choices = [
        (costs[list(chosen)].sum(), chosen)
        for size in range(free.size + 1)
        for chosen in itertools.combinations(free.tolist(), size)
    ]
    for cost, chosen in sorted(choices, key=lambda choice: choice[0]):
        hidden = sensitive.copy()
        hidden[list(chosen)] = True
        if all(
            linear_width(adds, values, hidden, row) >= width - 1e-6
            for row in np.flatnonzero(sensitive)
        ):
            return cost
    return None
