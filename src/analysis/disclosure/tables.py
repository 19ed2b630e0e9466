"""A table as it is to be published: its cells, totals included, and which add up to which."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_floats, as_frame
from analysis.disclosure.hierarchies import Tree, tree_of
from analysis.disclosure.identities import shown
from analysis.disclosure.rules import (
    Rules,
    Sensitivity,
    contributors_of,
    is_share,
    is_whole_number,
    of_counts,
    of_sums,
)
from analysis.errors import DataError, ParameterError
from analysis.messages import some

DESIGN = "disclosure"  # key of a protected frame's attrs under which its design is kept
RELATIVE = 0.10  # protection of sums that is taken where none is said
_ADDS_UP = 1e-6  # relative: published hours are rounded
_MANY = 2**62


@dataclass(frozen=True)
class Design:
    """What the columns of a table are, and by which rules it is protected.

    Parameters
    ----------
    dimensions : sequence of str
        Columns whose labels say which cell a row is. Totals are rows too.
    value : str
        Column that adds up: numbers of people, or sums such as hours. Tables of one run whose
        columns have the same name count the same people.
    minimum : int
        Least number of people in a cell that is published, and least width of the interval that
        an attacker may find for a smaller one.
    primary : str, optional
        Column of true and false that says which cells are sensitive, in place of the rules.
    contributors : sequence of str, optional
        Columns of the largest and the second largest contributor to each cell, and perhaps of
        their number; the value is then a sum, such as hours.
    hierarchies : mapping of str to mapping, optional
        For each dimension that needs it, the label under which each label is counted.
    protection : float, optional
        Share of a sensitive sum by which an attacker's bounds must miss it on both sides; given,
        the value is a sum. Sums are protected by a tenth if nothing is said.
    forced : str or sequence, optional
        Cells that a law forces to be published: a column of true and false, or their labels.
    cost : str, optional
        Column of what hiding a cell costs, >= 0; otherwise its value and one for the cell.
    granted : str or sequence, optional
        Sensitive cells, named as in `forced`, that stay hidden but may be found out: somebody
        answers for it; see `publish`.
    rules : Rules
        Further rules.
    nobody : str, optional
        Column of true and false: rows that count no people, such as vacant places. Whoever knows a
        cell since he is alone in it is in none of them.
    """

    dimensions: Sequence[str]
    value: str
    minimum: int = 5
    primary: str | None = None
    contributors: Sequence[str] | None = None
    hierarchies: Mapping[str, Any] | None = field(default=None, hash=False)
    protection: float | None = None
    forced: Any = field(default=None, hash=False)
    cost: str | None = None
    granted: Any = field(default=None, hash=False)
    rules: Rules = field(default_factory=Rules)
    nobody: str | None = None

    def __post_init__(self) -> None:
        for name in ("dimensions", "contributors"):
            given = getattr(self, name)
            if isinstance(given, str) or (given is not None and not isinstance(given, Iterable)):
                raise ParameterError(f"{name}: expected a list of columns. Write [{given!r}].")
            if given is not None:
                object.__setattr__(self, name, tuple(given))
        if not self.dimensions:
            raise ParameterError("dimensions: none given. Name the columns that say which cell.")
        if not is_whole_number(self.minimum) or self.minimum < 1:
            raise ParameterError(f"minimum: {self.minimum!r} given, a whole number >= 1 needed.")
        if self.protection is not None and not is_share(self.protection):
            raise ParameterError(
                f"protection: {self.protection!r} given, a share between 0 and 1 needed, such as "
                "0.1."
            )
        strange = set(self.hierarchies or {}) - set(self.dimensions)
        if strange:
            raise ParameterError(f"hierarchies: {some(sorted(strange))} is none of the dimensions.")

    @property
    def whole(self) -> bool:
        """Whether the value counts people; otherwise it is a sum, such as hours."""
        return self.contributors is None and self.protection is None


@dataclass(frozen=True, eq=False)
class Table:
    """A long table, one row a cell, with its design.

    Parameters
    ----------
    frame : DataFrame
        One row for each cell, totals included. A cell that has no row is empty; a total that has
        none is not published.
    design : Design
    name : str
        For messages.

    Raises
    ------
    DataError
        If a column is missing, a cell occurs twice, a value is missing, negative or no whole
        number of people, or a total is not the sum of its parts.
    """

    frame: pd.DataFrame
    design: Design
    name: str = "table"

    def __post_init__(self) -> None:
        columns = [*self.design.dimensions, self.design.value, *(self.design.contributors or ())]
        flags = (self.design.primary, self.design.cost, self.design.nobody)
        columns += [column for column in flags if column is not None]
        lacking = [column for column in columns if column not in self.frame.columns]
        if lacking:
            raise DataError(
                f"{self.name}: column {some(lacking)} is missing; there are "
                f"{some(self.frame.columns)}. Name the columns of this table."
            )
        if self.frame.empty:
            raise DataError(f"{self.name}: there are no rows. Pass the table with its totals.")
        twice = self.frame.duplicated(list(self.design.dimensions))
        if twice.any():
            raise DataError(
                f"{self.name}: {some(self.describe(self.frame[twice]))} occurs more than once. "
                "Add the rows up, or name the dimension that tells them apart."
            )

    @cached_property
    def values(self) -> FloatArray:
        """Value of each row."""
        what = f"{self.name}, {self.design.value}"
        values = as_floats(self.frame[self.design.value], what=what)
        wrong = ~np.isfinite(values) | (values < 0)
        if wrong.any():
            raise DataError(
                f"{what}: {some(self.describe(self.frame[wrong]))} is missing, negative or "
                "infinite. Protect the table before cells are hidden, from whole numbers."
            )
        if self.design.whole and (values % 1 != 0).any():
            raise DataError(
                f"{what}: {some(self.describe(self.frame[values % 1 != 0]))} is no whole number "
                "of people. If the column is a sum, such as hours, pass contributors or protection."
            )
        return values

    def flags(self, column: str) -> BoolArray:
        """Return a column of true and false."""
        given = self.frame[column]
        if given.isna().any() or not given.isin([True, False]).all():
            raise DataError(f"{self.name}, {column}: expected true or false in every row.")
        return given.to_numpy(dtype=np.bool_)

    @cached_property
    def sensitivity(self) -> Sensitivity:
        """What the rules say of each row."""
        design = self.design
        given = None if design.primary is None else self.flags(design.primary)
        if design.whole:
            return of_counts(self.values, given, minimum=design.minimum, rules=design.rules)
        largest = None
        if design.contributors is not None:
            largest = contributors_of(self.frame, design.contributors, self.values, what=self.name)
        elif given is None:
            raise ParameterError(
                f"{self.name}: which sums are sensitive? Pass contributors, the columns of the "
                "largest and the second largest of each cell, or primary, a column that says it."
            )
        return of_sums(
            self.values,
            given,
            largest,
            minimum=design.minimum,
            protection=design.protection or RELATIVE,
            rules=design.rules,
        )

    @cached_property
    def forced(self) -> BoolArray:
        """Rows that must be published."""
        return self._named(self.design.forced, "forced")

    @cached_property
    def granted(self) -> BoolArray:
        """Rows that may be found out."""
        return self._named(self.design.granted, "granted")

    def _named(self, forced: Any, what: str) -> BoolArray:
        if forced is None:
            return np.zeros(len(self.frame), dtype=np.bool_)
        if isinstance(forced, str):
            return self.flags(forced)
        dimensions = self.design.dimensions
        wanted = {cell if isinstance(cell, tuple) else (cell,) for cell in forced}
        own = list(self.frame[list(dimensions)].itertuples(index=False, name=None))
        unknown = [cell for cell in wanted if cell not in set(own)]
        if unknown:
            raise ParameterError(
                f"{self.name}, {what}: {some(map(shown, unknown))} is no cell of the table. "
                f"Give the labels of {', '.join(dimensions)}, in this order."
            )
        return np.array([cell in wanted for cell in own], dtype=np.bool_)

    @cached_property
    def costs(self) -> FloatArray:
        """What hiding each row costs."""
        if self.design.cost is None:
            return self.values + 1.0
        what = f"{self.name}, {self.design.cost}"
        costs = as_floats(self.frame[self.design.cost], what=what)
        if not (np.isfinite(costs) & (costs >= 0)).all():
            raise DataError(f"{what}: a cost is missing or negative. Give each row one, >= 0.")
        return costs

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """One tree for each dimension."""
        above = self.design.hierarchies or {}
        trees = tuple(tree_of(self.frame[d], above.get(d)) for d in self.design.dimensions)
        for tree in trees:
            if tree.dimension not in above and tree.root is None:
                self._refuse_unnamed_total(tree)
        return trees

    @cached_property
    def codes(self) -> IntArray:
        """Position of each row's label in the tree of each dimension."""
        return np.column_stack(
            [self.frame[t.dimension].map(t.positions).to_numpy(dtype=np.int64) for t in self.trees]
        )

    def describe(self, rows: pd.DataFrame) -> list[str]:
        """Return cells as text for messages, such as "region Aceh, sex F"."""
        dimensions = self.design.dimensions
        cells: Iterable[Sequence[Hashable]] = rows[list(dimensions)].itertuples(
            index=False, name=None
        )
        return [
            ", ".join(f"{d} {shown(label)}" for d, label in zip(dimensions, cell, strict=True))
            for cell in cells
        ]

    def _refuse_unnamed_total(self, tree: Tree) -> None:
        """Refuse a label that is the sum of all others everywhere, but is not called a total."""
        others = [d for d in self.design.dimensions if d != tree.dimension]
        labels = self.frame[tree.dimension].map(tree.positions).to_numpy()
        published = self.frame[self.design.value].isna().any()  # it was asked before
        if published or len(tree.labels) - 1 < 3:
            return
        slices = (
            self.frame.groupby(others, sort=False).ngroup().to_numpy()
            if others
            else np.zeros(len(self.frame), dtype=np.int64)
        )
        sums = np.zeros((slices.max() + 1, len(tree.labels)))
        np.add.at(sums, (slices, labels), self.values)
        all_of_it = sums.sum(axis=1, keepdims=True)
        total = (np.abs(2 * sums - all_of_it) <= _ADDS_UP * all_of_it).all(axis=0)
        if total.any() and all_of_it.any():
            label = tree.labels[int(np.flatnonzero(total)[0])]
            raise DataError(
                f"{self.name}, {tree.dimension}: {shown(label)} is the sum of all others but "
                f"is not named as a total. If it is one, name it Jumlah or Total, or pass "
                f"hierarchies={{{tree.dimension!r}: {{label: total, ...}}}}; if not, pass a "
                "hierarchy that says so."
            )


