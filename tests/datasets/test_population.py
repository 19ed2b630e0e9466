import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.datasets import (
    PROCESSED_TABLES,
    RawTables,
    grow,
    population_at,
    population_counts,
    read_table,
)
from analysis.datasets.population import Kind
from analysis.errors import DataError
from analysis.geography.regions import Regions
from analysis.paths import RAW

REGIONS = Regions(read_table("provinsi"), read_table("pemekaran"))
POPULATION = PROCESSED_TABLES["penduduk_provinsi"].build(RawTables(RAW))
START, END = dt.date(2010, 5, 15), dt.date(2020, 9, 15)

people = st.integers(1, 10**9).map(float)
days = st.dates(START, END)


def census(date: dt.date, basis: str = "33") -> pd.Series:
    return population_at(POPULATION, date, REGIONS, basis, kind="sensus")


class TestGrow:
    @settings(max_examples=60, derandomize=True)
    @given(people, people, days, days)
    def test_stays_between_the_counts_and_moves_towards_the_later(
        self, first: float, last: float, one: dt.date, other: dt.date
    ) -> None:
        def at(date: dt.date) -> float:
            earlier, later = pd.Series([first]), pd.Series([last])
            return float(grow(earlier, later, start=START, end=END, date=date).item())

        assert at(START) == first
        assert at(END) == pytest.approx(last, rel=1e-12)
        early, late = at(min(one, other)), at(max(one, other))
        slack = 1 + 1e-12
        if first <= last:
            assert early <= late * slack
        else:
            assert late <= early * slack

    @settings(max_examples=40, derandomize=True)
    @given(people, people, days, st.integers(2, 1000))
    def test_scales_and_grows_at_a_constant_rate(
        self, first: float, last: float, date: dt.date, times: int
    ) -> None:
        earlier, later = pd.Series([first, times * first]), pd.Series([last, times * last])
        there = grow(earlier, later, start=START, end=END, date=date)
        assert there[1] == pytest.approx(times * there[0], rel=1e-12)
        if START < date < END:
            whole = (last / first) ** (1 / (END - START).days)
            part = (there[0] / first) ** (1 / (date - START).days)
            assert part == pytest.approx(whole, rel=1e-9)

    @pytest.mark.parametrize("date", [dt.date(2010, 5, 14), dt.date(2020, 9, 16)])
    def test_does_not_extrapolate(self, date: dt.date) -> None:
        one = pd.Series([1.0])
        with pytest.raises(DataError, match=f"at {date} cannot be found between the counts of"):
            grow(one, one, start=START, end=END, date=date)

    @pytest.mark.parametrize("bad", [0, -1, None])
    def test_refuses_a_population_that_is_not_positive(self, bad: int | None) -> None:
        good = pd.Series([5, 5], index=["11", "12"], dtype="Int64")
        wrong = pd.Series([5, bad], index=["11", "12"], dtype="Int64")
        for pair in ((good, wrong), (wrong, good)):
            with pytest.raises(DataError, match="above zero; it is not in 12"):
                grow(*pair, start=START, end=END, date=START)

    def test_refuses_units_that_differ(self) -> None:
        with pytest.raises(DataError, match=r"units of the two counts differ: \['11', '12'\]"):
            grow(
                pd.Series([1], index=["11"]),
                pd.Series([1], index=["12"]),
                start=START,
                end=END,
                date=START,
            )


