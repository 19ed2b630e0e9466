"""What can be chosen in report 11."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters


class KemajuanPenyederhanaan(Parameters):
    """Parameters of report 11."""

    stage: str = Field(description="stage whose completion is told, as the reports call it")
    deadline: dt.date = Field(description="date by which agencies were to finish, YYYY-MM-DD")
    file: str | None = Field(
        default=None, description="CSV or XLSX with own reports; None for the provinces of 2021"
    )
    mapping: str | None = Field(
        default=None, description="TOML that says which headings of the file are which fields"
    )

    @model_validator(mode="after")
    def _a_file_has_a_mapping(self) -> Self:
        if (self.file is None) != (self.mapping is None):
            raise ParameterError(
                "Parameters 'file' and 'mapping' go together: a file of reports, and the TOML that "
                "says which of its headings are instansi, tahap, tanggal and tercapai. Give both, "
                "or neither for the provinces of December 2021."
            )
        return self
