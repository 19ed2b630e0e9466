"""From a GeoJSON file to areas, and from areas to the corners that a map draws.

GeoJSON is read as RFC 7946 (2016) has it: longitude before latitude, in degrees of WGS 84.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analysis.datasets.refusals import listed
from analysis.errors import DataError

_AREAS = ("Polygon", "MultiPolygon")
# How older files name longitude and latitude: on WGS 84, and on SRGI2013 and DGN95, the national
# systems, which differ from it by less than any map shows.
_DEGREES = ("crs84", "4326", "9470", "4755")
_REPROJECT = (
    "Save it as GeoJSON in degrees (WGS 84, EPSG:4326), such as with `ogr2ogr -t_srs EPSG:4326 "
    "-lco RFC7946=YES new.geojson old.geojson`."
)
# What files start with that are named .geojson and are none.
_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive, perhaps of a shapefile"),
    (b"\x00\x00\x27\x0a", "a shapefile"),
    (b"SQLite format 3", "a GeoPackage"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"<", "XML, such as KML, or a web page"),
)


@dataclass(frozen=True)
class Areas:
    """The features of a file, each an area.

    Attributes
    ----------
    properties : list of dict
        What the file says of each.
    shapes : ndarray of object, shape (n,)
        A valid shapely polygon or multipolygon each, in degrees.
    """

    properties: list[dict[str, Any]]
    shapes: npt.NDArray[np.object_]


def areas_of(file: Path, content: bytes) -> Areas:
    """Return the areas of a GeoJSON file.

    Parameters
    ----------
    file : Path
        Where the content is from, for the messages.
    content : bytes
        A FeatureCollection.

    Raises
    ------
    DataError
        If it is no JSON, no collection of features, has features that are no areas or whose
        geometry is invalid, or coordinates that are not degrees; features are listed.
    """
    features = _features(file, _parsed(file, content))
    _refuse(file, _not_areas(features), "Each feature must be a Polygon or MultiPolygon.")
    shapes = shapely.from_geojson(
        [json.dumps(feature["geometry"]) for feature in features], on_invalid="ignore"
    )
    corners = [_corners_problem(shape) for shape in shapes]
    _refuse(
        file,
        _named(features, corners),
        "A ring has four pairs of numbers at least, and its last is its first.",
    )
    shapes = shapely.force_2d(shapes)
    _refuse_metres(file, shapes)
    reasons = shapely.is_valid_reason(shapes)
    invalid = [None if each == "Valid Geometry" else str(each) for each in reasons]
    _refuse(
        file,
        _named(features, invalid),
        "Mend the geometry, such as with `ogr2ogr -makevalid new.geojson old.geojson`, look at "
        "the result, then run again.",
    )
    return Areas([feature.get("properties") or {} for feature in features], shapes)


def outlines(shapes: npt.NDArray[np.object_], names: Sequence[str], *, column: str) -> pd.DataFrame:
    """Return the corners of areas.

    Parameters
    ----------
    shapes : ndarray of object, shape (n,)
        Polygons or multipolygons.
    names : sequence of str, length n
        What each is called.
    column : str
        Column for the names.

    Returns
    -------
    DataFrame
        One row a corner, in the order of the areas: `column`; `bagian`, the parts of an area
        counted from 0; `cincin`, 0 for the outer ring of a part, then its holes; `bujur` and
        `lintang`, degrees. The last corner of a ring is its first. Outer rings go against the
        clock and holes with it (RFC 7946, section 3.1.6), whatever the file has: a hole that goes
        the same way is filled when drawn.
    """
    parts, area = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    return pd.DataFrame(
        {
            column: pd.Series(np.asarray(names, dtype=object)[area[part[ring]]], dtype="str"),
            "bagian": _counted(area)[part[ring]],
            "cincin": _counted(part)[ring],
            "bujur": corners[:, 0],
            "lintang": corners[:, 1],
        }
    )


def _counted(groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the place of each item in its group, counted from 0; groups stand together."""
    starts = np.flatnonzero(np.append(True, np.diff(groups) != 0))
    lengths = np.diff(np.append(starts, len(groups)))
    return np.arange(len(groups)) - np.repeat(starts, lengths)


