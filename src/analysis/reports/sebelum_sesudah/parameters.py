"""What can be chosen in report 02."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from analysis.datasets.population import Kind
from analysis.reports.parameters import Parameters, require_order
from analysis.reports.provincial import Basis, Measures, Randomness


class SebelumSesudah(Parameters):
    """Parameters of report 02."""

    before: dt.date = Field(description="date of the earlier staff counts, YYYY-MM-DD")
    after: dt.date = Field(description="date of the later staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="common set of provinces: 33, 34, 37 or 38 of them")
    population_before: Kind = Field(
        description="population at the earlier date: sensus, registrasi or gabungan"
    )
    population_after: Kind = Field(
        description="population at the later date: sensus, registrasi or gabungan"
    )
    measures: Measures = Field(description="measures of inequality, names from MEASURES")
    randomness: Randomness = Field(
        description="what intervals take to be random: superpopulation (provinces) or count (staff)"
    )
    seed: int = Field(ge=0, description="whole number that makes intervals repeatable")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        require_order(self.before, self.after)
        return self
