"""What can be chosen in report 10."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.datasets.organisations import Scope
from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters

OWN = "berkas"

TreeName = Literal["bps_provinsi", "bsn", "riau", "setwapres", "berkas"]


class Restrukturisasi(Parameters):
    """Parameters of report 10."""

    tree: TreeName = Field(
        description="organisation: bps_provinsi, bsn, riau, setwapres, or berkas for a file"
    )
    day: dt.date = Field(description="day whose rules apply, YYYY-MM-DD")
    switched_off: tuple[str, ...] = Field(
        default=(), description="codes of rules that are not applied, such as upt_daerah"
    )
    run: str = Field(
        default="sintetis",
        description="run of tables from individual records that passed the gate, for people and "
        "numbers: sintetis, or your own (python -m analysis.individuals tables)",
    )
    file: str | None = Field(
        default=None, description="CSV or XLSX with an organisation tree, for tree = berkas"
    )
    mapping: str | None = Field(
        default=None,
        description="TOML that says which headings of the file are which fields: "
        "python -m analysis.datasets.organisations draft FILE writes it",
    )
    scope: Scope | None = Field(
        default=None, description="kind of government of the file: pusat, provinsi or kabkota"
    )

    @model_validator(mode="after")
    def _a_file_has_what_it_needs(self) -> Self:
        given = [self.file is not None, self.mapping is not None, self.scope is not None]
        if any(given) != (self.tree == OWN) or any(given) != all(given):
            raise ParameterError(
                "Parameters 'file', 'mapping' and 'scope' go with tree = 'berkas', all three: the "
                "file, the TOML that says which of its headings are nama, induk and the like, and "
                "the kind of government. Give all of them, or none and the name of a public tree; "
                "python -m analysis.datasets.organisations draft FILE writes a mapping."
            )
        return self
