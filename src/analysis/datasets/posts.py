"""Posts by kind and date, from sources with different vocabularies."""

import pandas as pd

from analysis.errors import DataError

# What each source calls a kind of post: (its group, the name used here).
_KINDS = {
    "struktural (eselon I-V)": ("struktural", "Struktural (eselon I–V)"),
    "Struktural": ("struktural", "Struktural (eselon I–V)"),
    "JPT": ("struktural", "JPT (eselon I dan II)"),
    "eselon I": ("struktural", "Eselon I"),
    "Eselon I": ("struktural", "Eselon I"),
    "eselon II": ("struktural", "Eselon II"),
    "Eselon II": ("struktural", "Eselon II"),
    "administrator": ("struktural", "Eselon III"),
    "eselon III": ("struktural", "Eselon III"),
    "Eselon III": ("struktural", "Eselon III"),
    "pengawas": ("struktural", "Eselon IV"),
    "eselon IV": ("struktural", "Eselon IV"),
    "Eselon IV": ("struktural", "Eselon IV"),
    "eselon V": ("struktural", "Eselon V"),
    "Eselon V": ("struktural", "Eselon V"),
    "fungsional": ("fungsional", "Fungsional"),
    "Fungsional Tertentu": ("fungsional", "Fungsional"),
    "pelaksana": ("pelaksana", "Pelaksana"),
    "Fungsional Umum": ("pelaksana", "Pelaksana"),
}
_TOTALS = {
    "struktural": "Struktural (eselon I–V)",
    "fungsional": "Fungsional",
    "pelaksana": "Pelaksana",
}
_LEVELS = (
    ("JPT (eselon I dan II)", "Eselon III", "Eselon IV", "Eselon V"),
    ("Eselon I", "Eselon II", "Eselon III", "Eselon IV", "Eselon V"),
)

NATIONAL = "Nasional"
CENTRAL = "Instansi pusat"
ARU = "Kabupaten Kepulauan Aru"
SELUMA = "Kabupaten Seluma"


def tidy_posts(
    nasional: pd.DataFrame, pusat: pd.DataFrame, aru: pd.DataFrame, seluma: pd.DataFrame
) -> pd.DataFrame:
    """Return posts by place, date and kind, in one vocabulary.

    Parameters
    ----------
    nasional, pusat, aru, seluma : DataFrame
        The raw tables of the country, the central agencies and the two kabupaten.

    Returns
    -------
    DataFrame
        `lingkup`, `tanggal` (missing where the source gives none), `keadaan` ("sebelum",
        "sesudah" or missing), `jabatan`, `kelompok` ("struktural", "fungsional", "pelaksana"),
        `jumlah` (Int64; missing where the source has none), `sumber`. Eselon III is what the law
        calls administrator, eselon IV pengawas; pelaksana were called *fungsional umum*.

    Raises
    ------
    DataError
        If a kind of post is not in the vocabulary.
    """
    in_aru = aru[(aru["dimensi"] == "jabatan") & (aru["kategori"] != "Jumlah")]
    in_seluma = seluma[seluma["dimensi"] == "kelompok_jabatan"]
    parts = [
        nasional.assign(lingkup=NATIONAL, keadaan=None),
        pusat.assign(lingkup=CENTRAL, sumber="KemenPANRB, 13 November 2020"),
        in_aru.assign(
            lingkup=ARU,
            jabatan=in_aru["kategori"],
            jumlah=in_aru["total"],
            keadaan=in_aru["tanggal"].dt.year.map({2021: "sebelum", 2022: "sesudah"}),
            sumber="BPS Kabupaten Kepulauan Aru",
        ),
        in_seluma.assign(
            lingkup=SELUMA,
            jabatan=in_seluma["kategori"],
            keadaan=None,
            sumber="Profil Pembangunan Daerah Kabupaten Seluma",
        ),
    ]
    columns = ["lingkup", "tanggal", "keadaan", "jabatan", "jumlah", "sumber"]
    posts = pd.concat([part[columns].astype({"keadaan": "str"}) for part in parts])
    unknown = sorted(set(posts["jabatan"]) - set(_KINDS))
    if unknown:
        raise DataError(
            f"Column jabatan: {', '.join(map(repr, unknown))} has no place among structural, "
            f"functional and executive posts. Use one of {', '.join(_KINDS)}, or add the term to "
            "datasets/posts.py."
        )
    kinds = posts["jabatan"].map(_KINDS)
    return posts.assign(
        kelompok=[group for group, _ in kinds], jabatan=[name for _, name in kinds]
    ).reset_index(drop=True)


def posts_by_group(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts by date and group, missing where a group is not complete.

    A group is complete at a date if the source gives its total, or every one of its levels; a
    sum of some levels is no total and stays missing.

    Parameters
    ----------
    posts : DataFrame
        Rows of one place, as from `tidy_posts`, with dates.

    Returns
    -------
    DataFrame
        Index: dates; columns "struktural", "fungsional", "pelaksana"; Int64.
    """
    counts = posts.pivot(index="tanggal", columns="jabatan", values="jumlah")
    names = {*_TOTALS.values(), *(level for levels in _LEVELS for level in levels)}
    counts = counts.reindex(columns=sorted(names)).astype("Int64")
    groups = counts[list(_TOTALS.values())].set_axis(list(_TOTALS), axis=1)
    for levels in _LEVELS:
        summed = counts[list(levels)].sum(axis=1, skipna=False)
        groups["struktural"] = groups["struktural"].fillna(summed)
    return groups.rename_axis(columns=None)
