"""Ages of retirement: one table, one reader, for every kind of post."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.datasets import RawTables, read_table
from analysis.datasets.processed import PROCESSED_TABLES
from analysis.datasets.retirement import RetirementRules
from analysis.errors import DataError
from analysis.paths import RAW

TABLE = read_table("batas_usia_pensiun")
COLUMNS = ["kind", "echelon", "level", "title"]


def ages(*posts, day="2024-12-31", table=TABLE):
    rules = RetirementRules.from_frame(table, dt.date.fromisoformat(day))
    return rules.ages(pd.DataFrame(posts, columns=COLUMNS)).tolist()


@pytest.mark.parametrize("day", ["2021-12-31", "2024-12-31"])
def test_the_law_gives_an_age_by_echelon_and_level(day):
    posts = [("struktural", echelon, None, "Kepala") for echelon in range(1, 6)]
    posts += [("pelaksana", 0, None, "Pengadministrasi")]
    assert ages(*posts, day=day) == [60, 60, 58, 58, 58, 58]
    levels = ["pemula", "penyelia", "ahli pertama", "ahli muda", "ahli madya", "ahli utama"]
    posts = [("fungsional", 0, level, f"Arsiparis {level}") for level in levels]
    assert ages(*posts, day=day) == [58, 58, 58, 58, 60, 65]


def test_a_statute_comes_before_the_age_of_the_level():
    said = [("Guru Ahli Muda", "ahli muda", 60), ("GURU AHLI UTAMA", "ahli utama", 60)]
    said += [("Dosen", None, 65), ("Peneliti Ahli Utama", "ahli utama", 70)]
    said += [("Peneliti Ahli Muda", "ahli muda", 58), ("Asisten Perekayasa Mahir", "mahir", 58)]
    found = ages(*(("fungsional", 0, level, title) for title, level, _ in said))
    assert found == [age for _, _, age in said]


def test_a_title_that_only_speaks_of_teachers_is_no_teacher():
    assert ages(
        ("struktural", 3, None, "Kepala Bidang Guru"), ("struktural", 4, None, "Guru Besar")
    ) == [58, 58]


def test_where_the_law_says_nothing_the_age_is_missing():
    found = ages(("fungsional", 0, None, "Arsiparis"), ("struktural", 0, None, "Kepala"))
    assert np.isnan(found).all()


def test_the_rule_that_began_last_counts():
    later = TABLE[TABLE["kode"] == "bup_ahli_muda"].assign(
        usia=61, berlaku_mulai=pd.Timestamp("2024-01-01")
    )
    table = pd.concat([TABLE, later])
    post = ("fungsional", 0, "ahli muda", "Arsiparis Ahli Muda")
    assert (ages(post, table=table), ages(post, table=table, day="2023-12-31")) == ([61], [58])


def test_a_day_without_law_is_refused():
    table = TABLE[TABLE["jenis_jabatan"] == "fungsional"]
    with pytest.raises(DataError, match="no age of pelaksana, struktural posts in force on 2024"):
        ages(table=table)


def test_the_tidy_table_keeps_every_row():
    assert len(PROCESSED_TABLES["batas_usia_pensiun"].build(RawTables(RAW))) == len(TABLE)
