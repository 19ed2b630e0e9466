"""What the profile of a province says is what its numbers are."""

import datetime as dt
from itertools import pairwise

import pytest
from notebook_cells import run

from analysis.datasets import load_regions
from analysis.errors import ParameterError
from analysis.language import Language
from analysis.reports.profil_provinsi import ProfilProvinsi, findings, inputs

BEFORE, DATE = dt.date(2014, 12, 31), dt.date(2023, 12, 31)
INDONESIAN = Language("id")


def parameters(province):
    return ProfilProvinsi.check(
        {
            "province": province,
            "date": "2023-12-31",
            "population": "registrasi",
            "before": "2014-12-31",
            "population_before": "sensus",
            "basis_before": "33",
            "profession": "dokter_umum",
        }
    )


@pytest.fixture(scope="module")
def provinces():
    return inputs.provinces(parameters("11"), INDONESIAN)


def test_ranks_and_shares_fit_together(provinces):
    found = [findings.standing(provinces, code, DATE) for code in provinces.index]
    assert sorted(each.rank for each in found) == list(range(1, 39))
    assert sorted(each.adequacy_rank for each in found) == list(range(1, 39))
    assert sum(each.people_share for each in found) == pytest.approx(1)
    for lower, upper in pairwise(found):  # the frame has the lowest first
        assert upper.people_below == pytest.approx(lower.people_below + lower.people_share)
        assert upper.staff_below == pytest.approx(lower.staff_below + lower.staff_share)
    assert provinces["kebutuhan"].sum() == pytest.approx(provinces["pns"].sum())


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


def test_an_unknown_province_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match=r"'99' is the code of no province\..*11, 12"):
        inputs.provinces(parameters("99"), INDONESIAN)


def test_every_province_has_its_edition():
    from extremes import EDITIONS

    listed = {each["province"] for each in EDITIONS["profil_provinsi"]}
    assert listed == set(load_regions().codes("38"))
