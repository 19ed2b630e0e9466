"""Measures of a frame, with their intervals, in one tidy table."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analysis.arrays import as_frame
from analysis.errors import AnalysisError, DomainError, IntervalError, ParameterError
from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.coverage import simulated_coverage
from analysis.inequality.inference.intervals import Method, Randomness
from analysis.inequality.measures.measure import Statistic
from analysis.inequality.measures.registry import named_measures
from analysis.inequality.samples.sample import as_sample
from analysis.labels import label_codes
from analysis.messages import some
from analysis.totals import refuse_total

__all__ = ["Confidence", "inequality_table"]

ALL = "all"
Undefined = Literal["refuse", "note"]

_DEFAULT = ("gini", "hoover", "theil_t", "theil_l")
_OF_INTERVAL = ("se", "low", "high", "level", "method", "randomness")
_NAMES = ("method", "randomness")
_COLUMNS = ("measure", "units", "estimate", *_OF_INTERVAL, "coverage", "note")


@dataclass(frozen=True)
class Confidence:
    """How the intervals of a table are made; see `confidence_interval` for what they mean.

    With four units or more and values above zero, intervals that say 95 % hold in about 91 to 97
    of 100 repetitions by default, if units are nearly log-normal; in less regular worlds, with
    zeros among few units, for a measure of your own or by another method, less often
    (`docs/coverage.md`). `coverage_draws` finds how often for the units at hand.

    Parameters
    ----------
    randomness : {"sampling", "superpopulation", "count"}
        What is taken to be random; the analyst has to say, since data cannot tell.
    counts : str, optional
        Column of the staff counts, for "count".
    method : str, optional
        As in `confidence_interval`; by default the one that covers best.
    level : float
        Nominal coverage.
    replicates : int
        Bootstrap replicates.
    seed : int
        Makes replicates repeatable.
    strata, clusters : str, optional
        Columns of the strata that units were sampled from, and of the clusters drawn whole.
    coverage_draws : int
        Repetitions by which the coverage of every interval is simulated, see `simulated_coverage`;
        none by default. 1,000 take a second or so for 38 units and six measures.
    """

    randomness: Randomness
    counts: str | None = None
    method: Method | None = None
    level: float = 0.95
    replicates: int = 2000
    seed: int = 1
    strata: str | None = None
    clusters: str | None = None
    coverage_draws: int = 0


def inequality_table(
    frame: pd.DataFrame,
    *,
    value: str,
    weight: str | None = None,
    by: str | Sequence[str] | None = None,
    measures: Sequence[str] | Mapping[str, Statistic] = _DEFAULT,
    ci: Confidence | None = None,
    total: str = ALL,
    undefined: Undefined = "refuse",
    as_given: bool = False,
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
    by : str or sequence of str, optional
        Column of groups, or columns whose combinations are the groups; each gets the measures of
        its own units, after those of all units. For hundreds of groups without intervals
        `grouped_measures` is faster.
    measures : sequence of str, or mapping of str to callable
        Names in `MEASURES`; or, under names of your own, any ``measure(x, weights) -> float``,
        with options bound by `functools.partial`.
    ci : Confidence, optional
        Add an interval to every measure that has an honest one.
    total : str
        What the rows of all units are called, which no group may be.
    undefined : {"refuse", "note"}
        What to do where a measure (Theil L of a group with a zero) does not exist: raise an error
        that names it, or leave the number out and say why in a column `note`.
    as_given : bool
        Accept a row that is the sum of the others, or named like a total (Indonesia, Jumlah) in the
        index or a column of text: it is meant.

    Returns
    -------
    DataFrame
        One row per group and measure: `group`, or one column per key if `by` is a sequence (`total`
        for all units); `measure`, `units` (their number), `estimate`; with `ci` also `se`, `low`,
        `high`, `level`, `method`, `randomness`, and `coverage`, how often the interval holds in
        simulated repetitions, missing where that was not simulated. With `ci` or
        ``undefined="note"`` also `note`, empty where all is well: an interval that cannot be given,
        as for a group of two or the ratio of extremes, is missing and the note says why.

    Raises
    ------
    ParameterError
        If a column, measure or option is unknown, or a group is called as the total is.
    DomainError
        If labels are missing, a row looks like the total of the others, or values or weights lie
        outside the domain of a measure: the message names group and measure.

    Examples
    --------
    >>> frame = pd.DataFrame({"ratio": [1.0, 3.0, 2.0], "people": [30, 10, 20]})
    >>> inequality_table(frame, value="ratio", weight="people", measures=["gini", "hoover"])
      group measure  units  estimate
    0   all    gini      3  0.233333
    1   all  hoover      3  0.200000
    """
    frame = as_frame(frame, what="inequality_table, frame")
    keys = [] if by is None else [by] if isinstance(by, str) else list(by)
    named = named_measures(measures, what="inequality_table")
    _check_options(ci, undefined)
    _check_columns(frame, [value, weight, *keys, *_columns_of(ci)])
    names = ["group"] if by is None or isinstance(by, str) else keys
    _check_keys(names)
    weights = None if weight is None else frame[weight]
    values, people = as_sample(frame[value], weights, measure=f"inequality_table, {value}")
    if not as_given:
        amounts = () if people is None else (people, people * values)
        for labels_of_rows in _names_of_rows(frame):
            refuse_total(labels_of_rows, *amounts, what="inequality_table")
    rows = []
    for labels, units in _groups(frame, keys, total, len(names)):
        place = ", ".join(f"{key} {label}" for key, label in zip(keys, labels, strict=False))
        for name, measure in named.items():
            cell = _Cell(
                name, measure, units, value, weight, ci, place if units is not frame else ""
            )
            found = cell.found() if undefined == "refuse" else cell.noted()
            rows.append(
                dict(zip(names, labels, strict=True))
                | {"measure": name, "units": len(units)}
                | found
            )
    return pd.DataFrame(rows)


