"""Administrative areas by province and date."""

from collections.abc import Mapping

import pandas as pd

from analysis.datasets.package import Resource
from analysis.datasets.stacking import stack

ROLE = "wilayah_provinsi"
COUNTS = ["kabupaten", "kota", "kecamatan", "kelurahan", "desa"]


def tidy_territory(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the tables of administrative areas.

    Returns
    -------
    DataFrame
        `tanggal`, `wilayah` (basis), `kode_kemendagri`, `nama`, numbers of `kabupaten`, `kota`,
        `kecamatan`, `kelurahan` and `desa`, and `luas_km2` (missing where not given).
    """
    stacked = stack(tables, COUNTS)
    areas = [frame.reindex(columns=["luas_km2"]) for _, frame in tables.values()]
    return stacked.assign(luas_km2=pd.concat(areas, ignore_index=True)["luas_km2"].astype(float))
