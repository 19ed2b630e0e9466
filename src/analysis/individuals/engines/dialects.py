"""Where engines differ in what the same expression means; everywhere else they agree."""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from analysis.individuals.person_keys import KEY
from analysis.individuals.validation.digits import number_of_digits, on_duckdb

_NIP_DIGITS = 18
_NUMBER = "_angka"
_BEYOND = 1 << 63  # more than any number of so many digits


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


@ibis.udf.scalar.builtin(name="md5_number_lower")  # type: ignore[untyped-decorator]
def _digest(text: str) -> dt.uint64:
    """Return the lower half of the digest of a text as a number; a function of DuckDB."""


def told_apart(people: ir.Table, key: str) -> ir.Table:
    """Return a table in which what tells people apart is as short as the engine can hold it.

    On DuckDB that is a number in place of the NIP or its keyed hash: a hash table of millions of
    people then holds no texts, takes half of the memory, and spills where texts would not fit.
    What is no NIP, as the keyed hashes of an ingested dataset, stands by 63 bits of its digest,
    beyond all NIPs: that any two of 4.7 million people have the same happens once in 800,000 times.
    It is there to group and to join by, and means nothing else.

    Parameters
    ----------
    people : Table
    key : str
        The column: `nipBaru` or `KEY`.
    """
    if not on_duckdb(people):
        return people
    if key == KEY:  # 128 bits in hexadecimal digits
        digest = people[key].hexdigest("md5")
        return people.mutate(
            **{key: ibis.coalesce(*(t.try_cast("uuid") for t in (people[key], digest)))}
        )
    read = number_of_digits(people, key, _NUMBER, _NIP_DIGITS)
    number = read[_NUMBER]
    digest = _digest(read[key]) | ibis.literal(_BEYOND, "uint64")
    short = ibis.ifelse(number.notnull(), number.cast("uint64"), digest)
    return read.mutate(**{key: short}).drop(_NUMBER)
