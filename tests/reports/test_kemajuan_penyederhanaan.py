"""What report 11 computes and says, of the provinces of 2021 and of own reports."""

import datetime as dt

import pandas as pd
import pytest
from extremes import HERE

from analysis.datasets import read_processed
from analysis.datasets.posts import ARU, CENTRAL, NATIONAL, SELUMA
from analysis.errors import ParameterError
from analysis.reports.kemajuan_penyederhanaan import KemajuanPenyederhanaan, findings, inputs
from analysis.reports.wording import Words


def parameters(**changes):
    given = {"stage": "Penyetaraan disetujui", "deadline": "2021-12-31"}
    return KemajuanPenyederhanaan.check(given | changes)


def progress(**changes):
    p = parameters(**changes)
    reports = inputs.reports(p)
    return findings.progress(inputs.intervals(reports, p.stage), reports, p)


@pytest.fixture(scope="module")
def counts():
    return inputs.counted(read_processed("aturan_penyederhanaan"))


def test_the_share_of_provinces_by_the_deadline_is_known_to_bounds_only():
    found = progress()
    assert (found.done, found.late_count, found.unknown_count) == (19, 0, 15)
    assert (found.least, found.most) == pytest.approx((19 / 34, 1.0))
    assert [(each.date.day, each.done) for each in found.counts] == [(18, 7), (27, 19)]


def test_an_earlier_deadline_tells_late_from_unknown():
    found = progress(deadline="2021-12-20")
    assert (found.done, found.late_count, found.unknown_count) == (7, 15, 12)
    assert len(found.unknown) == 12
    assert found.late == ()  # too many for a sentence; they are in the table


def test_own_reports_with_a_day_that_is_known():
    own = {
        "stage": "Penyetaraan",
        "file": str(HERE / "kemajuan_sendiri.csv"),
        "mapping": str(HERE / "kemajuan_sendiri.toml"),
    }
    found = progress(**own, deadline="2022-01-31")
    assert (found.done, found.late, found.unknown_count) == (2, ("Badan Pendapatan",), 0)
    assert progress(**own, deadline="2022-01-14").late == ("Dinas Sosial", "Badan Pendapatan")


def test_falls_beyond_what_the_rules_allow_are_told(counts):
    found = counts.set_index(["place", "post", "until"]).sort_index()
    assert len(found) == 15
    fourth = found.loc[(ARU, "Eselon IV")].iloc[0]
    assert (fourth["gone"], fourth["most"], fourth["verdict"]) == (179, 294, "within")
    third = found.loc[(ARU, "Eselon III")].iloc[0]
    assert (third["gone"], third["most"], third["verdict"]) == (12, 0, "beyond")
    assert found.loc[SELUMA].iloc[0][["before", "after", "most"]].tolist() == [726, 485, 726]
    assert found.loc[(NATIONAL, "Eselon IV")].iloc[0]["gone"] == 333405 - 301355
    last = counts[(counts["place"] == CENTRAL) & (counts["until"] == "2020-11-10")]
    assert last["gone"].sum() == 36332


def test_what_makes_the_central_counts_doubtful_is_said(counts):
    found = findings.counted(counts)
    assert (found.repeated, found.sets) == (5072, 3)
    assert (found.earlier, found.later) == (dt.date(2020, 8, 11), dt.date(2020, 9, 15))
    say = Words.of("kemajuan_penyederhanaan", "id", findings.FINDINGS)
    text = " ".join(say.lines("counted.text", found))
    assert "Kabupaten Kepulauan Aru, Eselon III: 12 jabatan hilang" in text
    assert "3 pernyataan mencakup 3 himpunan instansi yang berbeda" in text


def test_more_functional_posts_came_than_equalisation_can_explain(counts):
    found = findings.aru(counts, *inputs.functional(read_processed("jabatan")))
    assert (found.gain, found.left, found.elsewhere) == (221, 191, 30)


def test_a_province_that_the_press_saw_finish_is_named():
    p = parameters()
    intervals = inputs.intervals(inputs.reports(p), p.stage)
    found = findings.regions(
        read_processed("penyetaraan_daerah"), findings.not_known_done(intervals, p)
    )
    assert found.seen == ("Kepulauan Riau",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"file": "kemajuan.csv"}, r"'file' and 'mapping' go together"),
        ({"mapping": "kemajuan.toml"}, r"'file' and 'mapping' go together"),
        ({"deadline": "31-12-2021"}, r"'deadline' = '31-12-2021' is no date"),
    ],
)
def test_parameters_that_do_not_go_together_are_refused(changes, message):
    with pytest.raises(ParameterError, match=message):
        parameters(**changes)


def test_a_stage_that_no_report_tells_of_is_refused():
    with pytest.raises(ParameterError, match="the reports tell of 'Usulan struktur diterima'"):
        inputs.intervals(inputs.reports(parameters()), "Pelantikan")


def test_the_table_of_those_not_known_to_be_done_puts_the_late_first():
    p = parameters(deadline="2021-12-20")
    rows = findings.not_known_done(inputs.intervals(inputs.reports(p), p.stage), p)
    assert rows["state"].tolist() == ["not_done"] * 15 + ["unknown"] * 12
    assert pd.isna(rows.loc[0, "by"])
