"""What the reports compute and say, on the official figures (built by `make data`)."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import inequality, staffing
from analysis.datasets import posts_by_state, progress_by_province, read_processed
from analysis.datasets.posts import ARU, CENTRAL
from analysis.errors import DataError
from analysis.language import Language
from analysis.reports.distribusi import findings as distribusi
from analysis.reports.distribusi import tables
from analysis.reports.penyederhanaan import figures
from analysis.reports.penyederhanaan import findings as penyederhanaan
from analysis.reports.provincial import (
    by_island,
    confidence,
    measure_values,
    overall_ratio,
    provincial_staffing,
    sensitivity,
)
from analysis.reports.sebelum_sesudah import findings as sebelum_sesudah
from analysis.reports.sebelum_sesudah.figures import dumbbell
from analysis.reports.wording import Words

ID = Language("id")
MEASURES = ["gini", "hoover", "theil_t", "max_min_ratio"]


def from_definition(frame):
    """Gini, Hoover and Theil T as plain double sums and shares, apart from the package."""
    staff, people = frame["pns"].to_numpy(float), frame["penduduk"].to_numpy(float)
    x, p = staff / people, people / people.sum()
    mean = (p * x).sum()
    gini = (p[:, None] * p * np.abs(x[:, None] - x)).sum() / (2 * mean)
    hoover = 0.5 * np.abs(staff / staff.sum() - p).sum()
    theil = ((staff / staff.sum()) * np.log((staff / staff.sum()) / p)).sum()
    return {"gini": gini, "hoover": hoover, "theil_t": theil, "max_min_ratio": x.max() / x.min()}


class TestDistribusi:
    DATE = dt.date(2023, 12, 31)

    @pytest.fixture
    def spread(self):
        return provincial_staffing(self.DATE, "38", "registrasi", ID)

    @pytest.fixture
    def say(self):
        return Words.of("distribusi", "id", distribusi.FINDINGS)

    def test_covers_every_province_and_everyone(self, spread):
        assert len(spread) == 38
        assert spread["pns"].sum() == 3732415
        assert spread["penduduk"].sum() == 284973643

    def test_measures_agree_with_their_definitions(self, spread):
        assert measure_values(spread, MEASURES).to_dict() == pytest.approx(
            from_definition(spread), rel=1e-12
        )

    def test_every_interval_stands_beside_its_simulated_coverage(self, spread, say):
        ci = confidence("superpopulation", 1)
        table = inequality.inequality_table(
            spread, value="rasio", weight="penduduk", measures=MEASURES, ci=ci
        )
        shown = tables.measures(table, self.DATE, say).formatted()["Cakupan simulasi"]
        assert table["coverage"].isna().tolist() == [False, False, False, True]
        assert table["coverage"].dropna().between(0.9, 0.99).all()
        assert [text == "–" for text in shown] == [False, False, False, True]

    def test_staff_to_move_is_the_sum_of_the_surpluses(self, spread, say):
        hoover = from_definition(spread)["hoover"]
        surplus = spread["selisih"].clip(lower=0).sum()
        key = distribusi.key(spread, 0.28, hoover, self.DATE)
        assert key.to_move == pytest.approx(surplus)
        assert say.key_figures(key).figures[3].note == "798.803 orang"

    def test_reading_counts_the_provinces_below(self, spread, say):
        below = (spread["rasio"] < 1000 * 3732415 / 284973643).sum()
        said = say("ranking", distribusi.ranking(spread, self.DATE)).markdown
        assert said.startswith(f"{below} dari 38 provinsi")

    def test_island_groups_add_up(self, spread):
        parts = inequality.entropy_by_subgroup(
            spread["rasio"], spread["pulau"], spread["penduduk"]
        ).groups
        total = from_definition(spread)["theil_t"]
        assert parts[["within", "between"]].to_numpy().sum() == pytest.approx(total, rel=1e-12)
        assert by_island(spread)["pns"].sum() == 3732415

    def test_text_alternatives_state_the_finding(self, spread, say):
        curve = inequality.lorenz_curve(spread["rasio"], spread["penduduk"])
        said = {
            "ranking": distribusi.ranking(spread, self.DATE),
            "map": distribusi.island_ratios(spread, self.DATE),
            "lorenz": distribusi.lorenz(curve, self.DATE),
        }
        alt = {group: say.line(f"{group}.alt", found) for group, found in said.items()}
        assert "Papua Barat (47,8)" in alt["ranking"]
        assert "Jawa (8,9)" in alt["map"]
        assert "29,3% PNS" in alt["lorenz"]


class TestSebelumSesudah:
    PERIOD = sebelum_sesudah.Period(dt.date(2014, 12, 31), dt.date(2023, 12, 31))

    @pytest.fixture
    def states(self):
        return (
            provincial_staffing(self.PERIOD.before, "33", "sensus", ID),
            provincial_staffing(self.PERIOD.after, "33", "registrasi", ID),
        )

    @pytest.fixture
    def both(self, states):
        counts = [state.set_index("nama")[["pns", "penduduk"]] for state in states]
        return staffing.compare_states(
            *counts, before_date=self.PERIOD.before, after_date=self.PERIOD.after
        )

    @pytest.fixture
    def say(self):
        return Words.of("sebelum_sesudah", "id", sebelum_sesudah.FINDINGS)

    def test_common_boundaries_lose_nobody(self, both):
        assert len(both) == 33
        assert both["pns_sebelum"].sum() == 4455303
        assert both["pns_sesudah"].sum() == 3732415

    def test_measures_agree_with_their_definitions(self, states):
        for state in states:
            assert measure_values(state, MEASURES).to_dict() == pytest.approx(
                from_definition(state), rel=1e-12
            )

    def test_interval_is_around_the_change(self, both):
        found = sebelum_sesudah.gini_change(both, "superpopulation", 1)
        assert found.low < found.change < found.high
        assert found.change == pytest.approx(0.277825 - 0.240566, abs=1e-6)

    def test_reading_says_how_often_the_interval_holds(self, both, say):
        found = sebelum_sesudah.gini_change(both, "superpopulation", 1)
        assert 0.9 < found.coverage < 0.99
        told = f"Dalam 1.000 ulangan simulasi, {Language('id').percent(found.coverage)} selang"
        assert told in say("gini", found).markdown
        counted = sebelum_sesudah.gini_change(both, "count", 1)
        assert counted.coverage is None
        assert "ulangan simulasi" not in say("gini", counted).markdown

    def test_reading_says_which_way_the_curves_lie(self, states, say):
        table = pd.DataFrame(
            {
                when: measure_values(state, MEASURES)
                for when, state in zip(("sebelum", "sesudah"), states, strict=True)
            }
        )
        curves = [inequality.lorenz_curve(state["rasio"], state["penduduk"]) for state in states]
        said = say("measures", sebelum_sesudah.measures(table, *curves, 33)).markdown
        assert said.startswith("Semua ukuran di bawah ini (4) naik (lebih timpang).")
        assert "tidak pernah di atas kurva sebelum" in said

    def test_sensitivity_shows_only_what_the_data_support(self):
        shown = sensitivity([self.PERIOD.before, self.PERIOD.after], MEASURES)
        years = shown["tanggal"].map(lambda day: day.year)
        assert list(zip(years, shown["basis"], shown["penduduk"], strict=True)) == [
            (2014, "33", "sensus"),
            (2023, "33", "registrasi"),
            (2023, "33", "gabungan"),
            (2023, "34", "registrasi"),
            (2023, "34", "gabungan"),
            (2023, "37", "registrasi"),
            (2023, "38", "registrasi"),
        ]

    def test_a_population_that_was_never_counted_is_refused(self):
        with pytest.raises(DataError, match="is on 33 provinces and cannot be brought to 34"):
            provincial_staffing(self.PERIOD.before, "34", "sensus", ID)

    def test_figure_and_its_words_are_in_one_order(self, both, states, say):
        found = sebelum_sesudah.provinces(both, *states, self.PERIOD)
        picture = dumbbell(both, found, say)
        drawn = [label.get_text() for label in picture.figure.axes[0].get_yticklabels()]
        assert drawn[:3] == [each.name for each in found.lowest]
        assert drawn[:-4:-1] == [each.name for each in found.highest]
        assert "Penurunan terdalam (persen): Jawa Barat (−35,0)" in picture.alt
        assert overall_ratio(states[1]) == pytest.approx(13.0974, 1e-5)


class TestPenyederhanaan:
    START, END = dt.date(2019, 1, 1), dt.date(2023, 12, 31)

    @pytest.fixture
    def posts(self):
        return penyederhanaan.posts_between(read_processed("jabatan"), self.START, self.END)

    @pytest.fixture
    def say(self):
        return Words.of("penyederhanaan", "id", penyederhanaan.FINDINGS)

    def test_progress_matches_the_releases(self):
        reached = progress_by_province(read_processed("penyederhanaan_provinsi"))
        assert reached["usulan"].sum() == 32
        assert reached["disetujui"].value_counts().tolist() == [12, 7]
        riau = reached.set_index("nama").loc["Kepulauan Riau"]
        assert riau["usulan"]
        assert pd.isna(riau["disetujui"])

    def test_central_agencies_lost_more_than_half(self, posts, say):
        central = posts[posts["lingkup"] == CENTRAL]
        said = say("states", penyederhanaan.states(central)).markdown
        assert "dari 67.289 pada tahun 2019 menjadi 30.957 pada 10 November 2020 (−54,0%)" in said

    def test_what_the_source_lacks_is_said_not_drawn(self, posts, say):
        aru = posts[posts["lingkup"] == ARU]
        picture = figures.states(posts_by_state(aru), penyederhanaan.states(aru), say)
        texts = [t.get_text() for t in picture.figure.findobj(lambda a: hasattr(a, "get_text"))]
        assert texts.count("tidak ada data") == 4
        assert "Eselon V" not in picture.alt

    def test_dates_outside_the_range_are_left_out(self, posts):
        start = dt.date(2020, 11, 10)
        later = penyederhanaan.posts_between(read_processed("jabatan"), start, self.END)
        assert later["tanggal"].min() == pd.Timestamp(start)
        assert len(later) < len(posts)
