"""What can be chosen in report 09."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.errors import ParameterError
from analysis.reports.parameters import Parameters

Source = Literal["guru", "contoh", "dokter"]
Circle = Literal["kelompok", "tetangga", "semua"]


class PetaJabatan(Parameters):
    """Parameters of report 09."""

    file: str | None = Field(
        description="CSV or XLSX with units, posts, staff and need; null shows the data of "
        "'source'. A relative path starts where the notebook runs, or at the project"
    )
    mapping: str | None = Field(
        description="which columns of the file are which: python -m analysis.datasets.job_map "
        "draft FILE writes it"
    )
    source: Source = Field(
        description="without a file: guru (teachers of Kabupaten Banjar), contoh (an invented "
        "government with all optional columns) or dokter (doctors of one province)"
    )
    date: dt.date = Field(
        description="day the file counts, YYYY-MM-DD: rules that hold on it say who may move; "
        "for guru its year counts, for dokter the date of the table"
    )
    province: str = Field(description="for dokter: code of the province, such as 13")
    standard: dict[str, float] | None = Field(
        description="for guru: teachers for one class, by 'Guru SD' and 'Guru SMP'; for dokter: "
        "per 100,000 people, by profession; null takes the norms of the table, or an equal share"
    )
    circle: Circle = Field(
        description="people move inside the kelompok (group) of their unit, to units that are "
        "tetangga (neighbours), or to semua (all)"
    )
    neighbour_km: float = Field(
        gt=0, le=20_000, description="units of a file no further apart, in km, are neighbours"
    )
    budget: int | None = Field(
        ge=0, le=10_000_000, description="most people who change post; null for all it takes"
    )
    substitution: list[tuple[str, str, float]] = Field(
        description="[family of the person, family of the post, what retraining costs in moves], "
        "one for each pair that is permitted"
    )
    floor_adequacy: float = Field(
        ge=1,
        le=10,
        description="people leave a post only as far as it keeps this much staff per need, 1 or "
        "more",
    )
    floor_heads: int = Field(
        ge=0, le=1_000_000, description="units keep at least so many people of all families"
    )
    max_share_leaving: float = Field(
        ge=0, le=1, description="most people who leave a unit, as a share of its staff"
    )
    km_per_move: float = Field(
        gt=0,
        le=20_000,
        description="kilometres that weigh as much as a move itself: a move costs 1 + km over this",
    )
    hire_price: float = Field(ge=0, le=10_000, description="what a hire costs, in moves")
    horizon: int = Field(ge=1, le=5, description="years ahead at which moves are judged, 1 to 5")

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if (self.file is None) != (self.mapping is None):
            given, other = ("mapping", "file") if self.file is None else ("file", "mapping")
            raise ParameterError(
                f"Parameter {given!r} is given, but not {other!r}. Give both: the command "
                "python -m analysis.datasets.job_map draft FILE writes a mapping."
            )
        if self.standard is not None and (self.file is not None or self.source == "contoh"):
            raise ParameterError(
                "Parameter 'standard' is given, but the file says itself what is needed. Leave it "
                "out, or change the need in the file."
            )
        return self
