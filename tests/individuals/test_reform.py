"""Individual records through the three stages: nobody is lost, and need stands beside people."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.datasets import read_table
from analysis.errors import DataError
from analysis.individuals.folders import new_dataset
from analysis.individuals.reform import need_from, organisation_from, read_records
from analysis.individuals.reform.__main__ import main
from analysis.restructuring import Rules, redistribute_released, restructure

RULES = Rules.from_frame(
    read_table("aturan_penyederhanaan"), read_table("batas_usia_pensiun"), dt.date(2021, 12, 31)
)
UNITS = [
    ("K", None, None, "Pemerintah Kabupaten A", "instansi"),
    ("D", "K", "22", "Dinas Sosial", "perangkat"),
    ("B", "D", "32", "Bidang Data Statistik", "bagian"),
    ("S", "B", "41", "Seksi Data Statistik", "bagian"),
]
POSTS = [
    ("D", "Kepala Dinas Sosial", "1", None, 1, 1, "61.01"),
    ("B", "Kepala Bidang Data Statistik", "1", None, 1, 1, "61.01"),
    ("S", "Kepala Seksi Data Statistik", "1", None, 1, 1, "61.01"),
    ("D", "Statistisi Ahli Muda", "2", "Ahli Muda", 0, 2, "61.02"),
    ("D", "Pengadministrasi", "4", None, 1, 1, "61.01"),
]


def tables():
    units = pd.DataFrame(UNITS, columns=["Id", "DiatasanId", "EselonId", "NamaUnor", "JenisUnorId"])
    columns = [
        "unorId",
        "jabatan",
        "jenisJabatanId",
        "jenjang",
        "bezetting",
        "kebutuhan",
        "kabkota",
    ]
    posts = pd.DataFrame(POSTS, columns=columns).assign(kelas=7, provinsi="61")
    held = posts[posts["bezetting"] > 0].rename(columns={"jabatan": "jabatanNama"})
    people = held[["unorId", "jabatanNama", "provinsi", "kabkota"]].assign(
        tkPendidikanTerakhir="40", tglLahir="1980-01-01", nipBaru="rahasia"
    )
    return {"units": units.assign(InstansiId="1"), "posts": posts, "people": people}


@pytest.fixture
def folder(tmp_path):
    def write(*, synthetic=True, **changed):
        with new_dataset(tmp_path / "data", synthetic=synthetic, keyed=False) as draft:
            for name, frame in (tables() | changed).items():
                (draft.path / name).mkdir()
                table = pa.Table.from_pandas(frame, preserve_index=False)
                pq.write_table(table, draft.path / name / "part-0.parquet")
        return tmp_path / "data"

    return write


def test_records_become_an_organisation_without_anything_that_names_people(folder):
    found = organisation_from(read_records(folder()))
    assert repr(found) == "1 agency: 4 units, 5 posts, 4 people"
    assert found.units["agency_kind"].tolist() == ["kabkota"] * 4
    assert "rahasia" not in found.people.to_csv() + found.posts.to_csv()


def test_the_section_dissolves_and_its_head_may_fill_a_need_elsewhere(folder):
    records = read_records(folder())
    found = restructure(organisation_from(records), RULES)
    need = need_from(records)
    assert need.to_dict() == {"Statistisi": {"61.01": 0.0, "61.02": 2.0}}
    states = redistribute_released(found, need).to_frame()
    assert states.loc["structural"].tolist() == [3, 2, 2]
    assert states.loc["unfilled"].tolist() == [2, 2, 1]
    assert states.loc["moved", "redistributed"] == 1


def test_people_in_posts_that_are_not_there_are_refused(folder):
    people = tables()["people"].replace("Pengadministrasi", "Pramu")
    with pytest.raises(
        DataError, match=r"1 are in posts that the table posts does not have.*Pramu"
    ):
        organisation_from(read_records(folder(people=people)))


def test_the_command_tells_three_states_of_a_synthetic_dataset_only(folder, capsys):
    assert main([str(folder())]) == 0
    said = capsys.readouterr().out
    assert "redistributed" in said
    assert "equalised: 1" in said


def test_the_command_refuses_real_people(folder, capsys):
    assert main([str(folder(synthetic=False))]) == 1
    assert "leaves through the gate of disclosure only" in capsys.readouterr().err
