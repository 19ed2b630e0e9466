"""Speed of validation, and of setting rows aside, in one run with what they are compared with.

Validation: against hashing every column of the same Parquet in DuckDB. Setting aside: every row
that breaks a rule apart, the others keyed, in a process of its own, against DuckDB writing the same
rows under keys by itself, held to no rule and in whatever order suits its threads.

    python -m benchmarks.bench_individuals

People are drawn at random, stand in the order of their units as they do in an extract, and break no
rule, or one in fifty of them does. The rows of `benchmarks/README.md`: `individual_rows`.
"""

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow.parquet as pq
from benchmarks.bench_population import peak_mebibytes
from benchmarks.cases import Case
from benchmarks.own_process import measured_apart
from benchmarks.rows import milliseconds, row, timed_row, verdict

from analysis.individuals.ingest import ingest, read_extracts
from analysis.individuals.person_keys import KEY, PersonKey
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.opening import Named
from analysis.individuals.schema import code_lists
from analysis.individuals.validation import Validation, basis_on, check
from analysis.individuals.validation.choices import Choices

PEOPLE = 4_700_000
UNITS = 300_000
DAY = dt.date(2026, 6, 30)
HASH = "hash of every column"
REWRITTEN = "DuckDB writing the same keyed rows, in no order, unchecked"

