"""An organisation: a forest of units with posts and people attached, checked once, as arrays."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, IntArray, as_frame
from analysis.errors import DataError
from analysis.messages import counted
from analysis.restructuring.columns import KINDS, PEOPLE, POSTS, UNITS, codes_of, tidy
from analysis.restructuring.echelons import echelon_codes, echelon_names
from analysis.restructuring.forest import Forest
from analysis.restructuring.refusals import (
    refuse_ascending_echelons,
    refuse_cycle,
    refuse_doubles,
    refuse_empty_agencies,
    refuse_other_agency,
    refuse_two_heads,
    resolve,
)

if TYPE_CHECKING:
    from analysis.labels import Labels

STRUCTURAL, FUNCTIONAL, PELAKSANA = range(len(KINDS))


@dataclass(frozen=True, eq=False, repr=False)
class Organisation:
    """Units, posts and people, each a frame of columns with one row a unit, post or person.

    Made by `from_frames`, which checks everything; no frame of it is ever written to.

    Attributes
    ----------
    units : DataFrame, indexed by unit
        `name`, `kind`, `agency` (categories), `eselon` (10 times the level, 1 or 2 added for the
        letter, 0 for none) and the further columns given.
    posts : DataFrame, indexed by post
        `kind` (categories `KINDS`), `title`, `jenjang`, `family`, `province` (categories), `eselon`
        as above, `kelas`, `seats`, `closed` (no longer established, held by its last
        incumbents), `moved_from` and `task` (the dissolved unit it was moved out of, and what that
        did; empty in others).
    people : DataFrame, indexed by person
        The further columns given.
    parent : ndarray of int, shape (units,)
        Position of the parent of each unit, -1 at a root.
    post_unit : ndarray of int, shape (posts,)
        Position of the unit of each post.
    person_post : ndarray of int, shape (people,)
        Position of the post of each person.
    """

    units: pd.DataFrame
    posts: pd.DataFrame
    people: pd.DataFrame
    parent: IntArray
    post_unit: IntArray
    person_post: IntArray

    @classmethod
    def from_frames(
        cls, units: object, posts: object = None, people: object = None
    ) -> "Organisation":
        """Return the organisation of three tables, or say what is wrong in which rows.

        Parameters
        ----------
        units : DataFrame
            `unit` (label), `parent` (label, missing at a root), `eselon` of its head (missing where
            it has none), `kind` (of unit), `agency`, `name`. Optional: `agency_kind` ("pusat",
            "provinsi" or "kabkota"), `province`, `task` (what it does, where its name does not say
            so), `exempt` (true, false, or missing to leave it to the rules) with its `reason`.
        posts : DataFrame, optional
            `post` (label), `unit`, `kind` ("struktural", "fungsional" or "pelaksana"), `title`,
            `eselon` of structural posts. Optional: `jenjang` of functional posts, `kelas`,
            `family` (the functional post without its level), `province` (where its people work;
            that of its unit by default), `seats` (people it is established for; 1 by default).
            By default each unit with an echelon has the post of its head, and no other.
        people : DataFrame, optional
            `person` (key), `post`. Optional: `education` (SIASN code of level, "40"), `golongan`
            (SIASN code, "34", or "III/d"), `birth` (date), `service` (whole years), and the
            monthly incomes in rupiah `income_structural` and `income_functional`. Nobody by
            default: posts and layers can be studied without people.

        Raises
        ------
        DataError
            If a column is missing or of other values, a label is missing or occurs twice, a unit
            has two parents, one that is not there or of another agency, or is its own ancestor, an
            echelon stands under a lower one, a unit has two heads, an agency is not named or has
            no post, a post is in no unit or in two, or a person is in no post or in two.

        Examples
        --------
        >>> units = pd.DataFrame(
        ...     {
        ...         "unit": ["D", "B", "S"],
        ...         "parent": [None, "D", "B"],
        ...         "eselon": ["II.a", "III.a", "IV.a"],
        ...         "kind": ["dinas", "bidang", "seksi"],
        ...         "agency": "Kabupaten A",
        ...         "name": ["Dinas Sosial", "Bidang Bantuan", "Seksi Data"],
        ...     }
        ... )
        >>> Organisation.from_frames(units)
        1 agency: 3 units, 3 posts, nobody
        """
        table = tidy(as_frame(units, what="units"), UNITS)
        unit_labels, parent = _units(table)
        given = head_posts(table) if posts is None else as_frame(posts, what="posts")
        table["eselon"] = echelon_codes(table["eselon"], what="units, column eselon")
        forest = Forest(parent)
        refuse_cycle(forest, unit_labels)
        refuse_other_agency(table, parent, unit_labels)
        refuse_ascending_echelons(table["eselon"].to_numpy(), forest, unit_labels)
        jobs = tidy(given, POSTS)
        post_labels, post_unit = _attached(jobs, "post", "unit", unit_labels)
        jobs = _completed(jobs, table, post_unit)
        refuse_two_heads(jobs, table, post_unit)
        refuse_empty_agencies(table, post_unit)
        if people is None:
            people = pd.DataFrame({"person": post_labels[:0], "post": post_labels[:0]})
        persons = tidy(as_frame(people, what="people"), PEOPLE)
        person_labels, person_post = _attached(persons, "person", "post", post_labels)
        return cls(
            _indexed(table, unit_labels, "parent"),
            _indexed(jobs, post_labels, "unit"),
            _indexed(persons, person_labels, "post"),
            parent,
            post_unit,
            person_post,
        )

    def to_frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return units, posts and people as `from_frames` takes them."""
        units = self.units.reset_index(names="unit")
        above = self.units.index[np.maximum(self.parent, 0)]
        units.insert(1, "parent", above.to_series(index=units.index).where(self.parent >= 0))
        units["eselon"] = echelon_names(units["eselon"])
        posts = self.posts.reset_index(names="post")
        posts.insert(1, "unit", self.units.index[self.post_unit])
        posts["eselon"] = echelon_names(posts["eselon"])
        people = self.people.reset_index(names="person")
        people.insert(1, "post", self.posts.index[self.person_post])
        return units, posts, people

    def __repr__(self) -> str:
        agencies = self.units["agency"].nunique()
        people = counted(len(self.people), "person", "people") if len(self.people) else "nobody"
        return (
            f"{counted(agencies, 'agency', 'agencies')}: {counted(len(self.units), 'unit')}, "
            f"{counted(len(self.posts), 'post')}, {people}"
        )

    @cached_property
    def forest(self) -> Forest:
        """The forest of units."""
        return Forest(self.parent)

    @cached_property
    def incumbents(self) -> IntArray:
        """People in each post, shape (posts,)."""
        return np.bincount(self.person_post, minlength=len(self.posts))

    @cached_property
    def person_unit(self) -> IntArray:
        """Position of the unit of each person, shape (people,)."""
        return self.post_unit[self.person_post]

    @cached_property
    def staff(self) -> IntArray:
        """People in each unit, shape (units,)."""
        return np.bincount(self.person_unit, minlength=len(self.units))

    @cached_property
    def post_kind(self) -> npt.NDArray[np.int8]:
        """Kind of each post: `STRUCTURAL`, `FUNCTIONAL` or `PELAKSANA`."""
        return codes_of(self.posts["kind"]).astype(np.int8, copy=False)

    @cached_property
    def is_head(self) -> BoolArray:
        """Which posts head their unit: established, with the unit's own echelon."""
        eselon = self.posts["eselon"].to_numpy()
        own = self.units["eselon"].to_numpy()[self.post_unit]
        away = (self.posts["closed"] | self.posts["moved_from"].notna()).to_numpy()
        heads: BoolArray = (eselon > 0) & (eselon == own) & ~away
        return heads

    @cached_property
    def head(self) -> IntArray:
        """Position of the post that heads each unit, -1 where none does, shape (units,)."""
        heads = np.full(len(self.units), -1, dtype=np.int64)
        posts = np.flatnonzero(self.is_head)
        heads[self.post_unit[posts]] = posts
        return heads

    def headcount(self, by: str) -> "pd.Series[int]":
        """Return people by `agency` or `province`, in the order of the categories."""
        column = self.posts["province"] if by == "province" else self.units["agency"]
        codes = codes_of(column)[self.person_post if by == "province" else self.person_unit]
        names = column.cat.categories
        counts = np.bincount(codes[codes >= 0], minlength=names.size)
        return pd.Series(counts, index=names, name="people")


