"""Where labels stand among others: millions of texts are compared by Arrow, without objects."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import BoolArray, IntArray

if TYPE_CHECKING:
    from analysis.labels import Labels


def places_of(wanted: "pd.Series[Any] | Labels[Any]", labels: "Labels[Any]") -> IntArray:
    """Return where each of `wanted` stands among unique labels, -1 where it does not.

    Examples
    --------
    >>> places_of(pd.Series(["b", "c"]), pd.Index(["a", "b"])).tolist()
    [1, -1]
    """
    if _are_texts(labels) and _are_texts(wanted):
        found = pc.index_in(pa.array(wanted.array), value_set=pa.array(labels.array)).fill_null(-1)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)
    return labels.get_indexer(pd.Index(wanted)).astype(np.int64)


def labels_at(labels: "Labels[Any]", places: npt.NDArray[np.integer[Any]]) -> Any:
    """Return the labels at some positions, missing at -1; texts are held once, however often named.

    Returns
    -------
    ExtensionArray or Index
        Of texts a dictionary of Arrow, which pandas compares, sorts and writes as texts.

    Examples
    --------
    >>> list(labels_at(pd.Index(["a", "b"]), np.array([1, 0, 1])))
    ['b', 'a', 'b']
    """
    if not _are_texts(labels):
        found = pd.Series(labels[np.maximum(places, 0)])
        return labels[places] if (places >= 0).all() else found.where(places >= 0).array
    words = pa.array(labels.array)
    if isinstance(words, pa.ChunkedArray):
        words = words.combine_chunks()
    codes = pa.array(places.astype(np.int32, copy=False), mask=places < 0)
    return pd.arrays.ArrowExtensionArray(pa.DictionaryArray.from_arrays(codes, words))


def occur_again(column: "pd.Series[Any]") -> BoolArray:
    """Return which values occur in another row too; none where all are unique."""
    if _are_texts(column) and pc.count_distinct(pa.array(column.array), mode="all").as_py() == len(
        column
    ):
        return np.zeros(len(column), dtype=np.bool_)
    return np.asarray(column.duplicated(keep=False), dtype=np.bool_)


def are_missing(column: "pd.Series[Any]") -> BoolArray:
    """Return which values are missing, or nothing but spaces."""
    empty = column.isna().to_numpy(dtype=np.bool_)
    if _are_texts(column):
        blank = pc.equal(pc.utf8_trim_whitespace(pa.array(column.array)), "").fill_null(False)
        return np.asarray(empty | blank.to_numpy(zero_copy_only=False), dtype=np.bool_)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return empty
    codes, values = pd.factorize(column)
    spaces = np.array([isinstance(v, str) and not v.strip() for v in values] + [True])
    return np.asarray(spaces[codes], dtype=np.bool_)


def _are_texts(x: "pd.Series[Any] | Labels[Any]") -> bool:
    """Whether these are texts that Arrow holds."""
    return isinstance(x.dtype, pd.StringDtype) and x.dtype.storage == "pyarrow"
