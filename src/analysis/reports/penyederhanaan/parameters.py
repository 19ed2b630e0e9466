"""What can be chosen in report 03."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters


class Penyederhanaan(Parameters):
    """Parameters of report 03."""

    start: dt.date = Field(description="first date shown, YYYY-MM-DD")
    end: dt.date = Field(description="last date shown, YYYY-MM-DD")
    deadline: dt.date = Field(description="date by which agencies were to finish, YYYY-MM-DD")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start > self.end:
            raise ParameterError(
                f"Parameter 'start' = {self.start} is later than 'end' = {self.end}. Swap them."
            )
        return self
