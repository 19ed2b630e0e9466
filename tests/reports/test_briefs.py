"""What policy briefs put side by side is what their alternatives lead to."""

import numpy as np
import pandas as pd
import pytest
from job_map_parameters import PARAMETERS

from analysis.datasets import read_processed
from analysis.inequality import gini
from analysis.redistribution import frontier, plan_moves
from analysis.reports.briefs import hiring, moving, staying
from analysis.reports.kemajuan_penyederhanaan import findings as reform
from analysis.reports.kemajuan_penyederhanaan import inputs as of_reform
from analysis.reports.kompetensi import inputs as training
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.peta_jabatan.sources import situation
from analysis.reports.redistribusi_kabupaten import inputs
from analysis.reports.restrukturisasi.inputs import public
from analysis.reports.risalah_kabupaten import RisalahKabupaten
from analysis.reports.risalah_kabupaten import alternatives as of_kabupaten
from analysis.reports.risalah_kompetensi import alternatives as of_hours
from analysis.reports.risalah_penyederhanaan import alternatives as of_structure
from analysis.reports.risalah_penyederhanaan import findings as in_brief
from analysis.reports.risalah_peta_jabatan import RisalahPetaJabatan
from analysis.reports.risalah_peta_jabatan import alternatives as of_job_map
from analysis.reports.risalah_sekolah import RisalahSekolah
from analysis.reports.risalah_sekolah import alternatives as of_schools
from analysis.reports.sekolah_kecamatan import inputs as schools
from analysis.restructuring import Rules

STAFF, NEED = np.array([2, 8, 5]), np.array([5.0, 4.5, 5.5])


class TestMovesAndHires:
    PLAN = plan_moves(STAFF, NEED, cost=1.0 - np.eye(3), budget=2)

    def test_doing_nothing_leaves_what_there_is(self):
        found = staying(self.PLAN)
        assert found.gini == pytest.approx(gini(STAFF / NEED, NEED))
        assert found.shortage == pytest.approx(3.5)
        assert (found.moved, found.hired, found.kilometres) == (0, 0, None)

    def test_moves_are_those_of_the_plan(self):
        found = moving("nasional", self.PLAN)
        assert (found.moved, found.kilometres) == (2, 1.0)
        assert found.shortage == pytest.approx(1.5)

    def test_hires_are_whole_people_and_leave_no_shortage(self):
        found = hiring("rekrut", STAFF, NEED)
        assert (found.hired, found.shortage, found.moved) == (4, 0.0, 0)

    def test_who_moves_first_hires_fewer(self):
        found = hiring("campuran", self.PLAN.staff_after, NEED, after=self.PLAN)
        assert (found.moved, found.hired, found.shortage) == (2, 2, 0.0)


def test_wider_circles_leave_less_and_the_mix_hires_less_than_hires_alone():
    p = RisalahKabupaten.check(
        {
            "table": "dokter_kabkota_2020",
            "profession": "dokter_umum",
            "population": "kabkota_2024",
            "need": "penduduk",
            "standard": None,
            "circle": "provinsi",
            "budget": 0.05,
            "silent": "nol",
        }
    )
    places = inputs.supply(p).places
    plans = of_kabupaten.plans(inputs.units(places, None), places, p)
    ways = {each.way: each for each in of_kabupaten.alternatives(plans, p.circle)}
    left = [ways[way].gini for way in ("tetap", "provinsi", "pulau", "nasional")]
    assert left == sorted(left, reverse=True)
    assert ways["campuran"].hired < ways["rekrut"].hired
    assert ways["campuran"].moved == ways["provinsi"].moved


@pytest.mark.parametrize(
    ("tree", "ways"),
    [
        ("riau", ["tetap", "aturan", "tanpa_kecuali"]),  # echelon III of provinces stays
        ("bsn", ["tetap", "bertahap", "aturan"]),  # nothing there is exempt
    ],
)
def test_each_step_of_simplification_leaves_fewer_units(tree, ways):
    tables = (read_processed(name) for name in ("aturan_penyederhanaan", "batas_usia_pensiun"))
    rules = Rules.from_frame(*tables, pd.Timestamp("2021-12-31").date())
    found = of_structure.alternatives(public(tree), rules)
    assert [each.way for each in found] == ways
    units = [each.units for each in found]
    assert units == sorted(set(units), reverse=True)
    first = found[0]
    for each in found[1:]:
        assert each.structural + each.functional == first.structural
        assert each.layers <= each.working <= first.layers


