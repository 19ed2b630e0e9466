"""How far agencies were by a date, where only reports on some days say who was done.

A report that lists an agency says that it was done on or before that day; one that does not, that
it was not yet. What lies between two reports is censored to an interval; an agency that no report
lists is censored to the right: it has not failed, it was not seen to finish.
"""

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from analysis.arrays import BoolArray, FloatArray
from analysis.errors import DataError
from analysis.messages import some

DONE, NOT_DONE, UNKNOWN = "done", "not_done", "unknown"
STATES = (DONE, NOT_DONE, UNKNOWN)

_SLACK = 1e-6  # how far above one the slopes of the likelihood may be at its maximum
_HOLD = 30.0  # weight of the sum of the shares in a step
_SMALLEST = 1e-12  # part of a step
_MOST_STEPS = 200


def completion_intervals(reports: pd.DataFrame) -> pd.DataFrame:
    """Return between which days each agency completed each stage.

    Parameters
    ----------
    reports : DataFrame
        One row for each agency, stage and day of a report: `agency` (label), `stage`, `date`,
        `reached` (bool). Optional: `reached_on`, the day itself where a report says it.

    Returns
    -------
    DataFrame
        One row for each agency and stage, in the order in which they occur: `agency`, `stage`,
        `after` (the last day on which it was not done; missing where the first report lists it),
        `by` (the first day on which it was; missing where no report lists it).

    Raises
    ------
    DataError
        If a report occurs twice, an agency falls back behind what it had reached, or a day
        contradicts the reports.
    """
    keys = ["agency", "stage"]
    _refuse_incomplete(reports)
    rows = reports.sort_values("date", kind="stable")
    twice = rows.duplicated([*keys, "date"])
    if twice.any():
        raise DataError(
            f"reports: more than one of a day: {_shown(rows[twice])}. Keep the one that holds."
        )
    # groupby sorts no labels, so that an agency stands where it first occurred
    order = reports.groupby(keys, sort=False, observed=True).ngroup()
    first = reports[keys].assign(group=order).drop_duplicates("group").set_index("group")
    groups = order.reindex(rows.index)
    reached = rows["reached"].astype(bool)
    by = rows["date"].where(reached).groupby(groups).min()
    after = rows["date"].where(~reached).groupby(groups).max()
    back = after >= by
    if back.any():
        raise DataError(
            "reports: listed as done and later as not done: "
            + some(
                f"{first.loc[i, 'agency']}, {first.loc[i, 'stage']} (done on {by[i]:%Y-%m-%d}, not "
                f"done on {after[i]:%Y-%m-%d})"
                for i in back.index[back]
            )
            + ". What is reached stays reached: correct one of the two."
        )
    found = first.sort_index().assign(after=after, by=by)
    if "reached_on" in rows:
        found = _on_their_day(found, rows["reached_on"].groupby(groups))
    return found.reset_index(drop=True)


def _refuse_incomplete(reports: pd.DataFrame) -> None:
    for name in ("agency", "stage", "date", "reached"):
        empty = reports[name].isna()
        if empty.any():
            raise DataError(
                f"reports, column {name}: missing in rows {some(reports.index[empty])}. Fill it "
                "in; a report that says nothing of an agency is no row."
            )


def _shown(rows: pd.DataFrame) -> str:
    said = zip(rows["agency"], rows["stage"], rows["date"], strict=True)
    return some(f"{agency}, {stage}, {day:%Y-%m-%d}" for agency, stage, day in said)


def _on_their_day(found: pd.DataFrame, days: Any) -> pd.DataFrame:
    """Return the intervals shrunk to a day where one is said."""
    first, last = days.min(), days.max()
    wrong = (
        (first != last) & first.notna()
        | (first <= found["after"])
        | (last > found["by"])
        | (first.notna() & found["by"].isna())
    )
    if wrong.any():
        raise DataError(
            "reports, column reached_on: the day contradicts the reports of "
            + some(f"{found.loc[i, 'agency']}, {found.loc[i, 'stage']}" for i in wrong.index[wrong])
            + ". It lies after each report that does not list the agency, and on or before each "
            "that does; all rows of an agency and stage say the same."
        )
    before = first - pd.Timedelta(days=1)
    return found.assign(after=before.fillna(found["after"]), by=first.fillna(found["by"]))


def status_at(intervals: pd.DataFrame, day: pd.Timestamp) -> "pd.Series[str]":
    """Return what is known of each agency and stage at the end of a day.

    "done" if a report up to that day lists it, "not_done" if a report of that day or later does
    not, "unknown" between the two.

    Parameters
    ----------
    intervals : DataFrame
        As from `completion_intervals`.
    day : Timestamp
    """
    done = (intervals["by"] <= day).to_numpy()
    waiting = (intervals["after"] >= day).to_numpy()
    known = np.where(done, DONE, np.where(waiting, NOT_DONE, UNKNOWN))
    return pd.Series(known, index=intervals.index, dtype="str")


def burn_up(intervals: pd.DataFrame, days: "pd.DatetimeIndex") -> pd.DataFrame:
    """Return how many agencies were done by each day, were not, or may have been.

    The share done lies between `done / n` and `(done + unknown) / n`, whatever happened between
    reports (the worst cases of Manski, 1990, *American Economic Review* 80(2)).

    Returns
    -------
    DataFrame
        One row for each stage and day: `stage`, `date`, `done`, `not_done`, `unknown`; int.
    """
    rows = []
    for stage, part in intervals.groupby("stage", sort=False, observed=True):
        for day in days:
            counts = status_at(part, day).value_counts()
            rows.append((stage, day, *(int(counts.get(state, 0)) for state in STATES)))
    return pd.DataFrame(rows, columns=["stage", "date", *STATES])


