"""Arrow columns of a table of the schema, from whole numbers and short lists of words."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from analysis.arrays import DateArray, IntArray
from analysis.individuals.schema import Table

_TYPES: Final = {
    "date": pa.date32(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "flag": pa.bool_(),
}
SYNTHETIC: Final = "sintetis"


def worded(codes: IntArray, words: Sequence[str]) -> pa.Array:
    """Return the word of each code, as a dictionary of the words that occur; below zero: none."""
    known = codes >= 0
    used = np.flatnonzero(np.bincount(codes[known], minlength=len(words))).tolist()
    position: dict[str, int] = {}  # two codes may have one word, a dictionary no word twice
    place = np.zeros(len(words) + 1, dtype=np.int32)
    place[used] = [position.setdefault(words[i], len(position)) for i in used]
    indices = pa.array(place[codes], mask=~known)  # what is below zero is masked
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(position), pa.string()))


def days(dates: DateArray) -> pa.Array:
    """Return dates as days."""
    numbers = dates.astype("datetime64[D]").astype(np.int32)
    return pa.array(numbers).view(pa.date32())


def same(word: str, size: int) -> pa.Array:
    """Return one word for all rows."""
    return worded(np.zeros(size, dtype=np.int64), (word,))


def table_of(schema: Table, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Return the columns in the order of the schema, each row marked as synthetic."""
    size = len(next(iter(columns.values())))
    found = dict(columns) | {SYNTHETIC: pa.array(np.ones(size, dtype=np.bool_))}
    names = [name for name in schema.names if name in found]
    fields = []
    for name in names:
        kind = _TYPES.get(schema[name].type)
        column = found[name]
        fields.append(column if kind is None else column.cast(kind))
    return pa.table(fields, names=names)