def head_posts(units: pd.DataFrame) -> pd.DataFrame:
    """Return the post of the head of each unit that has an echelon.

    Parameters
    ----------
    units : DataFrame
        As `Organisation.from_frames` takes them.

    Returns
    -------
    DataFrame
        `post` (the label of the unit), `unit`, `kind`, `title`, `eselon`.
    """
    codes = echelon_codes(units["eselon"], what="units, column eselon")
    headed = units[codes > 0]
    return pd.DataFrame(
        {
            "post": headed["unit"],
            "unit": headed["unit"],
            "kind": KINDS[STRUCTURAL],
            "title": "Kepala " + headed["name"].astype("str"),
            "eselon": echelon_names(pd.Series(codes[codes > 0])),
        }
    )


def _units(table: pd.DataFrame) -> tuple["Labels[Any]", IntArray]:
    """Return the labels of units and the position of the parent of each."""
    refuse_doubles(table, "unit", "parent", many="parents")
    labels = pd.Index(table["unit"], name="unit")
    parent = np.full(len(table), -1, dtype=np.int64)
    below = table["parent"].notna().to_numpy()
    parent[below] = resolve(table[below], "unit", "parent", labels)
    return labels, parent


def _indexed(table: pd.DataFrame, labels: "Labels[Any]", to: str) -> pd.DataFrame:
    """Return a table by its labels, without the hash table by which they were looked up."""
    fresh: Labels[Any] = pd.Index(labels.array, name=labels.name)
    return table.drop(columns=[labels.name, to]).set_axis(fresh)


