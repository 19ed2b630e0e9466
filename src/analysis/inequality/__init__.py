"""Pure statistics of inequality: arrays in, values out.

- `measures`: how unequal? One number.
- `curves`: along whom? A curve and its index.
- `inference`: how sure?
- `decomposition`: from which groups, levels, components?
- `changes`: what changed between two states?
- `table`: all of it for a frame.

Each room lists its functions; what a room exports can be imported from here.
"""

from typing import TYPE_CHECKING

from analysis.inequality import changes, curves, decomposition, inference, measures, table
from analysis.inequality.changes import *
from analysis.inequality.curves import *
from analysis.inequality.decomposition import *
from analysis.inequality.inference import *
from analysis.inequality.measures import *
from analysis.inequality.table import *

if not TYPE_CHECKING:  # a type checker reads the lists of the rooms themselves
    __all__ = sorted(
        name
        for room in (measures, curves, inference, decomposition, changes, table)
        for name in room.__all__
    )