@dataclass(frozen=True, eq=False)
class Cells:
    """All cells of a table, with the totals it does not publish, and which adds up to which.

    Attributes
    ----------
    codes : ndarray of int, shape (n, dimensions)
        Position of each cell's label in the tree of each dimension.
    values : ndarray, shape (n,)
    rows : ndarray of int, shape (rows,)
        Which cell each row of the table is.
    parts, wholes : ndarray of int
        Pairs of a cell and the cell it is a part of.
    equation : ndarray of int
        Which equation each pair belongs to; one for each total and dimension.
    """

    codes: IntArray
    values: FloatArray
    rows: IntArray
    parts: IntArray
    wholes: IntArray
    equation: IntArray


def cells_of(table: Table) -> Cells:
    """Return all cells of a table; see `Cells`.

    Raises
    ------
    DataError
        If a total is not the sum of its parts.
    """
    found = skeleton_of(table)
    found.values[found.rows] = table.values
    add_up(found)
    _refuse_contradictions(table, found)
    return found


def skeleton_of(table: Table) -> Cells:
    """Return all cells of a table without their values, which are NaN."""
    sizes = [len(tree.labels) for tree in table.trees]
    if np.prod(np.array(sizes, dtype=np.float64)) > _MANY:
        raise DataError(f"{table.name}: too many dimensions. Publish several smaller tables.")
    strides = np.cumprod([1, *sizes[:-1]], dtype=np.int64)
    own = table.codes @ strides
    keys = _with_totals(np.sort(own), table.trees, strides)
    codes = keys[:, None] // strides % np.array(sizes)
    parts, wholes, equation = [], [], []
    for axis, tree in enumerate(table.trees):
        above = tree.parents[codes[:, axis]]
        part = np.flatnonzero(above >= 0)
        whole = np.searchsorted(keys, keys[part] + (above - codes[:, axis])[part] * strides[axis])
        parts.append(part)
        wholes.append(whole)
        equation.append(whole * len(sizes) + axis)
    return Cells(
        codes,
        np.full(keys.size, np.nan),
        np.searchsorted(keys, own),
        np.concatenate(parts),
        np.concatenate(wholes),
        np.unique(np.concatenate(equation), return_inverse=True)[1],
    )


