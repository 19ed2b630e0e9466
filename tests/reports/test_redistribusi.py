"""What report 07 plans and says, on the official figures (built by `make data`)."""

import datetime as dt
import io
import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import openpyxl
import pandas as pd
import pytest
from scipy.optimize import brentq

from analysis import datasets, inequality, redistribution
from analysis.errors import DataError, ParameterError
from analysis.reports import common
from analysis.reports.plan_results import gini_after
from analysis.reports.provincial_need import without_central
from analysis.reports.redistribusi import (
    Redistribusi,
    chooser,
    choosing,
    figures,
    findings,
    inputs,
    plan_findings,
    plan_workbook,
    tables,
    words,
)

ALL = 3732415  # PNS in the provinces on 31 December 2023
CENTRAL = 372661  # of them known to be central staff
PARAMETERS = {
    "date": "2023-12-31",
    "basis": "38",
    "population": "registrasi",
    "central_staff": "hitung",
    "need": "penduduk",
    "weights": {"penduduk": 0.7, "luas_km2": 0.1, "desa": 0.2},
    "budget": 0.05,
    "within": "nasional",
    "floor_adequacy": 0.0,
    "max_share_leaving": 1.0,
    "vacancies": {},
    "rupiah_per_move": None,
    "hire_price": 5.0,
    "need_cv": 0.1,
    "replicates": 12,
    "seed": 1,
}
AS_PUBLISHED = {
    "central_staff": "keluarkan",
    "need": "gabungan",
    "floor_adequacy": 1.0,
    "max_share_leaving": 0.25,
}


@dataclass(frozen=True)
class Report:
    """The frames of the notebook, each made when a test asks for it."""

    p: Redistribusi

    @cached_property
    def say(self):
        return words(self.p)

    @cached_property
    def provinces(self):
        return inputs.provinces(self.p, self.say.language)

    @property
    def staff(self):
        return self.provinces["pegawai"]

    @cached_property
    def needs(self):
        return inputs.needs(self.provinces, self.staff, self.p.weights)

    @cached_property
    def plans(self):
        return {
            m: inputs.plan(self.p, self.provinces, self.staff, self.needs[m], self.p.within)
            for m in self.needs
        }

    @property
    def plan(self):
        return self.plans[self.p.need]

    @cached_property
    def frontiers(self):
        return {m: redistribution.frontier(self.staff, self.needs[m]) for m in self.needs}

    @property
    def frontier(self):
        return self.frontiers[self.p.need]

    @cached_property
    def mix(self):
        left = gini_after(self.plan)
        return redistribution.cheapest_mix(self.frontier, left, price=self.p.hire_price)

    @cached_property
    def choices(self):
        return choosing.choices(self.provinces, self.needs, self.p)

    @cached_property
    def chooser(self):
        return chooser.chooser(self.provinces, self.choices, self.say)

    @cached_property
    def variants(self):
        return inputs.variants(self.p, self.provinces)

    @cached_property
    def stability(self):
        need = self.needs[self.p.need]
        return inputs.stability(self.p, self.provinces, self.staff, need, self.plan)

    def key(self):
        found = findings.key(self.provinces, self.needs, self.plan, self.mix, self.p)
        return self.say.key_figures(found)

    def ways(self):
        return findings.mix(self.mix, self.plan, self.frontier)

    def central(self, as_of=dt.date(2023, 6, 30)):
        return findings.central(self.provinces, self.variants, as_of, self.p)

    def said(self, group, found):
        return " ".join(self.say.lines(f"{group}.text", found))

    def workbook(self):
        sources = common.sources({"pns_provinsi": [self.p.date]})
        return plan_workbook.download(
            self.provinces, self.plan, self.key(), sources, self.p, self.say
        )


def report(**changes):
    return Report(Redistribusi.check(PARAMETERS | changes))


@pytest.fixture(scope="module")
def plain():
    """Everybody counted, need by population, no limits."""
    return report()


@pytest.fixture(scope="module")
def published():
    """The parameters of the notebook."""
    return report(**AS_PUBLISHED)


