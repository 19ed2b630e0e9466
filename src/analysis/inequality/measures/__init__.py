"""How unequal? One number.

- Of all measures, by name: `MEASURES`; many measures of many groups at once: `grouped_measures`.
- From ranks: `gini`, `absolute_gini`, `extended_gini`.
- From shares: `hoover`, `coefficient_of_variation`, `variance_of_logs`, `herfindahl`.
- From entropy: `theil_t`, `theil_l`, `generalized_entropy`, `atkinson`.
- From the tails: `quantile_ratio`, `palma`, `quintile_share_ratio`, `max_min_ratio`; `quantile`.
"""

from analysis.inequality.measures.grouped import grouped_measures
from analysis.inequality.measures.registry import (
    MEASURES,
    Measure,
    absolute_gini,
    atkinson,
    coefficient_of_variation,
    extended_gini,
    generalized_entropy,
    gini,
    herfindahl,
    hoover,
    max_min_ratio,
    palma,
    quantile,
    quantile_ratio,
    quintile_share_ratio,
    theil_l,
    theil_t,
    variance_of_logs,
)

__all__ = [
    "MEASURES",
    "Measure",
    "absolute_gini",
    "atkinson",
    "coefficient_of_variation",
    "extended_gini",
    "generalized_entropy",
    "gini",
    "grouped_measures",
    "herfindahl",
    "hoover",
    "max_min_ratio",
    "palma",
    "quantile",
    "quantile_ratio",
    "quintile_share_ratio",
    "theil_l",
    "theil_t",
    "variance_of_logs",
]
