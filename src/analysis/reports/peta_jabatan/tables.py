"""The tables of report 09."""

import re

import numpy as np
import pandas as pd

from analysis.reports.display import Column, Prose, Table
from analysis.reports.peta_jabatan import findings, plan_findings
from analysis.reports.peta_jabatan.planning import Planning, labelled_moves
from analysis.reports.peta_jabatan.sources import Situation
from analysis.reports.wording import Words

SHOWN = 20  # posts and moves before the workbook has the rest

FIELDS = {
    "kelompok": "Kelompok unit",
    "lintang": "Lintang dan bujur",
    "status": "Status (PNS, PPPK)",
    "masa_jabatan": "Masa jabatan",
    "tetap": "Tetap",
    "minimum": "Minimum",
    "jenjang": "Jenjang",
    "pensiun": "Pensiun lima tahun",
    "kontrak": "Kontrak PPPK lima tahun",
}
ANSWERS = {
    "kelompok": "Perpindahan di dalam kelompok saja",
    "lintang": "Jarak, dan perpindahan antartetangga",
    "status": "PPPK yang menurut aturan tidak dipindahkan",
    "masa_jabatan": "Yang belum cukup lama menjabat",
    "tetap": "Orang yang tidak dapat dipindahkan",
    "minimum": "Pegawai yang harus tetap ada",
    "jenjang": "Rumpun jabatan menurut jenjang",
    "pensiun": "Keseimbangan lima tahun ke depan",
    "kontrak": "Kontrak yang berakhir dalam lima tahun",
}
CIRCLES = {
    "kelompok": "Di dalam kelompok",
    "tetangga": "Antartetangga",
    "semua": "Di mana saja",
}
WAYS = {
    "kelompok": "Hanya di dalam kelompok",
    "semua": "Di mana saja",
    "campuran": "Pindah dan rekrut",
}


def account(at: Situation, say: Words) -> Table | None:
    """Return how the file was read; None where there is no file."""
    if at.account is None:
        return None
    frame = at.account.to_frame(say.language.code)
    columns = {str(name): Column(str(name).capitalize()) for name in frame.columns}
    return say.table(frame, columns, "account", findings.subject(at))


def columns(at: Situation, say: Words) -> Table:
    """Return which optional columns are there, and which answers need the others."""
    known = findings.known_columns(at)
    rows = pd.DataFrame(
        {
            "field": [say.label(FIELDS[name]) for name in known],
            "there": [
                say.label("ada") if there else say.label("tidak ada") for there in known.values()
            ],
            "answer": [say.label(ANSWERS[name]) for name in known],
        }
    )
    shown = {
        "field": Column(say.label("Kolom")),
        "there": Column(say.label("Di berkas")),
        "answer": Column(say.label("Tanpa kolom ini tidak terjawab")),
    }
    return say.table(rows, shown, "columns", findings.columns(at))


def families(planning: Planning, say: Words) -> Table:
    """Return surplus and shortage of each family, gross and net, and what moving can fill."""
    surplus, shortage = (side.to_numpy().sum(axis=0) for side in planning.gaps)
    units = planning.at.units
    rows = pd.DataFrame(
        {
            "family": [say.language.name(str(name)) for name in units.families],
            "staff": units.staff.sum(axis=0),
            "need": units.need.sum(axis=0),
            "surplus": surplus,
            "shortage": shortage,
            "net": surplus - shortage,
            "fillable": np.minimum(surplus, shortage),
        }
    )
    shown = {
        "family": Column(say.label("Rumpun jabatan")),
        "staff": Column(say.label("Bezetting"), "integer"),
        "need": Column(say.label("Kebutuhan"), "number", 1),
        "shortage": Column(say.label("Kekurangan"), "integer"),
        "surplus": Column(say.label("Kelebihan"), "integer"),
        "net": Column(say.label("Neto"), "signed"),
        "fillable": Column(say.label("Dapat diisi dengan pindah"), "integer"),
    }
    rows = rows.sort_values("shortage", ascending=False, kind="stable")
    return say.table(rows, shown, "families", findings.subject(planning.at))


def posts(planning: Planning, say: Words) -> Table:
    """Return the posts that hurt most."""
    rows = findings.ranked_posts(planning)
    rows = rows.assign(family=[say.language.name(str(name)) for name in rows["family"]])
    shown = rows[rows["shortage"] > 0].head(SHOWN)
    columns = {
        "unit": Column(say.label("Unit kerja")),
        **({"group": Column(say.label("Kelompok unit"))} if "group" in rows else {}),
        "family": Column(say.label("Rumpun jabatan")),
        "staff": Column(say.label("Bezetting"), "integer"),
        "need": Column(say.label("Kebutuhan"), "number", 1),
        "shortage": Column(say.label("Kekurangan"), "integer"),
        "lacking": Column(say.label("Bagian kebutuhan"), "percent"),
        "left": Column(say.label("Tersisa sesudah rencana"), "integer"),
    }
    found = findings.listed(planning, len(shown), int((rows["shortage"] > 0).sum()))
    return say.table(shown, columns, "posts", found)