class TestNeedAndFrontier:
    def test_every_model_shares_out_everyone(self, plain, published):
        np.testing.assert_allclose(plain.needs.sum(), ALL)
        np.testing.assert_allclose(published.needs.sum(), ALL - CENTRAL)
        assert (plain.needs > 0).all().all()

    def test_frontier_table_agrees_with_its_definition(self, plain):
        """Floor and ceiling by bisection, the Gini as a double sum, apart from the package."""
        table = tables.budgets(plain.frontiers, plain.say).frame
        staff = plain.staff.to_numpy(float)
        for row in table[table["model"] == "penduduk"].iloc[:3].itertuples():
            need = plain.needs["penduduk"].to_numpy()

            def excess(level, sign, need=need, moves=row.moves):
                return np.maximum(sign * (staff - level * need), 0).sum() - moves

            floor = brentq(excess, 0, 1, args=(-1.0,))
            ceiling = brentq(excess, 1, 10, args=(1.0,))
            after = np.clip(staff, floor * need, ceiling * need)
            cross = np.abs(after[:, None] * need - after * need[:, None]).sum()
            assert row.gini == pytest.approx(cross / (2 * staff.sum() * need.sum()), rel=1e-9)
            assert (row.floor, row.ceiling) == pytest.approx((floor, ceiling), rel=1e-9)

    def test_most_moves_are_the_hoover_share_of_staff(self, plain):
        found = findings.need(plain.provinces, plain.needs, dt.date(2024, 12, 31), plain.p)
        rows = tables.needs(plain.provinces, plain.needs, found, plain.say).frame
        moves = rows.set_index("model").loc["penduduk", "moves_to_equality"]
        assert moves == pytest.approx(798803, abs=0.5)

    def test_verdicts_are_those_of_all_models(self, plain):
        gaps = np.sign(plain.needs.rsub(plain.staff, axis=0))
        found = findings.verdicts(plain.provinces, plain.needs, plain.p.date)
        names = plain.provinces["nama"]
        assert found.short == tuple(names[(gaps < 0).all(axis=1)])
        assert found.surplus == tuple(names[(gaps > 0).all(axis=1)])
        assert len(found.short) + len(found.surplus) + found.mixed == 38


class TestCentralStaff:
    JAKARTA = "31"

    def changes(self, found):
        return {name: plan_findings.by_model({name: p})[name] for name, p in found.items()}

    def test_that_is_taken_out_neither_counts_nor_moves(self, published):
        frame = published.provinces
        assert frame.at[self.JAKARTA, "pegawai"] == 241855 - 192592
        assert published.staff.sum() == ALL - CENTRAL
        assert (published.plan.losses <= frame["tanpa_pusat"]).all()
        unknown = frame["pusat"].isna()
        assert unknown.sum() == 31
        assert (frame["pegawai"] == frame["pns"])[unknown].all()

    def test_jakarta_gives_nobody_as_published(self, published):
        assert published.plan.moves["origin"].ne(self.JAKARTA).all()
        change = self.changes(published.variants)
        assert change["keluarkan"][self.JAKARTA] > 0

    def test_jakarta_would_give_more_than_its_regional_staff_if_all_are_counted(self, published):
        change = self.changes(published.variants)["hitung"][self.JAKARTA]
        assert change == -60463
        said = published.said("central", published.central())
        assert "bila pegawai pusat dihitung, provinsi itu melepas 60.463 orang." in said
        assert "Itu lebih banyak daripada semua pegawai daerahnya." in said
        assert "ASN, termasuk PPPK, pada 30 Juni 2023" in said
        assert "diketahui untuk 7 dari 38 provinsi: 372.661 orang" in said

    def test_both_variants_stand_in_one_table(self, published):
        shown = tables.central(
            published.provinces, published.variants, published.central(), published.say
        ).frame
        assert list(shown["nama"][:1]) == ["DKI Jakarta"]
        assert len(shown) == 7
        assert shown.iloc[0][["without", "counted"]].tolist() == [30884, -60463]

    def test_the_reason_stands_beside_a_plan_that_moves_them(self):
        counted = report(**AS_PUBLISHED | {"central_staff": "hitung"})
        found = plan_findings.plan(counted.provinces, counted.plan, counted.p)
        assert found.giving[0] == ("DKI Jakarta", 60463)
        assert "tidak dapat dipindahkan ke layanan daerah" in counted.said("plan", found)

    def test_of_another_time_is_not_used(self):
        old = report(**AS_PUBLISHED | {"date": "2014-12-31", "basis": "33", "population": "sensus"})
        assert (old.staff == old.provinces["pns"]).all()
        assert "tidak tersedia" in old.said("central", old.central(as_of=None))

    def test_of_more_than_all_staff_is_refused(self):
        with pytest.raises(DataError, match="province 31 has more staff of central agencies"):
            without_central(pd.Series({"31": 10, "32": 5}), pd.Series({"31": 11, "32": np.nan}))


