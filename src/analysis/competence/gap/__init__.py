"""Who was moved into a functional post without what the post requires, and what do they lack?

- What does a post require? `Requirements`.
- Who meets it, who must study, by when, how many hours of which kind? `study_gap`.
- What would close it? `Gap.shortfalls`, handed to `analysis.competence.programme`.
"""

from analysis.competence.gap.requirements import ANY, Requirements
from analysis.competence.gap.studying import Gap, study_gap

__all__ = ["ANY", "Gap", "Requirements", "study_gap"]
