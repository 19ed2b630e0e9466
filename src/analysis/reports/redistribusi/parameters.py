"""What can be chosen in report 07."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from analysis.datasets.population import Kind
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import Basis, CentralStaff, NeedModel

Circle = Literal["nasional", "pulau"]


class Plannable(Parameters):
    """What plans between provinces depend on, wherever people may move."""

    date: dt.date = Field(description="date of the staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="set of provinces: 33, 34, 37 or 38 of them")
    population: Kind = Field(description="sensus, registrasi or gabungan, as in report 01")
    central_staff: CentralStaff = Field(
        description="staff of central agencies, where their number is known: keluarkan (not "
        "counted and not moved) or hitung (counted and moved like others)"
    )
    need: NeedModel = Field(description="model of need: penduduk, gabungan, desa or kecamatan")
    weights: dict[Literal["penduduk", "luas_km2", "desa", "kecamatan"], float] = Field(
        description="weights of the model gabungan by indicator, an assumption"
    )
    budget: float = Field(ge=0, le=1, description="share of all staff who move, 0 to 1")
    floor_adequacy: float = Field(
        ge=0, description="donors keep at least this part of their even share, 0 for no floor"
    )
    max_share_leaving: float = Field(
        ge=0, le=1, description="most of a province's staff who leave, as a share of it"
    )
    vacancies: dict[str, Annotated[int, Field(ge=0)]] = Field(
        description="most people who arrive in a province, by its code; others have no limit"
    )
    hire_price: float = Field(gt=0, le=1e6, description="what one hire costs, in moves")


class Redistribusi(Plannable):
    """Parameters of report 07."""

    within: Circle = Field(
        description="people move anywhere (nasional) or inside their island group (pulau)"
    )
    rupiah_per_move: float | None = Field(
        gt=0, le=1e12, description="what moving one person costs, in rupiah; None if not known"
    )
    need_cv: float = Field(
        ge=0, le=10, description="coefficient of variation of each province's need"
    )
    replicates: int = Field(ge=10, le=10_000, description="draws for the robustness of the plan")
    seed: int = Field(ge=0, description="whole number that makes the draws repeatable")
