"""Rules that follow from the schema: codes, ranges, forms, values that must be there, keys."""

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir

from analysis.individuals.schema import TABLES, Column, Table
from analysis.individuals.validation.parts import HAS_FILLER, UNREADABLE, is_one_of
from analysis.individuals.validation.rule import (
    KABKOTA,
    Basis,
    Failing,
    ReferenceRule,
    RepeatRule,
    RowRule,
    Rule,
)


def _unreadable(name: str) -> Failing:
    return lambda t, _: t[UNREADABLE].contains(f"|{name}|")


def _missing(name: str) -> Failing:
    return lambda t, _: t[name].isnull()


def _unknown_code(column: Column) -> Failing:
    def failing(t: ir.Table, basis: Basis) -> ir.BooleanValue:
        return ~is_one_of(t[column.name], basis.codes.values(column))

    return failing


def _out_of_range(column: Column) -> Failing:
    def failing(t: ir.Table, _: Basis) -> ir.BooleanValue:
        value, low, high = t[column.name], column.minimum, column.maximum
        below = ibis.literal(False) if low is None else value < low
        return below if high is None else below | (value > high)

    return failing


def _unknown_province(t: ir.Table, basis: Basis) -> ir.BooleanValue:
    return ~is_one_of(t.provinsi, basis.provinces)


def _of_column(table: Table, column: Column) -> Iterator[Rule]:
    name, columns = column.name, (column.name,)
    if column.type in ("date", "integer", "number", "flag"):
        yield RowRule(
            table.name,
            f"unreadable_{name}",
            (*columns, UNREADABLE),
            f"{name}: isinya tidak terbaca sebagai {_KINDS[column.type][0]}",
            f"{name}: what stands there is no {_KINDS[column.type][1]}",
            failing=_unreadable(name),
        )
    if column.filled:
        yield RowRule(
            table.name,
            f"missing_{name}",
            columns,
            f"{name} kosong",
            f"{name} is missing",
            failing=_missing(name),
        )
    if column.codes:
        yield RowRule(
            table.name,
            f"code_{name}",
            columns,
            f"{name}: kode tidak dikenal",
            f"{name}: unknown code",
            failing=_unknown_code(column),
        )
    if column.minimum is not None or column.maximum is not None:
        yield RowRule(
            table.name,
            f"range_{name}",
            columns,
            f"{name} di luar {_span(column)}",
            f"{name} is not {_span(column)}",
            failing=_out_of_range(column),
        )
    if name == "provinsi":
        yield RowRule(
            table.name, f"code_{name}", columns, *_no_code(name), failing=_unknown_province
        )
    if name == "kabkota":  # too many codes to look through in each row
        yield ReferenceRule(
            table.name, f"code_{name}", columns, *_no_code(name), target=f"{KABKOTA}.kode"
        )


def _no_code(name: str) -> tuple[str, str]:
    return f"{name}: bukan kode Kemendagri", f"{name}: no code of Kemendagri"


_KINDS = {
    "date": ("tanggal", "date"),
    "integer": ("bilangan bulat", "whole number"),
    "number": ("angka", "number"),
    "flag": ("ya atau tidak", "yes or no"),
}


def _span(column: Column) -> str:
    bounds = [column.minimum, column.maximum]
    return "..".join("" if bound is None else f"{bound:g}" for bound in bounds)


def _of_table(table: Table) -> Iterator[Rule]:
    if any(column.type == "date" for column in table):
        yield RowRule(
            table.name,
            "filler_date",
            (),
            "tanggal pengisi 01-01-1900: dibaca sebagai tidak ada",
            "the filler 01-01-1900 instead of a date: taken as missing",
            note=True,
            failing=lambda t, _: t[HAS_FILLER],
        )
    if {"provinsi", "kabkota"} <= set(table.names):
        yield RowRule(
            table.name,
            "place_differs",
            ("provinsi", "kabkota"),
            "kabkota tidak berada di provinsi itu",
            "kabkota is not in that provinsi",
            failing=lambda t, _: t.kabkota.substr(0, 2) != t.provinsi,
        )
    if table.key:
        yield RepeatRule(
            table.name,
            "repeated_row",
            table.key,
            "baris yang sama sudah ada sebelumnya",
            "the same row stands there before",
            identical=True,
        )
        yield RepeatRule(
            table.name,
            "repeated_key",
            table.key,
            f"{', '.join(table.key)} yang sama dengan isi yang berbeda",
            f"the same {', '.join(table.key)} in rows that contradict each other",
        )


RULES: tuple[Rule, ...] = tuple(
    rule
    for table in TABLES.values()
    for rule in (
        *(rule for column in table for rule in _of_column(table, column)),
        *_of_table(table),
    )
)
