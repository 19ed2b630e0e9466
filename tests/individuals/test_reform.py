"""Individual records through the three stages: nobody is lost, and need stands beside people."""

import numpy as np
import pandas as pd
import pytest
from small_agency import DAY, UNIT_COLUMNS, UNITS, records, tables

from analysis.errors import DataError, LackingError
from analysis.individuals.reform import organisation_from, read_establishment, results
from analysis.individuals.standard_tables import ALL
from analysis.individuals.standard_tables.reform import reform_of, reform_set
from analysis.inequality.measures import gini


@pytest.fixture(scope="module")
def reform():
    return reform_of(records())


@pytest.fixture(scope="module")
def made():
    return reform_set(records())


def cells(table, *by):
    return table.frame.set_index(list(by))[table.design.value].to_dict()


def test_records_become_an_organisation_without_anything_that_names_people():
    found = organisation_from(read_establishment(records()), DAY)
    assert repr(found) == "1 agency: 5 units, 6 posts, 5 people"
    assert found.units["agency_kind"].tolist() == ["kabkota"] * 5
    assert found.people["service"].tolist() == [24] * 5
    assert "rahasia" not in found.people.to_csv() + found.posts.to_csv()


def test_an_agency_is_its_root_whether_or_not_the_list_of_units_names_agencies():
    given = tables()
    other = [("P", None, None, "Pemerintah Provinsi B", "instansi"), ("Q", "P", *UNITS[1][2:])]
    units = pd.DataFrame([*UNITS, *other], columns=UNIT_COLUMNS)
    theirs = given["posts"].tail(1).assign(unorId="Q", bezetting=0)
    given["posts"] = pd.concat([given["posts"], theirs], ignore_index=True)
    for one_root in (units, units.assign(InstansiId="1"), units.iloc[::-1]):
        found = organisation_from(read_establishment(records(given | {"units": one_root})), DAY)
        kinds = found.units.groupby("agency")["agency_kind"].agg(["size", "first"])
        assert kinds.loc["Pemerintah Kabupaten A"].tolist() == [5, "kabkota"]
        assert kinds.loc["Pemerintah Provinsi B"].tolist() == [2, "provinsi"]


def test_people_in_posts_that_are_not_there_are_refused():
    people = tables()["people"].replace("Pengadministrasi", "Pramu")
    found = read_establishment(records(tables() | {"people": people}))
    with pytest.raises(
        DataError, match=r"1 are in posts that the table posts does not have.*Pramu"
    ):
        organisation_from(found, DAY)


def test_the_sections_dissolve_and_their_heads_may_fill_a_need_elsewhere(reform):
    table = results.three_states(reform).set_index(["measure", "state"])["value"]
    assert table["unfilled"].tolist() == [2, 2, 0]
    members = results.family_members(reform).set_index("origin")["people"]
    assert members.to_dict() == {"there": 0, "moved": 2, "stay": 0}
    establishment = results.establishment(reform).set_index("measure")
    assert establishment.loc["structural_posts"].tolist() == [4, 2]
    assert establishment.loc["units"].tolist() == [5, 3]


def test_people_stand_before_and_after_in_one_table(made):
    posts = cells(made.tables["reform_posts"], "level_today", "level_restructured")
    assert posts["IV", "ahli muda"] == posts["IV", ALL] == posts[ALL, "fungsional"] == 2
    assert posts["struktural", "struktural"] == 2
    assert posts[ALL, ALL] == 5
    years = cells(made.tables["reform_retirement"], "year_today", "year_restructured")
    # born on the first day of 1970: 58 in the fourth year, the head of the office 60 in the sixth
    assert {key: n for key, n in years.items() if ALL not in key} == {("4", "4"): 4, ("6", "6"): 1}


def test_both_readings_stand_side_by_side_and_law_tells_what_comes_of_the_rest(made):
    found = cells(made.tables["reform_readings"], "outcome", "outcome_strict")
    assert found["conditional", "discharge"] == found["conditional", "unplaced"] == 1
    assert found["equalised", "equalised"] == 1
    assert cells(made.tables["reform_ranks"], "rank") == {ALL: 2, "within": 2}


def test_the_change_of_inequality_adds_up(reform):
    found = results.redrawn(reform).set_index(["over", "of"])
    assert found.index.tolist() == [
        ("unit", "all"),
        ("place", "all"),
        ("unit", "adequacy"),
        ("place", "adequacy"),
    ]  # nobody is in a functional post before, and of nobody there is no index
    units = found.loc["unit"]
    np.testing.assert_array_equal(units["redrawn"], units["after"])  # people go with their unit
    places = found.loc["place"]
    np.testing.assert_array_equal(places["before"], places["redrawn"])
    # 2 of 4, 1 of 1, 1 of 1 and 1 of 1 are 0.5 and 3 times 1; then 2 of 4 and 3 of 3
    assert found.loc[("unit", "adequacy"), ["before", "after"]].tolist() == pytest.approx(
        [gini([0.5, 1], [4, 3])] * 2
    )


def test_effects_of_boxes_people_and_class_make_up_the_change(reform):
    table = results.attribution(reform)
    effects = table[["boxes", "moves", "class"]].sum(axis=1)
    np.testing.assert_allclose(table["before"] + effects, table["after"])


def test_units_are_counted_by_how_much_of_their_need_is_filled(reform):
    table = results.adequacy(reform).set_index(["state", "band"])["units"]
    assert table["today"].to_dict() == {
        "0 0.5": 0,
        "0.5 0.8": 1,  # the office lacks two of four
        "0.8 1": 0,
        "1 1.2": 3,
        "1.2": 0,
    }
    assert table["restructured"].sum() == 2


def test_each_rule_tells_what_it_does_and_to_how_many(reform):
    table = results.rules_off(reform).set_index("rule")
    assert table.loc["bubar_kabkota_iv", ["units", "structural", "people"]].tolist() == [2, 2, 1]
    assert table.loc["pendidikan_uji", "conditional"] == -1
    assert "upt_daerah" not in table.index


def test_records_without_posts_give_no_table_and_say_why():
    lacking = {name: table for name, table in tables().items() if name != "posts"}
    made = reform_set(records(lacking))
    assert not made.tables
    assert "the records have no table posts" in made.lacking["reform_states"]
    with pytest.raises(LackingError, match="no table posts"):
        reform_of(records(lacking))