def _attached(
    table: pd.DataFrame, own: str, to: str, labels: "Labels[Any]"
) -> tuple["Labels[Any]", IntArray]:
    """Return the labels of posts or people, and what each is attached to."""
    refuse_doubles(table, own, to, many=f"{to}s")
    return pd.Index(table[own], name=own), resolve(table, own, to, labels)


def _completed(jobs: pd.DataFrame, units: pd.DataFrame, post_unit: IntArray) -> pd.DataFrame:
    """Return posts with echelons as numbers and the columns that have a default."""
    jobs["eselon"] = echelon_codes(jobs["eselon"], what="posts, column eselon")
    structural = (jobs["kind"] == KINDS[STRUCTURAL]).to_numpy()
    _refuse_rows(
        jobs,
        structural & (jobs["eselon"] == 0).to_numpy(),
        "structural without an echelon. Give the column eselon, or another kind",
    )
    _refuse_rows(
        jobs,
        (jobs["kind"] == KINDS[FUNCTIONAL]).to_numpy() & (jobs["eselon"] > 0).to_numpy(),
        "functional with an echelon. Leave the column eselon empty, or give another kind",
    )
    if "province" not in jobs:
        given = units.get("province")
        place = pd.Categorical([None] * len(jobs)) if given is None else given.array[post_unit]
        jobs["province"] = place
    return jobs


def _refuse_rows(jobs: pd.DataFrame, wrong: BoolArray, rule: str) -> None:
    if wrong.any():
        rows = jobs.loc[wrong, "post"]
        shown = ", ".join(f"{post} (row {row})" for row, post in rows.head(5).items())
        raise DataError(f"posts: {len(rows)} posts are {rule}: {shown}.")
