"""What can be chosen in report 12."""

from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.reports.parameters import Parameters, require_order

Level = Literal["SD", "SMP"]
Model = Literal["rombel", "peserta_didik"]


class SekolahKecamatan(Parameters):
    """Parameters of report 12."""

    level: Level = Field(description="level of the state schools: SD or SMP")
    before: int = Field(description="year of the earlier state, such as 2024")
    after: int = Field(description="year of the later state, and of need and plan")
    need: Model = Field(
        description="need that the plan serves: rombel (classes) or peserta_didik (pupils)"
    )
    teachers_per_class: float | None = Field(
        gt=0, le=10, description="need of one class; None for that of the table norma_guru"
    )
    pupils_per_teacher: float | None = Field(
        gt=0, le=1000, description="pupils of one teacher; None for that of the table norma_guru"
    )
    budget: int | None = Field(
        ge=0, le=1_000_000, description="most teachers who move; None for as many as fill shortages"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        require_order(self.before, self.after)
        return self
