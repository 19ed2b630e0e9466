"""A confidence interval, and how its limits follow from a standard error or from replicates."""

import math
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality.samples.sample import FloatArray

Randomness = Literal["sampling", "superpopulation", "count"]
Method = Literal[
    "linearized", "jackknife", "satterthwaite", "calibrated", "percentile", "basic", "bca"
]

BOOTSTRAP = ("percentile", "basic", "bca")
_SIMULATED = ("calibrated", *BOOTSTRAP)
_LEAVE_UNITS_OUT = ("jackknife", "satterthwaite", "calibrated")


@dataclass(frozen=True)
class Interval:
    """A confidence interval and all that is needed to read and repeat it.

    Attributes
    ----------
    measure : str
        Name of the measure with its options; for a change, `change of ...`.
    estimate, se : float
        Value of the measure and its standard error, in the unit of the measure.
    low, high : float
        Limits.
    level : float
        Nominal coverage, such as 0.95.
    method : str
        How it was made; see `confidence_interval`.
    randomness : {"sampling", "superpopulation", "count"}
        What is taken to be random; see the module's documentation.
    replicates : int or None
        Number of bootstrap replicates, or of draws it was calibrated by; None where there are none.
    seed : int or None
        Seed that repeats the replicates; None where there are none or a generator was passed.
    """

    measure: str
    estimate: float
    se: float
    low: float
    high: float
    level: float
    method: Method
    randomness: Randomness
    replicates: int | None
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


@dataclass(frozen=True)
class IntervalOptions:
    """The options an interval is asked for, checked against one another."""

    randomness: Randomness
    method: Method
    level: float
    replicates: int
    sampling_fraction: float

    def __post_init__(self) -> None:
        for argument, value, known in (
            ("randomness", self.randomness, get_args(Randomness)),
            ("method", self.method, get_args(Method)),
        ):
            if value not in known:
                raise ParameterError(f"{argument}: {value!r} is none of {', '.join(known)}.")
        if not 0.0 < self.level < 1.0:
            raise ParameterError(f"level: {self.level} is not between 0 and 1, such as 0.95.")
        needed = math.ceil(2.0 / (1.0 - self.level) - 1e-9)
        if self.method in _SIMULATED and self.replicates < needed:
            raise ParameterError(
                f"replicates: {self.replicates} leave none beyond the limits of a "
                f"{self.level:.0%} interval; use {needed} at the very least, better 1,000."
            )
        if not 0.0 <= self.sampling_fraction <= 1.0:
            raise ParameterError(
                f"sampling_fraction: {self.sampling_fraction} is not a share in [0, 1]."
            )
        if self.sampling_fraction > 0.0 and (
            self.randomness != "sampling" or self.method in BOOTSTRAP
        ):
            raise ParameterError(
                'sampling_fraction: only for randomness="sampling" with a method that is no '
                'bootstrap, such as method="jackknife".'
            )
        if self.randomness == "count" and self.method in _LEAVE_UNITS_OUT:
            raise ParameterError(
                f'method: "{self.method}" leaves units out, but with randomness="count" the '
                'units are fixed. Use "linearized" or a bootstrap method.'
            )

    def refuse_design(self, strata: npt.ArrayLike | None, clusters: npt.ArrayLike | None) -> None:
        """Refuse labels of a sampling design where no units are drawn."""
        if strata is not None or clusters is not None:
            raise ParameterError(
                'strata, clusters: with randomness="count" the units are fixed and each count is '
                "drawn on its own. Leave them out."
            )

    def symmetric(self, name: str, estimate: float, se: float, spread: float) -> Interval:
        """Return `estimate -+ spread se`."""
        return self.between(name, estimate, se, estimate - spread * se, estimate + spread * se)

    def between(
        self,
        name: str,
        estimate: float,
        se: float,
        low: float,
        high: float,
        seed: int | None = None,
    ) -> Interval:
        """Return the interval with these limits."""
        replicates = self.replicates if self.method in _SIMULATED else None
        return Interval(
            name,
            estimate,
            se,
            low,
            high,
            self.level,
            self.method,
            self.randomness,
            replicates,
            seed,
        )

    def bootstrapped(
        self,
        name: str,
        estimate: float,
        replicates: FloatArray,
        skew: float,
        seed: int | None,
    ) -> Interval:
        """Return the interval that the replicates give; `skew` is the acceleration of BCa."""
        tail = (1.0 - self.level) / 2.0
        if self.method == "bca":
            tails = bca_tails(name, estimate, replicates, skew, tail)
        else:
            tails = (tail, 1.0 - tail)
        low, high = np.quantile(replicates, tails).tolist()
        if self.method == "basic":
            low, high = 2.0 * estimate - high, 2.0 * estimate - low
        return self.between(name, estimate, float(np.std(replicates, ddof=1)), low, high, seed)


def bca_tails(
    name: str, estimate: float, replicates: FloatArray, skew: float, tail: float
) -> tuple[float, float]:
    """Return the two probabilities whose quantiles are the BCa limits.

    `Phi(z0 + (z0 + z) / (1 - a (z0 + z)))` for `z` the normal quantile of `tail` and of
    `1 - tail`, with `z0` the normal quantile of the share of replicates below the estimate
    (half of those equal to it) and `a` the acceleration `skew`.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical
    Association 82, 171-185.
    """
    below = np.mean(replicates < estimate) / 2.0 + np.mean(replicates <= estimate) / 2.0
    if not 0.0 < below < 1.0:
        raise DomainError(
            f"{name}: all replicates lie on one side of the estimate, so BCa is not defined. Use "
            'method="basic".'
        )
    z0 = float(stats.norm.ppf(below))

    def shifted(probability: float) -> float:
        z = z0 + float(stats.norm.ppf(probability))
        return float(stats.norm.cdf(z0 + z / (1.0 - skew * z)))

    return shifted(tail), shifted(1.0 - tail)
