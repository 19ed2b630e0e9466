from functools import partial

import numpy as np
import pytest

from analysis.inequality.inference.delete_one import with_and_without_each
from analysis.inequality.inference.linearization import functional_of
from analysis.inequality.inference.resampling import Sample
from analysis.inequality.measures import (
    atkinson,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    hoover,
    theil_l,
    theil_t,
)
from analysis.inequality.samples.ordering import BLOCK

MEASURES = [
    gini,
    partial(gini, unbiased=True),
    hoover,
    theil_t,
    theil_l,
    partial(generalized_entropy, alpha=2.0),
    partial(atkinson, epsilon=0.5),
    partial(atkinson, epsilon=1.0),
    coefficient_of_variation,
]


@pytest.mark.parametrize("measure", MEASURES)
def test_rows_are_the_measure_with_and_without_each_unit(measure):
    rng = np.random.default_rng(4)
    x, w = np.sort(rng.lognormal(size=(5, 7)), axis=1), rng.uniform(0.1, 3.0, (5, 7))
    shares = w / w.sum(axis=1, keepdims=True)
    relative = x / np.sum(shares * x, axis=1, keepdims=True)
    value, without = with_and_without_each(functional_of(measure), relative, shares)
    for row in range(5):
        assert value[row] == pytest.approx(measure(x[row], w[row]), rel=1e-12)
        left = [measure(np.delete(x[row], i), np.delete(w[row], i)) for i in range(7)]
        assert without[row] == pytest.approx(left, rel=1e-10)


def test_many_units_are_left_out_block_by_block():
    x, w = np.random.default_rng(5).uniform(1.0, 9.0, (2, 2 * BLOCK + 5))
    left = Sample(gini, x, w).without_each()
    for place in (0, BLOCK, 2 * BLOCK + 4):
        i = np.argsort(x)[place]
        assert left[place] == pytest.approx(gini(np.delete(x, i), np.delete(w, i)), rel=1e-12)
