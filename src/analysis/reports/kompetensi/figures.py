"""The figures of report 13, each with the words that belong to it."""

from collections.abc import Mapping

import pandas as pd

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.kompetensi import findings
from analysis.reports.kompetensi.inputs import MET, OPEN, SHORT, Case, Plan
from analysis.reports.wording import Words

_STATES = {MET: "Memenuhi", SHORT: "Kurang", OPEN: "Kurang, ada yang tanpa JP"}


def compliance(of: Case, found: findings.Compliance, say: Words) -> Picture | None:
    """Return the share of people who meet the floor, in the agencies where it is lowest."""
    if not found.shown:
        return None
    table = findings.agencies(of)
    table = table[~table["hidden"]].head(found.shown)
    shares = table[[state for state in _STATES if state in table]]
    figure = plots.stacked_shares(
        shares.rename(columns={s: say.label(label) for s, label in _STATES.items()}),
        axis_label=say.label("Bagian PNS dan CPNS"),
        language=say.language,
    )
    return say.picture(figure, "compliance", found)


def spread(of: Case, found: findings.Spread, say: Words) -> Picture | None:
    """Return the Lorenz curve of hours."""
    if of.curve.empty:
        return None
    figure = plots.lorenz(
        {say.label("JP"): of.curve},
        x_label=say.label("Bagian pegawai, dari yang JP-nya paling sedikit"),
        y_label=say.label("Bagian semua JP"),
        equality_label=say.label("JP yang sama bagi semua"),
        language=say.language,
    )
    return say.picture(figure, "spread", found)


def heat(
    of: Case, found: findings.Heat | None, names: Mapping[str, str], say: Words
) -> Picture | None:
    """Return people below the floor, provinces by golongan."""
    if found is None:
        return None
    table = findings.below(of)
    index = [names.get(code, code) for code in table.index]
    figure = plots.heat_map(
        -table.set_axis(pd.Index(index)),
        largest=max(float(found.most), 1.0),
        short_label=say.label("Kurang JP (orang)"),
        language=say.language,
    )
    return say.picture(figure, "heat", found)


def curve(
    of: Case, plan: Plan | None, found: findings.Planned | None, say: Words
) -> Picture | None:
    """Return what it costs to bring so many of those who lack hours to theirs."""
    if plan is None or found is None or plan.whole.cost == 0:
        return None
    costs = pd.Series((plan.curve["cost"] / 1e6).to_numpy(), plan.curve["share"].to_numpy())
    figure = plots.frontier(
        {say.label("Biaya termurah"): costs},
        points={say.label("Program ini"): (found.share, found.cost)},
        x_label=say.label("Bagian yang dicukupkan"),
        y_label=say.label("Biaya (juta rupiah)"),
        language=say.language,
    )
    return say.picture(figure, "curve", findings.curve(of, plan))
