"""Report 04: how much of the inequality lies inside provinces?

`parameters` what can be chosen · `inputs` the kabupaten and kota · `spread` the levels ·
`characteristics`, `associations`, `places` what goes with staff · `findings` and the modules of
that ending what can be said · `figures`, `tables`, `association_figures`, `association_tables` what
is shown · the words are in `texts/tenaga_kabupaten.<language>.md`.
"""

from analysis.reports.tenaga_kabupaten.parameters import TenagaKabupaten
from analysis.reports.wording import Words

__all__ = ["TenagaKabupaten", "words"]


def words(p: TenagaKabupaten) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.tenaga_kabupaten.findings import FINDINGS

    return Words.of("tenaga_kabupaten", p.language, FINDINGS)
