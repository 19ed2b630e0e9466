"""The table of report 16."""

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.risalah_redistribusi.alternatives import Alternative
from analysis.reports.risalah_redistribusi.findings import Choice
from analysis.reports.wording import Words


def alternatives(found: Sequence[Alternative], about: Choice, say: Words) -> Table:
    """Return what each alternative leads to, and what law it needs."""
    names = {
        "tetap": say.label("Tidak berbuat apa-apa"),
        "provinsi": say.label("Pindah di dalam provinsi"),
        "pulau": say.label("Pindah di dalam kelompok pulau"),
        "nasional": say.label("Pindah se-Indonesia"),
        "rekrut": say.label("Hanya rekrutmen"),
        "campuran": say.label("Campuran termurah"),
    }
    across = say.label("Mendagri setelah pertimbangan Kepala BKN")
    powers = {
        "tetap": "–",
        "provinsi": say.label("Gubernur setelah pertimbangan Kepala BKN"),
        "pulau": across,
        "nasional": across,
        "rekrut": say.label("Formasi dari Menteri PANRB"),
        "campuran": say.label("Keduanya"),
    }
    columns = {
        "name": Column(say.label("Alternatif")),
        "gini": Column(say.label("Gini tersisa"), "number", 3),
        "lowest": Column(say.label("Kecukupan terendah"), "percent", 0),
        "moved": Column(say.label("Pindah"), "integer"),
        "kilometres": Column(say.label("Rata-rata km"), "integer"),
        "hired": Column(say.label("Direkrut"), "integer"),
        "power": Column(say.label("Yang berwenang")),
    }
    rows = pd.DataFrame([asdict(each) for each in found]).astype(
        {"moved": "Int64", "hired": "Int64", "gini": float, "kilometres": float, "lowest": float}
    )
    named = rows.assign(name=rows["way"].map(names), power=rows["way"].map(powers))
    return say.table(named, columns, "choice", about)
