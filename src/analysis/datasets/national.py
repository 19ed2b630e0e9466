"""ASN of the whole country by status, level of government and date."""

import pandas as pd


def tidy_national(asn: pd.DataFrame) -> pd.DataFrame:
    """Return national counts by date.

    Returns
    -------
    DataFrame
        `tanggal`, `status` ("PNS" or "PPPK"), `lingkup` ("total"; "pusat" and "daerah", the
        latter at some dates as "provinsi" and "kabupaten/kota"), `jumlah` (people), `sumber`.
        What a source does not split has its total only.
    """
    return asn.sort_values(["tanggal", "status"], kind="stable").reset_index(drop=True)
