"""What the tables, figures and findings of report 04 are read from: the spread at each level.

`units` is the frame of `inputs.supply`: one row per kabupaten or kota with `kode_kemendagri`,
`nama`, `jenis`, `kode_provinsi`, `provinsi`, `pulau`, `tenaga` (staff), `penduduk`, `rasio` (staff
per 100,000 people), and `fasilitas` where the table counts facilities.
"""

from collections.abc import Sequence

import pandas as pd

from analysis import inequality, staffing
from analysis.inequality import Confidence
from analysis.inequality.decomposition import NestedDecomposition, nested_entropy
from analysis.inequality.measures.grouped import grouped_measures

PER = 100_000  # people; ratios are printed per hundred thousand
CITY = "kota"
_LEVELS = ("antarpulau", "antarprovinsi", "di_dalam", "antarjenis", "dalam_jenis")
_OF_KINDS = ["jenis", "tenaga", "rasio", "gini", "gini_provinsi", *_LEVELS, "kosong"]


def ratio(staff: pd.Series, people: pd.Series) -> pd.Series:
    """Return staff per 100,000 people."""
    return staffing.per_capita(staff, people, per=PER, as_given=True)


def overall_ratio(frame: pd.DataFrame) -> float:
    """Return staff per 100,000 people over all rows of a frame."""
    return staffing.overall_ratio(frame["tenaga"], frame["penduduk"], per=PER)


def nested(units: pd.DataFrame) -> NestedDecomposition:
    """Return Theil T split between island groups, between their provinces, and inside those."""
    return nested_entropy(
        units["rasio"], units["kode_provinsi"], units["pulau"], units["penduduk"], alpha=1.0
    )


def provinces(units: pd.DataFrame) -> pd.DataFrame:
    """Return each province as a whole, and how unequal it is inside.

    Returns
    -------
    DataFrame
        One row per province, in the order of `kode_provinsi`: that code, `nama`, `pulau`,
        `satuan` (number of units), `tenaga`, `penduduk`, `rasio`, `terendah` and `tertinggi`
        (ratios), `nama_terendah` and `nama_tertinggi` (units), `gini` of its units (missing where
        nobody works), `di_dalam` (what the inequality inside it adds to Theil T of all units).
    """
    groups = units.groupby("kode_provinsi", sort=True)
    ends = units.set_index("nama")["rasio"]
    by = units["kode_provinsi"].to_numpy()
    totals = groups[["tenaga", "penduduk"]].sum()
    staffed = units[units["kode_provinsi"].map(totals["tenaga"]) > 0]
    gini = grouped_measures(
        staffed["rasio"], staffed["kode_provinsi"], staffed["penduduk"], measures=("gini",)
    )
    within = nested(units).inner.set_index("inner")["within_inner"]
    return totals.assign(
        nama=groups["provinsi"].first(),
        pulau=groups["pulau"].first(),
        satuan=groups.size(),
        rasio=ratio(totals["tenaga"], totals["penduduk"]),
        terendah=groups["rasio"].min(),
        tertinggi=groups["rasio"].max(),
        nama_terendah=ends.groupby(by).idxmin(),
        nama_tertinggi=ends.groupby(by).idxmax(),
        gini=gini["gini"].reindex(totals.index),
        di_dalam=within.reindex(totals.index),
    ).reset_index()


def measures(frame: pd.DataFrame, names: Sequence[str], ci: Confidence) -> pd.DataFrame:
    """Return measures of the ratio with their intervals, missing where there is none.

    Returns
    -------
    DataFrame
        One row per measure: `measure`, `estimate`, `low`, `high`.
    """
    table = inequality.inequality_table(
        frame, value="rasio", weight="penduduk", measures=names, ci=ci, undefined="note"
    )
    return table.reindex(columns=["measure", "estimate", "low", "high"])


def by_kind(units: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """Return the spread of every kind of staff at each level.

    Parameters
    ----------
    units : DataFrame
        One row per unit.
    kinds : DataFrame
        Staff of each kind, a column each, on the index of `units`.

    Returns
    -------
    DataFrame
        One row per kind: `jenis`, `tenaga`, `rasio`, `gini` of units, `gini_provinsi` of
        provinces, and shares of Theil T that add up to one: `antarpulau` between island groups,
        `antarprovinsi` between provinces inside them, `di_dalam` inside provinces; and two more
        that do: `antarjenis` between kabupaten and kota, `dalam_jenis` inside both; `kosong`,
        units with none. Of a kind that nobody is of, only numbers; of an even spread no shares.
    """
    rows = []
    for kind in kinds:
        frame = units.assign(tenaga=kinds[kind], rasio=ratio(kinds[kind], units["penduduk"]))
        row: dict[str, object] = {
            "jenis": kind,
            "tenaga": int(frame["tenaga"].sum()),
            "rasio": overall_ratio(frame),
            "kosong": int((frame["tenaga"] == 0).sum()),
        }
        if frame["tenaga"].any():
            whole = frame.groupby("kode_provinsi")[["tenaga", "penduduk"]].sum()
            parts = nested(frame).to_frame().set_index("component")["share"]
            split = inequality.entropy_by_subgroup(
                frame["rasio"], frame["jenis"], frame["penduduk"]
            )
            status = split.to_frame().set_index("component")["share"]
            row |= {
                "gini": inequality.gini(frame["rasio"], frame["penduduk"]),
                "gini_provinsi": inequality.gini(
                    ratio(whole["tenaga"], whole["penduduk"]), whole["penduduk"]
                ),
                "antarpulau": parts["between_outer"],
                "antarprovinsi": parts["between_inner"],
                "di_dalam": parts["within_inner"],
                "antarjenis": status["between"],
                "dalam_jenis": status["within"],
            }
        rows.append(row)
    return pd.DataFrame(rows).reindex(columns=_OF_KINDS)


def by_status(units: pd.DataFrame) -> pd.DataFrame:
    """Return kabupaten and kota as two wholes: `satuan`, `tenaga`, `penduduk`, `rasio`."""
    groups = units.groupby("jenis")
    totals = groups[["tenaga", "penduduk"]].sum()
    return totals.assign(satuan=groups.size(), rasio=ratio(totals["tenaga"], totals["penduduk"]))


def silent(units: pd.DataFrame, kinds: pd.DataFrame) -> pd.Series:
    """Return which units report nobody of any profession though they have facilities."""
    nobody = (kinds.fillna(0).sum(axis=1) == 0).to_numpy()
    return (units["fasilitas"].fillna(0) > 0) & nobody
