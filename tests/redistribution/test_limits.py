"""Each limit by hand, and the one that binds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import Units

EXAMPLES = settings(max_examples=60, derandomize=True, deadline=None)
UNITS = ["Aceh", "Bali", "Banten"]
STAFF = pd.Series([100, 50, 10], index=UNITS)
NEED = pd.Series([60.0, 60.0, 8.0], index=UNITS)
THREE = Units.of(STAFF, NEED)
COST = np.array([[0.0, 5, 9], [5, 0, 2], [9, 2, 0]])


@pytest.mark.parametrize(
    ("limits", "most", "binds"),
    [
        (Limits(), [100, 50, 10], ["staff"] * 3),
        (Limits(floor_adequacy=1.0), [40, 0, 2], ["floor_adequacy"] * 3),
        (Limits(floor_heads=7), [93, 43, 3], ["floor_heads"] * 3),
        (Limits(floor_heads=[100, 0, 9.5]), [0, 50, 0], ["floor_heads", "staff", "floor_heads"]),
        (Limits(max_share_leaving=0.25), [25, 12, 2], ["max_share_leaving"] * 3),
        (Limits(most_leaving=[1000, 7, 0]), [100, 7, 0], ["staff"] + ["most_leaving"] * 2),
        (Limits(most_leaving=4), [4, 4, 4], ["most_leaving"] * 3),
        (Limits(max_share_leaving=[1, 0, 0.5]), [100, 0, 5], ["staff"] + ["max_share_leaving"] * 2),
        (Limits(releasable=[5, 50, 0]), [5, 50, 0], ["releasable", "staff", "releasable"]),
        (Limits(protected=["Bali"]), [100, 0, 10], ["staff", "protected", "staff"]),
        (
            Limits(floor_adequacy=1.0, max_share_leaving=0.1, protected={"Banten"}),
            [10, 0, 0],
            ["max_share_leaving", "floor_adequacy", "protected"],
        ),
    ],
)
def test_most_who_may_leave(limits, most, binds):
    bound = limits.leaving(THREE)
    assert bound.most.tolist() == most
    assert bound.limit.tolist() == binds
    assert bound.most.dtype == np.int64


def test_floors_met_but_for_rounding_are_met():
    assert Limits(floor_adequacy=0.1).leaving(
        Units.of([3], [30.000000000000004])
    ).most.tolist() == [0]
    assert Limits(floor_adequacy=0.7).leaving(Units.of([10], [10])).most.tolist() == [3]
    assert Limits(max_share_leaving=0.29).leaving(Units.of([100], [1])).most.tolist() == [29]


def test_most_who_may_arrive():
    free = Limits().arriving(THREE)
    assert (free.most.tolist(), free.limit.tolist()) == ([60, 110, 150], ["none"] * 3)
    capacity = pd.Series([3, pd.NA, 0], index=UNITS, dtype="Int64")
    bound = Limits(capacity=capacity).arriving(THREE)
    assert bound.most.tolist() == [3, 110, 0]
    assert bound.limit.tolist() == ["capacity", "none", "capacity"]
    assert Limits(capacity=[np.inf, 1e9, 2]).arriving(THREE).most.tolist() == [60, 110, 2]


@pytest.mark.parametrize(
    ("limits", "closed"),
    [
        (Limits(), []),
        (Limits(within=["Sumatra", "Nusa", "Nusa"]), [(0, 1), (1, 0), (0, 2), (2, 0)]),
        (Limits(forbidden=[("Aceh", "Bali"), ("Aceh", "Bali")]), [(0, 1)]),
        (Limits(forbidden=[]), []),
        (Limits(allowed=COST != 5), [(0, 1), (1, 0)]),
        (Limits(max_cost=5.0), [(0, 2), (2, 0)]),
        (Limits(max_distance=0.4), [(0, 2), (2, 0), (0, 1), (1, 0)]),
        (
            Limits(max_cost=5.0, forbidden=[("Banten", "Bali")]),
            [(0, 2), (2, 0), (2, 1)],
        ),
    ],
)
def test_closed_pairs(limits, closed):
    expected = ~np.eye(3, dtype=bool)
    for pair in closed:
        expected[pair] = False
    found = limits.open_pairs(THREE, cost=COST, distance=COST / 10)
    assert np.array_equal(found, expected) if limits.closes_pairs else found is None
    assert limits.closes_pairs or not closed


def test_units_without_labels_go_by_position():
    limits = Limits(protected=[1], forbidden=[(0, 2)])
    units = Units.of([5, 5, 5], [1, 1, 1])
    assert limits.leaving(units).most.tolist() == [5, 0, 5]
    assert not limits.open_pairs(units, cost=COST)[0, 2]


def test_what_is_limited():
    assert not Limits(within=[1, 2]).bounds_units
    assert not Limits(capacity=[1, 2]).closes_pairs
    assert Limits(protected=[]).bounds_units
    assert Limits(max_distance=1.0).closes_pairs


@EXAMPLES
@given(st.data())
def test_every_limit_is_kept_and_the_binding_one_is_tight(data):
    n = data.draw(st.integers(1, 6))
    staff = data.draw(hnp.arrays(np.int64, n, elements=st.integers(0, 500)))
    need = data.draw(hnp.arrays(np.float64, n, elements=st.floats(0.1, 500)))
    floor, share = data.draw(st.floats(0, 3)), data.draw(st.floats(0, 1))
    heads = data.draw(st.integers(0, int(staff.min())))
    assume(floor <= max(2.0, (staff / need).max()))
    bound = Limits(floor_adequacy=floor, max_share_leaving=share, floor_heads=heads).leaving(
        Units.of(staff, need)
    )
    for leaving, extra in ((bound.most, 0), (bound.most + 1, 1)):
        kept = {
            "staff": leaving <= staff,
            "floor_adequacy": (staff - leaving >= floor * need * (1 - 1e-8)) | (leaving == 0),
            "max_share_leaving": leaving <= share * staff * (1 + 1e-8),
            "floor_heads": staff - leaving >= heads,
        }
        if not extra:
            assert all(each.all() for each in kept.values())
        else:
            assert not any(kept[name][i] for i, name in enumerate(bound.limit))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(floor_heads=20), r"floor_heads must be no more than the staff .* Banten: 20"),
        (Limits(floor_heads=[0, 51, 11]), r"Bali: 51\.0, Banten: 11"),
        (Limits(floor_heads=-1), "floor_heads must be finite numbers, 0 or more"),
        (Limits(floor_heads=[1, 2]), "floor_heads: 2 values for 3 units"),
        (Limits(max_share_leaving=25), r"max_share_leaving must be from 0 to 1.* Aceh: 25"),
        (Limits(max_share_leaving=np.nan), "max_share_leaving must be finite"),
        (Limits(releasable=[101, 0, 0]), "releasable must be no more than the staff"),
        (Limits(releasable=[0.5, 0, 0]), "releasable must be whole people"),
        (Limits(releasable=[1]), "releasable: 1 values for 3 units"),
        (Limits(releasable=pd.Series([1, 1, 1], index=["X", *UNITS[1:]])), "same units"),
        (Limits(protected=["Bli"]), "protected: Bli is no unit"),
        (Limits(protected=[0]), "protected: 0 is no unit"),
    ],
)
def test_impossible_limits_on_leaving_name_the_units(limits, said):
    with pytest.raises(DomainError, match=said):
        limits.leaving(THREE)


@pytest.mark.parametrize(
    ("capacity", "said"),
    [
        ([1, 2], "capacity: 2 values for 3 units"),
        ([1, -2, 3], "capacity must be whole people, .* Bali: -2"),
        ([1, 2.5, 3], "Bali: 2.5"),
        (pd.Series([1, 2, 3], index=["X", *UNITS[1:]]), "same units"),
    ],
)
def test_impossible_capacities_name_the_units(capacity, said):
    with pytest.raises(DomainError, match=said):
        Limits(capacity=capacity).arriving(THREE)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(forbidden=[("Aceh", "Blai")]), "forbidden: Blai is no unit"),
        (Limits(within=["Sumatra", None, "Jawa"]), "within: the label is missing at positions 1"),
        (Limits(within=["Sumatra", "Jawa"]), "within: expected one label for each of 3 units"),
    ],
)
def test_impossible_pairs_name_the_units(limits, said):
    with pytest.raises(DomainError, match=said):
        limits.open_pairs(THREE, cost=COST)


def test_a_cap_on_distance_needs_distances():
    with pytest.raises(ParameterError, match="no distances are passed"):
        Limits(max_distance=10).open_pairs(THREE, cost=COST)
    with pytest.raises(DomainError, match="distance: expected a matrix"):
        Limits(max_distance=10).open_pairs(THREE, cost=COST, distance=COST[:2])


@pytest.mark.parametrize("field", ["floor_adequacy", "max_cost", "max_distance"])
@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_numbers_out_of_range_are_refused_at_once(field, value):
    with pytest.raises(ParameterError, match=f"{field} is {value}"):
        Limits(**{field: value})
