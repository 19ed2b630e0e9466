"""Who was done by when, from reports on some days, against other ways to compute it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from analysis.errors import DataError
from analysis.restructuring import progress
from analysis.restructuring.progress import (
    burn_up,
    completion_curve,
    completion_intervals,
    share_done,
    status_at,
)

ORIGIN = pd.Timestamp("2021-01-01")


def day(number):
    return ORIGIN + pd.Timedelta(days=int(number))


def reports(rows, **columns):
    """Reports: (agency, day, whether it was listed)."""
    table = pd.DataFrame(rows, columns=["agency", "number", "reached"])
    return table.assign(stage="tahap", date=table.pop("number").map(day), **columns)


def intervals(pairs):
    """Intervals: (last day not done, first day done), None where it is open."""
    dates = [[pd.NaT if end is None else day(end) for end in pair] for pair in pairs]
    frame = pd.DataFrame(dates, columns=["after", "by"]).astype("datetime64[ns]")
    return frame.assign(agency=range(len(pairs)), stage="tahap")


def by_self_consistency(lower, upper, starts, ends, steps=20_000):
    """Turnbull's own iteration, an EM algorithm."""
    inside = (lower[:, None] <= starts) & (ends <= upper[:, None])
    shares = np.full(starts.size, 1.0 / starts.size)
    for _ in range(steps):
        shares = (inside * shares / (inside @ shares)[:, None]).mean(axis=0)
    return shares


def drawn(seed, agencies=40):
    rng = np.random.default_rng(seed)
    lower = rng.integers(1, 40, agencies).astype(float)
    upper = lower + rng.integers(0, 15, agencies)
    upper[rng.random(agencies) < 0.2] = np.inf
    return lower, upper


def as_intervals(lower, upper):
    return intervals(
        [(a - 1, None if np.isinf(b) else b) for a, b in zip(lower, upper, strict=True)]
    )


def test_an_agency_is_done_between_the_last_report_without_it_and_the_first_with_it():
    found = completion_intervals(
        reports([("A", 5, True), ("A", 1, False), ("A", 3, False), ("B", 1, True), ("C", 5, False)])
    ).set_index("agency")
    assert found.loc["A", ["after", "by"]].tolist() == [day(3), day(5)]
    assert pd.isna(found.loc["B", "after"])
    assert found.loc["B", "by"] == day(1)
    assert found.loc["C", "after"] == day(5)
    assert pd.isna(found.loc["C", "by"])


def test_a_day_that_is_said_is_the_day():
    given = reports([("A", 1, False), ("A", 5, True)], reached_on=[pd.NaT, day(3)])
    found = completion_intervals(given)
    assert found.loc[0, ["after", "by"]].tolist() == [day(2), day(3)]


@pytest.mark.parametrize(
    ("rows", "days", "message"),
    [
        ([("A", 1, True), ("A", 1, True)], None, r"more than one of a day: A, tahap, 2021-01-02"),
        ([("A", 1, True), ("A", 3, False)], None, r"A, tahap \(done on 2021-01-02, not done on"),
        ([("A", 1, False), ("A", 5, True)], [None, 9], r"reached_on: the day contradicts .* of A"),
        ([("A", 1, False), ("A", 5, True)], [1, 1], r"reached_on: the day contradicts"),
        ([("A", 1, False), ("A", 5, True)], [3, 4], r"reached_on: the day contradicts"),
        ([("A", 1, False)], [3], r"reached_on: the day contradicts"),
        ([("A", 1, False), ("B", 1, None)], None, r"column reached: missing in rows 1"),
        ([(None, 1, False)], None, r"column agency: missing in rows 0"),
    ],
)
def test_reports_that_contradict_each_other_are_refused(rows, days, message):
    columns = {}
    if days is not None:
        columns["reached_on"] = [pd.NaT if d is None else day(d) for d in days]
    with pytest.raises(DataError, match=message):
        completion_intervals(reports(rows, **columns))


def test_what_no_report_says_is_unknown_not_undone():
    found = intervals([(None, 3), (3, 7), (7, None)])
    assert status_at(found, day(3)).tolist() == ["done", "not_done", "not_done"]
    assert status_at(found, day(5)).tolist() == ["done", "unknown", "not_done"]
    assert status_at(found, day(9)).tolist() == ["done", "done", "unknown"]
    assert status_at(found, day(1)).tolist() == ["unknown", "not_done", "not_done"]
    counts = burn_up(found, pd.DatetimeIndex([day(3), day(9)]))
    assert counts[["done", "not_done", "unknown"]].to_numpy().tolist() == [[1, 2, 0], [2, 0, 1]]


