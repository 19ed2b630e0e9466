"""Concentration of one variable over the ranking by another.

Throughout, `x_i` is the value of unit i, `w_i` its weight (people), `p_i = w_i / sum(w)`,
`mu = sum(p_i x_i)`, and `R_i` its fractional rank: the share of people ranked below it plus half
the share ranked level with it.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError, ParameterError
from analysis.inequality.measures import gini
from analysis.inequality.samples.sample import FloatArray, as_values, as_weights
from analysis.inequality.samples.scaling import tame
from analysis.labels import align_all

Kind = Literal["standard", "generalized", "wagstaff", "erreygers"]
Bounds = tuple[float, float]


def fractional_rank(rank_by: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> FloatArray:
    """Return the weighted fractional rank of each unit, from the lowest `rank_by` up.

    Formula: `R_i = sum_{j: r_j < r_i} p_j + (1/2) sum_{j: r_j = r_i} p_j`. Units that tie share
    the mean of the ranks they occupy, so that neither their order nor splitting a unit in two
    changes anything.

    Range: (0, 1); the weighted mean is exactly one half.

    Parameters
    ----------
    rank_by : array-like, shape (n,)
        Ranking variable, such as wealth or remoteness; any real numbers.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    ndarray, shape (n,)
        In the order given, as shares of the total weight.

    Raises
    ------
    DomainError
        If `rank_by` or `weights` has missing, infinite or (weights) non-positive entries.

    References
    ----------
    Lerman, R. I. and Yitzhaki, S. (1989). Improving the accuracy of estimates of Gini
    coefficients. Journal of Econometrics 42, 43-47.

    Examples
    --------
    >>> fractional_rank([10, 20, 20, 30]).tolist()
    [0.125, 0.5, 0.5, 0.875]
    """
    rank_by, weights = align_all("fractional_rank", rank_by=rank_by, weights=weights)
    ranking = as_values(rank_by, measure="fractional_rank, rank_by")
    sample = Ranked.of(ranking, ranking, weights, measure="fractional_rank")
    return sample.in_given_order(sample.ranks)


def concentration_index(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    kind: Kind = "standard",
    bounds: Bounds | None = None,
) -> float:
    """Return the concentration index of `x` over units ranked by `rank_by`.

    Formula, with `A = 2 cov_p(x, R) = sum_i p_i x_i (2 R_i - 1)` and bounds `(a, b)` of `x`:

    - ``"standard"``: `C = A / mu`, twice the area between the diagonal and the concentration
      curve. WHO calls it the relative concentration index.
    - ``"generalized"``: `A = mu C`, which WHO calls the absolute concentration index.
    - ``"wagstaff"``: `W = (b - a) A / ((b - mu) (mu - a))`.
    - ``"erreygers"``: `E = 4 A / (b - a)`.

    The last two are for a variable with bounds, such as a share of posts filled, whose standard
    index would otherwise depend on whether filled or vacant posts are counted: `W` and `E`
    change sign only. `W` measures against the greatest concentration that the mean allows, `E`
    against the greatest that any mean allows.

    Range: [-1, 1], and `A` in the unit of `x`. Positive where those ranked high have more; zero
    where ranks say nothing.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values: >= 0 and not all zero for ``"standard"``, any real numbers for ``"generalized"``,
        within the bounds for the other two.
    rank_by : array-like, shape (n,)
        Ranking variable; ties share the mean of their ranks (see `fractional_rank`).
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    kind : {"standard", "generalized", "wagstaff", "erreygers"}
        Which index.
    bounds : (float, float), optional
        Lowest and highest value that `x` can take, for ``"wagstaff"`` and ``"erreygers"`` only.

    Returns
    -------
    float

    Raises
    ------
    DomainError
        If `x`, `rank_by` or `weights` lies outside the domain.
    ParameterError
        If `kind` is unknown, or `bounds` is missing, reversed, or given where it has no meaning.

    References
    ----------
    Kakwani, N., Wagstaff, A. and van Doorslaer, E. (1997). Socioeconomic inequalities in health:
    measurement, computation, and statistical inference. Journal of Econometrics 77, 87-103.

    Wagstaff, A. (2005). The bounds of the concentration index when the variable of interest is
    binary, with an application to immunization inequality. Health Economics 14, 429-432.

    Erreygers, G. (2009). Correcting the concentration index. Journal of Health Economics 28,
    504-515.

    Examples
    --------
    >>> wealth = [1, 2, 3, 4]
    >>> round(concentration_index([0.5, 0.5, 1.0, 1.0], wealth), 6)
    0.166667
    >>> concentration_index([0.5, 0.5, 1.0, 1.0], wealth, kind="erreygers", bounds=(0, 1))
    0.5
    """
    sample, moments = ranked_for(x, rank_by, weights, kind, bounds)
    return moments.factor * sample.absolute_concentration()


def kakwani_index(
    x: npt.ArrayLike, rank_by: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Return the Kakwani index: how much more concentrated `x` is than the ranking variable.

    Formula: `K = C(x ranked by r) - G(r)` with `C` the standard concentration index and `G` the
    Gini index. It is zero where `x` is proportional to `r`.

    Range: (-2, 1). Positive where units with more of `r` have (or pay) more than in proportion:
    progressive for a payment, pro-rich for a benefit.

    Parameters
    ----------
    x : array-like, shape (n,)
        Payment or benefit per head, >= 0, not all zero.
    rank_by : array-like, shape (n,)
        Ability to pay, or need, per head: >= 0, not all zero.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    float

    Raises
    ------
    DomainError
        If an argument lies outside its domain.

    References
    ----------
    Kakwani, N. C. (1977). Measurement of tax progressivity: an international comparison.
    Economic Journal 87, 71-80.

    Examples
    --------
    >>> round(kakwani_index([1, 1, 4], [10, 20, 30]), 6)
    0.111111
    """
    return float(concentration_index(x, rank_by, weights) - gini(rank_by, weights))


