"""Report 01: how are PNS spread over the provinces?

`parameters` what can be chosen · `findings` what can be said · `figures`, `tables` what is shown ·
`pairs` two provinces that the reader of the page chooses · the words are in
`texts/distribusi.<language>.md`.
"""

from analysis.reports.distribusi.parameters import Distribusi
from analysis.reports.wording import Words

__all__ = ["Distribusi", "words"]


def words(p: Distribusi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.distribusi.findings import FINDINGS

    return Words.of("distribusi", p.language, FINDINGS)
