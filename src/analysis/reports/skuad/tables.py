"""The tables of report 14."""

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.skuad import findings
from analysis.reports.skuad.inputs import Case
from analysis.reports.wording import Words

_WAYS = {"latih": "Latih", "pindah": "Pindahkan", "rekrut": "Rekrut baru"}
_SOURCES = {
    "jenjang": "Jenjang jabatan fungsional",
    "jabatan_fungsional": "Keluarga jabatan fungsional",
    "jabatan_pelaksana": "Jabatan pelaksana",
    "sertifikat": "Sertifikat yang berlaku",
    "pelatihan": "JP pelatihan",
    "pendidikan": "Tingkat pendidikan",
    "memimpin": "Siapa boleh memimpin",
}


def needs(of: Case, found: findings.Asked, say: Words) -> Table:
    """Return what each task needs, and how many seats for the competence are covered."""
    name = say.language.name
    keys = ["tugas", "kompetensi"]
    grouped = of.needs.groupby(keys, sort=False)
    table = grouped.agg(
        tingkat=("tingkat", lambda levels: "/".join(map(str, sorted(levels)))),
        porsi=("porsi", "mean"),
        orang=("orang", "sum"),
        terisi=("terisi", "first"),
    ).reset_index()
    columns = {
        "tugas": Column(say.label("Tugas")),
        "kompetensi": Column(say.label("Kompetensi")),
        "tingkat": Column(say.label("Tingkat kompetensi")),
        "porsi": Column(say.label("Porsi waktu"), "percent", 0),
        "orang": Column(say.label("Kursi"), "integer"),
        "terisi": Column(say.label("Terisi"), "integer"),
    }
    shown = table.assign(tugas=table["tugas"].map(name), kompetensi=table["kompetensi"].map(name))
    return say.table(shown, columns, "asked", found)


def nobody(found: findings.Nobody, say: Words) -> Table | None:
    """Return the needs that nobody can meet, with what would cover them."""
    if not found.gaps:
        return None
    name = say.language.name
    frame = pd.DataFrame([vars(gap) for gap in found.gaps])
    columns = {
        "task": Column(say.label("Tugas")),
        "competence": Column(say.label("Kompetensi")),
        "level": Column(say.label("Tingkat kompetensi")),
        "seats": Column(say.label("Kursi"), "integer"),
        "way": Column(say.label("Yang menutupnya")),
    }
    shown = frame.assign(
        task=frame["task"].map(name),
        competence=frame["competence"].map(name),
        way=[say.label(_WAYS[way]) for way in frame["way"]],
    )
    return say.table(shown, columns, "nobody", found)


def mix(of: Case, found: findings.Mix | None, say: Words) -> Table | None:
    """Return how posts are filled at some ratios of prices."""
    if found is None:
        return None
    price = of.mix.set_index("rasio")["biaya"] / 1e9
    frame = pd.DataFrame([vars(each) for each in found.mixes])
    columns = {
        "ratio": Column(say.label("Kelipatan harga rekrut"), "number", 2),
        "move": Column(say.label("Dipindahkan"), "integer"),
        "train": Column(say.label("Dilatih di tempat"), "integer"),
        "both": Column(say.label("Dilatih dan dipindahkan"), "integer"),
        "hire": Column(say.label("Direkrut"), "integer"),
        "price": Column(say.label("Biaya, miliar rupiah"), "number", 1),
    }
    return say.table(frame.assign(price=frame["ratio"].map(price)), columns, "mix", found)


def rules(of: Case, found: findings.Grounds, say: Words) -> Table:
    """Return the rules by the evidence that they read."""
    grouped = of.rules.groupby("sumber", sort=False)
    frame = grouped.agg(
        aturan=("aturan", "size"),
        kompetensi=("kompetensi", "nunique"),
        belum=("verifikasi", lambda levels: int((levels == "U").sum())),
        dipakai=("dipakai", "all"),
    ).reset_index()
    columns = {
        "sumber": Column(say.label("Bukti")),
        "aturan": Column(say.label("Banyaknya aturan"), "integer"),
        "kompetensi": Column(say.label("Kompetensi"), "integer"),
        "belum": Column(say.label("Belum diperiksa"), "integer"),
        "dipakai": Column(say.label("Ada di data")),
    }
    shown = frame.assign(
        sumber=[say.label(_SOURCES[source]) for source in frame["sumber"]],
        dipakai=[say.label("ya") if used else say.label("tidak") for used in frame["dipakai"]],
    )
    return say.table(shown, columns, "grounds", found)


def assumptions(of: Case, say: Words) -> Table:
    """Return the numbers that nobody publishes."""
    name = say.language.name
    columns = {
        "hal": Column(say.label("Anggapan")),
        "nilai": Column(say.label("Nilai"), "number", None),
        "satuan": Column(say.label("Satuan")),
        "verifikasi": Column(say.label("Verifikasi")),
    }
    table = of.assumptions
    shown = table.assign(hal=table["hal"].map(name), satuan=table["satuan"].map(name))
    return say.table(shown, columns, "assumed", findings.Assumed(of.synthetic))
