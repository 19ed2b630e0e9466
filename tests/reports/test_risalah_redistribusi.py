"""The alternatives of the policy brief are those of report 07, and stand in the right order."""

import pytest
from notebook_cells import run

from analysis.language import Language
from analysis.redistribution import frontier
from analysis.reports.redistribusi import inputs
from analysis.reports.risalah_redistribusi import (
    RisalahRedistribusi,
    alternatives,
    findings,
    tables,
    words,
)

PARAMETERS = {
    "date": "2023-12-31",
    "basis": "38",
    "population": "registrasi",
    "central_staff": "keluarkan",
    "need": "gabungan",
    "weights": {"penduduk": 0.7, "luas_km2": 0.1, "desa": 0.2},
    "budget": 0.05,
    "floor_adequacy": 1.0,
    "max_share_leaving": 0.25,
    "vacancies": {},
    "hire_price": 5.0,
}


def computed(**changes):
    p = RisalahRedistribusi.check(PARAMETERS | changes)
    provinces = inputs.provinces(p, Language("id"))
    staff = provinces["pegawai"]
    need = inputs.needs(provinces, staff, p.weights)[p.need]
    plans, best = alternatives.plans(p, provinces, need), frontier(staff, need)
    mix = alternatives.mix_as_good(best, plans["nasional"], p.hire_price)
    return p, plans, alternatives.alternatives(plans, best, mix)


@pytest.fixture(scope="module")
def default():
    return computed()


def test_more_freedom_to_move_leaves_less_inequality(default):
    by_way = {each.way: each for each in default[2]}
    assert by_way["nasional"].gini < by_way["pulau"].gini < by_way["tetap"].gini
    assert by_way["nasional"].lowest > by_way["pulau"].lowest > by_way["tetap"].lowest
    assert by_way["nasional"].kilometres > by_way["pulau"].kilometres


def test_what_the_figures_cannot_say_is_left_open(default):
    within = next(each for each in default[2] if each.way == "provinsi")
    assert (within.gini, within.moved, within.hired, within.lowest) == (None,) * 4


def test_people_stay_in_their_island_group_where_they_must(default):
    _, plans, _ = default
    provinces = inputs.provinces(default[0], Language("id"))
    moves = plans["pulau"].moves
    islands = provinces["pulau"]
    assert (moves["origin"].map(islands) == moves["destination"].map(islands)).all()


def test_hires_and_the_mix_reach_what_moving_reaches(default):
    by_way = {each.way: each for each in default[2]}
    assert by_way["rekrut"].gini == by_way["campuran"].gini == by_way["nasional"].gini
    assert by_way["rekrut"].hired > by_way["nasional"].moved
    assert by_way["campuran"].moved + 5 * by_way["campuran"].hired <= 5 * by_way["rekrut"].hired


@pytest.mark.parametrize(
    ("price", "decides"), [(5.0, "Mendagri"), (0.4, "Keduanya"), (0.2, "Formasi")]
)
def test_who_decides_on_the_mix_goes_by_what_is_in_it(price, decides):
    p, _, ways = computed(hire_price=price)
    chosen = findings.choice(ways, p)
    shown = tables.alternatives(ways, chosen, words(p)).frame.set_index("way")
    assert shown.loc["campuran", "power"].startswith(decides)


def test_where_nobody_may_move_nothing_changes():
    p, _, ways = computed(budget=0.0)
    by_way = {each.way: each for each in ways}
    assert by_way["nasional"].moved == by_way["rekrut"].hired == 0
    assert by_way["nasional"].gini == pytest.approx(by_way["tetap"].gini)
    assert findings.choice(ways, p).reach is None


def test_where_nobody_may_move_moving_is_not_called_the_cheapest():
    shown = " ".join(run("risalah_redistribusi", budget=0.0).texts)
    assert "tidak ada yang pindah" in shown
    assert "yang termurah adalah pindah saja" not in shown
