"""Totals as rows: what a table needs to pass the gate."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.disclosure import Design, Table

if TYPE_CHECKING:
    from analysis.arrays import IntArray

ALL: Final = "Jumlah"
"""Label of the total of all."""

_Trees = Mapping[str, Mapping[str, str]]


def counted(
    frame: pd.DataFrame,
    dimensions: Sequence[str],
    value: str,
    *,
    trees: _Trees | None = None,
    contributors: Sequence[str] = (),
) -> Table:
    """Return counts or sums as a table with all its totals.

    Parameters
    ----------
    frame : DataFrame
        One row for each cell that is no total; labels are text. Rows of equal labels are added up.
    dimensions : sequence of str
    value : str
        Numbers of people; or sums, if there are contributors.
    trees : mapping of str to mapping, optional
        For a dimension, the label under which a label is counted; labels that have none are
        counted under `ALL`.
    contributors : sequence of str
        Columns of the largest and the second largest contributor to each sum and of their number;
        nobody contributes to two cells of one total.

    Returns
    -------
    Table
        Its value has the name given: equal names mean the same people in all tables of a run.
    """
    columns = [value, *contributors]
    cells = frame[[*dimensions, *columns]].copy()
    above: dict[str, dict[str, str]] = {}
    labels: dict[str, pd.Index] = {}
    upward: dict[str, IntArray] = {}
    for dimension in dimensions:  # labels as numbers in their order, which are quicker to group by
        tree = dict((trees or {}).get(dimension, {}))
        codes, own = pd.factorize(cells[dimension], use_na_sentinel=False)
        above[dimension] = {label: ALL for label in (*own, *tree.values()) if label != ALL} | tree
        every = pd.Index(sorted({*own, *above[dimension], *above[dimension].values()}), dtype="str")
        labels[dimension] = every
        higher = pd.Index([above[dimension].get(label, ALL) for label in every], dtype="str")
        upward[dimension] = every.get_indexer(higher)
        cells[dimension] = every.get_indexer(own)[codes]
    cells = _merged(cells, dimensions, value, contributors)
    for dimension in dimensions:
        top = labels[dimension].get_loc(ALL)
        levels = [cells]
        while len(lower := levels[-1][levels[-1][dimension] != top]):
            raised = lower.assign(**{dimension: upward[dimension][lower[dimension]]})
            levels.append(_merged(raised, dimensions, value, contributors))
        cells = _merged(pd.concat(levels), dimensions, value, contributors)
    cells = cells.assign(**{name: labels[name].take(cells[name].to_numpy()) for name in dimensions})
    design = Design(
        dimensions,
        value,
        contributors=list(contributors) or None,
        hierarchies={d: above[d] for d in dimensions if (trees or {}).get(d)} or None,
    )
    return Table(cells, design)


def _merged(
    frame: pd.DataFrame, dimensions: Sequence[str], value: str, contributors: Sequence[str]
) -> pd.DataFrame:
    """Return one row for each cell: sums added up, the two largest contributors of all."""
    keys = list(dimensions)
    sums = frame.groupby(keys)[[value, *contributors[2:]]].sum()
    if contributors:
        first, second = contributors[:2]
        ordered = frame.sort_values(first, ascending=False, kind="stable")
        rank = ordered.groupby(keys).cumcount()
        top, next_one = (ordered[rank == place].set_index(keys) for place in (0, 1))
        sums[first] = top[first]
        sums[second] = pd.concat([top[second], next_one[first]]).groupby(level=keys).max()
    return sums.reset_index()[[*keys, value, *contributors]]
