"""What can be chosen in report 05."""

import datetime as dt
from typing import Literal

from pydantic import Field

from analysis.reports.parameters import Parameters
from analysis.reports.provincial import Basis

Need = Literal["siswa", "rombel"]


class MutuGuru(Parameters):
    """Parameters of report 05."""

    date: dt.date = Field(description="reference date of the table of teachers, YYYY-MM-DD")
    need: Need = Field(
        description="whom teachers are counted against: siswa (pupils) or rombel (classes)"
    )
    basis: Basis = Field(description="set of provinces: 33, 34, 37 or 38 of them")
