"""Who goes where at least cost, and what does a limit cost?

- How far is it? `great_circle`; between many units inside groups, `kilometres`.
"""

from analysis.redistribution.flows.distance import great_circle, kilometres

__all__ = [
    "great_circle",
    "kilometres",
]
