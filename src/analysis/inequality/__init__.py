"""Pure statistics of inequality: arrays in, values out."""

from analysis.inequality.change import (
    Change,
    StaffPopulationChange,
    UnitContributions,
    change,
    contributions_to_change,
    staff_population_change,
    unit_contributions,
)
from analysis.inequality.concentration import (
    concentration_index,
    fractional_rank,
    kakwani_index,
)
from analysis.inequality.concentration_interval import (
    ConcentrationInterval,
    concentration_influence,
    concentration_interval,
)
from analysis.inequality.dominance_test import (
    DominanceTest,
    dominance_test,
)
from analysis.inequality.gini_subgroups import (
    DagumDecomposition,
    GiniDecomposition,
    dagum_by_subgroup,
    gini_by_subgroup,
)
from analysis.inequality.grouped import (
    grouped_measures,
)
from analysis.inequality.inference import (
    change_interval,
    confidence_interval,
)
from analysis.inequality.intervals import (
    Interval,
)
from analysis.inequality.linearization import (
    gradient,
    influence,
)
from analysis.inequality.lorenz import (
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
from analysis.inequality.measures import (
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
from analysis.inequality.mobility import (
    Mobility,
    mobility,
)
from analysis.inequality.nested_subgroups import (
    NestedDecomposition,
    nested_entropy,
)
from analysis.inequality.permutation import (
    PermutationTest,
    permutation_test,
)
from analysis.inequality.redistributive_effect import (
    ProgressivityReranking,
    RedistributiveEffect,
    StaffRedistributiveEffect,
    progressivity_and_reranking,
    redistributive_effect,
    staff_redistributive_effect,
)
from analysis.inequality.slope_index import (
    OrderedInequality,
    ordered_inequality,
    relative_index,
    slope_index,
)
from analysis.inequality.sources import (
    SourceDecomposition,
    gini_by_source,
    shapley_by_source,
    variance_by_source,
)
from analysis.inequality.subgroups import (
    EntropyDecomposition,
    entropy_by_subgroup,
)
from analysis.inequality.table import (
    Confidence,
    inequality_table,
)

__all__ = [
    "MEASURES",
    "Change",
    "ConcentrationCurve",
    "ConcentrationInterval",
    "Confidence",
    "DagumDecomposition",
    "Dominance",
    "DominanceTest",
    "EntropyDecomposition",
    "GeneralizedLorenzCurve",
    "GiniDecomposition",
    "Interval",
    "LorenzCurve",
    "Measure",
    "Mobility",
    "NestedDecomposition",
    "OrderedInequality",
    "PenParade",
    "PermutationTest",
    "ProgressivityReranking",
    "RedistributiveEffect",
    "SourceDecomposition",
    "StaffPopulationChange",
    "StaffRedistributiveEffect",
    "UnitContributions",
    "absolute_gini",
    "atkinson",
    "change",
    "change_interval",
    "coefficient_of_variation",
    "concentration_curve",
    "concentration_index",
    "concentration_influence",
    "concentration_interval",
    "confidence_interval",
    "contributions_to_change",
    "dagum_by_subgroup",
    "dominance",
    "dominance_test",
    "entropy_by_subgroup",
    "extended_gini",
    "fractional_rank",
    "generalized_entropy",
    "generalized_lorenz_curve",
    "gini",
    "gini_by_source",
    "gini_by_subgroup",
    "gradient",
    "grouped_measures",
    "herfindahl",
    "hoover",
    "inequality_table",
    "influence",
    "kakwani_index",
    "lorenz_curve",
    "max_min_ratio",
    "mobility",
    "nested_entropy",
    "ordered_inequality",
    "palma",
    "pen_parade",
    "permutation_test",
    "progressivity_and_reranking",
    "quantile",
    "quantile_ratio",
    "quintile_share_ratio",
    "redistributive_effect",
    "relative_index",
    "shapley_by_source",
    "slope_index",
    "staff_population_change",
    "staff_redistributive_effect",
    "theil_l",
    "theil_t",
    "unit_contributions",
    "variance_by_source",
    "variance_of_logs",
]
