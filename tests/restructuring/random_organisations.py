"""Random organisations and rules, small and of every shape the checks allow."""

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd

from analysis.datasets import read_table
from analysis.restructuring import Organisation, Rules

ECHELONS = ["I.a", "II.a", "III.a", "III.b", "IV.a", "IV.b", "V.a", None]
NAMES = ["Bidang Statistik", "Kecamatan Siantar", "Seksi Pengadaan", "UPT Pasar", "Bagian Umum"]
AGENCIES = {"Badan": "pusat", "Provinsi": "provinsi", "Kabupaten": "kabkota"}
DAYS = [dt.date(2020, 6, 30), dt.date(2021, 5, 10), dt.date(2021, 12, 31), dt.date(2023, 1, 1)]
READINGS = ["uji kompetensi", "tidak disetarakan"]

Generator = np.random.Generator


@cache
def rules_on(day: dt.date = DAYS[2], reading: str = READINGS[0]) -> Rules:
    """Return the shipped rules."""
    ages = read_table("batas_usia_pensiun")
    return Rules.from_frame(read_table("aturan_penyederhanaan"), ages, day, reading=reading)


def some_rules(rng: Generator) -> Rules:
    """Return the shipped rules on some day, some of them switched off."""
    rules = rules_on(DAYS[rng.integers(len(DAYS))], READINGS[rng.integers(2)])
    codes = [rule.code for rule in rules.rules if rule.stage != "akibat"]
    return rules.without(rng.choice(codes, rng.integers(5), replace=False).tolist())


def some_organisation(rng: Generator, size: int) -> Organisation:
    """Return a forest of up to `size` units with posts, some vacant, and people."""
    agencies = rng.permutation(list(AGENCIES))[: rng.integers(1, 4)].tolist()
    units = [_unit(n, None, rng.integers(3), agency, rng) for n, agency in enumerate(agencies)]
    for number in range(len(units), size):
        above = units[rng.integers(number)]
        rank = rng.integers(min(above["rank"] + 1, len(ECHELONS) - 1), len(ECHELONS))
        units.append(_unit(number, above["unit"], rank, above["agency"], rng))
    posts = []
    for row in units:
        if row["eselon"] and rng.integers(10):
            posts.append(_post(len(posts), row, "struktural", row["eselon"]))
        for _ in range(rng.integers(row["parent"] is None, 4)):
            posts.append(_post(len(posts), row, ["fungsional", "pelaksana"][rng.integers(2)]))
    people = [
        {
            "person": None,
            "post": post["post"],
            "education": ["15", "30", "40", "45", None][rng.integers(5)],
            "golongan": ["III/a", "III/d", "IV/b", None][rng.integers(4)],
            "birth": dt.date(2000 - int(rng.integers(39)), 1, 1),
        }
        for post in posts
        for _ in range(rng.integers(2 if post["kind"] == "struktural" else 3))
    ]
    persons = pd.DataFrame(people, columns=["person", "post", "education", "golongan", "birth"])
    persons["person"] = [f"p{n}" for n in range(len(persons))]
    return Organisation.from_frames(
        pd.DataFrame(units).drop(columns="rank"), pd.DataFrame(posts), persons
    )


def _unit(number, parent, rank, agency, rng):
    low_root = parent is None and rank > 1
    exempt = True if low_root else ([None] * 8 + [True, False])[rng.integers(10)]
    return {
        "unit": f"u{number}",
        "parent": parent,
        "eselon": ECHELONS[rank],
        "kind": ["bidang", "seksi", "rsud"][rng.integers(3)],
        "agency": agency,
        "agency_kind": AGENCIES[agency],
        "name": NAMES[rng.integers(len(NAMES))],
        "province": ["11", "12"][rng.integers(2)],
        "exempt": exempt,
        "reason": None if exempt is None else "keputusan",
        "rank": rank,
    }


def _post(number, unit, kind, eselon=None):
    functional = kind == "fungsional"
    return {
        "post": f"j{number}",
        "unit": unit["unit"],
        "kind": kind,
        "title": f"Kepala {unit['name']}" if eselon else "Perencana" if functional else "Pengolah",
        "eselon": eselon,
        "jenjang": "ahli muda" if functional else None,
        "kelas": 9 if functional else 7,
    }