def completion_curve(intervals: pd.DataFrame) -> pd.DataFrame:
    r"""Return the non-parametric maximum-likelihood estimate of when agencies are done.

    It puts a share :math:`p_j` of them on each of the intervals of days :math:`[q_j, r_j]` that
    the data can tell apart, and maximises :math:`\sum_i \log \sum_{j: [q_j, r_j] \subseteq
    [L_i, R_i]} p_j` (Peto, 1973, *Applied Statistics* 22; Turnbull, 1976, *JRSS B* 38). Where in
    such an interval its share falls, no data of this kind can say.

    Parameters
    ----------
    intervals : DataFrame
        Of one stage, as from `completion_intervals`.

    Returns
    -------
    DataFrame
        `start` and `end` of each interval in days, both included, in order; `start` is missing
        where it is open to the past, `end` where it is open to the future; `share`, adding up to 1.

    Raises
    ------
    DataError
        If there is no agency, or the estimate does not meet the conditions of a maximum.

    Notes
    -----
    Days are whole, so that an agency not done on the 18th and done on the 27th was done in
    [19, 27]. The maximum is where no interval has a slope of the mean log likelihood above one, and
    those with a share have one (Gentleman and Geyer, 1994, *Biometrika* 81(3)).
    """
    if intervals.empty:
        raise DataError("There is no agency whose completion could be estimated. Give reports.")
    lower, upper, origin = _in_days(intervals)
    starts, ends = _told_apart(lower, upper)
    inside = (lower[:, None] <= starts) & (ends <= upper[:, None])
    return pd.DataFrame(
        {"start": _dates(starts, origin), "end": _dates(ends, origin), "share": _shares(inside)}
    )


def share_done(curve: pd.DataFrame, day: pd.Timestamp) -> tuple[float, float]:
    """Return from where to where the estimated share done by the end of a day lies.

    The two are equal where the day lies in none of the intervals that the data cannot look into.

    Parameters
    ----------
    curve : DataFrame
        As from `completion_curve`.
    """
    share = curve["share"]
    low = float(share[curve["end"] <= day].sum())
    began = curve["start"].isna() | (curve["start"] <= day)
    return low, min(float(share[began].sum()), 1.0)


def _in_days(intervals: pd.DataFrame) -> tuple[FloatArray, FloatArray, pd.Timestamp]:
    """Return closed intervals in days from the one before the first known day.

    Zero stands for a past that is open, infinity for a future.
    """
    origin = pd.concat([intervals["after"], intervals["by"]]).min() - pd.Timedelta(days=2)
    if pd.isna(origin):
        raise DataError("No report has a date. Give the days of the reports.")
    day = pd.Timedelta(days=1)
    lower = ((intervals["after"] - origin) / day + 1).fillna(0.0).to_numpy(dtype=np.float64)
    upper = ((intervals["by"] - origin) / day).fillna(np.inf).to_numpy(dtype=np.float64)
    return lower, upper, origin


def _told_apart(lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the innermost intervals: from a left end to the right end that follows it."""
    ends = np.concatenate([lower, upper])
    is_right = np.repeat([False, True], lower.size)
    order = np.lexsort((is_right, ends))
    ends, is_right = ends[order], is_right[order]
    innermost: BoolArray = ~is_right[:-1] & is_right[1:]
    return ends[:-1][innermost], ends[1:][innermost]


def _shares(inside: BoolArray) -> FloatArray:
    """Return the shares that maximise the likelihood, by the constrained Newton method.

    Each step minimises the quadratic approximation of the likelihood over non-negative shares
    (Wang, 2007, *JRSS B* 69(2), eq. 7) and is halved until the likelihood grows.
    """
    rows, counts = np.unique(inside, axis=0, return_counts=True)
    weights = counts / counts.sum()
    roots = np.sqrt(weights)
    shares = np.full(inside.shape[1], 1.0 / inside.shape[1])
    for _ in range(_MOST_STEPS):
        fitted = rows @ shares
        slopes = rows / fitted[:, None]
        if (weights @ slopes).max() - 1.0 <= _SLACK:
            return shares
        # the last row holds the sum of the shares to one
        left = np.vstack([slopes * roots[:, None], np.full(shares.size, _HOLD)])
        aim, _ = nnls(left, np.append(2.0 * roots, _HOLD))
        aim /= aim.sum()
        before, step = weights @ np.log(fitted), 1.0
        while step > _SMALLEST:
            tried = shares + step * (aim - shares)
            reached = rows @ tried
            if (reached > 0).all() and weights @ np.log(reached) > before:
                break
            step /= 2.0
        shares = tried
    raise DataError(
        "The shares of completion did not come to their maximum. Give reports of fewer days, or "
        "say the problem to those who keep this package."
    )


def _dates(days: FloatArray, origin: pd.Timestamp) -> "pd.DatetimeIndex":
    known = np.isfinite(days) & (days > 0)
    offsets = pd.to_timedelta(np.where(known, days, 0.0), unit="D")
    return pd.DatetimeIndex((origin + offsets).where(known))
