import datetime as dt

import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, norms_on, schools_in
from analysis.errors import DataError
from analysis.geography.boundaries import add_up, common_units
from analysis.paths import RAW

TABLES = RawTables(RAW)
SCHOOLS = PROCESSED_TABLES["sekolah_kecamatan"].build(TABLES)
CHANGES = PROCESSED_TABLES["pemekaran_kecamatan"].build(TABLES)
NORMS = PROCESSED_TABLES["norma_guru"].build(TABLES)
PARENT, NEW = "63.03.08", "63.03.20"


def teachers(year: int, level: str = "SD") -> pd.Series:
    return schools_in(SCHOOLS, year, level, "Negeri").set_index("kode_kemendagri")["guru"]


class TestSchools:
    def test_every_subdistrict_has_state_primary_and_junior_secondary_schools(self) -> None:
        for year in (2023, 2024, 2025):
            for level in ("SD", "SMP"):
                assert len(teachers(year, level)) == 20

    def test_teachers_add_up_to_the_control_sums(self) -> None:
        assert [int(teachers(year).sum()) for year in (2023, 2024, 2025)] == [2918, 3173, 3108]
        everywhere = SCHOOLS.groupby("tahun")["guru"].sum()
        assert everywhere.tolist() == [6289, 6511, 6466]

    def test_what_there_is_not_is_refused_with_what_there_is(self) -> None:
        with pytest.raises(DataError, match=r"tahun = 2022; there are 2023, 2024, 2025"):
            schools_in(SCHOOLS, 2022, "SD", "Negeri")
        with pytest.raises(DataError, match=r"status = 'Swasta'; there are Negeri"):
            schools_in(SCHOOLS[SCHOOLS["status"] == "Negeri"], 2023, "SD", "Swasta")

    def test_a_subdistrict_that_is_none_of_the_list_is_refused(self, raw: RawFolder) -> None:
        raw.edit("sekolah_kab_banjar_2023_2025", "2023,Aranio,KB", "2023,Arania,KB")
        message = raw.refusal("sekolah_kab_banjar_2023_2025")
        assert "column kecamatan: Arania is not in kecamatan_kab_banjar" in message

    def test_a_subdistrict_that_is_there_twice_is_refused(self, raw: RawFolder) -> None:
        raw.edit("sekolah_kab_banjar_2023_2025", "2023,Aluh-Aluh,SD,N", "2023,Aranio,SD,N")
        message = raw.refusal("sekolah_kab_banjar_2023_2025")
        assert message.count("2023, Aranio, SD, Negeri appears more than once") == 2


class TestBoundaries:
    def test_schools_went_from_one_subdistrict_to_the_other(self) -> None:
        assert teachers(2024)[[PARENT, NEW]].tolist() == [278, 16]
        assert teachers(2025)[[PARENT, NEW]].tolist() == [180, 112]

    def test_on_common_boundaries_hardly_anything_happened(self) -> None:
        units = common_units(teachers(2025).index, CHANGES)
        both = [
            add_up(teachers(year).reset_index(), units, sums=["guru"], what="guru")["guru"]
            for year in (2024, 2025)
        ]
        assert [int(state[PARENT]) for state in both] == [294, 292]
        assert NEW not in both[0].index

    def test_every_year_of_change_moves_schools(self) -> None:
        schools = {
            year: schools_in(SCHOOLS, year, "SD", "Negeri").set_index("kode_kemendagri")["sekolah"]
            for year in (2023, 2024, 2025)
        }
        for year in CHANGES["tahun"]:
            assert schools[year][PARENT] < schools[year - 1][PARENT]
            assert schools[year][NEW] > schools[year - 1][NEW]


class TestNorms:
    DAY = dt.date(2025, 1, 1)

    def test_each_level_has_every_norm_once_with_its_verification(self) -> None:
        for level in ("SD", "SMP"):
            found = norms_on(NORMS, level, self.DAY)
            assert sorted(found.index) == [
                "beban_mengajar",
                "guru_kelas",
                "jam_guru_mapel",
                "peserta_didik_per_guru",
            ]
            assert set(found["verifikasi"]) <= {"V1", "V2", "C", "U"}

    def test_a_norm_is_in_force_from_its_first_to_its_last_day(self) -> None:
        norms = NORMS.assign(berlaku_sampai=pd.Timestamp("2024-06-30"))
        assert len(norms_on(norms, "SD", dt.date(2024, 6, 30)))
        with pytest.raises(DataError, match=r"no norm for 'SD' on 2024-07-01"):
            norms_on(norms, "SD", dt.date(2024, 7, 1))

    def test_two_norms_of_one_name_are_refused(self) -> None:
        twice = pd.concat([NORMS, NORMS.tail(1)])
        with pytest.raises(DataError, match=r"more than one norm peserta_didik_per_guru"):
            norms_on(twice, "SMP", self.DAY)

    def test_a_level_without_norms_is_refused(self) -> None:
        with pytest.raises(DataError, match=r"no norm for 'SMA' on 2025-01-01; it has levels SD"):
            norms_on(NORMS, "SMA", self.DAY)
