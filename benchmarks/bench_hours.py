"""Time and peak memory of the tables of 20 JP against bare SQL, in a process of their own.

    python -m benchmarks.bench_hours

People and trainings are drawn at random and break no rule. Both sides read the same Parquet with
two threads and little memory: DuckDB puts what does not fit on the disk. Bare SQL adds up hours of
people and years, and counts who meets the floor by agency and how many have how many hours; it
checks nothing. The rules of conversion are read before, as those of bare SQL are typed in.
"""

import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
from benchmarks.own_process import measured_apart

from analysis.competence.hours import HourRules, compliance, hour_counts, training_hours
from analysis.datasets.reading import read_table
from analysis.individuals.reading.engine import embedded

YEAR = 2024
ROUNDS = 3
_PEOPLE = """
COPY (SELECT 'P' || lpad(i::VARCHAR, 8, '0') AS nipBaru,
    CASE WHEN hash(i) % 5 = 0 THEN 'PPPK' ELSE 'PNS' END AS statusPegawai,
    'Instansi ' || (hash(i + 1) % 645) AS instansiKerjaNama,
    DATE '1990-01-01' + (hash(i + 2) % 12000)::INT AS tmtCpns,
    DATE '2025-06-01' + (hash(i + 3) % 9000)::INT AS tmtPensiun
FROM range({people}) AS t(i)) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""
# The same person's trainings are 285 days apart, so that they do not overlap.
_TRAINING = """
COPY (SELECT 'P' || lpad((i % {people})::VARCHAR, 8, '0') AS nipBaru,
    (hash(i) % 10 + 1)::VARCHAR AS jenisDiklatId,
    CASE WHEN hash(i + 1) % 20 = 0 THEN NULL ELSE (hash(i + 2) % 30 + 1)::DOUBLE END AS jumlahJam,
    year(day) AS tahun, day AS tanggal, day + (hash(i + 3) % 5)::INT AS tanggalSelesai
FROM (SELECT i, DATE '2024-12-20' - ((i // {people}) * 285)::INT AS day
    FROM range({records}) AS t(i)))
TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""
_BARE = """
CREATE TEMP TABLE each AS
SELECT p.instansiKerjaNama, p.statusPegawai, coalesce(h.hours, 0) AS hours
FROM '{people}' AS p LEFT JOIN (
    SELECT nipBaru, sum(coalesce(nullif(jumlahJam, 0), CASE jenisDiklatId
        WHEN '4' THEN 5 * (tanggalSelesai - tanggal + 1)
        WHEN '7' THEN 4 * (tanggalSelesai - tanggal + 1)
        WHEN '9' THEN 4 * (tanggalSelesai - tanggal + 1) WHEN '10' THEN 20 END)) AS hours
    FROM '{training}' WHERE tahun = {year} GROUP BY nipBaru) AS h ON h.nipBaru = p.nipBaru;
"""


@dataclass(frozen=True)
class Work:
    """How many there are, and which side is measured."""

    people: int
    records: int
    side: str
    folder: str

    @property
    def words(self) -> str:
        return f"tables of 20 JP, {self.people:,} people, {self.records:,} trainings"


def _ours(engine: Any, people: Path, training: Path, rules: HourRules) -> None:
    read = engine.read_parquet
    columns = [
        "instansiKerjaNama",
        "floor",
        "ceiling",
        "hours",
        "converted",
        "unstated",
        "complete",
    ]
    hours = training_hours(read(people), read(training), rules, [YEAR], columns=columns)
    compliance(hours, ["instansiKerjaNama"])
    hour_counts(hours)


def _bare(engine: Any, people: Path, training: Path, _: HourRules) -> None:
    engine.raw_sql(_BARE.format(people=people, training=training, year=YEAR))
    for query in (
        "SELECT instansiKerjaNama, count(*) FILTER (hours >= 20), sum(greatest(20 - hours, 0)) "
        "FROM each WHERE statusPegawai <> 'PPPK' GROUP BY ALL",
        "SELECT hours, count(*) FROM each GROUP BY ALL",
    ):
        engine.raw_sql(query).fetchall()


def measure(work: Work) -> dict[str, float]:
    files = [Path(work.folder) / f"{name}.parquet" for name in ("people", "training")]
    rules = HourRules.of(read_table("konversi_jp"), read_table("aturan"), dt.date(YEAR, 12, 31))
    with embedded(threads=2) as engine:
        engine.raw_sql("SET memory_limit = '500MB'")
        start, used = time.perf_counter(), time.process_time()
        (_ours if work.side == "this package" else _bare)(engine, *files, rules)
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - used,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def rows(people: int = 4_700_000, records: int = 30_000_000) -> Iterator[tuple[Work, Any]]:
    """Yield what each side took at the least, in rounds: first this package, then bare SQL."""
    with tempfile.TemporaryDirectory(prefix="bench-hours-") as folder:
        engine = duckdb.connect()
        said = {"people": people, "records": records}
        for name, statement in (("people", _PEOPLE), ("training", _TRAINING)):
            engine.execute(statement.format(file=f"{folder}/{name}.parquet", **said))
        engine.close()
        works = [Work(people, records, side, folder) for side in ("this package", "bare SQL")]
        found: list[list[dict[str, Any]]] = [[], []]
        for _ in range(ROUNDS):
            for each, rounds in zip(works, found, strict=True):
                rounds.append(measured_apart(__spec__.name, asdict(each)))
        for work, rounds in zip(works, found, strict=True):
            yield work, min(rounds, key=itemgetter("processor"))


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0].startswith("{"):
        print(json.dumps(measure(Work(**json.loads(given[0])))))
    else:
        for each, found in rows(*map(int, given)):
            print(each.words, each.side, found, flush=True)
