"""Simulate how often nominal 95 % intervals contain what they are for; write docs/coverage.md.

    python benchmarks/coverage.py

Deterministic: every setting has its own stream of the one seed below.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from scipy import special

from analysis.errors import DomainError
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.intervals import Interval
from analysis.inequality.inference.unit_intervals import FEW
from analysis.inequality.measures import (
    atkinson,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    hoover,
    quantile_ratio,
    theil_l,
    theil_t,
)
from analysis.reports.provincial import provincial_staffing

SEED = 20240517
SAMPLES = 1000
COUNT_SAMPLES = 200
REPLICATES = 999
COUNT_REPLICATES = 399
ALL = ("linearized", "jackknife", "satterthwaite", "calibrated", "percentile", "basic", "bca")
MANY = tuple(method for method in ALL if method != "calibrated")
FOR_COUNTS = ("linearized", "percentile", "basic", "bca")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "coverage.md"


@dataclass(frozen=True)
class Setting:
    """One row of a table: how to draw data and ask for an interval, and the value to contain."""

    label: tuple[str, ...]
    truth: float
    methods: Sequence[str]
    samples: int
    ask: Callable[[np.random.Generator, str], Callable[[str], Interval]]


def erf_gini(sigma: float) -> float:
    """Gini index of a lognormal distribution."""
    return math.erf(sigma / 2.0)


def normal_cdf(z: float) -> float:
    return 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))


def lognormal_pair(
    rng: np.random.Generator, n: int, sigma: float, weighted: bool
) -> tuple[np.ndarray, np.ndarray | None]:
    """Staff per head, and populations with which its logarithm is correlated by -0.5.

    Weighting a normal variable by the exponential of a correlated one shifts it and leaves its
    spread, so the weighted distribution is lognormal with the same sigma.
    """
    z, e = rng.standard_normal((2, n))
    population = np.exp(1.0 * z)
    ratio = np.exp(sigma * (-0.5 * z + math.sqrt(0.75) * e))
    return ratio, population if weighted else None


@dataclass(frozen=True)
class World:
    """Units drawn one by one: how many, the spread of their populations, what goes with them.

    The logarithm of the population has standard deviation `spread`; a normal variable correlated
    with it by `rho` is turned into staff per head by `quantile`. Weighting by population shifts
    that variable by `rho spread`, so the weighted distribution is known.
    """

    label: str
    n: int
    spread: float
    rho: float
    quantile: Callable[[np.ndarray], np.ndarray]
    weighted: bool = True

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray | None]:
        z, e = rng.standard_normal((2, self.n))
        ratio = self.quantile(self.rho * z + math.sqrt(1.0 - self.rho**2) * e)
        return ratio, np.exp(self.spread * z) if self.weighted else None

    def truth(self, measure: Callable[..., float]) -> float:
        """Return the measure of a fine grid of the weighted distribution."""
        shift = self.rho * self.spread if self.weighted else 0.0
        grid = (np.arange(1_000_000) + 0.5) / 1_000_000
        return measure(self.quantile(special.ndtri(grid) + shift))


def lognormal(sigma: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda u: np.exp(sigma * u)


def fitted_logs() -> dict[str, np.ndarray]:
    """Logarithms of population and ratio, as the reports 01 and 02 find them."""
    at = {
        "2023, 38": provincial_staffing(dt.date(2023, 12, 31), "38", "registrasi"),
        "2014": provincial_staffing(dt.date(2014, 12, 31), "33", "sensus"),
        "2023": provincial_staffing(dt.date(2023, 12, 31), "33", "registrasi"),
    }
    return {
        name: np.log(frame[["penduduk", "rasio"]].to_numpy(dtype=float))
        for name, frame in at.items()
    }


REPORTED = {
    "Gini": gini,
    "Hoover": hoover,
    "Theil T": theil_t,
    "Theil L": theil_l,
    "coefficient of variation": coefficient_of_variation,
    "90/10": quantile_ratio,
}


def worlds() -> Iterator[str]:
    """Rows of coverage by the former default, Satterthwaite's and the calibrated interval."""
    population, ratio = fitted_logs()["2023, 38"].T
    spread, sigma = population.std(ddof=1), ratio.std(ddof=1)
    rho = np.corrcoef(population, ratio)[0, 1]
    fitted = partial(World, spread=spread, rho=rho, quantile=lognormal(sigma))
    standard = partial(World, n=38, spread=1.0, rho=-0.5)
    settings = [
        fitted("fitted to report 01", 38),
        fitted("fitted, 10 units", 10),
        fitted("fitted, 4 units", 4),
        standard("sigma 0.4, no weights", quantile=lognormal(0.4), weighted=False),
        standard("sigma 0.4, population", quantile=lognormal(0.4)),
        standard("sigma 1.0, no weights", quantile=lognormal(1.0), weighted=False),
        standard("sigma 1.0, population", quantile=lognormal(1.0)),
        World(
            "gamma, shape 5", 38, spread, rho, lambda u: special.gammaincinv(5.0, special.ndtr(u))
        ),
        World("Pareto, alpha 4", 38, spread, rho, lambda u: special.ndtr(-u) ** -0.25),
        World(
            "Pareto, alpha 3, uncorrelated", 38, 1.0, 0.0, lambda u: special.ndtr(-u) ** (-1 / 3)
        ),
    ]
    for number, world in enumerate(settings):
        for name, measure in REPORTED.items():
            yield compared(
                (world.label, name),
                world.truth(measure),
                ("percentile",) if measure is quantile_ratio else ("jackknife", "satterthwaite"),
                np.random.default_rng([SEED, 5, number]),
                lambda rng, measure=measure, world=world: partial(
                    confidence_interval, measure, *world.draw(rng)
                ),
            )


