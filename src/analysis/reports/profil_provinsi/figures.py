"""The figures of report 15, each with the words that belong to it."""

from collections.abc import Sequence

import pandas as pd

from analysis import plots
from analysis.inequality import LorenzCurve
from analysis.reports.display import Picture
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.profil_provinsi.findings import Model, Needs, Spread, Where
from analysis.reports.profil_provinsi.inputs import Doctors
from analysis.reports.provincial_need import model_labels
from analysis.reports.wording import Words


def ranking(frame: pd.DataFrame, found: Where, say: Words) -> Picture:
    """Return the provinces ranked by ratio, this one in its own colour."""
    rows = frame.set_index("nama")
    others = say.label("Provinsi lain")
    groups = pd.Series(others, index=rows.index)
    groups[found.at.province] = found.at.province
    figure = plots.ranking(
        rows["rasio"],
        groups,
        reference=found.at.overall,
        reference_label=say.label("Seluruh provinsi"),
        axis_label=say.label("PNS per 1.000 penduduk"),
        accent=found.at.province,
        language=say.language,
    )
    return say.picture(figure, "ranking", found)


def lorenz(curve: LorenzCurve, provinces: pd.DataFrame, found: Where, say: Words) -> Picture:
    """Return the Lorenz curve of the provinces, and the piece of it that is this one."""
    at = found.at
    start = (at.people_below, at.staff_below)
    end = (at.people_below + at.people_share, at.staff_below + at.staff_share)
    knots = named_knots(curve, provinces["nama"], provinces["rasio"], provinces["penduduk"])
    piece = pd.DataFrame([start, end], columns=["population_share", "value_share"])
    figure = plots.lorenz(
        {
            say.label("Seluruh provinsi"): knots,
            at.province: piece.assign(unit=["", at.province]),
        },
        x_label=say.label("Bagian kumulatif penduduk, dari provinsi berasio terendah"),
        y_label=say.label("Bagian kumulatif PNS"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
    return say.picture(figure, "lorenz", found)


def needs(found: Sequence[Model], about: Needs, say: Words) -> Picture:
    """Return how far the province is above or below its share of need, by model."""
    labels = model_labels(say)
    figure = plots.signed_bars(
        pd.Series({labels[each.name]: each.gap for each in found}, dtype=float),
        axis_label=say.label("PNS lebih (+) atau kurang (−) dari bagian kebutuhannya"),
        language=say.language,
    )
    return say.picture(figure, "need", about)


def doctors(data: Doctors, about: Spread, say: Words) -> Picture:
    """Return the kabupaten and kota ranked by doctors per person."""
    rows = data.frame.set_index("nama")
    figure = plots.ranking(
        rows["rasio"],
        rows["jenis"].map({"kabupaten": say.label("Kabupaten"), "kota": say.label("Kota")}),
        reference=about.ratio,
        reference_label=say.label("Seluruh provinsi ini"),
        axis_label=say.label("Per 100.000 penduduk"),
        accent=say.label("Kota"),
        language=say.language,
    )
    return say.picture(figure, "doctors", about)
