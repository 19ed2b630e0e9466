"""What can be chosen in report 18."""

import datetime as dt
from typing import Literal

from pydantic import Field

from analysis.reports.kemajuan_penyederhanaan.parameters import KemajuanPenyederhanaan

PublicTree = Literal["bps_provinsi", "bsn", "riau", "setwapres"]


class RisalahPenyederhanaan(KemajuanPenyederhanaan):
    """Parameters of report 18: those of report 11, organisations and a run of report 10."""

    trees: tuple[PublicTree, ...] = Field(
        min_length=1,
        description="organisations on which the alternatives are tried: bps_provinsi, bsn, riau, "
        "setwapres",
    )
    day: dt.date = Field(description="day whose rules apply to them, YYYY-MM-DD")
    run: str = Field(
        description="run of tables from individual records that passed the gate, for what it does "
        "to the evenness of staff: sintetis, or your own"
    )
