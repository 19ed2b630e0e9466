"""Report 17: the policy brief of report 06, on two pages of paper.

`parameters` what can be chosen · `alternatives` what each of them leads to · `findings` what can be
said · `tables` what is shown beside the figures of report 06 · the words are in
`texts/risalah_kabupaten.<language>.md`.
"""

from analysis.reports.risalah_kabupaten.parameters import RisalahKabupaten
from analysis.reports.wording import Words

__all__ = ["RisalahKabupaten", "words"]


def words(p: RisalahKabupaten) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_kabupaten.findings import FINDINGS

    return Words.of("risalah_kabupaten", p.language, FINDINGS)
