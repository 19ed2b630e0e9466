"""The tables of report 11."""

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.kemajuan_penyederhanaan import findings
from analysis.reports.wording import Words

_STATES = {"not_done": "belum selesai", "unknown": "tidak diketahui"}
_VERDICTS = {
    "within": "dalam batas aturan",
    "beyond": "melebihi batas aturan",
    "grew": "bertambah",
}


def late(rows: pd.DataFrame, found: findings.Late, say: Words) -> Table:
    """Return the agencies that are not known to have been done by the deadline."""
    columns = {
        "agency": Column(say.label("Instansi")),
        "state": Column(say.label("Pada tenggat")),
        "after": Column(say.label("Belum selesai sampai")),
        "by": Column(say.label("Selesai sebelum atau pada")),
    }
    shown = rows.assign(
        state=[say.label(_STATES[state]) for state in rows["state"]],
        after=_dates(rows["after"], say),
        by=_dates(rows["by"], say),
    )
    return say.table(shown, columns, "late", found)


def curve(rows: pd.DataFrame, found: findings.Estimate, say: Words) -> Table:
    """Return the estimate of completion, an interval of days a row."""
    columns = {
        "start": Column(say.label("Dari hari")),
        "end": Column(say.label("Sampai hari")),
        "share": Column(say.label("Bagian instansi"), "percent"),
        "together": Column(say.label("Kumulatif"), "percent"),
    }
    shown = rows.assign(
        start=_dates(rows["start"], say),
        end=_dates(rows["end"], say),
        together=rows["share"].cumsum(),
    )
    return say.table(shown, columns, "curve", found)


def regions(table: pd.DataFrame, found: findings.Regions, say: Words) -> Table:
    """Return officials who became functional in single governments."""
    columns = {
        "wilayah": Column(say.label("Pemerintah daerah")),
        "tanggal": Column(say.label("Tanggal")),
        "ukuran": Column(say.label("Ukuran")),
        "nilai": Column(say.label("Banyaknya"), "integer"),
        "catatan": Column(say.label("Catatan sumber")),
    }
    shown = table.assign(
        tanggal=_dates(table["tanggal"], say), ukuran=table["ukuran"].map(say.language.name)
    )
    return say.table(shown, columns, "regions", found)


def national(table: pd.DataFrame, found: findings.National, say: Words) -> Table:
    """Return the national counts with what contradicts them."""
    columns = {
        "tanggal": Column(say.label("Tanggal")),
        "tingkat": Column(say.label("Tingkat")),
        "ukuran": Column(say.label("Ukuran")),
        "nilai": Column(say.label("Banyaknya"), "integer"),
        "catatan": Column(say.label("Catatan sumber")),
    }
    shown = table.assign(
        tanggal=_dates(table["tanggal"], say),
        tingkat=table["tingkat"].map(say.language.name),
        ukuran=table["ukuran"].map(say.language.name),
    )
    return say.table(shown, columns, "national", found)


def counted(rows: pd.DataFrame, found: findings.Bounds, say: Words) -> Table:
    """Return what happened beside what the rules allow."""
    name = say.language.name
    columns = {
        "place": Column(say.label("Tempat")),
        "until": Column(say.label("Sampai")),
        "post": Column(say.label("Jabatan")),
        "before": Column(say.label("Sebelum"), "integer"),
        "after": Column(say.label("Sesudah"), "integer"),
        "gone": Column(say.label("Hilang"), "integer"),
        "share": Column(say.label("Bagian yang hilang"), "percent"),
        "most": Column(say.label("Paling banyak menurut aturan"), "integer"),
        "left": Column(say.label("Dikecualikan atau terlambat"), "integer"),
        "verdict": Column(say.label("Dibanding aturan")),
    }
    shown = rows.assign(
        place=rows["place"].map(name),
        post=rows["post"].map(name),
        until=_dates(rows["until"], say),
        share=rows["gone"] / rows["before"],
        verdict=[say.label(_VERDICTS[verdict]) for verdict in rows["verdict"]],
    )
    return say.table(shown, columns, "bounds", found)


def _dates(days: pd.Series, say: Words) -> pd.Series:
    said = [None if pd.isna(day) else say.language.date(day.date()) for day in days]
    return pd.Series(said, index=days.index, dtype="str")
