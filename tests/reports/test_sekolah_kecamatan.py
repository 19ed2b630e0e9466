"""What report 12 counts, against counts made another way, and what it says of any state."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import datasets
from analysis.errors import DataError, ParameterError
from analysis.paths import RAW
from analysis.reports.sekolah_kecamatan import SekolahKecamatan, findings, inputs, words
from analysis.reports.sekolah_kecamatan import boundary_findings as boundaries

DEFAULTS = {
    "level": "SD",
    "before": 2024,
    "after": 2025,
    "need": "rombel",
    "teachers_per_class": None,
    "pupils_per_teacher": None,
    "budget": None,
}
SCHOOLS = pd.read_csv(RAW / "sekolah_kab_banjar_2023_2025.csv")


def parameters(**changes):
    return SekolahKecamatan.check(DEFAULTS | changes)


def raw(year, level="SD"):
    mine = (SCHOOLS["tahun"] == year) & (SCHOOLS["jenjang"] == level)
    return SCHOOLS[mine & (SCHOOLS["status"] == "Negeri")].set_index("kecamatan")


def state(teachers, classes, pupils, schools=None):
    codes = [f"k{i}" for i in range(len(teachers))]
    return pd.DataFrame(
        {
            "nama": [f"K{i}" for i in range(len(teachers))],
            "sekolah": schools or [2] * len(teachers),
            "peserta_didik": pupils,
            "rombel": classes,
            "guru": teachers,
            "pegawai": [1] * len(teachers),
        },
        index=pd.Index(codes, name="kode_kemendagri"),
    )


class TestNeed:
    def test_is_classes_and_pupils_times_the_norm(self):
        p = parameters()
        frame = inputs.kecamatan("SD", 2025)
        needs = inputs.needs(frame, inputs.norms("SD", p)).set_axis(frame["nama"])
        expected = raw(2025)
        assert np.allclose(needs["rombel"], expected["rombel"][needs.index] * (1 + 8 / 24))
        assert np.allclose(needs["peserta_didik"], expected["peserta_didik"][needs.index] / 20)

    def test_by_classes_many_are_short_and_by_pupils_nobody(self):
        p = parameters()
        frame = inputs.kecamatan("SD", 2025)
        found = findings.need(frame, inputs.needs(frame, inputs.norms("SD", p)), p)
        table = raw(2025)
        short = (table["rombel"] * 4 / 3 - table["guru"]).clip(lower=0)
        assert found.classes.units == (short > 0).sum() == found.differ == 15
        assert found.classes.shortage == pytest.approx(short.sum())
        assert found.classes.short[0].name == short.idxmax()
        assert (found.pupils.units, found.pupils.shortage) == (0, 0.0)
        even = [
            table[c] / table[c].sum() * table["guru"].sum() for c in ("rombel", "peserta_didik")
        ]
        ranks = [(table["guru"] - each).rank() for each in even]
        assert found.agreement == pytest.approx(ranks[0].corr(ranks[1]))
        over = table["guru"] - table["peserta_didik"] / 20
        assert found.pupils.over[0] == (over.idxmax(), pytest.approx(over.max()))

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_teachers_who_are_just_enough_are_neither_short_nor_too_many(self, language):
        p = parameters(teachers_per_class=1.1, pupils_per_teacher=10, language=language)
        frame = state([33, 11], [30, 10], [330, 110])
        needs = inputs.needs(frame, inputs.norms("SD", p))
        found = findings.need(frame, needs, p)
        assert found.classes.units == found.pupils.units == found.differ == 0
        assert (found.classes.over, found.agreement) == ((), None)
        said = words(p)("need", found).markdown
        assert "kelebihan" not in said
        assert "surplus" not in said
        assert inputs.plan(frame["guru"], needs["rombel"], None).moved == 0

    def test_junior_secondary_schools_have_subject_teachers_only(self):
        assert inputs.norms("SMP", parameters()).per_class == 39 / 24

    def test_a_norm_of_the_reader_is_for_the_level_of_the_report(self):
        p = parameters(teachers_per_class=1.2, pupils_per_teacher=28)
        own, other = inputs.norms("SD", p), inputs.norms("SMP", p)
        assert (own.per_class, own.per_teacher, own.own_class, own.own_pupils) == (1.2, 28, 1, 1)
        assert (other.per_class, other.per_teacher, other.own_class) == (1.625, 20, False)

    def test_both_norms_need_the_same_at_one_size_of_class(self):
        p = parameters()
        norms = inputs.norms("SD", p)
        parity = findings.sizes(inputs.kecamatan("SD", 2025), norms).parity
        needs = inputs.needs(state([9], [30], [30 * parity]), norms)
        assert needs["rombel"].item() == pytest.approx(needs["peserta_didik"].item())


UNITS = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 60)), min_size=1, max_size=4)


class TestPlan:
    @settings(max_examples=80, derandomize=True, deadline=None)
    @given(UNITS)
    def test_no_fewer_moves_fill_all_that_can_be_filled(self, rows):
        """Against every spread of the same teachers in which nobody is brought below need."""
        staff = np.array([s for s, _ in rows])
        need = np.array([d / 10 for _, d in rows])
        least = np.where(staff >= need, np.ceil(need), staff).astype(int)
        most = np.where(staff >= need, staff, np.ceil(need)).astype(int)
        spreads = np.array(list(product(*map(range, least, most + 1))))
        spreads = spreads[spreads.sum(axis=1) == staff.sum()]
        moves = np.abs(spreads - staff).sum(axis=1) // 2
        filled = (spreads >= need).all(axis=1)
        expected = moves[filled].min() if filled.any() else moves.max()
        assert inputs.fewest_moves(pd.Series(staff), pd.Series(need)) == expected

    @pytest.mark.parametrize("level", ["SD", "SMP"])
    @pytest.mark.parametrize("norm", [0.9, 1.25, 4 / 3, 1.7])
    def test_nobody_is_brought_below_need_and_nobody_gets_more(self, level, norm):
        p = parameters(level=level, teachers_per_class=norm)
        frame = inputs.kecamatan(level, 2025)
        need = inputs.needs(frame, inputs.norms(level, p))["rombel"]
        plan = inputs.plan(frame["guru"], need, None)
        assert plan.moved == inputs.fewest_moves(frame["guru"], need)
        gave, got = plan.losses > 0, plan.gains > 0
        assert (plan.staff_after[gave] >= need.to_numpy()[gave] - 1e-9).all()
        assert (plan.staff_after[got] < need.to_numpy()[got] + 1).all()
        assert plan.staff_after.sum() == frame["guru"].sum()

    def test_a_budget_is_kept(self):
        frame = inputs.kecamatan("SD", 2025)
        need = inputs.needs(frame, inputs.norms("SD", parameters()))["rombel"]
        assert [inputs.plan(frame["guru"], need, k).moved for k in (0, 3, 10**6)] == [0, 3, 35]

    def test_an_even_spread_by_pupils_leaves_classes_without_a_teacher(self):
        from analysis.redistribution import frontier

        frame = inputs.kecamatan("SD", 2025)
        needs = inputs.needs(frame, inputs.norms("SD", parameters()))
        frontiers = {model: frontier(frame["guru"], needs[model]) for model in needs}
        staff = findings.evened_staff(frame, frontiers)
        assert (staff.sum() == frame["guru"].sum()).all()
        table = raw(2025)
        share = table["peserta_didik"] / table["peserta_didik"].sum() * table["guru"].sum()
        found = findings.evened(frame, staff)
        assert found.by_pupils.name == (share / table["rombel"]).idxmin()
        assert found.by_pupils.value == pytest.approx((share / table["rombel"]).min(), abs=0.02)
        assert (found.below_today, found.below_classes, found.below_pupils) == (0, 0, 6)


class TestBoundaries:
    def changed(self, **changes):
        p = parameters(**changes)
        both = [inputs.kecamatan(p.level, year) for year in (p.before, p.after)]
        units = inputs.boundary_units(both[0].index, p.before, p.after)
        return boundaries.changed(*both, units, "{} (+)", p)

    def test_what_looks_like_moves_is_where_schools_are_recorded(self):
        found = self.changed()
        change = raw(2025)["guru"] - raw(2024)["guru"]
        assert found.recorded.gained == change.clip(lower=0).sum() == 96
        assert found.recorded.lost == -change.clip(upper=0).sum() == 161
        assert (found.common.gained, found.common.lost, found.common.units) == (0, 65, 19)
        (joined,) = found.joined
        assert (joined.own.name, joined.own.before, joined.own.after) == ("Simpang Empat", 278, 180)
        assert [(each.before, each.after) for each in joined.others] == [(16, 112)]
        assert joined.together.name == "Simpang Empat (+)"
        assert (joined.together.before, joined.together.after) == (294, 292)
        assert joined.together.pupils_after == pytest.approx((2389 + 1079) / 292)

    def test_the_level_whose_schools_stayed_is_not_said_to_have_moved(self):
        found = self.changed(level="SMP")
        assert not found.joined[0].schools_moved
        said = words(parameters())("boundaries", found).markdown
        assert "banyaknya sekolah SMP negeri di masing-masing tidak berubah" in said
        assert "dicatat" not in said

    def test_every_pair_of_years_has_its_own_units(self):
        codes = inputs.kecamatan("SD", 2025).index
        for before, after in ((2023, 2024), (2024, 2025), (2023, 2025)):
            assert inputs.boundary_units(codes, before, after).nunique() == 19
        assert inputs.boundary_units(codes, 2025, 2026).nunique() == 20

    def test_without_a_change_nothing_is_joined(self):
        before = state([10, 20], [8, 15], [100, 300])
        after = state([12, 19], [8, 15], [100, 300])
        alone = pd.Series(before.index, before.index)
        found = boundaries.changed(before, after, alone, "{} (+)", parameters())
        assert (found.joined, found.recorded) == ((), found.common)
        assert "Tidak ada kecamatan" in words(parameters())("boundaries", found).markdown

    def test_two_kecamatan_that_gave_to_one_are_all_named(self):
        before = state([10, 20, 30], [8, 15, 20], [100, 300, 400], [1, 4, 6])
        after = state([30, 12, 18], [8, 15, 20], [100, 300, 400], [4, 3, 4])
        units = pd.Series("k1", before.index)
        for language in ("id", "en"):
            p = parameters(language=language)
            found = boundaries.changed(before, after, units, "{} (+)", p)
            said = words(p)("boundaries", found).markdown
            assert all(f"K{i}" in said for i in range(3))
            assert "60" in said
        assert found.common.most_up is None
        assert found.common.most_down is None

    def test_the_change_of_the_gini_is_split_without_a_rest(self):
        for need in inputs.MODELS:
            p = parameters(need=need)
            both = [inputs.kecamatan(p.level, year) for year in (p.before, p.after)]
            units = inputs.boundary_units(both[0].index, p.before, p.after)
            found = boundaries.unequal(*both, units, inputs.norms("SD", p), p)
            change = found.common.after - found.common.before
            assert found.by_teachers + found.by_need == pytest.approx(change, abs=1e-12)

    def test_years_are_added_up_from_the_table(self):
        rows = boundaries.by_year(
            parameters(), [2023, 2024, 2025], inputs.norms("SD", parameters())
        )
        for year in rows.index:
            assert rows.at[year, "rombel"] == raw(year)["rombel"].sum()
        assert rows["units"].tolist() == [19, 19, 19]


class TestLimits:
    SCHOOLS = datasets.read_processed("sekolah_kecamatan")

    def test_a_kecamatan_whose_rows_are_those_of_the_year_before_is_named(self):
        found = findings.limits(self.SCHOOLS, parameters())
        assert (found.repeated, found.earlier) == (("Sungai Pinang",), 2024)

    def test_nobody_is_named_in_a_year_without(self):
        found = findings.limits(self.SCHOOLS, parameters(before=2023, after=2024))
        assert (found.repeated, found.earlier) == ((), 2023)
        assert "tampaknya" not in words(parameters())("limits", found).markdown


class TestParameters:
    def test_years_out_of_order_are_refused(self):
        with pytest.raises(ParameterError, match=r"'before' = 2025 is not earlier"):
            parameters(before=2025, after=2025)

    def test_a_year_without_data_is_refused_with_those_there_are(self):
        with pytest.raises(DataError, match=r"tahun = 2022; there are 2023, 2024, 2025"):
            inputs.kecamatan("SD", 2022)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"level": "SMA"},
            {"need": "siswa"},
            {"teachers_per_class": 0},
            {"pupils_per_teacher": -1},
            {"budget": -1},
            {"before": "2024-12-31"},
        ],
    )
    def test_what_cannot_be_is_refused(self, wrong):
        with pytest.raises(ParameterError, match=f"Parameter '{next(iter(wrong))}'"):
            parameters(**wrong)
