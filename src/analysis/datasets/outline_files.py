"""Read a raw file of outlines and check it against its description."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import shapely

from analysis.datasets.geojson import Areas, areas_of, outlines
from analysis.datasets.outline_description import OutlineFile
from analysis.datasets.refusals import refusal

NAME = "nama"


def read_outlines(file: Path, content: bytes, described: OutlineFile) -> pd.DataFrame:
    """Return the corners of the outlines in a file, each with its `nama`.

    Parameters
    ----------
    file : Path
        Where the content is from, for the messages.
    content : bytes
        A GeoJSON file.
    described : OutlineFile
        What is said of it.

    Raises
    ------
    DataError
        As `areas_of`; also if features, their parts or their place are not those described.
    """
    areas = areas_of(file, content)
    problems = [*_feature_problems(areas, described), *_place_problems(areas, described)]
    if problems:
        raise refusal(file, problems)
    return outlines(areas.shapes, list(described.jumlah_bagian), column=NAME)


def tidy_outlines(corners: pd.DataFrame) -> pd.DataFrame:
    """Return outlines as they are drawn: one row a corner, in the order of the file."""
    return corners


def _feature_problems(areas: Areas, described: OutlineFile) -> Iterator[str]:
    key = described.kunci
    found = [properties.get(key) for properties in areas.properties]
    expected = list(described.jumlah_bagian)
    if found != expected:
        yield f"  property {key}: the features are {found}; expected {expected}"
        return
    counts = shapely.get_num_geometries(areas.shapes).tolist()
    for name, count in zip(expected, counts, strict=True):
        if count != described.jumlah_bagian[name]:
            yield f"  {name}: {count} parts; expected {described.jumlah_bagian[name]}"


def _place_problems(areas: Areas, described: OutlineFile) -> Iterator[str]:
    west, south, east, north = shapely.total_bounds(areas.shapes)
    batas = described.batas
    for side, value, outside in (
        ("barat", west, west < batas.barat),
        ("timur", east, east > batas.timur),
        ("selatan", south, south < batas.selatan),
        ("utara", north, north > batas.utara),
    ):
        if outside:
            yield f"  batas, {side}: a corner is at {value:g}; expected {getattr(batas, side):g}"
