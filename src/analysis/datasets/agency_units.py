"""The agencies of the country and the units they consist of at the first level."""

import pandas as pd


def tidy_agency_units(units: pd.DataFrame) -> pd.DataFrame:
    """Return the first-level units of each agency, in the source's order.

    Returns
    -------
    DataFrame
        `instansi`, `jenis` ("kementerian", "lembaga lain", "provinsi", "kabupaten", "kota"),
        `unit`; names without double blanks, otherwise as the source spells them.
    """
    found = units.reset_index(drop=True)
    for column in ("instansi", "unit"):
        found[column] = found[column].str.split().str.join(" ")
    return found
