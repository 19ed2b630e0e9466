"""The tables of report 01."""

import datetime as dt

import pandas as pd

from analysis.inequality import MEASURES
from analysis.inequality.decomposition import EntropyDecomposition
from analysis.reports.display import Column, Table
from analysis.reports.distribusi import findings
from analysis.reports.provincial import PER, island_totals, overall_ratio
from analysis.reports.wording import Words


def provinces(frame: pd.DataFrame, date: dt.date, say: Words) -> Table:
    """Return the table of provinces, in the order of the frame."""
    columns = {
        "nama": Column(say.label("Provinsi")),
        "pulau": Column(say.label("Kelompok pulau")),
        "pns": Column(say.label("PNS"), "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("PNS per 1.000"), "number", 2),
        "penduduk_per_pns": Column(say.label("Penduduk per PNS"), "number", 1),
        "lq": Column("LQ", "number", 2),
        "selisih": Column(say.label("Selisih dari bagian merata"), "signed"),
    }
    rows = frame.assign(pulau=frame["pulau"].map(say.language.name))
    totals = island_totals(frame, frame["pulau"], ["pns", "penduduk", "selisih"], say)
    ratio = PER * totals["pns"] / totals["penduduk"]
    totals = totals.assign(
        pulau=None,
        rasio=ratio,
        penduduk_per_pns=PER / ratio,
        lq=ratio / overall_ratio(frame),
    )
    return say.table(rows, columns, "provinces", findings.Dated(date), totals=totals)


def measures(table: pd.DataFrame, date: dt.date, say: Words) -> Table:
    """Return a table of measures with their intervals, as `inequality_table` makes it."""
    columns = {
        "label": Column(say.label("Ukuran")),
        "estimate": Column(say.label("Nilai"), "number", 4),
        "low": Column(say.label("Batas bawah"), "number", 4),
        "high": Column(say.label("Batas atas"), "number", 4),
        "coverage": Column(say.label("Cakupan simulasi"), "percent"),
        "rentang": Column(say.label("Rentang")),
    }
    rows = table.assign(
        label=[MEASURES[name].label[say.language.code] for name in table["measure"]],
        rentang=[MEASURES[name].range for name in table["measure"]],
    )
    return say.table(rows, columns, "measures", findings.Dated(date))


def islands(theil: EntropyDecomposition, found: findings.Islands, say: Words) -> Table:
    """Return what each island group adds to Theil T, largest share first."""
    columns = {
        "group": Column(say.label("Kelompok pulau")),
        "population_share": Column(say.label("Bagian penduduk"), "percent"),
        "value_share": Column(say.label("Bagian PNS"), "percent"),
        "index": Column(say.label("Theil T di dalam"), "number", 4),
        "within": Column(say.label("Di dalam"), "number", 4),
        "between": Column(say.label("Antarkelompok"), "number", 4),
        "share": Column(say.label("Bagian Theil T"), "percent"),
    }
    rows = theil.groups.sort_values("share", ascending=False, kind="stable")
    rows = rows.assign(group=rows["group"].map(say.language.name))
    return say.table(rows, columns, "islands", found)
