"""Check and prepare the arrays that every measure takes."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.arrays import as_vector
from analysis.errors import DomainError
from analysis.labels import align, labels_of
from analysis.messages import positions

FloatArray = npt.NDArray[np.float64]
Domain = Literal["real", "nonnegative", "shareable", "positive"]


def as_values(x: npt.ArrayLike, *, measure: str, domain: Domain = "real") -> FloatArray:
    """Return `x` as a one-dimensional float array, or say why it cannot be measured.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values, n >= 1.
    measure : str
        Name of the measure, for the message.
    domain : {"real", "nonnegative", "shareable", "positive"}
        Values the measure is defined for: any; x >= 0; x >= 0 and not all zero; x > 0.

    Returns
    -------
    ndarray, shape (n,)
        The input itself where it already is a float64 array: never write to it.

    Raises
    ------
    DomainError
        If `x` is empty, not one-dimensional, not numeric, has missing or infinite values, or
        values outside the domain. The message lists the positions.
    """
    values = as_vector(x, what=measure)
    require(values, values.min(), values.max(), measure=measure, domain=domain)
    return values


def require(
    values: FloatArray,
    lowest: np.float64,
    highest: np.float64,
    *,
    measure: str,
    domain: Domain = "real",
) -> None:
    """Refuse values outside the domain, given the least and the greatest of them.

    NaN and infinity surface in these two, by `min` and `max` as well as at the ends of an array
    that is sorted.

    Raises
    ------
    DomainError
        As `as_values` does.
    """
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        _refuse(measure, "missing or infinite values", ~np.isfinite(values), "Drop or fill them.")
    if domain in ("nonnegative", "shareable") and lowest < 0:
        _refuse(measure, "negative values, where it needs x >= 0", values < 0, "Correct them.")
    if domain == "shareable" and highest == 0:
        raise DomainError(f"{measure}: all values are zero, so there is nothing to share out.")
    if domain == "positive" and lowest <= 0:
        _refuse(
            measure,
            "zero or negative values, where it needs x > 0",
            values <= 0,
            "Correct them, or choose a measure that is defined at zero, such as the Gini.",
        )


def as_weights(weights: npt.ArrayLike, n: int, *, measure: str) -> FloatArray:
    """Return `weights` as a float array of length `n` with positive, finite entries.

    Raises
    ------
    DomainError
        If the length differs from `n`, or a weight is missing, infinite, zero or negative.
    """
    checked = as_values(weights, measure=f"{measure}, weights", domain="positive")
    if checked.size != n:
        raise DomainError(
            f"{measure}: {n} values but {checked.size} weights. Pass one weight per value."
        )
    return checked


def as_sample(
    x: npt.ArrayLike, weights: npt.ArrayLike | None, *, measure: str, domain: Domain = "real"
) -> tuple[FloatArray, FloatArray | None]:
    """Return checked values and weights; no weights stay None.

    Weights that carry labels follow those of `x`.

    Raises
    ------
    DomainError
        As `as_values` and `as_weights` do.
    """
    values = as_values(x, measure=measure, domain=domain)
    if weights is None:
        return values, None
    own = align(weights, labels_of(x), what=f"{measure}, weights", to="the values")
    return values, as_weights(own, values.size, measure=measure)


def _refuse(measure: str, what: str, wrong: npt.NDArray[np.bool_], advice: str) -> None:
    raise DomainError(f"{measure}: {what} at {positions(wrong)}. {advice}")