class TestPlan:
    def test_conserves_people_and_comes_within_its_gap_of_the_frontier(self, plain):
        plan = plain.plan
        assert plan.staff_after.sum() == ALL
        assert plan.moved == int(0.05 * ALL)
        exact = float(plain.frontier.gini(plan.moved))
        left = gini_after(plan)
        assert exact <= left <= exact + plain.frontier.plan(plan.moved).gini_gap

    def test_moves_stay_in_their_island_group_if_asked(self):
        own = report(within="pulau", max_share_leaving=0.2, floor_adequacy=1.0)
        islands, moves = own.provinces["pulau"], own.plan.moves
        assert (moves["origin"].map(islands) == moves["destination"].map(islands)).all()
        assert (own.plan.losses <= 0.2 * own.staff).all()
        after = own.plan.staff_after / own.plan.need
        assert (after[own.plan.losses > 0] >= 1 - 1e-4).all()

    def test_nobody_arrives_beyond_the_vacancies(self):
        few = report(vacancies={"32": 1000})
        arriving = few.plan.gains[few.provinces.index == "32"]
        assert arriving.tolist() == [1000]
        rows = tables.binding(few.provinces, few.plan, few.p, few.say).frame
        assert "Jawa Barat: lowongan" in set(rows["limit"])

    @pytest.mark.parametrize(("pool", "people"), [("keluarkan", ALL - CENTRAL), ("hitung", ALL)])
    def test_each_variant_plans_for_its_own_people_and_need(self, plain, pool, people):
        plan = plain.variants[pool]
        assert plan.staff.sum() == plan.staff_after.sum() == people
        assert plan.need.sum() == pytest.approx(people)
        assert plan.moved == int(0.05 * people)

    def test_a_budget_in_people_stands_for_that_of_the_parameters(self, plain):
        need = plain.needs["penduduk"]
        plan = inputs.plan(plain.p, plain.provinces, plain.staff, need, "nasional", 1000)
        assert plan.moved == 1000

    def test_a_vacancy_of_no_province_is_refused(self):
        with pytest.raises(ParameterError, match="'vacancies': 99 is the code of no province"):
            _ = report(vacancies={"99": 1}).plan

    def test_money_is_told_only_where_it_is_given(self, plain):
        dear = report(rupiah_per_move=25e6)
        found = plan_findings.plan(dear.provinces, dear.plan, dear.p)
        assert f"Rp{dear.say.language.number(25e6 * dear.plan.moved)}." in dear.said("plan", found)
        assert "Rp" not in plain.said(
            "plan", plan_findings.plan(plain.provinces, plain.plan, plain.p)
        )

    def test_limits_that_bind_are_told_with_their_worth(self, plain):
        tight = report(max_share_leaving=0.01)
        rows = tables.binding(tight.provinces, tight.plan, tight.p, tight.say).frame
        full = tight.plan.losses == (0.01 * tight.staff).astype(int)
        assert set(rows["limit"].str.partition(":")[0]) <= set(tight.provinces["nama"][full])
        assert (rows["worth"] > 0).all()
        (budget,) = tables.binding(plain.provinces, plain.plan, plain.p, plain.say).frame["limit"]
        assert budget == "Jumlah perpindahan (186.620 orang)"

    def test_one_more_who_may_leave_replaces_another_only_where_no_more_may_move(self):
        for budget, used_up in ((0.001, True), (1.0, False)):
            own = report(budget=budget, max_share_leaving=0.01)
            found = plan_findings.bounds(own.provinces, own.plan, own.p)
            units = [each.finding for each in found if each.group == "bound_unit"]
            assert units
            assert {unit.used_up for unit in units} == {used_up}
            assert {unit.limit for unit in units} == {"max_share_leaving"}

    def test_the_price_of_the_budget_is_that_of_a_move_which_is_allowed(self):
        own = report(within="pulau")
        units = own.plan.to_frame().set_index("unit").assign(pulau=own.provinces["pulau"])
        widest = 0.0
        for _, group in units.groupby("pulau"):
            giving = group["adequacy_after"][group["losses"] > 0]
            receiving = group["adequacy_after"][group["gains"] > 0]
            if len(giving) and len(receiving):
                widest = max(widest, giving.max() - receiving.min())
        row = tables.binding(own.provinces, own.plan, own.p, own.say).frame.iloc[0]
        assert row["worth"] == pytest.approx(widest)

    def test_every_province_is_told_before_and_after(self, plain):
        rows = tables.units(plain.provinces, plain.plan, plain.say).frame
        assert len(rows) == 38
        assert rows["change"].sum() == 0
        np.testing.assert_array_equal(rows["staff"] + rows["change"], rows["staff_after"])

    def test_nobody_moves_without_a_budget(self):
        idle = report(budget=0.0)
        where, plan, say = idle.provinces, idle.plan, idle.say
        nobody = "Tidak ada yang berpindah dalam rencana ini."
        assert idle.said("plan", plan_findings.plan(where, plan, idle.p)) == nobody
        shown = [
            figures.sankey(where, plan, say),
            figures.flow_map(where, plan, datasets.read_processed("garis_pantai"), say),
            tables.moves(where, plan, say),
            tables.stable_moves(idle.stability, idle.plans, where, say),
        ]
        assert [each.markdown for each in shown] == [nobody] * 4
        assert idle.key().figures[1].value == "0"
        assert idle.said("mix", idle.ways()).startswith("Rencana ini tidak memindahkan siapa pun")
        assert "tidak ada peran" in idle.said(
            "robustness", plan_findings.robustness(idle.stability, idle.p)
        )
        idle.workbook()


