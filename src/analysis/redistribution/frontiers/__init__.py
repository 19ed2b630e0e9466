"""What can be reached at all?

- By moves: `frontier`. By hires: `hire`, `hiring_frontier`. By attrition: `leave_unfilled`.
- By both, at what price? `cheapest_mix`.
"""

from analysis.redistribution.frontiers.hiring import (
    Mix,
    cheapest_mix,
    hire,
    hiring_frontier,
    leave_unfilled,
)
from analysis.redistribution.frontiers.reachable import Frontier, WholePlan, frontier

__all__ = [
    "Frontier",
    "Mix",
    "WholePlan",
    "cheapest_mix",
    "frontier",
    "hire",
    "hiring_frontier",
    "leave_unfilled",
]
