"""What can be chosen in report 15."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from analysis.datasets.population import Kind
from analysis.reports.parameters import Parameters, require_order
from analysis.reports.provincial import Basis

Profession = Literal["dokter_umum", "dokter_gigi", "dokter_spesialis", "dokter_total"]


def _as_text(value: object) -> object:
    """Return a number as text: papermill reads `-p province 11` as one."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class ProfilProvinsi(Parameters):
    """Parameters of report 15."""

    province: Annotated[str, BeforeValidator(_as_text)] = Field(
        description="code of the province by Kemendagri, such as 11"
    )
    date: dt.date = Field(description="date of the staff counts, YYYY-MM-DD")
    population: Kind = Field(description="sensus, registrasi or gabungan, as in report 01")
    before: dt.date = Field(description="earlier date of the staff counts, YYYY-MM-DD")
    population_before: Kind = Field(description="population at the earlier date")
    basis_before: Basis = Field(
        description="set of provinces that staff and population reach at both dates: 33, 34, ..."
    )
    profession: Profession = Field(description="doctors to show by kabupaten and kota")
    budget: float = Field(
        ge=0, le=1, description="share of all staff who move in the plans of report 07, 0 to 1"
    )
    max_share_leaving: float = Field(
        ge=0, le=1, description="most of a province's staff who leave, as a share of it"
    )
    run: str = Field(
        default="sintetis",
        description="run of tables from individual records that passed the gate, for hours of "
        "training: sintetis, or your own (python -m analysis.individuals tables)",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        require_order(self.before, self.date)
        return self
