"""The three stages of simplification on individual records.

- Which organisation is in the records? `read_establishment`, `organisation_from`; who is needed
  where? `need_from`, `unit_need`, `place_need`.
- What comes of the reform, in counts and statistics? `Reform`, and the functions of `results`.

Nothing of it may be shown before it has passed the gate.
"""

from analysis.individuals.reform.records import (
    Establishment,
    need_from,
    organisation_from,
    place_need,
    read_establishment,
    unit_need,
)
from analysis.individuals.reform.results import Reform

__all__ = [
    "Establishment",
    "Reform",
    "need_from",
    "organisation_from",
    "place_need",
    "read_establishment",
    "unit_need",
]
