"""What people lack for the posts that the reform moves them into, and the hours that fill it."""

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from small_agency import DAY, records, tables

from analysis.individuals.standard_tables import ALL
from analysis.individuals.standard_tables.study import LACKING, MET, REST
from analysis.individuals.standard_tables.trained_posts import AFTER, BEFORE, hours_by_post
from analysis.individuals.standard_tables.training import BOTH, training_set

KEYS = ["dinas", "bidang", "data", "statistik", "staf"]  # the third and fourth are moved
YEAR = DAY.year - 1 if (DAY.month, DAY.day) != (12, 31) else DAY.year


def training(key: str, kind: str, jp: float | None, year: int = YEAR) -> dict[str, Any]:
    return {"nipBaru": key, "jenisDiklatId": kind, "jumlahJam": jp, "tahun": year}


def certificate(key: str, until: str | None) -> dict[str, Any]:
    return {"nipBaru": key, "namaSertifikasi": "Statistisi", "masaBerlakuSelesai": until}


TRAINING = [
    training("data", "2", 12),
    training("data", "3", 30),  # of another kind
    training("data", "2", None),  # not stated
    training("statistik", "2", 20, YEAR - 3),
    training("staf", "3", 20),
]
CERTIFICATES = [certificate("data", None), certificate("statistik", str(YEAR - 1))]
PEOPLE: dict[str, Any] = {
    "nipBaru": KEYS,
    "statusPegawai": "PNS",
    "instansiKerjaNama": "Pemerintah Kabupaten A",
    "jenisJabatanId": ["1", "1", "1", "1", "4"],
    "eselonId": ["22", "32", "41", "41", None],
    "jenisKelamin": "F",
}


def made(**other: Any) -> Any:
    found = tables(**PEOPLE) | {
        "training": pd.DataFrame(TRAINING),
        "certificates": pd.DataFrame(CERTIFICATES),
    }
    kept = {name: table for name, table in (found | other).items() if table is not None}
    return training_set(records(kept))


@pytest.fixture(scope="module")
def found() -> Any:
    return made()


def cells(table: Any) -> dict[Any, int]:
    numbers: dict[Any, int] = (
        table.frame.set_index(list(table.design.dimensions)).iloc[:, 0].to_dict()
    )
    return numbers


def test_each_requirement_is_counted_by_family(found: Any) -> None:
    schooled, trained, certified = (
        cells(found.tables[f"setara_{kind}"]) for kind in ("pendidikan", "pelatihan", "sertifikat")
    )
    assert {family for family, _ in schooled} == {REST, ALL}  # two are too few for a row
    assert schooled == {
        (f, s): n for f in (REST, ALL) for s, n in {ALL: 2, MET: 1, LACKING: 1}.items()
    }
    assert (trained[ALL, MET], trained[ALL, LACKING]) == (1, 1)
    assert (certified[ALL, MET], certified[ALL, LACKING]) == (1, 1)


def test_what_lacks_is_told_by_level_and_in_hours(found: Any) -> None:
    lacking = cells(found.tables["setara_kekurangan"])
    assert lacking["ahli muda", "pelatihan"] == lacking["ahli muda", "pendidikan, sertifikat"] == 1
    assert cells(found.tables["setara_jp"]) == {("0 JP"): 1, ("8 JP"): 1, ALL: 2}


def test_hours_that_fill_both_gaps_are_counted_once_below_those_of_the_year(found: Any) -> None:
    short = cells(found.tables["jp_kekurangan"])
    assert short["61", f"0 JP{BOTH}8 JP (2)"] == 1  # "data" has 42 JP, but 12 of the kind asked for
    assert short["61", f"0 JP{BOTH}0 JP"] == 1
    assert short["61", "0 JP"] == 2
    assert short["61", "20 JP"] == 3
    assert short["61", ALL] == 5


def test_what_records_do_not_tell_of_is_no_requirement_that_is_missed() -> None:
    found = made(certificates=None)
    assert "certificates" in found.lacking["setara_sertifikat"]
    assert cells(found.tables["setara_kekurangan"])["ahli muda", "pendidikan"] == 1


def test_records_that_are_no_organisation_have_hours_all_the_same() -> None:
    found = made(units=None)
    assert "units" in found.lacking["setara_kekurangan"]
    assert cells(found.tables["jp_kekurangan"])["61", "0 JP"] == 2


def test_before_and_after_tell_nothing_of_a_few(found: Any) -> None:
    assert "jp_jenis_jabatan" not in found.statistics
    assert "fewer than 10" in found.lacking["jp_jenis_jabatan"]


def test_the_same_hours_divide_otherwise_between_kinds_of_posts() -> None:
    import ibis

    rows = [("1", True, 40.0, "III/d", "far"), ("1", False, 10.0, "III/a", "near")] * 10
    rows += [("2", False, 0.0, "III/a", "elsewhere")] * 20
    names = ("jenis_jabatan", "disetarakan", "hours", "golongan", "kabkota")
    hours = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
    ranks = {"golongan": {"III/a": 0.0, "III/d": 3.0}, "kabkota": {"near": 1.0, "far": 90.0}}
    table = hours_by_post(ibis.memtable(hours), ranks).frame.set_index(["keadaan", "jabatan"])
    golongan, distance = table["konsentrasi_golongan"], table["konsentrasi_jarak"]
    assert golongan[BEFORE, ALL] == golongan[AFTER, ALL] == pytest.approx(0.55)
    assert golongan[BEFORE, "Jabatan struktural"] == pytest.approx(0.3)  # 0.8 - 0.5
    assert golongan[AFTER, "Jabatan fungsional"] == pytest.approx(2 / 3)
    assert pd.isna(golongan[AFTER, "Jabatan struktural"])  # all of one golongan
    assert distance[BEFORE, "Jabatan struktural"] == pytest.approx(0.3)
    assert pd.isna(distance[BEFORE, "Jabatan fungsional"])  # how far they are is not known
    assert table.loc[(BEFORE, "Jabatan struktural"), "bagian_jp"] == 1
    assert table.loc[(AFTER, "Jabatan struktural"), "bagian_jp"] == pytest.approx(0.2)
    assert table.loc[(AFTER, "Jabatan fungsional"), "jp_rata_rata"] == pytest.approx(40 / 3)
    assert table["theil"].dropna().nunique() == 1
    assert table.loc[(BEFORE, ALL), "theil_antara"] == pytest.approx(0.6931472)  # ln 2
    assert table["pegawai"].loc[AFTER].to_dict() == {
        **{"Jabatan fungsional": 30, "Jabatan struktural": 10, ALL: 40}
    }
