"""The figures of report 13, each with the words that belong to it."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.gated import ALL
from analysis.reports.gated_findings import Lacking
from analysis.reports.kompetensi import findings, index_findings, study_findings
from analysis.reports.kompetensi.inputs import MET, OPEN, SHORT, Case, Plan, Years
from analysis.reports.wording import Words

_STATES = {MET: "Memenuhi", SHORT: "Kurang", OPEN: "Kurang, ada yang tanpa JP"}


def compliance(of: Case, found: findings.Compliance, say: Words) -> Picture | None:
    """Return the share of people who meet the floor, in the agencies where it is lowest."""
    if not found.shown:
        return None
    table = findings.agencies(of)
    table = table[~table["hidden"]].head(found.shown)
    shares = table[[state for state in _STATES if state in table]]
    return say.picture(_states(shares, say), "compliance", found)


def groups(of: Case, found: findings.Groups, say: Words) -> Picture | None:
    """Return the share of people who meet the floor, by kind of post, then by age and sex."""
    posts, ages = findings.by_post(of), findings.by_age(of)
    sexes = {"F": say.label("Perempuan"), "M": say.label("Laki-laki")}
    names = [f"{say.language.name(age)}, {sexes.get(sex, sex).lower()}" for age, sex in ages.index]
    shares = pd.concat(
        [posts.rename(index=say.language.name), ages.set_axis(pd.Index(names))]
    ).dropna()
    return None if shares.empty else say.picture(_states(shares, say), "groups", found)


def _states(shares: pd.DataFrame, say: Words) -> Figure:
    return plots.stacked_shares(
        shares.rename(columns={s: say.label(label) for s, label in _STATES.items()}),
        axis_label=say.label("Bagian PNS dan CPNS"),
        language=say.language,
    )


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


def study(of: Case, found: study_findings.Study | Lacking, say: Words) -> Picture | None:
    """Return the share of people who meet each requirement, by family."""
    if isinstance(found, Lacking):
        return None
    shares = study_findings.shares(of).dropna()
    if shares.empty:
        return None
    name = say.language.name
    names = [f"{name(kind.capitalize())}: {name(family)}" for kind, family in shares.index]
    states = {study_findings.MET: "Memenuhi", study_findings.MISSING: "Belum memenuhi"}
    figure = plots.stacked_shares(
        shares.set_axis(pd.Index(names)).rename(columns=lambda state: say.label(states[state])),
        axis_label=say.label("Bagian yang disetarakan"),
        language=say.language,
    )
    return say.picture(figure, "study", found)


def posts(of: Case, found: study_findings.Posts | Lacking, say: Words) -> Picture | None:
    """Return who of each kind of post gets more hours, before and after people are moved."""
    if isinstance(found, Lacking):
        return None
    index = study_findings.concentrations(of).dropna()
    if index.empty:
        return None
    name = say.language.name
    by = {"konsentrasi_golongan": "Golongan", "konsentrasi_jarak": "Jarak"}
    names = [
        f"{say.label(by[column])}: "
        + name("Seluruhnya" if kind == ALL else kind).removeprefix("Jabatan ")  # rows are short
        for column, kind in index.index
    ]
    shown = index.set_axis(pd.Index(names))
    figure = plots.dumbbell(
        shown[study_findings.BEFORE],
        shown[study_findings.AFTER],
        before_label=say.label("Sebelum"),
        after_label=say.label("Sesudah"),
        axis_label=say.label("Indeks konsentrasi JP"),
        language=say.language,
        as_given=True,
        reference=0.0,
    )
    return say.picture(figure, "posts", found)


def joint(
    year: Plan | None, plan: Plan | None, found: study_findings.Joint | None, say: Words
) -> Picture | None:
    """Return what it costs to reach a share of people: for the year alone and for both gaps."""
    if year is None or plan is None or found is None or plan.whole.cost == 0:
        return None
    curves = {"JP tahun itu": year, "JP tahun itu dan jabatan": plan}
    figure = plots.frontier(
        {
            say.label(label): pd.Series(
                (each.curve["cost"] / 1e6).to_numpy(), each.curve["share"].to_numpy()
            )
            for label, each in curves.items()
        },
        points={},
        x_label=say.label("Bagian yang dicukupkan"),
        y_label=say.label("Biaya (juta rupiah)"),
        language=say.language,
    )
    return say.picture(figure, "joint", found)


def each_year(
    years: Years | None, found: study_findings.EachYear | None, say: Words
) -> Picture | None:
    """Return who comes to meet what the post requires in each year, spread and all at once."""
    if years is None or found is None:
        return None
    at_once, spread = (
        plan.years.set_index("year")["met"].rename(
            lambda year: say.language.text("Tahun ke-{n}", n=say.language.number(year))
        )
        for plan in (years.at_once, years.spread)
    )
    figure = plots.grouped_bars(
        at_once,
        spread,
        before_label=say.label("sekaligus pada tahun pertama"),
        after_label=say.label("disebar"),
        axis_label=say.label("Orang yang mulai memenuhi syarat jabatannya"),
        missing_label=say.label("disembunyikan"),
        language=say.language,
    )
    return say.picture(figure, "each_year", found)


def index(of: Case, found: index_findings.Index | Lacking, say: Words) -> Picture | None:
    """Return the bands of the index, in the agencies with most people in the lowest."""
    if isinstance(found, Lacking) or not found.shown:
        return None
    table = index_findings.agencies(of)
    shares = table[~table["hidden"]].drop(columns=["hidden", "first"]).head(found.shown)
    figure = plots.stacked_shares(
        shares.rename(columns=say.language.name),
        axis_label=say.label("Bagian dari pegawai"),
        language=say.language,
    )
    return say.picture(figure, "index", found)
