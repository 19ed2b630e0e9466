"""The tables of report 13."""

from collections.abc import Mapping

from analysis.reports.display import Column, Table
from analysis.reports.kompetensi import findings
from analysis.reports.kompetensi.inputs import ALL, Case, Plan
from analysis.reports.wording import Words


def measures(of: Case, found: findings.Spread, names: Mapping[str, str], say: Words) -> Table:
    """Return how hours are spread in each province."""
    table = of.measures.reset_index()
    label = table["wilayah"].map(
        lambda code: say.label(ALL) if code == ALL else names.get(code, code)
    )
    columns = {
        "wilayah": Column(say.label("Provinsi")),
        "jp_rata_rata": Column(say.label("JP per orang"), "number", 1),
        "tanpa_jp": Column(say.label("Tanpa JP"), "percent", 1),
        "gini": Column(say.label("Gini"), "number", 3),
        "persepuluh_teratas": Column(say.label("JP sepersepuluh teratas"), "percent", 1),
        "konsentrasi_golongan": Column(say.label("Konsentrasi menurut golongan"), "number", 3),
        "konsentrasi_jarak": Column(say.label("Konsentrasi menurut jarak"), "number", 3),
    }
    shown = table.assign(wilayah=label)[list(columns)]
    numeric = [name for name in columns if name != "wilayah"]
    shown = shown.astype(dict.fromkeys(numeric, float))
    of_all = table["wilayah"] == ALL
    return say.table(shown[~of_all], columns, "spread", found, totals=shown[of_all])


def programme(plan: Plan | None, found: findings.Planned | None, say: Words) -> Table | None:
    """Return hours, places and cost by kind of training."""
    if plan is None or found is None or plan.chosen.trainings.empty:
        return None
    kinds = plan.chosen.by_kind
    columns = {
        "kind": Column(say.label("Jenis pelatihan")),
        "classical": Column(say.label("Klasikal")),
        "places": Column(say.label("Tempat terpakai"), "integer"),
        "offered": Column(say.label("Tempat tersedia"), "integer"),
        "hours": Column(say.label("JP"), "integer"),
        "cost": Column(say.label("Biaya (juta rupiah)"), "number", 1),
    }
    shown = kinds.assign(
        classical=[say.label("ya") if c else say.label("tidak") for c in kinds["classical"]],
        cost=kinds["cost"] / 1e6,
    )
    return say.table(shown[list(columns)], columns, "programme", found)
