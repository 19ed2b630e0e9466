"""Which tables of individual records are there, and what stands in them?

- All tables by name, with their columns: `TABLES`; a module each.
- The codes that a column may hold: `code_lists`.
"""

from typing import Final

from analysis.individuals.schema.activities import ACTIVITIES
from analysis.individuals.schema.appraisal import APPRAISAL
from analysis.individuals.schema.centres import CENTRES
from analysis.individuals.schema.certificates import CERTIFICATES
from analysis.individuals.schema.code_lists import CodeLists, code_lists
from analysis.individuals.schema.declarations import Column, Table
from analysis.individuals.schema.discipline import DISCIPLINE
from analysis.individuals.schema.people import PEOPLE
from analysis.individuals.schema.posts import POSTS
from analysis.individuals.schema.training import TRAINING
from analysis.individuals.schema.units import UNITS

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        PEOPLE,
        UNITS,
        POSTS,
        TRAINING,
        ACTIVITIES,
        APPRAISAL,
        DISCIPLINE,
        CERTIFICATES,
        CENTRES,
    )
}

__all__ = ["TABLES", "CodeLists", "Column", "Table", "code_lists"]