class TestNumbersAgree:
    def test_the_plan_and_the_frontier_move_the_same_whole_people(self, published):
        rows = tables.budgets(published.frontiers, published.say).frame
        row = rows[(rows["model"] == "gabungan") & (rows["budget"] == "5%")]
        assert row["moves"].tolist() == [published.plan.moved]

    def test_fewer_moves_without_limits_are_explained(self, published):
        ways = published.ways()
        assert ways.moves_only + ways.saved == pytest.approx(published.plan.moved)
        number = published.say.language.number
        said = published.said("mix", ways)
        assert f"sudah tercapai dengan {number(ways.moves_only)} orang" in said
        assert f"{number(ways.saved)} perpindahan selebihnya" in said
        assert tables.mix(published.mix, ways, published.say).frame["moves"][0] == ways.moves_only

    def test_hires_beyond_all_staff_are_withheld(self):
        far = report(budget=1.0)
        assert far.mix.hires_only > far.frontier.total_staff
        assert far.key().figures[2].value == "–"
        assert far.key().figures[2].note.startswith("tidak disebut: lebih banyak")
        assert "sehingga bukan pilihan" in far.said("mix", far.ways())
        hires = tables.mix(far.mix, far.ways(), far.say).frame["hires"]
        assert np.isnan(hires[1])
        budgets = tables.budgets(far.frontiers, far.say).frame
        assert (budgets["hires"].dropna() <= ALL).all()

    def test_hires_within_all_staff_are_told(self, published):
        found = published.said("mix", published.ways())
        assert f"{published.say.language.number(published.mix.hires_only)} pegawai baru" in found


