"""Measure everything once, as ratios, and write the table of `benchmarks/README.md`.

    python -m benchmarks.table

Each round runs the package, its yardstick and its peers one after the other, so that whatever else
the computer does weighs on all of them; the least time of each counts.
"""

import math
import platform
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from benchmarks import (
    bench_disclosure,
    bench_hours,
    bench_population,
    bench_programme,
    bench_redistribution_families,
    bench_restructuring,
    bench_squads,
    bench_standard_tables,
)
from benchmarks.bench_individuals import individual_rows
from benchmarks.bench_redistribution_frontier import of_frontiers
from benchmarks.bench_redistribution_plan import of_plans
from benchmarks.bench_reports import (
    PROVINCES,
    beyond_cells,
    copy_of_project,
    imports,
    of_reports,
    rerun_by_change,
)
from benchmarks.cases import (
    Array,
    lognormal,
    nearly_equal,
    of_inference,
    of_measures,
    textbook_gini,
    textbook_unweighted_gini,
)
from benchmarks.rows import milliseconds, proven_row, row, stated_row, timed_row, verdict
from inequality.gini import Gini

from analysis.inequality.measures import gini

PAGE = Path(__file__).with_name("README.md")
GROWTH = PAGE.with_name("growth.svg")
HEADER = """\
# How fast, how small, how exact

`make bench` measures this table again and writes it here. Times are the least of several rounds,
in each of which the package, the yardstick and the peers run one after the other on the same data;
what counts is the ratio, which varies by a tenth or so between runs. Ratios to sorting depend on
how fast NumPy sorts on a processor (it uses AVX-512 or AVX2 where there is one).

| work | bound | measured | | this package | others |
|---|---|---|---|---|---|
"""
FOOTER = """
Data: lognormal values, uniform weights in [1, 2). Groups of about 2,000 rows, measures gini,
hoover, theil_t, theil_l, GE(2), atkinson(0.5), atkinson(1), coefficient of variation, 90/10 and
Palma ratio. Textbook NumPy: argsort, cumulative sums, area under the Lorenz curve. Bytes are
counted by tracemalloc above the inputs. The reference for exactness sums products of ranks and
exactly centred values with math.fsum.

Why it is fast: an unweighted Gini is a sort and one pass in blocks that fit the cache. With
weights, the leading bits of each value and its position are packed into one integer, because
NumPy sorts integers several times faster than it finds the order of floats; values that the
leading bits do not tell apart are sorted again by the bits that follow, then by weight. Groups are
sorted once for all measures, batch by batch in the cache, and measures share means and logarithms.

Frontier: need lognormal, staff Poisson about it. Plans: staff lognormal about need, places and
distances drawn at random; the bare solver gets the same flow as arrays that are ready for it. Units
inside groups: distances are computed for one group at a time, so that memory stays linear in arcs.
Substitution: each of ten families may be stood in for by three others; caps hold for people who
move, not for those retrained in place, which no network expresses: an integer program proves
what is best there, on the columns that a warm linear program finds worth a look. Each plan is made
in a process of its own; its peak of memory counts all that it imports. So is each size of an
organisation: labels are numbers; the checks of the tables, the three stages, the ledger, the
crosswalk and the post list are all included. Every step is linear; what grows faster than the units
is the time to reach memory that no longer fits the cache.
Squads: people with up to
three of twelve competences in units drawn over 1,000 km, half of whom may lead; three to five needs
a task; a tenth of a working time above one half costs 10 km.

Validation: 48 rules of people and 10 of units, as Ibis expressions on DuckDB, in one aggregate a
table; keys that repeat and references that dangle are asked for by column, the tree of units in
arrays, while the engine counts people. The yardstick hashes text once for each value of a
dictionary, so that it has little to do where people stand in the order of their units; numbers that
are unique, it hashes one by one, where validation also parses and groups them. Setting aside reads
each table once more, flags its rows, keys people by HMAC-SHA256 and writes two files in one pass,
in the order of the rows, a group being packed while the next is read. NIPs that repeat are found by
sorting half of their bits, lower and upper ones at once, which takes less than half of what
grouping texts does.

Hours: two thirds go to sums and signs of faults by person, a hash table of millions of rows; bare
SQL has one sum there. What is kept of each person is no more than what is asked for needs.

Standard tables: about half of the processor time goes to the hours of each person, a hash table of
millions of NIPs, first over a year of training, then over people. NIPs stand in it as numbers of 64
bits, which take less than half of the memory that texts do. Hours are asked for last, while tables
are made of what was counted before. DuckDB holds 250 MB a thread before it spills, or what
`ASN_MEMORY` says. Python and its imports hold 300 MiB. The 47 million are ten whole countries,
people, posts, units and training.

![Processor time and peak memory of the standard tables at 0.47, 4.7 and 47 million people]\
(growth.svg)

Dashed: time in proportion to that of the country, and the bound on memory.

Python {python}, NumPy {numpy}.
"""


