"""What an engine reads faster in its own way is what the others read."""

import ibis
import pyarrow as pa
import pytest

from analysis.individuals.engines.dialects import number_of_digits

# Texts of 18 signs that DuckDB's cast takes for numbers are among those that have not 18 digits.
NUMBERS = ["198503052010019001", "198503052010019000", "098503052010019001", "000000000000000001"]
OTHERS = [
    "1985030520100190e2",
    "1.9850305201001e17",
    "19850305201001900.",
    "+19850305201001900",
    " 19850305201001901",
    "19850305201001901 ",
    "1985_0305201001901",
    "0x1985030520100190",
    "198503052010019001 ",
    "1985030520100190012",
    "19850305201001900",
    "19850305201001900١",
    "",
    None,
]


@pytest.mark.parametrize("kind", ["on an engine", "declared"])
def test_only_eighteen_digits_are_a_number(single, kind):
    table = ibis.memtable(pa.table({"nip": NUMBERS + OTHERS}))
    if kind == "on an engine":
        table = single.create_table("texts", table, overwrite=True)
    read = number_of_digits(table, "nip", "number", 18)
    assert ("TRY_CAST" in ibis.to_sql(read, dialect="duckdb")) == (kind == "on an engine")
    found = {row["nip"]: row["number"] for row in single.to_pyarrow(read).to_pylist()}
    assert found == {text: int(text) for text in NUMBERS} | dict.fromkeys(OTHERS)
