"""The figures of report 08, each with the words that belong to it."""

import pandas as pd

from analysis import plots
from analysis.disclosure.run_folders import PublishedRun
from analysis.reports.data_nasional import findings, inputs
from analysis.reports.display import Picture, Prose
from analysis.reports.gated import ALL, marked
from analysis.reports.gated_findings import Lacking
from analysis.reports.wording import Words


def kinds(shares: pd.DataFrame, found: findings.Posts, run: PublishedRun, say: Words) -> Picture:
    """Return the kinds of post of each province, as shares."""
    figure = plots.stacked_shares(
        shares.rename(columns=say.language.name),
        axis_label=say.label("Bagian dari pegawai"),
        language=say.language,
    )
    return marked(say.picture(figure, "posts", found), run, say)


def ages(found: findings.Ages | Lacking, run: PublishedRun, say: Words) -> Picture | Prose:
    """Return women and men by age band."""
    if isinstance(found, Lacking):
        return say("lacking", found)
    frame = run.of("pegawai_usia_kelamin").frame
    table = inputs.wide(
        frame[frame["wilayah"] == ALL], "kelompok_usia", "jenis_kelamin", "pegawai"
    ).drop(index=ALL)
    ordered = sorted(
        table.index, key=lambda band: (band.startswith(">"), not band.startswith("<"), band)
    )
    table = table.reindex(ordered)
    table.index = table.index.map(say.language.name)
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


def need(found: findings.Need | Lacking, run: PublishedRun, say: Words) -> Picture | Prose:
    """Return people less need of each job family."""
    if isinstance(found, Lacking):
        return say("lacking", found)
    formation = inputs.formation(run)
    assert not isinstance(formation, Lacking)  # or the finding would be lacking too
    gaps = findings.by_family(formation)
    figure = plots.signed_bars(
        gaps.rename(index=say.language.name),
        axis_label=say.label("Pegawai dikurangi kebutuhan"),
        language=say.language,
    )
    return marked(say.picture(figure, "need", found), run, say)
