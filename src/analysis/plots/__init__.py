"""One function per figure, one style. Each takes tidy values and returns a figure."""

from analysis.plots.bars import grouped_bars
from analysis.plots.dumbbells import dumbbell
from analysis.plots.fingerprints import fingerprint
from analysis.plots.flow_maps import flow_map
from analysis.plots.flow_ribbons import sankey
from analysis.plots.four_fields import four_fields
from analysis.plots.frontiers import frontier
from analysis.plots.lorenz_curves import lorenz
from analysis.plots.rankings import ranking
from analysis.plots.strips import strip
from analysis.plots.tile_maps import category_map, tile_map
from analysis.plots.timelines import timeline
from analysis.plots.unit_maps import MapWords, UnitMap, unit_map

__all__ = [
    "MapWords",
    "UnitMap",
    "category_map",
    "dumbbell",
    "fingerprint",
    "flow_map",
    "four_fields",
    "frontier",
    "grouped_bars",
    "lorenz",
    "ranking",
    "sankey",
    "strip",
    "tile_map",
    "timeline",
    "unit_map",
]
