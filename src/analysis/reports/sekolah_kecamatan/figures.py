"""The figures of report 12, each with the words that belong to it."""

from collections.abc import Mapping

import pandas as pd

from analysis import plots
from analysis.redistribution import Frontier, Plan
from analysis.reports.display import Picture
from analysis.reports.frontier_pictures import frontier_picture, gini_curves
from analysis.reports.sekolah_kecamatan import boundary_findings, findings
from analysis.reports.sekolah_kecamatan.parameters import Model
from analysis.reports.sekolah_kecamatan.tables import model_labels
from analysis.reports.wording import Words


def adequacy(frame: pd.DataFrame, needs: pd.DataFrame, found: findings.Need, say: Words) -> Picture:
    """Return teachers per need of each kecamatan, under both norms."""
    labels = model_labels(say)
    ratio = needs.rdiv(frame["guru"].astype(float), axis=0).set_axis(frame["nama"].to_numpy())
    figure = plots.dumbbell(
        ratio["rombel"],
        ratio["peserta_didik"],
        before_label=labels["rombel"],
        after_label=labels["peserta_didik"],
        axis_label=say.label("Guru per kebutuhan (1 = pas)"),
        language=say.language,
        reference=1.0,
    )
    return say.picture(figure, "need", found)


def frontier(frontiers: Mapping[Model, Frontier], found: findings.Best, say: Words) -> Picture:
    """Return the frontier of both needs, with today, the plan and equality."""
    return frontier_picture(
        gini_curves(frontiers, model_labels(say)),
        found,
        say,
        equal=found.equal,
        x_label=say.label("Guru yang berpindah, bagian dari semua guru"),
        y_label=say.label("Gini guru per kebutuhan"),
    )


def plan(frame: pd.DataFrame, plan: Plan, found: findings.Moves, say: Words) -> Picture:
    """Return teachers per need of each kecamatan before and after the plan."""
    units = plan.to_frame().set_axis(frame["nama"].to_numpy())
    figure = plots.dumbbell(
        units["adequacy"],
        units["adequacy_after"],
        before_label=say.label("sebelum"),
        after_label=say.label("sesudah"),
        axis_label=say.label("Guru per kebutuhan (1 = pas)"),
        language=say.language,
        reference=1.0,
    )
    return say.picture(figure, "plan", found)


def teachers(
    earlier: pd.DataFrame,
    later: pd.DataFrame,
    group: str,
    found: boundary_findings.Turnover,
    say: Words,
) -> Picture:
    """Return the teachers of each unit at both years; `group` holds the words."""
    before, after = (
        pd.Series(state["guru"].to_numpy(float), state["nama"].to_numpy())
        for state in (earlier, later.loc[earlier.index])
    )
    figure = plots.dumbbell(
        before,
        after,
        before_label=str(found.before),
        after_label=str(found.after),
        axis_label=say.label("Guru"),
        language=say.language,
    )
    return say.picture(figure, group, found)
