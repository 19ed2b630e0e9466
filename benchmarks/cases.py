"""What is measured: this package, its yardstick and its peers on the same data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.bench_inference import scalar_loop
from inequality.gini import Gini

from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.resampling import Design, Sample, bootstrap_replicates
from analysis.inequality.measures import MEASURES, gini
from analysis.inequality.measures.grouped import grouped_measures

Array = npt.NDArray[np.float64]
Work = Callable[[], object]

TEN_MEASURES = (
    "gini",
    "hoover",
    "theil_t",
    "theil_l",
    "generalized_entropy_2",
    "atkinson_0_5",
    "atkinson_1",
    "coefficient_of_variation",
    "quantile_ratio",
    "palma",
)


@dataclass(frozen=True)
class Case:
    """One row of the table.

    Attributes
    ----------
    work : str
        What is computed.
    bound : float, optional
        Greatest ratio to the yardstick that is accepted; or least, if `faster`.
    yardstick : str
        Name, in `run`, of what the ratio is taken to.
    run : mapping of str to callable
        What is timed; "this package" is one of the names, the others are yardstick and peers.
    limit : float, optional
        Most milliseconds accepted, where that is the bound instead.
    faster : bool
        Whether the ratio is yardstick over package instead of package over yardstick.
    rounds : int
        Rounds, in each of which everything runs once; the least time counts.
    """

    work: str
    bound: float | None
    yardstick: str
    run: Mapping[str, Work]
    limit: float | None = None
    faster: bool = False
    rounds: int = 7


@cache
def lognormal(n: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(0)
    return rng.lognormal(size=n), rng.uniform(1.0, 2.0, n)


@cache
def nearly_equal(n: int) -> Array:
    return 1e9 + np.random.default_rng(0).normal(size=n)


@cache
def provinces() -> pd.DataFrame:
    n = 1_000_000
    rng = np.random.default_rng(0)
    x, w = lognormal(n)
    return pd.DataFrame({"group": rng.integers(0, 500, n), "x": x, "w": w})


def argsort_and_two_takes(x: Array, w: Array) -> tuple[Array, Array]:
    order = np.argsort(x)
    return np.take(x, order), np.take(w, order)


def textbook_gini(x: Array, w: Array) -> float:
    """The area under the Lorenz curve, as it is usually written in NumPy."""
    order = np.argsort(x)
    x, w = x[order], w[order]
    people, held = np.cumsum(w), np.cumsum(w * x)
    area = np.sum(held[1:] * people[:-1] - held[:-1] * people[1:])
    return float(area / (people[-1] * held[-1]))


def textbook_unweighted_gini(x: Array) -> float:
    x = np.sort(x)
    n = x.size
    return float(np.sum((2 * np.arange(1, n + 1) - n - 1) * x) / (n * np.sum(x)))


def groupby_apply(weighted: bool) -> pd.DataFrame:
    def measure(part: pd.DataFrame) -> pd.Series:
        weights = part["w"] if weighted else None
        return pd.Series(
            {name: MEASURES[name].function(part["x"], weights) for name in TEN_MEASURES}
        )

    return provinces().groupby("group")[["x", "w"]].apply(measure)


def grouped(weighted: bool) -> pd.DataFrame:
    frame = provinces()
    weights = frame["w"] if weighted else None
    return grouped_measures(frame["x"], frame["group"], weights, measures=TEN_MEASURES)


def unweighted_gini(n: int) -> Case:
    x, _ = lognormal(n)
    return Case(
        f"unweighted Gini, {n:,} values",
        1.6,
        "np.sort",
        {
            "this package": lambda: gini(x),
            "np.sort": lambda: np.sort(x),
            "PySAL": lambda: Gini(x).g,
        },
    )


def weighted_gini(n: int, *, whole: bool = False) -> Case:
    x, w = lognormal(n)
    values = np.floor(100 * x) if whole else x
    return Case(
        f"weighted Gini, {n:,} {'whole numbers, most of them tied' if whole else 'values'}",
        None if whole else 1.25,
        "argsort + 2 takes",
        {
            "this package": lambda: gini(values, w),
            "argsort + 2 takes": lambda: argsort_and_two_takes(values, w),
            "textbook NumPy": lambda: textbook_gini(values, w),
        },
    )


def ten_measures(*, weighted: bool) -> Case:
    return Case(
        f"10 measures x 500 groups, 1,000,000 rows, {'weighted' if weighted else 'unweighted'}",
        10.0 if weighted else None,
        "groupby.apply",
        {
            "this package": lambda: grouped(weighted),
            "groupby.apply": lambda: groupby_apply(weighted),
        },
        faster=True,
        rounds=4,
    )


def bootstrap(n: int, replicates: int, **bound: float) -> Case:
    x, w = lognormal(n)
    return Case(
        f"bootstrap of the weighted Gini, {n:,} units, {replicates:,} replicates",
        bound.get("bound"),
        "loop over gini",
        {
            "this package": lambda: bootstrap_replicates(
                [Sample(gini, x, w)], Design.of(n), replicates, np.random.default_rng(1)
            ),
            "loop over gini": lambda: scalar_loop(x, w, replicates, np.random.default_rng(1)),
        },
        limit=bound.get("limit"),
        faster=True,
        rounds=4,
    )


def jackknife(n: int) -> Case:
    x, w = lognormal(n)
    return Case(
        f"jackknife interval of the weighted Gini, {n:,} units",
        5.0,
        "one gini",
        {
            "this package": lambda: confidence_interval(
                gini, x, w, randomness="superpopulation", method="jackknife"
            ),
            "one gini": lambda: gini(x, w),
        },
    )


def of_measures() -> list[Case]:
    return [
        unweighted_gini(1_000_000),
        unweighted_gini(10_000_000),
        weighted_gini(1_000_000),
        weighted_gini(10_000_000),
        weighted_gini(1_000_000, whole=True),
        weighted_gini(10_000_000, whole=True),
        ten_measures(weighted=True),
        ten_measures(weighted=False),
    ]


def of_inference() -> list[Case]:
    return [
        bootstrap(514, 1000, limit=12.0),
        bootstrap(100_000, 100, bound=4.0),
        jackknife(100_000),
    ]
