"""The tables of a run as report 08 shows them: wide, with the names of places."""

import pandas as pd

from analysis import datasets
from analysis.disclosure.run_folders import PublishedRun
from analysis.reports.gated import ALL
from analysis.reports.gated_findings import Lacking, tables_of
from analysis.reports.wording import Words

NAMES = (
    *("baris", "baris_aturan", "kelengkapan"),
    *("pegawai_jenis_jabatan", "pegawai_keluarga", "pegawai_instansi"),
    *("pegawai_usia_kelamin", "sebaran_usia", "sebaran_pensiun", "sebaran_jam", "sebaran"),
    *("pegawai_pensiun", "pegawai_pensiun_keluarga", "pegawai_formasi", "kebutuhan_formasi"),
    *("pegawai_pendidikan", "pegawai_golongan"),
)
SOON = "<=5 tahun"
PROVINCE, KABKOTA = r"\d\d", r"\d\d\.\d\d"  # their codes
FUNCTIONAL, PELAKSANA = "Jabatan fungsional", "Jabatan pelaksana"


def place_names(say: Words) -> "pd.Series[str]":
    """Return the name of each province, kabupaten and kota, by its code."""
    provinces, places = (datasets.read_processed(name) for name in ("provinsi", "kabkota"))
    return pd.concat(
        [
            provinces.set_index("kode_kemendagri")["nama"],
            places.set_index("kode_kemendagri")["nama"],
            pd.Series({ALL: say.label("Seluruhnya")}),
        ]
    )


def wide(frame: pd.DataFrame, rows: str, columns: str, value: str) -> pd.DataFrame:
    """Return a table of two dimensions; hidden cells are missing, empty ones zero."""
    there = frame.pivot_table(
        index=rows, columns=columns, values="status", aggfunc="first", sort=True
    )
    found = frame.pivot(index=rows, columns=columns, values=value).astype("Int64")
    return found.mask(there.isna(), 0)


def formation(run: PublishedRun) -> pd.DataFrame | Lacking:
    """Return people and need by province and post.

    Returns
    -------
    DataFrame
        `wilayah`, `jabatan`; `pegawai`, `terisi`, `kelebihan`, `kosong`, `kebutuhan`; `selisih` =
        pegawai - kebutuhan; `pensiun` in five years. Missing where hidden.
    """
    found = tables_of(run, "pegawai_formasi", "kebutuhan_formasi", "pegawai_pensiun")
    if isinstance(found, Lacking):
        return found
    keys = ["wilayah", "jabatan"]
    people = found["pegawai_formasi"].query(f"formasi == '{ALL}'").set_index(keys)["pegawai"]
    need = found["kebutuhan_formasi"].set_index([*keys, "formasi"])["pegawai"].unstack()
    soon = found["pegawai_pensiun"].query(f"pensiun == '{SOON}'").set_index(keys)["pegawai"]
    everywhere = people.index.union(soon.index)
    nobody = ~everywhere.isin(soon.index)  # a cell that has no row is empty
    coming = soon.reindex(everywhere).mask(nobody, 0)
    wide_rows = need.assign(pegawai=people, pensiun=coming).astype("Int64")
    wide_rows["selisih"] = wide_rows["pegawai"] - wide_rows["kebutuhan"]
    return wide_rows.rename_axis(columns=None).reset_index()
