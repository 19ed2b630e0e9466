"""Report 06: staff moved between kabupaten and kota, inside provinces, island groups or the nation.

`parameters` what can be chosen · `inputs` staff, need, limits and plans by kabupaten and kota ·
`findings`, `plan_findings` what can be said · `figures`, `tables` what is shown · the words are in
`texts/redistribusi_kabupaten.<language>.md`.
"""

from analysis.reports.redistribusi_kabupaten.parameters import RedistribusiKabupaten
from analysis.reports.wording import Words

__all__ = ["RedistribusiKabupaten", "words"]


def words(p: RedistribusiKabupaten) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.redistribusi_kabupaten.findings import FINDINGS

    return Words.of("redistribusi_kabupaten", p.language, FINDINGS)
