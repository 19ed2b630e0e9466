"""What can be chosen in report 01."""

import datetime as dt

from pydantic import Field

from analysis.datasets.population import Kind
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import Basis, Measures, Randomness


class Distribusi(Parameters):
    """Parameters of report 01."""

    date: dt.date = Field(description="date of the staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="set of provinces: 33, 34, 37 or 38 of them")
    population: Kind = Field(
        description="sensus (growth between censuses), registrasi (nearest register) or gabungan "
        "(growth between a census and a register)"
    )
    measures: Measures = Field(description="measures of inequality, names from MEASURES")
    randomness: Randomness = Field(
        description="what intervals take to be random: superpopulation (provinces) or count (staff)"
    )
    seed: int = Field(ge=0, description="whole number that makes intervals repeatable")