class TestHours:
    SHORT = pd.DataFrame({"region": "x", "short": [6.0, 20.0], "people": [10, 5]})

    def test_the_mix_reaches_as_many_as_any_and_a_budget_no_more(self):
        found = of_hours.alternatives(self.SHORT, training.trainings(None), None)
        ways = {each.way: each for each in found}
        assert ways["semua"].reached == max(each.reached for each in found)
        assert ways["anggaran"].cost <= ways["semua"].cost / 2
        assert ways["semua"].cost <= ways["klasikal"].cost
        assert {each.reached + each.left for each in found} == {15}

    def test_a_kind_that_the_catalogue_lacks_is_left_open(self):
        trainings = training.trainings(None)
        remote = trainings[~trainings["classical"].astype(bool)]
        found = of_hours.alternatives(self.SHORT, remote, 0.0)
        ways = {each.way: each for each in found}
        assert (ways["klasikal"].reached, ways["klasikal"].cost) == (None, None)
        assert (ways["anggaran"].reached, ways["anggaran"].each) == (0, None)


class TestSchools:
    @staticmethod
    def ways(need, budget=None):
        p = RisalahSekolah.check(
            {
                "level": "SD",
                "before": 2024,
                "after": 2025,
                "need": need,
                "teachers_per_class": None,
                "pupils_per_teacher": None,
                "budget": budget,
            }
        )
        frame = schools.kecamatan(p.level, p.after)
        needs = schools.needs(frame, schools.norms(p.level, p))
        plan = schools.plan(frame["guru"], needs[p.need], p.budget)
        frontiers = {model: frontier(frame["guru"], needs[model]) for model in needs}
        found = of_schools.alternatives(frame, needs, frontiers, plan, p.need)
        return {each.way: each for each in found}

    def test_moves_fill_and_hires_fill_the_rest(self):
        ways = self.ways("rombel")
        assert ways["pindah"].by_classes < ways["tetap"].by_classes
        assert ways["rekrut"].by_classes == ways["campuran"].by_classes == 0
        assert ways["campuran"].moved == ways["pindah"].moved
        assert ways["campuran"].hired == ways["rekrut"].hired - ways["pindah"].moved

    def test_an_even_spread_by_pupils_takes_teachers_from_small_classes(self):
        ways = self.ways("rombel")
        assert ways["rombel"].gini < ways["pindah"].gini
        assert ways["rombel"].below == ways["tetap"].below == 0
        assert ways["peserta_didik"].below > 0
        assert ways["peserta_didik"].by_classes > ways["tetap"].by_classes

    def test_moves_between_schools_are_left_open(self):
        inside = self.ways("rombel", budget=0)["sekolah"]
        assert (inside.gini, inside.by_classes, inside.below, inside.moved) == (None,) * 4

    def test_nobody_moves_without_a_budget(self):
        ways = self.ways("rombel", budget=0)
        assert (ways["pindah"].moved, ways["pindah"].gini) == (0, ways["tetap"].gini)
        assert ways["campuran"].hired == ways["rekrut"].hired


class TestJobMap:
    @staticmethod
    def ways(**changes):
        retraining = {"substitution": [["Guru SMP", "Guru SD", 2.0]]}
        p = RisalahPetaJabatan.check(PARAMETERS | retraining | changes)
        found = of_job_map.alternatives(Planning(situation(p), p))
        return {each.way: each for each in found}

    def test_retraining_fills_what_moves_in_the_family_leave(self):
        ways = self.ways()
        assert ways["alih"].left < ways["semua"].left < ways["tetap"].left
        assert ways["semua"].retrained == 0 < ways["alih"].retrained
        assert ways["rekrut"].hired == ways["tetap"].left
        assert ways["campuran"].cost <= min(ways["rekrut"].cost, ways["alih"].cost)

    def test_wider_circles_fill_more(self):
        ways = self.ways(source="contoh", substitution=[])
        left = [ways[way].left for way in ("tetap", "kelompok", "tetangga", "semua")]
        assert left == sorted(left, reverse=True)
        assert "alih" not in ways

    def test_a_circle_whose_column_is_missing_is_left_open(self):
        assert not self.ways()["tetangga"].known


def test_the_figure_of_posts_shows_the_last_count_of_each_place_and_level():
    counts = of_reform.counted(read_processed("aturan_penyederhanaan"))
    rows, found = in_brief.newest(counts)
    assert not rows.duplicated(["place", "post"]).any()
    last = counts.groupby(["place", "post"])["until"].max()
    assert (rows.set_index(["place", "post"])["until"].sort_index() == last.sort_index()).all()
    assert [(each.place, each.post) for each in found.levels] == [
        *rows[["place", "post"]].itertuples(index=False, name=None)
    ]
    assert found.beyond == reform.counted(counts).beyond
