"""Staff by province and date."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.datasets.description import Resource
from analysis.datasets.stacking import rows_of, stack
from analysis.geography.regions import Regions

ROLE = "pns_provinsi"


def tidy_staff(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the tables of PNS by province.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of every table with the role `pns_provinsi`.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `wilayah` (basis), `kode_kemendagri`, `nama`,
        `laki_laki`, `perempuan`, `total` (people; the sexes missing where the source does not
        give them).
    """
    stacked = stack(tables, ["total"], optional=["laki_laki", "perempuan"])
    return stacked[[*stacked.columns.drop("total"), "total"]]


def staff_at(staff: pd.DataFrame, date: dt.date, regions: Regions, basis: str) -> pd.Series:
    """Return PNS by province at a date, on a basis.

    Parameters
    ----------
    staff : DataFrame
        As from `tidy_staff`.
    date : date
        A date for which there is a table.
    regions : Regions
        Provinces and splits.
    basis : str
        Set of provinces to bring the counts to.

    Returns
    -------
    Series
        Int64 people, indexed by `kode_kemendagri`.

    Raises
    ------
    DataError
        If no table has that date, or its basis is coarser.
    """
    rows = rows_of(staff, date, what="PNS by province", role=ROLE)
    merged = regions.merge(rows, rows["wilayah"].iloc[0], basis, sums=["total"], what=f"PNS {date}")
    return merged["total"].rename("pns")
