"""Speed of the three stages on forests of 5,000, 50,000 and 500,000 units.

    python -m benchmarks.bench_restructuring

Each size runs in a process of its own, so that its peak memory is its own. An organisation has
an agency for each 769 units, nine or ten people a unit, and some posts vacant. The
figures take in the checks of the tables, the three stages and the ledger as one table. The
largest is measured again with texts of 32 signs for labels.
"""

import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.own_process import measured_apart

from analysis.datasets import read_table
from analysis.restructuring import Organisation, Rules, restructure
from analysis.restructuring.columns import KINDS, LEVELS

SIZES = (5_000, 50_000, 500_000)
PEOPLE_PER_UNIT = 9.4
SUBJECTS = ("Statistik", "Keuangan", "Perencanaan", "Umum", "Pelayanan", "Pengadaan Barang")
UNIT_KINDS = ("badan", "dinas", "bidang", "seksi", "kelompok")
ECHELONS = ("I.a", "II.a", "III.a", "IV.a", "V.a")


def frames(units: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables of an organisation."""
    rng = np.random.default_rng(seed)
    agencies = max(units // 769, 1)
    number = np.arange(units)
    agency = np.minimum(number * agencies // units, agencies - 1)
    first = np.searchsorted(agency, np.arange(agencies))[agency]
    within = number - first
    parent = np.where(within == 0, -1, first + (within - 1) // 8)
    level = np.zeros(units, dtype=np.int64)
    for _ in range(6):
        level = np.where(parent < 0, 0, level[np.maximum(parent, 0)] + 1)
    rank = level  # at most V.a: eight units under each, 769 in an agency
    subject = rng.integers(len(SUBJECTS), size=units)
    names = [
        f"{UNIT_KINDS[k]} {SUBJECTS[s]} {n % 999}"
        for n, (k, s) in enumerate(zip(rank, subject, strict=True))
    ]
    unit_table = pd.DataFrame(
        {
            "unit": number,
            "parent": pd.Series(parent, dtype="Int64").where(parent >= 0),
            "eselon": pd.Categorical.from_codes(rank, list(ECHELONS)),
            "kind": pd.Categorical.from_codes(rank, list(UNIT_KINDS)),
            "agency": pd.Categorical.from_codes(agency, [f"Instansi {a}" for a in range(agencies)]),
            "agency_kind": pd.Categorical.from_codes(
                (agency % 12 > 0) + (agency % 12 > 1).astype(int), ["pusat", "provinsi", "kabkota"]
            ),
            "name": names,
            "province": pd.Categorical.from_codes(agency % 38, [f"{p:02}" for p in range(38)]),
        }
    )
    people = round(units * PEOPLE_PER_UNIT)
    others = people - units + units // 5
    kind = rng.integers(1, 3, others)
    post_table = pd.DataFrame(
        {
            "post": np.arange(units + others),
            "unit": np.concatenate([number, rng.integers(units, size=others)]),
            "kind": pd.Categorical.from_codes(
                np.concatenate([np.zeros(units, int), kind]), list(KINDS)
            ),
            "title": pd.Categorical.from_codes(
                np.concatenate([np.zeros(units, int), 1 + rng.integers(800, size=others)]),
                ["Kepala", *(f"Jabatan {n}" for n in range(800))],
            ),
            "eselon": pd.Categorical.from_codes(
                np.concatenate([rank, np.full(others, -1)]), list(ECHELONS)
            ),
            "jenjang": pd.Categorical.from_codes(
                np.concatenate(
                    [np.full(units, -1), np.where(kind == 1, rng.integers(8, size=others), -1)]
                ),
                list(LEVELS),
            ),
            "kelas": np.concatenate([15 - 2 * rank, rng.integers(5, 12, others)]),
        }
    )
    person_table = pd.DataFrame(
        {
            "person": np.arange(people),
            "post": rng.permutation(units + others)[:people],
            "education": pd.Categorical.from_codes(
                rng.integers(4, size=people), ["15", "30", "40", "45"]
            ),
            "golongan": pd.Categorical.from_codes(
                rng.integers(3, size=people), ["III/a", "III/d", "IV/a"]
            ),
            "birth": pd.Timestamp("1965-01-01")
            + pd.to_timedelta(rng.integers(12_000, size=people), "D"),
        }
    )
    return unit_table, post_table, person_table


def texts(numbers: "pd.Series[Any]", letter: str) -> "pd.Series[Any]":
    """Return labels of 32 signs in place of numbers, as identifiers of SIASN have."""
    found = np.char.add(letter, np.char.zfill(numbers.fillna(-1).to_numpy(dtype="U31"), 31))
    column = pd.Series(pd.array(found, dtype="str"), index=numbers.index)
    return column.where(numbers.notna())


def labelled(
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables with texts for labels."""
    letters = {"unit": "u", "parent": "u", "post": "p", "person": "o"}
    return tuple(
        table.assign(**{n: texts(table[n], letter) for n, letter in letters.items() if n in table})
        for table in tables
    )


def measure(units: int, kind: str) -> dict[str, Any]:
    """Return the seconds of checks, stages and ledger, and the peak memory in GiB."""
    tables = frames(units) if kind == "numbers" else labelled(frames(units))
    rules = Rules.from_frame(
        read_table("aturan_penyederhanaan"),
        read_table("batas_usia_pensiun"),
        dt.date(2021, 12, 31),
    )
    start, used = time.perf_counter(), time.process_time()
    organisation = Organisation.from_frames(*tables)
    del tables
    checked = time.perf_counter()
    found = restructure(organisation, rules)
    staged = time.perf_counter()
    ledger = found.ledger()
    crosswalk, posts = found.crosswalk(), found.posts()
    end = time.perf_counter()
    assert len(ledger) == 3 * len(organisation.people)
    return {
        "units": units,
        "labels": kind,
        "people": len(organisation.people),
        "dissolved": int((crosswalk["status"] == "dissolved").sum()),
        "posts": len(posts),
        "checks": checked - start,
        "stages": staged - checked,
        "ledger": end - staged,
        "seconds": end - start,
        "cpu": time.process_time() - used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def rows() -> Iterator[dict[str, Any]]:
    """Measure every size in a process of its own."""
    for units, kind in (*((size, "numbers") for size in SIZES), (SIZES[-1], "texts")):
        yield measured_apart("benchmarks.bench_restructuring", [units, kind])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(*json.loads(sys.argv[1]))))
    else:
        for row in rows():
            print(row)
