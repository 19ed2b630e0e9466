"""What changed between two states?

- By staff or by population? `change`, `staff_population_change`.
- By units that came or went? `change_with_entries`.
- By merging units? `redrawn_change`.
- By which unit? `unit_contributions`, `contributions_to_change`.
- Who overtook whom? `mobility`, `progressivity_and_reranking`.
- What did a redistribution do? `redistributive_effect`, `staff_redistributive_effect`.
"""

from analysis.inequality.changes.entries import ChangeWithEntries, change_with_entries
from analysis.inequality.changes.rank_mobility import Mobility, mobility
from analysis.inequality.changes.redrawn import RedrawnChange, redrawn_change
from analysis.inequality.changes.reranking import (
    ProgressivityReranking,
    RedistributiveEffect,
    StaffRedistributiveEffect,
    progressivity_and_reranking,
    redistributive_effect,
    staff_redistributive_effect,
)
from analysis.inequality.changes.two_states import (
    Change,
    StaffPopulationChange,
    UnitContributions,
    change,
    contributions_to_change,
    staff_population_change,
    unit_contributions,
)

__all__ = [
    "Change",
    "ChangeWithEntries",
    "Mobility",
    "ProgressivityReranking",
    "RedistributiveEffect",
    "RedrawnChange",
    "StaffPopulationChange",
    "StaffRedistributiveEffect",
    "UnitContributions",
    "change",
    "change_with_entries",
    "contributions_to_change",
    "mobility",
    "progressivity_and_reranking",
    "redistributive_effect",
    "redrawn_change",
    "staff_population_change",
    "staff_redistributive_effect",
    "unit_contributions",
]
