"""Boundaries that a reader has: a GeoJSON file of areas, keyed by Kemendagri code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analysis.datasets.geojson import Areas, areas_of, outlines
from analysis.datasets.refusals import listed
from analysis.errors import DataError
from analysis.files import read_bytes
from analysis.geography.codebook import CODE
from analysis.messages import some

_AWAY = 0.1  # degrees that a point may lie outside its area, whose lines may be coarse
_FINEST = 0.0005  # degrees, about 55 m: less than a dot of print on the map of a small province
_LEAST = 0.5  # of the values of the property that holds the codes: that many are known
_DOTLESS = re.compile(r"[1-9][0-9]{3}")


def read_boundaries(file: Path, points: pd.DataFrame, *, key: str | None = None) -> pd.DataFrame:
    """Return the outlines of units from a file that the reader brings.

    Parameters
    ----------
    file : Path
        A GeoJSON file of polygons in degrees, one feature a unit.
    points : DataFrame
        `bujur` and `lintang` of a point in each unit, degrees; the index holds the Kemendagri
        codes that there are. The file may have some of them only.
    key : str, optional
        Property that holds the code of each feature, as "11.01" or "1101". If not given, the
        property most of whose values are such codes.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `bagian`, `cincin`, `bujur`, `lintang`, one row a corner, by code.
        Corners within 0.0005 degrees of the line between others are left out: no map shows them.

    Raises
    ------
    DataError
        As `areas_of`; also if no property holds codes, or several do, differently; if a code is
        unknown, is a number, which may have lost its zero, or has two features; or if an area is
        elsewhere than the point of its unit, as with the codes of BPS. All features concerned are
        listed.
    """
    content = read_bytes(file, advice="Give the path of a GeoJSON file, or none.")
    areas = areas_of(file, content)
    key = _key_of(file, areas, points.index, key)
    given = [properties.get(key) for properties in areas.properties]
    codes = [_code(value) for value in given]
    problems = [*_unknown(given, codes, points.index), *_repeated(codes)]
    if problems:
        raise DataError(
            f"{file}, property {key}: these are not the codes of different units:\n"
            f"{listed(problems)}\n"
            "Give the property that holds kode_kemendagri, correct the codes, or join the parts of "
            "a unit into one MultiPolygon."
        )
    order = np.argsort(np.array(codes, dtype="str"), kind="stable")
    shapes, in_order = areas.shapes[order], [str(codes[k]) for k in order]
    _refuse_elsewhere(file, shapes, points.loc[in_order])
    return outlines(shapely.simplify(shapes, _FINEST), in_order, column=CODE)


def _code(value: object) -> str | None:
    """Return a value as a code with its dot; none where it is no text and no whole number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return f"{text[:2]}.{text[2:]}" if _DOTLESS.fullmatch(text) else text


def _key_of(file: Path, areas: Areas, known: "pd.Index[str]", key: str | None) -> str:
    """Return the property that holds the codes."""
    names = list(dict.fromkeys(name for properties in areas.properties for name in properties))
    if key is not None:
        if key not in names:
            raise DataError(
                f"{file} has no property {key!r}. It has {', '.join(map(repr, names)) or 'none'}."
            )
        return key
    columns = {name: [_meant(p.get(name)) for p in areas.properties] for name in names}
    shares = {name: np.isin(codes, known).mean() for name, codes in columns.items()}
    best = max(shares.values(), default=0.0)
    if best < _LEAST:
        first = str(areas.properties[0])
        raise DataError(
            f"{file}: no property holds Kemendagri codes such as {known[0]!r}. The first feature "
            f"has {first[:300]}. Give the property that does, or add one."
        )
    found = [name for name in names if shares[name] == best]
    if any(columns[name] != columns[found[0]] for name in found):
        raise DataError(
            f"{file}: the properties {some(map(repr, found))} all hold codes, and differ. Give the "
            "one with those of Kemendagri; those of BPS look alike and mean other units."
        )
    return found[0]


def _meant(value: object) -> str:
    """Return the code that a value seems to be, though it may be a number with decimals."""
    return f"{value:.2f}" if isinstance(value, float) else str(_code(value))


def _unknown(given: list[Any], codes: list[str | None], known: "pd.Index[str]") -> Iterator[str]:
    for k, (value, code) in enumerate(zip(given, codes, strict=True)):
        if code in known:
            continue
        meant = _meant(value) if isinstance(value, float) else f"{code}0"
        hint = f". Is {meant!r} meant? Codes are text and keep their zero" if meant in known else ""
        yield f"  feature {k}: {value!r} is no code of the {len(known)} units{hint}"


def _repeated(codes: list[str | None]) -> Iterator[str]:
    found = pd.Series(codes, dtype="object").dropna()
    for code, features in found.groupby(found):
        if len(features) > 1:
            yield f"  features {some(features.index)}: all are {code}"


def _refuse_elsewhere(file: Path, shapes: npt.NDArray[np.object_], points: pd.DataFrame) -> None:
    places = shapely.points(points[["bujur", "lintang"]].to_numpy(dtype=float))
    away = pd.Series(shapely.distance(shapes, places), index=points.index)
    wrong = away[away > _AWAY]
    if wrong.size:
        problems = [f"  {code}: {far:.1f} degrees from its unit" for code, far in wrong.items()]
        raise DataError(
            f"{file}: these areas are elsewhere than the units of their codes:\n"
            f"{listed(problems)}\n"
            "The codes may be those of BPS, which look alike and mean other units, or rows may "
            "have shifted. Give the property that holds kode_kemendagri, or correct the file."
        )