class TestModels:
    def test_every_model_has_its_plan_in_one_table(self):
        counted = report(**AS_PUBLISHED | {"central_staff": "hitung"})
        found = plan_findings.plans(counted.provinces, counted.plans, counted.p)
        rows = tables.plans(counted.provinces, counted.plans, found, counted.say).frame
        assert rows["model"].tolist() == ["penduduk", "gabungan", "desa", "kecamatan"]
        changes = plan_findings.by_model(counted.plans).loc["32"]
        assert changes.tolist() == [133508, 100588, -1386, 0]
        for row, plan in zip(rows.itertuples(), counted.plans.values(), strict=True):
            after = plan.staff_after / plan.need
            assert row.left == pytest.approx(inequality.gini(after, plan.need))
            assert row.moved == plan.losses.sum()

    def test_steady_roles_are_counted_over_all_models(self, published):
        found = plan_findings.plans(published.provinces, published.plans, published.p)
        signs = np.sign([plan.gains - plan.losses for plan in published.plans.values()])
        assert found.roles == int((signs != 0).any(axis=0).sum())
        assert found.steady == int((np.abs(signs.sum(axis=0)) == 4).sum())

    def test_moves_of_all_models_are_those_in_every_plan(self, published):
        pairs = [
            set(zip(plan.moves["origin"], plan.moves["destination"], strict=True))
            for plan in published.plans.values()
        ]
        own = published.plan.moves.set_index(["origin", "destination"])["people"]
        shared = own[[pair in set.intersection(*pairs) for pair in own.index]].sum()
        found = plan_findings.plans(published.provinces, published.plans, published.p)
        assert found.people == pytest.approx(shared / own.sum())

    def test_robustness_keeps_the_limits_of_the_plan(self):
        found = report(max_share_leaving=0.0).stability.results.set_index("result")
        for column in ("estimate", "median"):
            values = found.loc[["gini_today", "gini_best_plan", "gini_fixed_plan"], column]
            assert values.to_numpy() == pytest.approx(values.iloc[0], rel=1e-12)


