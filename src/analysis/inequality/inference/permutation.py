"""Test whether a measure changed, by exchanging the dates within units."""

import math
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality.inference.linearization import Statistic, measure_name
from analysis.inequality.inference.random_counts import Seed, generator
from analysis.inequality.inference.resampling import Sample, block_rows
from analysis.inequality.samples.pairs import as_pair, require_both_weights
from analysis.inequality.samples.sample import FloatArray
from analysis.labels import align_all


@dataclass(frozen=True)
class PermutationTest:
    """Result of a permutation test of "nothing changed".

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    change : float
        Statistic after less measure before.
    p_value : float
        Share of relabellings with a change at least as large, in (0, 1].
    alternative : {"two-sided", "less", "greater"}
        Which changes count as large: any, falls, or rises.
    permutations : int
        Relabellings looked at; all `2^n` when `exact`.
    exact : bool
        Whether every relabelling was looked at.
    seed : int or None
        Seed that repeats the relabellings; None when exact or when a generator was passed.
    """

    measure: str
    change: float
    p_value: float
    alternative: Literal["two-sided", "less", "greater"]
    permutations: int
    exact: bool
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


def permutation_test(
    measure: Statistic,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
    alternative: Literal["two-sided", "less", "greater"] = "two-sided",
    relative: bool = True,
    permutations: int = 9999,
    seed: Seed = None,
) -> PermutationTest:
    """Test whether the change of a measure could come from exchanging dates within units.

    Under the null hypothesis each unit's two states (value and weight) could as well have come
    in the other order. The test swaps the dates of each unit with probability 1/2 and asks how
    often the change is at least as large as the one seen. Its randomness is that of the labels
    alone: it needs no sampling and no superpopulation, and holds for a census of the units.

    Formula: `p = (1 + b) / (1 + permutations)` with `b` the number of relabellings whose change
    is at least as large; with all `2^n` relabellings, the exact share of them.

    Range: (0, 1].

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    before, after : array-like, shape (n,)
        Values of the same units, in the same order, at the two dates.
    weights_before, weights_after : array-like, shape (n,), optional
        Positive weights. Pass both, or neither.
    alternative : {"two-sided", "less", "greater"}
        ``"less"`` asks whether inequality fell.
    relative : bool
        Divide each date by its weighted mean first, so that a general rise of the level is not
        mistaken for a change of inequality. Weights are divided by their total likewise. Set it
        to False for a measure that depends on the level, or to test for any change at all.
    permutations : int
        Relabellings to draw; where `2^n` is no larger, all are used.
    seed : int or numpy.random.Generator, optional
        Makes the relabellings repeatable. Without one a seed is drawn, and the result records it.

    Returns
    -------
    PermutationTest

    Raises
    ------
    DomainError
        If the two dates differ in length, or anything lies outside the domain.
    ParameterError
        If `relative` is asked of a measure that depends on the level.

    References
    ----------
    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology 9, article 39.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> test = permutation_test(gini, [1.0, 2.0, 3.0, 4.0], [2.0, 2.0, 3.0, 3.0])
    >>> round(test.change, 3), test.p_value, test.exact
    (-0.15, 0.5, True)
    """
    name = measure_name(measure)
    if permutations < 1:
        raise ParameterError(f"permutations: {permutations} given, at least 1 needed.")
    before, after, weights_before, weights_after = align_all(
        name,
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
    )
    n = as_pair(before, after, measure=name)[0].size
    require_both_weights(weights_before, weights_after, measure=name)
    states = []
    for x, given in ((before, weights_before), (after, weights_after)):
        sample = Sample(measure, x, given)
        values, weights = np.empty(n), np.empty(n)
        values[sample.order], weights[sample.order] = sample.ascending, sample.weights
        if relative:
            weights = weights / weights.sum()
            values = values / float(weights @ values)
            _refuse_absolute(measure, sample.estimate, values, weights)
        states.append((values, weights, sample.estimate))
    (x0, w0, i0), (x1, w1, i1) = states
    pooled = Sample(measure, np.concatenate((x0, x1)), np.concatenate((w0, w1)))
    exact = n < 63 and 2**n <= permutations
    rng, recorded = (np.random.default_rng(0), None) if exact else generator(seed)
    relabelled = 2**n if exact else permutations
    changes = _relabelled_changes(pooled, n, relabelled, exact, rng)
    seen = _changes(pooled, np.zeros((1, n), dtype=np.int64))[0]
    slack = 1e-12 * (abs(i0) + abs(i1))  # relabellings of the same change differ by rounding
    if alternative == "two-sided":
        large = np.abs(changes) >= abs(seen) - slack
    elif alternative == "less":
        large = changes <= seen + slack
    else:
        large = changes >= seen - slack
    count = int(large.sum())
    p_value = count / relabelled if exact else (1 + count) / (1 + relabelled)
    return PermutationTest(name, i1 - i0, p_value, alternative, relabelled, exact, recorded)


def _relabelled_changes(
    pooled: Sample, n: int, relabelled: int, exact: bool, rng: np.random.Generator
) -> FloatArray:
    changes = np.empty(relabelled)
    rows = block_rows(2 * n)
    for start in range(0, relabelled, rows):
        which = np.arange(start, min(start + rows, relabelled))
        if exact:
            swapped = (which[:, None] >> np.arange(n)) & 1
        else:
            swapped = rng.integers(0, 2, size=(which.size, n), dtype=np.int64)
        changes[which] = _changes(pooled, swapped)
    return changes


def _changes(pooled: Sample, swapped: npt.NDArray[np.int64]) -> FloatArray:
    """Return the change for each row of `swapped`, shape (b, n), with 1 where dates change."""
    first = np.concatenate((1.0 - swapped, swapped), axis=1)[:, pooled.order]
    return pooled.reweighted(1.0 - first) - pooled.reweighted(first)


def _refuse_absolute(
    measure: Statistic, estimate: float, values: FloatArray, weights: FloatArray
) -> None:
    again = float(measure(values, weights))
    if not math.isclose(again, estimate, rel_tol=1e-6, abs_tol=1e-9):
        raise ParameterError(
            f"{measure_name(measure)}: dividing the values by their mean changes the measure "
            f"from {estimate:.6g} to {again:.6g}, so it depends on the level. Pass relative=False."
        )
