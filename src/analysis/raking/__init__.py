"""How many are in each cell of a table of which only the margins are known?

| question | function |
|---|---|
| the table nearest to a first guess that has these margins | `fit` |
| the same in whole numbers, every margin met exactly | `round_to_margins` |

Both take the guess, its axes and the margins; see `Margins`.
"""

from analysis.raking.fitting import fit
from analysis.raking.margins import Margins
from analysis.raking.whole_numbers import round_to_margins

__all__ = ["Margins", "fit", "round_to_margins"]
