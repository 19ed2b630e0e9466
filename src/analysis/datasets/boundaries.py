"""Boundaries that a reader has: a GeoJSON file of areas, keyed by Kemendagri code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from analysis.datasets.geojson import Areas, areas_of, outlines
from analysis.datasets.refusals import listed
from analysis.errors import DataError
from analysis.files import read_bytes
from analysis.geography.codebook import CODE
from analysis.messages import some

_AWAY = 0.5  # degrees that a point may lie outside its area, where a small island was left out
_LEAST = 0.5  # of the values of the property that holds the codes that must be known codes
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
        one property of which most values are such codes.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `bagian`, `cincin`, `bujur`, `lintang`, one row a corner, by code.

    Raises
    ------
    DataError
        As `areas_of`; also if no property holds codes, or several do, differently; if a code is
        unknown, is a number that lost its zero, or has two features; or if an area is elsewhere
        than its point, as with the codes of BPS. All features concerned are listed.
    """
    content = read_bytes(file, advice="Give the path of a GeoJSON file, or leave it out.")
    if not content.strip():
        raise DataError(f"{file} is empty. Take it from its source again.")
    areas = areas_of(file, content)
    key = _key(file, areas, points, key)
    given = pd.Series([properties.get(key) for properties in areas.properties], dtype="object")
    codes = given.map(_code)
    problems = [*_code_problems(given, codes, points), *_repeated(codes)]
    if problems:
        raise DataError(
            f"{file}, property {key}: these are not the codes of different units:\n"
            f"{listed(problems)}\n"
            "Correct them, give the property that holds kode_kemendagri, or join the parts of a "
            "unit into one MultiPolygon."
        )
    order = codes.argsort(kind="stable").to_numpy()
    shapes, sorted_codes = areas.shapes[order], codes.iloc[order].tolist()
    _refuse_elsewhere(file, shapes, points.loc[sorted_codes])
    return outlines(shapes, sorted_codes, column=CODE)


def _code(value: object) -> str | None:
    """Return a value as a code with its dot; a number with decimals may have lost a zero."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return f"{text[:2]}.{text[2:]}" if _DOTLESS.fullmatch(text) else text


def _key(file: Path, areas: Areas, points: pd.DataFrame, key: str | None) -> str:
    """Return the property that holds the codes."""
    names = list(dict.fromkeys(name for properties in areas.properties for name in properties))
    if key is not None:
        if key not in names:
            raise DataError(
                f"{file} has no property {key!r}. It has {', '.join(map(repr, names)) or 'none'}."
            )
        return key
    columns = {name: [_code(p.get(name)) for p in areas.properties] for name in names}
    shares = {
        name: sum(code in points.index for code in codes) / len(codes)
        for name, codes in columns.items()
    }
    best = max(shares.values(), default=0.0)
    if best < _LEAST:
        first = {name: areas.properties[0].get(name) for name in names}
        raise DataError(
            f"{file}: no property holds Kemendagri codes such as {points.index[0]!r}. The first "
            f"feature has {str(first)[:300]}. Give the property that does, or add one."
        )
    found = [name for name in names if shares[name] == best]
    if any(columns[name] != columns[found[0]] for name in found[1:]):
        raise DataError(
            f"{file}: {' and '.join(map(repr, found))} both hold codes, and differ. Give the "
            "property with those of Kemendagri; those of BPS look alike and mean other units."
        )
    return found[0]


def _code_problems(given: pd.Series, codes: pd.Series, points: pd.DataFrame) -> Iterator[str]:
    known = points.index
    for k, (value, code) in enumerate(zip(given, codes, strict=True)):
        if code in known:
            continue
        if isinstance(value, float) and f"{value:.1f}" == str(value):
            meant = [each for each in (f"{value:.1f}0", f"0{value}") if each in known]
            hint = f"{value!r} is a number: the code {' or '.join(meant)} lost its zero"
            yield f"  feature {k}: {hint if meant else f'{value!r} is a number'}; write it as text"
        else:
            yield f"  feature {k}: {value!r} is no code of the {len(known)} units"


def _repeated(codes: pd.Series) -> Iterator[str]:
    known = codes.dropna()
    for code, at in known.groupby(known).groups.items():
        if len(at) > 1:
            yield f"  features {some(at)}: {code} is there {len(at)} times"


def _refuse_elsewhere(file: Path, shapes: Any, points: pd.DataFrame) -> None:
    places = shapely.points(points[["bujur", "lintang"]].to_numpy(dtype=float))
    away = shapely.distance(shapes, places)
    wrong = np.flatnonzero(away > _AWAY)
    if wrong.size:
        problems = [f"  {points.index[k]}: {away[k]:.1f} degrees from its unit" for k in wrong]
        raise DataError(
            f"{file}: these areas are elsewhere than the units of their codes:\n"
            f"{listed(problems)}\n"
            "The codes may be those of BPS, which look alike and mean other units, or rows were "
            "shifted. Give the property that holds kode_kemendagri, or correct the file."
        )
