"""From individual records to counts, with Ibis: expressions that any of its engines works out.

- How many people are there, by what? `count_people`; what can they be counted by? `DIMENSIONS`.
- Where are people short or too many, and who retires? `count_need`; how many fill the places that
  are needed? `count_formation`.
- How is a quantity distributed over single people? `value_counts`, exact.

Nothing of it may be shown before it has passed the gate, `analysis.disclosure.publish`. What a
dataset lacks is refused by name, never counted as zero; people whose value is missing are
counted under `UNKNOWN`.
"""

from analysis.individuals.aggregation.counts import count_formation, count_need, count_people
from analysis.individuals.aggregation.dimensions import DIMENSIONS, UNKNOWN
from analysis.individuals.aggregation.distributions import QUANTITIES, value_counts
from analysis.individuals.aggregation.records import Records, open_records

__all__ = [
    "DIMENSIONS",
    "QUANTITIES",
    "UNKNOWN",
    "Records",
    "count_formation",
    "count_need",
    "count_people",
    "open_records",
    "value_counts",
]
