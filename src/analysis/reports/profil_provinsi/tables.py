"""The tables of report 15."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

import pandas as pd

from analysis.reports.display import Column, Table
from analysis.reports.profil_provinsi.findings import Around, Model, Needs, Plans, Spread
from analysis.reports.profil_provinsi.inputs import Doctors
from analysis.reports.provincial import overall_ratio
from analysis.reports.provincial_need import model_labels
from analysis.reports.wording import Words


def needs(found: Sequence[Model], about: Needs, say: Words) -> Table:
    """Return what each model of need says of the province."""
    columns = {
        "label": Column(say.label("Kebutuhan menurut")),
        "adequacy": Column(say.label("PNS terhadap kebutuhan"), "percent", 0),
        "rank": Column(say.label("Peringkat"), "integer"),
        "gap": Column(say.label("Lebih (+) atau kurang (−)"), "signed"),
    }
    return say.table(_by_model(found, say), columns, "need", about)


def moves(found: Sequence[Model], about: Plans, say: Words) -> Table:
    """Return who would come or go under each model of need."""
    columns = {
        "label": Column(say.label("Kebutuhan menurut")),
        "change": Column(say.label("Datang (+) atau pergi (−)"), "signed"),
    }
    return say.table(_by_model(found, say), columns, "moves", about)


def around(
    frame: pd.DataFrame, neighbours: Collection[str], province: str, about: Around, say: Words
) -> Table:
    """Return the province and its neighbours, then its island group and the country."""
    rows = frame.loc[[province, *neighbours]].sort_values("rasio", ascending=False, kind="stable")
    island = frame[frame["pulau"] == frame.at[province, "pulau"]]
    totals = [
        {
            "nama": name,
            "pns": part["pns"].sum(),
            "penduduk": part["penduduk"].sum(),
            "rasio": overall_ratio(part),
        }
        for name, part in (
            (say.language.name(about.island), island),
            (say.label("Indonesia"), frame),
        )
    ]
    columns = {
        "nama": Column(say.label("Wilayah")),
        "pns": Column("PNS", "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("PNS per 1.000 penduduk"), "number"),
    }
    return say.table(rows, columns, "around", about, totals=pd.DataFrame(totals))


def doctors(data: Doctors, found: Spread, say: Words) -> Table:
    """Return the doctors by kabupaten and kota, highest ratio first."""
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "tenaga": Column(say.language.name(found.title), "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("Per 100.000 penduduk"), "number"),
    }
    return say.table(data.frame, columns, "doctors", found)


def _by_model(found: Sequence[Model], say: Words) -> pd.DataFrame:
    labels = model_labels(say)
    return pd.DataFrame([asdict(each) | {"label": labels[each.name]} for each in found])
