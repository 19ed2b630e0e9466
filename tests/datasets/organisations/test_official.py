"""The public trees are what their sources print, in one vocabulary."""

import pandas as pd
import pytest

from analysis.datasets import PROCESSED_TABLES, RawTables, read_table
from analysis.datasets.organisations import BPS_AFTER, BPS_BEFORE, BSN, RIAU, SETWAPRES, TREES
from analysis.datasets.organisations.parents import parents_from_order
from analysis.paths import RAW


@pytest.fixture(scope="module")
def units():
    return PROCESSED_TABLES["organisasi_unit"].build(RawTables(RAW)).set_index("susunan")


@pytest.fixture(scope="module")
def posts():
    return PROCESSED_TABLES["organisasi_jabatan"].build(RawTables(RAW)).set_index("susunan")


def levels(tree):
    """Units on each level below the top, counted by following the parents."""
    parent = tree.set_index("unit")["induk"]
    depth = dict.fromkeys(parent[parent.isna()].index, 1)
    while len(depth) < len(parent):
        known = len(depth)
        for unit, above in parent.items():
            if unit not in depth and above in depth:
                depth[unit] = depth[above] + 1
        assert len(depth) > known, "a cycle, or a parent that is not there"
    return pd.Series(depth).value_counts().sort_index().tolist()


@pytest.mark.parametrize(
    ("tree", "expected"),
    [(BSN, [1, 5, 16, 53, 51]), (BPS_BEFORE, [1, 6, 20]), (BPS_AFTER, [1, 6, 20])],
)
def test_levels_are_those_of_the_source(units, tree, expected):
    assert levels(units.loc[tree]) == expected


def test_every_tree_reaches_its_tops(units):
    tops = {tree: levels(units.loc[tree])[0] for tree in TREES}
    assert tops == {BSN: 1, BPS_BEFORE: 1, BPS_AFTER: 1, RIAU: 46, SETWAPRES: 4}


def test_the_office_of_bps_keeps_its_boxes_and_changes_its_heads(posts):
    before = posts.loc[BPS_BEFORE]["eselon"].value_counts()
    assert before.to_dict() == {"II": 1, "III": 6, "IV": 20}
    after = posts.loc[BPS_AFTER]
    assert after["eselon"].value_counts().to_dict() == {"II": 1, "III": 1}
    assert after["jenjang"].value_counts().to_dict() == {"ahli madya": 5, "ahli muda": 20}


def test_the_matches_of_bps_are_one_to_one(units):
    matches = read_table("padanan_bps_provinsi")
    assert set(matches["unit_sebelum"]) == set(units.loc[BPS_BEFORE, "unit"])
    assert set(matches["unit_sesudah"]) == set(units.loc[BPS_AFTER, "unit"])
    parents = {tree: units.loc[tree].set_index("unit")["induk"] for tree in (BPS_BEFORE, BPS_AFTER)}
    to = matches.set_index("unit_sebelum")["unit_sesudah"]
    moved = parents[BPS_BEFORE].map(to).rename(index=to)
    pd.testing.assert_series_equal(
        moved.sort_index(), parents[BPS_AFTER].sort_index(), check_names=False
    )  # what stood under what still does


def test_what_was_inferred_of_riau_is_flagged(units):
    riau = units.loc[RIAU]
    assert riau["eselon_disimpulkan"].all()
    assert (riau["induk_disimpulkan"] == riau["induk"].notna()).all()
    assert riau["eselon"].value_counts().to_dict() == {"IV": 697, "III": 249, "II": 45, "I": 1}


def test_the_order_of_the_rows_tells_what_the_copy_of_riau_inferred(units):
    raw, riau = read_table("organisasi_riau_2018_sebelum"), units.loc[RIAU].reset_index()
    by_order = parents_from_order(raw["jabatan"], riau["eselon"], raw["opd"])
    known = raw["induk"].notna()
    assert (by_order[known] == raw.loc[known, "induk"]).all()


def test_echelons_of_riau_differ_from_the_copy_where_its_titles_mislead(units):
    raw = read_table("organisasi_riau_2018_sebelum").set_index("jabatan")["eselon"]
    found = units.loc[RIAU].set_index("unit")
    other = found[found["eselon"] != raw.reindex(found.index)]
    assert sorted(other["jenis"]) == [
        *["inspektur pembantu"] * 4,
        "sekretaris daerah",
        "sekretaris dewan",
    ]


def test_posts_of_setwapres_are_the_formation_of_the_source(posts):
    raw = read_table("organisasi_setwapres_sesudah").filter(like="formasi_").sum()
    found = posts.loc[SETWAPRES].groupby("kelompok")["formasi"].sum()
    assert found["struktural"] == raw.filter(like="eselon").sum() == 54
    assert found["pelaksana"] == raw["formasi_pelaksana"] == 138
    assert found["lain"] == raw["formasi_tanpa_jenjang"] == 199
    assert found.sum() == raw.sum()


def test_every_post_stands_in_a_unit_of_its_tree(units, posts):
    for tree in TREES:
        assert set(posts.loc[tree, "unit"]) <= set(units.loc[tree, "unit"])
        assert posts.loc[tree, "jabatan"].is_unique
