"""What report 02 says, also of provinces that no table has."""

import datetime as dt

import pandas as pd
import pytest

from analysis import inequality, staffing
from analysis.reports.common import Count, Population
from analysis.reports.sebelum_sesudah import findings, tables
from analysis.reports.sebelum_sesudah.findings import FINDINGS, Period
from analysis.reports.wording import Words

PERIOD = Period(dt.date(2014, 12, 31), dt.date(2023, 12, 31))
NAMES = ["P0", "P1", "P2"]
START = [10, 20, 40]


def state(staff):
    frame = pd.DataFrame({"nama": NAMES, "pns": staff, "penduduk": [1000, 1000, 2000]})
    return frame.assign(rasio=1000 * frame["pns"] / frame["penduduk"])


def spoken(before, after, language="id"):
    """Every sentence that depends on the way things went, by group."""
    say = Words.of("sebelum_sesudah", language, FINDINGS)
    earlier, later = state(before), state(after)
    curves = [inequality.lorenz_curve(each["rasio"], each["penduduk"]) for each in (earlier, later)]
    both = staffing.compare_states(
        *(each.set_index("nama")[["pns", "penduduk"]] for each in (earlier, later)),
        before_date=PERIOD.before,
        after_date=PERIOD.after,
    )
    values = pd.DataFrame(
        {
            when: [inequality.gini(each["rasio"], each["penduduk"])]
            for when, each in (("sebelum", earlier), ("sesudah", later))
        }
    )
    changed = findings.provinces(both, earlier, later, PERIOD)
    figures = say.key_figures(findings.key(earlier, later, PERIOD)).figures
    return {
        "measures": say("measures", findings.measures(values, *curves, 3)).markdown,
        "title": say.section("provinces", changed).markdown,
        "provinces": say("provinces", changed).markdown,
        "alt": say.line("provinces.alt", changed),
        "gini": figures[0].note,
        "fallen": figures[-1].value,
    }


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("after", [[5, 10, 20], [20, 40, 50], [5, 30, 40], START, [0, 20, 40]])
def test_there_are_words_for_every_change(after, language):
    assert all(spoken(START, after, language).values())


def test_only_falls_are_called_falls():
    said = spoken(START, [5, 15, 39])
    assert said["fallen"] == "3 dari 3"
    assert "Rasio turun di semua provinsi" in said["provinces"]
    assert "naik" not in said["title"] + said["provinces"] + said["alt"]


def test_only_rises_are_called_rises():
    said = spoken(START, [15, 25, 42])
    assert said["fallen"] == "0 dari 3"
    assert "Rasio naik di semua provinsi. Kenaikan terbesar (persen): P0 (+50,0)" in said["alt"]
    assert "turun" not in said["title"] + said["provinces"] + said["alt"]


def test_rises_and_falls_are_counted():
    said = spoken(START, [5, 30, 40])
    assert "naik dan turun" in said["title"]
    assert "Dari 3 provinsi, 1 turun dan 1 naik." in said["provinces"]


def test_nothing_changed_where_nothing_did():
    assert (
        spoken(START, START)["measures"] == "Tidak ada ukuran yang berubah. Kedua kurva berimpit."
    )


def test_a_province_without_staff_before_has_no_change_in_per_cent():
    assert "P0" not in spoken([0, 20, 40], [5, 30, 30])["provinces"]


def test_a_change_from_an_even_spread_has_no_per_cent():
    assert spoken([10, 10, 20], START)["gini"] == "3 provinsi dengan batas yang sama"


def test_provinces_of_today_are_not_called_joined():
    say = Words.of("sebelum_sesudah", "id", FINDINGS)
    assert "dimekarkan" in say.section("boundaries", findings.Boundaries(33, True)).markdown
    assert "dimekarkan" not in say.section("boundaries", findings.Boundaries(38, False)).markdown


class TestLimits:
    CENSUS = Population(PERIOD.before, (Count("sensus", PERIOD.before),))
    REGISTER = Population(PERIOD.after, (Count("registrasi", PERIOD.after),))

    def said(self, populations=(CENSUS, REGISTER), codes=("64",), period=PERIOD, after=90):
        found = findings.limits(findings.Change(100, after), populations, codes, period)
        return Words.of("sebelum_sesudah", "id", FINDINGS)("limits", found).markdown

    def test_definitions_of_population_differ_only_if_they_do(self):
        assert "definisinya berbeda" in self.said()
        assert "definisinya berbeda" not in self.said([self.REGISTER])

    def test_the_footnote_is_told_of_its_own_date(self):
        later = Period(dt.date(2020, 12, 31), dt.date(2023, 12, 31))
        assert "dihitung bersama" in self.said()
        assert "bacalah bersama" in self.said(codes=("64", "65"))
        assert "Kalimantan" not in self.said(period=later)

    def test_pppk_fill_a_decline_only_if_there_is_one(self):
        assert "penurunan" in self.said()
        assert "penurunan" not in self.said(after=110)


def test_columns_of_one_year_have_dates():
    year = Period(dt.date(2023, 6, 30), dt.date(2023, 12, 31))
    say = Words.of("sebelum_sesudah", "id", FINDINGS)
    values = pd.DataFrame({"sebelum": [0.2], "sesudah": [0.3]}, index=["gini"])
    table = tables.measures(values, findings.Measures(3, 1, 0, 1, "crosses"), year, say)
    assert table.columns["sebelum"].label == "30 Juni 2023"
