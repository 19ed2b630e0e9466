"""An organisation is refused, or holds what its tables say."""

import re

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.restructuring import Organisation

UNITS = pd.DataFrame(
    {
        "unit": ["D", "B1", "B2", "S1", "S2", "K"],
        "parent": [None, "D", "D", "B1", "B1", "D"],
        "eselon": ["II.a", "III.a", "III.b", "IV.a", "IV.a", None],
        "kind": ["dinas", "bidang", "bidang", "seksi", "seksi", "kelompok"],
        "agency": "Kabupaten A",
        "name": ["Dinas", "Bidang 1", "Bidang 2", "Seksi 1", "Seksi 2", "Kelompok"],
    }
)
POSTS = pd.DataFrame(
    {
        "post": ["d", "b1", "b2", "s1", "s2", "p1", "p2", "f"],
        "unit": ["D", "B1", "B2", "S1", "S2", "S1", "S2", "K"],
        "kind": [*["struktural"] * 5, "pelaksana", "pelaksana", "fungsional"],
        "title": ["Kepala"] * 5 + ["Pengolah", "Pengolah", "Perencana"],
        "eselon": ["II.a", "III.a", "III.b", "IV.a", "IV.a", None, None, None],
        "jenjang": [None] * 7 + ["Ahli Muda"],
    }
)
PEOPLE = pd.DataFrame({"person": range(8), "post": ["d", "b1", "s1", "s2", "p1", "p1", "p2", "f"]})


def with_cell(table: pd.DataFrame, row: int, column: str, value: object) -> pd.DataFrame:
    changed = table.astype(object)
    changed.loc[row, column] = value
    return changed


def with_row(table: pd.DataFrame, **values: object) -> pd.DataFrame:
    row = {**table.iloc[-1].to_dict(), **values}
    return pd.concat([table.astype(object), pd.DataFrame([row])], ignore_index=True)


def test_it_holds_what_the_tables_say():
    found = Organisation.from_frames(UNITS, POSTS, PEOPLE)
    assert repr(found) == "1 agency: 6 units, 8 posts, 8 people"
    assert found.parent.tolist() == [-1, 0, 0, 1, 1, 0]
    assert found.forest.depth.tolist() == [1, 2, 2, 3, 3, 2]
    assert found.staff.tolist() == [1, 1, 0, 3, 2, 1]
    assert found.head.tolist() == [0, 1, 2, 3, 4, -1]
    assert found.incumbents.tolist() == [1, 1, 0, 1, 1, 2, 1, 1]
    assert found.units["eselon"].tolist() == [21, 31, 32, 41, 41, 0]


def test_it_gives_its_tables_back():
    found = Organisation.from_frames(UNITS, POSTS, PEOPLE)
    units, posts, people = found.to_frames()
    again = Organisation.from_frames(units, posts, people)
    assert again.parent.tolist() == found.parent.tolist()
    pd.testing.assert_frame_equal(again.units, found.units)
    pd.testing.assert_frame_equal(again.posts, found.posts)
    pd.testing.assert_frame_equal(again.people, found.people)
    assert units["parent"].tolist()[1:] == ["D", "D", "B1", "B1", "D"]
    assert people["post"].tolist() == PEOPLE["post"].tolist()


def test_without_posts_each_unit_with_an_echelon_has_its_head():
    found = Organisation.from_frames(UNITS)
    assert found.posts.index.tolist() == ["D", "B1", "B2", "S1", "S2"]
    assert found.posts["title"].tolist()[0] == "Kepala Dinas"
    assert len(found.people) == 0


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (with_cell(UNITS, 1, "parent", "S1"), "B1 -> S1 -> B1 is a cycle"),
        (with_cell(UNITS, 0, "parent", "D"), "D -> D is a cycle"),
        (
            with_row(UNITS, unit="S1", parent="B2"),
            "1 have two parents, but each has one: S1: B1 (row 3), B2 (row 6)",
        ),
        (with_row(UNITS), "1 occur in several rows: K: D (row 5), D (row 6)"),
        (with_cell(UNITS, 3, "parent", "B9"), "name a parent that is not there: S1 in B9 (row 3)"),
        (
            with_cell(UNITS, 1, "eselon", "V"),
            "do not descend: S1 (IV.a) under B1 (V), S2 (IV.a) under B1 (V)",
        ),
        (with_cell(UNITS, 3, "eselon", "III.a"), "do not descend: S1 (III.a) under B1 (III.a)"),
        (with_cell(UNITS, 2, "eselon", "VI"), "'VI' (row 2) is no echelon"),
        (with_cell(UNITS, 4, "agency", " "), "column agency: 1 values are missing (row 4)"),
        (with_cell(UNITS, 4, "agency", "B"), "S2 of B under B1 of Kabupaten A"),
        (
            with_row(UNITS, unit="X", parent=None, agency="Kabupaten B"),
            "agency Kabupaten B has units (rows 6) but no post",
        ),
        (UNITS.drop(columns="parent"), "units: column parent is missing"),
    ],
)
def test_units_that_make_no_forest_are_refused(units, message):
    with pytest.raises(DataError, match=re.escape(message)):
        Organisation.from_frames(units, POSTS, PEOPLE)


@pytest.mark.parametrize(
    ("posts", "message"),
    [
        (with_cell(POSTS, 5, "unit", "S9"), "name a unit that is not there: p1 in S9 (row 5)"),
        (with_cell(POSTS, 5, "unit", None), "column unit: 1 values are missing (row 5)"),
        (
            with_row(POSTS, post="p1", unit="S2"),
            "1 have two units, but each has one: p1: S1 (row 5), S2 (row 8)",
        ),
        (with_cell(POSTS, 5, "kind", "honorer"), "'honorer' (row 5) is none of struktural"),
        (with_cell(POSTS, 1, "eselon", None), "structural without an echelon"),
        (with_cell(POSTS, 7, "jenjang", "ahli"), "column jenjang: 'ahli' (row 7) is none of"),
        (with_cell(POSTS, 7, "eselon", "III"), "functional with an echelon"),
        (with_row(POSTS, post="d2", unit="D", kind="struktural", eselon="II.a"), "have two heads"),
        (POSTS.assign(seats=[1.5, *[1] * 7]), "column seats: 1.5 (row 0) is no whole number"),
    ],
)
def test_posts_that_do_not_fit_are_refused(posts, message):
    with pytest.raises(DataError, match=re.escape(message)):
        Organisation.from_frames(UNITS, posts, PEOPLE)


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (with_row(PEOPLE, person=3, post="f"), "1 have two posts, but each has one: 3: s2 (row 3)"),
        (with_cell(PEOPLE, 3, "post", "x"), "name a post that is not there: 3 in x (row 3)"),
        (with_cell(PEOPLE, 3, "post", None), "column post: 1 values are missing (row 3)"),
    ],
)
def test_people_that_do_not_fit_are_refused(people, message):
    with pytest.raises(DataError, match=re.escape(message)):
        Organisation.from_frames(UNITS, POSTS, people)


def test_labels_of_another_type_are_told():
    units = UNITS.assign(unit=range(6), parent=[None, "0", "0", "1", "1", "0"])
    with pytest.raises(DataError, match="print alike but are of another type"):
        Organisation.from_frames(units, None)


def test_a_level_may_repeat_where_the_letter_descends_or_is_not_known():
    for lower in ("III.b", "III"):
        units = with_cell(UNITS, 3, "eselon", lower)
        assert len(Organisation.from_frames(units).units) == 6
