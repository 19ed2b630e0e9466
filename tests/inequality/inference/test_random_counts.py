import numpy as np
import pytest
from scipy import stats

from analysis.inequality.inference.random_counts import draws, generator, multinomial_counts


@pytest.mark.parametrize(("items", "rows"), [(38, 400), (6000, 40)])
def test_counts_are_multinomial(items, rows):
    counts = multinomial_counts(np.random.default_rng(5), items, items, rows)
    assert counts.shape == (rows, items)
    assert (counts.sum(axis=1, dtype=int) == items).all()
    # How often a count of 0, 1, 2, 3, 4 or more comes up, against the binomial it must follow.
    seen = np.bincount(np.minimum(counts.ravel(), 4), minlength=5)
    expected = stats.binom.pmf(np.arange(5), items, 1.0 / items)
    expected[4] = 1.0 - expected[:4].sum()
    assert stats.chisquare(seen, expected * counts.size).pvalue > 0.01
    # Every item is as likely as any other.
    per_item = counts.sum(axis=0, dtype=float)
    assert stats.chisquare(per_item).pvalue > 0.01


def test_counts_of_many_items_depend_on_one_another_as_draws_do():
    counts = multinomial_counts(np.random.default_rng(6), 5000, 5000, 300)
    halves = counts[:, :2500].sum(axis=1, dtype=float)
    assert stats.kstest(halves, stats.binom(5000, 0.5).cdf).pvalue > 0.01
    assert halves.var() == pytest.approx(1250.0, rel=0.3)


def test_strata_are_drawn_one_short_and_count_for_more():
    stratum = np.array([0, 1, 0, 1, 1])
    blocks = [block.copy() for block in draws(stratum, 50, np.random.default_rng(0), 16)]
    assert [len(block) for block in blocks] == [16, 16, 16, 2]
    times = np.concatenate(blocks)
    np.testing.assert_allclose(times[:, stratum == 0].sum(axis=1), 2.0)
    np.testing.assert_allclose(times[:, stratum == 1].sum(axis=1), 3.0)
    assert set(times[:, 0]) == {0.0, 2.0}


def test_generator_records_what_repeats_it():
    rng, seed = generator(None)
    assert np.random.default_rng(seed).random() == rng.random()
    given = np.random.default_rng(3)
    assert generator(given) == (given, None)
    assert generator(7)[1] == 7
