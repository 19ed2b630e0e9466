"""Time, peak memory and size of synthetic populations, as the people grow.

    python -m benchmarks.bench_population

Each is written by a process of its own, imports and reading of the published figures included.
The peak is that of its resident memory.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from benchmarks.own_process import each_apart

from analysis.individuals.folders import open_dataset
from analysis.individuals.population import Request, generate

COUNTRY = 4_734_041  # PNS and PPPK at the end of 2024


@dataclass(frozen=True)
class Work:
    """What is written, and what it may take."""

    number: int
    training: bool = False
    seconds: float | None = None
    mebibytes: float | None = None

    @property
    def words(self) -> str:
        records = " and training records" if self.training else ""
        return f"synthetic population: {self.number:,} people, units, posts{records}"


WORKS = (
    Work(COUNTRY // 10),
    Work(COUNTRY, seconds=60.0, mebibytes=512.0),
    Work(COUNTRY, training=True, seconds=360.0),
)


def peak_mebibytes() -> float:
    """Return the most memory that this process held; ru_maxrss would count its parent's too."""
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = (x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return psutil.Process().memory_info().rss / 2**20


def measure(work: Work) -> dict[str, Any]:
    """Return what writing a population took; to be asked in a fresh process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "population"
        start = time.perf_counter()
        generate(Request(work.number, training=work.training), folder)
        seconds = time.perf_counter() - start
        dataset = open_dataset(folder)
        size = sum(file.stat().st_size for files in dataset.files.values() for file in files)
        return {
            "seconds": seconds,
            "processor": time.process_time(),
            "mebibytes": peak_mebibytes(),
            "rows": dataset.rows,
            "megabytes": size / 1e6,
        }


def rows() -> Iterator[tuple[Work, dict[str, Any]]]:
    """Yield each work and what it took."""
    return each_apart("benchmarks.bench_population", WORKS)


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measure(Work(**json.loads(sys.argv[1])))))
        return
    for work, found in rows():
        print(
            f"{work.words}: {found['seconds']:.1f} s ({found['processor']:.1f} s of processor), "
            f"peak {found['mebibytes']:,.0f} MiB, {found['megabytes']:,.0f} MB, {found['rows']}"
        )


if __name__ == "__main__":
    main()
