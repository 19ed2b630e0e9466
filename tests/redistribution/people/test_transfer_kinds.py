"""Kinds of transfer pair by pair against the rule in words, and their costs."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DataError, DomainError, ParameterError
from analysis.redistribution.people.transfer_kinds import (
    ASSUMED_COSTS,
    KINDS,
    approval_cost,
    transfer_cost,
    transfer_kind,
)

UNITS = pd.DataFrame(
    {
        "agency": ["Kota Bogor", "Kota Bogor", "Kota Depok", "Prov Banten", "BPS", "BPS", "BKN"],
        "province": ["Jabar", "Jabar", "Jabar", "Banten", "Banten", "Jabar", "Jabar"],
        "level": ["regional"] * 4 + ["central"] * 3,
    },
    index=["Bogor 1", "Bogor 2", "Depok", "Banten", "BPS Serang", "BPS Bogor", "BKN Bogor"],
)


def by_rule(first, second):
    if first.agency == second.agency:
        return "within_agency"
    if {first.level, second.level} == {"central", "regional"}:
        return "central_regional"
    if first.level == "central":
        return "between_central"
    return "within_province" if first.province == second.province else "across_provinces"


def test_every_pair_has_the_kind_of_the_rule():
    rows = list(UNITS.itertuples())
    found = transfer_kind(UNITS).to_numpy()
    assert [[KINDS[code] for code in row] for row in found] == [
        [by_rule(first, second) for second in rows] for first in rows
    ]
    assert set(np.unique(found)) == set(range(len(KINDS)))
    assert np.array_equal(found, found.T)


def test_costs_of_labelled_units_are_aligned():
    units = UNITS.set_axis([f"unit {i}" for i in range(len(UNITS))])
    rng = np.random.default_rng(2)
    distance = pd.DataFrame(rng.uniform(1, 900, (len(units),) * 2), units.index, units.index)
    cost = transfer_cost(distance, transfer_kind(units))
    shuffled = transfer_cost(distance, transfer_kind(units.iloc[::-1]))
    pd.testing.assert_frame_equal(shuffled, cost)


def test_assumed_costs_rise_with_the_kind():
    costs = [ASSUMED_COSTS[kind] for kind in KINDS]
    assert costs == sorted(costs)
    assert costs[0] < costs[1] < costs[2] < costs[4]


def test_costs_are_looked_up_and_added():
    kinds = transfer_kind(UNITS)
    costs = dict(zip(KINDS, [0.0, 1.0, 2.0, 3.0, 4.0], strict=True))
    assert np.array_equal(approval_cost(kinds, costs), kinds)
    distance = np.arange(49.0).reshape(7, 7)
    total = transfer_cost(distance, kinds, per_km=0.5, approval=costs)
    assert np.array_equal(total, 0.5 * distance + kinds)


def test_columns_may_be_categorical():
    assert np.array_equal(transfer_kind(UNITS.astype("category")), transfer_kind(UNITS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"province": [None, *UNITS["province"][1:]]}, "column province: empty for Bogor 1"),
        ({"level": ["pusat", *UNITS["level"][1:]]}, "central or regional, not Bogor 1: pusat"),
        ({"agency": ["BPS", *UNITS["agency"][1:]]}, "not both: BPS"),
    ],
)
def test_bad_units_are_refused(change, said):
    with pytest.raises(DataError, match=said):
        transfer_kind(UNITS.assign(**change))


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="columns agency, level"):
        transfer_kind(UNITS[["province"]])


@pytest.mark.parametrize(
    ("kinds", "costs", "said"),
    [
        ([[0]], {"within_agency": 1.0}, "missing or unknown"),
        ([[0]], ASSUMED_COSTS | {"abroad": 1.0}, "abroad"),
        ([[0]], ASSUMED_COSTS | {"within_agency": -1.0}, "within_agency: -1.0"),
        ([[0]], ASSUMED_COSTS | {"within_agency": np.nan}, "within_agency: nan"),
        ([[5]], ASSUMED_COSTS, "codes from 0 to 4"),
        ([[-1]], ASSUMED_COSTS, "codes from 0 to 4"),
        ([[0.0]], ASSUMED_COSTS, "codes from 0 to 4"),
        ([0], ASSUMED_COSTS, "square matrix"),
        ([[0, 0]], ASSUMED_COSTS, "square matrix"),
    ],
)
def test_bad_costs_and_codes_are_refused(kinds, costs, said):
    with pytest.raises(ParameterError, match=said):
        approval_cost(kinds, costs)


def test_bad_distances_are_refused():
    with pytest.raises(DomainError, match="shape"):
        transfer_cost(np.zeros((2, 2)), [[0]])
    with pytest.raises(DomainError, match=r"distance.*\(0, 0\): nan"):
        transfer_cost([[np.nan]], [[0]])
    with pytest.raises(ParameterError, match="per_km is -1"):
        transfer_cost([[0.0]], [[0]], per_km=-1)
