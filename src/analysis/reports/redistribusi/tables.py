"""The tables of report 07."""

from collections.abc import Mapping

import pandas as pd

from analysis.redistribution import Frontier, Mix, Plan, Robustness, compare_need
from analysis.reports.display import Column, Prose, Table
from analysis.reports.plan_results import gini_after
from analysis.reports.provincial import island_totals
from analysis.reports.provincial_need import model_labels
from analysis.reports.redistribusi import findings, plan_findings
from analysis.reports.redistribusi.parameters import Redistribusi
from analysis.reports.wording import Words

_SHARES = (0.01, 0.05, 0.10)  # of all staff, for the table of the frontier
_LISTED = 15  # largest moves in the report; the workbook has all


def needs(provinces: pd.DataFrame, needs: pd.DataFrame, found: findings.Need, say: Words) -> Table:
    """Return what each model of need says of the same staff."""
    staff = provinces["pegawai"]
    rows = compare_need(staff, needs)
    columns = {
        "label": Column(say.label("Kebutuhan menurut")),
        "gini": Column("Gini", "number", 3),
        "hoover": Column("Hoover", "number", 3),
        "moves_to_equality": Column(say.label("Pindah agar merata"), "integer"),
        "share": Column(say.label("Bagian PNS"), "percent"),
        "short_units": Column(say.label("Provinsi kurang"), "integer"),
        "agreement": Column(say.label("Korelasi urutan"), "number", 2),
    }
    rows = rows.assign(
        label=rows["model"].map(model_labels(say)), share=rows["moves_to_equality"] / staff.sum()
    )
    return say.table(rows, columns, "need", found)


def central(
    provinces: pd.DataFrame, variants: Mapping[str, Plan], found: findings.Central, say: Words
) -> Table | Prose:
    """Return what both plans do to the provinces whose central staff is known."""
    changes = plan_findings.by_model(variants)
    rows = provinces.assign(without=changes["keluarkan"], counted=changes["hitung"])
    rows = rows[rows["pusat"].notna()].sort_values("pusat", ascending=False, kind="stable")
    if rows.empty:
        return say("unknown")
    columns = {
        "nama": Column(say.label("Provinsi")),
        "pns": Column("PNS", "integer"),
        "pusat": Column(say.label("ASN pusat"), "integer"),
        "tanpa_pusat": Column(say.label("PNS tanpa pusat"), "integer"),
        "without": Column(say.label("Perubahan tanpa pusat"), "signed"),
        "counted": Column(say.label("Perubahan bila pusat dihitung"), "signed"),
    }
    return say.table(rows, columns, "central", found)


def budgets(frontiers: Mapping[str, Frontier], say: Words) -> Table:
    """Return the frontier at some shares of staff under each model, with the equal hires."""
    labels, rows = model_labels(say), []
    for model, found in frontiers.items():
        most = found.most_moves
        steps = [(say.language.percent(k, 0), int(k * found.total_staff)) for k in _SHARES]
        for label, moves in [*steps, (say.label("penuh"), most)]:
            if moves > most:
                continue
            left = float(found.gini(moves))
            hires = found.hires_for_gini(left)
            rows.append(
                {
                    "model": labels[model],
                    "budget": label,
                    "moves": moves,
                    "gini": left,
                    "floor": float(found.floor(moves)),
                    "ceiling": float(found.ceiling(moves)),
                    "hires": findings.believable_hires(hires, found.total_staff),
                }
            )
    columns = {
        "model": Column(say.label("Kebutuhan menurut")),
        "budget": Column(say.label("Berpindah")),
        "moves": Column(say.label("Orang"), "integer"),
        "gini": Column(say.label("Gini tersisa"), "number", 3),
        "floor": Column(say.label("Kecukupan terendah"), "number", 2),
        "ceiling": Column(say.label("Kecukupan tertinggi"), "number", 2),
        "hires": Column(say.label("Rekrutmen setara"), "integer"),
    }
    frame = pd.DataFrame(rows).astype({"hires": float})
    return say.table(frame, columns, "budgets")