def reaches(planning: Planning, say: Words) -> Table:
    """Return how far each circle reaches."""
    columns = {
        "circle": Column(say.label("Berpindah")),
        "filled": Column(say.label("Terisi"), "integer"),
        "left": Column(say.label("Tetap kurang"), "integer"),
        "moved": Column(say.label("Orang pindah"), "integer"),
        "retrained": Column(say.label("Alih rumpun"), "integer"),
        "km": Column(say.label("Rata-rata km"), "number", 1),
    }
    rows = spoken_reaches(planning, say)
    return say.table(rows, columns, "reach", plan_findings.reaches(planning))


def spoken_reaches(planning: Planning, say: Words) -> pd.DataFrame:
    """Return how far each circle reaches, missing where its column is."""
    found = plan_findings.reaches(planning)
    rows = pd.DataFrame([vars(each) for each in (found.group, found.near, found.whole)])
    numbers = ["filled", "left", "moved", "retrained"]
    rows[numbers] = rows[numbers].astype("Int64").where(rows["known"])
    moved = rows["moved"].where(rows["moved"] > 0).astype(float)
    return rows.assign(
        circle=[say.label(CIRCLES[circle]) for circle in rows["circle"]],
        there=_there(rows["known"], say),
        km=rows["km"].astype(float) / moved,
    )


def moves(planning: Planning, say: Words) -> Table | Prose:
    """Return the largest moves with their kind; a sentence if nobody moves."""
    rows = spoken_moves(planning, say)
    if rows.empty:
        return say("nobody")
    ordered = rows.sort_values("people", ascending=False, kind="stable")
    shown = ordered.head(SHOWN)
    other = (rows["family"] != rows["to_family"]).any()
    columns = {
        "origin": Column(say.label("Asal")),
        "destination": Column(say.label("Tujuan")),
        "family": Column(say.label("Rumpun jabatan")),
        **({"to_family": Column(say.label("Ke rumpun"))} if other else {}),
        "people": Column(say.label("Orang"), "integer"),
        **(
            {"km": Column(say.label("Jarak (km)"), "number", 1)} if rows["km"].notna().any() else {}
        ),
        "kind": Column(say.label("Jenis perpindahan")),
    }
    return say.table(shown, columns, "moves", findings.listed(planning, len(shown), len(rows)))


def spoken_moves(planning: Planning, say: Words) -> pd.DataFrame:
    """Return the moves with families and kinds of transfer in words, and who decides."""
    rows = labelled_moves(planning)
    kinds = {
        code: plan_findings.Kind(plan_findings.kind_of(int(code))) for code in rows["kind"].unique()
    }
    return rows.assign(
        family=[say.language.name(str(name)) for name in rows["family"]],
        to_family=[say.language.name(str(name)) for name in rows["to_family"]],
        decides=[say.line("kind.decides", kinds[code]) for code in rows["kind"]],
        papers=[say.line("kind.papers", kinds[code]) for code in rows["kind"]],
        kind=[say.line("kind.name", kinds[code]) for code in rows["kind"]],
    )


def stays_open(planning: Planning, say: Words) -> Table:
    """Return what stays open, by family."""
    rows = plan_findings.open_posts(planning).reset_index(names="family")
    rows = rows.assign(family=[say.language.name(str(name)) for name in rows["family"]])
    columns = {
        "family": Column(say.label("Rumpun jabatan")),
        "shortage": Column(say.label("Kekurangan"), "integer"),
        "filled": Column(say.label("Terisi"), "integer"),
        "left": Column(say.label("Tetap kurang"), "integer"),
        "free": Column(say.label("Masih berlebih"), "integer"),
    }
    rows = rows.sort_values("left", ascending=False, kind="stable")
    return say.table(rows, columns, "open", plan_findings.what_stays_open(planning))


def prices(planning: Planning, say: Words) -> Table | None:
    """Return what one person more in each limit is worth, in words; None where none binds."""
    rows = spoken_prices(planning, say).head(SHOWN)
    if rows.empty:
        return None
    columns = {
        "said": Column(say.label("Batas dan nilainya")),
        "limit": Column(say.label("Batas kini"), "integer"),
        "posts": Column(say.label("Mengisi"), "integer"),
        "saved": Column(say.label("Menghemat (perpindahan)"), "number", 2),
    }
    return say.table(rows, columns, "prices", plan_findings.prices(planning))


