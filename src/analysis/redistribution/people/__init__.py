"""Which persons may move, and who would the movers be?

- Who may go? `eligibility`, `releasable`.
- Who would they be, and how far do they go? `movers_profile`, `distances`.
- What kind of transfer is it, and what does it cost? `transfer_kind`, `approval_cost`,
  `transfer_cost`.
"""

from analysis.redistribution.people.movers import distances, movers_profile
from analysis.redistribution.people.time_in_post import eligibility, releasable
from analysis.redistribution.people.transfer_kinds import (
    approval_cost,
    transfer_cost,
    transfer_kind,
)

__all__ = [
    "approval_cost",
    "distances",
    "eligibility",
    "movers_profile",
    "releasable",
    "transfer_cost",
    "transfer_kind",
]