def peak_bytes(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def memory_row(n: int = 10_000_000) -> str:
    x, w = lognormal(n)
    ours = peak_bytes(lambda: gini(x, w)) / n
    tied = peak_bytes(lambda: gini(np.floor(100 * x), w)) / n - 8  # the values made here
    textbook = peak_bytes(lambda: textbook_gini(x, w)) / n
    return row(
        f"peak memory of the weighted Gini, {n:,} values",
        "<= 40 bytes a value",
        f"{ours:.1f} bytes",
        verdict(max(ours, tied) <= 40),
        f"{ours:.1f} bytes; tied values {tied:.1f}",
        f"textbook NumPy {textbook:.1f}",
    )


def reference_gini(x: Array) -> float:
    ordered = np.sort(x) - 1e9  # exact, since all values lie within a factor of two
    n = x.size
    products = (2.0 * np.arange(n) + 1.0 - n) * ordered
    return math.fsum(products) / n / (1e9 * n + math.fsum(ordered))


def accuracy_rows() -> Iterator[str]:
    for n in (1_000_000, 10_000_000):
        x = nearly_equal(n)
        expected = reference_gini(x)
        ours = max(abs(gini(x) / expected - 1), abs(gini(x, np.full(n, 0.1)) / expected - 1))
        peers = {
            "PySAL": Gini(x).g,
            "textbook NumPy": textbook_unweighted_gini(x),
            "textbook NumPy, weighted": textbook_gini(x, np.full(n, 0.1)),
        }
        yield row(
            f"relative error on nearly equal data, 1e9 + N(0, 1), {n:,} values",
            "<= 1e-12",
            f"{ours:.0e}",
            verdict(ours <= 1e-12),
            "with and without weights",
            ", ".join(f"{name} {abs(value / expected - 1):.0e}" for name, value in peers.items()),
        )


def family_rows() -> Iterator[str]:
    for work, found in bench_redistribution_families.rows():
        network = "minimum-cost flow" in found["solver"]
        size = "{nodes:,} nodes, {arcs:,} arcs" if network else "{nodes:,} rows, {arcs:,} columns"
        filled = "filled {filled:,}, unfilled {unfilled:,} posts ({solver})"
        yield proven_row(work, found, size.format(**found), filled.format(**found))


def squad_rows() -> Iterator[str]:
    for work, found in bench_squads.rows():
        size = "{covered:,} of {seats:,} seats".format(**found)
        gap = found["cost"] - found["bound"]
        yield proven_row(work, found, size, f"cost {found['cost']:,.1f} km, gap {gap:,.1f} km")


def hours_rows() -> Iterator[str]:
    """State time and peak memory of the tables of 20 JP against bare SQL."""
    (work, ours), (_, bare) = bench_hours.rows()
    ratio, peak = ours["processor"] / bare["processor"], ours["mebibytes"]
    yield row(
        work.words,
        "<= 2 x bare SQL, peak <= 1 GiB",
        f"{ratio:.1f} x, peak {peak:,.0f} MiB",
        verdict(ratio <= 2 and peak <= 1024),
        "{seconds:.1f} s, {processor:.1f} s of processor".format(**ours),
        "bare SQL, which checks nothing: {seconds:.1f} s, {processor:.1f} s".format(**bare),
    )


def programme_rows() -> Iterator[str]:
    for work, found in bench_programme.rows():
        size = "{processor:.1f} s of processor, {reached:,} of {people:,} people".format(**found)
        gap = found["cost"] - found["bound"]
        yield proven_row(work, found, size, f"cost {found['cost']:,.0f} rupiah, gap {gap:,.0f}")


def population_rows() -> Iterator[str]:
    for work, found in bench_population.rows():
        size = "{processor:.1f} s of processor, {megabytes:,.0f} MB".format(**found)
        counts = ", ".join(f"{count:,} {name}" for name, count in found["rows"].items())
        yield stated_row(work, found, size, counts)


def standard_table_rows() -> Iterator[str]:
    """State counts against SQL, and the whole set at three sizes with its gate."""
    yield from map(timed_row, bench_standard_tables.of_counts())
    country = None
    grown = {}
    for people, found in bench_standard_tables.rows():
        grown[people] = found
        measured = "{seconds:.1f} s, peak {mebibytes:,.0f} MiB".format(**found)
        if "hiding" in found:
            country = found["seconds"]
            bound = "<= 3 s on two processors, <= 1,024 MiB"
            kept = verdict(country <= 3 and found["mebibytes"] <= 1024)
        elif country is not None:
            bound = "<= 12 x the country's, <= 1,024 MiB"
            measured = f"{found['seconds'] / country:.1f} x, {measured}"
            kept = verdict(found["seconds"] <= 12 * country and found["mebibytes"] <= 1024)
        else:
            bound, kept = "none set", "-"
        yield row(
            f"the standard tables of {people:,} people, with training",
            bound,
            measured,
            kept,
            "{processor:.1f} s of processor".format(**found),
            "-",
        )
        if "hiding" in found:
            yield row(
                "joint audit of these tables, {cells:,} cells, {hidden:,} hidden".format(**found),
                "<= 30 s of processor",
                "{audit:.1f} s".format(**found),
                verdict(found["audit"] <= 30),
                "{audit:.1f} s".format(**found),
                "choosing what to hide {hiding:.1f} s".format(**found),
            )
    GROWTH.write_text(bench_standard_tables.growth(grown) + "\n", encoding="utf-8")


def restructuring_rows() -> Iterator[str]:
    """State time and peak memory, and how the processor time grows with the units."""
    smaller = math.nan
    for found in bench_restructuring.rows():
        units, cpu = int(found["units"]), found["cpu"]
        national = units == max(bench_restructuring.SIZES)
        texts = found["labels"] == "texts"
        growth = math.nan if texts else cpu / smaller
        kept = found["seconds"] <= 30 and found["peak"] <= 3 and not growth > 20
        bound = "<= 30 s, <= 3 GiB"
        yield row(
            f"three stages with ledger, {units:,} units, {found['people']:,} people"
            + (", labels of 32 signs" if texts else ""),
            (bound if texts else f"{bound}, <= 20 x the processor time of a tenth")
            if national
            else "none set",
            f"{found['seconds']:.2f} s, peak {found['peak']:.2f} GiB"
            + ("" if math.isnan(growth) else f", {growth:.1f} x"),
            verdict(kept) if national else "-",
            f"checks {found['checks']:.2f} s, stages {found['stages']:.2f} s, "
            f"ledger {found['ledger']:.2f} s; processor {cpu:.2f} s",
            f"{found['dissolved']:,} units dissolve",
        )
        smaller = cpu


def disclosure_rows() -> Iterator[str]:
    yield timed_row(bench_disclosure.exact_case())
    costs = bench_disclosure.costs()
    best = costs[bench_disclosure.PEER]
    for name, bound in (("exact", 1.0), ("in turn", 1.25)):
        yield row(
            f"cost of what is hidden of the same table, {name}",
            f"<= {bound:g} x optimum of Tau-Argus",
            f"{costs[name] / best:.3f} x",
            verdict(costs[name] <= bound * best),
            f"{costs[name]:,.0f} hours",
            f"{best:,.0f} hours",
        )
    for found in bench_disclosure.rows():
        yield row(
            "joint audit of {tables} tables of a run, {cells:,} cells, {hidden:,} hidden".format(
                **found
            ),
            "<= 30 s, all safe",
            "{audit:.1f} s".format(**found),
            verdict(bool(found["safe"]) and float(str(found["audit"])) <= 30),
            "{sensitive:,} sensitive; protected together in {protect:.1f} s".format(**found),
            "-",
        )


def report_rows() -> Iterator[str]:
    ours, stack = imports()
    yield row(
        "imports of notebook 01, all cells run",
        "<= 1.5 x numpy, pandas, pyplot, seaborn, great_tables",
        f"{ours / stack:.2f} x",
        verdict(ours <= 1.5 * stack),
        milliseconds(ours),
        f"numpy, pandas, pyplot, seaborn, great_tables {milliseconds(stack)} (1.00 x)",
    )
    beyond, cells = beyond_cells()
    yield row(
        "an edition, to HTML, beyond what its own cells compute (processor time)",
        "<= 500 ms",
        milliseconds(beyond),
        verdict(beyond <= 0.5),
        milliseconds(beyond + cells),
        f"its cells {milliseconds(cells)}",
    )
    with copy_of_project() as folder:
        yield from map(timed_row, of_reports(folder))
        for what, count in rerun_by_change(folder).items():
            most = 1 if "kabupaten" in what else len(PROVINCES)
            yield row(
                f"raw tables changed: {what}",
                f"<= {most} of {len(PROVINCES)} editions",
                f"{count} run again",
                verdict(0 < count <= most),
                "-",
                "-",
            )


def rows() -> Iterator[str]:
    yield from map(timed_row, of_measures())
    yield memory_row()
    yield from accuracy_rows()
    yield from map(timed_row, of_inference())
    yield from map(timed_row, of_frontiers())
    yield from map(timed_row, of_plans())
    yield from family_rows()
    yield from population_rows()
    yield from restructuring_rows()
    yield from squad_rows()
    yield from hours_rows()
    yield from programme_rows()
    yield from individual_rows()
    yield from standard_table_rows()
    yield from disclosure_rows()
    yield from report_rows()


def main() -> None:
    lines = []
    print(HEADER, end="")
    for line in rows():
        print(line, flush=True)
        lines.append(line)
    footer = FOOTER.format(python=platform.python_version(), numpy=np.__version__)
    PAGE.write_text(HEADER + "\n".join(lines) + "\n" + footer, encoding="utf-8")


if __name__ == "__main__":
    main()
