"""What each unit needs, under several named models.

Dividing people by population alone would send teachers from Papua to West Java. How much a plan
depends on the model of need is therefore a result of its own: `compare_need` sets models side by
side.
"""

import warnings
from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.arrays import IntArray, as_frame, as_number
from analysis.errors import DomainError, ParameterError
from analysis.labels import (
    Labels,
    align,
    as_items,
    flat,
    labels_of,
    positions_of,
    require_unique,
)
from analysis.messages import positions, some
from analysis.redistribution.indices import gini_over_need, hoover_over_need
from analysis.redistribution.units import Units, as_amounts, as_need, as_positive, as_staff

_APART = 10.0  # times that all staff may be all need, or the other way round, without a word

DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"population": 0.7, "area": 0.1, "villages": 0.2}
)
"""Weights of a composite need: an assumption to start from, not a rule of any regulation."""

EFFECTIVE_MINUTES: Mapping[str, float] = MappingProxyType(
    {"PermenPANRB 1/2020": 75_000.0, "Perka BKN 19/2011": 72_000.0}
)
"""Effective working minutes a year: 1,250 and 1,200 hours. The first is read from public code that
applies the regulation, not from its text."""


def proportional_need(indicator: pd.Series, total: float) -> pd.Series:
    """Return the share of `total` staff by one indicator, ``d_i = T x_i / X``.

    Parameters
    ----------
    indicator : Series of shape (n,)
        Amounts >= 0 by unit, such as population, pupils or villages.
    total : float
        Staff to share out, > 0: that there are today, for the share that would be even.

    Returns
    -------
    Series
        People, not rounded; they add up to `total`.

    Raises
    ------
    DomainError
        If an amount is negative or missing, all are zero, or the total is not above zero.

    Examples
    --------
    >>> proportional_need(pd.Series({"11": 30, "12": 10}), 8).tolist()
    [6.0, 2.0]
    """
    amounts = _as_series(indicator, "indicator")
    values = as_need(amounts, amounts.size, what=str(amounts.name))
    total = as_positive(total, what="total")
    return pd.Series(total * values / values.sum(), index=amounts.index, name="need")


def composite_need(
    indicators: pd.DataFrame, total: float, weights: Mapping[str, float] = DEFAULT_WEIGHTS
) -> pd.Series:
    """Return the share of `total` staff by a weighted mean of shares of several indicators.

    ``d_i = T sum_c (w_c / W) x_ic / X_c``

    Parameters
    ----------
    indicators : DataFrame of shape (n, c)
        Amounts >= 0 by unit.
    total : float
        Staff to share out, > 0.
    weights : mapping of str to float
        Weight >= 0 of each column that counts; only their proportions matter. The default is an
        assumption.

    Returns
    -------
    Series
        People, not rounded; they add up to `total`.

    Raises
    ------
    ParameterError
        If a column is not there, a weight is negative, all are zero, or their sum is infinite.
    DomainError
        As `proportional_need`, naming the column.

    Examples
    --------
    >>> frame = pd.DataFrame({"population": [30, 10], "villages": [5, 15]})
    >>> composite_need(frame, 100, {"population": 3, "villages": 1}).tolist()
    [62.5, 37.5]
    """
    indicators = as_frame(indicators, what="indicators")
    unknown = sorted(set(weights) - set(indicators.columns))
    if unknown:
        raise ParameterError(
            f"weights name {some(unknown)}, but the indicators are {some(indicators.columns)}. "
            "Correct the name or add the column."
        )
    wrong = [
        f"{name}: {weight}"
        for name, weight in weights.items()
        if not 0 <= as_number(weight, what=f"weights, {name}") < np.inf
    ]
    if wrong or not sum(weights.values()):
        raise ParameterError(
            f"weights must be 0 or more, with at least one above; {some(wrong) or 'none is'}."
        )
    scale = sum(weights.values())
    if scale == np.inf:
        raise ParameterError(
            "weights add up to more than a number can hold. Only their proportions matter: divide "
            "all by the largest."
        )
    parts = [
        weight / scale * proportional_need(indicators[name], total)
        for name, weight in weights.items()
        if weight > 0
    ]
    return pd.Series(np.sum(parts, axis=0), index=indicators.index, name="need")


