"""Where engines differ in what the same expression means; everywhere else they agree."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


@ibis.udf.scalar.builtin(name="convert_to")  # type: ignore[untyped-decorator]
def _encoded(text: str, encoding: str) -> bytes:  # type: ignore[empty-body]
    """Return the bytes of a text; a function of PostgreSQL."""


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
    matched = ibis.ifelse(text.re_search(f"^[0-9]{{{digits}}}$"), text, ibis.null("string")).cast(
        "int64"
    )
    if _engine_of(table) != "duckdb":
        return table.mutate(**{number: matched})
    long = (_bytes_of(text) == digits) & (text >= "1")
    read = table.mutate(**{number: ibis.ifelse(long, text.try_cast("int64"), None)})
    sure = (read[number] >= 10 ** (digits - 1)) & (read[number] % 100 != 0)
    return read.mutate(**{number: ibis.ifelse(sure, read[number], matched)})


def in_order(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return a table in the order of some columns, of text by its code points.

    PostgreSQL orders text as the language of its database does, where "<25" may follow "25-29";
    DuckDB and Spark by code points. Columns of tables that `load_tables` made have that order on
    every engine, but what an expression writes itself has not.
    """
    postgres = _engine_of(table) == "postgres"
    return table.order_by(
        [
            _encoded(table[name], "UTF8") if postgres and table[name].type().is_string() else name
            for name in columns
        ]
    )


def _engine_of(table: ir.Table) -> str | None:
    """Return the name of the engine of a table; None of one that is only declared."""
    engines, _ = table._find_backends()
    return engines[0].name if engines else None
