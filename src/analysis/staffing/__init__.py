"""Staff against population and need.

- How many per head, and how far from an even share? `per_capita`, `residents_per_staff`,
  `overall_ratio`, `gap_to_equal_share`, `location_quotient`; between two dates: `compare_states`.
- Who is specialised in what? `specialisation`, `krugman_specialisation`, `locational_gini`.
- What do totals of larger areas conceal? `moves_by_level`, `shortfall_by_level`.
- Is quality where quantity is? `number_and_quality`, `number_quality_effects`.
"""

from analysis.staffing.comparison import compare_states
from analysis.staffing.levels import TwoLevels, moves_by_level, shortfall_by_level
from analysis.staffing.number_quality import (
    FIELDS,
    NumberQualityEffects,
    number_and_quality,
    number_quality_effects,
)
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
    "FIELDS",
    "NumberQualityEffects",
    "TwoLevels",
    "compare_states",
    "gap_to_equal_share",
    "krugman_specialisation",
    "location_quotient",
    "locational_gini",
    "moves_by_level",
    "number_and_quality",
    "number_quality_effects",
    "overall_ratio",
    "per_capita",
    "residents_per_staff",
    "shortfall_by_level",
    "specialisation",
]
