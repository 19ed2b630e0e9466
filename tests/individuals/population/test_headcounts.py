"""Headcounts and mixes against the published figures they are raked to."""

import numpy as np
import pytest

from analysis.errors import ParameterError
from analysis.individuals.population.headcounts import headcounts
from analysis.individuals.population.kinds import (
    CLASSES,
    EDUCATION_CODES,
    LEVELS,
    POST_LIST,
    STATUSES,
)
from analysis.individuals.population.mixes import mixes


@pytest.fixture(scope="module")
def country(published, autonomous):
    """Headcounts and mixes of as many people as there are."""
    heads = headcounts(published, published.people, autonomous=autonomous)
    return heads, mixes(published, heads)


def assert_exact(table, margins):
    for key, wanted in margins.sums.items():
        np.testing.assert_array_equal(table.sum(axis=margins.others(key)), wanted)


def test_as_many_people_as_there_are_have_the_published_totals(country, published):
    heads, _ = country
    assert {s: int(heads.people[s].sum()) for s in STATUSES} == published.totals
    assert heads.scale == pytest.approx(1)


def test_every_margin_is_met_exactly(country):
    heads, found = country
    for status in STATUSES:
        assert_exact(heads.people[status], heads.margins[status])
    kabkota = found["kabkota"]
    assert_exact(kabkota.people, kabkota.margins)


@pytest.mark.parametrize("number", [2000, 21_013])
def test_margins_are_met_by_fewer_people_too(published, autonomous, number):
    heads = headcounts(published, number, autonomous=autonomous)
    found = mixes(published, heads)
    for status in STATUSES:
        assert_exact(heads.people[status], heads.margins[status])
    assert_exact(found["kabkota"].people, found["kabkota"].margins)
    assert sum(int(mix.people.sum()) for mix in found.values()) == number


def test_provinces_have_their_published_share_of_pns(country, published):
    heads, _ = country
    exact = published.staff / published.staff.sum() * published.totals["PNS"]
    found = heads.people["PNS"].sum(axis=(1, 2, 3))
    assert (np.abs(found - exact.to_numpy()) < 1).all()


def test_provinces_have_their_published_share_of_men(country, published):
    heads, _ = country
    people = heads.people["PNS"].sum(axis=(2, 3))
    assert (np.abs(people[:, 0] - published.men.to_numpy() * people.sum(axis=1)) <= 0.5).all()


def test_kinds_of_posts_have_their_published_share(country, published):
    heads, _ = country
    found = heads.people["PNS"].sum(axis=(0, 1, 2))
    exact = np.array([published.classes[name] for name in CLASSES["PNS"]]) * found.sum()
    assert (np.abs(found - exact) < 1).all()
    assert sum(published.classes.values()) == pytest.approx(1)


def test_a_province_without_kabupaten_of_its_own_has_no_such_staff(country):
    heads, _ = country
    jakarta = heads.provinces.index("31")
    for status in STATUSES:
        assert heads.people[status][jakarta, :, LEVELS.index("kabkota")].sum() == 0


def test_known_central_shares_are_kept(country, published):
    heads, _ = country
    levels = heads.people["PNS"].sum(axis=(1, 3))
    for code, share in published.central.items():
        row = levels[heads.provinces.index(code)]
        assert row[0] / row.sum() == pytest.approx(share, abs=1e-3)


def test_kabupaten_have_the_education_of_the_known_one_and_others_that_of_the_country(
    country, published
):
    _, found = country
    own = found["kabkota"].people.sum(axis=(1, 3))
    known = published.education_by_sex
    for sex in (0, 1):
        np.testing.assert_allclose(
            own[sex] / own[sex].sum(), known[sex] / known[sex].sum(), atol=1e-5
        )
    groups = found["pusat"].people.sum(axis=(0, 1, 3))
    diploma = groups[EDUCATION_CODES.index("20") : EDUCATION_CODES.index("35") + 1].sum()
    assert diploma / groups.sum() == pytest.approx(published.education[1], abs=1e-5)


def test_echelons_of_kabupaten_have_the_shares_of_the_known_one(country, published):
    _, found = country
    posts = found["kabkota"].people.sum(axis=(0, 2, 3))
    iv_a, iv_b = (posts[POST_LIST.index(("PNS", code))] for code in ("41", "42"))
    known = published.echelons_by_sex.sum(axis=0)
    assert iv_a / iv_b == pytest.approx(known[4] / known[5], rel=1e-4)


def test_nobody_has_a_golongan_of_the_other_status(country):
    _, found = country
    for mix in found.values():
        pns = np.array([status == "PNS" for status, _ in POST_LIST])
        assert mix.people[:, pns, :, 17:].sum() == 0
        assert mix.people[:, ~pns, :, :17].sum() == 0


def test_some_provinces_alone_add_up(published, autonomous):
    heads = headcounts(published, 5000, autonomous=autonomous, provinces=["81", "31"])
    assert heads.provinces == ("31", "81")
    assert sum(int(heads.people[s].sum()) for s in STATUSES) == 5000


@pytest.mark.parametrize(
    ("number", "provinces", "message"),
    [
        (1899, None, r"1,899 people are too few for 38 provinces. Ask for 1,900"),
        (5000, ["31", "99"], r"99 is no province; there are 11, 12"),
        (5000, [], "no code is no province"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(published, autonomous, number, provinces, message):
    with pytest.raises(ParameterError, match=message):
        headcounts(published, number, autonomous=autonomous, provinces=provinces)
