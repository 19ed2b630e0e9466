"""Which teams meet the needs of tasks, who is missing, and how far apart are the people?

- Who works where, with which competences and how much time? `Workforce`.
- Which tasks need which competences, and where? `Tasks`.
- Which teams are best? `form_squads`; where a task has no place yet, `choose_places` chooses it
  beforehand and `form_squads_anywhere` together with the people.
- What would cover a need that nobody can cover? `SquadPlan.remedies`.
- How far apart are the people of a team? `SquadPlan.communication`.
- What does that change against the hierarchy? `against_hierarchy`; how far apart are units in it?
  `steps_between`.

People are named by the keys they come with. What may be published of a plan is `SquadPlan.by_unit`:
roles and units, never persons.
"""

from analysis.competence.squads.anywhere import form_squads_anywhere
from analysis.competence.squads.forming import form_squads
from analysis.competence.squads.hierarchy import (
    HierarchyComparison,
    against_hierarchy,
    steps_between,
)
from analysis.competence.squads.places import choose_places
from analysis.competence.squads.squad_plan import SquadPlan
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce

__all__ = [
    "HierarchyComparison",
    "SquadPlan",
    "Tasks",
    "Workforce",
    "against_hierarchy",
    "choose_places",
    "form_squads",
    "form_squads_anywhere",
    "steps_between",
]
