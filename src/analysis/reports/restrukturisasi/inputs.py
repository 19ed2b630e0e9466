"""What report 10 works on: trees of units, the rules of a day, and what they do together."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import datasets
from analysis.datasets.organisations import (
    BPS_AFTER,
    BPS_BEFORE,
    BSN,
    RIAU,
    SETWAPRES,
    TREES,
    read_organisation,
)
from analysis.errors import ParameterError
from analysis.reports.parameters import found_path
from analysis.reports.restrukturisasi.parameters import Restrukturisasi
from analysis.restructuring import Organisation, Restructuring, Rules, head_posts, restructure

KEYS = {"bps_provinsi": BPS_BEFORE, "bsn": BSN, "riau": RIAU, "setwapres": SETWAPRES}
_UNIT = {
    "induk": "parent",
    "nama": "name",
    "jenis": "kind",
    "instansi": "agency",
    "lingkup": "agency_kind",
}
_POST = {"jabatan": "post", "nama": "title", "kelompok": "kind", "formasi": "seats"}
_OTHER = "lain"  # posts that are neither structural, functional nor pelaksana


@dataclass(frozen=True, eq=False)
class Case:
    """An organisation with what is known of its source.

    Attributes
    ----------
    name : str
        Key of the tree; "berkas" for a file.
    agency : str
    units : DataFrame
        As the table `organisasi_unit`, one row a unit.
    organisation : Organisation
        With one person in each seat: nothing is known of people, and posts are filled.
    seats : int
        Seats of all posts.
    left_out : int
        Seats that are neither structural, functional nor pelaksana.
    formation : bool
        Whether the source tells of other posts than those of heads.
    """

    name: str
    agency: str
    units: pd.DataFrame
    organisation: Organisation
    seats: int
    left_out: int
    formation: bool


def case(p: Restrukturisasi) -> Case:
    """Return the organisation of the parameters."""
    if p.file is None or p.mapping is None or p.scope is None:
        return public(p.tree)
    found = read_organisation(
        found_path(p.file, "file"),
        found_path(p.mapping, "mapping"),
        scope=p.scope,
        beginnings=datasets.read_processed("eselon_menurut_nama"),
    )
    return _case(p.tree, found.units, None)


def public(name: str) -> Case:
    """Return one of the public trees, by its name among the parameters."""
    units = datasets.read_processed("organisasi_unit")
    posts = datasets.read_processed("organisasi_jabatan")
    key = KEYS[name]
    return _case(name, units[units["susunan"] == key], posts[posts["susunan"] == key])


def tables_of_other_trees(names: Collection[str]) -> frozenset[str]:
    """Return the raw tables of the public trees that are not among these."""
    read = {KEYS[name] for name in names}
    return frozenset(tree.table for key, tree in TREES.items() if key not in read)


def tables_unread(p: Restrukturisasi) -> frozenset[str]:
    """Return the raw tables behind report 10 of which it reads no row.

    It runs the rules on every public tree; what became of the office of BPS, and the match of its
    units, it reads on its page only.
    """
    if p.tree == "bps_provinsi":
        return frozenset()
    return frozenset({TREES[BPS_AFTER].table, "padanan_bps_provinsi"})


def rules(p: Restrukturisasi) -> Rules:
    """Return the rules of the day, without those switched off."""
    table = datasets.read_processed("aturan_penyederhanaan")
    ages = datasets.read_processed("batas_usia_pensiun")
    return Rules.from_frame(table, ages, p.day).without(p.switched_off)


def restructured(found: Case, of: Rules) -> Restructuring:
    """Return what the rules make of an organisation."""
    return restructure(found.organisation, of)


def organisation_of(units: pd.DataFrame, posts: pd.DataFrame | None) -> Organisation:
    """Return the organisation of tidy units and posts, with one person in each seat."""
    frame = units.rename(columns=_UNIT).reset_index(drop=True)
    columns = ["unit", "eselon", *_UNIT.values(), *(["opd"] if frame["opd"].notna().all() else [])]
    frame = frame[columns].assign(kind=frame["kind"].fillna("lain"))
    if posts is None:
        jobs = head_posts(frame).assign(seats=1)
    else:
        jobs = posts[posts["kelompok"] != _OTHER].rename(columns=_POST)
        jobs = jobs[["post", "unit", "kind", "title", "eselon", "jenjang", "seats"]]
    jobs = jobs.reset_index(drop=True)
    if jobs.empty:
        raise ParameterError(
            "The organisation has no post: no unit has an echelon. Map the column eselon, or a "
            "column of titles as kepala, from which it is inferred."
        )
    seats = np.repeat(jobs["post"].to_numpy(), jobs["seats"].to_numpy())
    people = pd.DataFrame({"person": np.arange(seats.size), "post": seats})
    return Organisation.from_frames(frame, jobs, people)


def _case(name: str, units: pd.DataFrame, posts: pd.DataFrame | None) -> Case:
    agencies = units["instansi"].unique().tolist()
    heads = posts is None or bool(posts["kepala"].all())
    left_out = 0 if posts is None else int(posts.loc[posts["kelompok"] == _OTHER, "formasi"].sum())
    made = organisation_of(units, posts)
    return Case(
        name=name,
        agency=agencies[0] if len(agencies) == 1 else "",
        units=units.reset_index(drop=True),
        organisation=made,
        seats=int(made.posts["seats"].sum()),
        left_out=left_out,
        formation=not heads,
    )


def flows(found: Restructuring) -> pd.DataFrame:
    """Return where structural posts go.

    Returns
    -------
    DataFrame
        `origin` ("Eselon III" and the like), `destination` (a key of `DESTINATIONS` or a level of
        functional posts) and `people`, posts; one row a pair.
    """
    posts = found.posts()
    posts = posts[posts["eselon"] != ""]
    crosswalk = found.crosswalk().set_index("unit")["status"].astype(str)
    level = found.details.drop_duplicates("post").set_index("post")["level"].astype(str)
    stays = posts["unit"].map(crosswalk).eq("exempt").map({True: EXEMPT, False: RETAINED})
    to = posts["post"].map(level).fillna(CLOSED).where(posts["status"] != "kept", stays)
    origin = "Eselon " + posts["eselon"].str.partition(".")[0]
    pairs = pd.DataFrame({"origin": origin, "destination": to})
    return pairs.value_counts(sort=False).rename("people").reset_index()


RETAINED, EXEMPT, CLOSED = "tetap", "tetap, dikecualikan", "ditutup"


def agencies() -> dict[str, str]:
    """Return the agency of each public tree, by its name among the parameters."""
    return {name: TREES[key].agency for name, key in KEYS.items()}
