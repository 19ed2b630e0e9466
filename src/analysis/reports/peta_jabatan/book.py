"""The balance, the plan and what it rests on, as a workbook to save and to read again."""

from pathlib import Path

import pandas as pd

from analysis.reports.display import Download
from analysis.reports.peta_jabatan import findings, plan_findings, tables
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.wording import Words
from analysis.reports.workbooks import CellKind, Sheet, fingerprint, workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(planning: Planning, say: Words) -> Download:
    """Return the workbook to save."""
    found = plan_findings.book(planning)
    content = workbook(sheets(planning, say))
    return Download(
        f"peta-jabatan-{found.date:%Y-%m-%d}.xlsx",
        content,
        _XLSX,
        say.line("workbook.label", found),
        fingerprint(content),
    )


def sheets(planning: Planning, say: Words) -> list[Sheet]:
    """Return the sheets in order: balance, plan, what stays open, limits, years, ways, assumptions.

    The columns of the balance have the headings that a job map's are recognised by.
    """
    return [
        _balance(planning, say),
        _plan(planning, say),
        _open(planning, say),
        _limits(planning, say),
        *([_years(planning, say)] if planning.at.leaving else []),
        _alternatives(planning, say),
        _assumptions(planning, say),
    ]


def _sheet(
    planning: Planning,
    say: Words,
    name: str,
    frame: pd.DataFrame,
    columns: dict[str, tuple[str, CellKind]],
    totals: tuple[str, ...] = (),
) -> Sheet:
    found = plan_findings.book(planning)
    return Sheet(
        say.label(name),
        f"{say.label(name)}. {say.line('workbook.heading', found)}",
        say.line("workbook.note", found),
        frame,
        {key: (say.label(label), kind) for key, (label, kind) in columns.items()},
        totals,
        say.label("Jumlah seluruhnya"),
    )


def _balance(planning: Planning, say: Words) -> Sheet:
    rows = findings.ranked_posts(planning)
    columns: dict[str, tuple[str, CellKind]] = {
        "unit": ("Unit kerja", "text"),
        **({"group": ("Kelompok", "text")} if "group" in rows else {}),
        "family": ("Jabatan", "text"),
        "staff": ("Bezetting", "integer"),
        "need": ("Kebutuhan", "number"),
        "shortage": ("Kekurangan", "integer"),
        "surplus": ("Kelebihan", "integer"),
        "movable": ("Dapat dilepas", "integer"),
        "leaving": ("Keluar", "integer"),
        "arriving": ("Masuk", "integer"),
        "after": ("Sesudah rencana", "integer"),
        "left": ("Tetap kurang", "integer"),
    }
    totals = tuple(name for name, (_, kind) in columns.items() if kind != "text")
    return _sheet(planning, say, "Neraca", rows, columns, totals)


def _plan(planning: Planning, say: Words) -> Sheet:
    rows = tables.spoken_moves(planning, say)
    known = bool(rows["km"].notna().any())
    rows = rows.assign(all_km=rows["km"] * rows["people"], post="")
    columns: dict[str, tuple[str, CellKind]] = {
        "origin": ("Asal", "text"),
        "destination": ("Tujuan", "text"),
        "family": ("Jabatan asal", "text"),
        "to_family": ("Jabatan yang dituju", "text"),
        "people": ("Orang", "integer"),
        **(
            {"km": ("Jarak (km)", "number"), "all_km": ("Jarak semua (km)", "number")}
            if known
            else {}
        ),
        "cost": ("Biaya (perpindahan)", "number"),
        "kind": ("Jenis perpindahan", "text"),
        "decides": ("Diputuskan oleh", "prose"),
        "proposal": ("Usul instansi penerima", "text"),
        "consent": ("Persetujuan instansi asal", "text"),
        "post": ("Jabatan lowong yang disebut", "text"),
    }
    rows = rows.assign(proposal=rows["papers"], consent=rows["papers"])
    totals = ("people", *(("all_km",) if known else ()), "cost")
    return _sheet(planning, say, "Rencana", rows, columns, totals)


def _open(planning: Planning, say: Words) -> Sheet:
    rows = findings.ranked_posts(planning)
    rows = rows[rows["left"] > 0].sort_values("left", ascending=False, kind="stable")
    columns: dict[str, tuple[str, CellKind]] = {
        "unit": ("Unit kerja", "text"),
        "family": ("Jabatan", "text"),
        "shortage": ("Kekurangan", "integer"),
        "arriving": ("Terisi", "integer"),
        "left": ("Tetap kurang", "integer"),
    }
    totals = ("shortage", "arriving", "left")
    return _sheet(planning, say, "Tetap terbuka", rows, columns, totals)


def _limits(planning: Planning, say: Words) -> Sheet:
    rows = tables.spoken_prices(planning, say)
    columns: dict[str, tuple[str, CellKind]] = {
        "said": ("Batas dan nilainya", "prose"),
        "unit": ("Unit kerja", "text"),
        "family": ("Jabatan", "text"),
        "limit": ("Batas kini", "integer"),
        "posts": ("Mengisi", "integer"),
        "saved": ("Menghemat (perpindahan)", "number"),
    }
    return _sheet(planning, say, "Batas dan harga", rows, columns)


def _years(planning: Planning, say: Words) -> Sheet:
    columns: dict[str, tuple[str, CellKind]] = {
        "when": ("Akhir tahun", "text"),
        "staff": ("Bezetting", "integer"),
        "shortage": ("Kekurangan", "integer"),
        "surplus": ("Kelebihan", "integer"),
        "shortage_after": ("Kekurangan dengan rencana", "integer"),
    }
    rows = tables.dated_years(planning, say)
    return _sheet(planning, say, "Tahun ke depan", rows, columns)


def _alternatives(planning: Planning, say: Words) -> Sheet:
    columns: dict[str, tuple[str, CellKind]] = {
        "way": ("Alternatif", "text"),
        "gini": ("Gini sesudahnya", "number"),
        "left": ("Tetap kurang", "integer"),
        "moved": ("Orang pindah", "integer"),
        "retrained": ("Alih rumpun", "integer"),
        "km": ("Jarak semua (km)", "number"),
        "hired": ("Rekrut", "integer"),
        "cost": ("Biaya (perpindahan)", "number"),
    }
    rows = tables.spoken_alternatives(plan_findings.consequences(planning), say)
    return _sheet(planning, say, "Alternatif", rows, columns)


def _assumptions(planning: Planning, say: Words) -> Sheet:
    at = planning.at
    chosen = planning.p.model_dump(mode="json")
    chosen["file"] = at.name if planning.p.file is not None else None  # not where it is kept
    chosen["mapping"] = None if planning.p.mapping is None else Path(planning.p.mapping).name
    rows = [(say.label("Parameter"), name, str(value)) for name, value in chosen.items()]
    rows += [
        (say.label("Norma"), say.language.name(name), say.language.number(value, 3))
        for name, value in at.norms.items()
    ]
    if at.account is not None:
        texts = at.account.to_frame(say.language.code)
        rows += [
            (say.label("Pembacaan berkas"), f"{row[0]} {row[1]}".strip(), row[2])
            for row in texts.itertuples(index=False)
        ]
    rows += [(say.label("Cara"), "", line) for line in say.lines("approach.text")]
    frame = pd.DataFrame(rows, columns=["kind", "what", "value"])
    columns: dict[str, tuple[str, CellKind]] = {
        "kind": ("Jenis", "text"),
        "what": ("Hal", "prose"),
        "value": ("Nilai", "prose"),
    }
    return _sheet(planning, say, "Asumsi", frame, columns)
