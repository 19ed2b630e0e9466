"""All measures of all groups at once: the numbers of the scalar functions."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.inequality.measures import (
    MEASURES,
    atkinson,
    extended_gini,
    generalized_entropy,
    gini,
    quantile_ratio,
    quintile_share_ratio,
)
from analysis.inequality.measures.grouped import grouped_measures

OPTIONS = {name: entry.function for name, entry in MEASURES.items()} | {
    "unbiased": partial(gini, unbiased=True),
    "extended_gini(1.5)": partial(extended_gini, nu=1.5),
    "ge(-1)": partial(generalized_entropy, alpha=-1.0),
    "atkinson(3)": partial(atkinson, epsilon=3.0),
    "hazen": partial(quantile_ratio, definition="hazen"),
    "averaged": partial(quantile_ratio, definition="averaged_inverted_cdf"),
    "lorenz": partial(quintile_share_ratio, definition="lorenz"),
}


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(8)
    n = 90_000  # more than one batch, with a group larger than a batch
    group = np.where(rng.uniform(size=n) < 0.8, 0, rng.integers(1, 60, n))
    x = np.where(group % 2 == 0, rng.lognormal(size=n), np.floor(rng.lognormal(3, 1, n)) + 1)
    x[group == 7] = 1e9 + rng.normal(size=np.count_nonzero(group == 7))
    return pd.DataFrame({"group": group, "x": x, "w": rng.uniform(0.5, 9, n)})


@pytest.mark.parametrize("weighted", [False, True])
def test_equals_the_scalar_functions(frame, weighted):
    weights = frame["w"] if weighted else None
    found = grouped_measures(frame["x"], frame["group"], weights, measures=OPTIONS)
    assert found.index.tolist() == sorted(frame["group"].unique())
    assert found.columns.tolist() == list(OPTIONS)
    for label, part in frame.groupby("group"):
        for name, measure in OPTIONS.items():
            expected = measure(part["x"], part["w"] if weighted else None)
            assert found.loc[label, name] == pytest.approx(expected, rel=1e-12), (label, name)


def test_many_groups_of_few_units():
    rng = np.random.default_rng(9)
    group = rng.integers(0, 3000, 12_000)
    x, w = rng.lognormal(size=group.size), rng.uniform(1, 9, group.size)
    found = grouped_measures(x, group, w, measures=["gini", "theil_l", "palma", "quantile_ratio"])
    for label in rng.choice(found.index, 40, replace=False):
        of = group == label
        for name in found:
            expected = MEASURES[name].function(x[of], w[of])
            assert found.loc[label, name] == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_order_of_rows_does_not_matter_to_the_last_bit(frame):
    shuffled = frame.sample(frac=1, random_state=1)
    expected = grouped_measures(frame["x"], frame["group"], frame["w"], measures=OPTIONS)
    found = grouped_measures(shuffled["x"], shuffled["group"], shuffled["w"], measures=OPTIONS)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_labels_of_any_kind():
    found = grouped_measures([1, 3, 2], pd.Series(["b", "b", "a"]), measures=["gini"])
    assert found["gini"].to_dict() == {"a": 0.0, "b": 0.25}


@pytest.mark.parametrize(
    ("x", "groups", "measures", "error", "says"),
    [
        ([1, 2], ["a"], ["gini"], DomainError, "one label for each of 2 units"),
        ([1, 2], ["a", None], ["gini"], DomainError, "label is missing at positions 1"),
        ([1, 2], ["a", "b"], ["x"], ParameterError, "x is unknown. Choose from gini"),
        ([1, 2], ["a", "b"], {"m": np.mean}, ParameterError, "m is not a measure of"),
        ([0, 2], ["a", "b"], ["gini"], DomainError, "gini: .*all zero, in group a"),
        ([0, 2], ["a", "b"], ["theil_l"], DomainError, "theil_l: .*x > 0, in group a"),
        ([1, 2], ["a", "b"], {"g": partial(gini, unbiased=True)}, DomainError, "group a, b"),
        ([-1.0] * 7, [*"abcdefg"], ["hoover"], DomainError, "a, b, c, d, e and 2 more"),
    ],
)
def test_refuses_in_words(x, groups, measures, error, says):
    with pytest.raises(error, match=says):
        grouped_measures(x, np.array(groups, dtype=object), measures=measures)
