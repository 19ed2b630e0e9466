import datetime as dt

import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, read_table, teachers_at, teachers_beside
from analysis.datasets.describing import confirm_value
from analysis.errors import DataError
from analysis.geography.regions import Regions
from analysis.paths import RAW

NAME = "guru_sd_provinsi_2023"
DATE = dt.date(2023, 12, 31)


@pytest.fixture(scope="module")
def teachers() -> pd.DataFrame:
    return PROCESSED_TABLES["guru_sd_provinsi"].build(RawTables(RAW))


@pytest.fixture(scope="module")
def regions() -> Regions:
    return RawTables(RAW).regions


def test_provinces_are_there_without_schools_abroad(
    teachers: pd.DataFrame, regions: Regions
) -> None:
    found = teachers_at(teachers, DATE, regions, "38")
    assert len(found) == 38
    assert found["guru"].sum() == 1620987 - 526
    assert teachers_beside(teachers, DATE)["guru"].to_dict() == {"Luar Negeri": 526}


def test_older_provinces_add_up_to_as_many(teachers: pd.DataFrame, regions: Regions) -> None:
    now, then = (teachers_at(teachers, DATE, regions, basis) for basis in ("38", "33"))
    assert len(then) == 33
    pd.testing.assert_series_equal(now.sum(), then.sum())
    papua = ["91", "93", "94", "95"]
    assert then.loc["91", "siswa"] == now.loc[papua, "siswa"].sum()


def test_a_table_without_schools_abroad_has_none_beside(teachers: pd.DataFrame) -> None:
    assert teachers_beside(teachers[teachers["kode_kemendagri"].notna()], DATE).empty


def test_a_date_without_a_table_names_those_there_are(
    teachers: pd.DataFrame, regions: Regions
) -> None:
    with pytest.raises(DataError, match=r"for 2022-12-31\. There is one for 2023-12-31"):
        teachers_at(teachers, dt.date(2022, 12, 31), regions, "38")


def test_several_places_may_stand_beside_the_provinces(raw: RawFolder) -> None:
    raw.edit(NAME, ",Luar Negeri,", ",Kedutaan,124,17789,913,76,450,526\n,Luar Negeri,")
    both = ["Kedutaan", "Luar Negeri"]
    raw.describe(
        lambda entries: entries[NAME].update(
            di_luar_provinsi=both, jumlah_baris=40, jumlah_diketahui=[]
        )
    )
    teachers = PROCESSED_TABLES["guru_sd_provinsi"].build(RawTables(raw.path))
    assert teachers_beside(teachers, DATE).index.tolist() == both


def test_a_value_of_a_place_without_a_code_can_be_confirmed(raw: RawFolder) -> None:
    raw.edit(NAME, ",Luar Negeri,124", ",Luar Negeri,12")
    raw.describe(lambda entries: entries[NAME].update(jumlah_diketahui=[]))
    assert "line 40, column sekolah: 12 is not plausible" in raw.refusal(NAME)
    confirm_value(NAME, 40, "sekolah", "Dicek ke sumber.", raw=raw.path)
    assert read_table(NAME, raw.path)["sekolah"].iloc[-1] == 12
