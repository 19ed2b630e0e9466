"""Who borders on whom: from a table of pairs, with islands joined to the unit nearest to them."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, IntArray, as_matrix
from analysis.errors import DomainError, ParameterError
from analysis.labels import (
    Labels,
    align_matrix,
    as_items,
    positions_of,
    require_unique,
)
from analysis.messages import some

Neighbours = npt.ArrayLike | pd.DataFrame | Mapping[Hashable, Iterable[Hashable]]
Lists = dict[Hashable, tuple[Hashable, ...]]


def neighbours_from_pairs(
    left: Iterable[Hashable], right: Iterable[Hashable], units: Iterable[Hashable]
) -> Lists:
    """Return for each unit the units that it shares a border with.

    Parameters
    ----------
    left, right : iterables of labels
        The two units of each border, which stands in the table once, in either order.
    units : iterable of labels
        All units, in the order that is wanted; one that no pair names has no neighbours.

    Returns
    -------
    dict
        As `spatial_autocorrelation` takes it; neighbours in the order of `units`.

    Raises
    ------
    DomainError
        If a pair names what is no unit, or a unit beside itself, or stands there twice.

    Examples
    --------
    >>> neighbours_from_pairs(["A", "B"], ["B", "C"], ["A", "B", "C", "D"])
    {'A': ('B',), 'B': ('A', 'C'), 'C': ('B',), 'D': ()}
    """
    labels: Labels[Any] = pd.Index(as_items(units, what="units"), dtype=object, tupleize_cols=False)
    require_unique(labels, what="units")
    a = positions_of(left, labels, what="neighbours, left")
    b = positions_of(right, labels, what="neighbours, right")
    if a.size != b.size:
        raise DomainError(f"neighbours: {a.size} units on the left but {b.size} on the right.")
    if (a == b).any():
        raise DomainError(f"neighbours: {some(labels[a[a == b]])} borders on itself. Drop the row.")
    pairs = pd.DataFrame({"low": np.minimum(a, b), "high": np.maximum(a, b)})
    if pairs.duplicated().any():
        twice = pairs[pairs.duplicated()]
        shown = [f"{labels[i]} and {labels[j]}" for i, j in twice.itertuples(index=False)]
        raise DomainError(f"neighbours: {some(shown)} stand there twice. Keep one row.")
    return _lists(labels, a, b)


def joined_to_nearest(
    neighbours: Mapping[Hashable, Iterable[Hashable]], distance: pd.DataFrame
) -> Lists:
    """Return the neighbours, with each unit that has none joined to the unit nearest to it.

    Both name each other then. Of several that are equally near, the first is taken.

    Parameters
    ----------
    neighbours : mapping
        The neighbours of each unit, both ways round, such as `neighbours_from_pairs` makes them.
    distance : DataFrame, shape (n, n)
        Distance between any two units, both labelled, such as `great_circle` makes it.

    Returns
    -------
    dict

    Raises
    ------
    DomainError
        If the units of both differ, or a distance is missing or negative.

    Examples
    --------
    >>> near = pd.DataFrame([[0, 1, 9], [1, 0, 5], [9, 5, 0]], [*"ABC"], [*"ABC"])
    >>> joined_to_nearest({"A": ["B"], "B": ["A"], "C": []}, near)
    {'A': ('B',), 'B': ('A', 'C'), 'C': ('B',)}
    """
    labels: Labels[Any] = pd.Index(list(neighbours), dtype=object, tupleize_cols=False)
    what = "joined_to_nearest"
    linked = _from_lists(neighbours, labels, labels.size, f"{what}, neighbours")
    aligned = align_matrix(distance, labels, labels, what=f"{what}, distance", to="the neighbours")
    away = np.array(as_matrix(aligned, linked.shape, what=f"{what}, distance"))
    if not (away >= 0).all():
        raise DomainError(f"{what}, distance: expected numbers >= 0. Fill in those that lack.")
    np.fill_diagonal(away, np.inf)
    alone = np.flatnonzero(~linked.any(axis=1))
    linked[alone, away[alone].argmin(axis=1)] = True
    linked |= linked.T
    return _lists(labels, *np.nonzero(np.triu(linked)))


def neighbours_among(
    neighbours: Mapping[Hashable, Iterable[Hashable]], units: Iterable[Hashable]
) -> Lists:
    """Return the neighbours of some units, and among them only those that are of these units.

    Parameters
    ----------
    neighbours : mapping
        The neighbours of each unit, such as `neighbours_from_pairs` makes them.
    units : iterable of labels
        Those to keep, in the order that is wanted.

    Raises
    ------
    DomainError
        If a unit is not listed.

    Examples
    --------
    >>> neighbours_among({"A": ["B"], "B": ["A", "C"], "C": ["B"]}, ["C", "B"])
    {'C': ('B',), 'B': ('C',)}
    """
    kept = as_items(units, what="neighbours_among, units")
    known: Labels[Any] = pd.Index(list(neighbours), dtype=object, tupleize_cols=False)
    positions_of(kept, known, what="neighbours_among, units")
    wanted = set(kept)
    return {unit: tuple(other for other in neighbours[unit] if other in wanted) for unit in kept}


def _lists(labels: "Labels[Any]", a: IntArray, b: IntArray) -> Lists:
    found: list[list[int]] = [[] for _ in labels]
    for i, j in zip(a.tolist(), b.tolist(), strict=True):
        found[i].append(j)
        found[j].append(i)
    return {unit: tuple(labels[sorted(others)]) for unit, others in zip(labels, found, strict=True)}


def as_linked(
    neighbours: Neighbours, labels: "pd.Index[Any] | None", n: int, name: str
) -> BoolArray:
    """Return who has whom for a neighbour, shape (n, n); nobody has itself, somebody has one."""
    what = f"{name}, neighbours"
    if isinstance(neighbours, Mapping | pd.DataFrame) and labels is None:
        raise ParameterError(
            f"{what}: neighbours are named by label, but the values have none. Pass the values as "
            "a Series or dict, or neighbours as an array in the order of the values."
        )
    if labels is not None:
        require_unique(labels, what=name)
    if isinstance(neighbours, Mapping):
        linked = _from_lists(neighbours, labels, n, what)
    else:
        matrix = align_matrix(neighbours, labels, labels, what=what, to="the values")
        flags = np.asarray(matrix)
        numbers = flags.astype(np.float64) if flags.dtype == np.bool_ else matrix
        checked = as_matrix(numbers, (n, n), what=what)
        if not np.isin(checked, (0.0, 1.0)).all():
            raise DomainError(f"{what}: expected 1 for neighbours and 0 for others. Binarise it.")
        linked = checked == 1.0
    if linked.diagonal().any():
        raise DomainError(f"{what}: a unit is its own neighbour. Set the diagonal to zero.")
    if not linked.any():
        raise DomainError(f"{what}: nobody has a neighbour.")
    return linked


def _from_lists(
    lists: Mapping[Hashable, Iterable[Hashable]], labels: Any, n: int, what: str
) -> BoolArray:
    unnamed = [unit for unit in labels if unit not in lists]
    if unnamed:
        raise DomainError(
            f"{what}: {some(unnamed)} is not listed. Give every unit a list, empty if need be."
        )
    named = {unit: as_items(lists[unit], what=f"{what} of {unit}") for unit in lists}
    owners = positions_of(list(lists), labels, what=what)
    sizes = [len(others) for others in named.values()]
    flat = [other for others in named.values() for other in others]
    found = labels.get_indexer(pd.Index(flat, dtype=object, tupleize_cols=False))
    if (found < 0).any():
        for unit, others in named.items():  # says of which unit they are named
            positions_of(others, labels, what=f"{what} of {unit}")
    linked = np.zeros((n, n), dtype=np.bool_)
    linked[np.repeat(owners, sizes), found] = True
    return linked


def arcs(linked: BoolArray) -> tuple[IntArray, IntArray]:
    """Return the two ends of every arc, both ways round."""
    left, right = np.nonzero(linked)
    return left.astype(np.int64), right.astype(np.int64)
