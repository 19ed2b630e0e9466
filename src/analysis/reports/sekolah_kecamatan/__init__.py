"""Report 12: teachers and need by kecamatan, with one kabupaten's schools.

`parameters` what can be chosen · `inputs` teachers, need and limits by kecamatan · `findings`,
`boundary_findings` what can be said · `figures`, `tables` what is shown · the words are in
`texts/sekolah_kecamatan.<language>.md`.
"""

from analysis.reports.sekolah_kecamatan.parameters import SekolahKecamatan
from analysis.reports.wording import Words

__all__ = ["SekolahKecamatan", "words"]


def words(p: SekolahKecamatan) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.sekolah_kecamatan.findings import FINDINGS

    return Words.of("sekolah_kecamatan", p.language, FINDINGS)
