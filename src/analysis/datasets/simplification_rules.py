"""Rules of *penyederhanaan birokrasi*: what each does where, and what it rests on."""

import pandas as pd


def tidy_simplification_rules(aturan: pd.DataFrame) -> pd.DataFrame:
    """Return the rules in the order in which they apply, with the columns of the raw table.

    Where two rules mean the same unit, the one that stands first counts: order is kept.
    """
    return aturan.reset_index(drop=True)
