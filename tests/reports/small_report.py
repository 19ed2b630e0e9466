"""The report that the tests run: small, and quick."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters


class Small(Parameters):
    """Parameters of the notebook the tests run."""

    before: dt.date = Field(description="first date, YYYY-MM-DD")
    after: dt.date = Field(description="last date, YYYY-MM-DD")
    count: int = Field(description="a whole number")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.before > self.after:
            raise ParameterError("Parameter 'before' is later than 'after'. Swap them.")
        return self


PARAMETERS = 'before = "2014-12-31"\nafter = "2023-12-31"\ncount = 3\nlanguage = "id"'
SHOW = """
import pandas as pd
from matplotlib.figure import Figure
from analysis.language import Language
from analysis.reports.display import *
say = Language(language)
figure = Figure()
figure.subplots().plot([0, 1], [0, count])
KeyFigures((KeyFigure(say.number(1234.5, 1), "<b>label</b>", "note & more"),), "Data: 2023")
"""
