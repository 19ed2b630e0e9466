"""Texts of digits as numbers, as fast as an engine can."""

from concurrent.futures import ThreadPoolExecutor

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.arrays import IntArray

_NUMBER = "_angka"
_AT_ONCE = 16_777_216  # numbers that are looked through at once: 128 MiB
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: spreads numbers that are near
_SLOTS = 20  # bits of a table that fits the cache


@ibis.udf.scalar.builtin(name="strlen")  # type: ignore[untyped-decorator]
def _bytes_of(text: str) -> int:  # type: ignore[empty-body]
    """Return the length of a text in bytes; a function of DuckDB."""


def number_of_digits(table: ir.Table, column: str, number: str, digits: int) -> ir.Table:
    """Return a table with the number that a text of so many digits is, missing where it is none.

    DuckDB reads a number several times faster than it matches a pattern. What it reads of so many
    bytes that start with no zero is all digits, unless it is not large enough or, written with an
    exponent, ends in 00: those are matched.

    Parameters
    ----------
    table : Table
    column : str
        Of text.
    number : str
        Name of the column that is added.
    digits : int
        From 4 to 18.
    """
    text = table[column]
    formed = text.re_search(f"^[0-9]{{{digits}}}$")
    matched = ibis.ifelse(formed, text, ibis.null("string")).cast("int64")
    if not on_duckdb(table):
        return table.mutate(**{number: matched})
    long = (_bytes_of(text) == digits) & (text >= "1")
    read = table.mutate(**{number: ibis.ifelse(long, text.try_cast("int64"), ibis.null("int64"))})
    sure = (read[number] >= 10 ** (digits - 1)) & (read[number] % 100 != 0)
    return read.mutate(**{number: ibis.ifelse(sure, read[number], matched)})


def repeated_digits(table: ir.Table, column: str, digits: int) -> tuple[pa.Table, int] | None:
    """Return the texts of so many digits that more than one row has, and how many rows have others.

    Finding numbers that repeat takes less than half of the time that an engine takes to group
    texts. Many rows are asked for in parts, so that the numbers of one part are held at a time.

    Parameters
    ----------
    table : Table
    column : str
        Of text.
    digits : int
        From 4 to 18.

    Returns
    -------
    pyarrow.Table
        `column` and `rows`, in the order of the texts.
    int
        Rows with a text that is no such number.

    None on engines from which numbers would come over a connection: those group texts sooner.
    """
    if not on_duckdb(table):
        return None
    written = table.select(column).filter(table[column].notnull())
    numbers = number_of_digits(written, column, _NUMBER, digits)
    parts = int(table.count().to_pyarrow().as_py()) // _AT_ONCE + 1  # what files say of themselves
    found, others = [], 0
    for part in range(parts):
        own = (numbers[_NUMBER] % parts == part).fill_null(part == 0)
        read = (
            (numbers if parts == 1 else numbers.filter(own)).select(_NUMBER).to_pyarrow()[_NUMBER]
        )
        others += read.null_count
        found.append(_repeated(read.drop_null().to_numpy()))
    values, rows = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.argsort(values)
    texts = [f"{value:0{digits}d}" for value in values[order].tolist()]
    return pa.table({column: pa.array(texts, pa.string()), "rows": pa.array(rows[order])}), others


def _repeated(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Return the numbers that come more than once, and how often.

    Numbers of half the bits are sorted in half the time, and lower and upper ones at once: NumPy
    needs no lock for that. Of those that agree with another in these bits, which are few, all bits
    are compared.
    """
    short = ((numbers.view(np.uint64) * _MIX) >> np.uint64(32)).astype(np.uint32)
    upper = short >= 1 << 31
    with ThreadPoolExecutor(2) as pool:
        twice = np.concatenate(list(pool.map(_twice, (short[upper], short[~upper]))))
    alike = np.zeros(1 << _SLOTS, dtype=np.bool_)
    alike[twice >> (32 - _SLOTS)] = True
    values, rows = np.unique(numbers[alike[short >> (32 - _SLOTS)]], return_counts=True)
    return values[rows > 1], rows[rows > 1].astype(np.int64)


def _twice(numbers: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return the numbers that come more than once; orders those given."""
    numbers.sort()
    same: npt.NDArray[np.bool_] = numbers[1:] == numbers[:-1]
    return numbers[1:][same]


def on_duckdb(table: ir.Table) -> bool:
    """Whether a table is on DuckDB; one that is only declared is on none."""
    engines, _ = table._find_backends()
    return any(engine.name == "duckdb" for engine in engines)
