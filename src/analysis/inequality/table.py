"""Measures of a frame, with their intervals, in one tidy table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.intervals import Method, Randomness
from analysis.inequality.measures import MEASURES

__all__ = ["Confidence", "inequality_table"]

ALL = "all"
_DEFAULT = ("gini", "hoover", "theil_t", "theil_l")
# Resampling units cannot go beyond the most extreme unit, so its interval would mean nothing.
_EXTREMES = ("max_min_ratio",)


@dataclass(frozen=True)
class Confidence:
    """How the intervals of a table are made; see `confidence_interval` for what they mean.

    Parameters
    ----------
    randomness : {"sampling", "superpopulation", "count"}
        What is taken to be random; the analyst has to say, since data cannot tell.
    counts : str, optional
        Column of the staff counts, for "count".
    method : str, optional
        "linearized", "jackknife", "percentile", "basic" or "bca"; by default the one that covers
        best.
    level : float
        Nominal coverage.
    replicates : int
        Bootstrap replicates.
    seed : int
        Makes replicates repeatable.
    """

    randomness: Randomness
    counts: str | None = None
    method: Method | None = None
    level: float = 0.95
    replicates: int = 2000
    seed: int = 1


def inequality_table(
    frame: pd.DataFrame,
    *,
    value: str,
    weight: str | None = None,
    by: str | None = None,
    measures: Sequence[str] = _DEFAULT,
    ci: Confidence | None = None,
) -> pd.DataFrame:
    """Return measures of inequality of a column, overall and by group.

    Parameters
    ----------
    frame : DataFrame
        One row per unit.
    value : str
        Column of values, such as staff per head.
    weight : str, optional
        Column of weights, such as people.
    by : str, optional
        Column of groups; each gets the measures of its own units, after those of all units. For
        hundreds of groups without intervals `grouped_measures` is faster.
    measures : sequence of str
        Names in `MEASURES`.
    ci : Confidence, optional
        Add an interval to every measure.

    Returns
    -------
    DataFrame
        One row per group and measure: `group` ("all" for all units), `measure`, `units` (their
        number), `estimate`; with `ci` also `se`, `low`, `high`, `level`, `method` and
        `randomness`, missing for the ratio of extremes unless counts are what is random.

    Raises
    ------
    ParameterError
        If a column or measure is unknown.
    DomainError
        If values or weights lie outside the domain of a measure.

    Examples
    --------
    >>> frame = pd.DataFrame({"ratio": [1.0, 3.0, 2.0], "people": [30, 10, 20]})
    >>> inequality_table(frame, value="ratio", weight="people", measures=["gini", "hoover"])
      group measure  units  estimate
    0   all    gini      3  0.233333
    1   all  hoover      3  0.200000
    """
    named = [value, weight, by, ci.counts if ci else None]
    absent = [name for name in named if name is not None and name not in frame]
    unknown = [name for name in measures if name not in MEASURES]
    if absent:
        raise ParameterError(
            f"inequality_table: the frame has no column {', '.join(map(repr, absent))}; it has "
            f"{', '.join(map(str, frame.columns))}."
        )
    if unknown:
        raise ParameterError(
            f"inequality_table, measures: {', '.join(unknown)} is unknown. Choose from "
            f"{', '.join(MEASURES)}."
        )
    return pd.DataFrame(
        [
            {"group": group, "measure": name, "units": len(rows)}
            | _measured(rows, name, value, weight, ci)
            for group, rows in _groups(frame, by)
            for name in measures
        ]
    )


def _groups(frame: pd.DataFrame, by: str | None) -> Iterator[tuple[object, pd.DataFrame]]:
    yield ALL, frame
    if by is not None:
        yield from frame.groupby(by, sort=True, dropna=False)


def _measured(
    rows: pd.DataFrame, name: str, value: str, weight: str | None, ci: Confidence | None
) -> dict[str, object]:
    measure = MEASURES[name].function
    weights = None if weight is None else rows[weight]
    if ci is None or (name in _EXTREMES and ci.randomness != "count"):
        return {"estimate": measure(rows[value], weights)}
    found = confidence_interval(
        measure,
        rows[value],
        weights,
        randomness=ci.randomness,
        method=ci.method,
        level=ci.level,
        replicates=ci.replicates,
        seed=ci.seed,
        counts=None if ci.counts is None else rows[ci.counts],
    )
    kept = ("estimate", "se", "low", "high", "level", "method", "randomness")
    return {key: getattr(found, key) for key in kept}
