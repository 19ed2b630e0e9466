"""The tables of report 13."""

from collections.abc import Mapping

from analysis.reports.display import Column, Table
from analysis.reports.gated import ALL, counted
from analysis.reports.gated_findings import Lacking
from analysis.reports.kompetensi import findings, index_findings, study_findings
from analysis.reports.kompetensi.inputs import Case, Plan, Years
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


def programme(
    plan: Plan | None,
    found: findings.Planned | study_findings.Joint | None,
    say: Words,
    group: str = "programme",
) -> Table | None:
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
        kind=kinds["kind"].astype("str").map(say.language.name),
        classical=[say.label("ya") if c else say.label("tidak") for c in kinds["classical"]],
        cost=kinds["cost"] / 1e6,
    )
    return say.table(shown[list(columns)], columns, group, found)


def over_years(
    years: Years | None, found: study_findings.StudyYears | None, say: Words
) -> Table | None:
    """Return each year of the term, with the study spread and all in the first."""
    if years is None or found is None:
        return None
    spread, at_once = years.spread.years, years.at_once.years
    shown = spread[["year", "reached", "met"]].assign(
        cost=spread["cost"] / 1e6, met_at_once=at_once["met"], cost_at_once=at_once["cost"] / 1e6
    )
    columns = {
        "year": Column(say.label("Tahun ke-"), "integer"),
        "reached": Column(say.label("Dicukupkan JP-nya"), "integer"),
        "met": Column(say.label("Dipenuhi syarat jabatannya"), "integer"),
        "cost": Column(say.label("Biaya (juta rupiah)"), "number", 1),
        "met_at_once": Column(say.label("Dipenuhi bila sekaligus"), "integer"),
        "cost_at_once": Column(say.label("Biaya bila sekaligus (juta rupiah)"), "number", 1),
    }
    return say.table(shown[list(columns)], columns, "years", found)


def posts(of: Case, found: study_findings.Posts | Lacking, say: Words) -> Table | None:
    """Return how hours are spread in each kind of post, before and after people are moved."""
    if isinstance(found, Lacking):
        return None
    frame = of.run.of("jp_jenis_jabatan").frame
    states = {study_findings.BEFORE: "Sebelum", study_findings.AFTER: "Sesudah"}
    shown = frame.assign(
        keadaan=frame["keadaan"].map(lambda state: say.label(states[state])),
        jabatan=frame["jabatan"].replace(ALL, "Seluruhnya").map(say.language.name),
    )
    columns = {
        "keadaan": Column(say.label("Penyetaraan")),
        "jabatan": Column(say.label("Jenis jabatan")),
        "jp_rata_rata": counted(say.label("JP per orang"), say, "number"),
        "tanpa_jp": counted(say.label("Tanpa JP"), say, "percent"),
        "gini": counted(say.label("Gini"), say, "number", 3),
        "bagian_jp": counted(say.label("Bagian semua JP"), say, "percent"),
        "konsentrasi_golongan": counted(
            say.label("Konsentrasi menurut golongan"), say, "number", 3
        ),
        "konsentrasi_jarak": counted(say.label("Konsentrasi menurut jarak"), say, "number", 3),
    }
    known = {name for name in shown if shown[name].notna().any()}  # such as without centres
    columns = {name: column for name, column in columns.items() if name in known}
    return say.table(shown[list(columns)], columns, "posts", found)


def weights(of: Case, say: Words) -> Table:
    """Return what the weights of the index rest on."""
    found, frame = index_findings.weights(of)
    shown = frame.assign(dimensi=frame["dimensi"].map(say.language.name))
    columns = {
        "dimensi": Column(say.label("Dimensi")),
        "most": Column(say.label("Paling banyak"), "integer"),
        "rows": Column(say.label("Baris"), "integer"),
        "dasar": Column(say.label("Dasar")),
        "pasal": Column(say.label("Pasal")),
        "verifikasi": Column(say.label("Verifikasi")),
    }
    return say.table(shown, columns, "weights", found)
