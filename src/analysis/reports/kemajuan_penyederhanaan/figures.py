"""The figures of report 11, each with the words that belong to it."""

import pandas as pd

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.kemajuan_penyederhanaan import findings
from analysis.reports.wording import Words


def burn_up(days: dict[str, pd.DataFrame], found: findings.Progress, say: Words) -> Picture:
    """Return how many agencies were done by each day, one panel a stage."""
    figure = plots.burn_up(
        {say.language.name(stage): counts for stage, counts in days.items()},
        deadline=pd.Timestamp(found.deadline),
        done_label=say.label("diketahui selesai"),
        unknown_label=say.label("belum diketahui: di antara dua laporan, atau sesudah yang akhir"),
        all_label=say.label("semua instansi"),
        deadline_label=f"{say.label('Tenggat')} {say.language.date(found.deadline)}",
        language=say.language,
    )
    return say.picture(figure, "progress", found)


def shares_gone(rows: pd.DataFrame, found: findings.Counted, say: Words) -> Picture:
    """Return which part of the posts went and which stayed, a bar for each count."""
    name = say.language.name
    shown = pd.DataFrame(
        {
            say.label("hilang"): (rows["gone"] / rows["before"]).clip(0.0, 1.0),
            say.label("tetap"): (rows["after"] / rows["before"]).clip(0.0, 1.0),
        }
    )
    days = [say.language.short_date(until.date()) for until in rows["until"]]
    shown.index = pd.Index(
        f"{name(place)}\n{name(post)}, {day}"
        for place, day, post in zip(rows["place"], days, rows["post"], strict=True)
    )
    figure = plots.stacked_shares(
        shown, axis_label=say.label("Bagian dari jabatan sebelum"), language=say.language
    )
    return say.picture(figure, "counted", found)
