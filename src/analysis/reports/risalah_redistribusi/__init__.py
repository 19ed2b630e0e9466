"""Report 16: the policy brief of report 07, on two pages of paper.

`parameters` what can be chosen · `alternatives` what each of them leads to · `findings` what can be
said · `tables` what is shown beside the figures of report 07 · the words are in
`texts/risalah_redistribusi.<language>.md`.
"""

from analysis.reports.risalah_redistribusi.parameters import RisalahRedistribusi
from analysis.reports.wording import Words

__all__ = ["RisalahRedistribusi", "words"]


def words(p: RisalahRedistribusi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_redistribusi.findings import FINDINGS

    return Words.of("risalah_redistribusi", p.language, FINDINGS)
