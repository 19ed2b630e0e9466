import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini
from analysis.redistribution.frontiers.reachable import frontier
from analysis.redistribution.need.models import (
    EFFECTIVE_MINUTES,
    compare_need,
    composite_need,
    need_gaps,
    proportional_need,
    scenario_flips,
    standard_need,
    workload_need,
)

INDICATORS = pd.DataFrame(
    {"population": [600, 300, 100], "area": [10.0, 20.0, 70.0], "villages": [5, 5, 10]},
    index=["A", "B", "C"],
)


def test_composite_need_by_hand():
    need = composite_need(INDICATORS, 1000)
    expected = [700 * 0.6 + 100 * 0.1 + 200 * 0.25, 700 * 0.3 + 100 * 0.2 + 50]
    assert need[["A", "B"]].tolist() == pytest.approx(expected)
    assert need.sum() == pytest.approx(1000)


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_units_of_measurement_do_not_matter(scale, weight):
    changed = INDICATORS.assign(area=INDICATORS["area"] * scale)
    weights = {"population": 7 * weight, "area": weight, "villages": 2 * weight}
    pd.testing.assert_series_equal(
        composite_need(changed, 1000, weights), composite_need(INDICATORS, 1000)
    )


def test_one_weight_is_the_share_of_that_indicator():
    pd.testing.assert_series_equal(
        composite_need(INDICATORS, 50, {"population": 2, "area": 0}),
        proportional_need(INDICATORS["population"], 50),
    )


def test_workload_adds_up_tasks_and_the_scenarios_lie_four_percent_apart():
    tasks = pd.DataFrame(
        {
            "unit": ["B", "A", "B"],
            "volume": [1000, 500, 200],
            "norm_minutes": [60, 300, 75],
        }
    )
    need = workload_need(tasks, ["A", "B"])
    assert need.to_dict() == {"A": 2.0, "B": 1.0}
    tight = workload_need(
        tasks, ["A", "B"], effective_minutes=EFFECTIVE_MINUTES["Perka BKN 19/2011"]
    )
    assert (tight / need - 1).tolist() == pytest.approx([75 / 72 - 1] * 2)


def test_the_scenarios_flip_units_near_their_need():
    staff = pd.Series({"A": 103, "B": 80, "C": 130})
    base = pd.Series([100.0, 100.0, 100.0], index=staff.index)
    needs = pd.DataFrame({"75.000": base, "72.000": base * 75 / 72})
    flips = scenario_flips(staff, needs)
    assert flips.index.tolist() == ["A"]
    assert flips.loc["A"].tolist() == pytest.approx([3, 103 - 100 * 75 / 72])


def test_standard():
    assert standard_need(pd.Series({"A": 600}), 20).to_dict() == {"A": 30}


def test_models_side_by_side():
    staff = pd.Series({"A": 50, "B": 30, "C": 20})
    needs = pd.DataFrame(
        {
            "people": proportional_need(INDICATORS["population"], 100),
            "mixed": composite_need(INDICATORS, 100),
        }
    )
    found = compare_need(staff, needs).set_index("model")
    gaps = need_gaps(staff, needs)
    np.testing.assert_allclose(gaps.sum(), 0, atol=1e-12)
    assert gaps["people"].tolist() == pytest.approx([-10, 0, 10])
    ratio = staff / needs["mixed"]
    assert found.loc["mixed", "gini"] == pytest.approx(gini(ratio, needs["mixed"]))
    moves = frontier(staff, needs["mixed"]).most_moves
    assert found.loc["mixed", "moves_to_equality"] == pytest.approx(moves)
    assert found.loc["people", "agreement"] == pytest.approx(1)
    assert found.loc["people", "short_units"] == 1


class TestBadInput:
    def test_indicators(self):
        with pytest.raises(DomainError, match=r"population must be finite numbers.*B: -1"):
            proportional_need(pd.Series({"A": 1, "B": -1}, name="population"), 10)
        with pytest.raises(DomainError, match="area: the total is zero"):
            composite_need(INDICATORS.assign(area=0.0), 10)
        with pytest.raises(DomainError, match="total is 0"):
            proportional_need(INDICATORS["area"], 0)

    @pytest.mark.parametrize(
        ("weights", "message"),
        [
            ({"area": 1e308, "villages": 1e308}, "divide all by the largest"),
            ({"populasi": 1}, "weights name populasi, but the indicators are population"),
            ({"area": -1, "population": 2}, "0 or more.*area: -1"),
            ({"area": 0}, "at least one above"),
        ],
    )
    def test_weights(self, weights, message):
        with pytest.raises(ParameterError, match=message):
            composite_need(INDICATORS, 10, weights)

    def test_tasks(self):
        tasks = pd.DataFrame({"unit": ["A"], "volume": [-1], "norm_minutes": [3]})
        with pytest.raises(DomainError, match=r"tasks, volume must be.*0: -1"):
            workload_need(tasks, ["A"])
        with pytest.raises(DomainError, match="column norm_minutes is missing"):
            workload_need(tasks.drop(columns="norm_minutes"), ["A"])
        with pytest.raises(DomainError, match="effective_minutes is 0"):
            workload_need(tasks.assign(volume=1), ["A"], effective_minutes=0)

    @pytest.mark.parametrize(
        ("change", "units", "message"),
        [
            ({}, ["A", "B", "C"], "there are none of C.*volume 0"),
            ({}, ["A"], "tasks, unit: B is no unit; there are A"),
            ({"unit": ["A", None]}, ["A", "B"], "it is missing at positions 1"),
            ({"unit": ["A", " "]}, ["A", "B"], "it is missing at positions 1"),
            ({"unit": ["A", "b"]}, ["A", "B"], "b is no unit"),
            ({"volume": ["1.200", "5"]}, ["A", "B"], "volume: the values must be numbers"),
            ({}, "AB", "units: expected a list, but got 'AB'"),
        ],
    )
    def test_units_of_tasks(self, change, units, message):
        tasks = pd.DataFrame({"unit": ["A", "B"], "volume": [1, 2], "norm_minutes": [3, 4]})
        with pytest.raises(DomainError, match=message):
            workload_need(tasks.assign(**change), units)

    def test_a_factor_of_a_thousand_is_told(self):
        tasks = pd.DataFrame({"unit": ["B", "A"], "volume": [1.2, 2.4], "norm_minutes": 75_000})
        staff = pd.Series({"A": 2400, "B": 1200})
        with pytest.warns(UserWarning, match=r"All staff \(3,600\) is 1e\+03 times all need"):
            need = workload_need(tasks, staff)
        assert need.to_dict() == {"A": 2.4, "B": 1.2}
        assert workload_need(tasks.assign(volume=[1200, 2400]), staff).sum() == 3600
        assert workload_need(tasks.assign(volume=[190, 190]), staff).sum() == 380

    def test_standard(self):
        with pytest.raises(DomainError, match="per_staff is 0"):
            standard_need(pd.Series({"A": 600}), 0)

    def test_units_that_differ(self):
        staff = pd.Series({"A": 1, "B": 2})
        needs = pd.DataFrame({"m": [1.0, 2.0]}, index=["A", "C"])
        for call in (compare_need, scenario_flips):
            with pytest.raises(DomainError, match="needs and staff must have the same units"):
                call(staff, needs)
