"""How far apart units are: great-circle distances between their capitals."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError
from analysis.redistribution.units import FloatArray, refuse, same_units

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in km, ``(2 a + b) / 3`` of GRS 80 (Moritz 2000)."""


def great_circle(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> FloatArray:
    r"""Return the distance between any two places along the surface of a sphere, in km.

    .. math:: 2 R \arcsin \sqrt{\sin^2 \tfrac{\varphi_i - \varphi_j}{2}
              + \cos\varphi_i \cos\varphi_j \sin^2 \tfrac{\lambda_i - \lambda_j}{2}}

    The haversine formula keeps its digits where places are close together. The Earth is flattened,
    so that distances on the ellipsoid differ by up to about 0.5 %; roads and ferries differ by far
    more, and where they matter a matrix of travel costs should be passed to the planner instead.

    Parameters
    ----------
    latitude : array-like, shape (n,)
        Degrees from -90 to 90, south negative.
    longitude : array-like, shape (n,)
        Degrees from -180 to 180, west negative.

    Returns
    -------
    ndarray, shape (n, n)
        Kilometres; symmetric, zero on the diagonal, at most half the circumference.

    Raises
    ------
    DomainError
        If the numbers of latitudes and longitudes differ, or one is missing or out of range; the
        message names the units.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.

    Moritz, H. (2000). Geodetic Reference System 1980. Journal of Geodesy 74, 128-133.

    Examples
    --------
    >>> jakarta_and_surabaya = great_circle([-6.2, -7.25], [106.8, 112.75])
    >>> jakarta_and_surabaya.round(1).tolist()
    [[0.0, 667.3], [667.3, 0.0]]
    """
    same_units(latitude, longitude, "latitude and longitude")
    phi = _radians(latitude, "latitude", 90.0)
    lam = _radians(longitude, "longitude", 180.0)
    if phi.size != lam.size:
        raise DomainError(
            f"{phi.size} latitudes but {lam.size} longitudes. Pass one of each for every unit."
        )
    cosine = np.cos(phi)
    haversine = np.sin(np.subtract.outer(phi, phi) / 2.0) ** 2
    haversine += np.multiply.outer(cosine, cosine) * (
        np.sin(np.subtract.outer(lam, lam) / 2.0) ** 2
    )
    np.minimum(haversine, 1.0, out=haversine)  # rounding may exceed 1 between antipodes
    kilometres: FloatArray = 2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(haversine))
    return kilometres


def _radians(degrees: npt.ArrayLike, what: str, limit: float) -> FloatArray:
    try:
        if isinstance(degrees, pd.Series):
            values = degrees.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            values = np.asarray(degrees, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DomainError(f"{what} must be numbers ({error}).") from error
    if values.ndim != 1 or values.size == 0:
        raise DomainError(
            f"{what}: expected one number for each unit, shape (n,) with n >= 1, but the shape is "
            f"{values.shape}."
        )
    rule = f"degrees from {-limit:g} to {limit:g}"
    advice = "Correct it in the source; a comma may stand for the decimal point."
    refuse(~(np.abs(values) <= limit), degrees, what, rule, advice)
    radians: FloatArray = np.radians(values)
    return radians
