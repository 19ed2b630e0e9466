"""Report 05: is quality where quantity is? Primary-school teachers with and without a degree.

`parameters` what can be chosen · `inputs` the frame of provinces · `findings` what can be said ·
`figures`, `tables` what is shown · the words are in `texts/mutu_guru.<language>.md`.
"""

from analysis.reports.mutu_guru.parameters import MutuGuru
from analysis.reports.wording import Words

__all__ = ["MutuGuru", "words"]


def words(p: MutuGuru) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.mutu_guru.findings import FINDINGS

    return Words.of("mutu_guru", p.language, FINDINGS)
