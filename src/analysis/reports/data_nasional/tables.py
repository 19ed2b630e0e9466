"""The tables of report 08. A hidden cell is called so.

There is none where the sentence beside it says that the records do not suffice.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from analysis.disclosure.run_folders import PublishedRun
from analysis.reports.data_nasional import findings, inputs
from analysis.reports.data_nasional.inputs import KABKOTA, PROVINCE
from analysis.reports.display import Column, Prose, Table
from analysis.reports.gated import ALL, band, counted, marked
from analysis.reports.gated_findings import Lacking, tables_of
from analysis.reports.wording import Words

_NUMBERS = {
    "pegawai": "Pegawai",
    "terisi": "Kebutuhan terisi",
    "kelebihan": "Kelebihan",
    "kosong": "Kekurangan",
    "kebutuhan": "Kebutuhan",
    "selisih": "Selisih",
    "pensiun": "Pensiun dalam lima tahun",
}
_MOST = 15
_TABLES = {
    "appraisal": "penilaian kinerja",
    "certificates": "sertifikat",
    "discipline": "hukuman disiplin",
    "people": "pegawai",
    "posts": "peta jabatan",
    "training": "pelatihan",
    "units": "unit organisasi",
}


def rows(found: findings.Quality | Lacking, run: PublishedRun, say: Words) -> Table | None:
    """Return rows in, used and set aside, by table."""
    if isinstance(found, Lacking):
        return None
    frame = run.of("baris").frame
    table = inputs.wide(frame, "tabel", "keadaan", "baris").drop(index=ALL).rename(index=_TABLES)
    labels = {ALL: "Baris masuk", "dipakai": "Dipakai", "disisihkan": "Disisihkan"}
    return _table(table, "Tabel", labels, "rows", None, run, say)


def checks(run: PublishedRun, say: Words) -> Table | None:
    """Return how many rows of people lack a value, and how many rows broke a rule."""
    tables = tables_of(run, "kelengkapan")
    if isinstance(tables, Lacking):
        return None
    empty = findings.empty_cells(tables["kelengkapan"])
    found = {"kosong": empty[empty.fillna(1) > 0].sort_values(ascending=False, kind="stable")}
    if "baris_aturan" in run.tables:
        rules = run.of("baris_aturan").frame.set_index("aturan")["baris_melanggar"]
        found["melanggar"] = rules.drop(index=ALL)
    table = pd.concat(found).rename("baris").rename_axis(["kind", "what"]).reset_index()
    table["kind"] = table["kind"].map(say.language.name)
    columns = {
        "kind": Column(say.label("Yang diperiksa")),
        "what": Column(say.label("Kolom atau aturan")),
        "baris": counted(say.label("Baris"), say),
    }
    return marked(say.table(table, columns, "checks"), run, say)


def families(run: PublishedRun, say: Words) -> Table | Prose:
    """Return the job families of all provinces together, under their kind of post."""
    tables = tables_of(run, "pegawai_keluarga", "pegawai_pensiun_keluarga")
    if isinstance(tables, Lacking):
        return say("lacking", tables)
    frame = tables["pegawai_keluarga"]
    people = frame[frame["wilayah"] == ALL].set_index("jabatan")["pegawai"]
    soon = inputs.wide(tables["pegawai_pensiun_keluarga"], "jabatan", "pensiun", "pegawai")
    coming = soon.get(inputs.SOON, pd.Series(0, soon.index)).reindex(people.index)
    table = pd.DataFrame({"pegawai": people, "pensiun": coming})
    table = table.sort_values("pegawai", ascending=False, kind="stable")
    return _table(table, "Jabatan", _NUMBERS, "families", None, run, say)


def agencies(found: findings.Agencies | Lacking, run: PublishedRun, say: Words) -> Table | None:
    """Return the largest agencies by kind of post."""
    if isinstance(found, Lacking):
        return None
    table = inputs.wide(run.of("pegawai_instansi").frame, "instansi", "jabatan", "pegawai")
    table = table.drop(index=ALL).sort_values(ALL, ascending=False, kind="stable").head(_MOST)
    labels = {ALL: "Pegawai"} | {str(name): str(name) for name in table if name != ALL}
    return _table(table, "Instansi", labels, "agencies", found, run, say)


def pensions(found: findings.Ages | Lacking, run: PublishedRun, say: Words) -> Table | None:
    """Return how many retire in each of the next five years."""
    if isinstance(found, Lacking):
        return None
    frame = run.of("sebaran_pensiun").frame.set_index("pensiun")
    years = range(5)
    coming = pd.Index([f"{year} tahun" for year in years])
    people = frame["pegawai"].reindex(coming).mask(~coming.isin(frame.index), 0)
    table = people.to_frame().set_axis(
        [say.language.text("tahun ke-{nomor}", nomor=str(year + 1)) for year in years]
    )
    return _table(table, "Mulai pensiun", _NUMBERS, "pensions", None, run, say)


def hours(found: findings.Hours | Lacking, run: PublishedRun, say: Words) -> Table | None:
    """Return people by class of training hours."""
    if isinstance(found, Lacking):
        return None
    frame = run.of("sebaran_jam").frame
    frame = frame[frame["jam_pelatihan"] != ALL]
    order = frame["jam_pelatihan"].str.extract(r"(\d+)", expand=False).astype(float)
    table = frame.assign(order=order).sort_values("order", kind="stable")
    table = table.set_index(table["jam_pelatihan"].map(lambda label: band(label, say)))
    return _table(table[["pegawai"]], "JP setahun", _NUMBERS, "hours", found, run, say)


def provinces(
    found: findings.Need | Lacking, run: PublishedRun, names: "pd.Series[str]", say: Words
) -> Table | None:
    """Return people against need by province."""
    formation = inputs.formation(run)
    if isinstance(found, Lacking) or isinstance(formation, Lacking):
        return None
    table = formation[formation["jabatan"] == ALL].set_index("wilayah")[list(_NUMBERS)]
    return _table(table, "Provinsi", _NUMBERS, "provinces", None, run, say, dict(names))


def education(
    places: pd.DataFrame | Lacking,
    found: findings.Education | Lacking,
    run: PublishedRun,
    say: Words,
) -> Table | None:
    """Return people and the share with a degree by kabupaten and kota."""
    if isinstance(places, Lacking) or isinstance(found, Lacking):
        return None
    columns = {
        "nama": Column(say.label("Wilayah")),
        "pegawai": counted(say.label("Pegawai"), say),
        "gelar": counted(say.label("Berpendidikan S-1/D-IV ke atas"), say),
        "bagian": counted(say.label("Bagian"), say, "percent"),
    }
    if (~places.index.str.fullmatch(KABKOTA)).sum() == 2:  # all are in one province
        places = places.drop(index=ALL)
    return marked(say.table(places.sort_index(), columns, "education", found), run, say)


def grades(
    found: findings.About, run: PublishedRun, names: "pd.Series[str]", say: Words
) -> Table | Prose:
    """Return people by golongan and province."""
    tables = tables_of(run, "pegawai_golongan")
    if isinstance(tables, Lacking):
        return say("lacking", tables)
    frame = tables["pegawai_golongan"]
    province = frame["wilayah"].str.fullmatch(PROVINCE) | (frame["wilayah"] == ALL)
    table = inputs.wide(frame[province], "wilayah", "golongan", "pegawai")
    labels = {ALL: "Pegawai"} | {str(name): str(name) for name in table if name != ALL}
    return _table(table, "Provinsi", labels, "grades", found, run, say, dict(names))


def _table(
    table: pd.DataFrame,
    heading: str,
    labels: Mapping[str, str],
    group: str,
    found: object,
    run: PublishedRun,
    say: Words,
    called: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Return a table with the labels of its rows first; hidden cells are called so.

    The row of all stands last, where it is not the same as the only one. Island groups have none:
    where a cell is hidden, adding up the others is what must not be.
    """
    whole = table.index == ALL
    names = [name for name in labels if name in table.columns]
    shown = table[names].rename(columns=str)
    rows = [called.get(str(name), str(name)) for name in table.index]
    shown.insert(0, "label", [say.language.name(name) for name in rows])
    columns = {"label": Column(say.label(heading))}
    columns |= {
        name: counted(
            say.language.name(labels[name]), say, "signed" if name == "selisih" else "integer"
        )
        for name in names
    }
    totals = shown[whole] if whole.any() and len(shown) > 2 else None
    return marked(say.table(shown[~whole], columns, group, found, totals=totals), run, say)