def changes() -> Iterator[str]:
    """Rows of coverage for the change of report 02, in the world fitted to its two dates."""
    logs = fitted_logs()
    columns = np.column_stack([logs["2014"], logs["2023"]])
    covariance = np.cov(columns.T)
    sigma = np.sqrt(np.diag(covariance))[[1, 3]]

    def draw(rng, measure):
        units = np.exp(rng.multivariate_normal(np.zeros(4), covariance, len(columns)))
        return partial(
            change_interval,
            measure,
            units[:, 1],
            units[:, 3],
            weights_before=units[:, 0],
            weights_after=units[:, 2],
        )

    for name, measure in REPORTED.items():
        before, after = (World("", 1, 0.0, 0.0, lognormal(s)).truth(measure) for s in sigma)
        yield compared(
            (name,),
            after - before,
            ("percentile",) if measure is quantile_ratio else ("jackknife", "satterthwaite"),
            np.random.default_rng([SEED, 6]),
            lambda rng, measure=measure: draw(rng, measure),
        )


def compared(
    label: Sequence[str],
    truth: float,
    methods: Sequence[str],
    rng: np.random.Generator,
    draw: Callable[[np.random.Generator], Callable[..., Interval]],
) -> str:
    """Return a row: coverage of each method, and the median widths over that of the first."""
    methods = (*methods, "calibrated")
    found = np.full((len(methods), SAMPLES, 2), np.nan)
    for sample in range(SAMPLES):
        ask = draw(rng)
        for row, method in zip(found, methods, strict=True):
            try:
                held = ask(
                    randomness="superpopulation",
                    method=method,
                    replicates=COUNT_REPLICATES,
                    seed=sample,
                )
            except DomainError:  # no interval holds nothing
                continue
            row[sample] = held.low, held.high
    covered = 100.0 * np.mean((found[..., 0] <= truth) & (truth <= found[..., 1]), axis=1)
    widths = np.nanmedian(found[..., 1] - found[..., 0], axis=1)
    cells = {
        method: (f"{share:.1f}", f"{width / widths[0]:.2f}")
        for method, share, width in zip(methods, covered, widths, strict=True)
    }
    shown = [
        cells[methods[0]][0],
        *cells.get("satterthwaite", ("", "")),
        *cells["calibrated"],
    ]
    return f"| {' | '.join((*label, f'{truth:.3f}', *shown))} |"


def compared_table(labels: Sequence[str], lines: Iterator[str]) -> str:
    head = [*labels, "true value", "before", "satterthwaite", "width", "calibrated", "width"]
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines])


def superpopulation() -> Iterator[Setting]:
    def ask(measure, n, sigma, weighted):
        def draw(rng, seed):
            x, w = lognormal_pair(rng, n, sigma, weighted)
            return lambda method: confidence_interval(
                measure,
                x,
                w,
                randomness="superpopulation",
                method=method,
                replicates=REPLICATES,
                seed=seed,
            )

        return draw

    for sigma in (0.4, 1.0):
        for weighted in (False, True):
            for n in (38, 100, 514):
                yield Setting(
                    ("Gini", f"{sigma}", "population" if weighted else "none", str(n)),
                    erf_gini(sigma),
                    ALL if n < FEW else MANY,
                    SAMPLES,
                    ask(gini, n, sigma, weighted),
                )
    sigma = 0.4
    others = {
        "Theil T": (partial(generalized_entropy, alpha=1.0), sigma**2 / 2.0),
        "Atkinson 0.5": (partial(atkinson, epsilon=0.5), 1.0 - math.exp(-0.25 * sigma**2)),
        "Hoover": (hoover, 2.0 * normal_cdf(sigma / 2.0) - 1.0),
    }
    for name, (measure, truth) in others.items():
        for n in (38, 514):
            yield Setting(
                (name, f"{sigma}", "population", str(n)),
                truth,
                ALL if n < FEW else MANY,
                SAMPLES // 2 if name == "Hoover" else SAMPLES,
                ask(measure, n, sigma, True),
            )


