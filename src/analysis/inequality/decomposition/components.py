"""Inequality of a total by its sources: which family of posts makes the staff uneven.

`y_k` is the value of source k (posts of family k per head) and `y = sum_k y_k` the total;
`p_i` are population shares, `mu_k` and `mu` means, `S_k = mu_k / mu` the share of source k in the
total. The three rules answer different questions: Lerman and Yitzhaki split the Gini index by who
gets the source; Shorrocks' natural rule splits by covariance with the total, and its shares hold
for any measure; the Shapley value asks of any measure what remains of it without the source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.inequality.curves.concentration import Ranked
from analysis.inequality.inference.linearization import Statistic, measure_name
from analysis.inequality.measures import gini
from analysis.inequality.samples.sample import Domain, FloatArray, as_values, as_weights
from analysis.labels import align_all

Sources = pd.DataFrame | Mapping[str, npt.ArrayLike]
Absent = Literal["equalized", "zero"]

MOST_SOURCES = 12  # 4,096 evaluations of the measure; each further source doubles them
_BLOCK = 2**20  # sums of sources held at once


@dataclass(frozen=True, eq=False)
class SourceDecomposition:
    """A measure of the total, split into what each source contributes.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    total : float
        What the contributions add up to: the measure of the total.
    sources : DataFrame
        One row per source, in the order given: `source`; `share` S_k; further columns of the
        rule; `contribution`; `contribution_share`, that over `total` (missing if it is zero).
    """

    measure: str
    total: float
    sources: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return `sources` with the name of the measure in a first column, `measure`."""
        frame = self.sources.copy()
        frame.insert(0, "measure", self.measure)
        return frame


def gini_by_source(sources: Sources, weights: npt.ArrayLike | None = None) -> SourceDecomposition:
    """Split the Gini index by source, with the effect of 1 % more of each (Lerman-Yitzhaki).

    Formula: `G = sum_k S_k G_k R_k` with `G_k` the Gini index of source k and
    `R_k = cov(y_k, F(y)) / cov(y_k, F(y_k))` its Gini correlation with the total, `F` the
    fractional rank (ties share the mean rank). `S_k G_k R_k = 2 cov(y_k, F(y)) / mu` is also the
    source's concentration index times its share (the pseudo-Gini). One per cent more of
    source k everywhere changes the index by `S_k G_k R_k / G - S_k` per cent.

    Range: `G_k` in [0, 1) and `G` too where no value is negative, `R_k` in [-1, 1]; marginal
    effects add up to zero. A source that everyone has alike contributes nothing, yet its marginal
    effect is `-S_k`. The split holds with negative values too (posts cut, transfers paid), as long
    as the mean of the total is positive; indices may then exceed 1, and that of a source whose mean
    is negative is so itself.

    Parameters
    ----------
    sources : DataFrame or mapping of str to array-like, each of shape (n,)
        Values of each source, such as staff of each family of posts per head; any numbers, with a
        total whose mean is positive.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    SourceDecomposition
        With further columns `gini` G_k (missing for a source whose mean is zero),
        `correlation` R_k (missing for a source without inequality) and `marginal_effect`, the
        elasticity of G (missing if G is zero).

    Raises
    ------
    DomainError
        If sources or weights lie outside the domain.

    References
    ----------
    Lerman, R. I. and Yitzhaki, S. (1985). Income inequality effects by income source: a new
    approach and applications to the United States. Review of Economics and Statistics 67,
    151-156.

    Stark, O., Taylor, J. E. and Yitzhaki, S. (1986). Remittances and inequality. Economic Journal
    96, 722-740 (the marginal effect).

    Examples
    --------
    >>> found = gini_by_source({"teachers": [1, 2, 3], "clerks": [5, 2, 2]})
    >>> round(found.total, 6)
    0.088889
    >>> found.sources[["source", "contribution", "marginal_effect"]].round(4).values.tolist()
    [['teachers', -0.0444, -0.9], ['clerks', 0.1333, 0.9]]
    """
    sample = _Sample.of(sources, weights, "gini_by_source", domain="real")
    mean = sample.mean
    spreads = np.array([sample.concentration(values, values) for values in sample.values])
    parts = np.array([sample.concentration(values, sample.total) for values in sample.values])
    share, contribution = sample.means / mean, parts / mean
    if sample.total.min() < 0.0:  # no longer a share, but still what the parts add up to
        total = sample.concentration(sample.total, sample.total) / mean
    else:
        total = gini(sample.total, sample.weights)
    return sample.result(
        "gini",
        total,
        contribution,
        {
            "gini": _ratio(spreads, sample.means),
            "correlation": _ratio(parts, spreads),
            "marginal_effect": contribution / total - share if total > 0.0 else np.nan,
        },
    )


