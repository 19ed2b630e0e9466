"""What report 06 plans and says, on the official figures (built by `make data`)."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis import redistribution
from analysis.errors import ParameterError
from analysis.reports.plan_results import gini_after
from analysis.reports.redistribusi_kabupaten import (
    RedistribusiKabupaten,
    findings,
    inputs,
    plan_findings,
    words,
)

PARAMETERS = {
    "table": "dokter_kabkota_2020",
    "profession": "dokter_umum",
    "population": "kabkota_2024",
    "need": "penduduk",
    "standard": None,
    "circle": "provinsi",
    "budget": 0.05,
    "silent": "nol",
}
STANDARD = {"need": "standar", "standard": 25.0}


@dataclass(frozen=True)
class Report:
    """The frames of the notebook, each made when a test asks for it."""

    p: RedistribusiKabupaten

    @cached_property
    def data(self):
        return inputs.supply(self.p)

    @cached_property
    def places(self):
        return inputs.counted(self.data.places, self.p)

    @cached_property
    def norm(self):
        return inputs.standard(self.data, self.p)

    @cached_property
    def units(self):
        return inputs.units(self.places, self.norm)

    def plan(self, circle, budget=None):
        return inputs.plan(self.units, self.places, circle, self.p, budget)


def report(**changes):
    return Report(RedistribusiKabupaten.check(PARAMETERS | changes))


def gini_by_sorting(staff, need):
    """The weighted Gini as twice the area above the Lorenz curve: sort, add up, trapezoids."""
    order = np.argsort(staff / need, kind="stable")
    people = np.concatenate([[0.0], np.cumsum(staff[order])]) / staff.sum()
    needs = np.concatenate([[0.0], np.cumsum(need[order])]) / need.sum()
    return 1.0 - float(np.sum((people[1:] + people[:-1]) * np.diff(needs)))


def levelled(staff, need, moves):
    """Staff after so many moves at best: cut from above and fill from below, by bisection."""
    ratio = staff / need

    def level(taken, low, high):
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if taken(middle) else (low, middle)
        return middle

    mean = staff.sum() / need.sum()
    ceiling = level(
        lambda c: np.maximum(staff - c * need, 0).sum() > moves, mean, float(ratio.max())
    )
    floor = level(lambda f: np.maximum(f * need - staff, 0).sum() < moves, 0.0, mean)
    return np.clip(ratio, floor, ceiling) * need


def cheapest_transport(leaving, arriving, km):
    """The least distance of a transport problem, by linear programming."""
    if leaving.empty:
        return 0.0
    shape = len(leaving), len(arriving)
    rows = np.kron(np.eye(shape[0]), np.ones(shape[1]))
    columns = np.kron(np.ones(shape[0]), np.eye(shape[1]))
    found = linprog(
        km.loc[leaving.index, arriving.index].to_numpy().ravel(),
        A_eq=np.vstack([rows, columns]),
        b_eq=np.concatenate([leaving, arriving]),
    )
    return float(found.fun)


class TestFrontier:
    @pytest.mark.parametrize("share", [0.0, 0.02, 0.1, 0.2])
    def test_nationwide_it_is_the_closed_form_on_sorted_units(self, share):
        r = report()
        staff, need = r.units.staff.astype(float), r.units.need
        moves = int(share * staff.sum())
        best = gini_by_sorting(levelled(staff, need, moves), need)
        found = redistribution.frontier(r.units)
        assert float(found.gini(moves)) == pytest.approx(best, abs=1e-9)
        assert gini_after(r.plan("nasional", moves)) == pytest.approx(best, abs=2e-3)
        assert gini_after(r.plan("nasional", moves)) >= best - 1e-12

    def test_its_curve_starts_today_falls_and_ends_with_the_full_plan(self):
        r = report()
        full = r.plan("provinsi")
        curve = inputs.frontier(r.units, r.places, "provinsi", full.moved, r.p)
        assert curve.iloc[0] == pytest.approx(
            gini_by_sorting(r.units.staff.astype(float), r.units.need), abs=1e-12
        )
        assert (curve.diff().dropna() < 0).all()
        assert curve.iloc[-1] == pytest.approx(gini_after(full), abs=1e-12)
        assert curve.index[-1] == pytest.approx(full.moved / r.units.total_staff)

    def test_the_curve_of_every_circle_ends_with_its_full_plan(self):
        r = report()
        full = inputs.plans(r.units, r.places, r.p)
        curves = inputs.frontiers(r.units, r.places, full, r.p)
        assert tuple(curves) == inputs.CIRCLES
        assert [curve.iloc[-1] for curve in curves.values()] == pytest.approx(
            [gini_after(r.plan(circle)) for circle in inputs.CIRCLES], abs=1e-12
        )


class TestSources:
    @pytest.mark.parametrize(
        ("changes", "of_law"),
        [({}, False), (STANDARD, False), ({"need": "standar", "standard": None}, True)],
    )
    def test_the_table_of_law_is_read_only_where_the_standard_is_of_law(self, changes, of_law):
        r = report(**changes)
        read = inputs.tables_read(r.data, r.norm)
        assert ("aturan" in read) == of_law
        assert read["tenaga_kabkota"] == (r.data.date,)


class TestCircles:
    @pytest.mark.parametrize(("circle", "column"), [("provinsi", "provinsi"), ("pulau", "pulau")])
    def test_the_lowest_gini_is_that_of_the_circles_as_wholes(self, circle, column):
        r = report()
        wholes = pd.DataFrame({"staff": r.units.staff, "need": r.units.need})
        wholes = wholes.groupby(r.places[column].to_numpy()).sum()
        expected = gini_by_sorting(wholes["staff"].to_numpy(float), wholes["need"].to_numpy())
        floor = inputs.evened_gini(r.units, r.places, circle)
        assert floor == pytest.approx(expected, abs=1e-12)
        assert floor <= gini_after(r.plan(circle)) < floor + 2e-3

    def test_a_wider_circle_reaches_further(self):
        r = report(**STANDARD)
        left = [inputs.shortage_after(r.plan(circle)) for circle in inputs.CIRCLES]
        assert left == sorted(left, reverse=True)

    @pytest.mark.parametrize("changes", [{}, STANDARD])
    @pytest.mark.parametrize("circle", ["kode_provinsi", "pulau"])
    def test_a_plan_inside_circles_is_the_plans_of_the_circles_side_by_side(self, circle, changes):
        r = report(**changes)
        together = r.plan("pulau" if circle == "pulau" else "provinsi").to_frame().set_index("unit")
        apart = pd.concat(
            inputs.plan(inputs.units(places, r.norm), places, "nasional", r.p).to_frame()
            if r.norm
            else redistribution.plan_moves(
                together["staff"][places.index], together["need"][places.index]
            ).to_frame()
            for _, places in r.places.groupby(circle)
        ).set_index("unit")
        uneven = [
            float((plan["staff_after"] ** 2 / plan["need"]).sum()) for plan in (together, apart)
        ]
        # A circle alone is evened out further for the Gini, which many circles have none of.
        assert uneven[0] <= uneven[1] + 1e-9
        assert uneven[0] == pytest.approx(uneven[1], rel=1e-4)
        changed = together["staff_after"] - apart["staff_after"].loc[together.index]
        assert changed.groupby(r.places[circle]).sum().eq(0).all()

    @pytest.mark.parametrize("changes", [{}, STANDARD])
    def test_its_cost_is_the_cheapest_of_each_circle_added_up(self, changes):
        r = report(**changes)
        plan = r.plan("provinsi")
        km = redistribution.great_circle(r.places["lintang"], r.places["bujur"])
        leaving, arriving = (pd.Series(x, r.places.index) for x in (plan.losses, plan.gains))
        cheapest = sum(
            cheapest_transport(leaving[own][leaving[own] > 0], arriving[own][arriving[own] > 0], km)
            for own in r.places.groupby("kode_provinsi").groups.values()
        )
        assert plan.cost == pytest.approx(cheapest, rel=1e-6)

    @pytest.mark.parametrize(("circle", "column"), [("provinsi", "provinsi"), ("pulau", "pulau")])
    def test_nobody_leaves_the_circle(self, circle, column):
        r = report()
        moves = r.plan(circle).moves
        assert (
            moves["origin"].map(r.places[column]).equals(moves["destination"].map(r.places[column]))
        )

    def test_by_a_standard_nobody_is_taken_below_it_or_placed_above(self):
        r = report(**STANDARD)
        plan = r.plan("pulau")
        assert (plan.staff_after >= plan.need)[plan.losses > 0].all()
        assert (plan.staff_after < plan.need + 1)[plan.gains > 0].all()


class TestNeed:
    def test_without_a_standard_of_ones_own_it_is_that_of_the_rules(self):
        r = report(need="standar")
        assert r.norm.value == 45
        assert r.units.total_need == pytest.approx(r.places["penduduk"].sum() * 45 / 100_000)

    def test_a_profession_without_a_rule_needs_a_standard(self):
        r = report(need="standar", profession="dokter_subspesialis")
        with pytest.raises(ParameterError, match="rasio_dokter_subspesialis"):
            _ = r.norm

    def test_shortages_are_counted_unit_by_unit(self):
        r = report(**STANDARD)
        found = findings.standing(r.data, r.places, r.units, r.norm, r.p)
        short = 25 * r.places["penduduk"] / 100_000 - r.places["tenaga"]
        assert found.short_units == int((short > 0).sum())
        assert found.shortage == pytest.approx(short[short > 0].sum(), abs=1e-6)


class TestSilence:
    def test_two_units_have_facilities_but_no_doctor(self):
        r = report()
        found = findings.silence(r.data, r.plan("nasional"), r.norm, r.p)
        assert found.names == ("Kabupaten Pegunungan Arfak", "Kabupaten Maybrat")
        assert found.without < found.with_them
        assert found.received > 0

    def test_left_out_they_are_no_units_and_nobody_is_sent(self):
        r = report(silent="keluarkan")
        found = findings.silence(r.data, r.plan("nasional"), r.norm, r.p)
        assert len(r.units) == 512
        assert found.received is None


class TestPlan:
    def test_those_who_arrive_where_there_is_enough_are_counted(self):
        r = report()
        plan = r.plan("provinsi", 2675)
        found = plan_findings.plan("Dokter umum", "x", r.places, plan, plan, r.p)
        rich = plan.staff > plan.need
        assert found.arriving_above == plan.gains[rich].sum() > 0
        assert found.leaving_below == plan.losses[plan.staff < plan.need].sum()

    @pytest.mark.parametrize(("gap", "printed"), [(0.0, "1"), (0.4, "1"), (12.3, "13")])
    def test_what_is_proved_of_its_length_is_rounded_up(self, gap, printed):
        r = report()
        plan = r.plan("provinsi", 20)
        found = replace(plan_findings.plan("x", "x", r.places, plan, plan, r.p), gap=gap)
        assert f"menghemat lebih dari {printed} km" in " ".join(
            words(r.p).lines("plan.text", found)
        )

    def test_the_marks_of_the_map_are_of_its_largest_origins_and_destinations(self):
        r = report()
        plan = r.plan("nasional", 2675)
        marks = plan_findings.marks(plan)
        losses = pd.Series(plan.losses, plan.units.labels)
        assert losses[marks[marks == "1"].index[0]] == losses.max()
        assert len(marks) == 10


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"profession": "perawat"}, "no profession of the table"),
        ({"table": "dokter"}, "no table with the role 'tenaga_kabkota'"),
        ({"population": "dokter_kabkota_2020"}, "no table with the role 'penduduk_kabkota'"),
    ],
)
def test_refuses_what_is_not_there(changes, message):
    with pytest.raises(ParameterError, match=message):
        inputs.supply(report(**changes).p)


@pytest.mark.parametrize(
    "changes", [{"circle": "kecamatan"}, {"budget": 1.5}, {"standard": 0.0}, {"silent": True}]
)
def test_refuses_parameters_out_of_their_range(changes):
    with pytest.raises(ParameterError):
        report(**changes)
