"""What does an organisation look like, and what do the three stages of simplification do to it?

- Which units, posts and people are there, and do they make an organisation? `Organisation`,
  `head_posts`.
- Which rules hold on a day, and what do they rest on? `Rules`.
- Which units dissolve? `simplify_units`. Which posts close or merge? `simplify_posts`. Who becomes
  a functional official? `equalise`. All three, with the ledger: `restructure`; back: `undo`.
- How far were agencies by a day? `completion_intervals`, `status_at`, `burn_up`,
  `completion_curve`, `share_done`. What do the rules allow for a mere count? `affected_levels`,
  `with_bounds`.
- What is asked of those who are equalised, by regime and level? `requirements`.
- How many layers, how wide are spans, how long are paths? `structure`, `spans`, `paths`; before
  and after: `compare_structure`; by what: `attribute_structure`; with roles as layers:
  `de_facto_layers`.
- How even are staff over units and regions? `staff_inequality`, `unit_adequacy`; where some need
  nobody, `gini_over_need`, `hoover_over_need`.
- What does each rule do? `sensitivity`.
- What comes of it for people? `pyramid`, `post_levels`, `retirements`, `retirement_years`,
  `retirement_ages`, `income_cost`,
  `unplaced`, `unplaced_cases`.
- And then redistribute: `restructure_and_redistribute`, three states in one table;
  `redistribute_released` where the reform is there already.

What the figures cannot say: rules give what the text of a regulation would do; what an agency did
is another matter. Rules have a level of verification; `Rules.to_frame` prints it.
"""

from analysis.restructuring.attribution import attribute_structure
from analysis.restructuring.comparison import (
    compare_structure,
    sensitivity,
    staff_inequality,
    unit_adequacy,
)
from analysis.restructuring.conditions import requirements
from analysis.restructuring.consequences import (
    de_facto_layers,
    income_cost,
    post_levels,
    pyramid,
    role_holders,
    unplaced,
    unplaced_cases,
)
from analysis.restructuring.counted import affected_levels, with_bounds
from analysis.restructuring.equalisation import equalise
from analysis.restructuring.evenness import gini_over_need, hoover_over_need
from analysis.restructuring.organisation import Organisation, head_posts
from analysis.restructuring.post_stage import simplify_posts
from analysis.restructuring.progress import (
    burn_up,
    completion_curve,
    completion_intervals,
    share_done,
    status_at,
)
from analysis.restructuring.retirement import retirement_ages, retirement_years, retirements
from analysis.restructuring.rule_rows import Rule
from analysis.restructuring.rules import Rules
from analysis.restructuring.stages import Restructuring, restructure
from analysis.restructuring.steps import Step, undo
from analysis.restructuring.structure import paths, spans, structure
from analysis.restructuring.three_states import (
    ThreeStates,
    redistribute_released,
    restructure_and_redistribute,
)
from analysis.restructuring.unit_stage import simplify_units

__all__ = [
    "Organisation",
    "Restructuring",
    "Rule",
    "Rules",
    "Step",
    "ThreeStates",
    "affected_levels",
    "attribute_structure",
    "burn_up",
    "compare_structure",
    "completion_curve",
    "completion_intervals",
    "de_facto_layers",
    "equalise",
    "gini_over_need",
    "head_posts",
    "hoover_over_need",
    "income_cost",
    "paths",
    "post_levels",
    "pyramid",
    "redistribute_released",
    "requirements",
    "restructure",
    "restructure_and_redistribute",
    "retirement_ages",
    "retirement_years",
    "retirements",
    "role_holders",
    "sensitivity",
    "share_done",
    "simplify_posts",
    "simplify_units",
    "spans",
    "staff_inequality",
    "status_at",
    "structure",
    "undo",
    "unit_adequacy",
    "unplaced",
    "unplaced_cases",
    "with_bounds",
]
