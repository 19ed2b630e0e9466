"""The command line holds an extract to the rules on the engine that it is told."""

import os
import re

import pyarrow.parquet as pq
import pytest
from individual_records import PNS, PPPK, as_arrow, units

from analysis.individuals.__main__ import main

PEOPLE = [
    PNS,
    PNS,
    PPPK | {"nipBaru": "1,98503E+17"},
    PPPK | {"golRuangAkhir": "III/z", "unorId": "U9"},
    PNS | {"nipBaru": "198503052010019008", "tglLahir": None},
]
FOUND = re.compile(r"^ +(\d+)  (\w+\.\w+)  \[", re.MULTILINE)


@pytest.mark.parametrize(
    "setting",
    [
        "duckdb",
        pytest.param("ASN_TEST_POSTGRES", id="postgres", marks=pytest.mark.postgres),
        pytest.param("ASN_TEST_SPARK", id="spark cluster", marks=pytest.mark.spark),
    ],
)
def test_every_engine_finds_the_same_faults_of_an_extract(setting, tmp_path, capsys):
    tables = {"people": as_arrow("people", PEOPLE), "units": units().to_pyarrow()}
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    places = [f"{name}={tmp_path}/{name}.parquet" for name in tables]
    engine = os.environ.get(setting, setting)
    assert main(["validate", *places, "--date", "2026-06-30", "--engine", engine]) == 0
    found = {rule: int(rows) for rows, rule in FOUND.findall(capsys.readouterr().out)}
    notes = {"people.nip_synthetic": 4}
    assert found == notes | {
        "people.code_golRuangAkhir": 1,
        "people.golongan_of_other_status": 1,
        "people.nip_rounded": 1,
        "people.repeated_row": 1,
        "people.unit_unknown": 1,
    }
