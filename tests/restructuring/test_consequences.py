"""What comes of the reform for people, and for the distribution of staff."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_organisations import rules_on, some_organisation, some_rules
from test_stages import PEOPLE, POSTS, UNITS, kabupaten

from analysis.errors import DomainError, ParameterError
from analysis.inequality.measures import gini
from analysis.redistribution import Limits
from analysis.restructuring import (
    Organisation,
    de_facto_layers,
    income_cost,
    pyramid,
    redistribute_released,
    restructure,
    restructure_and_redistribute,
    retirement_ages,
    retirements,
    sensitivity,
    staff_inequality,
    structure,
    unit_adequacy,
    unplaced,
)
from analysis.restructuring.steps import undo

SCHOOLED = PEOPLE.assign(education="40")


@pytest.fixture(scope="module")
def found():
    return restructure(kabupaten(), rules_on())


@pytest.fixture(scope="module")
def strict():
    people = PEOPLE.assign(service=12)
    organisation = Organisation.from_frames(UNITS, POSTS, people)
    return restructure(organisation, rules_on(reading="tidak disetarakan"))


def test_the_pyramid_counts_everybody_before_and_after(found):
    before, after = (
        pyramid(o).set_index(["kind", "level"])["people"] for o in (found.before, found.after)
    )
    assert before.sum() == after.sum() == len(PEOPLE)
    assert before["struktural"].to_dict() == {"V": 1, "IV": 6, "III": 4, "II": 2, "I": 0}
    assert after["struktural"].to_dict() == {"V": 0, "IV": 4, "III": 4, "II": 2, "I": 0}
    gained = after["fungsional"] - before["fungsional"]
    assert gained[gained > 0].to_dict() == {"ahli pertama": 1, "ahli muda": 2}


def test_retirement_follows_the_post(found):
    ages = dict(
        zip(found.after.posts.index, retirement_ages(found.after, found.rules), strict=True)
    )
    assert {ages[p] for p in ("setda", "dinas")} == {60}
    assert {ages[p] for p in ("umum", "camat", "anak/JF", "lama/JF", "j1", "j4")} == {58}
    units = UNITS.assign(agency_kind="pusat")
    units.loc[units["unit"] == "camat", ["exempt", "reason"]] = ["ya", "x"]
    central = restructure(kabupaten(units), rules_on())
    later = retirements(central.after, central.rules)
    sooner = retirements(central.before, central.rules)
    assert later.sum() == sooner.sum() == len(PEOPLE)
    assert sooner.index.tolist() == ["overdue", *range(1, 11), "later", "unknown"]
    # born in May 1970, 58 in 2028, the seventh year from 31 December 2021; ahli madya go at 60
    assert (sooner[7], sooner[9]) == (11, 2)
    assert later[9] > sooner[9]


def test_statutes_of_functional_posts_come_before_the_general_age():
    posts = pd.DataFrame(
        {
            "post": range(4),
            "unit": "setda",
            "kind": "fungsional",
            "title": ["Guru Ahli Muda", "Dosen", "Peneliti Ahli Utama", "Perencana Ahli Utama"],
            "eselon": None,
            "jenjang": ["ahli muda", None, "ahli utama", "ahli utama"],
        }
    )
    organisation = Organisation.from_frames(UNITS.iloc[:1], posts)
    assert retirement_ages(organisation, rules_on()).tolist() == [60, 65, 70, 65]


def test_nobody_loses_income_and_the_cost_is_told(found):
    with pytest.raises(ParameterError, match="no rule that protects income holds on 2021-12-31"):
        income_cost(found)
    incomes = PEOPLE.assign(income_structural=10.0, income_functional=8.0)
    incomes.loc[incomes["post"] == "anak", "income_functional"] = 11.0
    incomes.loc[incomes["post"] == "lama", "income_functional"] = None
    organisation = Organisation.from_frames(UNITS, POSTS, incomes)
    later = restructure(organisation, rules_on(dt.date(2023, 1, 1)))
    assert income_cost(later).to_dict() == {
        "people": 2,
        "unknown": 1,
        "before": 20,
        "functional": 19,
        "paid": 21,
        "protection": 2,
        "change": 1,
    }


def test_whom_nobody_can_place_is_counted_by_what_law_does(strict):
    # one person, 51 years old with 12 years of service
    assert unplaced(strict).to_dict() == {
        "discharge": 1,
        "waiting_pay": 0,
        "not_named": 0,
        "unknown": 0,
    }
    assert structure(strict.after).loc["all", "unplaced"] == 1


def test_roles_are_layers_while_they_existed(found):
    inside = de_facto_layers(found).loc["Kabupaten A"]
    assert inside[["before", "after", "de_facto", "roles"]].tolist() == [4, 3, 3, 2]
    ended = de_facto_layers(found, dt.date(2022, 6, 1)).loc["Kabupaten A"]
    assert (ended["de_facto"], ended["roles"]) == (3, 0)
    units = UNITS[~UNITS["unit"].isin(["tu", "keu", "upt", "trantib", "sekre", "camat"])]
    flat = restructure(
        Organisation.from_frames(units.assign(name=units["unit"]), None, SCHOOLED.iloc[:0]),
        rules_on(),
    )
    assert de_facto_layers(flat).loc["Kabupaten A", "after"] == 2


def test_adequacy_is_that_of_the_units_that_stay(found):
    need = dict.fromkeys(UNITS["unit"], 2.0)
    frame = unit_adequacy(found, need)
    assert frame.loc["bid", ["units", "need", "staff", "adequacy"]].tolist() == [4, 8.0, 8, 1.0]
    assert frame.loc["bid", ["need_before", "staff_before"]].tolist() == [2.0, 2]
    assert frame["need"].sum() == 28
    with pytest.raises(DomainError, match="units must have the same units"):
        unit_adequacy(found, {"bid": 2.0})


def total(x: np.ndarray, weights: None) -> float:
    assert weights is None
    return float(x.sum())


def test_inequality_over_units_and_regions(found):
    units = staff_inequality(found)
    assert units.people == 0.0  # people go where their unit goes
    assert units.before == pytest.approx(gini(found.before.staff))
    assert units.after == pytest.approx(gini(found.after.staff))
    functional = staff_inequality(found, kind="fungsional", measure=total)
    assert (functional.boundaries, functional.people) == (0, 3)
    regions = staff_inequality(found, over="province", need={"11": 10.0})
    assert regions.difference == 0.0
    with pytest.raises(ParameterError, match="'daerah' is none of unit, province"):
        staff_inequality(found, over="daerah")
    with pytest.raises(ParameterError, match="'guru' is none of struktural"):
        staff_inequality(found, kind="guru")


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 20))
@example(seed=7681, size=12)  # its rule closes vacant seats, which sensitivity does not count
def test_a_rule_that_decided_nothing_changes_nothing(seed, size):
    rng = np.random.default_rng(seed)
    organisation, rules = some_organisation(rng, size), some_rules(rng)
    frame = sensitivity(organisation, rules).set_index("rule")
    idle = frame.index[(frame.drop(columns="possible") == 0).all(axis=1)]
    without = rules.without(rng.choice(idle, 1).tolist())
    after = [structure(restructure(organisation, r).after) for r in (rules, without)]
    counted = frame.columns.intersection(after[0].columns)
    assert {"units", "layers"} <= set(counted)
    pd.testing.assert_frame_equal(*(each[counted] for each in after))


def test_each_rule_tells_what_it_does():
    frame = sensitivity(kabupaten(), rules_on()).set_index("rule")
    assert frame.loc["bubar_kabkota_iv", "units"] == 3  # rt, anak and data would stay
    assert frame.loc["upt_daerah", ["units", "structural", "functional"]].tolist() == [-1, -1, 1]
    assert frame.loc["setara_pengawas", "unplaced"] == 2
    assert frame.loc["pendidikan_uji", "conditional"] == -1
    assert frame.loc["kecamatan_kelurahan", "units"] == -1


def three_provinces() -> tuple[Organisation, pd.DataFrame]:
    """Two vertical offices whose sections dissolve: statisticians stand where posts were."""
    rows = [("pusat", None, "I.a", "Badan", "31")]
    for province, sections in (("11", 6), ("12", 2)):
        office = f"o{province}"
        rows.append((office, "pusat", "II.a", "Kantor", province))
        rows += [
            (f"{office}-{n}", office, "III.a", "Bidang Statistik", province)
            for n in range(sections)
        ]
    units = pd.DataFrame(rows, columns=["unit", "parent", "eselon", "name", "province"]).assign(
        kind="unit", agency="Badan", agency_kind="pusat"
    )
    people = pd.DataFrame({"person": units["unit"], "post": units["unit"], "education": "45"})
    need = pd.DataFrame({"Statistisi": [4.0, 4.0, 1.0]}, index=["11", "12", "31"])
    return Organisation.from_frames(units, None, people), need


def test_restructure_then_redistribute_is_one_table():
    organisation, need = three_provinces()
    states = restructure_and_redistribute(organisation, rules_on(), need)
    table = states.to_frame()
    assert table.columns.tolist() == ["today", "restructured", "redistributed"]
    assert table.loc["staff"].tolist() == [0, 8, 8]
    assert table.loc["unfilled"].tolist() == [9, 3, 1]
    assert table.loc["moved"].tolist() == [0, 0, 2]
    assert table.loc["layers"].tolist() == [3, 2, 2]
    assert table.loc["gini", "redistributed"] < table.loc["gini", "restructured"]
    assert table.loc["span"].isna().tolist() == [False, False, True]
    assert states.released["Statistisi"].tolist() == [6, 2, 0]
    assert states.others == 0


def test_limits_hold_and_places_must_be_known():
    organisation, need = three_provinces()
    found = restructure(organisation, rules_on())
    kept = redistribute_released(found, need, limits=Limits(protected=["11"]))
    assert kept.plans.moved == 0
    by_unit = pd.DataFrame({"Statistisi": 1.0}, index=found.after.units.index)
    assert redistribute_released(found, by_unit, places="unit").plans.moved == 3
    with pytest.raises(ParameterError, match="there are people in 11, which it has no row for"):
        redistribute_released(found, need.drop("11"))
    with pytest.raises(ParameterError, match="'pulau' is none of unit, province"):
        redistribute_released(found, need, places="pulau")


def test_the_ledger_must_be_whole(found):
    step = found.steps[0]
    with pytest.raises(ValueError, match="expected one row for each person; a is missing"):
        undo(step.after, step.units(), step.posts(), step.people().query("person != 'a'"))
