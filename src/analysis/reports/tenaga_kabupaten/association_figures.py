"""The figures of what goes with staff in report 04, each with the words that belong to it.

Each is None where there is no model, or nothing to test: the texts say so.
"""

import pandas as pd
from matplotlib.figure import Figure

from analysis import models, plots
from analysis.inequality.decomposition import LocalAutocorrelation
from analysis.reports.display import Picture
from analysis.reports.tenaga_kabupaten import association_findings as findings
from analysis.reports.tenaga_kabupaten import place_findings, spread
from analysis.reports.tenaga_kabupaten.associations import Associations, effects
from analysis.reports.tenaga_kabupaten.characteristics import Surroundings
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.tenaga_kabupaten.places import Places
from analysis.reports.wording import Words

_CLASSES = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048)
_NORMAL = 1.96  # standard deviations either way of the range that chance keeps to, 95 % of the time


def step_labels(say: Words) -> dict[str, str]:
    """Return what a step of each term is called."""
    return {
        "penduduk": say.label("Penduduk dua kali lebih banyak"),
        "kepadatan": say.label("Dua kali lebih padat, penduduk sama"),
        "desa": say.label("Bagian desa 10 poin persen lebih besar"),
        "kota": say.label("Kota dibanding kabupaten"),
        "pulau": say.label("Pulau tanpa tetangga darat"),
        "jarak": say.label("Dua kali lebih jauh dari ibu kota provinsi"),
    }


def related(found: Associations | None, said: findings.Related, say: Words) -> Picture | None:
    """Return what goes with a step of each term: alone, together, and inside provinces."""
    if found is None:
        return None
    tables = {"alone": found.alone, "together": effects(found.together)}
    series = {
        "alone": say.label("Satu ciri saja"),
        "together": say.label("Semua ciri bersama"),
    }
    if found.within is not None:
        tables["within"] = effects(found.within)
        series["within"] = say.label("Bersama, di dalam provinsi yang sama")
    rows = pd.concat([table.assign(series=key) for key, table in tables.items()])
    figure = plots.forest(
        rows.assign(term=rows.index.map(step_labels(say))),
        series,
        axis_label=say.label("Selisih tenaga per penduduk"),
        cut_label=say.label("(garis yang mencapai tepi berlanjut)"),
        language=say.language,
    )
    return say.picture(figure, "related", said)


def fitting(
    found: Associations | None,
    units: pd.DataFrame,
    said: findings.Fitting,
    say: Words,
) -> Picture | None:
    """Return each unit by what the model expects of it; `units` by `kode_kemendagri`."""
    if found is None:
        return None
    rows = found.together.units
    people = units.loc[rows.index, "penduduk"] / spread.PER
    figure = plots.observed_expected(
        rows["observed"] / people,
        rows["expected"] / people,
        units.loc[rows.index, "jenis"] == spread.CITY,
        observed_label=say.label("Tercatat per 100.000 penduduk"),
        expected_label=say.label("Menurut model per 100.000 penduduk"),
        unit_label=say.label("kabupaten"),
        marked_label=say.label("kota"),
        zero_label=say.label("tidak satu pun"),
        band_label=say.label("setengah sampai dua kali"),
        language=say.language,
    )
    return say.picture(figure, "fitting", said)


def counts(found: Associations | None, said: findings.Fitting, say: Words) -> Picture | None:
    """Return how often counts occur, and how often both laws of chance expect them."""
    if found is None:
        return None
    top = found.together.units["observed"].max()
    edges = [edge for edge in _CLASSES if edge <= top] or [0]
    chosen = found.other_ways["negative_binomial"]
    poisson = found.other_ways["poisson"]
    figure = plots.rootogram(
        models.rootogram(chosen, edges),
        models.rootogram(poisson, edges)["expected"],
        count_label=say.label("Tenaga di kabupaten/kota"),
        units_label=say.label("Kabupaten/kota, skala akar"),
        observed_label=say.label("tercatat"),
        expected_label=say.label("menurut binomial negatif"),
        other_label=say.label("menurut Poisson"),
        language=say.language,
    )
    return say.picture(figure, "counts", findings.Counts(said.scope, said.poisson, said.pearson))


def alike(found: Places | None, said: place_findings.Alike, say: Words) -> Picture | None:
    """Return Moran's I beside the range in which chance would put it."""
    if found is None:
        return None
    whats = {
        "ratio": say.label("Rasio"),
        "together": say.label("Sisa model semua ciri"),
        "within": say.label("Sisa model di dalam provinsi"),
    }
    hows = {
        "all": say.label("semua"),
        "joined": say.label("pulau disambung"),
        "without": say.label("tanpa pulau"),
    }
    rows = found.tests.sort_values(
        "what", key=lambda column: column.map(list(whats).index), kind="stable"
    )
    figure = plots.null_ranges(
        pd.DataFrame(
            {
                "group": rows["what"].map(whats),
                "row": rows["how"].map(hows),
                "estimate": rows["estimate"],
                "low": rows["expected"] - _NORMAL * rows["se"],
                "high": rows["expected"] + _NORMAL * rows["se"],
            }
        ),
        axis_label=say.label("Moran I"),
        estimate_label=say.label("tercatat"),
        range_label=say.label("bila tempat tidak berarti (95%)"),
        language=say.language,
    )
    return say.picture(figure, "alike", said)


def spots(
    found: Places | None,
    around: Surroundings,
    coast: pd.DataFrame,
    names: pd.Series,
    said: place_findings.Spots,
    say: Words,
) -> Picture | None:
    """Return the map of where ratios of neighbours are alike."""
    if found is None:
        return None
    figure = _kind_map(found.ratio, around, coast, names, say)
    return say.picture(figure, "spots", said)


def left_spots(
    found: Places | None,
    around: Surroundings,
    coast: pd.DataFrame,
    names: pd.Series,
    about: Scope,
    say: Words,
) -> Picture | None:
    """Return the map of where neighbours are alike in what the model of all traits leaves."""
    if found is None or found.left is None:
        return None
    figure = _kind_map(found.left, around, coast, names, say)
    return say.picture(figure, "left_spots", place_findings.left_spots(found.left, about))


def _kind_map(
    found: LocalAutocorrelation,
    around: Surroundings,
    coast: pd.DataFrame,
    names: pd.Series,
    say: Words,
) -> Figure:
    return plots.kind_map(
        found.units["kind"],
        around.points,
        coast,
        {
            "high_high": say.label("tinggi di antara yang tinggi"),
            "low_low": say.label("rendah di antara yang rendah"),
            "high_low": say.label("tinggi di antara yang rendah"),
            "low_high": say.label("rendah di antara yang tinggi"),
            "not_told": say.label("dapat terjadi secara kebetulan"),
            "no_neighbour": say.label("tanpa tetangga darat"),
        },
        names=names,
        enlarged=say.label("Jawa dan Bali, diperbesar"),
        language=say.language,
    )
