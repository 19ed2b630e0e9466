"""Units, posts and people of a dataset as an organisation; people are mere numbers in it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.dataset as pads

from analysis.errors import DataError
from analysis.individuals.folders import open_dataset
from analysis.messages import some
from analysis.restructuring import Organisation

_KINDS = {"1": "struktural", "2": "fungsional", "4": "pelaksana"}  # by jenisJabatanId
_POST = ["unorId", "jabatan", "provinsi", "kabkota"]
_HELD = ["unorId", "jabatanNama", "provinsi", "kabkota"]
_COLUMNS = {
    "units": ["Id", "DiatasanId", "EselonId", "NamaUnor", "JenisUnorId", "InstansiId"],
    "posts": [*_POST, "jenisJabatanId", "jenjang", "kelas", "bezetting", "kebutuhan"],
    "people": [*_HELD, "tkPendidikanTerakhir", "tglLahir"],
}


@dataclass(frozen=True, eq=False)
class Records:
    """The three tables of a dataset that an organisation is made of."""

    units: pd.DataFrame
    posts: pd.DataFrame
    people: pd.DataFrame


def read_records(folder: Path) -> Records:
    """Return units, posts and people of a whole dataset, without NIP and names.

    Raises
    ------
    DataError
        If the dataset is not whole.
    """
    dataset = open_dataset(folder)
    tables = {
        name: pads.dataset([str(file) for file in dataset.of(name)])
        .to_table(columns=columns)
        .to_pandas()
        for name, columns in _COLUMNS.items()
    }
    return Records(**tables)


def organisation_from(records: Records) -> Organisation:
    """Return the organisation of the records.

    The places of posts are kabupaten and kota: they stand where the organisation has provinces.
    Agencies are told apart by their root, and what kind they are by its name.

    Raises
    ------
    DataError
        If people are in posts that the posts do not have; also as `Organisation.from_frames`.
    """
    posts = _posts(records)
    return Organisation.from_frames(_units(records.units), posts, _people(records, posts))


def need_from(records: Records) -> pd.DataFrame:
    """Return people needed in functional posts, kabupaten and kota by functional families.

    Returns
    -------
    DataFrame of float
        Every place that has posts has a row; a family that nobody needs has no column.
    """
    posts = records.posts
    functional = posts["jenisJabatanId"].astype(str) == "2"
    wanted = posts[functional].assign(family=_families(posts[functional]))
    table = wanted.pivot_table(
        index="kabkota", columns="family", values="kebutuhan", aggfunc="sum", fill_value=0
    )
    places = pd.Index(sorted(posts["kabkota"].unique()), name="kabkota")
    table = table.reindex(places, fill_value=0).astype(np.float64)
    return table.loc[:, table.sum() > 0]


def _units(units: pd.DataFrame) -> pd.DataFrame:
    roots = units[units["DiatasanId"].isna()].set_index("InstansiId")["NamaUnor"]
    agency = units["InstansiId"].map(roots)
    regional = agency.str.extract(r"^Pemerintah (Provinsi|Kabupaten|Kota)\b", expand=False)
    kind = regional.map({"Provinsi": "provinsi", "Kabupaten": "kabkota", "Kota": "kabkota"})
    return pd.DataFrame(
        {
            "unit": units["Id"],
            "parent": units["DiatasanId"],
            "eselon": units["EselonId"],
            "kind": units["JenisUnorId"],
            "agency": agency,
            "agency_kind": kind.fillna("pusat"),
            "name": units["NamaUnor"],
        }
    )


def _posts(records: Records) -> pd.DataFrame:
    posts = records.posts
    kind = posts["jenisJabatanId"].astype(str).map(_KINDS)
    functional = kind == "fungsional"
    echelon = posts["unorId"].map(records.units.set_index("Id")["EselonId"])
    return pd.DataFrame(
        {
            "post": np.arange(len(posts)),
            "unit": posts["unorId"],
            "kind": kind,
            "title": posts["jabatan"],
            "eselon": echelon.where(kind == "struktural"),
            "jenjang": posts["jenjang"].str.lower().where(functional),
            "family": _families(posts).where(functional),
            "kelas": posts["kelas"],
            "seats": posts[["kebutuhan", "bezetting"]].max(axis=1),
            "province": posts["kabkota"],
        }
    )


def _families(posts: pd.DataFrame) -> pd.Series:
    """Return the titles without the level that ends them."""
    level = posts["jenjang"].astype("str").fillna("")
    said = [
        title.removesuffix(f" {each}") if each else title
        for title, each in zip(posts["jabatan"].astype(str), level, strict=True)
    ]
    return pd.Series(said, index=posts.index, dtype="str")


def _people(records: Records, posts: pd.DataFrame) -> pd.DataFrame:
    people = records.people
    key = pd.MultiIndex.from_frame(records.posts[_POST].astype(str))
    place = key.get_indexer(pd.MultiIndex.from_frame(people[_HELD].astype(str)))
    lost = people.index[place < 0]
    if lost.size:
        titles = people.loc[lost, "jabatanNama"].astype(str).unique()
        raise DataError(
            f"people: {lost.size} are in posts that the table posts does not have, such as "
            f"{some(titles)}. Make both tables from one extract."
        )
    return pd.DataFrame(
        {
            "person": np.arange(len(people)),
            "post": posts["post"].to_numpy()[place],
            "education": people["tkPendidikanTerakhir"],
            "birth": people["tglLahir"],
        }
    )
