"""Who goes where at least cost, and what does a limit cost?

- How far is it? `great_circle`.
"""

from analysis.redistribution.flows.distance import great_circle

__all__ = [
    "great_circle",
]
