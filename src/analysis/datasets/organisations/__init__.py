"""Organisation trees: units, who stands above whom, and the posts in them.

- Which public trees are there? `TREES`; the tables `organisasi_unit` and `organisasi_jabatan`.
- Which columns of an office's own file are which? `python -m analysis.datasets.organisations draft
  FILE`.
- What does it say? `read_organisation`, `OrganisationFile`.
- What does a title say of echelon and unit? `titles`; who stands above, by the order? `parents`.
"""

from analysis.datasets.organisations.official import (
    BPS_AFTER,
    BPS_BEFORE,
    BSN,
    RIAU,
    SETWAPRES,
    TREES,
    Tree,
)
from analysis.datasets.organisations.own_files import OrganisationFile, read_organisation
from analysis.datasets.organisations.titles import SCOPES, Scope

__all__ = [
    "BPS_AFTER",
    "BPS_BEFORE",
    "BSN",
    "RIAU",
    "SCOPES",
    "SETWAPRES",
    "TREES",
    "OrganisationFile",
    "Scope",
    "Tree",
    "read_organisation",
]
