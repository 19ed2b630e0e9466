"""Report 03: the simplification of posts in real numbers, with its gaps.

`parameters` what can be chosen · `findings` what can be said · `figures`, `tables` what is shown ·
the words are in `texts/penyederhanaan.<language>.md`.
"""

from analysis.reports.penyederhanaan.parameters import Penyederhanaan
from analysis.reports.wording import Words

__all__ = ["Penyederhanaan", "words"]


def words(p: Penyederhanaan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.penyederhanaan.findings import FINDINGS

    return Words.of("penyederhanaan", p.language, FINDINGS)