def variance_by_source(
    sources: Sources, weights: npt.ArrayLike | None = None
) -> SourceDecomposition:
    """Split the squared coefficient of variation by source: Shorrocks' natural rule.

    Formula: the contribution shares are `s_k = cov(y_k, y) / var(y)`. They are the only ones that
    treat sources alike, do not depend on how finely the others are split, give nothing to a
    source everyone has alike, and split evenly what two sources with permuted values make; so
    Shorrocks proposes them for every measure of inequality. Contributions here are `s_k` times
    GE(2), half the squared coefficient of variation of the total:
    `cov(y_k, y) / (2 mu^2)`.

    Range: any real number, adding up to GE(2); negative for a source that evens out the total.

    Parameters
    ----------
    sources : DataFrame or mapping of str to array-like, each of shape (n,)
        Values of each source, such as staff of each family of posts per head; any numbers, with a
        total whose mean is positive.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    SourceDecomposition
        With further columns `index`, GE(2) of the source alone (missing for a source whose mean is
        zero), and `correlation`, Pearson's, of the source with the total (missing where
        either does not vary).

    Raises
    ------
    DomainError
        If sources or weights lie outside the domain.

    References
    ----------
    Shorrocks, A. F. (1982). Inequality decomposition by factor components. Econometrica 50,
    193-211.

    Examples
    --------
    >>> found = variance_by_source({"teachers": [1, 2, 3], "clerks": [3, 4, 8]})
    >>> found.sources["contribution_share"].round(4).tolist()
    [0.2692, 0.7308]
    """
    sample = _Sample.of(sources, weights, "variance_by_source", domain="real")
    mean = sample.mean
    away = sample.values - sample.means[:, None]
    away_total = sample.total - mean
    covariance = away @ (sample.shares * away_total)
    variances = away**2 @ sample.shares
    variance = float(sample.shares @ away_total**2)
    return sample.result(
        "generalized_entropy(alpha=2)",
        variance / (2.0 * mean**2),
        covariance / (2.0 * mean**2),
        {
            "index": _ratio(variances, 2.0 * sample.means**2),
            "correlation": _ratio(covariance, np.sqrt(variances * variance)),
        },
    )


def shapley_by_source(
    sources: Sources,
    measure: Statistic,
    weights: npt.ArrayLike | None = None,
    *,
    absent: Absent = "equalized",
) -> SourceDecomposition:
    """Split any measure by source, by the Shapley value over all sets of sources.

    Formula: with K sources and `v(S)` the measure when only the sources in S differ between
    units, source k contributes
    `sum_{S without k} |S|! (K - |S| - 1)! / K! (v(S + k) - v(S))`: what its presence adds,
    averaged over every order in which sources may come in. Sources outside S are

    - ``"equalized"``: replaced by their mean, so that a source everyone has alike contributes
      nothing; or
    - ``"zero"``: left out, so that such a source contributes less than nothing, as it dilutes the
      inequality of the others.

    For the empty set `v` is the measure of perfect equality: zero for indices of inequality, one
    for ratios. Contributions add up to the measure of the total less that.

    Range: any real number, in the unit of the measure.

    Parameters
    ----------
    sources : DataFrame or mapping of str to array-like, each of shape (n,)
        Values of each source, >= 0, such as staff of each family of posts per head. At most 12
        sources, as the measure is evaluated for each of their 2^K sets.
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    absent : {"equalized", "zero"}
        What stands in for an absent source.

    Returns
    -------
    SourceDecomposition

    Raises
    ------
    DomainError
        If sources or weights lie outside the domain; or the measure is not defined for a set of
        sources, such as Theil L where some units have none of a source, with ``"zero"``.
    ParameterError
        If there are more than 12 sources, or `absent` is unknown.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Sastre, M. and Trannoy, A. (2002). Shapley inequality decomposition by factor components: some
    methodological issues. Journal of Economics, Supplement 9, 51-89 (the two kinds of absence).

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> found = shapley_by_source({"teachers": [1, 2, 3], "clerks": [3, 4, 8]}, gini)
    >>> round(found.total, 6), found.sources["contribution"].round(6).tolist()
    (0.222222, [0.063492, 0.15873])
    """
    if absent not in get_args(Absent):
        raise ParameterError(f"absent: {absent!r} is none of {', '.join(get_args(Absent))}.")
    name = measure_name(measure)
    sample = _Sample.of(sources, weights, "shapley_by_source", domain="nonnegative")
    count = len(sample.names)
    if count > MOST_SOURCES:
        raise ParameterError(
            f"sources: {count} sources have {2**count:,} sets, too many to evaluate them all; "
            f"{MOST_SOURCES} is the most. Add up the smaller sources, or use gini_by_source or "
            "variance_by_source."
        )
    value = _values_of_sets(sample, measure, absent)
    sets = np.arange(value.size)
    size = np.bitwise_count(sets)
    chance = np.array([factorial(s) * factorial(count - s - 1) for s in range(count)], dtype=float)
    chance /= factorial(count)
    contribution = np.empty(count)
    for k in range(count):
        without = sets[(sets >> k) & 1 == 0]
        contribution[k] = chance[size[without]] @ (value[without | 1 << k] - value[without])
    return sample.result(name, float(value[-1] - value[0]), contribution, {})


