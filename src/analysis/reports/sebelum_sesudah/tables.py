"""The tables of report 02."""

from collections.abc import Mapping

import pandas as pd

from analysis.inequality import MEASURES
from analysis.inequality.changes import StaffPopulationChange
from analysis.reports.display import Column, Table
from analysis.reports.provincial import PER, island_totals, short_label
from analysis.reports.sebelum_sesudah import findings
from analysis.reports.wording import Words


def measures(
    table: pd.DataFrame, found: findings.Measures, period: findings.Period, say: Words
) -> Table:
    """Return the change of every measure; `table` has `sebelum` and `sesudah` by measure."""
    before, after = _heads(period, say)
    columns = {
        "ukuran": Column(say.label("Ukuran")),
        "sebelum": Column(before, "number", 4),
        "sesudah": Column(after, "number", 4),
        "perubahan": Column(say.label("Perubahan"), "signed_number", 4),
        "relatif": Column(say.label("Perubahan relatif"), "signed_percent"),
    }
    rows = table.assign(
        ukuran=_labels(table.index, say),
        perubahan=table["sesudah"] - table["sebelum"],
        relatif=(table["sesudah"] / table["sebelum"] - 1).where(table["sebelum"] != 0),
    )
    return say.table(rows, columns, "measures", found)


def splits(parts: Mapping[str, StaffPopulationChange], found: findings.Split, say: Words) -> Table:
    """Return the change of every measure, split between staff and population."""
    columns = {
        "ukuran": Column(say.label("Ukuran")),
        "perubahan": Column(say.label("Perubahan"), "signed_number", 4),
        "pns": Column(say.label("karena PNS"), "signed_number", 4),
        "penduduk": Column(say.label("karena penduduk"), "signed_number", 4),
    }
    rows = pd.DataFrame(
        {
            "ukuran": _labels(parts, say),
            "perubahan": [each.difference for each in parts.values()],
            "pns": [each.staff for each in parts.values()],
            "penduduk": [each.population for each in parts.values()],
        }
    )
    return say.table(rows, columns, "split", found)


def provinces(
    frame: pd.DataFrame, islands: pd.Series, period: findings.Period, say: Words
) -> Table:
    """Return the table of provinces, in the order of the frame, then of their island groups."""
    before, after = _heads(period, say)
    text = say.language.text
    columns = {
        "nama": Column(say.label("Provinsi")),
        "pns_sebelum": Column(text("PNS {tahun}", tahun=before), "integer"),
        "pns_sesudah": Column(text("PNS {tahun}", tahun=after), "integer"),
        "rasio_sebelum": Column(text("Rasio {tahun}", tahun=before), "number", 2),
        "rasio_sesudah": Column(text("Rasio {tahun}", tahun=after), "number", 2),
        "relatif_rasio": Column(say.label("Perubahan rasio"), "signed_percent"),
    }
    counts = [f"{what}_{when}" for what in ("pns", "penduduk") for when in ("sebelum", "sesudah")]
    totals = island_totals(frame, islands.reindex(frame.index), counts, say)
    for when in ("sebelum", "sesudah"):
        totals[f"rasio_{when}"] = PER * totals[f"pns_{when}"] / totals[f"penduduk_{when}"]
    totals["relatif_rasio"] = totals["rasio_sesudah"] / totals["rasio_sebelum"] - 1
    return say.table(frame.reset_index(names="nama"), columns, "staffing", period, totals=totals)


def sensitivity(rows: pd.DataFrame, say: Words) -> Table:
    """Return how much the measures depend on boundaries and population."""
    kinds = {
        "sensus": say.label("antarsensus"),
        "registrasi": say.label("registrasi"),
        "gabungan": say.label("sensus–registrasi"),
    }
    code = say.language.code
    columns = {
        "tanggal": Column(say.label("Data PNS")),
        "basis": Column(say.label("Provinsi")),
        "penduduk": Column(say.label("Penduduk")),
        **{
            name: Column(short_label(name, code), "number", 4)
            for name in rows.columns
            if name in MEASURES
        },
    }
    shown = rows.assign(
        tanggal=rows["tanggal"].map(say.language.date), penduduk=rows["penduduk"].map(kinds)
    )
    return say.table(shown, columns, "sensitivity")


def _labels(names: Mapping[str, object] | pd.Index, say: Words) -> list[str]:
    return [MEASURES[name].label[say.language.code] for name in names]


def _heads(period: findings.Period, say: Words) -> tuple[str, str]:
    """Return the years, or the dates where the years are the same."""
    before, after = period.before, period.after
    if before.year == after.year:
        return say.language.date(before), say.language.date(after)
    return str(before.year), str(after.year)
