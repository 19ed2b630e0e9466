"""The tables of report 12."""

from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from analysis.redistribution import Plan
from analysis.reports.display import Column, Prose, Table
from analysis.reports.sekolah_kecamatan import boundary_findings, findings, inputs
from analysis.reports.sekolah_kecamatan.parameters import Model, SekolahKecamatan
from analysis.reports.shortages import against_need
from analysis.reports.wording import Words


def model_labels(say: Words) -> dict[str, str]:
    """Return the name of each need."""
    return {
        "rombel": say.label("menurut rombel"),
        "peserta_didik": say.label("menurut peserta didik"),
    }


def norms(found: inputs.Norms, said: findings.Norm, say: Words) -> Table:
    """Return the norms with their basis and level of verification."""
    labels = {
        "guru_kelas": say.label("Guru kelas per rombel"),
        "jam_guru_mapel": say.label("Jam guru mata pelajaran per rombel dan minggu"),
        "beban_mengajar": say.label("Jam mengajar per guru dan minggu"),
        "peserta_didik_per_guru": say.label("Peserta didik per guru"),
    }
    columns = {
        "label": Column(say.label("Norma")),
        "nilai": Column(say.label("Nilai"), "integer"),
        "dasar_hukum": Column(say.label("Dasar")),
        "pasal": Column(say.label("Pasal")),
        "verifikasi": Column(say.label("Pemeriksaan")),
    }
    rows = found.rules.loc[list(labels)]
    rows = rows.assign(label=list(labels.values()))
    return say.table(rows, columns, "norms", said)


def levels(p: SekolahKecamatan, state: findings.State, say: Words) -> Table:
    """Return what both norms say of both levels of school."""
    labels, rows = model_labels(say), []
    for level in inputs.LEVELS:
        frame, norms = inputs.kecamatan(level, p.after), inputs.norms(level, p)
        needs = inputs.needs(frame, norms)
        ginis = inputs.gini_by_model(frame, norms)
        for model in inputs.MODELS:
            side = findings.side(frame, needs[model])
            rows.append(
                {
                    "level": say.label(level),
                    "model": labels[model],
                    "guru": int(frame["guru"].sum()),
                    "need": side.need,
                    "shortage": side.shortage,
                    "surplus": side.surplus,
                    "units": side.units,
                    "gini": ginis[model],
                }
            )
    columns = {
        "level": Column(say.label("Jenjang")),
        "model": Column(say.label("Kebutuhan")),
        "guru": Column(say.label("Guru"), "integer"),
        "need": Column(say.label("Dibutuhkan"), "integer"),
        "shortage": Column(say.label("Kekurangan"), "integer"),
        "surplus": Column(say.label("Kelebihan"), "integer"),
        "units": Column(say.label("Kecamatan kurang"), "integer"),
        "gini": Column("Gini", "number", 3),
    }
    return say.table(pd.DataFrame(rows), columns, "levels", state)


def kecamatan(frame: pd.DataFrame, needs: pd.DataFrame, state: findings.State, say: Words) -> Table:
    """Return every kecamatan, largest classes first."""
    rows = frame.assign(
        ukuran=(frame["peserta_didik"] / frame["rombel"]).astype(float),
        **{f"{model}_selisih": against_need(frame["guru"], needs[model])["gap"] for model in needs},
    )
    columns = {
        "nama": Column(say.label("Kecamatan")),
        "guru": Column(say.label("Guru"), "integer"),
        "rombel": Column(say.label("Rombel"), "integer"),
        "peserta_didik": Column(say.label("Peserta didik"), "integer"),
        "ukuran": Column(say.label("Peserta didik per rombel"), "number", 1),
        "rombel_selisih": Column(say.label("Selisih menurut rombel"), "signed_number", 1),
        "peserta_didik_selisih": Column(
            say.label("Selisih menurut peserta didik"), "signed_number", 1
        ),
    }
    return say.table(
        rows.sort_values("ukuran", ascending=False, kind="stable"), columns, "kecamatan", state
    )


def evened(frame: pd.DataFrame, staff: pd.DataFrame, found: findings.Evened, say: Words) -> Table:
    """Return what an even spread by each need does; `staff` is `findings.evened_staff`."""
    labels = {"guru": say.label("hari ini"), **model_labels(say)}
    names, rows = frame["nama"], []
    for column, label in labels.items():
        people = staff[column].astype(float)
        per_class = people / frame["rombel"].astype(float)
        pupils = frame["peserta_didik"].astype(float) / people
        rows.append(
            {
                "label": label,
                "moves": int((staff["guru"] - staff[column]).clip(lower=0).sum()),
                "lowest": _at(per_class.min(), names[str(per_class.idxmin())], 2, say),
                "below": int((per_class < 1.0).sum()),
                "highest": _at(pupils.max(), names[str(pupils.idxmax())], 1, say),
            }
        )
    columns = {
        "label": Column(say.label("Sebaran")),
        "moves": Column(say.label("Berpindah"), "integer"),
        "lowest": Column(say.label("Guru per rombel terendah")),
        "below": Column(say.label("Kecamatan di bawah satu guru per rombel"), "integer"),
        "highest": Column(say.label("Peserta didik per guru terbanyak")),
    }
    return say.table(pd.DataFrame(rows), columns, "evened", found)


