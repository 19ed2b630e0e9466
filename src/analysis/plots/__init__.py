"""One function per figure, one style. Each takes tidy values and returns a figure."""

from analysis.plots.dumbbell import dumbbell
from analysis.plots.fingerprint import fingerprint
from analysis.plots.flow_map import flow_map
from analysis.plots.frontier import frontier
from analysis.plots.grouped_bars import grouped_bars
from analysis.plots.lorenz import lorenz
from analysis.plots.ranking import ranking
from analysis.plots.sankey import sankey
from analysis.plots.strip import strip
from analysis.plots.tile_map import category_map, tile_map
from analysis.plots.timeline import timeline

__all__ = [
    "category_map",
    "dumbbell",
    "fingerprint",
    "flow_map",
    "frontier",
    "grouped_bars",
    "lorenz",
    "ranking",
    "sankey",
    "strip",
    "tile_map",
    "timeline",
]
