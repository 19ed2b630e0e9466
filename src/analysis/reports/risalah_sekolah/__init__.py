"""Report 20: the policy brief of report 12, on two pages of paper.

`parameters` what can be chosen · `alternatives` what each of them leads to, by either norm ·
`findings` what can be said · `tables` what is shown beside the figures of report 12 · the words are
in `texts/risalah_sekolah.<language>.md`.
"""

from analysis.reports.risalah_sekolah.parameters import RisalahSekolah
from analysis.reports.wording import Words

__all__ = ["RisalahSekolah", "words"]


def words(p: RisalahSekolah) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_sekolah.findings import FINDINGS

    return Words.of("risalah_sekolah", p.language, FINDINGS)
