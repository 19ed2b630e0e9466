import datetime as dt
from typing import Self

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pydantic import Field, model_validator

from analysis.errors import ParameterError
from analysis.reports import run
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


@pytest.fixture(scope="session", autouse=True)
def small():
    """Make the small report known to the runner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(run.REPORTS, "small", Small)
        yield


@pytest.fixture(scope="session")
def notebook(tmp_path_factory):
    """Write a notebook of the small report, with the given cells after the parameters."""

    def write(*cells, name="09_small.ipynb", parameters=PARAMETERS):
        titles = [("id", "# Judul\n\nSebuah pertanyaan?"), ("en", "# Title\n\nA question?")]
        content = new_notebook(
            cells=[
                *(
                    new_markdown_cell(text, metadata={"tags": [f"lang-{code}"]})
                    for code, text in titles
                ),
                new_code_cell(parameters, metadata={"tags": ["parameters"]}),
                *(
                    new_markdown_cell(cell[3:]) if cell.startswith("md:") else new_code_cell(cell)
                    for cell in cells
                ),
            ],
            metadata={
                "analysis": {"report": "small", "tables": []},
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            },
        )
        path = tmp_path_factory.mktemp("notebook") / name
        nbformat.write(content, path)
        return path

    return write
