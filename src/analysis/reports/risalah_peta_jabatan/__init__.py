"""Report 21: the policy brief of report 09, on two pages of paper.

`parameters` what can be chosen · `alternatives` what each of them leads to · `findings` what can be
said · `figures`, `tables` what is shown beside the heat map of report 09 · the words are in
`texts/risalah_peta_jabatan.<language>.md`.
"""

from analysis.reports.risalah_peta_jabatan.parameters import RisalahPetaJabatan
from analysis.reports.wording import Words

__all__ = ["RisalahPetaJabatan", "words"]


def words(p: RisalahPetaJabatan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.risalah_peta_jabatan.findings import FINDINGS

    return Words.of("risalah_peta_jabatan", p.language, FINDINGS)
