"""The tables of report 03."""

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.wording import Words


def posts(rows: pd.DataFrame, say: Words) -> Table:
    """Return counts of posts, each with its source."""
    columns = {
        "tanggal": Column(say.label("Tanggal")),
        "jabatan": Column(say.label("Jabatan")),
        "jumlah": Column(say.label("Banyaknya"), "integer"),
        "sumber": Column(say.label("Sumber")),
    }
    shown = rows.assign(
        tanggal=[say.language.date(day.date()) for day in rows["tanggal"]],
        jabatan=rows["jabatan"].map(say.language.name),
    )
    return say.table(shown, columns, "posts")