def _names_of_rows(frame: pd.DataFrame) -> Iterator[pd.Index]:
    """Yield what may name the rows: the index, and columns of text; mere numbers come last."""
    numbered = isinstance(frame.index, pd.RangeIndex)
    if not numbered:
        yield frame.index
    for position, dtype in enumerate(frame.dtypes):
        if pd.api.types.is_string_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype):
            yield pd.Index(frame.iloc[:, position])
    if numbered:
        yield frame.index


def _check_options(ci: object, undefined: str) -> None:
    if ci is not None and not isinstance(ci, Confidence):
        raise ParameterError(
            "inequality_table, ci: expected what is random and how, such as "
            f'Confidence("superpopulation"), not {ci!r}.'
        )
    if undefined not in get_args(Undefined):
        raise ParameterError(
            f"inequality_table, undefined: {undefined!r} is none of "
            f"{', '.join(get_args(Undefined))}."
        )


def _columns_of(ci: Confidence | None) -> list[str | None]:
    return [] if ci is None else [ci.counts, ci.strata, ci.clusters]


def _check_columns(frame: pd.DataFrame, named: Sequence[str | None]) -> None:
    wanted = [name for name in named if name is not None]
    absent = [name for name in wanted if name not in frame]
    if absent:
        raise ParameterError(
            f"inequality_table: the frame has no column {', '.join(map(repr, absent))}; it has "
            f"{', '.join(map(str, frame.columns))}."
        )
    twice = [name for name in wanted if (frame.columns == name).sum() > 1]
    if twice:
        raise ParameterError(
            f"inequality_table: the frame has more than one column {some(map(repr, twice))}. "
            "Rename all but one."
        )