# A person by three numbers drawn from the position; the serial number makes the NIP unique.
_PEOPLE = """
COPY (
WITH drawn AS (
    SELECT i, (hash(i) % 1000000007)::BIGINT AS a, (hash(i + 7) % 1000000007)::BIGINT AS b,
        (hash(i + 13) % 1000000007)::BIGINT AS c FROM range({people}) AS t(i)),
born AS (
    SELECT *, DATE '1968-07-01' + (i % 10500)::INT AS birth, (i // 10500)::INT AS turn,
        (b % 4)::INT AS kind, i * {units} // {people} AS unit,
        (hash(i + 17) % 50 = 0) AND {faults} AS wrong FROM drawn),
started AS (
    SELECT *, (date_trunc('month', birth + INTERVAL 20 YEAR)
        + to_months((turn // 999)::INT))::DATE AS start FROM born)
SELECT strftime(birth, '%Y%m%d') || strftime(start, '%Y%m') || '9'
        || lpad((turn % 999 + 1)::VARCHAR, 3, '0') AS nipBaru,
    CASE WHEN a % 3 = 0 THEN 'F' ELSE 'M' END AS jenisKelamin,
    birth + wrong::INT AS tglLahir, 'PNS' AS statusPegawai, '15' AS jenisPegawaiId,
    '1' AS kedudukanPnsId, 'Aktif' AS kedudukanPnsNama,
    ['15', '30', '40', '45'][(b % 4 + 1)::INT] AS tkPendidikanTerakhir,
    CASE WHEN wrong THEN 'III/z' ELSE ['II/c', 'III/a', 'III/d', 'IV/a'][(c % 4 + 1)::INT] END
        AS golRuangAkhir,
    start AS tmtCpns,
    (date_trunc('month', birth + INTERVAL 58 YEAR) + INTERVAL 1 MONTH)::DATE AS tmtPensiun,
    58::INT AS bupPensiun, md5((a % 645)::VARCHAR) AS instansiIndukId,
    'Instansi ' || (a % 645) AS instansiIndukNama, md5((a % 645)::VARCHAR) AS instansiKerjaId,
    'Instansi ' || (a % 645) AS instansiKerjaNama, 'Satker ' || (b % 16717) AS satuanKerjaKerjaNama,
    upper(md5(unit::VARCHAR)) AS unorId, 'Unit ' || unit AS unorNama,
    upper(md5((b % 16717)::VARCHAR)) AS unorIndukId, 'Induk ' || (b % 16717) AS unorIndukNama,
    ['1', '4', '2', '2'][kind + 1] AS jenisJabatanId,
    ['Jabatan Struktural', 'Jabatan Fungsional Umum', 'Jabatan Fungsional Tertentu',
        'Jabatan Fungsional Tertentu'][kind + 1] AS jenisJabatan,
    'Jabatan ' || (c % 800) AS jabatanNama,
    CASE WHEN kind = 0 THEN md5((c % 800)::VARCHAR) END AS jabatanStrukturalId,
    CASE WHEN kind > 1 THEN md5((c % 800)::VARCHAR) END AS jabatanFungsionalId,
    CASE WHEN kind > 1 THEN 'Jabatan ' || (c % 800) END AS jabatanFungsionalNama,
    CASE WHEN kind = 1 THEN md5((c % 800)::VARCHAR) END AS jabatanFungsionalUmumId,
    CASE WHEN kind = 0 THEN '41' ELSE '99' END AS eselonId,
    CASE WHEN kind = 0 THEN 'IV.a' END AS eselon, CASE WHEN kind = 0 THEN 4 END::INT AS eselonLevel,
    least(start + (c % 3000)::INT, DATE '2026-06-01') AS tmtJabatan,
    md5((c % 514)::VARCHAR) AS lokasiKerjaId, 'Lokasi ' || (c % 514) AS lokasiKerja,
    left(places[(c % 514 + 1)::INT], 2) AS provinsi, places[(c % 514 + 1)::INT] AS kabkota,
    true AS sintetis
FROM started, (SELECT {places} AS places)
) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""
_UNITS = """
COPY (
SELECT upper(md5(i::VARCHAR)) AS Id,
    CASE WHEN i >= 645 THEN upper(md5((i // 20 % 16717)::VARCHAR)) END AS DiatasanId,
    'Unit ' || i AS NamaUnor, 'A' AS aktif
FROM range({units}) AS t(i)
) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bench-individuals-")


@cache
def files(people: int, faults: bool) -> tuple[Path, Path]:
    """Return Parquet files of people and units."""
    place = Path(folder().name)
    engine = duckdb.connect()
    of_people, of_units = place / f"people-{people}-{faults}.parquet", place / "units.parquet"
    places = list(basis_on(DAY).kabkota)
    said = {"people": people, "faults": faults, "units": UNITS, "places": places}
    engine.execute(_PEOPLE.format(file=of_people, **said))
    engine.execute(_UNITS.format(file=of_units, units=UNITS))
    return of_people, of_units


def validation(people: int = PEOPLE, *, faults: bool) -> Callable[[], Validation]:
    """Return the work: every rule on people and units."""
    basis = basis_on(DAY)
    engine = ibis.duckdb.connect()
    names = ("people", "units")
    tables = {
        name: engine.read_parquet(file)
        for name, file in zip(names, files(people, faults), strict=True)
    }
    return lambda: check(tables, basis)


def hashes(people: int = PEOPLE, *, faults: bool) -> Callable[[], object]:
    """Return the yardstick: a hash of every column of both files."""
    engine = duckdb.connect()
    statements = []
    for file in files(people, faults):
        columns = pq.read_schema(file).names
        each = ", ".join(f'bit_xor(hash("{name}"))' for name in columns)
        statements.append(f"SELECT {each} FROM '{file}'")
    return lambda: [engine.execute(statement).fetchall() for statement in statements]


def of_individuals() -> list[Case]:
    return [
        Case(
            f"validation of all rules, {PEOPLE:,} people, {UNITS:,} units, {said}",
            5.0,
            HASH,
            {"this package": validation(faults=faults), HASH: hashes(faults=faults)},
            rounds=3,
        )
        for faults, said in ((False, "none of them faulty"), (True, "2 % of people faulty"))
    ]


def setting_aside(people: int = PEOPLE) -> dict[str, Any]:
    """Return what setting 2 % of people aside took, and a bare rewriting; in a process."""
    return measured_apart("benchmarks.bench_individuals", people)


def _measure(people: int) -> dict[str, Any]:
    basis, codes = basis_on(DAY), code_lists()
    key, aside = PersonKey(b"0" * 32), Choices([("*", "set aside")])
    places = [
        Named.of(f"{name}={file}")
        for name, file in zip(("people", "units"), files(people, True), strict=True)
    ]
    with embedded() as engine, tempfile.TemporaryDirectory() as place:
        extracts = read_extracts(engine, places, basis, codes)
        written = _took(lambda: ingest(engine, extracts, Path(place) / "data", key, aside))
        peak = peak_mebibytes()
        bare = _took(lambda: _rewritten(key, files(people, True), Path(place)))
    return {"seconds": written, "bare": bare, "mebibytes": peak}


def _rewritten(key: PersonKey, sources: Iterable[Path], place: Path) -> None:
    """Have DuckDB write the files again under keys, in whatever order suits its threads."""
    engine = duckdb.connect()
    engine.execute("SET preserve_insertion_order = false")
    for source in sources:
        keyed = "nipBaru" in pq.read_schema(source).names
        columns = f"{key.sql('nipBaru')} AS {KEY}, * EXCLUDE nipBaru" if keyed else "*"
        engine.execute(
            f"COPY (SELECT {columns} FROM '{source}') TO '{place / source.name}' "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)",
            key.parameters if keyed else None,
        )


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def individual_rows() -> Iterator[str]:
    yield from map(timed_row, of_individuals())
    found = setting_aside()
    ratio = found["seconds"] / found["bare"]
    yield row(
        f"set 2 % of {PEOPLE:,} people aside, key the others, write both",
        f"<= 1.2 x {REWRITTEN}, <= 2,048 MiB",
        f"{ratio:.2f} x, peak {{mebibytes:,.0f}} MiB".format(**found),
        verdict(ratio <= 1.2 and found["mebibytes"] <= 2048),
        milliseconds(found["seconds"]),
        f"{REWRITTEN} {milliseconds(found['bare'])} (1.00 x)",
    )


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(_measure(json.loads(sys.argv[1]))))
        return
    for line in individual_rows():
        print(line)


if __name__ == "__main__":
    main()