def mix(found: Mix, ways: findings.Ways, say: Words) -> Table:
    """Return three ways to the Gini of the plan; hires beyond all staff are left out."""
    labels = {
        "moves only": say.label("hanya perpindahan"),
        "hires only": say.label("hanya rekrutmen"),
        "cheapest mix": say.label("campuran termurah"),
    }
    rows = found.to_frame()
    rows = rows.assign(way=rows["way"].map(labels))
    beyond = rows["hires"] > ways.staff
    rows.loc[beyond, ["hires", "cost"]] = float("nan")
    columns = {
        "way": Column(say.label("Cara")),
        "moves": Column(say.label("Berpindah"), "integer"),
        "hires": Column(say.label("Direkrut"), "integer"),
        "cost": Column(say.label("Biaya (satuan perpindahan)"), "integer"),
    }
    return say.table(rows, columns, "mix", ways)


def plans(
    provinces: pd.DataFrame, plans: Mapping[str, Plan], found: plan_findings.Plans, say: Words
) -> Table:
    """Return the plan of every model, one row each."""
    labels, names = model_labels(say), provinces["nama"].to_numpy()
    rows = []
    for model, plan in plans.items():
        net = pd.Series(plan.gains - plan.losses, names)
        gives, receives = net.nsmallest(1), net.nlargest(1)
        rows.append(
            {
                "model": labels[model],
                "moved": plan.moved,
                "giving": int((net < 0).sum()),
                "gives": _named(gives, say) if gives.iloc[0] < 0 else None,
                "receiving": int((net > 0).sum()),
                "receives": _named(receives, say) if receives.iloc[0] > 0 else None,
                "left": gini_after(plan),
            }
        )
    columns = {
        "model": Column(say.label("Kebutuhan menurut")),
        "moved": Column(say.label("Berpindah"), "integer"),
        "giving": Column(say.label("Provinsi melepas"), "integer"),
        "gives": Column(say.label("Terbanyak melepas")),
        "receiving": Column(say.label("Provinsi menerima"), "integer"),
        "receives": Column(say.label("Terbanyak menerima")),
        "left": Column(say.label("Gini tersisa"), "number", 3),
    }
    return say.table(pd.DataFrame(rows), columns, "plans", found)


def changes(provinces: pd.DataFrame, plans: Mapping[str, Plan], say: Words) -> Table:
    """Return what the plan of each model does to every province."""
    labels = model_labels(say)
    rows = plan_findings.by_model(plans).assign(nama=provinces["nama"])
    columns = {"nama": Column(say.label("Provinsi"))}
    columns |= {model: Column(labels[model], "signed") for model in plans}
    first = next(iter(plans))
    totals = island_totals(rows, provinces["pulau"], list(plans), say)
    ordered = rows.sort_values(first, ascending=False, kind="stable")
    return say.table(ordered, columns, "changes", totals=totals)


def units(provinces: pd.DataFrame, plan: Plan, say: Words) -> Table:
    """Return every province before and after the plan, largest gain first."""
    rows = plan.to_frame().set_index("unit").assign(nama=provinces["nama"])
    rows = rows.assign(change=rows["gains"] - rows["losses"])
    columns = {
        "nama": Column(say.label("Provinsi")),
        "need": Column(say.label("Kebutuhan"), "integer"),
        "staff": Column(say.label("PNS sebelum"), "integer"),
        "change": Column(say.label("Perubahan"), "signed"),
        "staff_after": Column(say.label("PNS sesudah"), "integer"),
        "adequacy": Column(say.label("Kecukupan sebelum"), "number", 2),
        "adequacy_after": Column(say.label("Kecukupan sesudah"), "number", 2),
    }
    totals = island_totals(
        rows, provinces["pulau"], ["need", "staff", "change", "staff_after"], say
    )
    totals = totals.assign(
        adequacy=totals["staff"] / totals["need"],
        adequacy_after=totals["staff_after"] / totals["need"],
    )
    ordered = rows.sort_values("change", ascending=False, kind="stable")
    return say.table(ordered, columns, "units", totals=totals)


