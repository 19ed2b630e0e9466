"""Fitting and rounding against other ways to compute the same, and margins that no table has."""

import itertools

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.errors import DomainError
from analysis.raking import Margins, fit, round_to_margins

AXES = {"province": ["Aceh", "Bali", "Papua"], "sex": ["m", "f"], "kind": ["a", "b", "c", "d"]}
KEYS = [("province", "sex"), ("province", "kind"), ("sex", "kind")]


def margins_of(table, keys=KEYS, axes=AXES):
    """Return the margins that a table has."""
    names = list(axes)
    sums = {
        key: table.sum(axis=tuple(i for i, name in enumerate(names) if name not in key))
        for key in keys
    }
    return Margins(axes, sums)


def assert_exact(table, margins):
    for key, wanted in margins.sums.items():
        np.testing.assert_array_equal(table.sum(axis=margins.others(key)), wanted)


def plain_loop(seed, sums, rounds=2000):
    """Return the fitted table of two margins, cell by cell as Deming and Stephan wrote it."""
    rows, columns = sums
    table = [list(map(float, row)) for row in seed]
    for _ in range(rounds):
        for i, row in enumerate(table):
            have = sum(row)
            table[i] = [x * rows[i] / have if have else 0.0 for x in row]
        for j in range(len(columns)):
            have = sum(row[j] for row in table)
            for row in table:
                row[j] = row[j] * columns[j] / have if have else 0.0
    return np.array(table)


def square(seed, rows, columns):
    seed = np.asarray(seed, dtype=float)
    axes = {"row": list("abcdef")[: len(rows)], "column": list("uvwxyz")[: len(columns)]}
    return seed, Margins(axes, {("row",): np.array(rows), ("column",): np.array(columns)})


def test_two_margins_as_the_plain_loop_fits_them():
    seed, margins = square([[5, 1, 2], [3, 0, 7]], [40, 60], [50, 10, 40])
    np.testing.assert_allclose(fit(seed, margins), plain_loop(seed, ([40, 60], [50, 10, 40])))


def test_three_margins_as_the_log_linear_model_without_the_highest_interaction():
    rng = np.random.default_rng(4)
    counts = rng.integers(5, 90, (3, 2, 4))
    seed = rng.uniform(0.5, 2.0, counts.shape)
    cells = np.array(list(itertools.product(range(3), range(2), range(4))))
    dummies = [[cells[:, axis] == i for i in range(1, n)] for axis, n in enumerate((3, 2, 4))]
    design = [np.ones(len(cells))]
    design += [column for axis in dummies for column in axis]
    design += [
        left * right for a, b in itertools.combinations(dummies, 2) for left in a for right in b
    ]
    model = sm.GLM(
        counts.ravel(),
        np.column_stack(design).astype(float),
        family=sm.families.Poisson(),
        offset=np.log(seed.ravel()),
    )
    expected = model.fit(tol=1e-12).fittedvalues.reshape(counts.shape)
    np.testing.assert_allclose(fit(seed, margins_of(counts)), expected, rtol=1e-6)


def test_odds_ratios_stay_those_of_the_guess():
    seed, margins = square([[4, 1], [1, 9]], [30, 70], [20, 80])
    fitted = fit(seed, margins)
    odds = fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0])
    assert odds == pytest.approx(36)


def test_a_cell_that_can_only_be_zero_is_zero():
    seed, margins = square([[1, 1], [0, 1]], [5, 5], [5, 5])
    np.testing.assert_array_equal(fit(seed, margins), [[5, 0], [0, 5]])


tables = hnp.arrays(np.int64, (3, 2, 4), elements=st.integers(0, 30)).filter(lambda t: t.sum() > 0)


@settings(max_examples=25, deadline=None)
@given(tables)
def test_whole_margins_are_met_exactly(table):
    margins = margins_of(table)
    whole = round_to_margins(fit(np.where(table > 0, 1.0, 0.0), margins), margins)
    assert_exact(whole, margins)
    assert (whole[table == 0] == 0).all()
    assert (whole >= 0).all()


@settings(max_examples=25, deadline=None)
@given(hnp.arrays(np.int64, (3, 4), elements=st.integers(0, 40)).filter(lambda t: t.sum() > 0))
def test_rows_and_columns_are_rounded_to_neighbours_of_each_cell(table):
    axes = {"row": list("abc"), "column": list("wxyz")}
    margins = margins_of(table, [("row",), ("column",)], axes)
    fitted = fit(np.ones(table.shape), margins)
    whole = round_to_margins(fitted, margins)
    assert_exact(whole, margins)
    assert (np.abs(whole - fitted) < 1 + 1e-6).all()


