"""The balance, the plan and what it rests on, as a workbook to save and to read again."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.reports.display import Download
from analysis.reports.peta_jabatan import findings, plan_findings, standards, tables
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.wording import Words
from analysis.reports.workbooks import CellKind, Sheet


def download(planning: Planning, say: Words) -> Download:
    """Return the workbook to save."""
    found = plan_findings.book(planning)
    label = say.line("workbook.label", found)
    return Download.of_sheets(f"peta-jabatan-{found.date:%Y-%m-%d}", sheets(planning, say), label)


def sheets(planning: Planning, say: Words) -> list[Sheet]:
    """Return the sheets: balance, plan, what stays open, limits, circles, years, ways, assumptions.

    The columns of the balance have the headings that a job map's are recognised by.
    """
    return [
        _balance(planning, say),
        _plan(planning, say),
        _open(planning, say),
        _limits(planning, say),
        _circles(planning, say),
        *([_years(planning, say)] if planning.at.leaving else []),
        _alternatives(planning, say),
        *([_standards(planning, say)] if planning.at.source == "guru" else []),
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


def _posts(planning: Planning, say: Words) -> pd.DataFrame:
    """Return every post there is, with its part in the plan and, where known, the years ahead."""
    rows = findings.ranked_posts(planning)
    if planning.at.leaving:
        kept = plan_findings.vacancies(planning).rename(columns={"people": "kept"})
        rows = rows.merge(kept, on=["unit", "family"], how="left").fillna({"kept": 0})
    return rows.assign(family=[say.language.name(str(name)) for name in rows["family"]])


def _balance(planning: Planning, say: Words) -> Sheet:
    rows = _posts(planning, say)
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
    if planning.at.leaving:
        columns["kept"] = ("Tidak perlu diisi lagi", "integer")
    totals = tuple(name for name, (_, kind) in columns.items() if kind != "text")
    return _sheet(planning, say, "Neraca", rows, columns, totals)


def _plan(planning: Planning, say: Words) -> Sheet:
    rows = tables.spoken_moves(planning, say)
    known = bool(rows["km"].notna().any())
    rows = rows.assign(all_km=rows["km"] * rows["people"])
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
        "kind": ("Jenis perpindahan", "prose"),
        "decides": ("Diputuskan oleh", "prose"),
        "proposal": ("Usul instansi penerima", "text"),
        "consent": ("Persetujuan instansi asal", "text"),
    }
    rows = rows.assign(proposal=rows["papers"], consent=rows["papers"])
    totals = ["people", *(("all_km",) if known else ()), "cost"]
    if planning.at.leaving:
        rows = rows.assign(regretted=_regretted(planning))
        columns["regretted"] = ("Disesali", "integer")
        totals.append("regretted")
    return _sheet(planning, say, "Rencana", rows, columns, tuple(totals))


def _regretted(planning: Planning) -> list[int]:
    """Return the people one would regret of each move of the plan."""
    named = ["origin", "destination", "family", "to_family"]
    regrets = plan_findings.regrets(planning).set_index(named)["regretted"]
    moves = pd.MultiIndex.from_frame(planning.chosen.plan.moves[named])
    return [int(people) for people in regrets.reindex(moves).fillna(0)]


def _open(planning: Planning, say: Words) -> Sheet:
    rows = _posts(planning, say)
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


def _circles(planning: Planning, say: Words) -> Sheet:
    columns: dict[str, tuple[str, CellKind]] = {
        "circle": ("Berpindah", "text"),
        "there": ("Kolom", "text"),
        "filled": ("Terisi", "integer"),
        "left": ("Tetap kurang", "integer"),
        "moved": ("Orang pindah", "integer"),
        "retrained": ("Alih rumpun", "integer"),
        "km": ("Rata-rata km", "number"),
    }
    return _sheet(planning, say, "Lingkup", tables.spoken_reaches(planning, say), columns)


def _standards(planning: Planning, say: Words) -> Sheet:
    shown = standards.columns(planning, say)
    rows = standards.varied(planning)
    found = _sheet(planning, say, "Standar", rows, {})
    return replace(found, columns={name: (each.label, "integer") for name, each in shown.items()})


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
        "there": ("Kolom", "text"),
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
    prices = say.line("prices.text", plan_findings.prices(planning))
    rows.append((say.label("Batas dan harga"), "", prices))
    rows += [(say.label("Cara"), "", line) for line in say.lines("approach.text")]
    frame = pd.DataFrame(rows, columns=["kind", "what", "value"])
    columns: dict[str, tuple[str, CellKind]] = {
        "kind": ("Jenis", "text"),
        "what": ("Hal", "text"),
        "value": ("Nilai", "prose"),
    }
    return _sheet(planning, say, "Asumsi", frame, columns)
