"""Intervals for a measure, and for its change, that say where the randomness comes from.

A table of all provinces is a census: nothing was sampled, and a sampling interval for it has no
width. An interval still answers a question when the analyst names a source of randomness:

``"sampling"``
    The units are a probability sample from a list of units. The interval is for the measure
    over the whole list, and shrinks to nothing as the sample becomes the list
    (`sampling_fraction`).
``"superpopulation"``
    The units at hand, values and weights together, are one outcome of a process that could have
    produced others like them. The interval is for the measure in the long run of that process.
    It is not about these units, whose inequality is known.
``"count"``
    The staff count of each unit is one draw of a Poisson variable with its own mean, population
    given. The interval is for the measure over those means: what remains once the chance in
    who is in post on the counting day is taken away. Units and weights are fixed.

With few units or a long right tail all intervals for units cover less often than they say, the
jackknife comes closest, and small counts need the basic bootstrap: `docs/coverage.md` shows by how
much.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.errors import ParameterError
from analysis.inequality.inference.intervals import (
    BOOTSTRAP,
    Interval,
    IntervalOptions,
    Method,
    Randomness,
)
from analysis.inequality.inference.linearization import Statistic, functional_of, measure_name
from analysis.inequality.inference.poisson import PoissonSample
from analysis.inequality.inference.random_counts import Seed, generator
from analysis.inequality.inference.resampling import (
    Design,
    Sample,
    acceleration,
    bootstrap_replicates,
    jackknife_values,
    jackknife_variance,
    linearized_variance,
)
from analysis.inequality.samples.pairs import as_pair, require_both_weights
from analysis.inequality.samples.sample import FloatArray
from analysis.labels import align_all


def confidence_interval(
    measure: Statistic,
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    randomness: Randomness,
    method: Method | None = None,
    level: float = 0.95,
    replicates: int = 2000,
    seed: Seed = None,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    sampling_fraction: float = 0.0,
    counts: npt.ArrayLike | None = None,
) -> Interval:
    """Return a confidence interval for a measure of inequality.

    What it means depends on `randomness`. Over repetitions of the random part, about `level` of
    such intervals contain: for ``"sampling"``, the measure over the list the units were sampled
    from; for ``"superpopulation"``, the measure of the process behind units and weights; for
    ``"count"``, the measure of the expected counts of these very units. A census has no
    sampling error: with ``"sampling"`` and `sampling_fraction=1` the interval is the estimate.

    Formula, with `u_i = p_i (influence of i)` summed within clusters, `m_h` clusters in stratum
    `h`, `f` the sampling fraction, `I` the estimate, and `q` quantiles:

    - ``"linearized"``: `se^2 = (1 - f) sum_h m_h / (m_h - 1) sum_c (u_hc - mean_h)^2`, or for
      counts `sum_i (dI/dx_i x_i)^2 / s_i`; limits `I -+ t se`, with Student's t on (clusters -
      strata) degrees of freedom, or the normal for counts.
    - ``"jackknife"``: `se^2 = (1 - f) sum_h (m_h - 1) / m_h sum_c (I_(hc) - mean_h)^2`, where
      `I_(hc)` leaves cluster `c` out; limits as above.
    - ``"percentile"``: `q_a` and `q_(1-a)` of the replicates, `a = (1 - level) / 2`.
    - ``"basic"``: `2 I - q_(1-a)` and `2 I - q_a`.
    - ``"bca"``: quantiles shifted for bias and acceleration (Efron 1987).

    The standard error of the last three is the standard deviation of the replicates.

    Range: `low <= high`. Percentile and BCa limits stay in the range of the measure; the others
    may leave it when the estimate is near its end.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    x : array-like, shape (n,)
        Value of each unit, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, such as population or sampling weight times population.
    randomness : {"sampling", "superpopulation", "count"}
        What is taken to be random. There is no default, since data cannot tell.
    method : {"linearized", "jackknife", "percentile", "basic", "bca"}, optional
        How the interval is made. By default what covers best in `docs/coverage.md`: ``"basic"``
        for counts; otherwise ``"jackknife"`` for a measure with a closed form (see `influence`),
        ``"percentile"`` for another, such as a ratio of quantiles, for which the jackknife does
        not hold. ``"linearized"``, and ``"bca"`` for counts, need a closed form.
    level : float
        Nominal coverage.
    replicates : int
        Bootstrap replicates.
    seed : int or numpy.random.Generator, optional
        Makes replicates repeatable. Without one a seed is drawn, and the result records it.
    strata, clusters : array-like, shape (n,), optional
        Labels: units sampled separately by stratum, or drawn together in clusters.
    sampling_fraction : float
        Share of the list that was sampled, in [0, 1]: the finite population correction, for
        ``"sampling"`` with ``"linearized"`` or ``"jackknife"``.
    counts : array-like of int, shape (n,)
        For ``"count"`` only: the staff counts that `x` is proportional to, unit by unit.

    Returns
    -------
    Interval

    Raises
    ------
    DomainError
        If the values, weights or counts lie outside the domain.
    ParameterError
        If options contradict one another.

    References
    ----------
    Davidson, R. (2009). Reliable inference for the Gini index. Journal of Econometrics 150,
    30-40 (the standard error of ``"linearized"`` without weights, to order 1 / n).

    Langel, M. and Tillé, Y. (2013). Variance estimation of the Gini index: revisiting a result
    several times published. Journal of the Royal Statistical Society A 176, 521-540.

    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical
    Association 82, 171-185.

    DiCiccio, T. J. and Efron, B. (1992). More accurate confidence intervals in exponential
    families. Biometrika 79, 231-245 (the acceleration for counts).

    Cameron, A. C. and Trivedi, P. K. (2013). Regression Analysis of Count Data, 2nd edition.
    Cambridge University Press (Poisson counts given an exposure).

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> staff, population = [120, 340, 95, 210], [40_000, 90_000, 60_000, 50_000]
    >>> ratio = [s / p for s, p in zip(staff, population)]
    >>> found = confidence_interval(
    ...     gini, ratio, population, randomness="count", method="linearized", counts=staff
    ... )
    >>> round(found.estimate, 4), round(found.low, 4), round(found.high, 4)
    (0.1645, 0.1289, 0.2)
    """
    plan = IntervalOptions(
        randomness,
        method or _default_method(measure, randomness),
        level,
        replicates,
        sampling_fraction,
    )
    x, weights, counts, strata, clusters = align_all(
        measure_name(measure),
        x=x,
        weights=weights,
        counts=counts,
        strata=strata,
        clusters=clusters,
    )
    if randomness == "count":
        plan.refuse_design(strata, clusters)
        sample = PoissonSample(measure, x, weights, _required(counts, "counts"))
        return _count_interval(plan, measure_name(measure), [sample], seed)
    _refuse_counts(counts, randomness)
    drawn = Sample(measure, x, weights)
    design = Design.of(drawn.size, strata, clusters)
    return _design_interval(plan, measure_name(measure), [drawn], design, seed)


def change_interval(
    measure: Statistic,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
    randomness: Randomness,
    method: Method | None = None,
    level: float = 0.95,
    replicates: int = 2000,
    seed: Seed = None,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    sampling_fraction: float = 0.0,
    counts_before: npt.ArrayLike | None = None,
    counts_after: npt.ArrayLike | None = None,
) -> Interval:
    """Return a confidence interval for the change of a measure over the same units.

    The estimate is `I(after) - I(before)`. A unit is drawn with both its dates (the paired
    bootstrap; in the linearised variance, the difference of its two influences), so what the
    dates share cancels. For ``"count"`` the counts of the two dates are drawn independently:
    staff who stay in post make the true noise of a change smaller, so the interval is wide
    rather than narrow.

    Formulas, methods and the meaning of `randomness` are those of `confidence_interval`, with
    `I` replaced by the change.

    Range: any real numbers, `low <= high`; negative where inequality fell.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    before, after : array-like, shape (n,)
        Values of the same units, in the same order, at the two dates.
    weights_before, weights_after : array-like, shape (n,), optional
        Positive weights. Pass both, or neither.
    randomness, method, level, replicates, seed, strata, clusters, sampling_fraction
        As in `confidence_interval`.
    counts_before, counts_after : array-like of int, shape (n,)
        For ``"count"`` only: the counts behind `before` and `after`.

    Returns
    -------
    Interval

    Raises
    ------
    DomainError
        If the two dates differ in length, or anything lies outside the domain.
    ParameterError
        If options contradict one another.

    References
    ----------
    Biewen, M. (2002). Bootstrap inference for inequality, mobility and poverty measurement.
    Journal of Econometrics 108, 317-342.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> found = change_interval(
    ...     gini, [1.0, 2.0, 3.0, 4.0], [2.0, 2.0, 3.0, 3.0],
    ...     randomness="superpopulation", method="linearized",
    ... )
    >>> round(found.estimate, 3), round(found.se, 3)
    (-0.15, 0.079)
    """
    plan = IntervalOptions(
        randomness,
        method or _default_method(measure, randomness),
        level,
        replicates,
        sampling_fraction,
    )
    name = f"change of {measure_name(measure)}"
    (
        before,
        after,
        weights_before,
        weights_after,
        counts_before,
        counts_after,
        strata,
        clusters,
    ) = align_all(
        name,
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
        counts_before=counts_before,
        counts_after=counts_after,
        strata=strata,
        clusters=clusters,
    )
    as_pair(before, after, measure=name)
    require_both_weights(weights_before, weights_after, measure=name)
    if randomness == "count":
        plan.refuse_design(strata, clusters)
        pair = [
            PoissonSample(
                measure, before, weights_before, _required(counts_before, "counts_before")
            ),
            PoissonSample(measure, after, weights_after, _required(counts_after, "counts_after")),
        ]
        return _count_interval(plan, name, pair, seed)
    _refuse_counts(counts_before, randomness)
    _refuse_counts(counts_after, randomness)
    drawn = [Sample(measure, before, weights_before), Sample(measure, after, weights_after)]
    design = Design.of(drawn[0].size, strata, clusters)
    return _design_interval(plan, name, drawn, design, seed)


def _design_interval(
    plan: IntervalOptions, name: str, samples: Sequence[Sample], design: Design, seed: Seed
) -> Interval:
    """Interval for the one sample, or for the last less the first, when clusters are drawn."""
    estimate = _contrast(np.array([sample.estimate for sample in samples]))
    if plan.method in BOOTSTRAP:
        rng, recorded = generator(seed)
        drawn = bootstrap_replicates(samples, design, plan.replicates, rng)
        skew = 0.0
        if plan.method == "bca":
            skew = acceleration(_contrast(jackknife_values(samples, design)), design)
        return plan.bootstrapped(name, float(estimate), _contrast(drawn), skew, recorded)
    if plan.method == "jackknife":
        variance = jackknife_variance(_contrast(jackknife_values(samples, design)), design)
    else:
        effects = _contrast(np.array([sample.effects() for sample in samples]))
        variance = linearized_variance(effects, design)
    degrees = design.stratum.size - design.sizes.size
    spread = float(stats.t.ppf((1.0 + plan.level) / 2.0, degrees))
    se = math.sqrt((1.0 - plan.sampling_fraction) * variance)
    return plan.symmetric(name, float(estimate), se, spread)


def _count_interval(
    plan: IntervalOptions, name: str, samples: Sequence[PoissonSample], seed: Seed
) -> Interval:
    """Interval for the one sample, or for the last less the first, when counts are drawn."""
    estimate = float(_contrast(np.array([sample.estimate for sample in samples])))
    if plan.method == "linearized":
        se = math.sqrt(sum(float(np.sum(sample.effects() ** 2)) for sample in samples))
        return plan.symmetric(name, estimate, se, float(stats.norm.ppf((1.0 + plan.level) / 2.0)))
    rng, recorded = generator(seed)
    drawn = np.array([sample.replicates(plan.replicates, rng) for sample in samples])
    skew = 0.0
    if plan.method == "bca":
        signs = [1.0] if len(samples) == 1 else [-1.0, 1.0]
        effects = [sign * sample.effects() for sign, sample in zip(signs, samples, strict=True)]
        # A Poisson count has skewness 1 / sqrt(mean), so the third cumulant of the linear part
        # is the sum of (dI/ds)^3 s, and `effects` is (dI/ds) sqrt(s).
        third = sum(
            float(np.sum(effect**3 / np.sqrt(sample.positive_counts)))
            for effect, sample in zip(effects, samples, strict=True)
        )
        second = sum(float(np.sum(effect**2)) for effect in effects)
        if second > 0.0:
            skew = third / second**1.5 / 6.0
    return plan.bootstrapped(name, estimate, _contrast(drawn), skew, recorded)


def _default_method(measure: Statistic, randomness: str) -> Method:
    if randomness == "count":
        return "basic"
    return "percentile" if functional_of(measure) is None else "jackknife"


def _contrast(values: FloatArray) -> FloatArray:
    """Return the only row, or the last less the first."""
    contrast: FloatArray = values[0] if len(values) == 1 else values[-1] - values[0]
    return contrast


def _required(counts: npt.ArrayLike | None, argument: str) -> npt.ArrayLike:
    if counts is None:
        raise ParameterError(
            f'{argument}: needed for randomness="count": the whole-number counts whose ratio to '
            "the population gave the values."
        )
    return counts


def _refuse_counts(counts: npt.ArrayLike | None, randomness: str) -> None:
    if counts is not None:
        raise ParameterError(f'counts: only for randomness="count", not "{randomness}".')
