"""Report 09: redistribution inside one government, from its own job map.

`parameters` what can be chosen · `sources` staff and need from the file, or from what is shown
without one · `planning` circles, plans, alternatives and what each limit costs · `standards` how
the answer for teachers turns on the norm · `findings`, `plan_findings` what can be said ·
`figures`, `tables` what is shown · `book` the workbook · the words are in
`texts/peta_jabatan.<language>.md`.
"""

from analysis.reports.peta_jabatan.parameters import PetaJabatan
from analysis.reports.wording import Words

__all__ = ["PetaJabatan", "words"]


def words(p: PetaJabatan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.peta_jabatan.findings import FINDINGS

    return Words.of("peta_jabatan", p.language, FINDINGS)
