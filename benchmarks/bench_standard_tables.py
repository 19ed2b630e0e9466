"""The tables of a country from individual records: speed, peak memory, and what the gate takes.

    python -m benchmarks.bench_standard_tables [FOLDER]

Counts are measured against the same SQL typed into DuckDB, warm, Arrow to Arrow, on one connection.
The whole set is made in a process of its own on two threads, once for 470,000, 4.7 million and 47
million people, their posts and training; the last are those of 4.7 million ten times over, under
other numbers of person and unit. FOLDER is a synthetic population of the country that is there
already. `growth` draws what the three take, for `benchmarks/README.md`.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from benchmarks.bench_population import COUNTRY, peak_mebibytes
from benchmarks.cases import Case
from benchmarks.own_process import measured_apart
from benchmarks.rows import timed_row

from analysis.disclosure import protect_together, require_safe
from analysis.disclosure.tables import Table
from analysis.individuals.aggregation import Records, count_people, open_records
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded
from analysis.individuals.standard_tables.national import national_set
from analysis.plots.style import AFTER, CONTEXT, new_figure, styled
from analysis.plots.svg import svg_of

SQL = "the same SQL typed into DuckDB"
_COUNT = """
SELECT coalesce(kabkota, 'tidak diketahui') AS kabkota, coalesce(jabatanNama, 'tidak diketahui') AS
jabatan, count(*) AS pegawai FROM people WHERE jenisJabatanId <> '1'
GROUP BY ALL ORDER BY ALL
"""
_NUMBERS = {"people": ["unorId"], "training": [], "posts": ["unorId"], "units": ["Id"]}
"""Tables of several times the people, and their columns of numbers of units."""
_FOLDER = "ANALYSIS_BENCH_POPULATION"


@cache
def _made() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bench-tables-")


def population(people: int = COUNTRY) -> Path:
    """Return the folder of a synthetic population of the whole country, made once."""
    given = os.environ.get(_FOLDER)
    if given and people == COUNTRY:
        return Path(given)
    folder = Path(_made().name) / str(people)
    if not folder.exists():
        generate(Request(people), folder)
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


def _times(records: Records, times: int) -> Records:
    """Return the records so many times over, up to ten, under other numbers of person and unit.

    Every copy is whole, its people in its own units: work that a country has not is none of ten.
    """
    copies = ibis.range(times).unnest().cast("string").name("salinan").as_table()
    tables = dict(records.tables)
    for name, columns in _NUMBERS.items():
        many = records.tables[name].cross_join(copies)
        copy = many["salinan"]
        own = {c: many[c] + copy for c in columns}
        if "nipBaru" in many.columns:  # in place of the digit of sex, which all have alike
            nip = many["nipBaru"]
            own["nipBaru"] = nip.substr(0, 14) + copy + nip.substr(15)
        tables[name] = many.mutate(**own).drop("salinan")
    return Records(tables, records.day, records.synthetic)


def rows() -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number of people and what their tables took."""
    for made, times in ((COUNTRY // 10, 1), (COUNTRY, 1), (COUNTRY, 10)):
        people = made * times
        work = {"folder": str(population(made)), "times": times, "gate": people == COUNTRY}
        yield people, measured_apart("benchmarks.bench_standard_tables", work)


def growth(found: Mapping[int, Mapping[str, float]]) -> str:
    """Return a picture of processor time and peak memory as the people grow.

    Parameters
    ----------
    found : mapping of int to mapping of str to float
        What `rows` yields: `processor` in seconds and `mebibytes`, by number of people.
    """
    people = list(found)
    millions = [number / 1e6 for number in people]
    seconds = [found[number]["processor"] for number in people]
    held = [found[number]["mebibytes"] for number in people]
    a_million = seconds[1] / millions[1]  # what it takes of a country
    ends = [millions[0], millions[-1]]
    with styled():
        figure, (time_of, memory) = new_figure(4.8, rows=2)
        time_of.plot(ends, [a_million * end for end in ends], color=CONTEXT, ls="--")
        memory.axhline(1024, color=CONTEXT, ls="--")
        drawn = ((time_of, seconds, "{:.1f}"), (memory, held, "{:,.0f}"))
        for axes, values, words in drawn:
            axes.plot(millions, values, color=AFTER, marker="o")
            axes.set(xscale="log", xlim=(millions[0] / 2, millions[-1] * 2))
            axes.set_xticks(millions, [f"{number:.2g}" for number in millions], minor=False)
            axes.minorticks_off()
            for x, y in zip(millions, values, strict=True):
                place = {"xytext": (0, 7), "textcoords": "offset points", "ha": "right"}
                axes.annotate(words.format(y), (x, y), **place)
        time_of.set(yscale="log", ylim=(min(seconds) / 2, max(seconds) * 3))
        time_of.yaxis.set_major_formatter("{x:g}")
        memory.set(ylim=(0, 1.2 * max(1024, *held)), xlabel="million people")
        time_of.set_title("Processor time, seconds", fontsize=9.5)
        memory.set_title("Peak memory, MiB", fontsize=9.5)
    said = "; ".join(
        f"{number:,} people: {found[number]['processor']:.1f} s of processor, peak "
        f"{found[number]['mebibytes']:,.0f} MiB"
        for number in people
    )
    return svg_of(figure, f"Standard tables as the people grow. {said}.")


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1].startswith("{"):
        print(json.dumps(measure(json.loads(sys.argv[1]))))
        return
    if len(sys.argv) > 1:
        os.environ[_FOLDER] = sys.argv[1]
    for case in of_counts():
        print(timed_row(case), flush=True)
    for people, found in rows():
        print(f"{people:,}", {name: round(value, 2) for name, value in found.items()}, flush=True)


if __name__ == "__main__":
    main()
