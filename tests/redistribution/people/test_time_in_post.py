import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DataError, ParameterError
from analysis.redistribution.people.time_in_post import eligibility, releasable, whole_months

ON = dt.date(2024, 2, 29)
FAR = "2050-01-01"


def person(start="2015-01-01", end=FAR, **flags):
    return pd.DataFrame(
        {"tmt_jabatan": [pd.Timestamp(start)], "tmt_pensiun": [pd.Timestamp(end)]}
        | {name: [value] for name, value in flags.items()}
    )


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2022-02-28", FAR, ""),
        ("2022-03-01", FAR, "min_years_in_post"),
        ("2020-02-29", FAR, ""),
        ("2010-01-01", "2025-03-01", ""),
        ("2010-01-01", "2025-02-28", "min_months_to_retirement"),
        ("2023-01-01", "2024-03-01", "min_years_in_post"),
        ("2010-01-01", "2020-01-01", "min_months_to_retirement"),  # retired already
    ],
)
def test_to_the_day(start, end, reason):
    found = eligibility(person(start, end), on=ON)
    assert found["reason"].tolist() == [reason]
    assert found["eligible"].tolist() == [reason == ""]


def test_what_bars_a_transfer_comes_first():
    people = person("2023-01-01", cpns=True, hukuman_disiplin=False)
    found = eligibility(people, on=ON, barred_by=["hukuman_disiplin", "cpns"])
    assert found["reason"].tolist() == ["cpns"]


@given(st.dates(dt.date(1980, 1, 1), dt.date(2024, 2, 29)), st.integers(0, 400))
def test_whole_months_are_those_of_calendar_arithmetic(start, months):
    """Moving a date on by whole months reaches the next day at most when days run out."""
    later = pd.Timestamp(start) + pd.DateOffset(months=months)
    after = later + pd.DateOffset(days=0 if later.day == start.day else 1)
    assert whole_months(pd.Timestamp(start), after) == months
    before = after - pd.DateOffset(days=1)
    assert whole_months(pd.Timestamp(start), before) == months - 1


def test_releasable_counts_fit_the_limits_of_a_plan():
    people = pd.DataFrame(
        {"unit": ["B", "A", "A", "A"], "family": ["guru", "guru", "perawat", "guru"]}
    )
    eligible = pd.Series([False, True, True, True])
    assert releasable(people, eligible).to_dict() == {"A": 3, "B": 0}
    by_family = releasable(people, eligible, by=["unit", "family"])
    assert by_family[("A", "guru")] == 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("people", "message"),
        [
            (person().drop(columns="tmt_pensiun"), "column tmt_pensiun is missing"),
            (person().astype({"tmt_jabatan": str}), "holds str, not dates"),
            (person("NaT"), r"column tmt_jabatan is missing at rows 0"),
            (person("2024-03-01"), "column tmt_jabatan lies after 2024-02-29 at rows 0"),
            (person(cpns="tidak"), "column cpns must be true or false"),
        ],
    )
    def test_people(self, people, message):
        barred = ["cpns"] if "cpns" in people else []
        with pytest.raises(DataError, match=message):
            eligibility(people, on=ON, barred_by=barred)

    def test_numbers(self):
        with pytest.raises(ParameterError, match="min_years_in_post is -1"):
            eligibility(person(), on=ON, min_years_in_post=-1)

    def test_rows_and_columns_of_the_count(self):
        people = pd.DataFrame({"unit": ["A", None]})
        with pytest.raises(DataError, match="column unit is missing at rows 1"):
            releasable(people, pd.Series([True, True]))
        with pytest.raises(DataError, match="same rows"):
            releasable(people, pd.Series([True]))
        with pytest.raises(DataError, match="column family is missing"):
            releasable(people.dropna(), pd.Series([True]), by=["family"])
