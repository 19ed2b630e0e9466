"""One function per figure, one style. Each takes tidy values and returns a figure."""

from analysis.plots.bars import grouped_bars
from analysis.plots.burn_ups import burn_up
from analysis.plots.dot_rows import dot_rows
from analysis.plots.drawn_data import data_of, drawn_from
from analysis.plots.dumbbells import dumbbell
from analysis.plots.fingerprints import fingerprint
from analysis.plots.fit_plots import observed_expected, rootogram
from analysis.plots.flow_maps import flow_map
from analysis.plots.flow_ribbons import sankey
from analysis.plots.forests import forest
from analysis.plots.four_fields import four_fields
from analysis.plots.frontiers import frontier
from analysis.plots.heat_maps import heat_map
from analysis.plots.icicles import icicle, icicle_layout
from analysis.plots.kind_maps import kind_map
from analysis.plots.lorenz_curves import lorenz
from analysis.plots.null_ranges import null_ranges
from analysis.plots.rankings import ranking
from analysis.plots.signed_bars import signed_bars
from analysis.plots.squad_maps import squad_map
from analysis.plots.stacked_shares import stacked_shares
from analysis.plots.strips import strip
from analysis.plots.tile_maps import category_map, tile_map
from analysis.plots.timelines import timeline
from analysis.plots.unit_maps import MapWords, UnitMap, unit_map

__all__ = [
    "MapWords",
    "UnitMap",
    "burn_up",
    "category_map",
    "data_of",
    "dot_rows",
    "drawn_from",
    "dumbbell",
    "fingerprint",
    "flow_map",
    "forest",
    "four_fields",
    "frontier",
    "grouped_bars",
    "heat_map",
    "icicle",
    "icicle_layout",
    "kind_map",
    "lorenz",
    "null_ranges",
    "observed_expected",
    "ranking",
    "rootogram",
    "sankey",
    "signed_bars",
    "squad_map",
    "stacked_shares",
    "strip",
    "tile_map",
    "timeline",
    "unit_map",
]
