"""How many are needed, who is short?

- Need by models: `proportional_need`, `composite_need`, `workload_need`, `standard_need`.
- How much depends on the model? `compare_need`, `need_gaps`, `scenario_flips`.
- What could moving do at most? `balance`, `class_balance`, `ceiling`.
- Who gets how many of too few? `even_deficits`.
"""

from analysis.redistribution.need.balances import balance, ceiling, class_balance
from analysis.redistribution.need.deficits import even_deficits
from analysis.redistribution.need.models import (
    DEFAULT_WEIGHTS,
    EFFECTIVE_MINUTES,
    compare_need,
    composite_need,
    need_gaps,
    proportional_need,
    scenario_flips,
    standard_need,
    workload_need,
)

__all__ = [
    "DEFAULT_WEIGHTS",
    "EFFECTIVE_MINUTES",
    "balance",
    "ceiling",
    "class_balance",
    "compare_need",
    "composite_need",
    "even_deficits",
    "need_gaps",
    "proportional_need",
    "scenario_flips",
    "standard_need",
    "workload_need",
]
