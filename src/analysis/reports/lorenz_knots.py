"""Whose piece of a Lorenz curve ends at each of its knots."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inequality import LorenzCurve


def named_knots(
    curve: LorenzCurve, names: Iterable[str], values: npt.ArrayLike, people: npt.ArrayLike
) -> pd.DataFrame:
    """Return the knots of a curve as `plots.lorenz` takes them, each with the name of its unit.

    Parameters
    ----------
    curve : LorenzCurve
        That of `values` and `people`.
    names : iterable of str
        Of the units.
    values, people : array-like of shape (n,)
        By unit, as the curve was made from them: it takes units by value, and alike ones by people.

    Examples
    --------
    >>> from analysis.inequality import lorenz_curve
    >>> curve = lorenz_curve([3, 1], [2, 2])
    >>> named_knots(curve, ["A", "B"], [3, 1], [2, 2])["unit"].tolist()
    ['', 'B', 'A']
    """
    order = np.lexsort((np.asarray(people, dtype=float), np.asarray(values, dtype=float)))
    called = np.array([*names], dtype=object)[order]
    return curve.to_frame().assign(unit=["", *called])
