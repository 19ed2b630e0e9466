"""How often an interval holds, by simulation, for the units at hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, IntervalError, ParameterError
from analysis.inequality.inference.calibration import (
    Calibrator,
    Layout,
    by_date,
    critical_values,
)
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.intervals import IntervalOptions, Method, Randomness
from analysis.inequality.inference.linearization import measure_name
from analysis.inequality.inference.lognormal import drawn, fitted, lognormal_form
from analysis.inequality.inference.poisson import PoissonSample
from analysis.inequality.inference.resampling import Sample
from analysis.inequality.inference.unit_intervals import (
    method_for_units,
    require_process,
    unit_design,
)
from analysis.inequality.measures.measure import Statistic
from analysis.inequality.samples.pairs import as_pair, require_both_weights
from analysis.inequality.samples.sample import FloatArray
from analysis.labels import align_all

_REPLICATES = 399  # of a bootstrap method that was asked for


@dataclass(frozen=True)
class Coverage:
    """How often the interval of a measure held in simulated repetitions.

    Attributes
    ----------
    measure : str
        Name of the measure with its options; for a change, `change of ...`.
    coverage : float
        Share of the repetitions in which the interval held the true value.
    level : float
        Share that it should be.
    method : str
    randomness : {"sampling", "superpopulation", "count"}
    units, draws : int
        Number of units, and of repetitions.
    """

    measure: str
    coverage: float
    level: float
    method: Method
    randomness: Randomness
    units: int
    draws: int

    @property
    def se(self) -> float:
        """Standard error of `coverage` from the number of draws."""
        return float(np.sqrt(self.coverage * (1.0 - self.coverage) / self.draws))

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


def simulated_coverage(
    measures: Sequence[Statistic],
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    randomness: Randomness,
    method: Method | None = None,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 1,
    counts: npt.ArrayLike | None = None,
) -> tuple[Coverage, ...]:
    """Return how often the intervals of `confidence_interval` hold in a world like the data.

    Where units are random, that world is the log-normal one fitted to them: as many units, whose
    logarithms of weight and value are jointly normal with the means and covariances of the units
    at hand. Each draw goes through all that the data go through, the fit of the world by
    which limits are calibrated included, and the interval is held against the true value, which is
    known in closed form. For ``"count"`` the world is the units at hand with Poisson counts about
    those observed, and the true value that of the data.

    To be fast, ``"calibrated"`` and ``"basic"`` intervals of a draw are made from as few replicates
    as have order statistics at the limits (79 at 95 %), which changes their length but not how
    often they hold; bootstrap methods that are asked for use 399.

    The data are one draw of their world and are likelier to look even than it is; and the
    likeness may be poor. `docs/coverage.md` has worlds that are not log-normal.

    Parameters
    ----------
    measures : sequence of callable
        Measures of this package, options bound by `functools.partial`.
    x : array-like, shape (n,)
        Value of each unit, above zero where units are random.
    weights : array-like, shape (n,), optional
        Positive weights.
    randomness, method, level
        As in `confidence_interval`.
    draws : int
        Repetitions, at least 1; the standard error of a coverage near 95 % is 0.7 points with
        1,000.
    seed : int
        Makes the draws repeatable.
    counts : array-like of int, shape (n,)
        For ``"count"`` only.

    Returns
    -------
    tuple of Coverage
        In the order of `measures`.

    Raises
    ------
    IntervalError
        If there is no interval for a measure or the number of units, or no log-normal world.
    ParameterError, DomainError
        As `confidence_interval` does.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and Hall,
    chapter 18 (coverage from the fitted model).

    Davison, A. C. and Hinkley, D. V. (1997). Bootstrap Methods and their Application. Cambridge
    University Press, section 4.2.5 (replicates at whose order statistics a level is exact).

    Examples
    --------
    >>> from analysis.inequality.measures.rank_measures import gini
    >>> ratio, people = [27.3, 12.8, 19.8, 6.4, 8.7, 21.9], [5.6, 15.6, 5.8, 51.3, 38.4, 11.0]
    >>> found, = simulated_coverage([gini], ratio, people, randomness="superpopulation")
    >>> found.method, found.coverage > 0.9
    ('calibrated', True)
    """
    x, weights, counts = align_all("simulated_coverage", x=x, weights=weights, counts=counts)
    _require(draws)
    if randomness == "count":
        if counts is None:
            raise ParameterError('counts: needed for randomness="count".')
        options = IntervalOptions(randomness, method or "basic", level, 2000, 0.0)
        samples = [PoissonSample(measure, x, weights, counts) for measure in measures]
        return tuple(_of_counts(options, sample, draws, seed) for sample in samples)
    return _of_units(
        measures, [x], [] if weights is None else [weights], randomness, method, level, draws, seed
    )


def simulated_change_coverage(
    measures: Sequence[Statistic],
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
    randomness: Randomness,
    method: Method | None = None,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 1,
) -> tuple[Coverage, ...]:
    """Return how often the intervals of `change_interval` hold in a world like the data.

    As `simulated_coverage`, with the logarithms of weights and values of both dates jointly normal.
    It is for units that are random, not for counts.

    Parameters
    ----------
    measures : sequence of callable
        Measures of this package.
    before, after, weights_before, weights_after
        As in `change_interval`.
    randomness, method, level, draws, seed
        As in `simulated_coverage`.

    Returns
    -------
    tuple of Coverage
        In the order of `measures`.

    Raises
    ------
    IntervalError, ParameterError, DomainError
        As `simulated_coverage` does.

    Examples
    --------
    >>> from analysis.inequality.measures.rank_measures import gini
    >>> found, = simulated_change_coverage(
    ...     [gini], [1.0, 2.0, 3.0, 4.0, 6.0], [2.0, 2.5, 3.0, 3.0, 4.0], randomness="sampling"
    ... )
    >>> found.measure, found.coverage > 0.9
    ('change of gini', True)
    """
    before, after, weights_before, weights_after = align_all(
        "simulated_change_coverage",
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
    )
    _require(draws)
    if randomness == "count":
        raise ParameterError(
            'randomness: the coverage of a change is simulated for units, not for "count".'
        )
    as_pair(before, after, measure="simulated_change_coverage")
    require_both_weights(weights_before, weights_after, measure="simulated_change_coverage")
    weights = [own for own in (weights_before, weights_after) if own is not None]
    return _of_units(measures, [before, after], weights, randomness, method, level, draws, seed)


def _require(draws: int) -> None:
    if draws < 1:
        raise ParameterError(f"draws: {draws} is less than one; use 1,000.")


def _of_units(
    measures: Sequence[Statistic],
    values: Sequence[npt.ArrayLike],
    weights: Sequence[npt.ArrayLike],
    randomness: Randomness,
    method: Method | None,
    level: float,
    draws: int,
    seed: int,
) -> tuple[Coverage, ...]:
    layout = Layout(len(values), weighted=bool(weights))
    chosen = []
    for measure in measures:
        require_process(measure)
        samples = [
            Sample(measure, x, weights[date] if weights else None) for date, x in enumerate(values)
        ]
        unit_design(measure_name(measure), samples[0].size, None, None)
        if lognormal_form(measure) is None or any(s.ascending[0] <= 0.0 for s in samples):
            raise IntervalError(
                f"{measure_name(measure)}: coverage is simulated for measures of this package and "
                "values above zero, for which there is a log-normal world."
            )
        own = method or method_for_units(measure, samples, labelled=False)
        IntervalOptions(randomness, own, level, _REPLICATES, 0.0)
        chosen.append(own)
    given = [found for sample in samples if (found := sample.weights_given) is not None]
    logs = layout.logs([sample.values for sample in samples], given)
    shares = _simulated(
        tuple(zip(measures, chosen, strict=True)),
        layout,
        logs.shape[1:],
        logs.tobytes(),
        randomness,
        level,
        draws,
        seed,
    )
    name = "change of {}" if layout.dates == 2 else "{}"
    return tuple(
        Coverage(
            name.format(measure_name(measure)), share, level, own, randomness, logs.shape[1], draws
        )
        for measure, own, share in zip(measures, chosen, shares, strict=True)
    )


@lru_cache(maxsize=64)
def _simulated(
    asked: tuple[tuple[Statistic, Method], ...],
    layout: Layout,
    shape: tuple[int, int],
    data: bytes,
    randomness: Randomness,
    level: float,
    draws: int,
    seed: int,
) -> tuple[float, ...]:
    """Return the coverage of each measure by its method; once for the same data and options."""
    mean, triangle = fitted(np.frombuffer(data).reshape(1, *shape))
    again = drawn(mean, triangle, shape[0], draws, np.random.default_rng([seed, 0]))[0]
    samples = by_date(layout, again)
    calibrators = [Calibrator(measure, layout) for measure, _ in asked]
    calibrated = [i for i, (_, method) in enumerate(asked) if method == "calibrated"]
    tail = (1.0 - level) / 2.0
    critical = critical_values(
        [calibrators[i] for i in calibrated],
        layout,
        again,
        _fewest_replicates(tail),
        tail,
        np.random.default_rng([seed, 1]),
    )
    shares = np.empty(len(asked))
    for i, (calibrator, (measure, method)) in enumerate(zip(calibrators, asked, strict=True)):
        truth = calibrator.scale.back(calibrator.targets(mean, triangle))
        if method == "calibrated":
            roots = calibrator.roots(samples)
            low, high = calibrator.limits(roots, critical[calibrated.index(i)])
        else:
            ask = partial(_asked, measure, layout, randomness, method, level)
            low, high = np.array([ask(units) for units in np.exp(again)]).T
        shares[i] = np.mean((low <= truth) & (truth <= high))
    return tuple(shares.tolist())


def _asked(
    measure: Statistic,
    layout: Layout,
    randomness: Randomness,
    method: Method,
    level: float,
    units: FloatArray,
) -> tuple[float, float]:
    """Return the limits for one draw, shape (n, k); none where there is no interval."""
    weights = [units[:, date] if layout.weighted else None for date in range(layout.dates)]
    values = [units[:, layout.column(date)] for date in range(layout.dates)]
    ask = partial(confidence_interval, measure, values[0], weights[0])
    if layout.dates == 2:
        ask = partial(
            change_interval, measure, *values, weights_before=weights[0], weights_after=weights[1]
        )
    try:
        found = ask(
            randomness=randomness, method=method, level=level, replicates=_REPLICATES, seed=0
        )
    except DomainError:  # holds nothing
        return np.nan, np.nan
    return found.low, found.high


def _of_counts(options: IntervalOptions, sample: PoissonSample, draws: int, seed: int) -> Coverage:
    if options.method != "basic":
        raise ParameterError(
            f'method: coverage for counts is simulated for "basic" intervals, not for '
            f'"{options.method}".'
        )
    tail = (1.0 - options.level) / 2.0
    rng = np.random.default_rng([seed, 0])
    replicates = _fewest_replicates(tail)
    held = 0
    for _ in range(draws):
        counts = rng.poisson(sample.counts)
        estimate = float(sample.measured(counts[None, :])[0])
        again = sample.measured(rng.poisson(counts, size=(replicates, counts.size)))
        high, low = np.quantile(again, [tail, 1.0 - tail], method="weibull")
        held += bool(2.0 * estimate - low <= sample.estimate <= 2.0 * estimate - high)
    return Coverage(
        sample.name,
        held / draws,
        options.level,
        options.method,
        options.randomness,
        sample.counts.size,
        draws,
    )


def _fewest_replicates(tail: float) -> int:
    """Return the second number for which `tail (number + 1)` is whole, or nearly."""
    return max(round(2.0 / tail) - 1, 39)