def _parsed(file: Path, content: bytes) -> Any:
    if not content.strip():
        raise DataError(f"{file} is empty. Take it from its source again.")
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise DataError(
                f"{file} is no GeoJSON file but {kind}, whatever its name says. Open it in a "
                "program for maps, such as QGIS, save its layer as GeoJSON in EPSG:4326, then run "
                "again."
            )
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        where = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{file}, line {where}: byte 0x{content[error.start]:02x} is not UTF-8. Save the file "
            "as UTF-8, then run again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"{file} is no JSON: {error}. It may have been cut off; take it from its source again."
        ) from error


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number of JSON")


def _features(file: Path, found: Any) -> list[dict[str, Any]]:
    kind = found.get("type") if isinstance(found, dict) else type(found).__name__
    if kind == "Topology":
        raise DataError(
            f"{file} is TopoJSON, not GeoJSON. Convert it, such as with `mapshaper old.json -o "
            "format=geojson new.geojson`, then run again."
        )
    features = found.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise DataError(
            f"{file} is no collection of features: its type is {kind!r}. A GeoJSON file starts "
            'with {"type": "FeatureCollection", "features": [...]}.'
        )
    if not features:
        raise DataError(f"{file} has no features. Take it from its source again.")
    system = json.dumps(found.get("crs"))
    if system != "null" and not any(name in system.lower() for name in _DEGREES):
        raise DataError(
            f"{file} says that its coordinates are in another system than degrees: crs is "
            f"{system[:120]}. {_REPROJECT}"
        )
    return features


def _not_areas(features: list[Any]) -> Iterator[str]:
    for k, feature in enumerate(features):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield f"  feature {k} is no Feature"
        elif not isinstance(feature.get("properties") or {}, dict):
            yield f"  feature {k}: its properties are no names with values"
        else:
            geometry = feature.get("geometry")
            kind = geometry.get("type") if isinstance(geometry, dict) else geometry
            if kind not in _AREAS:
                yield f"  {_name(k, feature)}: its geometry is {kind or 'missing'}"


def _corners_problem(shape: Any) -> str | None:
    if shape is None:
        return "its coordinates are not those of rings"
    if shape.is_empty:
        return "its geometry is empty"
    return None


def _named(features: list[Any], problems: list[str | None]) -> Iterator[str]:
    for k, problem in enumerate(problems):
        if problem is not None:
            yield f"  {_name(k, features[k])}: {problem}"


def _name(k: int, feature: dict[str, Any]) -> str:
    """Return the number of a feature and what it says of itself first."""
    said = [f"{key} {value!r}"[:60] for key, value in (feature.get("properties") or {}).items()]
    return f"feature {k} ({', '.join(said[:2])})" if said else f"feature {k}"


def _refuse_metres(file: Path, shapes: npt.NDArray[np.object_]) -> None:
    west, south, east, north = shapely.total_bounds(shapes)
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return
    extent = f"{west:g} to {east:g} across and {south:g} to {north:g} upward"
    swapped = south >= -180 and north <= 180 and west >= -90 and east <= 90
    cure = (
        "Latitude seems to stand before longitude: swap them, such as with `ogr2ogr -swapxy`."
        if swapped
        else f"They seem to be projected, in metres. {_REPROJECT}"
    )
    raise DataError(f"{file}: its coordinates, {extent}, are no longitudes and latitudes. {cure}")


def _refuse(file: Path, problems: Iterator[str], advice: str) -> None:
    found = list(problems)
    if found:
        raise DataError(f"{file} has features that no map can show:\n{listed(found)}\n{advice}")
