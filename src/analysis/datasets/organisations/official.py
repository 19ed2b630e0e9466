"""The public organisation trees in one vocabulary: units, and the posts in them.

Every source keeps its tree in its own way: kinds of unit without echelons, heads of units, a list
of posts whose parents follow from the order of the rows, positions that are units or posts.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.datasets.organisations.parents import parents_from_order
from analysis.datasets.organisations.titles import Scope, inferred_from_titles, unit_name

UNIT_COLUMNS = (
    "susunan",
    "unit",
    "induk",
    "nama",
    "jenis",
    "instansi",
    "lingkup",
    "opd",
    "eselon",
    "peran",
    "induk_disimpulkan",
    "eselon_disimpulkan",
)
POST_COLUMNS = (
    "susunan",
    "jabatan",
    "unit",
    "nama",
    "kelompok",
    "eselon",
    "jenjang",
    "formasi",
    "kepala",
)
JENJANG = (
    "ahli utama",
    "ahli madya",
    "ahli muda",
    "ahli pertama",
    "penyelia",
    "mahir",
    "terampil",
    "pemula",
)


@dataclass(frozen=True)
class Tree:
    """A public tree: the kind of government it is of, and its state."""

    table: str
    agency: str
    scope: Scope
    state: str


BSN = "bsn_sebelum"
BPS_BEFORE, BPS_AFTER = "bps_provinsi_sebelum", "bps_provinsi_sesudah"
RIAU = "riau_2018_sebelum"
SETWAPRES = "setwapres_sesudah"
TREES: dict[str, Tree] = {
    BSN: Tree("organisasi_bsn_sebelum", "Badan Standardisasi Nasional", "pusat", "sebelum"),
    BPS_BEFORE: Tree(
        "organisasi_bps_provinsi_sebelum", "BPS Provinsi Nusa Tenggara Barat", "pusat", "sebelum"
    ),
    BPS_AFTER: Tree(
        "organisasi_bps_provinsi_sesudah", "BPS Provinsi Nusa Tenggara Timur", "pusat", "sesudah"
    ),
    RIAU: Tree("organisasi_riau_2018_sebelum", "Pemerintah Provinsi Riau", "provinsi", "sebelum"),
    SETWAPRES: Tree(
        "organisasi_setwapres_sesudah", "Sekretariat Wakil Presiden", "pusat", "sesudah"
    ),
}
RAW_TABLES = tuple(tree.table for tree in TREES.values())

_FLAGS = ("induk_disimpulkan", "eselon_disimpulkan", "kepala")

# What kind of unit of Badan Standardisasi Nasional is of which echelon; its source has kinds only.
_KIND_ECHELON = {"1": "I", "2": "I", "3": "II", "4": "III", "5": "IV"}


def tidy_organisation_units(
    bsn: pd.DataFrame,
    bps_before: pd.DataFrame,
    bps_after: pd.DataFrame,
    riau: pd.DataFrame,
    setwapres: pd.DataFrame,
    beginnings: pd.DataFrame,
) -> pd.DataFrame:
    """Return the units of every public tree.

    Returns
    -------
    DataFrame
        `susunan` (key of the tree), `unit`, `induk` (missing at the top), `nama`, `jenis` (the
        kind of unit that its name begins with), `instansi`, `lingkup` (pusat, provinsi or
        kabkota), `opd` (the office of a regional government), `eselon` of the head ("I" to "V";
        missing where the head holds none), `peran` (koordinator or subkoordinator, where a
        functional official coordinates the unit), and whether `induk_disimpulkan` and
        `eselon_disimpulkan`: the source does not say it, it was inferred.
    """
    parts = {
        BSN: bsn.assign(
            jenis=_kinds(bsn, BSN, beginnings),
            eselon=bsn["kode_jenis"].map(_KIND_ECHELON),
            eselon_disimpulkan=True,
        ),
        BPS_BEFORE: _by_head(bps_before).assign(jenis=_kinds(bps_before, BPS_BEFORE, beginnings)),
        BPS_AFTER: _by_head(bps_after).assign(jenis=_kinds(bps_after, BPS_AFTER, beginnings)),
        RIAU: _riau_units(riau, beginnings),
        SETWAPRES: _setwapres_units(setwapres, beginnings),
    }
    return _stacked(parts, UNIT_COLUMNS)


def tidy_organisation_posts(
    bsn: pd.DataFrame,
    bps_before: pd.DataFrame,
    bps_after: pd.DataFrame,
    riau: pd.DataFrame,
    setwapres: pd.DataFrame,
    beginnings: pd.DataFrame,
) -> pd.DataFrame:
    """Return the posts of every public tree.

    Returns
    -------
    DataFrame
        `susunan`, `jabatan` (key of the post), `unit` it stands in, `nama`, `kelompok`
        (struktural, fungsional, pelaksana, or lain for what is neither), `eselon`, `jenjang`,
        `formasi` (posts of this kind there, 1 where the source has no numbers) and `kepala` (it
        heads the unit). The trees of units have the post of each head and no other.
    """
    units = tidy_organisation_units(bsn, bps_before, bps_after, riau, setwapres, beginnings)
    headed = {
        key: _head_posts(units[units["susunan"] == key]) for key in (BSN, BPS_BEFORE, BPS_AFTER)
    }
    after = bps_after.set_index("unit")["jenjang"]
    headed[BPS_AFTER]["jenjang"] = after.reindex(headed[BPS_AFTER]["unit"]).to_numpy()
    mine = units[units["susunan"] == RIAU].set_index("unit")
    posts = riau.set_index("jabatan")
    listed = pd.DataFrame(
        {
            "jabatan": posts.index,
            "unit": posts.index,
            "nama": posts["nama"].to_numpy(),
            "kelompok": "struktural",
            "eselon": mine["eselon"].reindex(posts.index).to_numpy(),
            "formasi": 1,
            "kepala": True,
        }
    )
    parts = headed | {RIAU: listed, SETWAPRES: _setwapres_posts(setwapres)}
    return _stacked(parts, POST_COLUMNS)


def tidy_matches(matches: pd.DataFrame) -> pd.DataFrame:
    """Return which unit of the provincial office of BPS after is which one before, and why."""
    return matches.reset_index(drop=True)


def _stacked(parts: dict[str, pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the parts below each other, in the order of the trees, with one type a column."""
    types = {
        name: "bool" if name in _FLAGS else "int64" if name == "formasi" else "str"
        for name in columns
    }
    framed = []
    for key, part in parts.items():
        of = TREES[key]
        given = part.assign(susunan=key, instansi=of.agency, lingkup=of.scope)
        flags = {name: False for name in _FLAGS if name not in given}
        framed.append(given.assign(**flags).reindex(columns=columns).astype(types))
    return pd.concat(framed, ignore_index=True)


