"""What can be chosen in report 08."""

from pydantic import Field

from analysis.reports.parameters import Parameters


class DataNasional(Parameters):
    """Parameters of report 08."""

    run: str = Field(
        description="run of tables from records, a folder of data/processed/protected; sintetis is "
        "of people who do not exist"
    )
