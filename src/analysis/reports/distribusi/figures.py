"""The figures of report 01, each with the words that belong to it."""

import pandas as pd

from analysis import plots
from analysis.inequality import LorenzCurve
from analysis.reports.display import Picture
from analysis.reports.distribusi import findings
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.provincial import by_island
from analysis.reports.wording import Words


def ranking(provinces: pd.DataFrame, found: findings.Ranking, say: Words) -> Picture:
    """Return the provinces ranked by ratio, those below the ratio of all in colour."""
    rows = provinces.set_index("nama")
    below, above = say.label("di bawahnya"), say.label("di atasnya")
    figure = plots.ranking(
        rows["rasio"],
        pd.Series(above, index=rows.index).mask(rows["rasio"] < found.overall, below),
        reference=found.overall,
        reference_label=say.label("Seluruh provinsi"),
        axis_label=say.label("PNS per 1.000 penduduk"),
        accent=below,
        language=say.language,
    )
    return say.picture(figure, "ranking", found)


def tile_map(provinces: pd.DataFrame, found: findings.IslandRatios, say: Words) -> Picture:
    """Return the map of the ratio."""
    figure = plots.tile_map(
        provinces.set_index("kode_kemendagri")["rasio"],
        provinces.set_index("kode_kemendagri")["nama"],
        label=say.label("PNS per 1.000 penduduk"),
        decimals=1,
        language=say.language,
    )
    return say.picture(figure, "map", found)


def lorenz(
    curve: LorenzCurve, provinces: pd.DataFrame, found: findings.Lorenz, say: Words
) -> Picture:
    """Return the Lorenz curve of staff over population."""
    label = f"{say.label('PNS')}, {say.language.date(found.date)}"
    figure = plots.lorenz(
        {label: named_knots(curve, provinces["nama"], provinces["rasio"], provinces["penduduk"])},
        x_label=say.label("Bagian kumulatif penduduk, dari provinsi berasio terendah"),
        y_label=say.label("Bagian kumulatif PNS"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
    return say.picture(figure, "lorenz", found)


def location_quotients(provinces: pd.DataFrame, found: findings.Quotients, say: Words) -> Picture:
    """Return the location quotient of every province, one row per island group."""
    overall = by_island(provinces)["lq"].sort_values(kind="stable")
    figure = plots.strip(
        pd.DataFrame(
            {"group": provinces["pulau"].map(say.language.name), "value": provinces["lq"]}
        ),
        overall.rename(say.language.name),
        axis_label=say.label("Location quotient (1 = sebanding)"),
        unit_label=say.label("provinsi"),
        group_label=say.label("kelompok pulau"),
        language=say.language,
    )
    return say.picture(figure, "quotients", found)
