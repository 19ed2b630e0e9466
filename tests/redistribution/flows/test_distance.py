"""Distances against two other formulas for the sphere."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import DomainError
from analysis.redistribution.flows.distance import EARTH_RADIUS, great_circle

EXAMPLES = settings(max_examples=60, derandomize=True, deadline=None)
CAPITALS = {
    "Jakarta": (-6.2088, 106.8456),
    "Jayapura": (-2.5337, 140.7181),
    "Banda Aceh": (5.5483, 95.3238),
    "Surabaya": (-7.2575, 112.7521),
}


@st.composite
def places(draw):
    n = draw(st.integers(1, 6))
    latitude = draw(hnp.arrays(np.float64, n, elements=st.floats(-90, 90)))
    return latitude, draw(hnp.arrays(np.float64, n, elements=st.floats(-180, 180)))


def vincenty_on_the_sphere(first, second):
    """Vincenty's formula with no flattening, stable at every distance."""
    (phi, lam), (psi, mu) = np.radians(first), np.radians(second)
    d = mu - lam
    y = np.hypot(
        np.cos(psi) * np.sin(d),
        np.cos(phi) * np.sin(psi) - np.sin(phi) * np.cos(psi) * np.cos(d),
    )
    x = np.sin(phi) * np.sin(psi) + np.cos(phi) * np.cos(psi) * np.cos(d)
    return EARTH_RADIUS * np.arctan2(y, x)


def test_jakarta_to_jayapura():
    places = np.array([CAPITALS["Jakarta"], CAPITALS["Jayapura"]])
    found = great_circle(*places.T)[0, 1]
    assert found == pytest.approx(vincenty_on_the_sphere(*places), rel=1e-12)
    assert found == pytest.approx(3780, abs=10)


def test_capitals_by_the_law_of_cosines():
    latitude, longitude = np.array(list(CAPITALS.values())).T
    phi, lam = np.radians(latitude), np.radians(longitude)
    cosine = np.outer(np.sin(phi), np.sin(phi)) + np.outer(np.cos(phi), np.cos(phi)) * np.cos(
        lam[:, None] - lam
    )
    expected = EARTH_RADIUS * np.arccos(np.clip(cosine, -1, 1))
    assert great_circle(latitude, longitude) == pytest.approx(expected, abs=1e-3)


def test_a_degree_of_a_meridian_and_half_the_globe():
    quarter = np.pi * EARTH_RADIUS / 2
    found = great_circle([0, 1, 90, -90], [0, 0, 0, 77])
    assert found[0, 1] == pytest.approx(quarter / 90, rel=1e-12)
    assert found[0, 2] == pytest.approx(quarter, rel=1e-12)
    assert found[2, 3] == pytest.approx(2 * quarter, rel=1e-12)
    assert great_circle([0, 0], [-180, 180])[0, 1] == pytest.approx(0, abs=1e-6)


def test_places_one_metre_apart_keep_their_digits():
    degree = 1 / 111_195.08
    assert 1000 * great_circle([-6, -6 + degree], [106, 106])[0, 1] == pytest.approx(1, rel=1e-5)


@EXAMPLES
@given(places())
def test_a_distance_is_a_metric(where):
    found = great_circle(*where)
    assert np.array_equal(found, found.T)
    assert not np.diagonal(found).any()
    assert found.max() <= np.pi * EARTH_RADIUS * (1 + 1e-15)
    assert np.all(found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-6)
    points = np.stack(where, axis=1)
    for i, j in np.ndindex(found.shape):
        expected = vincenty_on_the_sphere(points[i], points[j])
        assert found[i, j] == pytest.approx(expected, rel=1e-9, abs=1e-3)


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ([-6.2, -91.0], [106.8, 112.7], r"latitude .* from -90 to 90; .* 1: -91.0"),
        ([-6.2, 7.2], [106.8, 1127.0], r"longitude .* from -180 to 180; .* 1: 1127.0"),
        ([-6.2, np.nan], [106.8, 112.7], r"latitude .* 1: nan"),
        ([-6.2], [106.8, 112.7], "1 latitudes but 2 longitudes"),
        ([], [], "there are no values"),
        ([[-6.2]], [[106.8]], "one value for each unit"),
        (["-6,2"], [106.8], "latitude: the values must be numbers"),
    ],
)
def test_bad_places_are_refused(latitude, longitude, said):
    with pytest.raises(DomainError, match=said):
        great_circle(latitude, longitude)


def test_labelled_places_give_a_labelled_matrix_whatever_their_order():
    latitude = pd.Series({"Jakarta": -6.2, "Surabaya": -7.25})
    longitude = pd.Series({"Surabaya": 112.75, "Jakarta": 106.8})
    found = great_circle(latitude, longitude)
    assert found.index.tolist() == found.columns.tolist() == ["Jakarta", "Surabaya"]
    assert np.array_equal(found, great_circle([-6.2, -7.25], [106.8, 112.75]))


def test_messages_name_units():
    latitude = pd.Series([-6.2, None], index=["Jakarta", "Jayapura"], dtype="Float64")
    with pytest.raises(DomainError, match="Jayapura"):
        great_circle(latitude, pd.Series([106.8, 140.7], index=["Jakarta", "Jayapura"]))
    with pytest.raises(DomainError, match="same units"):
        great_circle(pd.Series([1.0], index=["A"]), pd.Series([1.0], index=["B"]))
