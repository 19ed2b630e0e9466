"""Report 13: twenty hours of development for everyone, from a run of tables that passed the gate.

`parameters` what can be chosen · `inputs` the tables of the run, the catalogue and the programme ·
`findings` what can be said · `figures`, `tables` what is shown · the words are in
`texts/kompetensi.<language>.md`.
"""

from analysis.reports.kompetensi.parameters import Kompetensi
from analysis.reports.wording import Words

__all__ = ["Kompetensi", "words"]


def words(p: Kompetensi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.kompetensi.findings import FINDINGS

    return Words.of("kompetensi", p.language, FINDINGS)
