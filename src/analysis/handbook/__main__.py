"""Write the reference pages to `docs/`: `python -m analysis.handbook`."""

from analysis.files import atomic_write
from analysis.handbook import measures_page, planner_page
from analysis.paths import DOCS

atomic_write(DOCS / "measures.md", measures_page())
atomic_write(DOCS / "planner.md", planner_page())
