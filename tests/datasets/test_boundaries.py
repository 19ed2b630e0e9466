"""Boundaries that a reader brings: what is read from them, what is refused, with what advice."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.datasets import read_boundaries
from analysis.datasets.geojson import areas_of, outlines
from analysis.errors import DataError

# Three squares of one degree in a row, each with its point in the middle.
POINTS = pd.DataFrame(
    {"bujur": [97.5, 98.5, 99.5], "lintang": [3.5, 3.5, 3.5]},
    index=pd.Index(["11.01", "11.02", "11.10"], name="kode_kemendagri"),
)
BPS = ["1102", "1110", "1101"]


def square(west: float, south: float = 3.0, side: float = 1.0) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection() -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"nama": f"Kabupaten {k}", "kode_kemendagri": code, "urut": k},
            "geometry": {"type": "Polygon", "coordinates": [square(97.0 + k)]},
        }
        for k, code in enumerate(POINTS.index)
    ]
    return {"type": "FeatureCollection", "features": features}


def write(folder: Path, content: Any) -> Path:
    file = folder / "batas.geojson"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def refusal(folder: Path, content: Any, key: str | None = None) -> str:
    file = write(folder, content)
    with pytest.raises(DataError) as caught:
        read_boundaries(file, POINTS, key=key)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert len(message) < 2500
    return message


def set_codes(found: dict[str, Any], codes: list[Any], name: str = "kode_kemendagri") -> None:
    for feature, code in zip(found["features"], codes, strict=True):
        feature["properties"][name] = code


class TestRead:
    def test_each_corner_has_its_code_part_and_ring(self, tmp_path: Path) -> None:
        found = collection()
        hole, islet = square(97.4, 3.4, 0.2)[::-1], square(97.1, 4.2, 0.1)
        found["features"][0]["geometry"] = {
            "type": "MultiPolygon",
            "coordinates": [[square(97.0), hole], [islet]],
        }
        corners = read_boundaries(write(tmp_path, found), POINTS)
        first = corners[corners["kode_kemendagri"] == "11.01"]
        rings = first.groupby(["bagian", "cincin"])[["bujur", "lintang"]]
        assert {key: ring.to_numpy().tolist() for key, ring in rings} == {
            (0, 0): square(97.0),
            (0, 1): hole,
            (1, 0): islet,
        }
        assert list(corners) == ["kode_kemendagri", "bagian", "cincin", "bujur", "lintang"]
        assert corners["kode_kemendagri"].unique().tolist() == list(POINTS.index)

    def test_a_hole_that_goes_the_way_of_its_ring_is_turned_round(self, tmp_path: Path) -> None:
        found = collection()
        hole = square(97.4, 3.4, 0.2)
        found["features"][0]["geometry"]["coordinates"].append(hole)
        corners = read_boundaries(write(tmp_path, found), POINTS)
        turned = corners.loc[corners["cincin"] == 1, ["bujur", "lintang"]]
        assert turned.to_numpy().tolist() == hole[::-1]

    @pytest.mark.parametrize(
        "codes",
        [
            ["11.01", "11.02", "11.10"],
            ["1101", "1102", "1110"],
            [1101, 1102, 1110],
        ],
        ids=["with a dot", "without", "as whole numbers"],
    )
    def test_the_property_with_the_codes_is_found_whatever_its_name(
        self, tmp_path: Path, codes: list[Any]
    ) -> None:
        found = collection()
        set_codes(found, [None] * 3)
        set_codes(found, codes, "KODE_KK")
        corners = read_boundaries(write(tmp_path, found), POINTS)
        assert corners["kode_kemendagri"].unique().tolist() == list(POINTS.index)

    def test_the_order_of_features_does_not_count(self, tmp_path: Path) -> None:
        found = collection()
        straight = read_boundaries(write(tmp_path, found), POINTS)
        found["features"].reverse()
        pd.testing.assert_frame_equal(read_boundaries(write(tmp_path, found), POINTS), straight)

    def test_some_of_the_units_are_enough(self, tmp_path: Path) -> None:
        found = collection()
        del found["features"][1]
        corners = read_boundaries(write(tmp_path, found), POINTS)
        assert corners["kode_kemendagri"].unique().tolist() == ["11.01", "11.10"]

    def test_a_property_that_the_reader_gives_is_taken(self, tmp_path: Path) -> None:
        found = collection()
        set_codes(found, BPS, "kode_bps")
        corners = read_boundaries(write(tmp_path, found), POINTS, key="kode_kemendagri")
        assert corners.loc[0, ["kode_kemendagri", "bujur"]].tolist() == ["11.01", 97.0]

    @pytest.mark.parametrize(
        "crs", [None, "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::9470"]
    )
    def test_older_names_of_degrees_are_taken(self, tmp_path: Path, crs: str | None) -> None:
        found = collection()
        plain = read_boundaries(write(tmp_path, found), POINTS)
        found["crs"] = crs and {"type": "name", "properties": {"name": crs}}
        pd.testing.assert_frame_equal(read_boundaries(write(tmp_path, found), POINTS), plain)

    def test_heights_and_a_byte_order_mark_are_taken(self, tmp_path: Path) -> None:
        found = collection()
        plain = read_boundaries(write(tmp_path, found), POINTS)
        for feature in found["features"]:
            (ring,) = feature["geometry"]["coordinates"]
            feature["geometry"]["coordinates"] = [[[*corner, 12.0] for corner in ring]]
        content = b"\xef\xbb\xbf" + json.dumps(found).encode()
        pd.testing.assert_frame_equal(read_boundaries(write(tmp_path, content), POINTS), plain)

    def test_bends_that_no_map_shows_are_left_out_and_others_kept(self, tmp_path: Path) -> None:
        found = collection()
        (ring,) = found["features"][0]["geometry"]["coordinates"]
        ring.insert(3, [97.5, 4.01])
        ring.insert(1, [97.5, 2.9996])
        corners = read_boundaries(write(tmp_path, found), POINTS).query(
            "kode_kemendagri == '11.01'"
        )
        ring.pop(1)
        assert sorted(corners[["bujur", "lintang"]].to_numpy().tolist()) == sorted(ring)

    @given(st.lists(st.integers(min_value=1, max_value=4), min_size=1, max_size=4))
    def test_no_corner_is_lost_or_moved(self, parts: list[int]) -> None:
        features = [
            {
                "type": "Feature",
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[square(2.0 * part, 3.0 * k)] for part in range(count)],
                },
            }
            for k, count in enumerate(parts)
        ]
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        names = [str(k) for k in range(len(parts))]
        corners = outlines(areas_of(Path("x"), content).shapes, names, column="nama")
        assert corners[["bujur", "lintang"]].to_numpy().tolist() == [
            corner
            for feature in features
            for (ring,) in feature["geometry"]["coordinates"]
            for corner in ring
        ]
        assert corners.groupby("nama")["bagian"].nunique().tolist() == parts


# --- What is refused ------------------------------------------------------------------------------


def polygon(found: dict[str, Any], coordinates: Any, kind: str = "Polygon") -> None:
    found["features"][1]["geometry"] = {"type": kind, "coordinates": coordinates}


def moved(found: dict[str, Any], change: Callable[[float, float], list[float]]) -> None:
    for feature in found["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        feature["geometry"]["coordinates"] = [[change(*corner) for corner in ring]]


BOW_TIE = [[98.0, 3.0], [99.0, 4.0], [99.0, 3.0], [98.0, 4.0], [98.0, 3.0]]
# fmt: off
FAULTS: list[tuple[str, Callable[[dict[str, Any]], object], list[str]]] = [
    # what is wrong, how it comes about, what the message says
    ("an unknown code", lambda f: set_codes(f, ["11.01", "11.02", "99.99"]),
     ["property kode_kemendagri", "feature 2: '99.99' is no code of the 3 units"]),
    ("a lost zero", lambda f: set_codes(f, ["11.01", "11.02", "11.1"]),
     ["feature 2: '11.1' is no code of the 3 units. Is '11.10' meant?"]),
    ("numbers with decimals", lambda f: set_codes(f, [11.01, 11.02, 11.1]),
     ["feature 0: 11.01 is no code", "feature 2: 11.1 is no code of the 3 units. Is '11.10'"]),
    ("a code that is missing", lambda f: set_codes(f, ["11.01", "11.02", None]),
     ["feature 2: None is no code"]),
    ("a truth for a code", lambda f: set_codes(f, ["11.01", "11.02", True]),
     ["feature 2: True is no code"]),
    ("a list for a code", lambda f: set_codes(f, ["11.01", "11.02", ["11.10"]]),
     ["feature 2: ['11.10'] is no code"]),
    ("a unit twice", lambda f: set_codes(f, ["11.01", "11.02", "1102"]),
     ["features 1, 2: all are 11.02", "into one MultiPolygon"]),
    ("codes of BPS", lambda f: set_codes(f, BPS),
     ["11.02: 0.5 degrees from its unit", "11.01: 1.5 degrees", "may be those of BPS"]),
    ("no codes", lambda f: set_codes(f, ["a", "b", "c"]),
     ["no property holds Kemendagri codes such as '11.01'", "'nama': 'Kabupaten 0'"]),
    ("no properties", lambda f: [each.pop("properties") for each in f["features"]],
     ["no property holds Kemendagri codes"]),
    ("two properties with codes", lambda f: set_codes(f, BPS, "kode_bps"),
     ["'kode_kemendagri', 'kode_bps' all hold codes, and differ", "mean other units"]),
    ("no features", lambda f: f.update(features=[]), ["has no features"]),
    ("features missing", lambda f: f.pop("features"), ["no collection of features"]),
    ("one feature", lambda f: f.update(f["features"][0]), ["its type is 'Feature'"]),
    ("TopoJSON", lambda f: f.update(type="Topology"), ["is TopoJSON", "mapshaper"]),
    ("a feature that is none", lambda f: f["features"].insert(0, 7), ["feature 0 is no Feature"]),
    ("a geometry of its own", lambda f: f["features"][1].update(type="Polygon"),
     ["feature 1 is no Feature"]),
    ("properties that are a list", lambda f: f["features"][1].update(properties=["11.02"]),
     ["feature 1: its properties are no names with values"]),
    ("no geometry", lambda f: f["features"][1].update(geometry=None),
     ["feature 1 (nama 'Kabupaten 1', kode_kemendagri '11.02'): its geometry is missing"]),
    ("a point", lambda f: polygon(f, [98.5, 3.5], "Point"), ["its geometry is Point"]),
    ("a line", lambda f: polygon(f, square(98.0), "LineString"), ["its geometry is LineString"]),
    ("no coordinates", lambda f: polygon(f, []), ["feature 1", "its geometry is empty"]),
    ("a ring of two", lambda f: polygon(f, [square(98.0)[:2]]), ["are not those of rings"]),
    ("an open ring", lambda f: polygon(f, [square(98.0)[:4]]), ["its last is its first"]),
    ("a word for a degree", lambda f: polygon(f, [[["a", 3.0], *square(98.0)[1:]]]),
     ["are not those of rings"]),
    ("a degree without end", lambda f: polygon(f, [[[1e999, 3.0], *square(98.0)[1:]]]),
     ["Infinity is no number"]),
    ("a ring that crosses itself", lambda f: polygon(f, [BOW_TIE]),
     ["feature 1 (nama 'Kabupaten 1'", "Self-intersection[98.5 3.5]", "ogr2ogr -makevalid"]),
    ("a hole outside", lambda f: polygon(f, [square(98.0), square(120.0)]),
     ["Hole lies outside shell"]),
    ("metres", lambda f: moved(f, lambda x, y: [x * 111_000, y * 111_000]),
     ["no longitudes and latitudes", "projected, in metres", "ogr2ogr -t_srs EPSG:4326"]),
    ("latitude first", lambda f: moved(f, lambda x, y: [y, x]), ["Latitude seems to stand before"]),
    ("another system", lambda f: f.update(crs={"properties": {"name": "EPSG:23830"}}),
     ["another system than degrees", "EPSG:23830"]),
    ("another hemisphere", lambda f: moved(f, lambda x, y: [-x, y]),
     ["elsewhere than the units of their codes"]),
]
FILES: list[tuple[str, bytes, list[str]]] = [
    ("nothing", b"", ["is empty"]),
    ("blanks", b" \n", ["is empty"]),
    ("cut off", json.dumps(collection()).encode()[:-40], ["is no JSON", "may have been cut off"]),
    ("words", b"batas wilayah", ["is no JSON"]),
    ("a list", b"[1, 2]", ["no collection of features: its type is 'list'"]),
    ("very deep", b"[" * 100_000, ["is no JSON"]),
    ("a zipped shapefile", b"PK\x03\x04...", ["a ZIP archive, perhaps of a shapefile"]),
    ("a shapefile", b"\x00\x00\x27\x0a...", ["no GeoJSON file but a shapefile", "QGIS"]),
    ("KML", b"<?xml version='1.0'?><kml/>", ["XML, such as KML"]),
    ("Latin-1", b'{"type":\n"\xe9"}', ["line 2: byte 0xe9 is not UTF-8"]),
]
# fmt: on


@pytest.mark.parametrize(("spoil", "says"), [pytest.param(*row, id=name) for name, *row in FAULTS])
def test_a_file_with_a_fault(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], says: list[str]
) -> None:
    found = collection()
    spoil(found)
    message = refusal(tmp_path, found)
    assert [each for each in says if each not in message] == []


@pytest.mark.parametrize(("content", "says"), [pytest.param(*row, id=name) for name, *row in FILES])
def test_a_file_that_is_none(tmp_path: Path, content: bytes, says: list[str]) -> None:
    message = refusal(tmp_path, content)
    assert [each for each in says if each not in message] == []


def test_a_property_that_is_not_there(tmp_path: Path) -> None:
    message = refusal(tmp_path, collection(), key="kode")
    assert "has no property 'kode'. It has 'nama', 'kode_kemendagri', 'urut'" in message


def test_codes_of_bps_are_refused_though_the_reader_gives_their_property(tmp_path: Path) -> None:
    found = collection()
    set_codes(found, BPS, "kode_bps")
    assert "may be those of BPS" in refusal(tmp_path, found, key="kode_bps")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"batas\.geojson is missing\. Give the path"):
        read_boundaries(tmp_path / "batas.geojson", POINTS)


def test_many_faults_are_counted(tmp_path: Path) -> None:
    found = collection()
    first = found["features"][0]
    found["features"] += [{**first, "geometry": None} for _ in range(14)]
    assert "and 4 more" in refusal(tmp_path, found)
