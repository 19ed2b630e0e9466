"""Pure statistics of inequality: arrays in, values out."""

from analysis.inequality.changes.rank_mobility import (
    Mobility,
    mobility,
)
from analysis.inequality.changes.reranking import (
    ProgressivityReranking,
    RedistributiveEffect,
    StaffRedistributiveEffect,
    progressivity_and_reranking,
    redistributive_effect,
    staff_redistributive_effect,
)
from analysis.inequality.changes.two_states import (
    Change,
    StaffPopulationChange,
    UnitContributions,
    change,
    contributions_to_change,
    staff_population_change,
    unit_contributions,
)
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
from analysis.inequality.decomposition.components import (
    SourceDecomposition,
    gini_by_source,
    shapley_by_source,
    variance_by_source,
)
from analysis.inequality.decomposition.gini_subgroups import (
    DagumDecomposition,
    GiniDecomposition,
    dagum_by_subgroup,
    gini_by_subgroup,
)
from analysis.inequality.decomposition.nested_subgroups import (
    NestedDecomposition,
    nested_entropy,
)
from analysis.inequality.decomposition.subgroups import (
    EntropyDecomposition,
    entropy_by_subgroup,
)
from analysis.inequality.inference.concentration_inference import (
    ConcentrationInterval,
    concentration_influence,
    concentration_interval,
)
from analysis.inequality.inference.confidence import (
    change_interval,
    confidence_interval,
)
from analysis.inequality.inference.intervals import (
    Interval,
)
from analysis.inequality.inference.linearization import (
    gradient,
    influence,
)
from analysis.inequality.inference.permutation import (
    PermutationTest,
    permutation_test,
)
from analysis.inequality.inference.stochastic_dominance import (
    DominanceTest,
    dominance_test,
)
from analysis.inequality.measures.grouped import (
    grouped_measures,
)
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
