"""The figures of report 03, each with the words that belong to it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex, to_rgb

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.penyederhanaan import findings
from analysis.reports.wording import Words

_FIRST, _LAST = "#0072B2", "#56B4E9"  # approved by the first report, by the last
_WAITING, _SILENT = "#E69F00", "#b9c0c8"


def timeline(groups: Iterable[pd.DataFrame], found: findings.Timeline, say: Words) -> Picture:
    """Return the posts by group over time, one panel for each place of the finding, in order."""
    name, deadline = say.language.name, found.deadline
    until = f" {say.language.date(deadline)}" if deadline else ""
    figure = plots.timeline(
        {
            name(each.place): counts.rename(columns=name)
            for each, counts in zip(found.series, groups, strict=True)
        },
        deadline=pd.Timestamp(deadline) if deadline else None,
        deadline_label=say.label("Tenggat") + until,
        missing_label=say.label("tidak ada data"),
        language=say.language,
    )
    return say.picture(figure, "timeline", found)


def states(counts: pd.DataFrame, found: findings.States, say: Words) -> Picture:
    """Return the posts of a place just before and after its simplification."""
    shown = counts.rename(index=say.language.name)
    before, since = say.label("sebelum"), found.since
    figure = plots.grouped_bars(
        shown["sebelum"],
        shown["sesudah"],
        before_label=say.language.date(since) if since else f"{before} ({found.year})",
        after_label=say.language.date(found.until),
        axis_label=say.label("Jumlah jabatan"),
        missing_label=say.label("tidak ada data"),
        language=say.language,
    )
    return say.picture(figure, "states", found)


def progress_map(reached: pd.DataFrame, found: findings.Progress, say: Words) -> Picture:
    """Return the map of how far each province was by the last report."""
    listed = say.label("penyetaraan disetujui sampai")
    waiting = say.label("usulan diterima, belum disetujui")
    silent = say.label("usulan belum tercatat")
    approved = {
        pd.Timestamp(each.date): f"{listed} {say.language.date(each.date)}"
        for each in found.approved
    }
    shades = np.linspace(to_rgb(_FIRST), to_rgb(_LAST), len(approved))
    colours = dict(zip(approved.values(), map(to_hex, shades), strict=True))
    without = reached["usulan"].map({True: waiting, False: silent})
    categories = reached["disetujui"].map(approved).fillna(without)
    figure = plots.category_map(
        categories.set_axis(reached["kode_kemendagri"]),
        reached.set_index("kode_kemendagri")["nama"],
        colours | {waiting: _WAITING, silent: _SILENT},
        language=say.language,
    )
    return say.picture(figure, "progress", found)
