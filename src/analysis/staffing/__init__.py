"""Staff against population and need."""

from analysis.staffing.location_quotient import location_quotient, specialisation
from analysis.staffing.per_capita import gap_to_equal_share, per_capita, residents_per_staff

__all__ = [
    "gap_to_equal_share",
    "location_quotient",
    "per_capita",
    "residents_per_staff",
    "specialisation",
]
