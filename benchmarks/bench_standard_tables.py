"""The tables of a country from individual records: speed, peak memory, and what the gate takes.

    python -m benchmarks.bench_standard_tables [FOLDER]

Counts are measured against the same SQL typed into DuckDB, warm, Arrow to Arrow, on one connection.
The whole set is made in a process of its own on two threads, once for 470,000, 4.7 million and 47
million rows of people, posts and training; the last are those of 4.7 million ten times over, under
other numbers of person and unit. FOLDER is a synthetic population that is there already.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from benchmarks.bench_population import COUNTRY, peak_mebibytes
from benchmarks.cases import Case
from benchmarks.own_process import measured_apart

from analysis.disclosure import protect_together, require_safe
from analysis.disclosure.tables import Table
from analysis.individuals.aggregation import Records, count_people, open_records
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded
from analysis.individuals.standard_tables.national import national_set

SQL = "the same SQL typed into DuckDB"
_COUNT = """
SELECT coalesce(kabkota, 'tidak diketahui') AS kabkota, coalesce(jabatanNama, 'tidak diketahui') AS
jabatan, count(*) AS pegawai FROM people WHERE jenisJabatanId <> '1'
GROUP BY ALL ORDER BY ALL
"""
_FOLDER = "ANALYSIS_BENCH_POPULATION"


@cache
def _made() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bench-tables-")


def population() -> Path:
    """Return the folder of a synthetic population of the whole country, made once."""
    if given := os.environ.get(_FOLDER):
        return Path(given)
    folder = Path(_made().name) / "population"
    if not folder.exists():
        generate(Request(COUNTRY), folder)
    return folder


def of_counts() -> Iterator[Case]:
    """Yield counts by kabupaten and post; titles of structural posts, one a person, left out."""
    engine = ibis.duckdb.connect(threads=2)
    records = open_records(engine, population())
    people = records.tables["people"]
    engine.create_view("people", people)
    posts = people.filter(people["jenisJabatanId"] != "1")
    held = Records({"people": posts.mutate(eselonId=ibis.null("string"))}, records.day)
    by = ["kabkota", "jabatan"]

    def ours() -> object:
        return count_people(held, by).to_pyarrow()

    def typed() -> object:
        return engine.con.sql(_COUNT).to_arrow_table()

    size = len(ours())  # type: ignore[arg-type]
    yield Case(
        f"counts by 514 regions x 800 posts ({size:,} cells), {COUNTRY:,} people",
        1.3,
        SQL,
        {"this package": ours, SQL: typed},
        rounds=7,
    )


def measure(work: dict[str, Any]) -> dict[str, Any]:
    """Return what the whole set of tables takes; to be asked in a fresh process."""
    with embedded(2) as engine:
        records = open_records(engine, Path(work["folder"]))
        if work["share"] < 1:
            records = _part(records, work["share"])
        if work["times"] > 1:
            records = _times(records, work["times"])
        start, processor = time.perf_counter(), time.process_time()
        found = national_set(records)
        seconds, own = time.perf_counter() - start, time.process_time() - processor
        peak = peak_mebibytes()
        said = {"seconds": seconds, "processor": own, "mebibytes": peak}
        if not work["gate"]:
            return said
    start = time.process_time()
    protected = protect_together(found.tables)
    hiding = time.process_time() - start
    tables = {n: Table(protected[n], t.design, n) for n, t in found.tables.items()}
    start = time.process_time()
    audited = require_safe(tables)
    return said | {
        "hiding": hiding,
        "audit": time.process_time() - start,
        "cells": sum(len(table.frame) for table in tables.values()),
        "hidden": len(audited),
    }


def _part(records: Records, share: float) -> Records:
    """Return a share of the provinces' people, posts and training."""
    names = ("people", "posts", "training")
    every = round(1 / share)
    tables = {
        name: table.filter(ibis.row_number() % every == 0) if name in names else table
        for name, table in records.tables.items()
    }
    return Records(tables, records.day, records.synthetic)


def _times(records: Records, times: int) -> Records:
    """Return the records so many times over, under other numbers of person and unit."""
    copies = ibis.range(times).unnest().name("salinan").as_table()
    tables = dict(records.tables)
    for name, column in (("people", "nipBaru"), ("training", "nipBaru"), ("posts", "unorId")):
        many = records.tables[name].cross_join(copies)
        tables[name] = many.mutate(**{column: many[column] + many["salinan"].cast("string")}).drop(
            "salinan"
        )
    return Records(tables, records.day, records.synthetic)


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the size and what it took."""
    folder = str(population())
    for people, share, times in ((COUNTRY // 10, 0.1, 1), (COUNTRY, 1, 1), (COUNTRY * 10, 1, 10)):
        work = {"folder": folder, "share": share, "times": times, "gate": people == COUNTRY}
        yield f"{people:,}", measured_apart("benchmarks.bench_standard_tables", work)


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1].startswith("{"):
        print(json.dumps(measure(json.loads(sys.argv[1]))))
        return
    if len(sys.argv) > 1:
        os.environ[_FOLDER] = sys.argv[1]
    from benchmarks.table import timed_row

    for case in of_counts():
        print(timed_row(case), flush=True)
    for people, found in rows():
        print(people, {name: round(value, 2) for name, value in found.items()}, flush=True)


if __name__ == "__main__":
    main()
