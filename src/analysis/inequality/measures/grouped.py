"""Many measures of many groups at once."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality.measures.measure import Kernel, Statistic, unbind
from analysis.inequality.measures.registry import named_measures, row_of
from analysis.inequality.samples.ordering import IntArray, ascending
from analysis.inequality.samples.sample import FloatArray, as_sample
from analysis.inequality.samples.segments import Segments
from analysis.labels import label_codes, labels_of

__all__ = ["grouped_measures"]

_BATCH = 65536  # values whose intermediate arrays stay in the cache


def grouped_measures(
    values: npt.ArrayLike,
    groups: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    measures: Sequence[str] | Mapping[str, Statistic],
) -> pd.DataFrame:
    """Return measures of inequality within each group.

    The same numbers as calling each measure on each group, up to rounding, but the data are sorted
    once for all measures and all groups, and what measures have in common is computed once.

    Parameters
    ----------
    values : array-like of shape (n,)
        Values, within the domain of every measure in every group.
    groups : array-like of shape (n,)
        Label of the group of each value; none missing.
    weights : array-like of shape (n,), optional
        People, > 0.
    measures : sequence of str, or mapping of str to callable
        Names in `MEASURES`, or for each column a measure of this package, with options bound by
        `functools.partial`.

    Returns
    -------
    DataFrame
        One row per group, the index its sorted labels; one column per measure.

    Raises
    ------
    DomainError
        If an array is not as above, or a group lies outside the domain of a measure: the message
        names both.
    ParameterError
        If a measure is unknown.

    References
    ----------
    See each measure.

    Examples
    --------
    >>> grouped_measures([1, 3, 2, 2], ["a", "a", "b", "b"], measures=["gini", "hoover"])
       gini  hoover
    a  0.25    0.25
    b  0.00    0.00
    """
    kernels = {
        name: _kernel(name, measure)
        for name, measure in named_measures(measures, what="grouped_measures").items()
    }
    checked, people = as_sample(values, weights, measure="grouped_measures")
    name = "grouped_measures, groups"
    codes, found = label_codes(groups, checked.size, what=name, units=labels_of(values))
    labels = pd.Index(found, name=getattr(groups, "name", None))
    results = {name: np.empty(len(labels)) for name in kernels}
    for first, last, segments in _batches(checked, people, codes, labels):
        for name, kernel in kernels.items():
            results[name][first:last] = kernel(segments)
    return pd.DataFrame(results, index=labels)


def kernel_of(measure: Statistic) -> Kernel | None:
    """Return the function from `Segments` to the measure of each, or None for a stranger."""
    row = row_of(measure)
    return None if row is None else partial(row.kernel, **unbind(measure)[1])


def _kernel(name: str, measure: Statistic) -> Kernel:
    kernel = kernel_of(measure)
    if kernel is None:
        raise ParameterError(
            f"grouped_measures, measures: {name} is not a measure of analysis.inequality. "
            "Pass one of those, with options bound by functools.partial."
        )
    return kernel


def _batches(
    values: FloatArray, weights: FloatArray | None, codes: IntArray, labels: pd.Index
) -> Iterator[tuple[int, int, Segments]]:
    """Yield ranges of groups, of about `_BATCH` values each, with their sorted segments."""
    starts = np.concatenate(([0], np.cumsum(np.bincount(codes, minlength=len(labels)))))
    order = _order_of_groups(codes)
    first = 0
    while first < len(labels):
        filled = int(np.searchsorted(starts, starts[first] + _BATCH, side="right")) - 1
        last = min(max(filled, first + 1), len(labels))
        rows = order[starts[first] : starts[last]]
        local = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        part = ascending(values[rows], None if weights is None else weights[rows], local)
        named = [str(label) for label in labels[first:last]]
        yield first, last, Segments(*part, starts[first:last] - starts[first], named)
        first = last


def _order_of_groups(codes: IntArray) -> IntArray:
    """Return the rows by group; integers that hold both sort faster than an order is found."""
    position_bits = codes.size.bit_length()
    keys = codes << position_bits
    keys |= np.arange(codes.size)
    keys.sort()
    keys &= 2**position_bits - 1
    return keys
