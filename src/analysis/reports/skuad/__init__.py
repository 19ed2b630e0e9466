"""Report 14: squads across units, from a run of tables that passed the gate.

`parameters` what can be chosen · `inputs` the tables of the run · `findings` what can be said ·
`figures`, `tables` what is shown · the words are in `texts/skuad.<language>.md`.
"""

from analysis.reports.skuad.parameters import Skuad
from analysis.reports.wording import Words

__all__ = ["Skuad", "words"]


def words(p: Skuad) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.skuad.findings import FINDINGS

    return Words.of("skuad", p.language, FINDINGS)
