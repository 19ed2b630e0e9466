"""The tables of report 05."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.inequality import ConcentrationInterval
from analysis.reports.display import Column, Table
from analysis.reports.mutu_guru import findings
from analysis.reports.mutu_guru.inputs import together
from analysis.reports.mutu_guru.labels import INDICES, RATIOS, RULES
from analysis.reports.provincial import short_label
from analysis.reports.wording import Words
from analysis.staffing import NumberQualityEffects


def provinces(
    frame: pd.DataFrame, beside: pd.DataFrame, found: findings.Provinces, say: Words
) -> Table:
    """Return the provinces from the fewest teachers with a degree, all together, and the rest."""
    columns = {
        "nama": Column(say.label("Provinsi")),
        "guru": Column(say.label("Kepala sekolah dan guru"), "integer"),
        "guru_di_bawah_s1": Column(say.label("Di bawah S1"), "integer"),
        **{
            f"per_{need}": Column(say.label(label), "number", findings.DECIMALS[need])
            for need, label in RATIOS.items()
        },
        "mutu": Column(say.label("Berijazah S1 ke atas"), "percent"),
        "jumlah_relatif": Column(say.label("Jumlah, relatif"), "number", 2),
        "mutu_relatif": Column(say.label("Mutu, relatif"), "number", 2),
        "hasil_relatif": Column(say.label("Hasil kali"), "number", 2),
    }
    ordered = frame.sort_values("hasil_relatif", kind="stable")
    whole = together(frame, found.need).to_frame().T.assign(nama=say.label("Seluruh provinsi"))
    others = beside.assign(nama=beside["nama"].map(say.language.name))
    of_all = {"jumlah_relatif": "rasio", "mutu_relatif": "mutu", "hasil_relatif": "hasil"}
    rows, totals = (
        part.assign(**{name: part[value] / whole[value].iloc[0] for name, value in of_all.items()})
        for part in (ordered, pd.concat([whole, others], ignore_index=True))
    )
    return say.table(rows, columns, "provinces", found, totals=totals)


def concentrations(
    indices: Mapping[str, ConcentrationInterval], found: findings.Indices, say: Words
) -> Table:
    """Return the concentration indices with their intervals."""
    columns = {
        "label": Column(say.label("Ukuran")),
        "estimate": Column(say.label("Nilai"), "number", 4),
        "low": Column(say.label("Batas bawah"), "number", 4),
        "high": Column(say.label("Batas atas"), "number", 4),
    }
    rows = [
        {"label": say.label(INDICES[name]), "estimate": i.estimate, "low": i.low, "high": i.high}
        for name, i in indices.items()
    ]
    return say.table(pd.DataFrame(rows), columns, "indices", found)


def effects(ways: Sequence[NumberQualityEffects], found: findings.Rules, say: Words) -> Table:
    """Return number and quality effect by every index and rule."""
    columns = {
        "rule": Column(say.label("Aturan")),
        "index": Column(say.label("Ukuran")),
        "number": Column(say.label("Jumlah guru"), "number", 5),
        "quality": Column(say.label("Mutu"), "number", 5),
        "interaction": Column(say.label("Bersama"), "number", 5),
        "total": Column(say.label("Seluruhnya"), "number", 5),
    }
    rows = [
        {
            "rule": say.label(RULES[way.rule]),
            "index": short_label(way.index, say.language.code),
            "number": way.number,
            "quality": way.quality,
            "interaction": way.interaction if way.rule == "interaction" else None,
            "total": way.total,
        }
        for way in ways
    ]
    return say.table(pd.DataFrame(rows), columns, "rules", found)
