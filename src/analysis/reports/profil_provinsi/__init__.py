"""Report 15: where does one province stand?

`parameters` what can be chosen · `inputs` the provinces, the kabupaten and kota · `findings` what
can be said · `figures`, `tables` what is shown · the words are in
`texts/profil_provinsi.<language>.md`. Each province has its own edition (`site/editions.toml`).
"""

from analysis.reports.profil_provinsi.parameters import ProfilProvinsi
from analysis.reports.wording import Words

__all__ = ["ProfilProvinsi", "words"]


def words(p: ProfilProvinsi) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.profil_provinsi.findings import FINDINGS

    return Words.of("profil_provinsi", p.language, FINDINGS)
