"""How far apart units are: great-circle distances between their capitals."""

from collections.abc import Callable
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray
from analysis.errors import DomainError, ParameterError
from analysis.labels import Labels, align_all, labels_of
from analysis.redistribution.units import Units, as_degrees

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in km, ``(2 a + b) / 3`` of GRS 80 (Moritz 2000)."""


@overload
def great_circle(
    latitude: "pd.Series[Any] | dict[Any, float]", longitude: npt.ArrayLike
) -> pd.DataFrame: ...
@overload
def great_circle(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> FloatArray: ...
def great_circle(latitude: Any, longitude: Any) -> Any:
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
    ndarray or DataFrame, shape (n, n)
        Kilometres; symmetric, zero on the diagonal, at most half the circumference. A frame with
        the labels of the places where they have any, so that a plan can align it.

    Raises
    ------
    DomainError
        If the places of latitudes and longitudes differ, or one is missing or out of range; the
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
    latitude, longitude = align_all("", latitude=latitude, longitude=longitude)
    phi = np.radians(as_degrees(latitude, 90.0, what="latitude"))
    lam = np.radians(as_degrees(longitude, 180.0, what="longitude"))
    if phi.size != lam.size:
        raise DomainError(
            f"{phi.size} latitudes but {lam.size} longitudes. Pass one of each for every unit."
        )
    kilometres = _haversine(phi[:, None], lam[:, None], phi, lam)
    labels = labels_of(latitude)
    labels = labels_of(longitude) if labels is None else labels
    return kilometres if labels is None else pd.DataFrame(kilometres, labels, labels)


def distances_between(units: Units, distance: npt.ArrayLike | None = None) -> npt.ArrayLike | None:
    """Return the distances given, or else those of units with coordinates, or else None."""
    if distance is not None or units.coordinates is None:
        return distance
    return great_circle(*units.coordinates.T)


def great_circle_between(
    origins: FloatArray, destinations: FloatArray, *, paired: bool = False
) -> FloatArray:
    """Return distances in km from some places to others, see `great_circle`.

    Parameters
    ----------
    origins, destinations : ndarray, shapes (a, 2) and (b, 2)
        Latitude and longitude in degrees, in their ranges.
    paired : bool
        The distance from each origin to the destination in the same row alone, not to all.

    Returns
    -------
    ndarray, shape (a, b), or (a,) where they are paired
    """
    (phi, lam), (phi_to, lam_to) = np.radians(origins).T, np.radians(destinations).T
    if paired:
        return _haversine(phi, lam, phi_to, lam_to)
    return _haversine(phi[:, None], lam[:, None], phi_to, lam_to)


def kilometres(units: Units) -> Callable[["Labels[Any]", "Labels[Any]"], FloatArray]:
    """Return great-circle distances between units as a function, to be passed as a plan's `cost`.

    Plans of many units inside groups then never hold the distances of all pairs.

    Parameters
    ----------
    units : Units
        With coordinates.

    Returns
    -------
    callable
        ``km(origins, destinations)``, labels of units, gives a matrix in km.

    Raises
    ------
    ParameterError
        If the units have no coordinates.

    Examples
    --------
    >>> units = Units.of({"Jakarta": 9, "Surabaya": 5}, {"Jakarta": 1, "Surabaya": 1},
    ...                  latitude=[-6.2, -7.25], longitude=[106.8, 112.75])
    >>> kilometres(units)(units.labels[:1], units.labels[1:]).round(1).tolist()
    [[667.3]]
    """
    places = units.coordinates
    if places is None:
        raise ParameterError(
            "kilometres: the units have no coordinates. Pass latitude and longitude to Units.of."
        )

    known = pd.Index(units.labels, dtype=object, tupleize_cols=False)  # hashed once

    def where(labels: "Labels[Any]") -> FloatArray:
        found = known.get_indexer(pd.Index(labels, dtype=object, tupleize_cols=False))
        if (found < 0).any():
            units.positions(labels, what="kilometres")  # says which of them is no unit
        return places[found]

    def between(origins: "Labels[Any]", destinations: "Labels[Any]") -> FloatArray:
        return great_circle_between(where(origins), where(destinations))

    return between


def _haversine(
    phi: FloatArray, lam: FloatArray, phi_to: FloatArray, lam_to: FloatArray
) -> FloatArray:
    """Return distances in km between places in radians, broadcast together."""
    haversine = np.sin((phi - phi_to) / 2.0) ** 2
    haversine += np.cos(phi) * np.cos(phi_to) * np.sin((lam - lam_to) / 2.0) ** 2
    np.minimum(haversine, 1.0, out=haversine)  # rounding may exceed 1 between antipodes
    distances: FloatArray = 2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(haversine))
    return distances
