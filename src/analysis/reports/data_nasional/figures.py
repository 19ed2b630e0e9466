"""The figures of report 08, each with the words that belong to it."""

import pandas as pd

from analysis import plots
from analysis.disclosure.run_folders import PublishedRun
from analysis.reports.data_nasional import findings, inputs
from analysis.reports.display import Picture
from analysis.reports.gated import ALL, band, marked
from analysis.reports.gated_findings import Lacking
from analysis.reports.wording import Words


def kinds(
    shares: pd.DataFrame, found: findings.Posts, run: PublishedRun, say: Words
) -> Picture | None:
    """Return the kinds of post of each province, as shares; None where all are hidden."""
    if shares.empty:
        return None
    figure = plots.stacked_shares(
        shares.rename(columns=say.language.name),
        axis_label=say.label("Bagian dari pegawai"),
        language=say.language,
    )
    return marked(say.picture(figure, "posts", found), run, say)


def ages(found: findings.Ages | Lacking, run: PublishedRun, say: Words) -> Picture | None:
    """Return women and men by age band."""
    if isinstance(found, Lacking):
        return None
    frame = run.of("pegawai_usia_kelamin").frame
    table = inputs.wide(
        frame[frame["wilayah"] == ALL], "kelompok_usia", "jenis_kelamin", "pegawai"
    ).drop(index=ALL)
    ordered = sorted(
        table.index, key=lambda label: (label.startswith(">"), not label.startswith("<"), label)
    )
    table = table.reindex(ordered)
    table.index = [band(str(label), say) for label in ordered]
    figure = plots.grouped_bars(
        table.get("F", pd.Series(0, table.index)),
        table.get("M", pd.Series(0, table.index)),
        before_label=say.label("Perempuan"),
        after_label=say.label("Laki-laki"),
        axis_label=say.label("Pegawai"),
        missing_label=say.label("disembunyikan"),
        language=say.language,
    )
    return marked(say.picture(figure, "ages", found), run, say)


def need(found: findings.Need | Lacking, run: PublishedRun, say: Words) -> Picture | None:
    """Return people less need of each job family; None where all are hidden."""
    formation = inputs.formation(run)
    if isinstance(found, Lacking) or isinstance(formation, Lacking) or not found.posts:
        return None
    gaps = findings.by_family(formation).dropna().astype(float).sort_values(kind="stable")
    figure = plots.signed_bars(
        gaps.rename(index=say.language.name),
        axis_label=say.label("Pegawai dikurangi kebutuhan"),
        language=say.language,
    )
    return marked(say.picture(figure, "need", found), run, say)
