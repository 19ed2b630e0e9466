"""Units, posts and people of a dataset as an organisation; people are mere numbers in it."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.individuals.aggregation import Records
from analysis.messages import some
from analysis.restructuring import Organisation
from analysis.restructuring.forest import Forest

_KINDS = {"1": "struktural", "2": "fungsional", "4": "pelaksana"}  # by jenisJabatanId
_POST = ["unorId", "jabatan", "provinsi", "kabkota"]
_HELD = ["unorId", "jabatanNama", "provinsi", "kabkota"]
_COLUMNS = {
    "units": ["Id", "DiatasanId", "EselonId", "NamaUnor", "JenisUnorId"],
    "posts": [*_POST, "jenisJabatanId", "jenjang", "kelas", "bezetting", "kebutuhan"],
    "people": [*_HELD, "tkPendidikanTerakhir", "tglLahir", "golRuangAkhir", "tmtCpns"],
}


@dataclass(frozen=True, eq=False)
class Establishment:
    """The three tables of records that an organisation is made of.

    Attributes
    ----------
    units, posts, people : DataFrame
    keys : Series, optional
        Key of each row of people, if it was asked for.
    """

    units: pd.DataFrame
    posts: pd.DataFrame
    people: pd.DataFrame
    keys: "pd.Series[str] | None" = None


def read_establishment(records: Records, *, keyed: bool = False) -> Establishment:
    """Return units, posts and people, without names.

    Parameters
    ----------
    records : Records
    keyed : bool
        Whether to say whose each row of people is, to look for them in other tables.

    Raises
    ------
    LackingError
        If the records lack a table or column.
    """
    tables = {name: records.of(name, *columns) for name, columns in _COLUMNS.items()}
    if keyed:
        tables["people"] = records.about("people", *_COLUMNS["people"])
    found = {
        name: table.select(*_COLUMNS[name], *["nipBaru"] * (keyed and name == "people"))
        .to_pyarrow()
        .to_pandas()
        for name, table in tables.items()
    }
    keys = found["people"].pop("nipBaru").astype("str") if keyed else None
    return Establishment(**found, keys=keys)


def organisation_from(records: Establishment, day: dt.date) -> Organisation:
    """Return the organisation of the records.

    The places of posts are kabupaten and kota: they stand where the organisation has provinces.
    Agencies are told apart by their root, and what kind they are by its name. Service is counted in
    whole years from the appointment as a candidate to the day.

    Raises
    ------
    DataError
        If people are in posts that the posts do not have; also as `Organisation.from_frames`.
    """
    posts = _posts(records)
    return Organisation.from_frames(_units(records.units), posts, _people(records, posts, day))


def need_from(records: Establishment) -> pd.DataFrame:
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


def unit_need(records: Establishment) -> "pd.Series[float]":
    """Return people needed in all posts of each unit, in the order of the units."""
    need = records.posts.groupby("unorId")["kebutuhan"].sum()
    return need.reindex(records.units["Id"]).fillna(0).astype(np.float64).rename_axis("unit")


def place_need(records: Establishment) -> "pd.Series[float]":
    """Return people needed in all posts of each kabupaten or kota."""
    need = records.posts.groupby("kabkota", observed=True)["kebutuhan"].sum()
    return need.astype(np.float64)


def _units(units: pd.DataFrame) -> pd.DataFrame:
    place = pd.Series(np.arange(len(units)), units["Id"])
    above = units["DiatasanId"].map(place[~place.index.duplicated()])
    forest = Forest(above.fillna(-1).to_numpy(np.int64))
    agency = units["NamaUnor"].iloc[forest.nearest(forest.parent < 0)].set_axis(units.index)
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


def _posts(records: Establishment) -> pd.DataFrame:
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


def _people(records: Establishment, posts: pd.DataFrame, day: dt.date) -> pd.DataFrame:
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
            "golongan": people["golRuangAkhir"],
            "service": _whole_years(people["tmtCpns"], day),
        }
    )


def _whole_years(since: pd.Series, day: dt.date) -> "pd.Series[float]":
    start = pd.to_datetime(since)
    early = (start.dt.month > day.month) | (
        (start.dt.month == day.month) & (start.dt.day > day.day)
    )
    return (day.year - start.dt.year - early).astype("float64")
