"""How professional is the service by the index of BKN (IP ASN)? A distribution, never a name.

- What does each indicator count? `IndexRules`.
- What has each person? `index_scores`; how is it distributed? `index_bands`.

PermenPANRB 38/2018 and Peraturan BKN 8/2019: qualification 25, competence 40, performance 30,
discipline 5. What `index_scores` returns is about single people and goes nowhere but into
`index_bands`, whose counts are published through `analysis.disclosure` alone.
"""

from analysis.competence.ip_asn.rules import DIMENSIONS, IndexRules
from analysis.competence.ip_asn.scoring import index_bands, index_scores

__all__ = ["DIMENSIONS", "IndexRules", "index_bands", "index_scores"]