def _kinds(units: pd.DataFrame, key: str, beginnings: pd.DataFrame) -> pd.Series:
    """Return the kind that the name of each unit begins with."""
    return inferred_from_titles(units["nama"], beginnings, TREES[key].scope)["jenis"]


def _by_head(units: pd.DataFrame) -> pd.DataFrame:
    """Return units whose head is either of an echelon or an official with a role."""
    role = units["jenjang"].notna()
    return units.assign(eselon=units["kepala"].where(~role), peran=units["kepala"].where(role))


def _riau_units(riau: pd.DataFrame, beginnings: pd.DataFrame) -> pd.DataFrame:
    """Return one unit for each post: the one it heads.

    Echelons follow from the titles. The parents are those that the source's copy infers from the
    order of its rows; where it has none, they follow from the order in the same way.
    """
    said = inferred_from_titles(riau["nama"], beginnings, "provinsi")
    echelons = said["eselon"].fillna(riau["eselon"])
    parents = riau["induk"].fillna(parents_from_order(riau["jabatan"], echelons, riau["opd"]))
    return pd.DataFrame(
        {
            "unit": riau["jabatan"],
            "induk": parents,
            "nama": riau["nama"].map(unit_name),
            "jenis": said["jenis"],
            "opd": riau["opd"].str.split().str.join(" "),
            "eselon": echelons,
            "induk_disimpulkan": parents.notna(),
            "eselon_disimpulkan": True,
        }
    )


