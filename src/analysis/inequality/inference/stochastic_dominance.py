"""Test whether one Lorenz curve dominates another, beyond what chance would do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality.curves.lorenz_dominance import Verdict
from analysis.inequality.inference.random_counts import Seed, draws, generator
from analysis.inequality.inference.resampling import block_rows
from analysis.inequality.samples.pairs import as_pair, require_both_weights
from analysis.inequality.samples.sample import FloatArray, as_weights
from analysis.labels import align_all

_DECILES = tuple(k / 10 for k in range(1, 10))


@dataclass(frozen=True)
class DominanceTest:
    """Differences of two Lorenz curves at some points, judged together.

    Attributes
    ----------
    verdict : {"dominates", "is dominated", "crosses", "equal"}
        Of the later curve: it dominates if somewhere it lies significantly above and nowhere
        significantly below; "crosses" if both occur, "equal" if neither does.
    points : ndarray of shape (k,)
        Population shares at which the curves are compared.
    difference, se : ndarray of shape (k,)
        Later minus earlier ordinate, and its bootstrap standard error.
    critical : float
        The t-ratio that all points together exceed with probability `1 - level` by chance.
    level : float
        Simultaneous confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int or None
        What repeats them.
    """

    verdict: Verdict
    points: FloatArray
    difference: FloatArray
    se: FloatArray
    critical: float
    level: float
    replicates: int
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row per point: point, difference, se, low, high (simultaneous limits)."""
        margin = self.critical * self.se
        return pd.DataFrame(
            {
                "point": self.points,
                "difference": self.difference,
                "se": self.se,
                "low": self.difference - margin,
                "high": self.difference + margin,
            }
        )


def dominance_test(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
    points: npt.ArrayLike = _DECILES,
    level: float = 0.95,
    replicates: int = 2000,
    seed: Seed = None,
) -> DominanceTest:
    """Test Lorenz dominance of the later over the earlier state of the same units.

    The ordinates ``L(p)`` of both curves are compared at `points`. Units are drawn with
    replacement, both states of a unit together; with ``d(p)`` the difference of the ordinates,
    ``se(p)`` its standard deviation over replicates and ``t*(p) = |d*(p) - d(p)| / se(p)``, the
    critical value is the `level` quantile over replicates of ``max_p t*(p)``, so that the points
    are judged together. A difference is significant where ``|d(p)| > critical * se(p)``.

    The units are taken as one outcome of a process that could have produced others
    ("superpopulation", see `analysis.inequality.inference.confidence`); whether the curves of these
    very units dominate is no question of chance: see `dominance`.

    Parameters
    ----------
    before, after : array-like of shape (n,)
        Values of the same units, >= 0, not all zero; n >= 2.
    weights_before, weights_after : array-like of shape (n,), optional
        People, > 0.
    points : array-like of shape (k,)
        Population shares in (0, 1); deciles by default.
    level : float
        Simultaneous confidence level, in (0, 1).
    replicates : int
        Bootstrap replicates, >= 2.
    seed : int or numpy.random.Generator, optional
        Makes replicates repeatable.

    Returns
    -------
    DominanceTest

    Raises
    ------
    DomainError
        If values or weights lie outside the domain.
    ParameterError
        If an option is out of range.

    References
    ----------
    Bishop, J. A., Formby, J. P. and Smith, W. J. (1991). Lorenz dominance and welfare: changes in
    the U.S. distribution of income, 1967-1986. Review of Economics and Statistics 73, 134-139
    (the decision rule; they take the critical value from the studentised maximum modulus).

    Beach, C. M. and Davidson, R. (1983). Distribution-free statistical inference with Lorenz
    curves and income shares. Review of Economic Studies 50, 723-735.

    Examples
    --------
    >>> before = [1, 2, 3, 4, 5, 6, 7, 8]
    >>> dominance_test(before, [x + 20 for x in before], seed=1).verdict
    'dominates'
    """
    p = np.asarray(points, dtype=np.float64)
    if p.ndim != 1 or p.size == 0 or not ((p > 0) & (p < 1)).all():
        raise ParameterError("dominance_test, points: needs population shares between 0 and 1.")
    if not 0 < level < 1:
        raise ParameterError(f"dominance_test, level: needs 0 < level < 1, not {level}.")
    if replicates < 2:
        raise ParameterError(f"dominance_test, replicates: needs two or more, not {replicates}.")
    states = _states(before, after, weights_before, weights_after)
    n = states[0].values.size
    if n < 2:
        raise ParameterError("dominance_test: needs at least two units.")
    rng, known_seed = generator(seed)
    everyone = np.ones((1, n))
    difference = _differences(states, everyone, p)[0]
    stratum = np.zeros(n, dtype=np.int64)
    drawn = np.concatenate(
        [_differences(states, times, p) for times in draws(stratum, replicates, rng, block_rows(n))]
    )
    se = drawn.std(axis=0, ddof=1)
    moving = se > 0
    ratios = np.abs(drawn[:, moving] - difference[moving]) / se[moving]
    critical = float(np.quantile(ratios.max(axis=1), level)) if moving.any() else 0.0
    above = bool((difference > critical * se).any())
    below = bool((difference < -critical * se).any())
    verdict: Verdict = (
        "crosses"
        if above and below
        else "dominates"
        if above
        else "is dominated"
        if below
        else "equal"
    )
    return DominanceTest(verdict, p, difference, se, critical, level, replicates, known_seed)


@dataclass(frozen=True)
class _State:
    """Values in ascending order with their weights, and where each came from."""

    values: FloatArray
    weights: FloatArray
    order: npt.NDArray[np.intp]

    def ordinates(self, times: FloatArray, points: FloatArray) -> FloatArray:
        """Return L(points) for each row of `times`, how often each unit counts; (b, k)."""
        people = self.weights * times[:, self.order]
        below = np.cumsum(people, axis=1)
        held = np.cumsum(people * self.values, axis=1)
        origin = np.zeros((len(times), 1))
        shares = np.hstack([origin, below / below[:, -1:]])
        heights = np.hstack([origin, held / held[:, -1:]])
        return np.array([np.interp(points, p, h) for p, h in zip(shares, heights, strict=True)])


def _states(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    weights_before: npt.ArrayLike | None,
    weights_after: npt.ArrayLike | None,
) -> tuple[_State, _State]:
    name = "dominance_test"
    require_both_weights(weights_before, weights_after, measure=name)
    before, after, weights_before, weights_after = align_all(
        name,
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
    )
    first, last = as_pair(before, after, measure=name, domain="shareable")
    return _state(first, weights_before, name), _state(last, weights_after, name)


def _state(values: FloatArray, weights: npt.ArrayLike | None, name: str) -> _State:
    people = (
        np.ones_like(values) if weights is None else as_weights(weights, values.size, measure=name)
    )
    order = np.lexsort((people, values))
    return _State(values[order], people[order], order)


def _differences(
    states: tuple[_State, _State], times: FloatArray, points: FloatArray
) -> FloatArray:
    first, last = states
    return last.ordinates(times, points) - first.ordinates(times, points)
