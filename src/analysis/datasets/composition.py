"""PNS of two kabupaten by post, education, grade and sex."""

import pandas as pd

from analysis.datasets.posts import ARU, SELUMA


def tidy_composition(aru: pd.DataFrame, seluma: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of both kabupaten under each other.

    Returns
    -------
    DataFrame
        `lingkup`, `tanggal`, `dimensi`, `kategori`, `laki_laki`, `perempuan`, `total` (Int64;
        missing where the source has none).
    """
    other = seluma.rename(columns={"jumlah": "total"})
    both = pd.concat([aru.assign(lingkup=ARU), other.assign(lingkup=SELUMA)], ignore_index=True)
    return both[["lingkup", "tanggal", "dimensi", "kategori", "laki_laki", "perempuan", "total"]]