def _setwapres_units(positions: pd.DataFrame, beginnings: pd.DataFrame) -> pd.DataFrame:
    """Return the positions that are units: those with a head of an echelon, and the tops."""
    heads = _echelon_of_position(positions)
    is_unit = _is_unit(positions, heads)
    parent = _nearest(positions, is_unit)
    found = positions[is_unit]
    return pd.DataFrame(
        {
            "unit": found["posisi"],
            "induk": parent[is_unit],
            "nama": found["nama"].map(unit_name),
            "jenis": _kinds(found, SETWAPRES, beginnings),
            "eselon": heads[is_unit],
        }
    )


def _setwapres_posts(positions: pd.DataFrame) -> pd.DataFrame:
    heads = _echelon_of_position(positions)
    is_unit = _is_unit(positions, heads)
    inside = _nearest(positions, is_unit).where(~is_unit, positions["posisi"])
    numbers = positions.filter(like="formasi_")
    long = (
        numbers.assign(posisi=positions["posisi"], unit=inside, nama=positions["nama"])
        .melt(["posisi", "unit", "nama"], var_name="macam", value_name="formasi")
        .query("formasi > 0")
    )
    kind = long["macam"].str.removeprefix("formasi_").str.replace("_", " ")
    structural = kind.str.startswith("eselon")
    group = pd.Series("lain", index=long.index)
    group[structural] = "struktural"
    group[kind.isin(JENJANG)] = "fungsional"
    group[kind == "pelaksana"] = "pelaksana"
    return pd.DataFrame(
        {
            "jabatan": long["posisi"] + "/" + kind.str.replace(" ", "_"),
            "unit": long["unit"],
            "nama": long["nama"],
            "kelompok": group,
            "eselon": kind.str.removeprefix("eselon ").str.upper().where(structural),
            "jenjang": kind.where(kind.isin(JENJANG)),
            "formasi": long["formasi"],
            "kepala": structural,
        }
    ).reset_index(drop=True)


def _echelon_of_position(positions: pd.DataFrame) -> pd.Series:
    """Return the echelon whose post a position has, missing where it has none."""
    found = pd.Series(None, index=positions.index, dtype="str")
    for echelon in ("iv", "iii", "ii", "i"):
        found[positions[f"formasi_eselon_{echelon}"] > 0] = echelon.upper()
    return found


def _is_unit(positions: pd.DataFrame, heads: pd.Series) -> pd.Series:
    structural_unit = (positions["wujud"] == "unit") & (positions["jenis"] == "struktural")
    return heads.notna() | structural_unit


def _nearest(positions: pd.DataFrame, is_unit: pd.Series) -> pd.Series:
    """Return the nearest position above each that is a unit."""
    parent = dict(zip(positions["posisi"], positions["induk"], strict=True))
    units = set(positions.loc[is_unit, "posisi"])

    def climb(position: str) -> str | None:
        above = parent[position]
        while isinstance(above, str) and above not in units:
            above = parent[above]
        return above if isinstance(above, str) else None

    return pd.Series([climb(one) for one in positions["posisi"]], positions.index, dtype="str")


def _head_posts(units: pd.DataFrame) -> pd.DataFrame:
    """Return the post of the head of each unit."""
    role = units["peran"].notna()
    return pd.DataFrame(
        {
            "jabatan": units["unit"],
            "unit": units["unit"],
            "nama": "Kepala " + units["nama"],
            "kelompok": pd.Series("struktural", units.index).mask(role, "fungsional"),
            "eselon": units["eselon"],
            "formasi": 1,
            "kepala": True,
        }
    ).reset_index(drop=True)
