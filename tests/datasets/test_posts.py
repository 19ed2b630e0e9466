import pandas as pd
import pytest

from analysis.datasets import PROCESSED_TABLES, RawTables, posts_by_group, read_table
from analysis.datasets.posts import ARU, CENTRAL, NATIONAL, SELUMA, tidy_posts
from analysis.errors import DataError
from analysis.paths import RAW

POSTS = PROCESSED_TABLES["jabatan"].build(RawTables(RAW))
RAW_NAMES = ("jabatan_nasional", "jabatan_instansi_pusat_2020", "pns_kepulauan_aru", "pns_seluma")


def of(place: str) -> pd.DataFrame:
    return POSTS[POSTS["lingkup"] == place]


def test_every_source_speaks_one_vocabulary() -> None:
    assert set(POSTS["kelompok"]) == {"struktural", "fungsional", "pelaksana"}
    kinds = POSTS.groupby("jabatan")["kelompok"].nunique()
    assert (kinds == 1).all()
    assert of(SELUMA).query("jabatan == 'Pelaksana'")["jumlah"].tolist() == [987, 1033, 1170, 770]
    national = of(NATIONAL).set_index(["tanggal", "jabatan"])["jumlah"]
    assert national["2021-12-31", "Eselon III"] == 95225  # there called administrator


def test_totals_of_the_sources_are_not_counted_as_posts() -> None:
    sums = of(ARU).groupby("tanggal")["jumlah"].sum()
    assert sums.tolist() == [3101, 3145]


def test_central_posts_before_have_no_date_but_a_state() -> None:
    central = of(CENTRAL)
    before, after = (central[central["keadaan"] == s] for s in ("sebelum", "sesudah"))
    assert before["tanggal"].isna().all()
    assert after["tanggal"].notna().all()
    assert before["jumlah"].sum() - after["jumlah"].sum() == 36332


def test_missing_stays_missing() -> None:
    fifth = of(ARU).query("jabatan == 'Eselon V'")
    assert len(fifth) == 2
    assert fifth["jumlah"].isna().all()


def test_a_group_is_summed_only_when_complete() -> None:
    groups = posts_by_group(of(NATIONAL))
    assert groups.loc["2019-06-30", "struktural"] == 460067  # given
    assert groups.loc["2021-12-31", "struktural"] == 19538 + 95225 + 301355 + 11756  # summed
    assert pd.isna(groups.loc["2020-01-11", "struktural"])  # JPT missing
    assert pd.isna(groups.loc["2021-12-31", "pelaksana"])
    assert groups.loc["2023-06-30", ["fungsional", "pelaksana"]].tolist() == [2114411, 1343873]


def test_an_unknown_kind_of_post_is_refused() -> None:
    tables = [read_table(name) for name in RAW_NAMES]
    tables[0] = tables[0].replace("pelaksana", "juru")
    with pytest.raises(DataError, match="Column jabatan: 'juru' has no place") as caught:
        tidy_posts(*tables)
    assert "Fungsional Umum" in str(caught.value)