def workload_need(
    tasks: pd.DataFrame,
    units: pd.Series | Iterable[Hashable],
    *,
    effective_minutes: float = EFFECTIVE_MINUTES["PermenPANRB 1/2020"],
) -> pd.Series:
    """Return the need by workload analysis (*analisis beban kerja*).

    ``d_i = sum_t volume_it norm_it / effective minutes``

    Parameters
    ----------
    tasks : DataFrame
        One row a task: `unit`, `volume` (times a year), `norm_minutes` (minutes each time).
    units : Series of staff, or iterable of labels
        Every unit; each has at least one task, of volume 0 where there is no work, and no task is
        of another unit. Staff by unit also tells whether the total can be true.
    effective_minutes : float
        Working minutes a year of one person, > 0; see `EFFECTIVE_MINUTES`.

    Returns
    -------
    Series
        People by unit, not rounded, in the order of `units`.

    Raises
    ------
    DomainError
        If a column or the unit of a task is missing, a unit has no task, a task is of no unit, a
        volume or norm is no number, negative or missing, or the minutes are not above zero.

    Warns
    -----
    UserWarning
        If `units` holds staff and all staff is more than ten times all need, or less than a tenth
        of it: a column may be in thousands, or dots between thousands read as decimal points.

    Examples
    --------
    >>> tasks = pd.DataFrame({"unit": ["A", "A"], "volume": [100, 50], "norm_minutes": [600, 300]})
    >>> workload_need(tasks, ["A"]).tolist()
    [1.0]
    >>> workload_need(tasks, ["A"], effective_minutes=72_000).tolist()
    [1.0416666666666667]
    """
    rows = as_frame(tasks, what="tasks").reset_index(drop=True)
    missing = sorted({"unit", "volume", "norm_minutes"} - set(rows.columns))
    if missing:
        raise DomainError(
            f"tasks: column {some(missing)} is missing. One row a task needs unit, volume and "
            "norm_minutes."
        )
    minutes = as_positive(effective_minutes, what="effective_minutes")
    labels = labels_of(units)
    if labels is None:
        labels = pd.Index(as_items(units, what="units"), tupleize_cols=False)
    require_unique(labels, what="units")
    at = _units_of_tasks(rows["unit"], labels)
    volume = as_amounts(rows["volume"], len(rows), what="tasks, volume")
    norm = as_amounts(rows["norm_minutes"], len(rows), what="tasks, norm_minutes")
    need = np.bincount(at, weights=volume * norm, minlength=labels.size) / minutes
    if isinstance(units, pd.Series | Mapping):
        _warn_of_scale(float(as_staff(pd.Series(units), what="units, staff").sum()), need.sum())
    return pd.Series(need, index=labels, name="need")


def standard_need(load: pd.Series, per_staff: float) -> pd.Series:
    """Return the need by a standard, ``d_i = load_i / standard``, such as pupils per teacher.

    Parameters
    ----------
    load : Series of shape (n,)
        What is served, >= 0.
    per_staff : float
        How much of it one person serves, > 0.

    Returns
    -------
    Series
        People, not rounded.

    Raises
    ------
    DomainError
        If a load is negative or missing, all are zero, or the standard is not above zero.

    Examples
    --------
    >>> standard_need(pd.Series({"A": 600, "B": 90}), per_staff=20).tolist()
    [30.0, 4.5]
    """
    loads = _as_series(load, "load")
    values = as_need(loads, loads.size, what=str(loads.name))
    return pd.Series(values / as_positive(per_staff, what="per_staff"), loads.index, name="need")


def compare_need(staff: pd.Series, needs: pd.DataFrame, *, as_given: bool = False) -> pd.DataFrame:
    """Return what each model of need says of the same staff.

    Each need is scaled to all staff first, so that models differ in shares only.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole people by unit.
    needs : DataFrame of shape (n, m)
        Need of each unit (>= 0), one column a model, of the same units.
    as_given : bool
        Accept a unit that is the sum of the others, or named like a total: it is meant.

    Returns
    -------
    DataFrame
        One row a model: `model`, `gini` and `hoover` of staff per need, weighted by need,
        `moves_to_equality` (people), `short_units` and `agreement`: the rank correlation
        (Spearman) of the units' gaps with those of the first model.

    Raises
    ------
    DomainError
        If staff or a need is out of range, or the units differ.
    """
    gaps = need_gaps(staff, needs, as_given=as_given)
    rows = []
    for model, units in _by_model(staff, needs, as_given).items():
        hoover = hoover_over_need(units.staff, units.need)
        rows.append(
            {
                "model": model,
                "gini": gini_over_need(units.staff, units.need),
                "hoover": hoover,
                "moves_to_equality": hoover * units.total_staff,
                "short_units": int((gaps[model] < 0).sum()),
                "agreement": float(stats.spearmanr(gaps.iloc[:, 0], gaps[model]).statistic),
            }
        )
    return pd.DataFrame(rows)


