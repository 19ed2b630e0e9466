"""The reference frames of the provinces."""

import pandas as pd

from analysis.datasets.store import read_processed
from analysis.geography.regions import Regions


def tidy_provinces(provinsi: pd.DataFrame) -> pd.DataFrame:
    """Return the present provinces by code: codes, name, island group, capital, coordinates."""
    return provinsi.sort_values("kode_kemendagri").reset_index(drop=True)


def tidy_splits(pemekaran: pd.DataFrame) -> pd.DataFrame:
    """Return the splits by date: new code, parent code, date and law."""
    return pemekaran.sort_values(["tanggal", "kode_baru"]).reset_index(drop=True)


def load_regions() -> Regions:
    """Return the provinces and their splits from the processed tables."""
    return Regions(read_processed("provinsi"), read_processed("pemekaran"))
