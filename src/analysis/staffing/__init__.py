"""Staff against population and need."""

from analysis.staffing.comparison import compare_states
from analysis.staffing.levels import TwoLevels, moves_by_level, shortfall_by_level
from analysis.staffing.quotients import (
    krugman_specialisation,
    location_quotient,
    locational_gini,
    specialisation,
)
from analysis.staffing.ratios import (
    gap_to_equal_share,
    overall_ratio,
    per_capita,
    residents_per_staff,
)

__all__ = [
    "TwoLevels",
    "compare_states",
    "gap_to_equal_share",
    "krugman_specialisation",
    "location_quotient",
    "locational_gini",
    "moves_by_level",
    "overall_ratio",
    "per_capita",
    "residents_per_staff",
    "shortfall_by_level",
    "specialisation",
]