@dataclass(frozen=True)
class Ranked:
    """Values, shares and fractional ranks in an order that depends on the data only.

    Sums over it are therefore the same to the last bit whatever order the units came in.
    """

    order: npt.NDArray[np.intp]
    values: FloatArray
    shares: FloatArray
    ranks: FloatArray
    starts: npt.NDArray[np.intp]

    @classmethod
    def of(
        cls,
        values: FloatArray,
        rank_by: npt.ArrayLike,
        weights: npt.ArrayLike | None,
        *,
        measure: str,
    ) -> "Ranked":
        """Rank checked `values`; `starts` are the positions where a new rank begins."""
        ranking = as_values(rank_by, measure=f"{measure}, rank_by")
        if ranking.size != values.size:
            raise DomainError(
                f"{measure}: {values.size} values but {ranking.size} entries in rank_by. Pass one "
                "per value."
            )
        w = (
            np.ones(values.size)
            if weights is None
            else tame(as_weights(weights, values.size, measure=measure))
        )
        order = np.lexsort((w, values, ranking))
        shares = w[order] / w[order].sum()
        ascending = ranking[order]
        starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
        tied = np.add.reduceat(shares, starts)
        middle = np.cumsum(tied) - 0.5 * tied
        ranks = np.repeat(middle, np.diff(np.append(starts, values.size)))
        return cls(order, values[order], shares, ranks, starts)

    @property
    def mean(self) -> float:
        """Weighted mean of the values."""
        return float(self.shares @ self.values)

    @property
    def rank_variance(self) -> float:
        """Weighted variance of the ranks: (1 - sum of cubed shares) / 12 without ties."""
        return float(self.shares @ (self.ranks - 0.5) ** 2)

    def absolute_concentration(self) -> float:
        """Return `2 cov(x, R)`, centred so that nearly equal values lose no digits."""
        return float(2.0 * (self.shares * (self.values - self.mean)) @ (self.ranks - 0.5))

    def in_given_order(self, results: FloatArray) -> FloatArray:
        """Return `results`, one per unit of this order, in the order the units came in."""
        given = np.empty_like(results)
        given[self.order] = results
        return given


@dataclass(frozen=True)
class Normalization:
    """What `2 cov(x, R)` is multiplied by, and the derivative of that by the mean of `x`."""

    factor: float
    slope: float


def ranked_for(
    x: npt.ArrayLike,
    rank_by: npt.ArrayLike,
    weights: npt.ArrayLike | None,
    kind: Kind,
    bounds: Bounds | None,
) -> tuple[Ranked, Normalization]:
    """Return the sample ranked, and the normalization of an index of the given kind.

    Raises
    ------
    DomainError, ParameterError
        As `concentration_index`.
    """
    if kind not in get_args(Kind):
        raise ParameterError(f"kind: {kind!r} is none of {', '.join(get_args(Kind))}.")
    name = f"concentration_index(kind={kind!r})"
    bounded = kind in ("wagstaff", "erreygers")
    if bounded != (bounds is not None):
        raise ParameterError(
            f"bounds: {'needed' if bounded else 'without meaning'} for kind={kind!r}. "
            f"{'Pass the lowest and highest value x can take.' if bounded else 'Leave it out.'}"
        )
    x, rank_by, weights = align_all(name, x=x, rank_by=rank_by, weights=weights)
    values = as_values(x, measure=name, domain="shareable" if kind == "standard" else "real")
    if bounds is not None:
        check_bounds(values, bounds, measure=name)
    sample = Ranked.of(values, rank_by, weights, measure=name)
    return sample, _normalization(sample, kind, bounds, name)


def check_bounds(values: FloatArray, bounds: Bounds, *, measure: str) -> None:
    """Refuse bounds in the wrong order, and values beyond them.

    Raises
    ------
    ParameterError
        If the lower bound is not below the upper one.
    DomainError
        If a value lies beyond a bound.
    """
    low, high = bounds
    if not low < high:
        raise ParameterError(f"bounds: {low} is not below {high}. Pass (lowest, highest).")
    beyond = (values < low) | (values > high)
    if beyond.any():
        raise DomainError(
            f"{measure}: {int(beyond.sum())} values outside the bounds [{low}, {high}], the first "
            f"at position {int(np.argmax(beyond))} (counted from 0). Correct them or the bounds."
        )


def _normalization(sample: Ranked, kind: Kind, bounds: Bounds | None, name: str) -> Normalization:
    if bounds is None:
        if kind == "generalized":
            return Normalization(1.0, 0.0)
        return Normalization(1.0 / sample.mean, -1.0 / sample.mean**2)
    low, high = bounds
    if kind == "erreygers":
        return Normalization(4.0 / (high - low), 0.0)
    # Not from the mean, which rounds: these are zero exactly where all values are at a bound.
    above_low = float(sample.shares @ (sample.values - low))
    below_high = float(sample.shares @ (high - sample.values))
    if above_low == 0.0 or below_high == 0.0:
        raise DomainError(
            f"{name}: all values are at one bound, so no concentration is possible. Use "
            'kind="erreygers".'
        )
    room = below_high * above_low
    factor = (high - low) / room
    return Normalization(factor, factor * (above_low - below_high) / room)