def test_the_rounded_table_is_as_near_as_any():
    margins = margins_of(np.array([[2, 3], [4, 1]]), [("r",), ("c",)], {"r": "ab", "c": "xy"})
    fitted = fit(np.array([[1.0, 2.0], [5.0, 2.0]]), margins)
    every = (np.array(cells).reshape(2, 2) for cells in itertools.product(range(6), repeat=4))
    allowed = [
        table
        for table in every
        if all((table.sum(axis=margins.others(k)) == s).all() for k, s in margins.sums.items())
    ]
    least = min(np.abs(table - fitted).sum() for table in allowed)
    assert np.abs(round_to_margins(fitted, margins) - fitted).sum() == pytest.approx(least)


def some_table_has(seed, rows, columns):
    """Whether any table of whole numbers with the seed's zeros has these sums."""
    cells = [
        range(min(r, c) + 1) if s else (0,)
        for (r, c), s in zip(itertools.product(rows, columns), np.ravel(seed), strict=True)
    ]
    shape = (len(rows), len(columns))
    return any(
        (t.sum(1) == rows).all() and (t.sum(0) == columns).all()
        for t in (np.reshape(found, shape) for found in itertools.product(*cells))
    )


@settings(max_examples=30, deadline=None)
@given(
    hnp.arrays(np.int64, (2, 3), elements=st.integers(0, 1)),
    hnp.arrays(np.int64, (2, 3), elements=st.integers(0, 2)).filter(lambda t: t.sum() > 0),
)
def test_margins_are_refused_just_if_no_table_has_them(pattern, table):
    seed, margins = square(pattern, table.sum(1).tolist(), table.sum(0).tolist())
    if some_table_has(pattern, table.sum(1), table.sum(0)):
        assert_exact(round_to_margins(fit(seed, margins), margins), margins)
    else:
        with pytest.raises(DomainError, match="contradict each other"):
            fit(seed, margins)


def test_margins_that_swing_for_ever_are_refused_with_the_two_cells():
    seed, margins = square([[1, 1], [0, 1]], [5, 5], [7, 3])
    with pytest.raises(DomainError, match=r"column = u is 7 by column, but row = a is 5 by row"):
        fit(seed, margins)


def test_margins_that_differ_over_a_shared_axis_are_refused_with_the_two_cells():
    sums = {
        ("province", "sex"): np.array([[1, 2], [3, 4], [5, 6]]),
        ("province", "kind"): np.array([[3, 0, 0, 0], [8, 0, 0, 0], [10, 0, 0, 0]]),
    }
    with pytest.raises(
        DomainError, match=r"province = Bali is 7 by province x sex, but 8 by province x kind"
    ):
        Margins(AXES, sums)


@pytest.mark.parametrize(
    ("sums", "message"),
    [
        ({}, "no margin"),
        ({("age",): np.ones(2)}, "axes of the table are province, sex, kind"),
        ({("sex", "province"): np.ones((2, 3))}, "in that order"),
        ({("sex",): np.ones(3)}, r"shape \(3,\), but its categories make \(2,\)"),
        ({("sex",): np.array([4, -1])}, "-1 at sex = f"),
        ({("sex",): np.array([4, np.nan])}, "nan at sex = f"),
    ],
)
def test_margins_that_are_none_are_refused(sums, message):
    with pytest.raises(DomainError, match=message):
        Margins(AXES, sums)


def test_a_guess_of_another_shape_or_below_zero_is_refused():
    _, margins = square(np.ones((2, 2)), [1, 1], [1, 1])
    with pytest.raises(DomainError, match="the axes make"):
        fit(np.ones((3, 2)), margins)
    with pytest.raises(DomainError, match="negative or missing"):
        fit(np.array([[1.0, -1.0], [1.0, 1.0]]), margins)


def test_rounding_asks_for_whole_margins():
    seed, margins = square(np.ones((2, 2)), [1.5, 1.5], [1, 2])
    with pytest.raises(DomainError, match="by row is not in whole numbers"):
        round_to_margins(fit(seed, margins), margins)
