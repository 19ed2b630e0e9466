"""Whom a plan may take and place when it is there to fill shortages, and nothing else."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.redistribution import Limits, balance


def against_need(staff: pd.Series, need: pd.Series) -> pd.DataFrame:
    """Return `redistribution.balance`; what the rounding of a product leaves is no shortage."""
    return balance(staff, need).round(9)


def vacancies(staff: pd.Series, need: pd.Series) -> pd.Series:
    """Return the whole people that each unit lacks, rounded up."""
    return np.ceil(against_need(staff, need)["shortage"])


def filling(staff: pd.Series, need: pd.Series, within: "pd.Series[Any] | None" = None) -> Limits:
    """Return the limits of moves that only fill shortages.

    Nobody leaves a unit that would then be below its need, and nobody arrives in one that has
    enough.

    Parameters
    ----------
    staff, need : Series
        Staff and need by unit.
    within : Series, optional
        Group of each unit, inside which people move.

    Examples
    --------
    >>> units = ["A", "B"]
    >>> filling(pd.Series([12, 5], units), pd.Series([9.5, 6.5], units)).capacity.tolist()
    [0.0, 2.0]
    """
    return Limits(floor_adequacy=1.0, capacity=vacancies(staff, need), within=within)
