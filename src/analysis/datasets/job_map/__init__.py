"""The job map (*peta jabatan*) of one government, from its own file.

- Which columns of a file are which? `python -m analysis.datasets.job_map draft FILE`.
- What does it say of units, posts, people and need? `read_job_map`, `JobMap`.
- Who may be moved? `moving_rules`, `MovingRules`.
"""

from analysis.datasets.job_map.job_maps import JobMap, read_job_map
from analysis.datasets.job_map.moving import MovingRules, moving_rules

__all__ = ["JobMap", "MovingRules", "moving_rules", "read_job_map"]
