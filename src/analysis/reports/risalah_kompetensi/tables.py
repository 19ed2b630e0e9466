"""The table of report 19."""

from collections.abc import Sequence

from analysis.reports.briefs import table_of
from analysis.reports.display import Column, Table
from analysis.reports.risalah_kompetensi.alternatives import Alternative
from analysis.reports.risalah_kompetensi.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice | None, say: Words) -> Table | None:
    """Return whom each alternative reaches and at what cost; None where there are none."""
    if about is None:
        return None
    names = {
        "tetap": say.label("Tidak berbuat apa-apa"),
        "jarak": say.label("Nonklasikal saja"),
        "anggaran": say.label("Sebatas anggaran"),
        "semua": say.label("Campuran termurah"),
        "klasikal": say.label("Klasikal saja"),
    }
    powers = dict.fromkeys(names, say.label("PPK instansi")) | {"tetap": "–"}
    columns = {
        "reached": Column(say.label("Dicukupkan"), "integer"),
        "left": Column(say.label("Masih kurang"), "integer"),
        "places": Column(say.label("Tempat terpakai"), "integer"),
        "cost": Column(say.label("Biaya (juta rupiah)"), "number", 1),
        "each": Column(say.label("Juta rupiah per orang"), "number", 2),
    }
    return table_of(found, names, powers, columns, about, say)
