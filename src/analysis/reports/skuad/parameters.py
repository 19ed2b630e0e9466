"""What can be chosen in report 14."""

from pydantic import Field

from analysis.reports.parameters import Parameters


class Skuad(Parameters):
    """Parameters of report 14."""

    run: str = Field(
        description="run of tables; of one's own people: python -m analysis.individuals tables"
    )
    agency: str | None = Field(
        default=None, description="agency of the run, by its name or its code; by default the first"
    )
    ratios: tuple[float, ...] = Field(
        default=(0.5, 1.0, 2.0),
        min_length=1,
        description="multiples of the price of a hire that the table shows; some the run has",
    )
