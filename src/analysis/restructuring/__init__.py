"""What does an organisation look like, and what do the three stages of simplification do to it?

- Which units, posts and people are there, and do they make an organisation? `Organisation`,
  `head_posts`.
- Which rules hold on a day, and what do they rest on? `Rules`.
- Which units dissolve? `simplify_units`. Which posts close or merge? `simplify_posts`. Who becomes
  a functional official? `equalise`. All three, with the ledger: `restructure`; back: `undo`.
- Who retires when? `retirements`.
"""

from analysis.restructuring.equalisation import equalise
from analysis.restructuring.organisation import Organisation, head_posts
from analysis.restructuring.post_stage import simplify_posts
from analysis.restructuring.retirement import retirement_ages, retirements
from analysis.restructuring.rules import Rule, Rules
from analysis.restructuring.stages import Restructuring, restructure
from analysis.restructuring.steps import Step, undo
from analysis.restructuring.unit_stage import simplify_units

__all__ = [
    "Organisation",
    "Restructuring",
    "Rule",
    "Rules",
    "Step",
    "equalise",
    "head_posts",
    "restructure",
    "retirement_ages",
    "retirements",
    "simplify_posts",
    "simplify_units",
    "undo",
]
