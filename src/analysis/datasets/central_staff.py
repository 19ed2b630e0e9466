"""Staff of central agencies among all who work in a province."""

import datetime as dt

import pandas as pd

_NEAR = pd.Timedelta(days=366)  # further away, the split says nothing of that date


def tidy_central_staff(asn_pusat_daerah: pd.DataFrame) -> pd.DataFrame:
    """Return ASN of central and of regional agencies by province, for the provinces known.

    Returns
    -------
    DataFrame
        `tanggal`, `kode_kemendagri`, `nama`, `pusat`, `daerah`, `total` (people).
    """
    order = ["tanggal", "kode_kemendagri"]
    return asn_pusat_daerah.sort_values(order, kind="stable").reset_index(drop=True)


def central_staff_at(central: pd.DataFrame, date: dt.date) -> pd.DataFrame:
    """Return the split nearest to a date, or no row if none is within a year of it.

    Parameters
    ----------
    central : DataFrame
        As from `tidy_central_staff`.
    date : date
        Date of the staff counts that the split is to explain.

    Returns
    -------
    DataFrame
        The rows of one date, or none: a split of other years must not be told as of this one.
    """
    distance = (central["tanggal"] - pd.Timestamp(date)).abs()
    near = central[(distance <= _NEAR) & (distance == distance.min())]
    return near.reset_index(drop=True)
