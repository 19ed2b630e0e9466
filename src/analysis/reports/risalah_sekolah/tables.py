"""The table of report 20."""

from collections.abc import Sequence

from analysis.reports.briefs import names_of_moves, powers_over_moves, table_of
from analysis.reports.display import Column, Table
from analysis.reports.risalah_sekolah.alternatives import Alternative
from analysis.reports.risalah_sekolah.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative leads to, and who decides on it."""
    names = names_of_moves(say) | {
        "sekolah": say.label("Pindah antarsekolah di satu kecamatan"),
        "pindah": say.label("Pindah untuk mengisi kekurangan"),
        "rombel": say.label("Merata menurut rombel"),
        "peserta_didik": say.label("Merata menurut peserta didik"),
        "campuran": say.label("Pindah, sisanya direkrut"),
    }
    inside = say.label("PPK instansi")
    moves = dict.fromkeys(("sekolah", "pindah", "rombel", "peserta_didik"), inside)
    columns = {
        "gini": Column(say.label("Gini tersisa"), "number", 3),
        "by_classes": Column(say.label("Kekurangan menurut rombel"), "number", 1),
        "by_pupils": Column(say.label("Kekurangan menurut peserta didik"), "number", 1),
        "below": Column(say.label("Kecamatan di bawah satu guru per rombel"), "integer"),
        "moved": Column(say.label("Pindah"), "integer"),
        "hired": Column(say.label("Direkrut"), "integer"),
    }
    return table_of(found, names, powers_over_moves(say) | moves, columns, about, say)
