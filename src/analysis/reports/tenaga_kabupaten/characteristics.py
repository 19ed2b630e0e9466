"""What kabupaten and kota are like: size, crowding, villages, kind, island, distance; neighbours.

Terms, in the order of `TERMS`, on the scale on which models take them:

- `penduduk`: logarithm to base 2 of the people, so that one more is twice as many;
- `kepadatan`: logarithm to base 2 of the people per km2. With the people beside it, twice as dense
  means half the area;
- `desa`: desa as a share of desa and kelurahan;
- `kota`: 1 for a kota, 0 for a kabupaten;
- `pulau`: 1 for a unit without a neighbour on land, 0 for others. A unit on a large island is none,
  nor is one that shares a small island with another;
- `jarak`: logarithm to base 2 of the great-circle distance from the point of the unit to the
  capital of its province of today, in km; what is nearer than `NEAR` counts as that far, for within
  a city twice as far means nothing.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import datasets
from analysis.inequality.decomposition.adjacency import (
    Lists,
    neighbours_among,
    neighbours_from_pairs,
)
from analysis.redistribution.flows.distance import great_circle, great_circle_between
from analysis.reports.tenaga_kabupaten import spread

TERMS = ("penduduk", "kepadatan", "desa", "kota", "pulau", "jarak")
STEPS = {"desa": 0.1}  # of all others one: twice as much, or the one kind against the other
NEAR = 10.0  # km
# What each is called inside a sentence, in Indonesian; the catalogue has the English.
NAMES = {
    "penduduk": "jumlah penduduk",
    "kepadatan": "kepadatan",
    "desa": "bagian desa",
    "kota": "status kota",
    "pulau": "pulau tanpa tetangga darat",
    "jarak": "jarak ke ibu kota provinsi",
}


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What the kabupaten and kota of a report are like; all of it by `kode_kemendagri`.

    Attributes
    ----------
    values : DataFrame
        In units of everyday: `penduduk` (people), `kepadatan` (people per km2), `desa` (share),
        `kota` and `pulau` (0 or 1), `jarak` (km).
    terms : DataFrame
        The columns of `TERMS`.
    neighbours : dict
        The neighbours of each unit on land, among the units of the report.
    points : DataFrame
        `lintang` and `bujur`.
    """

    values: pd.DataFrame
    terms: pd.DataFrame
    neighbours: Lists
    points: pd.DataFrame

    def distances(self) -> pd.DataFrame:
        """Return the distances between the points of all units, in km."""
        found: pd.DataFrame = great_circle(self.points["lintang"], self.points["bujur"])
        return found


def surroundings(units: pd.DataFrame) -> Surroundings:
    """Return what the units of a report are like; `units` is the frame of `inputs.supply`."""
    rows = units.set_index("kode_kemendagri")
    area = datasets.read_processed("wilayah_kabkota").set_index("kode_kemendagri").loc[rows.index]
    pairs = datasets.read_processed("kabkota_berbatasan")
    everywhere = neighbours_from_pairs(pairs["kode_a"], pairs["kode_b"], _all_units())
    capitals = datasets.read_processed("provinsi").set_index("kode_kemendagri")
    places = ["lintang", "bujur"]
    capital = capitals.loc[rows.index.str[:2], places].to_numpy(dtype=float)
    away = great_circle_between(rows[places].to_numpy(dtype=float), capital, paired=True)
    values = pd.DataFrame(
        {
            "penduduk": rows["penduduk"],
            "kepadatan": rows["penduduk"] / area["luas_km2"],
            "desa": area["desa"] / (area["desa"] + area["kelurahan"]),
            "kota": rows["jenis"] == spread.CITY,
            "pulau": [not everywhere[code] for code in rows.index],
            "jarak": away,
        }
    ).astype(float)
    return Surroundings(
        values, terms(values), neighbours_among(everywhere, rows.index), rows[places]
    )


def terms(values: pd.DataFrame) -> pd.DataFrame:
    """Return values as models take them."""
    return values.assign(
        penduduk=np.log2(values["penduduk"]),
        kepadatan=np.log2(values["kepadatan"]),
        jarak=np.log2(values["jarak"].clip(lower=NEAR)),
    )


def _all_units() -> pd.Series:
    return datasets.read_processed("kabkota")["kode_kemendagri"]
