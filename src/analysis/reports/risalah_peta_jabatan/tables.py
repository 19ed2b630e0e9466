"""The table of report 21."""

from collections.abc import Sequence

from analysis.reports.briefs import names_of_moves, powers_over_moves, table_of
from analysis.reports.display import Column, Table
from analysis.reports.peta_jabatan.planning import CIRCLES, Alternative
from analysis.reports.risalah_peta_jabatan.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative leads to, and who decides on it."""
    names = names_of_moves(say) | {
        "kelompok": say.label("Pindah di dalam kelompok unit"),
        "tetangga": say.label("Pindah ke unit tetangga"),
        "semua": say.label("Pindah ke mana saja, serumpun"),
        "alih": say.label("Pindah, juga beralih rumpun"),
    }
    inside, across = (
        say.label("PPK instansi"),
        say.label("Gubernur setelah pertimbangan Kepala BKN"),
    )
    columns = {
        "gini": Column(say.label("Gini tersisa"), "number", 3),
        "left": Column(say.label("Kekurangan tersisa"), "integer"),
        "moved": Column(say.label("Pindah"), "integer"),
        "retrained": Column(say.label("Alih rumpun"), "integer"),
        "hired": Column(say.label("Direkrut"), "integer"),
        "cost": Column(say.label("Biaya (perpindahan)"), "number", 1),
    }
    decides = across if about.across else inside
    powers = powers_over_moves(say) | dict.fromkeys((*CIRCLES, "alih"), decides)
    if not about.mixed.hired:
        powers["campuran"] = decides
    return table_of(found, names, powers, columns, about, say)
