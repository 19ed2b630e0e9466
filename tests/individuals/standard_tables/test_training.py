"""Hours of development of a year, as tables of a run."""

import datetime as dt
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure import publish
from analysis.disclosure.protection import named_tables
from analysis.disclosure.systems import system_of
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.national import national_set
from analysis.individuals.standard_tables.study import OF_MOVED
from analysis.individuals.standard_tables.training import AWAY, MET, OPEN, OVER, SHORT, training_set

DAY = dt.date(2025, 6, 30)
HERE: dict[str, Any] = {
    "instansiKerjaNama": "Pemerintah Kota A",
    "provinsi": "31",
    "kabkota": "31.71",
    "jenisJabatanId": "2",
    "golRuangAkhir": "III/a",
    "jenisKelamin": "F",
    "tglLahir": dt.date(1990, 1, 1),
}


def people(number: int, start: int, **more: Any) -> list[dict[str, Any]]:
    rows = range(start, start + number)
    return [{"nipBaru": f"k{i}", "statusPegawai": "PNS", **HERE, **more} for i in rows]


def training(key: str, jp: float | None, **more: Any) -> dict[str, Any]:
    row = {"nipBaru": key, "jenisDiklatId": "3", "jumlahJam": jp, "tahun": 2024}
    return row | {"tanggal": None, "tanggalSelesai": None} | more


SCHEMA = pa.schema(
    {
        "nipBaru": pa.string(),
        "jenisDiklatId": pa.string(),
        "jumlahJam": pa.float64(),
        "tahun": pa.int64(),
        "tanggal": pa.date32(),
        "tanggalSelesai": pa.date32(),
    }
)
LATER = {"tmtCpns": dt.date(2025, 2, 1)}
SINCE = {"tmtCpns": dt.date(2010, 1, 1)}
PEOPLE = [
    *people(10, 0, **SINCE),
    *people(6, 10, statusPegawai="PPPK", golRuangAkhir="IX", **SINCE),
    *people(5, 20, provinsi="34", kabkota="34.71", **SINCE),
    *people(5, 30, **LATER),
]
MARCH: dict[str, Any] = {"tanggal": dt.date(2024, 3, 4), "tanggalSelesai": dt.date(2024, 3, 5)}
TRAINING = [
    *[training(f"k{i}", 20.0) for i in range(6)],
    *[training(f"k{i}", 12.5) for i in (6, 7)],
    training("k8", None),
    *[training(f"k{i}", 30.0) for i in (10, 11)],
    training("k20", 5.0, **MARCH),
    training("k20", 99.0, **MARCH),  # overlaps: set aside
]


def tables(trainings: list[dict[str, Any]] = TRAINING) -> dict[str, Any]:
    return {
        "people": ibis.memtable(pa.Table.from_pylist(PEOPLE)),
        "training": ibis.memtable(pa.Table.from_pylist(trainings, schema=SCHEMA)),
    }


def made(**more: Any) -> Any:
    return training_set(Records(tables() | more, DAY))


@pytest.fixture(scope="module")
def found() -> Any:
    return made()


def cell(frame: Any, value: str = "pegawai", **labels: str) -> Any:
    for column, label in labels.items():
        frame = frame[frame[column] == label]
    return frame[value].sum()


def test_everyone_is_in_one_state(found: Any) -> None:
    frame = found.tables["jp_jabatan"].frame
    of = {s: cell(frame, jabatan="Jumlah", kepatuhan=s) for s in (MET, SHORT, OPEN, OVER, AWAY)}
    assert of == {MET: 6, SHORT: 8, OPEN: 1, OVER: 2, AWAY: 5}
    for name, table in found.tables.items():
        total = table.frame
        for dimension in table.design.dimensions:
            total = total[total[dimension] == "Jumlah"]
        assert total["pegawai"].tolist() == [26], name


def test_what_the_tables_of_the_country_count_too_is_one_cell_for_the_gate(found: Any) -> None:
    country = national_set(Records(tables(), DAY)).tables["pegawai_golongan"]
    both = {"country": country, "hours": found.tables["jp_golongan"]}
    system = system_of(named_tables(both))
    cells = [
        dict(zip(zip(*[table.frame[d] for d in dimensions], strict=True), rows, strict=True))
        for name, dimensions in (
            ("country", ["wilayah", "golongan"]),
            ("hours", ["wilayah", "golongan", "kepatuhan"]),
        )
        for table, rows in [(both[name], system.rows[name].tolist())]
    ]
    shared = {own[:2]: cell for own, cell in cells[1].items() if own[2] == "Jumlah"}
    assert len(shared) == 8
    assert shared.items() <= cells[0].items()


