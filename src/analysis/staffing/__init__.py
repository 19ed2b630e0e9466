"""Staff against population and need."""

from analysis.staffing.comparison import compare_states
from analysis.staffing.quotients import location_quotient, specialisation
from analysis.staffing.ratios import (
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
