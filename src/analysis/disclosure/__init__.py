"""What may leave? Cells that would give people away are hidden, and the result is attacked.

- Which cells of a table must be hidden, and which others with them? `protect`; of several tables
  of one run, `protect_together`; rounded instead, `round_counts`.
- What can an attacker find all the same? `audit`; stop if it is too much: `require_safe`.
- How do counts of people become a frame that a report may show? `publish`, with its log and the
  runs before it, and `Statistics` of many people with it; tables about no person, `publish_open`;
  all are `Published`, in files by `write_published` and `read_published`.
- What does the attacker know besides, such as the seats of a unit? `Known`, `seats_known`; that
  two cells are the same, though their labels do not say so? `Same`; from a file, `read_known`.
- Which sensitive cells are excepted, by whom? `Grant`; from a file, `read_grants`.
- Where does a report find them? In the folder of a run: `read_run`; `write_run_folder` makes it.
- Does a text name a person? `identifying`.
"""

from analysis.disclosure.audits import audit, require_safe
from analysis.disclosure.earlier import Run
from analysis.disclosure.grants import Grant, read_grants
from analysis.disclosure.identities import identifying
from analysis.disclosure.knowledge import Known, Same, seats_known
from analysis.disclosure.known_files import read_known
from analysis.disclosure.protection import protect, protect_together
from analysis.disclosure.releases import (
    Published,
    publish,
    publish_open,
    read_published,
    write_published,
)
from analysis.disclosure.rounding import round_counts
from analysis.disclosure.rules import Rules
from analysis.disclosure.run_folders import PublishedRun, read_run, write_run_folder
from analysis.disclosure.runs import read_runs
from analysis.disclosure.statistics import FEWEST_BEHIND, Statistics, fewest
from analysis.disclosure.tables import Design, Table

__all__ = [
    "FEWEST_BEHIND",
    "Design",
    "Grant",
    "Known",
    "Published",
    "PublishedRun",
    "Rules",
    "Run",
    "Same",
    "Statistics",
    "Table",
    "audit",
    "fewest",
    "identifying",
    "protect",
    "protect_together",
    "publish",
    "publish_open",
    "read_grants",
    "read_known",
    "read_published",
    "read_run",
    "read_runs",
    "require_safe",
    "round_counts",
    "seats_known",
    "write_published",
    "write_run_folder",
]
