"""Is an extract sound, row by row and as a whole?

- All rules, by key: `RULES`; a module each for the NIP, people, units, other records and columns.
- What breaks them: `check`, on DuckDB, PostgreSQL or Spark; `Validation` holds what was found.
- What rows are held to besides each other: `basis_on`.
"""

from analysis.individuals.validation.basis import basis_on
from analysis.individuals.validation.checking import check
from analysis.individuals.validation.findings import Finding, TableFindings, Validation
from analysis.individuals.validation.rule import Basis, Rule
from analysis.individuals.validation.rules import RULES

__all__ = ["RULES", "Basis", "Finding", "Rule", "TableFindings", "Validation", "basis_on", "check"]
