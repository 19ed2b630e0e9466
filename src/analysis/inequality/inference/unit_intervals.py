"""Intervals where units are what is random: which method, from how many units, to which limits."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.errors import DomainError, IntervalError
from analysis.inequality.inference.calibration import (
    Calibrator,
    Layout,
    by_date,
    critical_values,
)
from analysis.inequality.inference.intervals import BOOTSTRAP, Interval, IntervalOptions, Method
from analysis.inequality.inference.linearization import functional_of, measure_name
from analysis.inequality.inference.lognormal import IDENTITY, lognormal_form, scale_of
from analysis.inequality.inference.random_counts import Seed, generator
from analysis.inequality.inference.resampling import (
    Design,
    Sample,
    acceleration,
    bootstrap_replicates,
    contrast,
    jackknife_bias,
    jackknife_values,
    jackknife_variance,
    linearized_variance,
    satterthwaite_degrees,
)
from analysis.inequality.measures.measure import Statistic, unbind
from analysis.inequality.measures.quantiles import quantile_ratio
from analysis.inequality.measures.registry import row_of
from analysis.inequality.measures.shares import (
    equivalent_number,
    herfindahl,
    normalized_herfindahl,
)
from analysis.inequality.samples.sample import FloatArray

FEW = 100  # below this many units, limits need more than degrees of freedom
_FEWEST_DEGREES = 3  # clusters less strata; with fewer no method here holds
_NOTHING = 1e-12  # of a measure's unit: what only rounding makes
_NO_JACKKNIFE = (quantile_ratio,)
_OF_THEIR_NUMBER = (herfindahl, normalized_herfindahl, equivalent_number)


def require_process(measure: Statistic) -> None:
    """Refuse a measure that has no value for what units are drawn from.

    Raises
    ------
    IntervalError
        For measures of the most extreme units, and of concentration.
    """
    row, why = row_of(measure), ""
    if row is not None and row.of_extremes:
        why = "rests on the most extreme units, which grow more extreme with every unit more"
    elif unbind(measure)[0] in _OF_THEIR_NUMBER:
        why = "depends on how many units there are"
    if why:
        raise IntervalError(
            f"{measure_name(measure)}: {why}, so there is nothing for an interval over units to "
            'hold. Use randomness="count", or no interval.'
        )


def unit_design(
    name: str, n: int, strata: npt.ArrayLike | None, clusters: npt.ArrayLike | None
) -> Design:
    """Return the design of `n` units of what is called `name`.

    Raises
    ------
    IntervalError
        If there are too few units, or clusters for the strata.
    """
    if n <= _FEWEST_DEGREES:
        raise IntervalError(
            f"{name}: {n} unit{'s' if n > 1 else ''} cannot show how much the measure varies; an "
            f"interval needs {_FEWEST_DEGREES + 1} units or more."
        )
    design = Design.of(n, strata, clusters)
    degrees = design.stratum.size - design.sizes.size
    if degrees < _FEWEST_DEGREES:
        raise IntervalError(
            f"{name}: {design.stratum.size} clusters in {design.sizes.size} strata cannot show "
            f"how much the measure varies; an interval needs {_FEWEST_DEGREES} clusters more "
            "than strata."
        )
    return design


def method_for_units(measure: Statistic, samples: Sequence[Sample], *, labelled: bool) -> Method:
    """Return the method that covers best; `labelled` says that there are strata or clusters."""
    positive = all(float(sample.ascending[0]) > 0.0 for sample in samples)
    few = samples[0].size < FEW
    if few and positive and not labelled and lognormal_form(measure) is not None:
        return "calibrated"
    return "satterthwaite" if functional_of(measure) is not None else "percentile"


def interval_over_units(
    options: IntervalOptions,
    name: str,
    measure: Statistic,
    samples: Sequence[Sample],
    design: Design,
    seed: Seed,
) -> Interval:
    """Return the interval for the one sample, or for the last less the first.

    Raises
    ------
    IntervalError
        If the method does not suit the measure or the units.
    """
    if options.method in ("jackknife", "satterthwaite") and unbind(measure)[0] in _NO_JACKKNIFE:
        raise IntervalError(
            f"{measure_name(measure)}: the jackknife does not hold for a ratio of quantiles, "
            'which jumps from unit to unit. Leave the method out, or use "percentile".'
        )
    estimate = float(contrast([np.asarray(sample.estimate) for sample in samples]))
    if options.method in BOOTSTRAP:
        return _bootstrapped(options, name, samples, design, estimate, seed)
    if options.method == "calibrated":
        return _calibrated(options, name, measure, samples, design, estimate, seed)
    if options.method == "satterthwaite":
        return _satterthwaite(options, name, measure, samples, design, estimate)
    if options.method == "jackknife":
        variance = jackknife_variance(contrast(jackknife_values(samples, design)), design)
    else:
        effects = contrast([sample.effects() for sample in samples])
        variance = linearized_variance(effects, design)
    degrees = design.stratum.size - design.sizes.size
    spread = float(stats.t.ppf((1.0 + options.level) / 2.0, degrees))
    se = math.sqrt((1.0 - options.sampling_fraction) * variance)
    return options.symmetric(name, estimate, se, spread)


def _bootstrapped(
    options: IntervalOptions,
    name: str,
    samples: Sequence[Sample],
    design: Design,
    estimate: float,
    seed: Seed,
) -> Interval:
    rng, recorded = generator(seed)
    try:
        drawn = contrast(bootstrap_replicates(samples, design, options.replicates, rng))
    except DomainError as error:
        raise IntervalError(
            f"{name}: not defined for a replicate, in which units are drawn with replacement "
            f"({error}) Use a measure that is."
        ) from error
    undefined = int(np.count_nonzero(~np.isfinite(drawn)))
    if undefined:
        raise IntervalError(
            f"{name}: not defined in {undefined:,} of {options.replicates:,} replicates, which "
            "drew only units at zero. So few units above zero do not carry a bootstrap interval; "
            "leave the method out."
        )
    skew = 0.0
    if options.method == "bca":
        skew = acceleration(contrast(jackknife_values(samples, design)), design)
    return options.bootstrapped(name, estimate, drawn, skew, recorded)


def _calibrated(
    options: IntervalOptions,
    name: str,
    measure: Statistic,
    samples: Sequence[Sample],
    design: Design,
    estimate: float,
    seed: Seed,
) -> Interval:
    weights = [sample.weights_given for sample in samples]
    if any(float(sample.ascending[0]) <= 0.0 for sample in samples) or design.cluster is not None:
        raise IntervalError(
            f'{name}: method="calibrated" is for units drawn one by one with values above zero. '
            'Use "satterthwaite".'
        )
    given = [own for own in weights if own is not None]
    layout = Layout(len(samples), weighted=bool(given))
    calibrator = Calibrator(measure, layout)
    logs = layout.logs([sample.values for sample in samples], given)
    roots = calibrator.roots(by_date(layout, logs))
    _require_finite(name, samples, roots.center)
    _require_variation(name, float(roots.se[0]))
    rng, recorded = generator(seed)
    tail = (1.0 - options.level) / 2.0
    critical = critical_values([calibrator], layout, logs, options.replicates, tail, rng)[0]
    remaining = 1.0 - options.sampling_fraction
    low, high = calibrator.limits(roots, critical, remaining)
    if functional_of(measure) is None:
        variance = calibrator.variance(logs, options.replicates, rng)
    else:
        variance = jackknife_variance(contrast(jackknife_values(samples, design)), design)
    se = math.sqrt(remaining * variance)
    return options.between(name, estimate, se, float(low[0]), float(high[0]), recorded)


def _satterthwaite(
    options: IntervalOptions,
    name: str,
    measure: Statistic,
    samples: Sequence[Sample],
    design: Design,
    estimate: float,
) -> Interval:
    scale = scale_of(measure) if len(samples) == 1 else IDENTITY
    remaining = 1.0 - options.sampling_fraction
    left = contrast(jackknife_values(samples, design))
    scaled, middle = scale.to(left), float(scale.to(np.asarray(estimate)))
    _require_finite(name, samples, np.append(scaled, middle))
    bias = jackknife_bias(middle, scaled, design)
    variance = jackknife_variance(scaled, design)
    _require_variation(name, math.sqrt(variance))
    spread = float(stats.t.ppf((1.0 + options.level) / 2.0, satterthwaite_degrees(scaled, design)))
    reach = spread * math.sqrt(remaining * variance)
    center = middle - remaining * bias
    low, high = scale.back(
        np.array([min(center - reach, middle), max(center + reach, middle)])
    ).tolist()
    se = math.sqrt(remaining * jackknife_variance(left, design))
    return options.between(name, estimate, se, low, high)


def _require_finite(name: str, samples: Sequence[Sample], scaled: FloatArray) -> None:
    lowest, highest = samples[0].ascending[[0, -1]].tolist()
    alike = len(samples) == 1 and highest - lowest <= _NOTHING * highest
    if alike or not np.isfinite(scaled).all():
        raise IntervalError(
            f"{name}: without one of the units nothing is unequal, or there is nothing left, so "
            "the units cannot show how much the measure varies. Give no interval."
        )


def _require_variation(name: str, se: float) -> None:
    if se < _NOTHING:
        raise IntervalError(
            f"{name}: stays the same whichever unit is left out, so the units cannot show how "
            "much it varies. Give no interval."
        )
