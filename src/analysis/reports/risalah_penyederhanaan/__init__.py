"""Report 18: the policy brief of reports 10 and 11, on two pages of paper.

`parameters` what can be chosen · `alternatives` what each of them makes of an organisation ·
`findings` what can be said · `tables` what is shown beside the figures of report 11 · the words are
in `texts/risalah_penyederhanaan.<language>.md`.
"""

from analysis.reports.risalah_penyederhanaan.parameters import RisalahPenyederhanaan
from analysis.reports.wording import Words

__all__ = ["RisalahPenyederhanaan", "words"]


def words(p: RisalahPenyederhanaan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_penyederhanaan.findings import FINDINGS

    return Words.of("risalah_penyederhanaan", p.language, FINDINGS)
