"""What each unit needs, under several named models.

Dividing people by population alone would send teachers from Papua to West Java. How much a plan
depends on the model of need is therefore a result of its own: `compare_need` sets models side by
side.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import DomainError, ParameterError
from analysis.inequality import gini, hoover
from analysis.redistribution.units import as_amounts, as_need, as_staff, same_units, some

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
    values = as_need(indicator, len(indicator), what=str(indicator.name or "indicator"))
    if not 0.0 < total < np.inf:
        raise DomainError(f"total is {total}, but must be a number of staff above zero.")
    return pd.Series(total * values / values.sum(), index=indicator.index, name="need")


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
        If a column is not there, a weight is negative, or all are zero.
    DomainError
        As `proportional_need`, naming the column.

    Examples
    --------
    >>> frame = pd.DataFrame({"population": [30, 10], "villages": [5, 15]})
    >>> composite_need(frame, 100, {"population": 3, "villages": 1}).tolist()
    [62.5, 37.5]
    """
    unknown = sorted(set(weights) - set(indicators.columns))
    if unknown:
        raise ParameterError(
            f"weights name {some(unknown)}, but the indicators are "
            f"{some(list(map(str, indicators.columns)))}. Correct the name or add the column."
        )
    wrong = [f"{name}: {weight}" for name, weight in weights.items() if not 0 <= weight < np.inf]
    if wrong or not sum(weights.values()):
        raise ParameterError(
            f"weights must be 0 or more, with at least one above; {some(wrong) or 'none is'}."
        )
    scale = sum(weights.values())
    parts = [
        weight / scale * proportional_need(indicators[name], total)
        for name, weight in weights.items()
        if weight > 0
    ]
    return pd.Series(np.sum(parts, axis=0), index=indicators.index, name="need")


def workload_need(
    tasks: pd.DataFrame, *, effective_minutes: float = EFFECTIVE_MINUTES["PermenPANRB 1/2020"]
) -> pd.Series:
    """Return the need by workload analysis (*analisis beban kerja*).

    ``d_i = sum_t volume_it norm_it / effective minutes``

    Parameters
    ----------
    tasks : DataFrame
        One row a task: `unit`, `volume` (times a year), `norm_minutes` (minutes each time).
    effective_minutes : float
        Working minutes a year of one person, > 0; see `EFFECTIVE_MINUTES`.

    Returns
    -------
    Series
        People by unit, not rounded, in order of unit.

    Raises
    ------
    DomainError
        If a column is missing, a volume or norm is negative or missing, or the minutes are not
        above zero.

    Examples
    --------
    >>> tasks = pd.DataFrame({"unit": ["A", "A"], "volume": [100, 50], "norm_minutes": [600, 300]})
    >>> workload_need(tasks).tolist(), workload_need(tasks, effective_minutes=72_000).tolist()
    ([1.0], [1.0416666666666667])
    """
    missing = sorted({"unit", "volume", "norm_minutes"} - set(tasks.columns))
    if missing:
        raise DomainError(
            f"tasks: column {some(missing)} is missing. One row a task needs unit, volume and "
            "norm_minutes."
        )
    if not 0.0 < effective_minutes < np.inf:
        raise DomainError(f"effective_minutes is {effective_minutes}, but must be above zero.")
    rows = tasks.reset_index(drop=True)
    volume = as_amounts(rows["volume"], len(rows), what="tasks, volume")
    norm = as_amounts(rows["norm_minutes"], len(rows), what="tasks, norm_minutes")
    load = pd.Series(volume * norm).groupby(rows["unit"].to_numpy()).sum()
    return (load / effective_minutes).rename("need")


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
    values = as_need(load, len(load), what=str(load.name or "load"))
    if not 0.0 < per_staff < np.inf:
        raise DomainError(f"per_staff is {per_staff}, but must be above zero.")
    return pd.Series(values / per_staff, index=load.index, name="need")


def compare_need(staff: pd.Series, needs: pd.DataFrame) -> pd.DataFrame:
    """Return what each model of need says of the same staff.

    Each need is scaled to all staff first, so that models differ in shares only.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole people by unit.
    needs : DataFrame of shape (n, m)
        Need of each unit (> 0), one column a model.

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
    gaps = need_gaps(staff, needs)
    people = float(staff.sum())
    rows = []
    for model in needs:
        need = as_need(needs[model], len(staff), what=f"need {model}", positive=True)
        ratio = staff.to_numpy(dtype=np.float64) / need
        rows.append(
            {
                "model": model,
                "gini": gini(ratio, need),
                "hoover": hoover(ratio, need),
                "moves_to_equality": hoover(ratio, need) * people,
                "short_units": int((gaps[model] < 0).sum()),
                "agreement": float(stats.spearmanr(gaps.iloc[:, 0], gaps[model]).statistic),
            }
        )
    return pd.DataFrame(rows)


def need_gaps(staff: pd.Series, needs: pd.DataFrame) -> pd.DataFrame:
    """Return the staff of each unit above (+) or below (-) its share of need, model by model.

    ``s_i - S d_i / D``, in people; see `compare_need`.

    Raises
    ------
    DomainError
        As `compare_need`.
    """
    counts = as_staff(staff)
    columns = {}
    for model in needs:
        same_units(staff, needs[model], f"staff and need {model}")
        need = as_need(needs[model], counts.size, what=f"need {model}")
        columns[model] = counts - counts.sum() * need / need.sum()
    return pd.DataFrame(columns, index=staff.index)


def scenario_flips(staff: pd.Series, needs: pd.DataFrame) -> pd.DataFrame:
    """Return the units that are short under one scenario of need and not under another.

    Parameters
    ----------
    staff : Series of shape (n,)
        Whole people by unit.
    needs : DataFrame of shape (n, m)
        Need in people, not scaled, one column a scenario: such as `workload_need` at 75,000 and
        at 72,000 effective minutes, which lie 4.2 % apart.

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
    counts = as_staff(staff)
    gaps = {}
    for scenario in needs:
        same_units(staff, needs[scenario], f"staff and need {scenario}")
        gaps[scenario] = counts - as_amounts(needs[scenario], counts.size, what=f"need {scenario}")
    table = pd.DataFrame(gaps, index=staff.index)
    short = table < 0
    return table[short.any(axis=1) & ~short.all(axis=1)]
