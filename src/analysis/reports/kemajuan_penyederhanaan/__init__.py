"""Report 11: how far agencies were by the deadline, and what happened beside what rules allow.

`parameters` what can be chosen · `inputs` the reports and the counts · `findings` what can be
said · `figures`, `tables` what is shown · the words are in
`texts/kemajuan_penyederhanaan.<language>.md`.
"""

from analysis.reports.kemajuan_penyederhanaan.parameters import KemajuanPenyederhanaan
from analysis.reports.wording import Words

__all__ = ["KemajuanPenyederhanaan", "words"]


def words(p: KemajuanPenyederhanaan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.kemajuan_penyederhanaan.findings import FINDINGS

    return Words.of("kemajuan_penyederhanaan", p.language, FINDINGS)