class TestChoices:
    """What the reader of the page can choose."""

    @pytest.fixture
    def every(self, published):
        return published.choices

    @pytest.fixture
    def shown(self, published):
        return published.chooser

    def planned(self, report, model, circle, budget):
        """The planner's answer, asked for again."""
        where, need = report.provinces, report.needs[model]
        return redistribution.plan_moves(
            report.staff,
            need,
            cost=redistribution.great_circle(where["lintang"], where["bujur"]),
            budget=budget,
            limits=inputs.limits(report.p, where, report.staff, need, circle),
        )

    def test_starts_with_the_plan_of_the_report(self, published, every, shown):
        position, model, circle = every.start
        assert (every.budgets[position], model, circle) == (
            int(0.05 * (ALL - CENTRAL)),
            "gabungan",
            "nasional",
        )
        np.testing.assert_array_equal(
            every.plans[model, circle][position].flow.people, published.plan.flow.people
        )
        assert f"Bila {published.say.language.number(published.plan.moved)} PNS" in shown.text

    def test_every_point_is_the_answer_of_the_planner(self, published, every, shown):
        number, data = published.say.language.number, shown.data
        points = itertools.product(choosing.CIRCLES, published.needs, enumerate(every.budgets))
        for place, (circle, model, (position, budget)) in enumerate(points):
            # All with few people, where much changes; of the others some.
            if position > 3 and place % 7:
                continue
            plan = self.planned(published, model, circle, budget)
            after = inequality.gini(plan.staff_after / plan.need, plan.need)
            net = (plan.gains - plan.losses).tolist()
            assert data["net"][data["plan"][place]].split("|") == [
                number(people, signed=True) for people in net
            ]
            assert data["gini"][place] == number(after, 3)
            said = data["said"][place]
            assert number(after, 3) in said
            assert plan.moved == 0 or f"Bila {number(plan.moved)} PNS" in said
            assert ("Lebih dari itu" in said) == (0 < plan.moved < budget)

    def test_provinces_on_which_the_models_disagree_are_marked(self, every, shown):
        budgets = range(len(every.budgets))
        for place, (circle, k) in enumerate(itertools.product(choosing.CIRCLES, budgets)):
            plans = [every.plans[model, circle][k] for model in every.models]
            net = np.array([plan.gains - plan.losses for plan in plans])
            opposed = (net.max(axis=0) > 0) & (net.min(axis=0) < 0)
            assert shown.data["opposed"][place] == "".join("01"[int(each)] for each in opposed)
            said = shown.data["said"][choosing.CIRCLES.index(circle) * 4 * len(budgets) + k]
            assert (f": {opposed.sum()} provinsi melepas menurut satu" in said) == any(opposed)

    def test_shades_follow_the_change_over_need(self, every, shown):
        plan = every.plans["gabungan", "nasional"][every.start[0]]
        change = (plan.gains - plan.losses) / plan.need
        bins = np.digitize(np.abs(change), [0.05, 0.15]) + 1
        expected = 3 + np.sign(change).astype(int) * bins
        start = shown.data["plan"][len(every.budgets) + every.start[0]]
        assert shown.data["shades"][start] == "".join(map(str, expected))
        assert shown.data["bounds"] == ["−5%", "−15%", "+5%", "+15%"]

    def test_all_choices_can_be_taken_along(self, published, every, shown):
        assert len(shown.offered) == len(shown.data["said"])
        start = len(every.budgets) + every.start[0]  # of the model gabungan, the second
        row = shown.offered.iloc[start]
        assert row.iloc[:2].tolist() == ["gabungan", "ke provinsi mana pun"]
        assert row["Berpindah"] == published.plan.moved
        assert row["Gini tersisa"] == gini_after(published.plan)

    def test_budgets_are_round_and_end_where_no_plan_can_use_more(self, every):
        most = max(plans[-1].moved for plans in every.plans.values())
        round_ones = [k for k in every.budgets if k % 1000 == 0]
        assert np.unique(np.diff(round_ones)).size == 1
        assert round_ones[-2] < most <= round_ones[-1]
        assert len(every.budgets) <= 32

    def test_where_nobody_can_move_there_is_one_stop(self):
        idle = report(**AS_PUBLISHED | {"max_share_leaving": 0.0})
        assert idle.choices.budgets == (0,)
        assert "tetap" in idle.chooser.text


class TestWorkbook:
    def test_holds_the_whole_plan(self, plain):
        found = plain.workbook()
        assert found.name == "redistribusi-2023-12-31.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(found.content))
        assert book.sheetnames == ["Ringkasan", "Perpindahan", "Unit", "Parameter", "Sumber"]
        people = [row[4] for row in book["Perpindahan"].iter_rows(min_row=5, values_only=True)]
        assert sum(people) == plain.plan.moved
        units = list(book["Unit"].iter_rows(min_row=5, values_only=True))
        assert len(units) == 38
        assert units[0][0] == "11"
        assert sum(row[7] for row in units) == ALL

    def test_is_kept_in_the_page(self, plain):
        data, entry = plain.workbook()._repr_mimebundle_()
        assert 'download="redistribusi-2023-12-31.xlsx"' in data["text/html"]
        assert entry["analysis"]["kind"] == "download"


class TestParameters:
    CHANGES: ClassVar = [
        ({"budget": 1.5}, "budget"),
        ({"need": "luas"}, "need"),
        ({"weights": {"populasi": 1}}, "weights"),
        ({"hire_price": 0}, "hire_price"),
        ({"budgets": 0.1}, "Did you mean 'budget'"),
    ]

    @pytest.mark.parametrize(("change", "message"), CHANGES)
    def test_are_checked(self, change, message):
        with pytest.raises(ParameterError, match=message):
            report(**change)
