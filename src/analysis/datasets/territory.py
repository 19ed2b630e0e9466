"""Administrative areas by province and date."""

from collections.abc import Mapping

import pandas as pd

from analysis.datasets.description import Resource
from analysis.datasets.stacking import stack
from analysis.errors import DataError
from analysis.geography.regions import Regions

ROLE = "wilayah_provinsi"
COUNTS = ["kabupaten", "kota", "kecamatan", "kelurahan", "desa"]


def tidy_territory(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the tables of administrative areas.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `wilayah` (basis), `kode_kemendagri`, `nama`,
        numbers of `kabupaten`, `kota`, `kecamatan`, `kelurahan` and `desa`, and `luas_km2`
        (missing where not given).
    """
    stacked = stack(tables, COUNTS)
    areas = [frame.reindex(columns=["luas_km2"]) for _, frame in tables.values()]
    return stacked.assign(luas_km2=pd.concat(areas, ignore_index=True)["luas_km2"].astype(float))


def territory_at(territory: pd.DataFrame, regions: Regions, basis: str) -> pd.DataFrame:
    """Return area and subdivisions by province on a basis, from the newest table with areas.

    Parameters
    ----------
    territory : DataFrame
        As from `tidy_territory`.
    regions : Regions
        Provinces and splits.
    basis : str
        Set of provinces to bring the table to.

    Returns
    -------
    DataFrame
        Indexed by `kode_kemendagri`: `luas_km2`, `kecamatan`, `desa` (villages, rural and urban:
        *desa* and *kelurahan*).

    Raises
    ------
    DataError
        If no table has areas, or its basis is coarser.
    """
    with_area = territory[territory["luas_km2"].notna()]
    if with_area.empty:
        raise DataError(
            "No table of territory has the column luas_km2. Add one with the role "
            f"{ROLE!r} to data/raw."
        )
    date = with_area["tanggal"].max()
    rows = with_area[with_area["tanggal"] == date].reset_index(drop=True)
    rows = rows.assign(desa=rows["desa"] + rows["kelurahan"])
    columns = ["luas_km2", "kecamatan", "desa"]
    what = f"territory {date:%Y-%m-%d}"
    return regions.merge(rows, rows["wilayah"].iloc[0], basis, sums=columns, what=what)
