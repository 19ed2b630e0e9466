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

# Keys of the places and of what is counted; the catalogue of a language holds its words for them.
NATIONAL = "Nasional"
CENTRAL = "Instansi pusat"
ARU = "Kabupaten Kepulauan Aru"
SELUMA = "Kabupaten Seluma"
GROUPS = tuple(_TOTALS)
KINDS = tuple(dict.fromkeys(name for _, name in _KINDS.values()))


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
        `lingkup`, `tanggal` (missing where the source gives none), `tahun`, `keadaan` ("sebelum",
        "sesudah" or missing; of Kepulauan Aru the first and the last date), `jabatan` (one of
        KINDS), `kelompok` (one of GROUPS), `jumlah` (Int64; missing where the source has none),
        `sumber` (missing where all rows of the raw table have the source that its description
        names). Eselon III is what the law calls administrator, eselon IV pengawas; pelaksana were
        called *fungsional umum*.

    Raises
    ------
    DataError
        If a kind of post is not in the vocabulary.
    """
    in_aru = aru[(aru["dimensi"] == "jabatan") & (aru["kategori"] != "Jumlah")]
    in_seluma = seluma[seluma["dimensi"] == "kelompok_jabatan"]
    parts = [
        nasional.assign(lingkup=NATIONAL, keadaan=None),
        pusat.assign(lingkup=CENTRAL),
        in_aru.assign(
            lingkup=ARU,
            jabatan=in_aru["kategori"],
            jumlah=in_aru["total"],
            keadaan=_states(in_aru["tanggal"]),
        ),
        in_seluma.assign(
            lingkup=SELUMA,
            jabatan=in_seluma["kategori"],
            keadaan=None,
        ),
    ]
    columns = ["lingkup", "tanggal", "tahun", "keadaan", "jabatan", "jumlah", "sumber"]
    types = {"tahun": "Int64", "keadaan": "str", "sumber": "str"}
    posts = pd.concat([part.reindex(columns=columns).astype(types) for part in parts])
    unknown = sorted(set(posts["jabatan"]) - set(_KINDS))
    if unknown:
        raise DataError(
            f"Column jabatan: {', '.join(map(repr, unknown))} has no place among structural, "
            f"functional and executive posts. Use one of {', '.join(_KINDS)}, or add the term to "
            "datasets/posts.py."
        )
    kinds = posts["jabatan"].map(_KINDS)
    return posts.assign(
        tahun=posts["tahun"].fillna(posts["tanggal"].dt.year.astype("Int64")),
        kelompok=[group for group, _ in kinds],
        jabatan=[name for _, name in kinds],
    ).reset_index(drop=True)


def _states(dates: pd.Series) -> pd.Series:
    """Return "sebelum" at the first of the dates, "sesudah" at the last, None between them."""
    states = pd.Series(None, index=dates.index, dtype="object")
    states[dates == dates.max()] = "sesudah"
    states[dates == dates.min()] = "sebelum"
    return states


def posts_by_state(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts by kind just before and just after the simplification.

    Parameters
    ----------
    posts : DataFrame
        Rows of one place, as from `tidy_posts`, of which both states are known.

    Returns
    -------
    DataFrame
        Index: kinds of post in the order of the source; columns "sebelum", "sesudah"; Int64.
    """
    counts = posts.pivot(index="jabatan", columns="keadaan", values="jumlah").astype("Int64")
    order = posts["jabatan"].drop_duplicates()
    return counts.reindex(index=order, columns=["sebelum", "sesudah"]).rename_axis(columns=None)


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
