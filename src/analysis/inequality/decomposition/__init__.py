"""From which groups, levels, components?

- Groups: `entropy_by_subgroup`, `gini_by_subgroup`, `dagum_by_subgroup`.
- Levels, such as provinces in island groups: `nested_entropy`.
- Pairs of neighbours, or distant ones: `spatial_gini`; are neighbours alike (Moran's I)?
  `spatial_autocorrelation`; where are they (local Moran's I)? `local_autocorrelation`.
- Who borders on whom: `neighbours_from_pairs`, `neighbours_among`, `joined_to_nearest`.
- Components of staff: `gini_by_source`, `variance_by_source`, `shapley_by_source`.
"""

from analysis.inequality.decomposition.adjacency import (
    joined_to_nearest,
    neighbours_among,
    neighbours_from_pairs,
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
from analysis.inequality.decomposition.local_likeness import (
    LocalAutocorrelation,
    local_autocorrelation,
)
from analysis.inequality.decomposition.neighbours import (
    SpatialAutocorrelation,
    SpatialGini,
    spatial_autocorrelation,
    spatial_gini,
)
from analysis.inequality.decomposition.nested_subgroups import NestedDecomposition, nested_entropy
from analysis.inequality.decomposition.subgroups import EntropyDecomposition, entropy_by_subgroup

__all__ = [
    "DagumDecomposition",
    "EntropyDecomposition",
    "GiniDecomposition",
    "LocalAutocorrelation",
    "NestedDecomposition",
    "SourceDecomposition",
    "SpatialAutocorrelation",
    "SpatialGini",
    "dagum_by_subgroup",
    "entropy_by_subgroup",
    "gini_by_source",
    "gini_by_subgroup",
    "joined_to_nearest",
    "local_autocorrelation",
    "neighbours_among",
    "neighbours_from_pairs",
    "nested_entropy",
    "shapley_by_source",
    "spatial_autocorrelation",
    "spatial_gini",
    "variance_by_source",
]