def spoken_prices(planning: Planning, say: Words) -> pd.DataFrame:
    """Return the prices with a sentence for each."""
    table = planning.prices
    said = [
        say.line(
            "price.sentence", plan_findings.price(row.map(lambda x: x if pd.notna(x) else None))
        )
        for _, row in table.iterrows()
    ]
    return table.assign(said=pd.Series(said, dtype="str"))


def years(planning: Planning, say: Words) -> Table | None:
    """Return the balance of each year; None where nothing is known of the years ahead."""
    found = plan_findings.years(planning)
    if not found.known:
        return None
    rows = dated_years(planning, say)
    columns = {
        "when": Column(say.label("Akhir tahun")),
        "staff": Column(say.label("Bezetting"), "integer"),
        "shortage": Column(say.label("Kekurangan"), "integer"),
        "surplus": Column(say.label("Kelebihan"), "integer"),
        "shortage_after": Column(say.label("Kekurangan dengan rencana"), "integer"),
    }
    return say.table(rows, columns, "years", found)


def dated_years(planning: Planning, say: Words) -> pd.DataFrame:
    """Return the balance of each year, beside what the file calls the year."""
    rows = plan_findings.ahead(planning)
    numbers = [re.search(r"\d{4}$", name) for name in planning.at.years]
    named = [each.group() for each in numbers if each]
    names = [say.label("hari ini"), *(named if len(named) == len(numbers) else planning.at.years)]
    return rows.assign(when=[names[year] for year in rows["year"]])


def regrets(planning: Planning, say: Words) -> Table | None:
    """Return the moves one would regret; None where there are none."""
    if not planning.at.leaving:
        return None
    rows = plan_findings.regrets(planning)
    if rows.empty:
        return None
    rows = rows.sort_values("regretted", ascending=False, kind="stable")
    rows = rows.assign(family=[say.language.name(str(name)) for name in rows["family"]])
    columns = {
        "origin": Column(say.label("Asal")),
        "destination": Column(say.label("Tujuan")),
        "family": Column(say.label("Rumpun jabatan")),
        "people": Column(say.label("Orang"), "integer"),
        "regretted": Column(say.label("Disesali"), "integer"),
    }
    found = findings.listed(planning, min(len(rows), SHOWN), len(rows))
    return say.table(rows.head(SHOWN), columns, "regrets", found)


def vacancies(planning: Planning, say: Words) -> Table | None:
    """Return the posts to leave unfilled; None where there are none."""
    if not planning.at.leaving:
        return None
    rows = plan_findings.vacancies(planning)
    if rows.empty:
        return None
    shown = rows.head(SHOWN)
    shown = shown.assign(family=[say.language.name(str(name)) for name in shown["family"]])
    columns = {
        "unit": Column(say.label("Unit kerja")),
        "family": Column(say.label("Rumpun jabatan")),
        "people": Column(say.label("Tidak perlu diisi lagi"), "integer"),
    }
    return say.table(shown, columns, "vacant", findings.listed(planning, len(shown), len(rows)))


def alternatives(planning: Planning, say: Words) -> Table:
    """Return the three alternatives, as one table of consequences."""
    found = plan_findings.consequences(planning)
    rows = spoken_alternatives(found, say)
    columns = {
        "way": Column(say.label("Alternatif")),
        "gini": Column(say.label("Gini sesudahnya"), "number", 3),
        "left": Column(say.label("Tetap kurang"), "integer"),
        "moved": Column(say.label("Orang pindah"), "integer"),
        "retrained": Column(say.label("Alih rumpun"), "integer"),
        "km": Column(say.label("Jarak semua (km)"), "integer"),
        "hired": Column(say.label("Rekrut"), "integer"),
        "cost": Column(say.label("Biaya (perpindahan)"), "number", 1),
    }
    return say.table(rows, columns, "alternatives", found)


def spoken_alternatives(found: plan_findings.Consequences, say: Words) -> pd.DataFrame:
    """Return the three alternatives with their names."""
    three = (found.inside, found.everywhere, found.mixed)
    rows = pd.DataFrame([vars(each) for each in three])
    numbers = ["gini", "left", "moved", "retrained", "km", "hired", "cost"]
    rows[numbers] = rows[numbers].astype(float)
    ways = [say.label(WAYS[each.way]) for each in three]
    return rows.assign(way=ways, there=_there(rows["known"], say))


def _there(known: "pd.Series[bool]", say: Words) -> list[str]:
    return [say.label("ada") if each else say.label("tidak ada") for each in known]
