"""What the profile of a province says is what its numbers are."""

import datetime as dt
from itertools import pairwise

import pytest
from notebook_cells import run

from analysis.datasets import load_regions
from analysis.errors import ParameterError
from analysis.language import Language
from analysis.reports.profil_provinsi import ProfilProvinsi, findings, inputs, words

BEFORE, DATE = dt.date(2014, 12, 31), dt.date(2023, 12, 31)
INDONESIAN = Language("id")


def parameters(province, **others):
    defaults = {
        "date": "2023-12-31",
        "population": "registrasi",
        "before": "2014-12-31",
        "population_before": "sensus",
        "basis_before": "33",
        "profession": "dokter_umum",
        "budget": 0.05,
        "max_share_leaving": 0.25,
    }
    return ProfilProvinsi.check({"province": province, **defaults, **others})


@pytest.fixture(scope="module")
def provinces():
    return inputs.provinces(parameters("11"), INDONESIAN)


def test_ranks_and_shares_fit_together(provinces):
    found = [findings.standing(provinces, code, DATE) for code in provinces.index]
    assert sorted(each.rank for each in found) == list(range(1, 39))
    assert sum(each.people_share for each in found) == pytest.approx(1)
    for lower, upper in pairwise(found):  # the frame has the lowest first
        assert upper.people_below == pytest.approx(lower.people_below + lower.people_share)
        assert upper.staff_below == pytest.approx(lower.staff_below + lower.staff_share)


@pytest.mark.parametrize(
    ("province", "joined", "founded"),
    [
        ("11", set(), None),
        ("65", {"Kalimantan Timur"}, None),  # founded before the earlier date
        ("64", {"Kalimantan Utara"}, None),
        ("92", {"Papua Barat Daya"}, None),
        ("96", {"Papua Barat"}, dt.date(2022, 12, 8)),
        ("94", {"Papua", "Papua Selatan", "Papua Pegunungan"}, dt.date(2022, 7, 25)),
    ],
)
def test_a_province_whose_boundaries_moved_has_no_past_of_its_own(province, joined, founded):
    earlier = inputs.earlier(parameters(province), INDONESIAN)
    found = findings.change(earlier, "X", BEFORE, DATE)
    assert set(found.joined) == joined
    assert found.founded == founded


def test_a_new_province_says_that_there_is_nothing_to_compare_with():
    shown = " ".join(run("profil_provinsi", province="94").texts)
    assert "dibentuk pada 25 Juli 2022, sehingga tidak ada angka sebelumnya" in shown
    assert "untuk provinsi ini sendiri tidak ada angka sebelumnya. Bersama" in shown


def test_the_doctors_are_those_of_the_province_alone():
    data = inputs.doctors(parameters("31"))
    spread = findings.spread(data, "DKI Jakarta")
    assert len(data.frame) == spread.units == 6
    assert data.frame.index.str.startswith("31.").all()
    assert spread.total == data.frame["tenaga"].sum()


@pytest.fixture(scope="module")
def by_province(provinces):
    """What the models say of every province."""
    p, needed = parameters("11"), inputs.model_needs(provinces)
    plans = inputs.plans(p, provinces, needed)
    return {code: findings.models(provinces, needed, plans, code) for code in provinces.index}


def test_what_one_province_has_too_much_others_lack(by_province):
    for number in range(4):
        each = [models[number] for models in by_province.values()]
        assert abs(sum(model.gap for model in each)) <= 38  # each is rounded to whole people
        assert sum(model.change for model in each) == 0
        assert sorted(model.rank for model in each) == list(range(1, 39))
        for model in each:  # nobody leaves whom the province needs for its even share
            assert model.change >= 0 or model.gap + model.change >= -1


def test_a_verdict_holds_for_every_model(provinces, by_province):
    verdicts = set()
    for code, models in by_province.items():
        found = findings.needs(provinces, models, code, DATE)
        assert len(found.short) + len(found.surplus) == 4
        assert (found.verdict == "short") == (found.highest.gap < 0)
        assert (found.verdict == "surplus") == (found.lowest.gap > 0)
        verdicts.add(found.verdict)
    assert verdicts == {"short", "surplus", "mixed"}


@pytest.mark.parametrize(
    ("province", "neighbours"), [("51", set()), ("14", {"12", "13", "15"}), ("31", {"32", "36"})]
)
def test_neighbours_are_those_that_share_a_border_on_land(province, neighbours):
    assert set(inputs.neighbours(parameters(province))) == neighbours


@pytest.mark.parametrize(
    ("neighbours", "fewer", "said"),
    [
        (0, 0, "tidak berbatasan darat"),
        (1, 0, "Tidak ada provinsi yang berbatasan"),
        (1, 1, "Satu-satunya provinsi"),
        (2, 2, "Kedua provinsi"),
        (4, 4, "Semua 4 provinsi"),
        (3, 1, "Dari 3 provinsi yang berbatasan darat, 1 memiliki"),
    ],
)
def test_neighbours_are_spoken_of_by_their_number(neighbours, fewer, said):
    found = findings.Around("X", DATE, 9.0, 13.1, neighbours, fewer, "Jawa", 8.9, "up")
    assert said in " ".join(words(parameters("11")).lines("around.text", found))


def test_what_changed_worse_is_counted_over_all_places(provinces):
    found = [
        findings.change(inputs.earlier(parameters(code), INDONESIAN), "X", BEFORE, DATE)
        for code in provinces.index
    ]
    assert {each.places for each in found} == {33}
    assert {each.lower for each in found} == set(range(33))


def test_a_province_that_is_not_reported_on_has_no_progress():
    assert findings.progress(inputs.progress(parameters("96")), "X").stages == ()
    late = findings.progress(inputs.progress(parameters("31")), "X").stages
    assert [each.stage for each in late] == ["usulan_struktur", "persetujuan_penyetaraan"]


def test_training_is_told_where_there_are_records_and_said_to_be_synthetic():
    known, unknown = (
        findings.trained(inputs.training(parameters(code)), "X") for code in ("31", "96")
    )
    assert known.synthetic
    assert 0 < known.share < 1
    assert (unknown.people, unknown.share) == (0, None)


def test_an_unknown_province_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match=r"'99' is the code of no province\..*11, 12"):
        inputs.provinces(parameters("99"), INDONESIAN)


def test_every_province_has_its_edition():
    from extremes import EDITIONS

    listed = {each["province"] for each in EDITIONS["profil_provinsi"]}
    assert listed == set(load_regions().codes("38"))
