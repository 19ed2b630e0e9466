"""Tables as offices keep them: CSV and XLSX with titles, totals, notes and merged cells.

- What does the file hold, and what was left out? `read_office_table`, `OfficeTable.account`.
- Which of its columns are which? `mapping`.
"""

from analysis.datasets.office_tables.account import Account, Note
from analysis.datasets.office_tables.office_table import OfficeTable
from analysis.datasets.office_tables.reading import read_office_table

__all__ = ["Account", "Note", "OfficeTable", "read_office_table"]
