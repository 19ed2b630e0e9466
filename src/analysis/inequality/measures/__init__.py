"""How unequal? One number.

Each family of measures has a module, in which the row that registers a measure stands beside its
formula; `docs/measures.md` lists them all.

- Of all measures, by name: `MEASURES`; many measures of many groups at once: `grouped_measures`.
- Who ranks above whom? (`rank_measures`) `gini`, `absolute_gini`, `extended_gini`.
- How far from the mean? (`dispersion`) `hoover`, `coefficient_of_variation`, `variance_of_logs`.
- How far from proportional shares? (`entropy`) `theil_t`, `theil_l`, `generalized_entropy`.
- What does it cost? (`welfare`) `atkinson`, `equally_distributed_equivalent`.
- In how few hands? (`shares`) `herfindahl`, `normalized_herfindahl`, `equivalent_number`.
- How far is the top from the bottom? (`ratios`, `quantiles`) `palma`, `quintile_share_ratio`,
  `max_min_ratio`, `quantile_ratio`; `quantile`.
- How far from the mean, or from the best? (`gaps`, as WHO does) `mean_difference_from_mean`,
  `mean_difference_from_best`, `disparity_index`, `attributable_risk`, `attributable_fraction`.
- Who makes it unequal, a few with much or many with little? (`asymmetry`) `lorenz_asymmetry`.
"""

from typing import TYPE_CHECKING

from analysis.inequality.measures import (
    grouped,
    measure,
    registry,
)
from analysis.inequality.measures.asymmetry import *
from analysis.inequality.measures.dispersion import *
from analysis.inequality.measures.entropy import *
from analysis.inequality.measures.gaps import *
from analysis.inequality.measures.grouped import *
from analysis.inequality.measures.measure import *
from analysis.inequality.measures.quantiles import *
from analysis.inequality.measures.rank_measures import *
from analysis.inequality.measures.ratios import *
from analysis.inequality.measures.registry import *
from analysis.inequality.measures.shares import *
from analysis.inequality.measures.welfare import *

if not TYPE_CHECKING:  # a type checker reads the lists of the modules themselves
    __all__ = sorted(
        name
        for module in (measure, registry, grouped, *registry.FAMILIES)
        for name in module.__all__
    )
