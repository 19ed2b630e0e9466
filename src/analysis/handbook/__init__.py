"""Where is it written? Reference pages made from the code they describe.

- Every measure, with its formula, domain and an executed example: `measures_page`.
- Every question of the planner, with the function that answers it: `planner_page`.

`python -m analysis.handbook` writes both to `docs/`.
"""

from analysis.handbook.of_measures import measures_page
from analysis.handbook.of_the_planner import planner_page

__all__ = ["measures_page", "planner_page"]