def _check_keys(names: Sequence[str]) -> None:
    taken = [name for name in names if name in _COLUMNS]
    if taken or not names:
        raise ParameterError(
            f"inequality_table, by: {some(map(repr, taken)) or 'an empty list'} cannot be a column "
            "of groups beside those of the result. Rename it, or leave `by` out."
        )
    if len(set(names)) < len(names):
        raise ParameterError("inequality_table, by: a column is named twice. Name each once.")


def _groups(
    frame: pd.DataFrame, keys: list[str], total: str, width: int
) -> Iterator[tuple[tuple[object, ...], pd.DataFrame]]:
    """Yield all units, then each group, with its label for each key."""
    for key in keys:
        _, labels = label_codes(frame[key], len(frame), what=f"inequality_table, {key}")
        if total in labels.tolist():
            raise ParameterError(
                f"inequality_table, by: a group in {key} is called {total!r}, as the rows of all "
                'units are. Pass another name for these, such as total="(total)".'
            )
    yield (total,) * width, frame
    if keys:
        yield from frame.groupby(keys, sort=True, observed=True)


@dataclass(frozen=True)
class _Cell:
    """One measure of some units of a frame."""

    name: str
    measure: Statistic
    units: pd.DataFrame
    value: str
    weight: str | None
    ci: Confidence | None
    place: str

    def found(self) -> dict[str, object]:
        """Return the estimate and what belongs to its interval; errors name group and measure."""
        try:
            estimate = self._estimate()
            return estimate | ({} if self.ci is None else self._interval(self.ci))
        except AnalysisError as error:
            if isinstance(error, ParameterError) and not self.place:
                raise  # nothing about these units: the options are wrong
            place = f"{self.place} (units: {len(self.units)}), " if self.place else ""
            raise type(error)(
                f"inequality_table, {place}{self.name}: {error} To keep the rest of the table, "
                'pass undefined="note", or choose measures that exist for all groups.'
            ) from error

    def noted(self) -> dict[str, object]:
        """Return the same, with what does not exist left out and the reason beside it."""
        try:
            estimate = self._estimate()
        except DomainError as error:
            return {"estimate": math.nan, "note": str(error)}
        try:
            return estimate | ({"note": ""} if self.ci is None else self._interval(self.ci))
        except AnalysisError as error:
            if isinstance(error, ParameterError) and not self.place:
                raise
            return estimate | {"note": f"no interval: {error}"}

    def _column(self, name: str | None) -> pd.Series | None:
        return None if name is None else self.units[name]

    def _estimate(self) -> dict[str, object]:
        return {"estimate": self.measure(self.units[self.value], self._column(self.weight))}

    def _interval(self, ci: Confidence) -> dict[str, object]:
        """Return what belongs to the interval, or only why there is none."""
        try:
            found = confidence_interval(
                self.measure,
                self.units[self.value],
                self._column(self.weight),
                randomness=ci.randomness,
                method=ci.method,
                level=ci.level,
                replicates=ci.replicates,
                seed=ci.seed,
                counts=self._column(ci.counts),
                strata=self._column(ci.strata),
                clusters=self._column(ci.clusters),
            )
        except IntervalError as error:
            absent = {name: None if name in _NAMES else math.nan for name in _OF_INTERVAL}
            return absent | {"coverage": math.nan, "note": f"no interval: {error}"}
        interval = {key: getattr(found, key) for key in _OF_INTERVAL}
        return interval | {"coverage": self._coverage(ci), "note": ""}

    def _coverage(self, ci: Confidence) -> float:
        """Return the simulated coverage; NaN where there is no world to simulate."""
        if not ci.coverage_draws or ci.strata is not None or ci.clusters is not None:
            return math.nan
        try:
            (found,) = simulated_coverage(
                [self.measure],
                self.units[self.value],
                self._column(self.weight),
                randomness=ci.randomness,
                method=ci.method,
                level=ci.level,
                draws=ci.coverage_draws,
                seed=ci.seed,
                counts=self._column(ci.counts),
            )
        except DomainError:
            return math.nan
        return found.coverage
