"""The tables of what goes with staff in report 04; None where there is no model."""

from collections.abc import Mapping

import pandas as pd

from analysis.models import Fit
from analysis.reports.display import Column, Table
from analysis.reports.tenaga_kabupaten import association_findings as findings
from analysis.reports.tenaga_kabupaten.association_figures import step_labels
from analysis.reports.tenaga_kabupaten.associations import Absence, Associations, effects
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.tenaga_kabupaten.place_findings import StandOut
from analysis.reports.tenaga_kabupaten.places import Places
from analysis.reports.wording import Words


def ways(
    fitted: Mapping[str, Associations | None], said: findings.Ways, say: Words
) -> Table | None:
    """Return the effects of all models for each profession, by what it is called."""
    rows = [
        pd.DataFrame({name: _printed(fit, say) for name, fit in _fits(found, say).items()}).assign(
            profesi=say.language.name(kind)
        )
        for kind, found in fitted.items()
        if found is not None
    ]
    if not rows:
        return None
    table = pd.concat(rows)
    steps = table.index.map(step_labels(say))
    table["ciri"] = table["profesi"] + ": " + steps.str[:1].str.lower() + steps.str[1:]
    models = [name for name in _names(say).values() if name in table]
    columns = {"ciri": Column(say.label("Profesi dan ciri"))} | {
        name: Column(name) for name in models
    }
    return say.table(table, columns, "ways", said)


def unusual(
    found: Associations | None, units: pd.DataFrame, about: Scope, say: Words
) -> Table | None:
    """Return the units furthest from what the model expects; `units` by `kode_kemendagri`."""
    if found is None:
        return None
    codes = findings.unusual(found.together)
    rows = found.together.units.loc[codes]
    table = units.loc[codes, ["nama", "provinsi", "tenaga"]].assign(
        menurut_model=rows["expected"],
        kali=rows["observed"] / rows["expected"],
        sisa=rows["residual"],
    )
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "provinsi": Column(say.label("Provinsi")),
        "tenaga": Column(say.label("Tenaga"), "integer"),
        "menurut_model": Column(say.label("Menurut model"), "number", 1),
        "kali": Column(say.label("Kali"), "number", 2),
        "sisa": Column(say.label("Sisa Pearson"), "number", 1),
    }
    return say.table(table, columns, "unusual", findings.Unusual(about, len(codes) // 2))


def shares(found: Absence, said: findings.Missing, say: Words) -> Table:
    """Return of how many units in each class nobody of the profession is there."""
    names = {
        "penduduk": say.label("jumlah penduduk"),
        "kepadatan": say.label("kepadatan"),
        "desa": say.label("bagian desa"),
        "kota": say.label("status kota"),
        "pulau": say.label("pulau tanpa tetangga darat"),
        "jarak": say.label("jarak ke ibu kota provinsi"),
    }
    of_two = {"kota", "pulau"}
    labels = [
        (say.label("ya") if low else say.label("tidak"))
        if term in of_two
        else _between(term, low, high, say)
        for term, low, high in found.shares[["term", "low", "high"]].itertuples(index=False)
    ]
    columns = {
        "kelas": Column(say.label("Kelas")),
        "units": Column(say.label("Kabupaten/kota"), "integer"),
        "events": Column(say.label("Tanpa satu pun"), "integer"),
        "share": Column(say.label("Bagian"), "percent"),
    }
    named = [
        f"{names[term]}: {label}" for term, label in zip(found.shares["term"], labels, strict=True)
    ]
    rows = found.shares.assign(kelas=named)
    return say.table(rows, columns, "missing", said)


def spots(found: Places | None, units: pd.DataFrame, about: Scope, say: Words) -> Table | None:
    """Return the units that stand out with or from their neighbours; `units` by code."""
    if found is None:
        return None
    kinds = {
        "high_high": say.label("tinggi di antara yang tinggi"),
        "low_low": say.label("rendah di antara yang rendah"),
        "high_low": say.label("tinggi di antara yang rendah"),
        "low_high": say.label("rendah di antara yang tinggi"),
    }
    tables = {say.label("Rasio"): found.ratio}
    if found.left is not None:
        tables[say.label("Sisa model semua ciri")] = found.left
    rows = pd.concat(
        [
            each.units[each.units["kind"].isin(kinds)].assign(nilai=name)
            for name, each in tables.items()
        ]
    )
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "nilai": Column(say.label("Nilai")),
        "jenis_tetangga": Column(say.label("Dibanding tetangganya")),
        "value": Column(say.label("Besarnya"), "number", 1),
        "mean": Column(say.label("Rata-rata tetangga"), "number", 1),
        "q_value": Column("q", "number", 3),
        "provinsi": Column(say.label("Provinsi")),
    }
    rows = rows.assign(
        nama=units.loc[rows.index, "nama"],
        provinsi=units.loc[rows.index, "provinsi"],
        jenis_tetangga=rows["kind"].map(kinds),
    )
    return say.table(rows, columns, "stand_out", StandOut(about, found.left is not None))


def _names(say: Words) -> dict[str, str]:
    return {
        "negative_binomial": say.label("Binomial negatif"),
        "within": say.label("Di dalam provinsi"),
        "poisson": say.label("Poisson"),
        "log_linear": say.label("Log-linear"),
    }


def _fits(found: Associations, say: Words) -> dict[str, Fit]:
    fits = (
        {**found.other_ways}
        if found.within is None
        else {**found.other_ways, "within": found.within}
    )
    return {name: fits[way] for way, name in _names(say).items() if way in fits}


def _printed(fit: Fit, say: Words) -> pd.Series:
    """Return the difference that goes with each step, and its limits, as a cell shows them."""
    more = effects(fit)[["ratio", "low", "high"]] - 1.0
    texts = more.map(lambda share: say.language.percent(share, 0, signed=True))
    return texts["ratio"] + " (" + texts["low"] + "; " + texts["high"] + ")"


def _between(term: str, low: float, high: float, say: Words) -> str:
    if term == "desa":
        return f"{say.language.percent(low)}–{say.language.percent(high)}"
    unit = {"jarak": " km", "kepadatan": " /km²"}.get(term, "")
    places = 1 if term == "kepadatan" else 0
    return f"{say.language.number(low, places)}–{say.language.number(high, places)}{unit}"
