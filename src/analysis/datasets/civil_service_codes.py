"""Code lists of SIASN, its agencies and layouts, and the posts that there are."""

import pandas as pd


def tidy_codes(kode_siasn: pd.DataFrame) -> pd.DataFrame:
    """Return the codes: `daftar`, `kode`, `nama`, `keterangan`, `verifikasi`, `sumber`.

    The order of a list is that of its codes, which for education and golongan is their rank.
    """
    return kode_siasn.sort_values(["daftar", "kode"], kind="stable").reset_index(drop=True)


def tidy_agencies(siasn_instansi: pd.DataFrame) -> pd.DataFrame:
    """Return the agencies: `id`, `kode_cepat`, `wilayah` (P, D), `jenis`, `nama`."""
    return siasn_instansi.sort_values("kode_cepat", kind="stable").reset_index(drop=True)


def tidy_functional_posts(kamus_jabatan_fungsional: pd.DataFrame) -> pd.DataFrame:
    """Return the functional posts with their first and last jenjang, by name."""
    order = ["nama", "kategori"]
    return kamus_jabatan_fungsional.sort_values(order, kind="stable").reset_index(drop=True)


def tidy_executor_posts(jabatan_pelaksana_2024: pd.DataFrame) -> pd.DataFrame:
    """Return the posts of *pelaksana*: `nama`, `klasifikasi`, `nomor` and what they ask for."""
    order = ["klasifikasi", "nomor"]
    return jabatan_pelaksana_2024.sort_values(order, kind="stable").reset_index(drop=True)


def tidy_layouts(susunan_siasn: pd.DataFrame) -> pd.DataFrame:
    """Return the headings of SIASN's own files: `susunan`, `urutan`, `kolom`, `pribadi`."""
    return susunan_siasn.sort_values(["susunan", "urutan"], kind="stable").reset_index(drop=True)
