"""What can be chosen in report 06."""

from typing import Literal

from pydantic import Field

from analysis.reports.parameters import Parameters

Need = Literal["penduduk", "standar"]
Circle = Literal["provinsi", "pulau", "nasional"]
Silent = Literal["nol", "keluarkan"]


class RedistribusiKabupaten(Parameters):
    """Parameters of report 06."""

    table: str = Field(description="table of staff by kabupaten/kota, its name in data/raw")
    profession: str = Field(description="column of that table: who is counted and moved")
    population: str = Field(description="table of population by kabupaten/kota, its name")
    need: Need = Field(
        description="penduduk (all staff shared out equally per head) or standar (a number of "
        "staff per 100,000 people)"
    )
    standard: float | None = Field(
        gt=0,
        le=100_000,
        description="staff that 100,000 people should have, for need standar; null takes that of "
        "table aturan",
    )
    circle: Circle = Field(
        description="people move inside their provinsi, inside their pulau (island group) or "
        "anywhere (nasional)"
    )
    budget: float = Field(ge=0, le=1, description="share of all staff who move, 0 to 1")
    silent: Silent = Field(
        description="units with facilities but no staff of any profession, which probably did not "
        "report: nol (counted as zero) or keluarkan (left out)"
    )