def _values_of_sets(sample: "_Sample", measure: Statistic, absent: Absent) -> FloatArray:
    """Return the measure for each set of sources; set s holds source k if bit k of s is set."""
    count = len(sample.names)
    apart = sample.values - sample.means[:, None] if absent == "equalized" else sample.values
    base = sample.mean if absent == "equalized" else 0.0
    values = np.empty(2**count)
    values[0] = measure(np.full_like(sample.total, sample.mean), sample.weights)
    values[-1] = measure(sample.total, sample.weights)
    rows = max(1, _BLOCK // sample.total.size)
    for start in range(1, values.size - 1, rows):
        sets = np.arange(start, min(start + rows, values.size - 1))
        present = (sets[:, None] >> np.arange(count)) & 1
        # A unit that has none of the sources present may come out a rounding error below zero.
        sums = np.maximum(base + present.astype(np.float64) @ apart, 0.0)
        for s, total in zip(sets, sums, strict=True):
            try:
                values[s] = measure(total, sample.weights)
            except DomainError as error:
                held = [name for k, name in enumerate(sample.names) if s >> k & 1]
                raise DomainError(
                    f"shapley_by_source: not defined for {' + '.join(held)} without the other "
                    f'sources ({error}) Try absent="equalized", or another measure.'
                ) from error
    return values


@dataclass(frozen=True)
class _Sample:
    """Sources (k, n) and weights in an order of units that depends on the data only."""

    names: list[str]
    values: FloatArray
    weights: FloatArray

    @classmethod
    def of(
        cls, sources: Sources, weights: npt.ArrayLike | None, measure: str, *, domain: Domain
    ) -> "_Sample":
        if not isinstance(sources, pd.DataFrame | Mapping):
            raise ParameterError(
                f"{measure}, sources: expected a DataFrame, or a dict of name to values, not "
                f"{type(sources).__name__}. Give every source a name."
            )
        named = {str(name): column for name, column in sources.items()}
        *aligned, weights = align_all(measure, **named, weights=weights)
        columns = {
            name: as_values(column, measure=f"{measure}, {name}", domain=domain)
            for name, column in zip(named, aligned, strict=True)
        }
        if len(columns) < len(sources.keys()) or not columns:
            raise DomainError(f"{measure}: pass at least one source, each under a name of its own.")
        sizes = {name: column.size for name, column in columns.items()}
        if len(set(sizes.values())) > 1:
            raise DomainError(f"{measure}: the sources differ in length: {sizes}.")
        values = np.stack(list(columns.values()))
        if not values.any():
            raise DomainError(f"{measure}: all sources are zero, so there is nothing to share out.")
        n = values.shape[1]
        mass = np.ones(n) if weights is None else as_weights(weights, n, measure=measure)
        order = np.lexsort((mass, *values))
        sample = cls(list(columns), values[:, order], mass[order])
        if sample.mean <= 0.0:
            raise DomainError(
                f"{measure}: the mean of the total is {sample.mean:g}, where it needs to be above "
                "zero for parts to be shares of it. Check the signs of the sources."
            )
        return sample

    @property
    def shares(self) -> FloatArray:
        return self.weights / float(self.weights.sum())

    @property
    def total(self) -> FloatArray:
        total: FloatArray = self.values.sum(axis=0)
        return total

    @property
    def means(self) -> FloatArray:
        return self.values @ self.shares

    @property
    def mean(self) -> float:
        return float(self.shares @ self.total)

    def concentration(self, values: FloatArray, rank_by: FloatArray) -> float:
        """Return `2 cov(values, F(rank_by))`."""
        ranked = Ranked.of(values, rank_by, self.weights, measure="gini_by_source")
        return ranked.absolute_concentration()

    def result(
        self,
        measure: str,
        total: float,
        contribution: FloatArray,
        further: Mapping[str, FloatArray | float],
    ) -> SourceDecomposition:
        table = pd.DataFrame(
            {
                "source": self.names,
                "share": self.means / self.mean,
                **further,
                "contribution": contribution,
                "contribution_share": contribution / total if total else np.nan,
            }
        )
        return SourceDecomposition(measure, total, table)


def _ratio(over: FloatArray, under: FloatArray) -> FloatArray:
    """Return the quotient, missing where the divisor is zero."""
    return np.divide(over, under, out=np.full_like(over, np.nan), where=under != 0.0)
