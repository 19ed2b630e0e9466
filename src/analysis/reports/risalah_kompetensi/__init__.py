"""Report 19: the policy brief of report 13, on two pages of paper.

`parameters` what can be chosen · `alternatives` whom each of them reaches, at what cost ·
`findings` what can be said · `tables` what is shown beside the figures of report 13 · the words are
in `texts/risalah_kompetensi.<language>.md`.
"""

from analysis.reports.risalah_kompetensi.parameters import RisalahKompetensi
from analysis.reports.wording import Words

__all__ = ["RisalahKompetensi", "words"]


def words(p: RisalahKompetensi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_kompetensi.findings import FINDINGS

    return Words.of("risalah_kompetensi", p.language, FINDINGS)
