"""Staff against population and need."""

from analysis.staffing.comparison import compare_states
from analysis.staffing.location_quotient import location_quotient, specialisation
from analysis.staffing.per_capita import (
    gap_to_equal_share,
    overall_ratio,
    per_capita,
    residents_per_staff,
)

__all__ = [
    "compare_states",
    "gap_to_equal_share",
    "location_quotient",
    "overall_ratio",
    "per_capita",
    "residents_per_staff",
    "specialisation",
]
