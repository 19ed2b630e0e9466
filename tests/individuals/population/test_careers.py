"""Dates in order for everyone, and numbers that no one has."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError
from analysis.individuals.population.careers import careers
from analysis.individuals.population.kinds import ALL_GOLONGAN, EDUCATION_CODES
from analysis.individuals.population.nip import Serials

DAY = np.datetime64("2024-12-31")
people = st.tuples(
    st.integers(0, len(EDUCATION_CODES) - 1),
    st.integers(0, len(ALL_GOLONGAN) - 1),
    st.sampled_from([58, 60, 65]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(people, min_size=1, max_size=40), st.integers(0, 2**31))
def test_dates_are_in_order_whatever_the_education_and_golongan(kinds, seed):
    education, golongan, retire_at = (np.array(column) for column in zip(*kinds, strict=True))
    found = careers(DAY, education, golongan, retire_at, np.random.default_rng(seed))
    youngest = np.where(golongan < 17, 18, 20) * 12
    months = found.appointed.astype("datetime64[M]") - found.born.astype("datetime64[M]")
    assert (months.astype(int) >= youngest).all()
    assert (found.appointed <= found.in_post).all()
    assert (found.in_post <= DAY).all()
    assert (found.pension > DAY).all()
    reached = found.born.astype("datetime64[M]") + retire_at * 12
    assert (found.pension.astype("datetime64[M]") == reached + np.timedelta64(1, "M")).all()


def test_the_higher_the_golongan_the_longer_the_service():
    size = 2000
    degree = np.full(size, EDUCATION_CODES.index("40"))
    served = [
        DAY
        - careers(
            DAY,
            degree,
            np.full(size, ALL_GOLONGAN.index(name)),
            np.full(size, 58),
            np.random.default_rng(0),
        ).appointed
        for name in ("III/a", "III/d", "IV/b")
    ]
    years = [np.median(s.astype(int)) / 365.25 for s in served]
    assert years == pytest.approx([2, 14, 22], abs=0.5)


def test_serial_numbers_go_on_from_call_to_call():
    serials = Serials()
    born = np.array(["1980-02-03"] * 2, dtype="datetime64[D]")
    start = np.array(["2010-03-01"] * 2, dtype="datetime64[D]")
    pns = np.zeros(2, dtype=bool)
    assert serials.give(born, start, pns).to_pylist() == [
        "198002032010039001",
        "198002032010039002",
    ]
    assert serials.give(born[:1], start[:1], pns[:1]).to_pylist() == ["198002032010039003"]
    assert serials.give(born[:1], start[:1], ~pns[:1]).to_pylist() == ["198002032010219001"]


def test_more_people_than_a_serial_number_can_tell_apart_are_refused():
    born = np.full(1000, "1980-02-03", dtype="datetime64[D]")
    start = np.full(1000, "2010-03-01", dtype="datetime64[D]")
    with pytest.raises(DomainError, match="More than 999 people"):
        Serials().give(born, start, np.zeros(1000, dtype=bool))
