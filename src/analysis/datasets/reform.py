"""How far governments were on the way to the deadline, and what the press was told of it."""

import pandas as pd

PROPOSED = "usulan_struktur"  # stages: the proposed structure was received,
APPROVED = "persetujuan_penyetaraan"  # the equalisation of its posts was approved


def tidy_progress(penyederhanaan: pd.DataFrame) -> pd.DataFrame:
    """Return each province, stage and date of report with whether the stage was reached.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `nama`, `tahap`, `tanggal`, `tercapai` (bool; False means not by that
        date, never that it did not happen later).
    """
    return penyederhanaan.assign(tercapai=(penyederhanaan["tercapai"] == 1).astype(bool))


def progress_by_province(progress: pd.DataFrame) -> pd.DataFrame:
    """Return for each province how far it was by the last date that the sources report.

    Parameters
    ----------
    progress : DataFrame
        As from `tidy_progress`.

    Returns
    -------
    DataFrame
        One row per province: `kode_kemendagri`, `nama`, `usulan` (bool; a report lists its
        proposal as received), `disetujui` (date of the first report that lists it as approved, or
        missing).
    """
    reached = progress[progress["tercapai"]]
    approved = reached[reached["tahap"] == APPROVED]
    proposed = reached.loc[reached["tahap"] == PROPOSED, "kode_kemendagri"]
    provinces = progress[["kode_kemendagri", "nama"]].drop_duplicates().reset_index(drop=True)
    first = approved.groupby("kode_kemendagri")["tanggal"].min()
    return provinces.assign(
        usulan=provinces["kode_kemendagri"].isin(proposed),
        disetujui=first.reindex(provinces["kode_kemendagri"]).to_numpy(),
    )


def tidy_central_statements(bertahap: pd.DataFrame) -> pd.DataFrame:
    """Return posts of central agencies before and after, as each statement of 2020 counts them.

    Returns
    -------
    DataFrame
        `tanggal`, `cakupan` (the agencies counted: another set in each statement), `jabatan`
        ("Eselon III" to "Eselon V"), `sebelum`, `sesudah`, `sumber`, `catatan`.
    """
    named = bertahap["jabatan"].str.replace("eselon", "Eselon", regex=False)
    return bertahap.assign(jabatan=named).sort_values(["tanggal", "jabatan"], ignore_index=True)


def tidy_national_counts(pemda: pd.DataFrame) -> pd.DataFrame:
    """Return counts of regional governments and their posts, contradictions included.

    Returns
    -------
    DataFrame
        `tanggal`, `tingkat`, `ukuran` (what is counted), `nilai`, `sumber`, `catatan` (what in the
        source contradicts it; missing where nothing does).
    """
    return pemda.sort_values(["tanggal", "tingkat", "ukuran"], ignore_index=True)


def tidy_regional_counts(daerah: pd.DataFrame) -> pd.DataFrame:
    """Return officials who became functional in single governments, the most first.

    Returns
    -------
    DataFrame
        `wilayah`, `tingkat`, `tanggal`, `ukuran`, `nilai`, `sumber`, `catatan`.
    """
    return daerah.sort_values(["nilai", "wilayah"], ascending=[False, True], ignore_index=True)