def test_the_provinces_of_december_2021():
    found = completion_curve(intervals([(None, 18)] * 7 + [(18, 27)] * 12 + [(27, None)] * 15))
    assert found["share"].to_numpy() == pytest.approx([7 / 34, 12 / 34, 15 / 34])
    assert found["start"].tolist()[1:] == [day(19), day(28)]
    assert found["end"].tolist()[:2] == [day(18), day(27)]
    assert pd.isna(found.loc[0, "start"])
    assert pd.isna(found.loc[2, "end"])
    assert share_done(found, day(27)) == pytest.approx((19 / 34, 19 / 34))
    assert share_done(found, day(31)) == pytest.approx((19 / 34, 1.0))


@pytest.mark.parametrize("seed", range(8))
def test_shares_are_those_that_turnbulls_iteration_comes_to(seed):
    lower, upper = drawn(seed)
    starts, ends = progress._told_apart(lower, upper)
    inside = (lower[:, None] <= starts) & (ends <= upper[:, None])
    found = completion_curve(as_intervals(lower, upper))["share"].to_numpy()
    expected = by_self_consistency(lower, upper, starts, ends)
    # shares of neighbours may not be unique; what they give each agency is
    assert inside @ found == pytest.approx(inside @ expected, abs=2e-4)
    assert np.log(inside @ found).sum() >= np.log(inside @ expected).sum() - 1e-5


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_curve_is_that_of_lifelines(seed):
    lower, upper = drawn(seed)
    found = completion_curve(as_intervals(lower, upper))
    days = np.arange(1, 41) + 0.5
    fit = KaplanMeierFitter().fit_interval_censoring(lower, upper, tol=1e-10, timeline=days)
    ends = ((found["end"] - ORIGIN) / pd.Timedelta(days=1)).fillna(np.inf).to_numpy()
    done = [found["share"].to_numpy()[ends < at].sum() for at in days]
    lowest = fit.survival_function_.filter(like="upper").to_numpy()[:, 0]
    outside = [bool(((ends > at) & (_starts(found) < at)).any()) for at in days]
    apart = np.abs(1.0 - lowest - np.array(done))[~np.array(outside)]
    assert apart.max() < 2e-3


def _starts(found):
    return ((found["start"] - ORIGIN) / pd.Timedelta(days=1)).fillna(-np.inf).to_numpy()


def test_days_that_are_known_give_the_estimate_of_kaplan_and_meier():
    rng = np.random.default_rng(5)
    days, seen = rng.integers(1, 30, 60), rng.random(60) < 0.7
    pairs = [(d - 1, d) if event else (d, None) for d, event in zip(days, seen, strict=True)]
    found = completion_curve(intervals(pairs))
    fit = KaplanMeierFitter().fit(days, seen)
    for at in sorted(set(days[seen].tolist())):
        low, _ = share_done(found, day(at))
        assert low == pytest.approx(1.0 - float(fit.predict(at)), abs=1e-5)


PAIRS = st.lists(
    st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(1, 10))), min_size=1, max_size=12
)


@settings(max_examples=40, deadline=None)
@given(PAIRS, st.integers(-2, 35), st.randoms(use_true_random=False))
def test_the_estimate_lies_between_the_worst_cases_in_any_order(pairs, at, random):
    pairs = [(after, None if more is None else after + more) for after, more in pairs]
    found = intervals(pairs)
    curve = completion_curve(found)
    assert curve["share"].sum() == pytest.approx(1.0)
    low, high = share_done(curve, day(at))
    counts = burn_up(found, pd.DatetimeIndex([day(at)])).iloc[0]
    done, unknown, n = counts["done"], counts["unknown"], len(pairs)
    assert counts[["done", "not_done", "unknown"]].sum() == n
    assert done / n - 1e-6 <= high
    assert low <= (done + unknown) / n + 1e-6
    random.shuffle(pairs)
    again = completion_curve(intervals(pairs))
    pd.testing.assert_frame_equal(curve, again, atol=1e-3)


def test_nothing_to_estimate_is_refused():
    with pytest.raises(DataError, match="There is no agency whose completion"):
        completion_curve(intervals([]))
    with pytest.raises(DataError, match="No report has a date"):
        completion_curve(intervals([(None, None)]))
