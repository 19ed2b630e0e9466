"""What can be chosen in report 04."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import Measures, Randomness

NATIONAL = "nasional"


def _as_text(value: object) -> object:
    """Return a number as text: papermill reads `-p level 13` as one."""
    return f"{value:02d}" if isinstance(value, int) and not isinstance(value, bool) else value


def _level(value: str) -> str:
    if value != NATIONAL and not (len(value) == 2 and value.isascii() and value.isdigit()):
        raise ParameterError(
            f"Parameter 'level' = {value!r} is neither {NATIONAL!r} nor the Kemendagri code of a "
            "province, two digits such as '13'."
        )
    return value


class TenagaKabupaten(Parameters):
    """Parameters of report 04."""

    table: str = Field(description="table of staff by kabupaten/kota, its name in data/raw")
    profession: str = Field(description="column of that table: who is counted")
    compared_with: str | None = Field(
        description="another column, or null: whose spread is set beside it"
    )
    population: str = Field(description="table of population by kabupaten/kota, its name")
    basis: Annotated[Literal["34", "38"], BeforeValidator(_as_text)] = Field(
        description="what a province is: 34 (until 2022) or 38 of them"
    )
    level: Annotated[str, BeforeValidator(_as_text), AfterValidator(_level)] = Field(
        description="nasional, or the Kemendagri code of one province"
    )
    standard: float | None = Field(
        gt=0, description="staff that 100,000 people should have; null takes that of table aturan"
    )
    boundaries: str | None = Field(
        description="GeoJSON file of boundaries by Kemendagri code, or null for dots on the coast"
    )
    measures: Measures = Field(description="measures of inequality, names from MEASURES")
    randomness: Randomness = Field(
        description="what intervals take to be random: superpopulation (provinces with their "
        "kabupaten and kota) or count (staff)"
    )
    seed: int = Field(ge=0, description="whole number that makes intervals repeatable")

    @model_validator(mode="after")
    def _two_professions(self) -> Self:
        if self.compared_with == self.profession:
            raise ParameterError(
                f"Parameters 'profession' and 'compared_with' are both {self.profession!r}. "
                "Compare two columns, or give compared_with = None."
            )
        return self
