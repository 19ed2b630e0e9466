"""The tables of report 04."""

import pandas as pd

from analysis.inequality import MEASURES, gini
from analysis.reports.display import Column, Table
from analysis.reports.provincial import island_totals
from analysis.reports.tenaga_kabupaten import findings, spread
from analysis.reports.tenaga_kabupaten import level_findings as levels
from analysis.reports.wording import Words


def extremes(units: pd.DataFrame, found: findings.Ranking, say: Words) -> Table:
    """Return the units with the highest and the lowest ratios."""
    ordered = units.sort_values("rasio", ascending=False, kind="stable")
    if found.listed is not None:
        ordered = pd.concat([ordered.head(found.listed), ordered.tail(found.listed)])
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "provinsi": Column(say.label("Provinsi")),
        "tenaga": Column(say.label("Tenaga"), "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("Per 100.000"), "number", found.scope.decimals),
    }
    return say.table(ordered, columns, "ranking", found)


def measures(
    of_units: pd.DataFrame, of_provinces: pd.DataFrame, found: levels.Intervals, say: Words
) -> Table:
    """Return the measures of units and of provinces under each other, with their intervals."""
    named = {"Kabupaten/kota": of_units}
    if found.scope.province is None:
        named["Provinsi"] = of_provinces
    rows = pd.concat(
        [
            table.assign(tingkat=say.label(level), urutan=range(len(table)))
            for level, table in named.items()
        ]
    ).sort_values("urutan", kind="stable")
    columns = {
        "label": Column(say.label("Ukuran")),
        "tingkat": Column(say.label("Satuan")),
        "estimate": Column(say.label("Nilai"), "number", 4),
        "low": Column(say.label("Batas bawah"), "number", 4),
        "high": Column(say.label("Batas atas"), "number", 4),
    }
    labels = [MEASURES[name].label[say.language.code] for name in rows["measure"]]
    return say.table(rows.assign(label=labels), columns, "measures", found)


def kinds(table: pd.DataFrame, names: dict[str, str], about: levels.Scope, say: Words) -> Table:
    """Return the decomposition for every kind of staff; `table` as from `spread.by_kind`."""
    columns = {
        "nama": Column(say.label("Profesi")),
        "tenaga": Column(say.label("Orang"), "integer"),
        "rasio": Column(say.label("Per 100.000"), "number", 2),
        "gini": Column(say.label("Gini kabupaten/kota"), "number", 3),
    }
    if about.province is None:
        columns |= {
            "gini_provinsi": Column(say.label("Gini provinsi"), "number", 3),
            "antarpulau": Column(say.label("Antarkelompok pulau"), "percent"),
            "antarprovinsi": Column(say.label("Antarprovinsi"), "percent"),
            "di_dalam": Column(say.label("Di dalam provinsi"), "percent"),
        }
    else:
        columns["antarjenis"] = Column(say.label("Antara kota dan kabupaten"), "percent")
    columns["kosong"] = Column(say.label("Tanpa satu pun"), "integer")
    rows = table.assign(nama=[say.language.name(names[kind]) for kind in table["jenis"]])
    return say.table(rows, columns, "kinds", findings.About(about))


def provinces(table: pd.DataFrame, units: pd.DataFrame, about: levels.Scope, say: Words) -> Table:
    """Return how unequal each province is inside; `table` as from `spread.provinces` of units."""
    decimals = about.decimals
    columns = {
        "nama": Column(say.label("Provinsi")),
        "satuan": Column(say.label("Kabupaten/kota"), "integer"),
        "rasio": Column(say.label("Per 100.000"), "number", decimals),
        "terendah": Column(say.label("Terendah"), "number", decimals),
        "tertinggi": Column(say.label("Tertinggi"), "number", decimals),
        "gini": Column(say.label("Gini di dalam"), "number", 3),
        "bagian": Column(say.label("Bagian ketimpangan di dalam"), "percent"),
    }
    wholes = None if about.province is not None else _wholes(table, units, say)
    inside = table["di_dalam"].sum()
    rows = table.assign(bagian=table["di_dalam"] / inside)  # missing where nothing lies inside
    rows = rows.sort_values("gini", ascending=False, kind="stable", na_position="last")
    return say.table(rows, columns, "provinces", findings.About(about), totals=wholes)


def _wholes(table: pd.DataFrame, units: pd.DataFrame, say: Words) -> pd.DataFrame:
    """Return the rows of island groups and of Indonesia, with what their units are like."""
    totals = island_totals(
        table, table["pulau"], ["satuan", "tenaga", "penduduk", "di_dalam"], say
    ).set_index("nama")
    inside = {
        str(name): part for name, part in units.groupby(units["pulau"].map(say.language.name))
    }
    parts = [inside.get(str(name), units) for name in totals.index]
    return totals.assign(
        rasio=spread.ratio(totals["tenaga"], totals["penduduk"]),
        terendah=[part["rasio"].min() for part in parts],
        tertinggi=[part["rasio"].max() for part in parts],
        gini=[
            gini(part["rasio"], part["penduduk"]) if part["tenaga"].any() else float("nan")
            for part in parts
        ],
        bagian=totals["di_dalam"] / table["di_dalam"].sum(),
    ).reset_index()


def cities(units: pd.DataFrame, found: findings.Cities, say: Words) -> Table:
    """Return kabupaten and kota as two wholes."""
    columns = {
        "nama": Column(say.label("Jenis")),
        "satuan": Column(say.label("Banyaknya"), "integer"),
        "tenaga": Column(say.label("Tenaga"), "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("Per 100.000"), "number", found.scope.decimals),
    }
    rows = spread.by_status(units).reset_index()
    names = {"kabupaten": say.label("Kabupaten"), "kota": say.label("Kota")}
    return say.table(rows.assign(nama=rows["jenis"].map(names)), columns, "cities", found)


def nobody(units: pd.DataFrame, found: findings.Nobody, say: Words) -> Table:
    """Return the units with nobody of the profession, those with most people first."""
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "provinsi": Column(say.label("Provinsi")),
        "penduduk": Column(say.label("Penduduk"), "integer"),
    }
    if found.counted:
        columns["fasilitas"] = Column(say.label("Fasilitas"), "integer")
    rows = units[units["tenaga"] == 0].sort_values("penduduk", ascending=False, kind="stable")
    return say.table(rows.head(found.listed), columns, "nobody", found)
