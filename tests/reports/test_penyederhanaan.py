"""What report 03 says, also of places that no table has."""

import datetime as dt

import pandas as pd
import pytest

from analysis.datasets.reform import APPROVED, PROPOSED, progress_by_province
from analysis.reports.penyederhanaan import findings
from analysis.reports.penyederhanaan.findings import FINDINGS
from analysis.reports.wording import Words

DEADLINE = dt.date(2021, 12, 31)


def place(before, after, since="2021-12-31"):
    """The posts of a place in two states, by kind; None is a count that the source lacks."""
    rows = [
        ("P", pd.Timestamp(day) if day else pd.NaT, year, state, post, count)
        for state, day, year, counts in (
            ("sebelum", since, 2021, before),
            ("sesudah", "2022-12-31", 2022, after),
        )
        for post, count in counts.items()
    ]
    columns = ["lingkup", "tanggal", "tahun", "keadaan", "jabatan", "jumlah"]
    return pd.DataFrame(rows, columns=columns).astype({"jumlah": "Int64"})


def stages(rows):
    """Reports on provinces: (stage, date, province, whether it was reached)."""
    table = pd.DataFrame(rows, columns=["tahap", "tanggal", "nama", "tercapai"])
    dates = pd.to_datetime(table["tanggal"])
    return table.assign(tanggal=dates, kode_kemendagri=table["nama"])


def spoken(group, found, language="id"):
    say = Words.of("penyederhanaan", language, FINDINGS)
    return " ".join(say.lines(f"{group}.text", found)), say.line(f"{group}.alt", found)


class TestStates:
    def test_only_levels_with_both_counts_are_added_up(self):
        rows = place(
            {"Eselon III": 10, "Eselon IV": 30, "Fungsional": 5},
            {"Eselon III": None, "Eselon IV": 15, "Fungsional": 9},
        )
        text, alt = spoken("states", findings.states(rows))
        assert "(Eselon IV) berubah dari 30 pada 31 Desember 2021 menjadi 15" in text
        assert "(−50,0%)" in text
        assert alt == "Diagram batang. Perubahan: Eselon IV −50%, Fungsional +80%."

    def test_a_state_without_a_date_is_told_by_its_year(self):
        rows = place({"Eselon III": 10}, {"Eselon III": 4}, since=None)
        assert "dari 10 pada tahun 2021 menjadi 4" in spoken("states", findings.states(rows))[0]

    def test_a_change_from_nobody_has_no_percentage(self):
        text, alt = spoken("states", findings.states(place({"Eselon V": 0}, {"Eselon V": 4})))
        assert text.endswith("dari 0 pada 31 Desember 2021 menjadi 4 pada 31 Desember 2022.")
        assert alt.endswith("Eselon V dari 0 menjadi 4.")

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_there_are_words_where_no_count_is_known_twice(self, language):
        found = findings.states(place({"Eselon V": None}, {"Eselon V": 4}))
        assert (found.total, found.shifts) == (None, ())
        assert all(spoken("states", found, language))


class TestProgress:
    def test_every_province_is_in_one_class(self):
        table = stages(
            [
                (PROPOSED, "2021-12-02", "A", True),
                (PROPOSED, "2021-12-02", "B", True),
                (PROPOSED, "2021-12-02", "C", False),
                (APPROVED, "2021-12-18", "A", True),
                (APPROVED, "2021-12-27", "A", True),
                (APPROVED, "2021-12-27", "B", False),
            ]
        )
        found = findings.progress(table, progress_by_province(table), DEADLINE)
        assert found.approved == (findings.Approved(dt.date(2021, 12, 18), 1),)
        assert (found.done, found.waiting, found.silent) == (1, 1, ("C",))
        assert found.approvals == dt.date(2021, 12, 27)
        assert spoken("progress", found)[0].endswith("Belum tercatat menyampaikan usulan: C.")

    def test_nobody_silent_is_said(self):
        table = stages([(PROPOSED, "2021-12-02", "A", True), (APPROVED, "2021-12-18", "A", False)])
        found = findings.progress(table, progress_by_province(table), DEADLINE)
        assert (found.approved, found.waiting) == ((), 1)
        assert spoken("progress", found, "en")[0].endswith(
            "Every province is listed with a proposal."
        )
