"""Report 08: who works where, in what posts, and who is needed, from individual records.

It reads tables that passed the gate only. `parameters` what can be chosen · `inputs` the tables of
a run, with names of places · `findings` what can be said · `figures`, `tables` what is shown · the
words are in `texts/data_nasional.<language>.md`.
"""

from analysis.reports.data_nasional.parameters import DataNasional
from analysis.reports.wording import Words

__all__ = ["DataNasional", "sourced", "words"]

# What the people who do not exist are made from; a test holds the notebook to it.
_MADE_FROM = (
    *("asn_nasional", "asn_kabupaten", "asn_pusat_daerah", "pns_provinsi", "pns_pendidikan"),
    *("jabatan", "unit_instansi"),
)


def sourced(synthetic: bool) -> dict[str, None]:
    """Return the tidy tables behind the page, for `common.sources`."""
    return dict.fromkeys([*(_MADE_FROM if synthetic else ()), "kabkota", "provinsi"])


def words(p: DataNasional) -> Words:
    """Return the words of the report in the language of its parameters."""
    from analysis.reports.data_nasional.findings import FINDINGS

    return Words.of("data_nasional", p.language, FINDINGS)
