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

With few units or a long right tail most intervals for units hold less often than they say. Below
100 units they are therefore calibrated in a log-normal world fitted to the units; small counts
need the basic bootstrap. `docs/coverage.md` shows how often each method holds, `simulated_coverage`
how often for the units at hand.
"""

import numpy.typing as npt

from analysis.errors import ParameterError
from analysis.inequality.inference.intervals import (
    Interval,
    IntervalOptions,
    Method,
    Randomness,
)
from analysis.inequality.inference.linearization import measure_name
from analysis.inequality.inference.poisson import PoissonSample, interval_over_counts
from analysis.inequality.inference.random_counts import Seed
from analysis.inequality.inference.resampling import Sample
from analysis.inequality.inference.unit_intervals import (
    interval_over_units,
    method_for_units,
    require_process,
    unit_design,
)
from analysis.inequality.measures.measure import Statistic
from analysis.inequality.samples.pairs import as_pair, require_both_weights
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
    - ``"satterthwaite"``: the same on a scale `g`, the logit for shares such as the Gini index, the
      logarithm for other measures of this package: `g(I) - (1 - f) sum_h (m_h - 1) (mean_h -
      g(I)) -+ t se` with the means of `g(I_(hc))`, and `(sum v)^2 / sum(v^2)` degrees of
      freedom, `v` the terms of `se^2`; then back.
    - ``"calibrated"``: that centre and standard error, with the quantiles of `(centre - g(true I))
      / se` over `replicates` samples of a log-normal world in place of t: as many units, the
      logarithms of their weights and values jointly normal with the means and covariances at
      hand, `true I` in closed form. A measure that is no smooth function of weights, such as a
      ratio of quantiles (on the scale `log log`), is taken less `g(true I)` only.
    - ``"percentile"``: `q_a` and `q_(1-a)` of the replicates, `a = (1 - level) / 2`.
    - ``"basic"``: `2 I - q_(1-a)` and `2 I - q_a`.
    - ``"bca"``: quantiles shifted for bias and acceleration (Efron 1987).

    The standard error of the last three is the standard deviation of the replicates. Limits of
    the two before them never leave out the estimate.

    Coverage of 95 % intervals of the Gini index, Hoover, Theil and the coefficient of variation,
    for 38 log-normal units as unequal as the provinces, weighted by population:
    ``"calibrated"`` 94 to 95 of 100, ``"satterthwaite"`` 90 to 95, ``"jackknife"`` 74 to 87, the
    bootstrap methods less; for 4 such units ``"calibrated"`` 94 to 96; for 514 log-normal units
    ``"satterthwaite"`` 95 to 96, ``"jackknife"`` 92 to 95. Where units are not log-normal it may
    be less. `docs/coverage.md` has the tables, `simulated_coverage` the number
    for your own units.

    Range: `low <= high`. Linearized, jackknife and basic limits may leave the range of the measure
    when the estimate is near its end.

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
    method : str, optional
        One of those above. By default what covers best in `docs/coverage.md`: ``"basic"`` for
        counts. For fewer than 100 units with values above zero, drawn one by one,
        ``"calibrated"`` for the measures of this package; with zeros, strata or clusters, and for
        more units, ``"satterthwaite"``. ``"percentile"`` where these do not hold: for own
        measures, for a ratio of quantiles of many units. ``"linearized"``, and ``"bca"`` for
        counts, need a closed form (see `influence`).
    level : float
        Nominal coverage.
    replicates : int
        Bootstrap replicates, or draws to calibrate by.
    seed : int or numpy.random.Generator, optional
        Makes replicates repeatable. Without one a seed is drawn, and the result records it.
    strata, clusters : array-like, shape (n,), optional
        Labels: units sampled separately by stratum, or drawn together in clusters.
    sampling_fraction : float
        Share of the list that was sampled, in [0, 1]: the finite population correction, for
        ``"sampling"`` with methods that are no bootstrap.
    counts : array-like of int, shape (n,)
        For ``"count"`` only: the staff counts that `x` is proportional to, unit by unit.

    Returns
    -------
    Interval

    Raises
    ------
    IntervalError
        If there are fewer than four units, or three clusters more than strata; if the method does
        not suit the measure or the units, such as a bootstrap of data that are mostly zero; for
        the ratio of extremes and the Herfindahl index, unless counts are random.
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

    Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components.
    Biometrics Bulletin 2, 110-114.

    Cressie, N. (1981). Transformations and the jackknife. Journal of the Royal Statistical Society
    B 43, 177-182.

    Hall, P., Martin, M. A. and Schucany, W. R. (1989). Better nonparametric bootstrap confidence
    intervals for the correlation coefficient. Journal of Statistical Computation and Simulation 33,
    161-172 (roots on a scale, with the jackknife's standard error).

    Beran, R. (1987). Prepivoting to reduce level error of confidence sets. Biometrika 74, 457-468;
    Loh, W.-Y. (1987). Calibrating confidence coefficients. Journal of the American Statistical
    Association 82, 155-162 (critical values simulated in a fitted model).

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
    x, weights, counts, strata, clusters = align_all(
        measure_name(measure),
        x=x,
        weights=weights,
        counts=counts,
        strata=strata,
        clusters=clusters,
    )
    name = measure_name(measure)
    if randomness == "count":
        options = IntervalOptions(
            randomness, method or "basic", level, replicates, sampling_fraction
        )
        options.refuse_design(strata, clusters)
        counted = PoissonSample(measure, x, weights, _required(counts, "counts"))
        return interval_over_counts(options, name, [counted], seed)
    _refuse_counts(counts, randomness)
    require_process(measure)
    samples = [Sample(measure, x, weights)]
    labelled = strata is not None or clusters is not None
    chosen = method or method_for_units(measure, samples, labelled=labelled)
    options = IntervalOptions(randomness, chosen, level, replicates, sampling_fraction)
    design = unit_design(name, samples[0].size, strata, clusters)
    return interval_over_units(options, name, measure, samples, design, seed)


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
    `I` replaced by the change and no scale. Coverage of 95 % intervals in a world like the
    provinces at two dates: ``"calibrated"`` 93 to 95, ``"jackknife"`` 78 to 94 of 100.

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
    IntervalError
        As `confidence_interval` does.
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
        options = IntervalOptions(
            randomness, method or "basic", level, replicates, sampling_fraction
        )
        options.refuse_design(strata, clusters)
        pair = [
            PoissonSample(
                measure, before, weights_before, _required(counts_before, "counts_before")
            ),
            PoissonSample(measure, after, weights_after, _required(counts_after, "counts_after")),
        ]
        return interval_over_counts(options, name, pair, seed)
    _refuse_counts(counts_before, randomness)
    _refuse_counts(counts_after, randomness)
    require_process(measure)
    samples = [Sample(measure, before, weights_before), Sample(measure, after, weights_after)]
    labelled = strata is not None or clusters is not None
    chosen = method or method_for_units(measure, samples, labelled=labelled)
    options = IntervalOptions(randomness, chosen, level, replicates, sampling_fraction)
    design = unit_design(name, samples[0].size, strata, clusters)
    return interval_over_units(options, name, measure, samples, design, seed)


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
