"""Round amounts of people so that they still add up."""

import math

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.errors import DomainError


def round_amounts(amounts: FloatArray, total: int) -> IntArray:
    """Return whole amounts that add up to `total`, by largest remainders (Hamilton).

    Every amount is rounded down; the people left over go one by one to the largest remainders,
    the earlier unit first where they tie.

    Parameters
    ----------
    amounts : ndarray, shape (n,)
        Amounts >= 0 that add up to `total`, but for rounding errors.
    total : int

    Returns
    -------
    ndarray of int, shape (n,)
        Each is less than one away from its amount, and zero where the amount is.

    Raises
    ------
    DomainError
        If the amounts do not add up to `total`.

    References
    ----------
    Balinski, M. L. and Young, H. P. (2001). Fair Representation, 2nd edition. Brookings.

    Examples
    --------
    >>> round_amounts(np.array([1.5, 0.2, 2.3]), 4).tolist()
    [2, 0, 2]
    """
    exact = math.fsum(amounts)
    if not math.isclose(exact, total, rel_tol=1e-9, abs_tol=1e-6):
        raise DomainError(f"The amounts add up to {exact}, not to {total}.")
    nearest = np.rint(amounts)  # what is whole but for an error of rounding is meant to be whole
    close = np.abs(amounts - nearest) <= 1e-9 * np.maximum(amounts, 1.0)
    down = np.where(close, nearest, np.floor(amounts))
    remainders = np.where(close, 0.0, amounts - down)
    left = total - int(down.sum())
    whole = down.astype(np.int64)
    whole[np.argsort(-remainders, kind="stable")[:left]] += 1
    return whole