def plan(frame: pd.DataFrame, plan: Plan, served: findings.Served, say: Words) -> Table | Prose:
    """Return the kecamatan that the plan changes; a sentence if it changes none."""
    if not plan.moved:
        return say("nobody")
    rows = plan.to_frame().set_index("unit").assign(nama=frame["nama"])
    rows = rows.assign(change=rows["gains"] - rows["losses"])
    columns = {
        "nama": Column(say.label("Kecamatan")),
        "need": Column(say.label("Kebutuhan"), "number", 1),
        "staff": Column(say.label("Guru sebelum"), "integer"),
        "change": Column(say.label("Perubahan"), "signed"),
        "staff_after": Column(say.label("Guru sesudah"), "integer"),
        "adequacy": Column(say.label("Kecukupan sebelum"), "number", 2),
        "adequacy_after": Column(say.label("Kecukupan sesudah"), "number", 2),
    }
    moved = rows[rows["change"] != 0].sort_values("change", ascending=False, kind="stable")
    return say.table(moved, columns, "moves", served)


def joined(found: boundary_findings.Changed, say: Words) -> Table:
    """Return the kecamatan whose boundaries changed, each alone and all together."""
    parts = [part for each in found.joined for part in (each.own, *each.others, each.together)]
    rows = pd.DataFrame([asdict(part) | {"relative": part.relative} for part in parts])
    text, years = say.language.text, (str(found.before), str(found.after))
    columns = {"name": Column(say.label("Kecamatan"))}
    for state, year in zip(("before", "after"), years, strict=True):
        columns[f"schools_{state}"] = Column(text("Sekolah {tahun}", tahun=year), "integer")
    for state, year in zip(("before", "after"), years, strict=True):
        columns[state] = Column(text("Guru {tahun}", tahun=year), "integer")
    columns["relative"] = Column(say.label("Perubahan guru"), "signed_percent")
    for state, year in zip(("before", "after"), years, strict=True):
        heading = text("Peserta didik per guru {tahun}", tahun=year)
        columns[f"pupils_{state}"] = Column(heading, "number", 1)
    return say.table(rows, columns, "boundaries", found)


def inequality(
    measures: Mapping[Model, Mapping[str, boundary_findings.Gini]],
    found: boundary_findings.Inequality,
    say: Words,
) -> Table:
    """Return the Gini under both needs, as recorded and on common boundaries."""
    labels = model_labels(say)
    states = {
        "recorded": say.label("seperti tercatat"),
        "common": say.label("pada batas yang sama"),
    }
    rows = pd.DataFrame(
        [
            {
                "model": labels[model],
                "batas": label,
                "before": both[state].before,
                "after": both[state].after,
                "change": both[state].after - both[state].before,
            }
            for model, both in measures.items()
            for state, label in states.items()
        ]
    )
    decimals = boundary_findings.GINI_DECIMALS
    columns = {
        "model": Column(say.label("Kebutuhan")),
        "batas": Column(say.label("Batas")),
        "before": Column(str(found.before), "number", decimals),
        "after": Column(str(found.after), "number", decimals),
        "change": Column(say.label("Perubahan"), "signed_number", decimals),
    }
    return say.table(rows, columns, "inequality", found)


def years(rows: pd.DataFrame, found: boundary_findings.Years, say: Words) -> Table:
    """Return every year of the data on boundaries common to all."""
    shown = rows.assign(
        tahun=[str(year) for year in rows.index],
        pupils=rows["peserta_didik"] / rows["guru"],
        per_class=rows["guru"] / rows["rombel"],
    )
    columns = {
        "tahun": Column(say.label("Tahun")),
        "guru": Column(say.label("Guru"), "integer"),
        "rombel": Column(say.label("Rombel"), "integer"),
        "peserta_didik": Column(say.label("Peserta didik"), "integer"),
        "per_class": Column(say.label("Guru per rombel"), "number", 2),
        "pupils": Column(say.label("Peserta didik per guru"), "number", 1),
        "gini_rombel": Column(say.label("Gini menurut rombel"), "number", 4),
        "gini_peserta_didik": Column(say.label("Gini menurut peserta didik"), "number", 4),
    }
    return say.table(shown, columns, "years", found)


def _at(value: float, name: str, decimals: int, say: Words) -> str:
    return f"{say.language.number(value, decimals)} ({name})"
