import numpy as np
import pytest

from analysis.redistribution.frontiers import adequacy_order
from analysis.redistribution.frontiers.adequacy_order import adequacies_ascending


@pytest.mark.parametrize("n", [3, 5000, 60_000])
@pytest.mark.parametrize("kind", ["spread", "tied", "outlier", "equal", "close"])
def test_as_a_stable_sort(n, kind):
    rng = np.random.default_rng(n)
    ratios = rng.lognormal(0, 1, n)
    if kind == "tied":
        ratios = np.round(ratios, 1)
    elif kind == "outlier":  # leaves few bits for the others
        ratios[0] = 1e30
    elif kind == "equal":
        ratios[:] = 3.0
    elif kind == "close":
        ratios = 1.0 + 1e-12 * rng.random(n)
        ratios[:5] = 2.0
    ordered, order = adequacies_ascending(ratios)
    np.testing.assert_array_equal(ordered, np.sort(ratios))
    np.testing.assert_array_equal(ratios[order], ordered)
    assert np.unique(order).size == n


@pytest.mark.parametrize("n", [5000, 60_000])
def test_ratios_that_are_spread_out_are_ordered_by_their_keys(n, monkeypatch):
    monkeypatch.delattr(adequacy_order, "_ascending_slowly")
    ratios = np.random.default_rng(n).lognormal(0, 1, n)
    assert np.array_equal(adequacies_ascending(ratios)[1], np.argsort(ratios))
