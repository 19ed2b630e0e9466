"""The coastline that is shipped: as it was described, or refused."""

import json
from typing import Any

import pytest
import shapely
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, read_package, read_table
from analysis.datasets.describing import Particulars, add_table, remove_table, update_hashes
from analysis.datasets.geojson import areas_of
from analysis.errors import DataError
from analysis.paths import RAW

FAR_AWAY = [[90.0, -2.0], [91.0, -2.0], [91.0, -1.0], [90.0, -2.0]]


def edited(raw: RawFolder, change: Any) -> str:
    """Return why the coastline is refused after a change to it, its hash being written anew."""
    file = raw.path / "garis_pantai.geojson"
    found = json.loads(file.read_bytes())
    change(found["features"])
    file.write_text(json.dumps(found), "utf-8")
    with pytest.raises(DataError) as caught:
        update_hashes(raw.path)
    assert str(file) in str(caught.value)
    return str(caught.value)


def test_the_coast_has_a_row_for_each_corner() -> None:
    found = json.loads((RAW / "garis_pantai.geojson").read_bytes())
    rings = [
        (feature["properties"]["nama"], part, ring, corners)
        for feature in found["features"]
        for part, rings in enumerate(feature["geometry"]["coordinates"])
        for ring, corners in enumerate(rings)
    ]
    coast = PROCESSED_TABLES["garis_pantai"].build(RawTables(RAW))
    assert list(coast) == ["nama", "bagian", "cincin", "bujur", "lintang"]
    drawn = coast.groupby(["nama", "bagian", "cincin"], sort=False)[["bujur", "lintang"]]
    for (key, corners), (*named, given) in zip(drawn, rings, strict=True):
        assert list(key) == named
        assert corners.to_numpy().tolist() in (given, given[::-1])


def test_every_kabupaten_and_kota_is_on_the_land_but_one_of_islands_too_small_to_draw() -> None:
    file = RAW / "garis_pantai.geojson"
    indonesia = areas_of(file, file.read_bytes()).shapes[0]
    points = read_table("kabkota_titik").set_index("kode_kemendagri")[["bujur", "lintang"]]
    away = shapely.distance(indonesia, shapely.points(points.to_numpy()))
    assert points.index[away > 0.05].tolist() == ["31.01"]  # Kepulauan Seribu


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.reverse(), "property nama: the features are ['negara tetangga', 'Indonesia']"),
        (lambda f: f.pop(), "expected ['Indonesia', 'negara tetangga']"),
        (lambda f: f[0]["properties"].clear(), "the features are [None, 'negara tetangga']"),
        (lambda f: f[0]["geometry"]["coordinates"].pop(), "Indonesia: 242 parts; expected 243"),
        (
            lambda f: f[0]["geometry"]["coordinates"].__setitem__(0, [FAR_AWAY]),
            "batas, barat: a corner is at 90; expected 94.5",
        ),
        (
            lambda f: f[1]["geometry"]["coordinates"][0][0].insert(1, [120.0, 50.0]),
            "Self-intersection",
        ),
    ],
    ids=["reversed", "one only", "no names", "an island gone", "out of bounds", "crossing itself"],
)
def test_a_coast_that_is_not_the_one_described(raw: RawFolder, change: Any, says: str) -> None:
    assert says in edited(raw, change)


def test_a_coast_that_was_changed_or_emptied_or_is_gone(raw: RawFolder) -> None:
    file = raw.path / "garis_pantai.geojson"
    content = file.read_bytes()
    file.write_bytes(content + b"\n")
    assert "garis_pantai.geojson has changed since it was described" in raw.refusal("garis_pantai")
    file.write_bytes(b"")
    assert "is empty. It should start with" in raw.refusal("garis_pantai")
    file.unlink()
    assert "git checkout -- garis_pantai.geojson" in raw.refusal("garis_pantai")


@pytest.mark.parametrize("key", ["jumlah_bagian", "batas", "kunci", "sources", "hash", "format"])
def test_a_description_that_lacks_a_key(raw: RawFolder, key: str) -> None:
    raw.describe(lambda entries: entries["garis_pantai"].pop(key))
    with pytest.raises(DataError, match="table garis_pantai, ") as caught:
        read_package(raw.path)
    assert key in str(caught.value) or key == "format"  # without it, a table is expected


def test_a_file_of_another_name(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["garis_pantai"].update(path="garis_pantai.csv"))
    with pytest.raises(DataError, match=r"path must be garis_pantai\.geojson"):
        read_package(raw.path)


@pytest.mark.usefixtures("unchanged")
def test_the_coast_is_no_pattern_for_a_table_and_stays(raw: RawFolder) -> None:
    with pytest.raises(DataError, match=r"no table but garis_pantai\.geojson"):
        add_table(
            "baru",
            "garis_pantai",
            Particulars(
                title="Judul",
                source="Sumber",
                publisher="Penerbit",
                terms="Bebas.",
                date=read_package(raw.path)["provinsi"].tanggal_acuan,
            ),
            raw=raw.path,
        )
    with pytest.raises(DataError, match=r"'garis_pantai' cannot be removed.*garis_pantai"):
        remove_table("garis_pantai", raw.path)