def test_what_is_short_is_counted_in_whole_hours_up(found: Any) -> None:
    frame = found.tables["jp_kekurangan"].frame
    of = {jp: cell(frame, wilayah="31", kekurangan=jp) for jp in ("8 JP", "20 JP", "0 JP")}
    assert of == {"8 JP": 2, "20 JP": 2, "0 JP": 17}
    assert cell(frame, wilayah="34", kekurangan="15 JP") == 1  # of two that overlap one stays


def test_statistics_leave_out_who_did_not_serve_and_what_was_set_aside(found: Any) -> None:
    measures = found.statistics["jp_ukuran"].frame.set_index("wilayah")
    assert measures["pegawai"].to_dict() == {"Jumlah": 21, "31": 16, "34": 5}
    aside = found.statistics["jp_dikesampingkan"].frame
    assert aside["catatan"].tolist() == [1]
    curve = found.statistics["jp_lorenz"].frame["bagian_jp"]
    assert curve.is_monotonic_increasing
    assert (curve.iloc[0], curve.iloc[-1]) == (0, 1)


def test_the_tables_pass_the_gate_together(found: Any) -> None:
    published = publish(
        found.tables, run="coba", log=None, statistics=found.statistics, synthetic=True
    )
    assert {"jp_instansi", "jp_ukuran"} <= set(published)


def test_what_the_records_lack_is_said() -> None:
    assert set(made().lacking) == {*OF_MOVED, "jp_kegiatan"}  # no units, no other activities
    people_only = {"people": ibis.memtable(pa.Table.from_pylist(PEOPLE))}
    assert "training" in training_set(Records(people_only, DAY)).lacking["jp_instansi"]


def test_a_year_without_a_single_training_is_missing_and_not_zero() -> None:
    tables = {"people": PEOPLE, "training": TRAINING}
    records = Records(
        {n: ibis.memtable(pa.Table.from_pylist(rows)) for n, rows in tables.items()},
        dt.date(2027, 6, 30),
    )
    found = training_set(records)
    assert "no training of 2026" in found.lacking["jp_instansi"]
    assert "the latest is of 2024" in found.lacking["jp_instansi"]


def test_other_activities_count_beside_the_trainings_and_those_that_cannot_be_do_not() -> None:
    coaching = {"jenis": "coaching", "jumlahJam": None, "tahun": 2024, "bulan": 3, "jumlah": 4.0}
    rows = [
        {"nipBaru": "k6", **coaching, "jumlah": 2.0},  # 4 JP: 16.5 of 20
        {"nipBaru": "k7", **coaching},  # 8 JP, but of a month only 4 count
        {"nipBaru": "k9", **coaching, "jenis": "e-learning", "jumlahJam": 3000.0},
    ]
    other = made(activities=ibis.memtable(pa.Table.from_pylist(rows)))
    short = other.tables["jp_kekurangan"].frame
    assert cell(short, wilayah="31", kekurangan="4 JP") == 2
    assert other.statistics["jp_kegiatan"].frame.set_index("jenis")["catatan"].to_dict() == {
        **{"Jumlah": 3, "coaching": 2, "e-learning": 1}
    }
    assert "jp_kegiatan" not in other.lacking


def test_people_are_found_by_the_hash_that_takes_the_place_of_the_nip(found: Any) -> None:
    keyed = {name: table.rename(kunci="nipBaru") for name, table in tables().items()}
    again = training_set(Records(keyed, DAY)).tables["jp_jabatan"].frame
    pd.testing.assert_frame_equal(again, found.tables["jp_jabatan"].frame)


def test_no_key_leaves_with_a_refusal() -> None:
    twice = ibis.memtable(pa.Table.from_pylist([*PEOPLE, PEOPLE[0]]))
    said = made(people=twice).lacking["jp_instansi"]
    assert "k0" not in said
    assert "k*" not in said