def need_gaps(staff: pd.Series, needs: pd.DataFrame, *, as_given: bool = False) -> pd.DataFrame:
    """Return the staff of each unit above (+) or below (-) its share of need, model by model.

    ``s_i - S d_i / D``, in people; see `compare_need`.

    Raises
    ------
    DomainError
        As `compare_need`.
    """
    gaps = {
        model: pd.Series(u.staff - u.total_staff * u.need / u.need.sum(), index=u.labels)
        for model, u in _by_model(staff, needs, as_given).items()
    }
    return pd.DataFrame(gaps)


def scenario_flips(
    staff: pd.Series, needs: pd.DataFrame, *, as_given: bool = False
) -> pd.DataFrame:
    """Return the units that are short under one scenario of need and not under another.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole people by unit.
    needs : DataFrame of shape (n, m)
        Need in people, not scaled, one column a scenario: such as `workload_need` at 75,000 and
        at 72,000 effective minutes, which lie 4.2 % apart.
    as_given : bool
        As in `compare_need`.

    Returns
    -------
    DataFrame
        For each unit that flips, the gap ``s_i - d_i`` in each scenario; the index is that of
        `staff`.

    Raises
    ------
    DomainError
        If staff or a need is out of range, or the units differ.

    Examples
    --------
    >>> staff = pd.Series({"A": 102, "B": 90})
    >>> needs = pd.DataFrame({"75,000": [100, 100], "72,000": [104.2, 104.2]}, index=["A", "B"])
    >>> scenario_flips(staff, needs).index.tolist()
    ['A']
    """
    gaps = {
        scenario: pd.Series(u.staff - u.need, index=u.labels)
        for scenario, u in _by_model(staff, needs, as_given).items()
    }
    table = pd.DataFrame(gaps)
    short = table < 0
    return table[short.any(axis=1) & ~short.all(axis=1)]


def _by_model(staff: pd.Series, needs: pd.DataFrame, as_given: bool) -> dict[Any, Units]:
    """Return staff with each column of needs, aligned to staff by label."""
    table = as_frame(needs, what="needs")
    if table.shape[1] == 0:
        raise DomainError("needs: there is no column. Pass one for each model of need.")
    aligned = align(table, labels_of(staff), what="needs", to="staff")
    models = {}
    for model in aligned:
        try:
            models[model] = Units.of(staff, aligned[model], as_given=as_given)
        except DomainError as error:
            raise DomainError(f"model {model}: {error}") from error
    return models


def _as_series(amounts: "pd.Series[Any] | dict[Any, float]", what: str) -> "pd.Series[Any]":
    """Return amounts by unit as a series with a name."""
    if not isinstance(amounts, pd.Series | Mapping):
        raise DomainError(
            f"{what}: expected a series of amounts by unit, but got {type(amounts).__name__}. "
            "Write pandas.Series(amounts, index=units)."
        )
    series = pd.Series(amounts)
    require_unique(flat(series.index), what=what)
    return series if series.name is not None else series.rename(what)


def _units_of_tasks(column: "pd.Series[Any]", labels: "Labels[Any]") -> IntArray:
    """Return the position of the unit of each task, or refuse tasks and units that do not fit."""
    blank = column.isna() | column.astype(str).str.strip().eq("")
    if blank.any():
        raise DomainError(
            f"tasks, unit: it is missing at {positions(blank.to_numpy())}. Write the unit of every "
            "task."
        )
    at = positions_of(column, labels, what="tasks, unit")
    idle = np.setdiff1d(np.arange(labels.size), at)
    if idle.size:
        raise DomainError(
            f"tasks: there are none of {some(labels[idle])}. Add a row of volume 0 where a unit "
            "has no work, or correct the spelling."
        )
    return at.astype(np.int64)


def _warn_of_scale(staff: float, need: float) -> None:
    if need > 0 and not 1 / _APART < staff / need < _APART:
        warnings.warn(
            f"All staff ({staff:,.0f}) is {staff / need:.3g} times all need ({need:,.6g}): check "
            "the units of volume and norm_minutes, and dots between thousands.",
            stacklevel=3,
        )
