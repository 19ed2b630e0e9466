"""How far the plan depends on need being known exactly."""

from analysis.language import Language
from analysis.redistribution.plans.uncertain_need import Robustness, robustness
from analysis.reports.display import Column, Reading, Table
from analysis.reports.redistribusi.skenario import Redistribusi, Scenario

_LISTED = 15  # largest moves


def stability(s: Scenario, p: Redistribusi) -> Robustness:
    """Return how far the plan depends on need being known exactly."""
    return robustness(
        s.frame["pns"],
        s.frame["kebutuhan"],
        budget=int(p.budget * s.frame["pns"].sum()),
        need_cv=p.need_cv,
        replicates=p.replicates,
        seed=p.seed,
        planner=s.moves,
        after=s.plan.staff_after,
    )


def stability_table(found: Robustness, p: Redistribusi) -> Table:
    """Return the ranges of the results."""
    say = Language(p.language)
    labels = {
        "gini_today": say.text("Gini hari ini"),
        "gini_best_plan": say.text("Gini setelah rencana terbaik untuk kebutuhan itu"),
        "gini_fixed_plan": say.text("Gini setelah rencana laporan ini"),
        "moves_to_equality": say.text("perpindahan agar merata (ribu orang)"),
    }
    rows = found.results.set_index("result")
    rows.loc["moves_to_equality"] /= 1000
    return Table(
        rows.assign(label=[labels[str(name)] for name in rows.index]).reset_index(),
        {
            "label": Column(say.text("Hasil")),
            "estimate": Column(say.text("Kebutuhan seperti dihitung"), "number", 3),
            "low": Column(say.text("2,5%"), "number", 3),
            "median": Column(say.text("Median"), "number", 3),
            "high": Column(say.text("97,5%"), "number", 3),
        },
        say.text(
            "Hasil bila kebutuhan setiap provinsi diundi ulang {n} kali dengan koefisien variasi "
            "{cv} di sekitar nilai yang dihitung.",
            n=str(p.replicates),
            cv=say.percent(p.need_cv, 0),
        ),
        say,
    )


def stable_moves_table(found: Robustness, s: Scenario, p: Redistribusi) -> Table:
    """Return how often the largest moves of the plan appear."""
    say = Language(p.language)
    names = s.frame["nama"]
    rows = found.moves[found.moves["people"] > 0]
    rows = rows.sort_values("people", ascending=False, kind="stable").head(_LISTED)
    return Table(
        rows.assign(origin=rows["origin"].map(names), destination=rows["destination"].map(names)),
        {
            "origin": Column(say.text("Asal")),
            "destination": Column(say.text("Tujuan")),
            "people": Column(say.text("Orang"), "integer"),
            "share": Column(say.text("Muncul dalam"), "percent", 0),
            "low": Column(say.text("2,5%"), "integer"),
            "high": Column(say.text("97,5%"), "integer"),
        },
        say.text(
            "Arus terbesar dalam rencana: seberapa sering muncul dalam undian, dan berapa orang "
            "bila muncul."
        ),
        say,
    )


def read_stability(found: Robustness, p: Redistribusi) -> Reading:
    """Return the sentence that reads the robustness of the plan."""
    say = Language(p.language)
    units = found.units.set_index("unit")
    giving = units["change"] < -0.5
    receiving = units["change"] > 0.5
    sure = (giving & (units["gives"] >= 0.95)) | (receiving & (units["receives"] >= 0.95))
    moved = found.moves[found.moves["people"] > 0]
    often = moved["people"][moved["share"] >= 0.9].sum() / max(moved["people"].sum(), 1)
    median = found.results.set_index("result")["median"]
    return Reading(
        (
            say.text(
                "{a} dari {b} provinsi yang melepas atau menerima tetap berperan sama dalam 95% "
                "undian. Arus yang muncul dalam paling sedikit 90% undian memuat {bagian} orang "
                "yang berpindah. Bila kebutuhan meleset sebesar itu, rencana ini masih membawa "
                "Gini ke {c} (median), sedangkan rencana yang tahu kebutuhannya {d}.",
                a=str(int(sure.sum())),
                b=str(int((giving | receiving).sum())),
                bagian=say.percent(often, 0),
                c=say.number(median["gini_fixed_plan"], 3),
                d=say.number(median["gini_best_plan"], 3),
            ),
        )
    )
