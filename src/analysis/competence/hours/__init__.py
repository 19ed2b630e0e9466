"""How many hours (JP) of development has each person, and who has what the law asks?

- What does an activity count, and what does a year ask? `HourRules`.
- How many hours has each person and year? `training_hours`.
- Which records cannot be right? `faulty_records`; without them: `set_aside`; hours without them:
  `sound_hours`.
- Who meets the floor? `compliance`, by any column.
- How unequally are hours spread? `hour_counts`, `hours_inequality`. Who gets them? Over golongan
  or distance: `hours_by_rank`, `hours_concentration`, `kilometres_to_centre`.

Tables come as expressions of Ibis; nothing is read but what is asked for. What these functions
return counts people: it is published through `analysis.disclosure` alone.
"""

from analysis.competence.hours.conversion import HourRules
from analysis.competence.hours.counting import sound_hours, training_hours
from analysis.competence.hours.faults import faulty_records, set_aside
from analysis.competence.hours.ranking import (
    HoursConcentration,
    hours_by_rank,
    hours_concentration,
    kilometres_to_centre,
)
from analysis.competence.hours.summaries import (
    HoursInequality,
    compliance,
    hour_counts,
    hours_inequality,
)

__all__ = [
    "HourRules",
    "HoursConcentration",
    "HoursInequality",
    "compliance",
    "faulty_records",
    "hour_counts",
    "hours_by_rank",
    "hours_concentration",
    "hours_inequality",
    "kilometres_to_centre",
    "set_aside",
    "sound_hours",
    "training_hours",
]
