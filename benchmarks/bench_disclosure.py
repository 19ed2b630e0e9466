"""Speed and cost of hiding cells, against Tau-Argus (pytauargus) on the same cells in the same run.

    python -m pytest benchmarks/bench_disclosure.py -o addopts= --benchmark-only

The table of 414 cells is that of the tests. The peer gets cells, protection levels and equations as
a file that is ready for it; the package gets the table, finds equations and checks them. Both look
for the optimum; the attacker knows that no hidden cell is empty and no upper bound (the peer: 10
million). Tables of a run: synthetic people of 514 kabupaten and kota in 38 provinces by five
dimensions, published together.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.cases import Case

from analysis.disclosure import Design, Table, audit, protect_together
from analysis.disclosure.systems import system_of

sys.path.append(str(Path(__file__).parents[1] / "tests" / "disclosure"))
import peer
from hierarchical import hierarchical_table

PEER = "Tau-Argus on a ready file"
UPPER = 1e7
KINDS = {"family": (30, 1.0), "education": (10, 1.0), "golongan": (17, 2.0), "age": (9, 5.0)}


def hide(method: str) -> float:
    """Return what the hidden cells of the table of 414 cost."""
    table = hierarchical_table(0)
    (found,) = protect_together({"table": table}, method=method).values()  # type: ignore[arg-type]
    return float(table.costs[(found["status"] == "secondary").to_numpy()].sum())


@cache
def ready() -> tuple[Path, float]:
    """Return the peer's file, and what its hidden cells cost."""
    folder = Path(tempfile.mkdtemp())
    system = system_of({"table": hierarchical_table(0)})
    peer.write_program(system, folder / "in", upper=UPPER)
    peer.solve(folder / "in", folder / "out")
    return folder / "in", float(peer.cost(system, folder / "out"))


def exact_case() -> Case:
    program, _ = ready()
    return Case(
        "exact suppression of a table of 414 cells, 77 sensitive, two hierarchies",
        0.8,
        PEER,
        {
            "this package": lambda: hide("exact"),
            "this package, in turn": lambda: hide("in_turn"),
            PEER: lambda: peer.solve(program, program.with_name("out")),
        },
        rounds=9,
    )


def costs() -> dict[str, float]:
    """Return what hidden cells cost: exact, in turn, the peer's."""
    return {"exact": hide("exact"), "in turn": hide("in_turn"), PEER: ready()[1]}


@cache
def run_of_tables(kabkota: int = 514, provinces: int = 38) -> dict[str, Table]:
    """Return tables of one run, one for each dimension, with the same people by region."""
    rng = np.random.default_rng(0)
    labels = [f"K{k:03d}" for k in range(kabkota)]
    above = {label: f"P{k * provinces // kabkota:02d}" for k, label in enumerate(labels)}
    people = np.rint(rng.lognormal(8.6, 0.7, kabkota)).astype(np.int64)
    tables = {}
    for name, (kinds, evenness) in (KINDS | {"sex": (2, 50.0)}).items():
        shares = rng.dirichlet(np.full(kinds, evenness))
        each = rng.dirichlet(shares * 30 + 0.02, kabkota)
        counts = np.stack([rng.multinomial(n, p) for n, p in zip(people, each, strict=True)])
        leaves = pd.DataFrame(counts, labels, [f"{name} {k:02d}" for k in range(kinds)])
        by_province = leaves.groupby(above).sum()
        frame = pd.concat([leaves, by_province, leaves.sum().to_frame("Indonesia").T])
        frame["Total"] = frame.sum(axis=1)
        long = frame.rename_axis("region").rename_axis(name, axis=1).stack().rename("people")
        regions = above | dict.fromkeys(by_province.index, "Indonesia")
        design = Design(["region", name], "people", hierarchies={"region": regions})
        tables[name] = Table(long.reset_index(), design)
    return tables


def rows() -> Iterator[dict[str, object]]:
    """Yield size and seconds of protecting the tables of a run in turn, and of their audit."""
    tables = run_of_tables()
    start = time.perf_counter()
    found = protect_together(tables)
    protected = time.perf_counter()
    result = audit(found)
    yield {
        "cells": sum(len(table.frame) for table in tables.values()),
        "tables": len(tables),
        "sensitive": int((result["status"] == "primary").sum()),
        "hidden": len(result),
        "protect": protected - start,
        "audit": time.perf_counter() - protected,
        "safe": bool(result["safe"].all()),
    }


@pytest.mark.benchmark(min_rounds=3, warmup=False)
@pytest.mark.parametrize("name", ["this package", "this package, in turn", PEER])
def test_speed(benchmark, name):
    case = exact_case()
    benchmark.group = case.work
    benchmark(case.run[name])
