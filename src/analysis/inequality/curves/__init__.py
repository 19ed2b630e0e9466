"""Along whom? A curve and its index.

- Who has how much, from the least to the most? `lorenz_curve`, `generalized_lorenz_curve`,
  `pen_parade`.
- Does one state lie above another everywhere? `dominance`.
- Does staff follow another ranking, such as poverty? `concentration_curve`,
  `concentration_index`, `kakwani_index`, `slope_index`, `relative_index`, `ordered_inequality`.
"""

from analysis.inequality.curves.concentration import (
    concentration_index,
    fractional_rank,
    kakwani_index,
)
from analysis.inequality.curves.lorenz import (
    ConcentrationCurve,
    Dominance,
    GeneralizedLorenzCurve,
    LorenzCurve,
    PenParade,
    concentration_curve,
    dominance,
    generalized_lorenz_curve,
    lorenz_curve,
    pen_parade,
)
from analysis.inequality.curves.slopes import (
    OrderedInequality,
    ordered_inequality,
    relative_index,
    slope_index,
)

__all__ = [
    "ConcentrationCurve",
    "Dominance",
    "GeneralizedLorenzCurve",
    "LorenzCurve",
    "OrderedInequality",
    "PenParade",
    "concentration_curve",
    "concentration_index",
    "dominance",
    "fractional_rank",
    "generalized_lorenz_curve",
    "kakwani_index",
    "lorenz_curve",
    "ordered_inequality",
    "pen_parade",
    "relative_index",
    "slope_index",
]
