"""The table of report 16."""

from collections.abc import Sequence

from analysis.reports.briefs import (
    Alternative,
    consequences,
    names_of_moves,
    powers_over_moves,
    table_of,
)
from analysis.reports.display import Table
from analysis.reports.risalah_redistribusi.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative leads to, and what law it needs."""
    columns = consequences(say, "gini", "lowest", "moved", "kilometres", "hired")
    powers = powers_over_moves(say)
    moves, hires = about.mixed.moved != 0, about.mixed.hired != 0
    alone = {(True, False): "nasional", (False, True): "rekrut", (False, False): "tetap"}
    powers["campuran"] = powers[alone.get((moves, hires), "campuran")]
    return table_of(found, names_of_moves(say), powers, columns, about, say)
