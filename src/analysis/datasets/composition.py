"""PNS of two kabupaten by post, education, grade and sex."""

import pandas as pd

from analysis.datasets.posts import ARU, SELUMA

# The two sources name the same dimension differently.
_DIMENSIONS = {"kelompok_jabatan": "jabatan", "jenjang_pendidikan": "pendidikan"}


def tidy_composition(aru: pd.DataFrame, seluma: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of both kabupaten under each other.

    Returns
    -------
    DataFrame
        `lingkup`, `tanggal`, `dimensi` ("jabatan", "pendidikan" or "golongan ruang"), `kategori`
        (as the source has it), `subtotal` (True where the row is the sum of others: leave these
        out before adding up), `laki_laki`, `perempuan`, `total` (Int64; missing where the source
        has none).
    """
    other = seluma.rename(columns={"jumlah": "total"})
    both = pd.concat([aru.assign(lingkup=ARU), other.assign(lingkup=SELUMA)], ignore_index=True)
    sums = both["kategori"].str.fullmatch(r"Jumlah|Golongan [IV]+").astype(bool)
    columns = ["kategori", "subtotal", "laki_laki", "perempuan", "total"]
    return both.assign(dimensi=both["dimensi"].replace(_DIMENSIONS), subtotal=sums)[
        ["lingkup", "tanggal", "dimensi", *columns]
    ]
