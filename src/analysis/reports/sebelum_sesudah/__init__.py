"""Report 02: how the spread of PNS changed between two dates, on common boundaries.

`parameters` what can be chosen · `findings` what can be said · `figures`, `tables` what is shown ·
the words are in `texts/sebelum_sesudah.<language>.md`.
"""

from analysis.reports.sebelum_sesudah.parameters import SebelumSesudah
from analysis.reports.wording import Words

__all__ = ["SebelumSesudah", "words"]


def words(p: SebelumSesudah) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.sebelum_sesudah.findings import FINDINGS

    return Words.of("sebelum_sesudah", p.language, FINDINGS)
