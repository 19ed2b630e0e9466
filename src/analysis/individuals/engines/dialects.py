"""Where engines differ in what the same expression means; everywhere else they agree."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


@ibis.udf.scalar.builtin(name="convert_to")  # type: ignore[untyped-decorator]
def _encoded(text: str, encoding: str) -> bytes:  # type: ignore[empty-body]
    """Return the bytes of a text; a function of PostgreSQL."""


def in_order(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return a table in the order of some columns, of text by its code points.

    PostgreSQL orders text as the language of its database does, where "<25" may follow "25-29";
    DuckDB and Spark by code points. Columns of tables that `load_tables` made have that order on
    every engine, but what an expression writes itself has not.
    """
    postgres = ibis.get_backend(table).name == "postgres"
    return table.order_by(
        [
            _encoded(table[name], "UTF8") if postgres and table[name].type().is_string() else name
            for name in columns
        ]
    )
