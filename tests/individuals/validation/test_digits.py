"""What DuckDB reads in its own way is what the pattern says."""

import random

import ibis
import pyarrow as pa
import pytest

from analysis.individuals.reading.engine import embedded
from analysis.individuals.validation import digits
from analysis.individuals.validation.digits import number_of_digits, repeated_digits

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


@pytest.mark.parametrize("kind", ["on DuckDB", "declared"])
def test_only_eighteen_digits_are_a_number(kind):
    texts = pa.table({"nip": NUMBERS + OTHERS})
    with embedded(1) as engine:
        engine.con.register("texts", texts)
        table = engine.table("texts") if kind == "on DuckDB" else ibis.memtable(texts)
        read = number_of_digits(table, "nip", "number", 18)
        assert ("TRY_CAST" in ibis.to_sql(read, dialect="duckdb")) == (kind == "on DuckDB")
        found = {row["nip"]: row["number"] for row in engine.to_pyarrow(read).to_pylist()}
    assert found == {text: int(text) for text in NUMBERS} | dict.fromkeys(OTHERS)


@pytest.mark.parametrize("at_once", [3, 1_000])
def test_texts_that_repeat_are_those_that_grouping_finds(monkeypatch, at_once):
    monkeypatch.setattr(digits, "_AT_ONCE", at_once)
    texts = [*NUMBERS, *OTHERS, *NUMBERS[:3], NUMBERS[1], *OTHERS[:2]]
    with embedded(1) as engine:
        engine.con.register("texts", pa.table({"nip": texts}))
        found, others = repeated_digits(engine.table("texts"), "nip", 18)
    assert others == sum(text is not None for text in OTHERS) + 2
    assert found.to_pylist() == [
        {"nip": NUMBERS[2], "rows": 2},
        {"nip": NUMBERS[1], "rows": 3},
        {"nip": NUMBERS[0], "rows": 2},
    ]


def test_numbers_that_agree_in_half_their_bits_are_told_apart():
    numbers = random.Random(0).sample(range(10**17, 10**18), 200_000)
    halves = {(number * int(digits._MIX) % 2**64) >> 32 for number in numbers}
    assert len(halves) < len(numbers)
    with embedded(1) as engine:
        texts = pa.table({"nip": [str(number) for number in (*numbers, numbers[7])]})
        engine.con.register("texts", texts)
        found, others = repeated_digits(engine.table("texts"), "nip", 18)
    assert found.to_pylist() == [{"nip": str(numbers[7]), "rows": 2}]
    assert others == 0


def test_elsewhere_texts_are_left_to_the_engine_to_group():
    assert repeated_digits(ibis.table({"nip": "string"}), "nip", 18) is None