def change() -> Iterator[Setting]:
    """Sigma falls from 0.5 to 0.4; the logarithms of the dates are correlated by 0.9."""

    def ask(n):
        def draw(rng, seed):
            z, e = rng.standard_normal((2, n))
            population = np.exp(rng.standard_normal(n))
            before = np.exp(0.5 * z)
            after = np.exp(0.4 * (0.9 * z + math.sqrt(1.0 - 0.81) * e))
            return lambda method: change_interval(
                gini,
                before,
                after,
                weights_before=population,
                weights_after=population,
                randomness="superpopulation",
                method=method,
                replicates=REPLICATES,
                seed=seed,
            )

        return draw

    for n in (38, 514):
        methods = ALL if n < FEW else MANY
        yield Setting((str(n),), erf_gini(0.4) - erf_gini(0.5), methods, SAMPLES // 2, ask(n))


def sampling() -> Iterator[Setting]:
    """Samples without replacement from one fixed list of 514 units in seven strata."""
    rng = np.random.default_rng([SEED, 0])
    ratio, population = lognormal_pair(rng, 514, 0.5, True)
    stratum = np.argsort(np.argsort(population)) * 7 // 514
    truth = gini(ratio, population)
    sizes = np.bincount(stratum)

    def simple(n, fraction):
        def draw(rng, seed):
            chosen = rng.choice(514, n, replace=False)
            return lambda method: confidence_interval(
                gini,
                ratio[chosen],
                population[chosen],
                randomness="sampling",
                method=method,
                replicates=REPLICATES,
                seed=seed,
                sampling_fraction=fraction,
            )

        return draw

    def stratified(each):
        def draw(rng, seed):
            chosen = np.concatenate(
                [rng.choice(np.flatnonzero(stratum == h), each, replace=False) for h in range(7)]
            )
            weights = population[chosen] * sizes[stratum[chosen]] / each
            return lambda method: confidence_interval(
                gini,
                ratio[chosen],
                weights,
                randomness="sampling",
                method=method,
                replicates=REPLICATES,
                seed=seed,
                strata=stratum[chosen],
            )

        return draw

    samples = SAMPLES // 2
    for n in (50, 200):
        few = ALL if n < FEW else MANY
        yield Setting(
            ("simple", str(n), "yes"), truth, few[: len(few) - 3], samples, simple(n, n / 514)
        )
        yield Setting(("simple", str(n), "no"), truth, few, samples, simple(n, 0.0))
    for each in (3, 10):
        yield Setting(("7 strata", str(7 * each), "no"), truth, MANY, samples, stratified(each))


def count() -> Iterator[Setting]:
    """Poisson counts about fixed means: the interval is for the measure over the means."""

    def ask(measure, means, population):
        def draw(rng, seed):
            staff = rng.poisson(means)
            return lambda method: confidence_interval(
                measure,
                staff / population,
                population,
                randomness="count",
                method=method,
                replicates=COUNT_REPLICATES,
                seed=seed,
                counts=staff,
            )

        return draw

    theil = partial(generalized_entropy, alpha=1.0)
    for name, measure, sizes in (("Gini", gini, (38, 514)), ("Theil T", theil, (38,))):
        for n in sizes:
            for average in (20, 200, 5000):
                rng = np.random.default_rng([SEED, n])
                ratio, population = lognormal_pair(rng, n, 0.4, True)
                means = ratio * population
                means *= average / means.mean()
                yield Setting(
                    (name, str(n), f"{average:,}"),
                    measure(means / population, population),
                    FOR_COUNTS,
                    COUNT_SAMPLES,
                    ask(measure, means, population),
                )


def rows(settings: Iterator[Setting], table: int) -> Iterator[str]:
    for number, setting in enumerate(settings):
        rng = np.random.default_rng([SEED, table, number])
        held = dict.fromkeys(setting.methods, 0)
        for _ in range(setting.samples):
            interval = setting.ask(rng, int(rng.integers(2**31)))
            for method in setting.methods:
                try:
                    found = interval(method)
                except DomainError:  # BCa where all replicates lie on one side: holds nothing
                    continue
                held[method] += found.low <= setting.truth <= found.high
        cells = [
            f"{100.0 * held[method] / setting.samples:.1f}" if method in held else ""
            for method in ALL
        ]
        yield f"| {' | '.join((*setting.label, f'{setting.truth:.3f}', *cells))} |"


def table(number: int, labels: Sequence[str], settings: Iterator[Setting]) -> str:
    head = [*labels, "true value", *ALL]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows(settings, number)]
    return "\n".join(lines)


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(
        TEXT.format(
            seed=SEED,
            samples=f"{SAMPLES:,}",
            half=f"{SAMPLES // 2:,}",
            count_samples=f"{COUNT_SAMPLES:,}",
            replicates=REPLICATES,
            count_replicates=COUNT_REPLICATES,
            superpopulation=table(1, ["measure", "sigma", "weights", "units"], superpopulation()),
            worlds=compared_table(["world", "measure"], worlds()),
            changes=compared_table(["measure"], changes()),
            few=FEW,
            change=table(2, ["units"], change()),
            sampling=table(3, ["sample", "units", "corrected"], sampling()),
            count=table(4, ["measure", "units", "mean count"], count()),
        ),
        encoding="utf-8",
    )


