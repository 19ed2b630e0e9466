"""Staff, needs and the plan that follows from the parameters of report 07."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
from pydantic import Field

from analysis import datasets, inequality
from analysis.datasets.population import Kind
from analysis.language import Language
from analysis.redistribution.flows.distance import great_circle
from analysis.redistribution.frontiers.hiring import Mix, cheapest_mix
from analysis.redistribution.frontiers.reachable import Frontier, frontier
from analysis.redistribution.limits import Limits
from analysis.redistribution.need.models import compare_need, composite_need, proportional_need
from analysis.redistribution.plans.plan import Plan, plan_moves
from analysis.reports.display import KeyFigure, KeyFigures
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import Basis, provincial_staffing

Model = Literal["penduduk", "gabungan", "desa", "kecamatan"]


class Redistribusi(Parameters):
    """Parameters of report 07."""

    date: dt.date = Field(description="date of the staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="set of provinces: 33, 34, 37 or 38 of them")
    population: Kind = Field(description="sensus, registrasi or gabungan, as in report 01")
    need: Model = Field(description="model of need: penduduk, gabungan, desa or kecamatan")
    weights: dict[Literal["penduduk", "luas_km2", "desa", "kecamatan"], float] = Field(
        description="weights of the model gabungan by indicator, an assumption"
    )
    budget: float = Field(ge=0, le=1, description="share of all staff who move, 0 to 1")
    within: Literal["nasional", "pulau"] = Field(
        description="people move anywhere (nasional) or inside their island group (pulau)"
    )
    floor_adequacy: float = Field(
        ge=0, description="donors keep at least this part of their even share, 0 for no floor"
    )
    max_share_leaving: float = Field(
        ge=0, le=1, description="most of a province's staff who leave, as a share of it"
    )
    hire_price: float = Field(gt=0, le=1e6, description="what one hire costs, in moves")
    need_cv: float = Field(
        ge=0, le=10, description="coefficient of variation of each province's need"
    )
    replicates: int = Field(ge=10, le=10_000, description="draws for the robustness of the plan")
    seed: int = Field(ge=0, description="whole number that makes the draws repeatable")


@dataclass(frozen=True)
class Scenario:
    """Staff, needs and the plan that follows from the parameters.

    Attributes
    ----------
    frame : DataFrame
        `provincial_staffing` with the columns `kebutuhan` (the chosen need, adding up to all
        staff) and `kecukupan` (staff per need), indexed by `kode_kemendagri`.
    needs : DataFrame
        Need by province, one column a model.
    distance : DataFrame
        Kilometres between capitals.
    plan : Plan
    parameters : Redistribusi
    """

    frame: pd.DataFrame
    needs: pd.DataFrame
    distance: pd.DataFrame
    plan: Plan
    parameters: Redistribusi

    @cached_property
    def frontiers(self) -> dict[str, Frontier]:
        """Frontier of each model of need."""
        return {str(model): frontier(self.frame["pns"], need) for model, need in self.needs.items()}

    @property
    def frontier(self) -> Frontier:
        """Frontier of the chosen model."""
        return self.frontiers[self.parameters.need]

    @property
    def after(self) -> pd.Series:
        """Staff per need once all have moved."""
        return pd.Series(self.plan.staff_after, self.frame.index) / self.frame["kebutuhan"]

    @property
    def gini_after(self) -> float:
        """Gini of staff per need once all have moved, as the engine of measures finds it."""
        return inequality.gini(self.after, self.frame["kebutuhan"])

    @cached_property
    def mix(self) -> Mix:
        """Moves, hires and the cheapest mix that reach the Gini of the plan."""
        return cheapest_mix(self.frontier, self.gini_after, price=self.parameters.hire_price)

    def moves(self, staff: pd.Series, need: pd.Series) -> pd.DataFrame:
        """Return the moves of the best plan for other staff and need."""
        islands = self.frame["pulau"]
        return plan_provinces(staff, need, self.distance, islands, self.parameters).moves


def scenario(p: Redistribusi) -> Scenario:
    """Return staff and need by province, and the plan."""
    frame = provincial_staffing(p.date, p.basis, p.population).set_index("kode_kemendagri")
    regions = datasets.load_regions()
    territory = datasets.territory_at(datasets.read_processed("wilayah_provinsi"), regions, p.basis)
    indicators = territory.assign(penduduk=frame["penduduk"])
    people = int(frame["pns"].sum())
    needs = pd.DataFrame(
        {
            "penduduk": proportional_need(indicators["penduduk"], people),
            "gabungan": composite_need(
                indicators, people, {str(name): w for name, w in p.weights.items()}
            ),
            "desa": proportional_need(indicators["desa"], people),
            "kecamatan": proportional_need(indicators["kecamatan"], people),
        }
    )
    places = regions.coordinates(p.basis).loc[frame.index]
    distance = great_circle(places["lintang"], places["bujur"])
    frame = frame.assign(
        kebutuhan=needs[p.need],
        kecukupan=frame["pns"] / needs[p.need],
        lintang=places["lintang"],
        bujur=places["bujur"],
    )
    plan = plan_provinces(frame["pns"], frame["kebutuhan"], distance, frame["pulau"], p)
    return Scenario(frame, needs, distance, plan, p)


def plan_provinces(
    staff: pd.Series, need: pd.Series, distance: pd.DataFrame, islands: pd.Series, p: Redistribusi
) -> Plan:
    """Return the plan for staff and need under the limits of the parameters."""
    limits = Limits(
        floor_adequacy=p.floor_adequacy * staff.sum() / need.sum() if p.floor_adequacy else None,
        max_share_leaving=p.max_share_leaving if p.max_share_leaving < 1 else None,
        within=islands if p.within == "pulau" else None,
    )
    people = int(p.budget * staff.sum())
    return plan_moves(staff, need, cost=distance, budget=people, limits=limits)


def model_label(model: str, p: Redistribusi, *, short: bool = False) -> str:
    """Return the name of a model of need, with its weights unless it should be short."""
    say = Language(p.language)
    names = {
        "penduduk": say.text("penduduk"),
        "luas_km2": say.text("luas"),
        "desa": say.text("desa dan kelurahan"),
        "kecamatan": say.text("kecamatan"),
    }
    if model != "gabungan":
        return names[model]
    if short:
        return say.text("gabungan")
    total = sum(p.weights.values())
    parts = [f"{names[name]} {say.percent(w / total, 0)}" for name, w in p.weights.items() if w > 0]
    return say.text("gabungan ({isi})", isi=", ".join(parts))


def key_figures(s: Scenario, p: Redistribusi) -> KeyFigures:
    """Return the numbers the report opens with."""
    say = Language(p.language)
    today = float(s.frontier.gini(0))
    models = compare_need(s.frame["pns"], s.needs)
    low, high = models["moves_to_equality"].min(), models["moves_to_equality"].max()
    people = s.frontier.total_staff
    return KeyFigures(
        figures=(
            KeyFigure(
                f"{say.number(today, 3)} → {say.number(s.gini_after, 3)}",
                say.text("Gini PNS per kebutuhan, sebelum dan sesudah rencana"),
                say.text("kebutuhan menurut {model}", model=model_label(p.need, p)),
            ),
            KeyFigure(
                say.number(s.plan.moved),
                say.text("PNS berpindah provinsi dalam rencana"),
                say.text("{bagian} dari semua PNS", bagian=say.percent(s.plan.moved / people)),
            ),
            KeyFigure(
                say.number(s.mix.hires_only),
                say.text("rekrutmen untuk hasil yang sama tanpa perpindahan"),
                say.text(
                    "{n} kali jumlah yang berpindah",
                    n=say.number(s.mix.hires_only / s.plan.moved, 1),
                )
                if s.plan.moved
                else "",
            ),
            KeyFigure(
                f"{say.percent(low / people)}–{say.percent(high / people)}",
                say.text("PNS harus berpindah agar merata, menurut model kebutuhan"),
                say.text("jawabannya bergantung pada cara kebutuhan diukur"),
            ),
        ),
        data_date=say.text("Data PNS: {tanggal}", tanggal=say.date(p.date)),
    )
