"""The figures of report 04, each with the words that belong to it."""

import pandas as pd
from matplotlib.figure import Figure

from analysis import plots
from analysis.inequality import lorenz_curve
from analysis.reports.display import Picture
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.map_words import map_words
from analysis.reports.tenaga_kabupaten import findings, spread
from analysis.reports.tenaga_kabupaten import level_findings as levels
from analysis.reports.wording import Words


def unit_map(
    places: pd.DataFrame,
    coast: pd.DataFrame,
    boundaries: pd.DataFrame | None,
    found: findings.Map,
    say: Words,
) -> Picture:
    """Return the map of the ratio.

    Parameters
    ----------
    places : DataFrame
        As from `inputs.on_the_map`: all kabupaten and kota of the level, also the missing ones.
    coast, boundaries : DataFrame
        Outlines of the land and, if the reader has them, of the units.
    """
    rows = places.set_index("kode_kemendagri")
    drawn = plots.unit_map(
        rows["rasio"],
        rows["nama"],
        rows[["bujur", "lintang"]],
        coast,
        words=map_words(say, value=say.label("Tenaga per 100.000 penduduk")),
        decimals=found.scope.decimals,
        language=say.language,
        boundaries=boundaries,
    )
    return say.picture(drawn.figure, "map", found)


def lorenz(
    units: pd.DataFrame, provinces: pd.DataFrame, found: findings.Lorenz, say: Words
) -> Picture:
    """Return the Lorenz curve of units, beside that of provinces where there are several."""
    curves = {say.label("Kabupaten/kota"): _knots(units)}
    if found.half_provinces is not None:
        curves = {say.label("Provinsi"): _knots(provinces), **curves}
    return say.picture(_lorenz(curves, say), "lorenz", found)


def shares(table: pd.DataFrame, names: dict[str, str], found: levels.Levels, say: Words) -> Picture:
    """Return where the inequality of each kind of staff lies; `table` as from `by_kind`."""
    parts = {
        "antarpulau": say.label("Antarkelompok pulau"),
        "antarprovinsi": say.label("Antarprovinsi di dalam kelompok pulau"),
        "di_dalam": say.label("Di dalam provinsi"),
    }
    if found.scope.province is not None:
        parts = {
            "antarjenis": say.label("Antara kota dan kabupaten"),
            "dalam_jenis": say.label("Di antara kota, dan di antara kabupaten"),
        }
    rows = table.set_index(table["jenis"].map(names).map(say.language.name))
    figure = plots.stacked_shares(
        rows[list(parts)].rename(columns=parts),
        axis_label=say.label("Bagian Theil T"),
        language=say.language,
    )
    return say.picture(figure, "levels", found)


def inside(
    units: pd.DataFrame, provinces: pd.DataFrame, found: levels.Inside, say: Words
) -> Picture:
    """Return the units of every province as dots in its row."""
    overall = provinces.set_index("nama")["rasio"].sort_values(ascending=False, kind="stable")
    reference = spread.overall_ratio(units)
    printed = say.language.number(reference, found.scope.decimals)
    rows = units.set_index("nama")
    figure = plots.dot_rows(
        rows["rasio"],
        rows["provinsi"],
        overall,
        rows["jenis"] == spread.CITY,
        reference=reference,
        axis_label=say.label("Per 100.000 penduduk, skala akar"),
        unit_label=say.label("kabupaten"),
        marked_label=say.label("kota"),
        group_label=say.label("provinsi seluruhnya"),
        reference_label=f"{say.label('semua')}: {printed}",
        language=say.language,
    )
    return say.picture(figure, "inside", found)


def quality(
    own: pd.DataFrame, other: pd.DataFrame | None, found: findings.Quality, say: Words
) -> Picture:
    """Return the Lorenz curves of the profession and of the one it is compared with."""
    frames = {found.scope.kind: own}
    if other is not None and found.other is not None:
        frames[found.other] = other
    curves = {say.language.name(kind): _knots(frame) for kind, frame in frames.items()}
    return say.picture(_lorenz(curves, say), "quality", found)


def _knots(frame: pd.DataFrame) -> pd.DataFrame:
    ratio, people = frame["rasio"], frame["penduduk"]
    return named_knots(lorenz_curve(ratio, people), frame["nama"], ratio, people)


def _lorenz(curves: dict[str, pd.DataFrame], say: Words) -> Figure:
    return plots.lorenz(
        curves,
        x_label=say.label("Bagian kumulatif penduduk, dari rasio terendah"),
        y_label=say.label("Bagian kumulatif tenaga"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
