"""Report 10: an organisation before and after the three stages of simplification.

`parameters` what can be chosen · `inputs` the trees and the rules · `matching` a modelled and a
real state unit by unit · `findings` what can be said · `figures`, `tables`, `download` what is
shown · `people`, `people_findings`, `people_tables` the same of people, from a run that passed the
gate · the words are in `texts/restrukturisasi.<language>.md`.
"""

from analysis.reports.restrukturisasi.parameters import Restrukturisasi
from analysis.reports.wording import Words

__all__ = ["Restrukturisasi", "words"]


def words(p: Restrukturisasi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.restrukturisasi.findings import FINDINGS

    return Words.of("restrukturisasi", p.language, FINDINGS)
