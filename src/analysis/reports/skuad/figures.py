"""The figures of report 14, each with the words that belong to it."""

import pandas as pd

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.skuad import findings
from analysis.reports.skuad.inputs import CHOSEN, WAYS, Case
from analysis.reports.wording import Words


def coverage(of: Case, found: findings.Coverage, say: Words) -> Picture:
    """Return the seats of each task: covered, open, or not shown."""
    name = say.language.name
    cells = of.needs.drop_duplicates(["tugas", "kompetensi"]).set_index("tugas")["terisi"]
    asked = of.needs.groupby(["tugas", "kompetensi"], sort=False)["orang"].sum().droplevel(1)
    known = cells.notna().to_numpy()
    told = pd.DataFrame({"filled": cells.fillna(0), "seats": asked.where(known, 0)})
    of_cells = told.astype(float).groupby(level=0).sum().reindex(of.tasks["tugas"])
    seats = of.tasks.set_index("tugas")["kursi"].astype(float)
    total = of.tasks.set_index("tugas")["terisi"].astype("Float64")
    filled = total.fillna(of_cells["filled"]).astype(float)
    told_of = of_cells["seats"].where(total.isna(), seats)
    shares = pd.DataFrame(
        {
            say.label("Kursi terisi"): filled / seats,
            say.label("Kursi kosong"): (told_of - filled) / seats,
            say.label("Tidak ditampilkan"): (seats - told_of) / seats,
        }
    )
    shares.index = shares.index.map(name)
    figure = plots.stacked_shares(
        shares, axis_label=say.label("Bagian kursi"), language=say.language
    )
    return say.picture(figure, "coverage", found)


def squad_map(of: Case, found: findings.Map, say: Words) -> Picture:
    """Return the groups of units with the seats they fill and the teams that work there."""
    name = say.language.name
    hosted = of.tasks["tempat"].value_counts()
    others = [place for place in hosted.index if place not in set(of.groups["kelompok"])]
    groups = pd.concat(
        [
            of.groups.rename(columns={"kursi": "seats"}),
            pd.DataFrame({"kelompok": others, "seats": pd.NA}),
        ],
        ignore_index=True,
    )
    place = {CHOSEN: say.label("Tempatnya dipilih dahulu")}
    shown = groups.assign(
        name=[place.get(group, name(group)) for group in groups["kelompok"]],
        hidden=groups["seats"].isna() & ~groups["kelompok"].isin(others),
        teams=groups["kelompok"].map(hosted).fillna(0).astype(int),
        seats=groups["seats"].astype("Float64"),
    )
    figure = plots.squad_map(
        shown,
        root=of.agency,
        sent_label=say.label("Kursi yang diisi"),
        teams_label=say.label("Tim di sini"),
        hidden_label=say.label("tidak ditampilkan"),
        language=say.language,
    )
    return say.picture(figure, "map", found)


def paths(of: Case, found: findings.Paths, say: Words) -> Picture | None:
    """Return the mean path between the people of each task, before and after."""
    shown = of.tasks.dropna(subset="sebelum")
    if shown.empty:
        return None
    index = shown["tugas"].map(say.language.name)
    figure = plots.dumbbell(
        shown["sebelum"].astype(float).set_axis(index),
        shown["sesudah"].astype(float).set_axis(index),
        before_label=say.label("Lewat atasan"),
        after_label=say.label("Dalam tim"),
        axis_label=say.label("Langkah antara dua anggota, rata-rata"),
        language=say.language,
    )
    return say.picture(figure, "paths", found)


def mix(of: Case, found: findings.Mix | None, say: Words) -> Picture | None:
    """Return how posts are filled, for each multiple of the price of a hire."""
    if found is None:
        return None
    people = of.mix.set_index("rasio")[list(WAYS)]
    shares = people.div(people.sum(axis=1).where(people.sum(axis=1) > 0), axis=0)
    labels = {way: say.label(label) for way, label in _WAYS.items()}
    index = [f"× {say.language.number(ratio, 2)}" for ratio in shares.index]
    figure = plots.stacked_shares(
        shares.rename(columns=labels).set_axis(pd.Index(index)),
        axis_label=say.label("Bagian jabatan yang kurang"),
        language=say.language,
    )
    return say.picture(figure, "mix", found)


_WAYS = {
    "pindah": "Dipindahkan",
    "latih": "Dilatih di tempat",
    "latih dan pindah": "Dilatih dan dipindahkan",
    "rekrut": "Direkrut",
}
