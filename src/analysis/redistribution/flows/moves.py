"""The tidy table of who moves where."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray

COLUMNS = ("origin", "destination", "people", "cost")


def moves_table(
    units: "pd.Index[Any]",
    origins: IntArray,
    destinations: IntArray,
    people: FloatArray | IntArray,
    cost: FloatArray,
) -> pd.DataFrame:
    """Return one row for each pair of units between which people move.

    Parameters
    ----------
    units : Index of length n
        Labels of the units.
    origins, destinations : ndarray of int, shape (m,)
        Positions of the units of each pair.
    people : ndarray, shape (m,)
        People who move; pairs without any are left out.
    cost : ndarray, shape (m,)
        Cost of one person on each pair.

    Returns
    -------
    DataFrame
        `origin`, `destination`, `people` and `cost` (of all of them), in the order of the units.
    """
    used = np.flatnonzero(people > 0)
    used = used[np.lexsort((destinations[used], origins[used]))]
    return pd.DataFrame(
        {
            "origin": units.take(origins[used]),
            "destination": units.take(destinations[used]),
            "people": people[used],
            "cost": people[used] * cost[used],
        },
        columns=list(COLUMNS),
    )
