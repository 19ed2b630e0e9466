"""From records to the tables that reports read: made in sets, protected together, in one folder.

- Which sets are there? `SETS`; each, a `TableSet`, makes a `ProtectedSet` from records.
- How does a run come about? `make_run`, or `python -m analysis.individuals tables`.
- What are squads formed for, and by which rules and assumptions? `read_squad_inputs`.
- How does a table get its totals? `counted`.

A report finds a run by `analysis.disclosure.run_folders.read_run`.
"""

from analysis.individuals.standard_tables.making import Made, make_run
from analysis.individuals.standard_tables.protected_set import OpenTable, ProtectedSet, tables_from
from analysis.individuals.standard_tables.sets import SETS, TableSet
from analysis.individuals.standard_tables.squad_inputs import SquadInputs, read_squad_inputs
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

__all__ = [
    "ALL",
    "SETS",
    "Made",
    "OpenTable",
    "ProtectedSet",
    "SquadInputs",
    "TableSet",
    "counted",
    "make_run",
    "read_squad_inputs",
    "tables_from",
]
