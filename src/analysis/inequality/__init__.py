"""Pure statistics of inequality: arrays in, values out."""

from analysis.inequality.lorenz import Dominance, LorenzCurve, dominance, lorenz_curve
from analysis.inequality.measures import (
    MEASURES,
    Measure,
    coefficient_of_variation,
    generalized_entropy,
    gini,
    hoover,
    max_min_ratio,
    quantile_ratio,
    theil_l,
    theil_t,
)

__all__ = [
    "MEASURES",
    "Dominance",
    "LorenzCurve",
    "Measure",
    "coefficient_of_variation",
    "dominance",
    "generalized_entropy",
    "gini",
    "hoover",
    "lorenz_curve",
    "max_min_ratio",
    "quantile_ratio",
    "theil_l",
    "theil_t",
]
