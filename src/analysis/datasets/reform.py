"""How far the provincial governments were on the way to the deadline."""

import pandas as pd


def tidy_progress(penyederhanaan: pd.DataFrame) -> pd.DataFrame:
    """Return each province, stage and date of report with whether the stage was reached.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `nama`, `tahap`, `tanggal`, `tercapai` (bool; False means not by that
        date, never that it did not happen later).
    """
    return penyederhanaan.assign(tercapai=(penyederhanaan["tercapai"] == 1).astype(bool))