def _with_totals(keys: IntArray, trees: tuple[Tree, ...], strides: IntArray) -> IntArray:
    """Return the keys and those of every total above them."""
    for tree, stride in zip(trees, strides.tolist(), strict=True):
        new = keys
        while new.size:
            code = new // stride % len(tree.labels)
            above = tree.parents[code]
            totals = (new + (above - code) * stride)[above >= 0]
            new = np.setdiff1d(totals, keys)
            keys = np.union1d(keys, new)
    return keys


def add_up(cells: Cells) -> None:
    """Fill in the totals that have no row, from the parts upwards, where no part is missing."""
    number = cells.equation.max(initial=-1) + 1
    wholes = np.empty(number, dtype=np.int64)
    wholes[cells.equation] = cells.wholes
    while np.isnan(cells.values).any():
        sums = np.bincount(cells.equation, cells.values[cells.parts], minlength=number)
        ready = np.isnan(cells.values[wholes]) & ~np.isnan(sums)
        if not ready.any():
            return
        cells.values[wholes[ready]] = sums[ready]


def _refuse_contradictions(table: Table, cells: Cells) -> None:
    number = cells.equation.max(initial=-1) + 1
    sums = np.bincount(cells.equation, cells.values[cells.parts], minlength=number)
    wholes = np.empty(number, dtype=np.int64)
    wholes[cells.equation] = cells.wholes
    totals = cells.values[wholes]
    slack = 0.0 if table.design.whole else _ADDS_UP
    wrong = np.flatnonzero(np.abs(totals - sums) > slack * np.maximum(totals, 1.0))
    if not wrong.size:
        return
    texts = []
    for equation in wrong.tolist():
        label = cell_text(table, cells.codes[wholes[equation]])
        parts = cells.parts[cells.equation == equation]
        axis = int(np.flatnonzero(cells.codes[parts[0]] != cells.codes[wholes[equation]])[0])
        names = [table.trees[axis].labels[code] for code in cells.codes[parts, axis]]
        texts.append(
            f"{label} says {totals[equation]:.10g}, but its parts ({some(map(shown, names))}) have "
            f"{sums[equation]:.10g}"
        )
    raise DataError(
        f"{table.name}: totals contradict their parts: {'; '.join(texts[:3])}"
        + (f"; and {len(texts) - 3} more" if len(texts) > 3 else "")
        + ". A part that has no row counts as empty: add the missing rows, or correct the totals."
    )


def cell_text(table: Table, codes: IntArray) -> str:
    """Return a cell as text, such as "region Aceh, sex Total"."""
    labels = [tree.labels[code] for tree, code in zip(table.trees, codes.tolist(), strict=True)]
    return ", ".join(
        f"{tree.dimension} {'(total without a row)' if label is None else shown(label)}"
        for tree, label in zip(table.trees, labels, strict=True)
    )


def as_table(given: object, *, name: str) -> Table:
    """Return a table from one, or from a frame that `protect` returned.

    Raises
    ------
    ParameterError
        If the design is not known.
    """
    if isinstance(given, Table):
        return replace(given, name=name)
    frame = as_frame(given, what=name)
    design = frame.attrs.get(DESIGN)
    if not isinstance(design, Design):
        raise ParameterError(
            f"{name}: the frame does not say what its columns are. Pass "
            "Table(frame, Design(dimensions=[...], value=...))."
        )
    return Table(frame, design, name)
