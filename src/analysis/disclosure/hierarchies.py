"""A dimension as a tree: which label is the total of which others."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.arrays import IntArray
from analysis.disclosure.identities import shown
from analysis.errors import DataError
from analysis.messages import some
from analysis.totals import names_a_total

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Tree:
    """The labels of a dimension and which one each is counted under.

    Attributes
    ----------
    dimension : str
    labels : tuple
        Labels, each once; None is a total that no row bears.
    parents : ndarray of int, shape (n,)
        Position of the label each is counted under; -1 for the total of all.
    """

    dimension: str
    labels: tuple[Hashable, ...]
    parents: IntArray

    @cached_property
    def positions(self) -> dict[Hashable, int]:
        """Where each label stands."""
        return {label: position for position, label in enumerate(self.labels)}

    @property
    def root(self) -> Hashable:
        """The label of the total of all, or None if no row bears it."""
        return self.labels[int(np.flatnonzero(self.parents < 0)[0])]


def tree_of(
    column: "pd.Series[Any]", hierarchy: "Mapping[Any, Any] | pd.Series[Any] | None"
) -> Tree:
    """Return the tree of a dimension's labels.

    Rule: with a hierarchy, each label is counted under its parent, of any depth, and labels
    without one under the total of all: the only such label, or the one named so (Jumlah, Total,
    Indonesia). Without a hierarchy all labels are counted under the one named so. Where none is,
    the total of all is not published.

    Parameters
    ----------
    column : Series
        Labels of the rows; its name is the dimension.
    hierarchy : mapping or Series, optional
        Parent of each label that has one.

    Raises
    ------
    DataError
        If a label is missing, is not in the hierarchy or lies under itself, or two labels are
        named as the total.

    Examples
    --------
    >>> import pandas as pd
    >>> tree = tree_of(pd.Series(["Total", "Aceh", "Sabang"], name="region"),
    ...                {"Sabang": "Aceh", "Aceh": "Total"})
    >>> tree.labels, tree.parents.tolist()
    (('Aceh', 'Sabang', 'Total'), [2, 0, -1])
    """
    name = str(column.name)
    if column.isna().any():
        rows = column.index[column.isna()]
        raise DataError(
            f"{name}: the label is missing in rows {some(rows)}. Write it; a total is named "
            "Jumlah or Total, or given by hierarchies."
        )
    used = set(column.unique())
    above: dict[Hashable, Hashable] = {} if hierarchy is None else dict(hierarchy.items())
    _refuse_circles(above, name)
    known = used | {parent for label in used for parent in _ancestors(label, above)}
    if hierarchy is not None:
        _refuse_strangers(used, above, name)
    tops = {label for label in known if above.get(label) is None}
    labels = tuple(sorted(known, key=lambda label: (str(label), str(type(label)))))
    top = _total(tops, name)
    if top is None:
        labels = (*labels, None)
    if len(set(map(str, labels))) < len(labels):
        raise DataError(
            f"{name}: some labels occur as a number and as text. Read codes as text throughout."
        )
    positions = {label: position for position, label in enumerate(labels)}
    parents = np.array(
        [-1 if label == top else positions[above.get(label, top)] for label in labels],
        dtype=np.int64,
    )
    return Tree(name, labels, parents)


def _total(tops: set[Hashable], name: str) -> Hashable:
    if len(tops) == 1:
        return next(iter(tops))
    named = sorted(str(label) for label in tops if names_a_total(label))
    if len(named) > 1:
        raise DataError(
            f"{name}: {some(map(shown, named))} are all named as totals. Say by "
            "hierarchies which is counted under which."
        )
    return next((label for label in tops if names_a_total(label)), None)


def _ancestors(label: Hashable, above: Mapping[Hashable, Hashable]) -> list[Hashable]:
    found = []
    while (parent := above.get(label)) is not None:
        found.append(parent)
        label = parent
    return found


def _refuse_circles(above: Mapping[Hashable, Hashable], name: str) -> None:
    settled: set[Hashable] = set()
    for start in above:
        label, path = start, set()
        while label is not None and label not in settled:
            if label in path:
                raise DataError(
                    f"hierarchies, {name}: {shown(label)} lies under itself. Each label is "
                    "counted under another; leave the total of all out."
                )
            path.add(label)
            label = above.get(label)
        settled |= path


def _refuse_strangers(used: set[Any], above: Mapping[Hashable, Hashable], name: str) -> None:
    placed = set(above) | set(above.values())
    strangers = sorted(
        str(label) for label in used if label not in placed and not names_a_total(label)
    )
    if strangers:
        raise DataError(
            f"hierarchies, {name}: {some(map(shown, strangers))} of the table is not in it. "
            "Give every label the one it is counted under."
        )
