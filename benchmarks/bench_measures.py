"""Speed of the measures, against yardsticks and peers in the same run.

    python -m pytest benchmarks/bench_measures.py -o addopts= --benchmark-only

Each group holds one row of `benchmarks/README.md`; pytest-benchmark prints each time as a multiple
of the least of its group. The table itself: `python -m benchmarks.table`.
"""

import pytest
from benchmarks.cases import of_measures

CASES = {f"{case.work}: {name}": (case, name) for case in of_measures() for name in case.run}


@pytest.mark.benchmark(min_rounds=3, warmup=False)
@pytest.mark.parametrize("label", CASES)
def test_speed(benchmark, label):
    case, name = CASES[label]
    benchmark.group = case.work
    benchmark(case.run[name])
