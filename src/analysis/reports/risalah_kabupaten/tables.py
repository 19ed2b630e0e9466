"""The table of report 17."""

from collections.abc import Sequence

from analysis.reports.briefs import (
    Alternative,
    consequences,
    names_of_moves,
    powers_over_moves,
    table_of,
)
from analysis.reports.display import Table
from analysis.reports.risalah_kabupaten.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative leads to, and what law it needs."""
    mixed = say.language.text("Pindah {lingkup}, sisanya direkrut", lingkup=say.label(about.circle))
    names = names_of_moves(say) | {"campuran": mixed}
    columns = consequences(say, "gini", "shortage", "moved", "kilometres", "hired")
    return table_of(found, names, powers_over_moves(say), columns, about, say)
