"""The figures of report 05, each with the words that belong to it."""

from collections.abc import Mapping

import pandas as pd

from analysis import plots
from analysis.inequality import ConcentrationCurve, LorenzCurve
from analysis.plots.tile_maps import TILES
from analysis.reports.display import Picture
from analysis.reports.lorenz_knots import named_knots
from analysis.reports.mutu_guru import findings
from analysis.reports.mutu_guru.labels import CUMULATIVE, FIELDS, GROUPS, RATIOS
from analysis.reports.wording import Words


def four_fields(provinces: pd.DataFrame, found: findings.Fields, say: Words) -> Picture:
    """Return every province by its ratio of teachers and its share with a degree."""
    rows = provinces.set_index("nama")
    units = pd.DataFrame(
        {
            "x": rows["rasio"],
            "y": rows["mutu"],
            "mark": [TILES[code][2] for code in rows["kode_kemendagri"]],
            "field": rows["bidang"],
        }
    )
    overall = say.language.number(found.overall, found.decimals)
    figure = plots.four_fields(
        units,
        x_reference=found.overall,
        y_reference=found.share,
        fields={key: say.label(label) for key, label in FIELDS.items()},
        reference_label=f"{say.label('Seluruh provinsi')}: {overall}; "
        f"{say.language.percent(found.share)}",
        x_label=say.label(RATIOS[found.need]),
        y_label=say.label("Berijazah S1 ke atas"),
        language=say.language,
    )
    return say.picture(figure, "fields", found)


def lorenz(
    number: LorenzCurve,
    qualified: LorenzCurve,
    provinces: pd.DataFrame,
    found: findings.Lorenz,
    say: Words,
) -> Picture:
    """Return the Lorenz curves of all teachers and of those with a degree."""
    all_, some = (
        named_knots(curve, provinces["nama"], provinces[column], provinces["dilayani"])
        for curve, column in ((number, "rasio"), (qualified, "hasil"))
    )
    figure = plots.lorenz(
        {
            say.label("Kepala sekolah dan guru"): all_,
            say.label("Berijazah S1 ke atas"): some,
        },
        x_label=say.label(CUMULATIVE[found.need]),
        y_label=say.label("Bagian kumulatif kepala sekolah dan guru"),
        equality_label=say.label("Merata sempurna"),
        language=say.language,
    )
    return say.picture(figure, "lorenz", found)


def concentration(
    curves: Mapping[str, ConcentrationCurve], found: findings.Concentration, say: Words
) -> Picture:
    """Return the concentration curves of those with a degree and of those below it."""
    figure = plots.lorenz(
        {say.label(GROUPS[name]): curve.to_frame() for name, curve in curves.items()},
        x_label=say.label("Bagian kumulatif guru, dari provinsi berasio terendah"),
        y_label=say.label("Bagian kumulatif menurut ijazah"),
        equality_label=say.label("Sama bagiannya di mana-mana"),
        language=say.language,
    )
    return say.picture(figure, "concentration", found)