class TestCensus:
    @pytest.mark.parametrize(("date", "total"), [(START, 237641326), (END, 270203917)])
    def test_at_a_census_is_the_census(self, date: dt.date, total: int) -> None:
        assert int(census(date).sum()) == total
        assert len(census(date)) == 33

    def test_in_between_by_hand(self) -> None:
        share = (dt.date(2014, 12, 31) - START).days / (END - START).days
        assert share == pytest.approx(1691 / 3776)
        by_hand = 3553143 * ((3766039 + 701814) / 3553143) ** share
        assert census(dt.date(2014, 12, 31))["64"] == pytest.approx(by_hand, rel=1e-12)

    def test_the_growth_rate_is_the_one_bps_published(self) -> None:
        years = (END - START).days / 365.25
        rate = (270203917 / 237641326) ** (1 / years) - 1
        assert round(100 * rate, 2) == 1.25

    @pytest.mark.parametrize("date", [dt.date(2009, 12, 31), dt.date(2023, 12, 31)])
    def test_outside_the_censuses_is_refused_with_their_dates(self, date: dt.date) -> None:
        with pytest.raises(DataError, match=f"{date} is not between two counts") as caught:
            census(date)
        assert "2010-05-15, 2020-09-15" in str(caught.value)

    def test_a_finer_basis_than_the_census_is_refused_with_those_that_work(self) -> None:
        with pytest.raises(DataError, match="penduduk sensus 2010-05-15 is on 33") as caught:
            census(dt.date(2014, 12, 31), "34")
        assert "Choose the basis 33." in str(caught.value)


class TestCombined:
    def test_grows_from_the_last_census_to_the_register(self) -> None:
        def at(date: dt.date) -> int:
            return round(population_at(POPULATION, date, REGIONS, "34", kind="gabungan").sum())

        assert at(dt.date(2020, 9, 15)) == 270203917
        assert at(dt.date(2024, 12, 31)) == 284973643
        assert 270203917 < at(dt.date(2020, 12, 31)) < at(dt.date(2023, 12, 31)) < 284973643

    def test_is_the_population_of_the_censuses_between_them(self) -> None:
        date = dt.date(2014, 12, 31)
        both = [
            population_at(POPULATION, date, REGIONS, "33", kind=kind)
            for kind in ("sensus", "gabungan")
        ]
        pd.testing.assert_series_equal(*both)


class TestRegister:
    def test_is_taken_as_it_stands_nearest_to_the_date(self) -> None:
        taken = population_at(POPULATION, dt.date(2023, 12, 31), REGIONS, "38", kind="registrasi")
        assert taken["93"] == 562220
        assert int(taken.sum()) == 284973643

    def test_reaches_every_coarser_basis(self) -> None:
        for basis in REGIONS.bases:
            taken = population_at(
                POPULATION, dt.date(2024, 12, 31), REGIONS, basis, kind="registrasi"
            )
            assert int(taken.sum()) == 284973643

    def test_needs_one(self) -> None:
        only = POPULATION[POPULATION["jenis"] == "sensus"]
        with pytest.raises(DataError, match="there are registers of no date"):
            population_at(only, END, REGIONS, "33", kind="registrasi")

    def test_a_far_register_is_no_population_of_that_date(self) -> None:
        with pytest.raises(DataError, match=r"within 731 days of 2014-12-31.* of 2024-12-31"):
            population_at(POPULATION, dt.date(2014, 12, 31), REGIONS, "33", kind="registrasi")


class TestCounts:
    """Which tables an estimate rests on."""

    @pytest.mark.parametrize(
        ("date", "kind", "tables"),
        [
            (START, "sensus", ["penduduk_sp2010"]),
            (dt.date(2014, 12, 31), "sensus", ["penduduk_sp2010", "penduduk_sp2020"]),
            (dt.date(2023, 12, 31), "registrasi", ["penduduk_terdaftar_2024"]),
            (dt.date(2023, 12, 31), "gabungan", ["penduduk_sp2020", "penduduk_terdaftar_2024"]),
        ],
    )
    def test_are_those_just_before_and_after(
        self, date: dt.date, kind: Kind, tables: list[str]
    ) -> None:
        counts = population_counts(POPULATION, date, kind=kind)
        assert counts["tabel"].unique().tolist() == tables

    @pytest.mark.parametrize("year", [1, 1600, 2999, 9999])
    @pytest.mark.parametrize("kind", ["sensus", "registrasi", "gabungan"])
    def test_of_any_other_year_are_refused(self, year: int, kind: Kind) -> None:
        with pytest.raises(DataError, match=f"{year:04d}-12-31"):
            population_at(POPULATION, dt.date(year, 12, 31), REGIONS, "33", kind=kind)