TEXT = """# How often the intervals hold

A nominal 95 % interval should contain what it is for in 95 of 100 repetitions. The tables say how
often it did, in percent of simulated repetitions, for every method of
`analysis.inequality.confidence_interval` and `change_interval` and every source of randomness.
They are made by

    python benchmarks/coverage.py

with seed {seed}, and come out the same every time. Bootstrap intervals use {replicates} replicates
({count_replicates} for counts). The standard error of an entry near 95 is 0.7 with {samples}
repetitions, 1.0 with {half}, 1.5 with {count_samples}.

## What to take from them

- **Units are few, and inequality is about tails.** With 38 provinces the textbook intervals for a
  superpopulation or a sample hold far less often than they say, in a world like that of the
  provinces themselves as low as 70 to 87 of 100; with 514 kabupaten and kota they come close.
  Weights by population make it worse, since then a few large units decide.
- **Below {few} units the calibrated interval is the default**: the jackknife on a scale on which
  the measure varies evenly (logarithm, or logit for shares), its bias taken out, with limits from
  a simulation of the log-normal world that is fitted to the units. It holds nearly as often as it
  says with four units already, at the price of width. It is made for log-normal units: where
  they are not, it may hold less often, as the last rows of the first table show.
- **From {few} units on Satterthwaite's degrees of freedom are the default**, with the same scale
  and correction for bias: they do without the log-normal world and hold about as often as they say,
  where the jackknife and the bootstrap fall short, at 100 units by up to 10 of 100. They are the
  default for few units as well where values are zero, or in strata and clusters.
- **A ratio of quantiles jumps from unit to unit**, so the jackknife does not hold for it. Its
  calibrated interval rests on the log-normal world alone. A ratio of extremes grows with the
  number of units without end, and has no interval where units are random.
- **Counts of staff in the thousands add almost nothing**: all methods hold, or nearly. With counts
  in the tens (one specialist post, say) chance alone makes units look unequal. The estimate itself
  is then too high, the percentile bootstrap doubles the error, and only the basic bootstrap, which
  takes it out, holds nearly as often as it says. It is the default.
- **A sample that is most of its list** calls for the correction for the finite list. In a census
  there is nothing left to be uncertain about, unless one names another source of randomness.

The reports simulate the coverage for their own units (`simulated_coverage`) and print it beside the
interval.

## Few units, in worlds like those of the reports

The first world is fitted to the provinces of report 01 at the end of 2023: log-normal
population and staff per head, with their own spread and correlation. The next two are the same
with fewer units; four standard designs of 38 units follow (populations with standard deviation 1 of
their logarithm, correlated by -0.5), then worlds that are not log-normal. `before` is the default
before there was calibration: the jackknife, or for the ratio of quantiles the percentile bootstrap.
`width` is the median length over that of `before`. Weights are populations. {samples} repetitions,
{count_replicates} replicates; an interval that cannot be given counts as not holding.

{worlds}

## The change of report 02

Change between its two dates of the measures of the 33 provinces, in the world fitted to both:
populations and ratios of the two dates jointly log-normal. {samples} repetitions.

{changes}

## Superpopulation

Staff per head is lognormal with standard deviation `sigma` of its logarithm; populations are
lognormal with standard deviation 1, and the two logarithms are correlated by -0.5. {samples}
repetitions, {half} for the Hoover index.

{superpopulation}

## Change over the same units

Change of the Gini index, weighted by population, when sigma falls from 0.5 to 0.4 and the
logarithms of the two dates are correlated by 0.9. {half} repetitions.

{change}

## Sampling

Gini index, weighted by population, of one fixed list of 514 units (sigma 0.5), sampled without
replacement: simple random samples with and without the correction for the finite list, and
samples of three and ten units from each of seven strata by size of population. {half} repetitions.

{sampling}

## Counts

Staff of each unit is Poisson about a fixed mean (sigma 0.4); the interval is for the measure over
the means. `mean count` is the average over units; with populations so unequal, many units have far
fewer. The jackknife leaves out units, which are fixed here. Where all replicates lie on one side
of the estimate BCa is not defined, which counts as not holding. {count_samples} repetitions.

{count}
"""


if __name__ == "__main__":
    main()