def binding(provinces: pd.DataFrame, plan: Plan, p: Redistribusi, say: Words) -> Table | Prose:
    """Return the limits that bind and what one person more would be worth, in plain words."""
    bounds = plan_findings.bounds(provinces, plan, p)
    if not bounds:
        return say("unbound")
    rows = [
        {
            "limit": say.line(f"{each.group}.limit", each.finding),
            "worth": each.worth,
            "meaning": say.line(f"{each.group}.meaning", each.finding),
        }
        for each in bounds
    ]
    columns = {
        "limit": Column(say.label("Batas yang mengikat")),
        "worth": Column(say.label("Selisih kecukupan"), "number", 2),
        "meaning": Column(say.label("Bila dilonggarkan")),
    }
    return say.table(pd.DataFrame(rows), columns, "binding")


def all_moves(provinces: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return all moves with names and kilometres, most people first."""
    names = provinces["nama"]
    moves = plan.moves.sort_values("people", ascending=False, kind="stable")
    return moves.assign(
        origin_name=moves["origin"].map(names),
        destination_name=moves["destination"].map(names),
        km=moves["cost"] / moves["people"],
    )


def moves(provinces: pd.DataFrame, plan: Plan, say: Words) -> Table | Prose:
    """Return the largest moves; a sentence if nobody moves."""
    if plan.moves.empty:
        return say("nobody")
    rows = all_moves(provinces, plan)
    shown = rows.head(_LISTED)
    columns = {
        "origin_name": Column(say.label("Asal")),
        "destination_name": Column(say.label("Tujuan")),
        "people": Column(say.label("Orang"), "integer"),
        "km": Column(say.label("Jarak (km)"), "integer"),
    }
    return say.table(shown, columns, "moves", plan_findings.Listed(len(shown), len(rows)))


def robustness(found: Robustness, draws: plan_findings.Draws, say: Words) -> Table:
    """Return the ranges of the results."""
    labels = {
        "gini_today": say.label("Gini hari ini"),
        "gini_best_plan": say.label("Gini setelah rencana terbaik untuk kebutuhan itu"),
        "gini_fixed_plan": say.label("Gini setelah rencana laporan ini"),
        "moves_to_equality": say.label("perpindahan agar merata (ribu orang)"),
    }
    rows = found.results.set_index("result")
    rows.loc["moves_to_equality"] /= 1000
    columns = {
        "label": Column(say.label("Hasil")),
        "estimate": Column(say.label("Kebutuhan seperti dihitung"), "number", 3),
        "low": Column(say.label("2,5%"), "number", 3),
        "median": Column(say.label("Median"), "number", 3),
        "high": Column(say.label("97,5%"), "number", 3),
    }
    rows = rows.assign(label=[labels[str(name)] for name in rows.index])
    return say.table(rows, columns, "robustness", draws)


def stable_moves(
    found: Robustness, plans: Mapping[str, Plan], provinces: pd.DataFrame, say: Words
) -> Table | Prose:
    """Return how often the largest moves of the plan appear, in draws and over models."""
    rows = found.moves[found.moves["people"] > 0]
    if rows.empty:
        return say("nobody")
    rows = rows.sort_values("people", ascending=False, kind="stable").head(_LISTED)
    pairs = pd.MultiIndex.from_frame(rows[["origin", "destination"]])
    names = provinces["nama"]
    rows = rows.assign(
        origin=rows["origin"].map(names),
        destination=rows["destination"].map(names),
        models=plan_findings.models_with_move(plans).reindex(pairs).to_numpy(),
    )
    columns = {
        "origin": Column(say.label("Asal")),
        "destination": Column(say.label("Tujuan")),
        "people": Column(say.label("Orang"), "integer"),
        "models": Column(say.label("Model yang memuatnya"), "integer"),
        "share": Column(say.label("Muncul dalam"), "percent", 0),
        "low": Column(say.label("2,5%"), "integer"),
        "high": Column(say.label("97,5%"), "integer"),
    }
    return say.table(rows, columns, "stable")


def _named(value: pd.Series, say: Words) -> str:
    return f"{value.index[0]} ({say.language.number(value.iloc[0], signed=True)})"
