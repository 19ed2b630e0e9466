"""The tables of report 06."""

import pandas as pd

from analysis.redistribution import Plan
from analysis.reports.display import Column, Prose, Table
from analysis.reports.redistribusi_kabupaten import findings, inputs, plan_findings
from analysis.reports.wording import Words

_ENDS = 10  # units listed at each end
_LISTED = 15  # largest moves


def ends(kind: str, places: pd.DataFrame, plan: Plan, say: Words) -> Table:
    """Return the units most below and most above need, in people, and what the plan does there."""
    rows = inputs.gaps(plan.units).join(places[["nama", "provinsi", "penduduk"]])
    rows = rows.assign(
        ratio=rows["staff"] / rows["penduduk"] * inputs.PER,
        change=plan.gains - plan.losses,
    ).sort_values("gap", kind="stable")
    below, above = rows[rows["gap"] < 0].head(_ENDS), rows[rows["gap"] > 0].tail(_ENDS)
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "provinsi": Column(say.label("Provinsi")),
        "staff": Column(say.label("Tenaga"), "integer"),
        "ratio": Column(say.label("Per 100.000"), "number", 1),
        "need": Column(say.label("Kebutuhan"), "number", 1),
        "gap": Column(say.label("Selisih"), "signed_number", 1),
        "change": Column(say.label("Dalam rencana"), "signed"),
    }
    found = findings.Ends(kind, _ENDS)
    return say.table(pd.concat([below, above]), columns, "ends", found)


def circles(found: findings.Circles, say: Words) -> Table:
    """Return how far each circle reaches."""
    reaches = (found.province, found.island, found.nation)
    rows = pd.DataFrame([vars(each) for each in reaches]).assign(
        circle=[say.label(each.circle) for each in reaches]
    )
    columns = {
        "circle": Column(say.label("Berpindah")),
        "floor": Column(say.label("Gini terendah yang mungkin"), "number", 3),
        "moved": Column(say.label("Orang"), "integer"),
        "share": Column(say.label("Bagian tenaga"), "percent"),
        "left": Column(say.label("Gini tersisa"), "number", 3),
        "shortage": Column(say.label("Kekurangan tersisa"), "integer"),
        "mean": Column(say.label("Rata-rata km"), "integer"),
    }
    return say.table(rows.astype({"mean": float}), columns, "circles", found)


def moves(places: pd.DataFrame, plan: Plan, say: Words) -> Table | Prose:
    """Return the largest moves; a sentence if nobody moves."""
    if plan.moves.empty:
        return say("nobody")
    rows = plan.moves.sort_values("people", ascending=False, kind="stable")
    rows = rows.assign(
        km=rows["cost"] / rows["people"],
        **{
            f"{end}_{what}": rows[end].map(places[what])
            for end in ("origin", "destination")
            for what in ("nama", "provinsi")
        },
    )
    shown = rows.head(_LISTED)
    columns = {
        "origin_nama": Column(say.label("Asal")),
        "origin_provinsi": Column(say.label("Provinsi asal")),
        "destination_nama": Column(say.label("Tujuan")),
        "destination_provinsi": Column(say.label("Provinsi tujuan")),
        "people": Column(say.label("Orang"), "integer"),
        "km": Column(say.label("Jarak (km)"), "integer"),
    }
    return say.table(shown, columns, "moves", plan_findings.Listed(len(shown), len(rows)))
