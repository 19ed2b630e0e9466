"""Schools, pupils, classes and teachers by subdistrict (*kecamatan*) and year."""

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import CODE, NAME

COUNTS = ["sekolah", "peserta_didik", "rombel", "guru", "pegawai"]
KEYS = ["jenjang", "status"]


def tidy_schools(sekolah: pd.DataFrame, kecamatan: pd.DataFrame) -> pd.DataFrame:
    """Return schools by subdistrict with its code.

    Returns
    -------
    DataFrame
        `tahun`, `kode_kemendagri`, `nama`, `jenjang`, `status`, and the numbers of `sekolah`,
        `peserta_didik`, `rombel` (classes), `guru` (teachers of every kind of contract) and
        `pegawai` (other staff); Int64. A subdistrict without such schools has no row.
    """
    codes = kecamatan.set_index(NAME)[CODE]
    found = sekolah.rename(columns={"kecamatan": NAME})
    found.insert(1, CODE, found[NAME].map(codes))
    return found.sort_values(["tahun", CODE, *KEYS]).reset_index(drop=True)


def tidy_subdistrict_changes(pemekaran: pd.DataFrame) -> pd.DataFrame:
    """Return which subdistrict took over from which, by the first year whose data follow it."""
    return pemekaran.sort_values(["tahun", "kode_baru", "kode_induk"]).reset_index(drop=True)


def schools_in(schools: pd.DataFrame, year: int, level: str, status: str) -> pd.DataFrame:
    """Return the schools of one year, level and status by subdistrict.

    Parameters
    ----------
    schools : DataFrame
        As from `tidy_schools`.
    year : int
        A year for which there are data.
    level, status : str
        `jenjang`, such as "SD", and `status`, such as "Negeri".

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `nama` and the counts, one row a subdistrict.

    Raises
    ------
    DataError
        If there is nothing of that year, level and status; the message lists what there is.
    """
    wanted = {"tahun": year, "jenjang": level, "status": status}
    rows = schools
    for column, value in wanted.items():
        inside = rows[rows[column] == value]
        if inside.empty:
            known = ", ".join(map(str, sorted(rows[column].unique())))
            raise DataError(
                f"There are no schools with {column} = {value!r}; there are {known}. Choose one of "
                "these, or add a table to data/raw."
            )
        rows = inside
    return rows[[CODE, NAME, *COUNTS]].reset_index(drop=True)
