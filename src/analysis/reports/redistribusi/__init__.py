"""Report 07: who could move where, what it costs, and what hiring would take instead?

`parameters` what can be chosen · `inputs` staff, need and limits by province · `findings`,
`plan_findings` what can be said · `figures`, `tables`, `plan_workbook` what is shown · `choosing`,
`chooser` what the reader of the page can choose · the words are in
`texts/redistribusi.<language>.md`.
"""

from analysis.reports.redistribusi.parameters import Redistribusi
from analysis.reports.wording import Words

__all__ = ["Redistribusi", "words"]


def words(p: Redistribusi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.redistribusi.findings import FINDINGS

    return Words.of("redistribusi", p.language, FINDINGS)
