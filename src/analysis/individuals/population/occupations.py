"""What people's posts are called, their jenjang, class and age of retirement."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.datasets import read_processed
from analysis.datasets.retirement import RetirementRules
from analysis.errors import DataError
from analysis.individuals.population.assumptions import numbers
from analysis.individuals.population.kinds import (
    ALL_GOLONGAN,
    ECHELONS,
    EDUCATION_CODES,
    FUNCTIONAL,
    LEVELS,
    POST_LIST,
)

JENJANG: Final = (
    "Pemula",
    "Terampil",
    "Mahir",
    "Penyelia",
    "Ahli Pertama",
    "Ahli Muda",
    "Ahli Madya",
    "Ahli Utama",
)
_FIRST_EXPERT: Final = JENJANG.index("Ahli Pertama")
_OLD_NAMES: Final = {
    "Pelaksana Pemula": "Pemula",
    "Pelaksana": "Terampil",
    "Ahli Media": "Ahli Madya",
}
_SKILLED = {"II/a": "Pemula"} | dict.fromkeys(("II/b", "II/c", "II/d"), "Terampil")
_SKILLED |= dict.fromkeys(("III/a", "III/b"), "Mahir") | dict.fromkeys(
    ("III/c", "III/d"), "Penyelia"
)
_SKILLED |= {"V": "Pemula", "VI": "Terampil", "VII": "Terampil", "VIII": "Mahir"}
_EXPERT = dict.fromkeys(("III/a", "III/b", "IX", "X"), "Ahli Pertama")
_EXPERT |= dict.fromkeys(("III/c", "III/d", "XI"), "Ahli Muda")
_EXPERT |= dict.fromkeys(("IV/a", "IV/b", "IV/c", "XII", "XIII", "XIV"), "Ahli Madya")
_EXPERT |= dict.fromkeys(("IV/d", "IV/e", "XV", "XVI", "XVII"), "Ahli Utama")
_DEGREE: Final = EDUCATION_CODES.index("35")
_DIPLOMA: Final = EDUCATION_CODES.index("30")


@dataclass(frozen=True, eq=False)
class Occupations:
    """All functional posts and posts of pelaksana, and who may hold which.

    Attributes
    ----------
    titles : tuple of str
        Names of the posts with their jenjang.
    ids : tuple of str
        Identifier of each title; no post of SIASN has it.
    jenjang : ndarray of int
        Position in `JENJANG`; -1 for pelaksana.
    classes : ndarray of int
        Class of each title.
    choices : dict
        (kind, jenjang or education rank, central) -> titles and their cumulated shares.
    """

    titles: tuple[str, ...]
    ids: tuple[str, ...]
    jenjang: IntArray
    classes: IntArray
    choices: dict[tuple[str, int, bool], tuple[IntArray, FloatArray]]


def read_occupations() -> Occupations:
    """Return the posts of the processed tables.

    Raises
    ------
    DataError
        If no functional post is left for a kind of people.
    """
    titles: list[str] = []
    jenjang: list[int] = []
    choices: dict[tuple[str, int, bool], tuple[list[int], list[float]]] = {}
    for name, kind, first, last, regional, weight in _functional():
        for j in range(first, last + 1):
            for central in (False, True):
                if central or regional:
                    found = choices.setdefault((kind, j, central), ([], []))
                    found[0].append(len(titles))
                    found[1].append(weight)
            titles.append(f"{name} {JENJANG[j]}")
            jenjang.append(j)
    for name, rank, regional in _executive():
        for central in (False, True):
            if central or regional:
                found = choices.setdefault(("pelaksana", rank, central), ([], []))
                found[0].append(len(titles))
                found[1].append(1.0)
        titles.append(name)
        jenjang.append(-1)
    by_class = numbers("class")
    return Occupations(
        tuple(titles),
        tuple(f"{i:032d}" for i in range(len(titles))),
        np.array(jenjang),
        np.array([int(by_class[JENJANG[j]] if j >= 0 else by_class["pelaksana"]) for j in jenjang]),
        {
            key: (np.array(which), np.cumsum(weights) / np.sum(weights))
            for key, (which, weights) in choices.items()
        },
    )


def _functional() -> list[tuple[str, str, int, int, bool, float]]:
    """Return functional posts: name, kind, first and last jenjang, held in regions, weight."""
    table = read_processed("jabatan_fungsional")
    known = dict(zip(JENJANG, range(len(JENJANG)), strict=True))
    table = table.assign(
        first=table["jenjang_awal"].replace(_OLD_NAMES).map(known),
        last=table["jenjang_puncak"].replace(_OLD_NAMES).map(known),
    ).dropna(subset=["first", "last"])
    same = (table["first"] >= _FIRST_EXPERT) == (table["last"] >= _FIRST_EXPERT)
    table = table[same & (table["first"] <= table["last"])].copy()
    health = table["rumpun"].str.contains("esehatan", na=False)
    table["kind"] = np.where(
        table["nama"] == "Guru", "guru", np.where(health, "kesehatan", "teknis")
    )
    table["regional"] = ~table["kedudukan"].fillna("").str.casefold().isin(["instansi pembina"])
    weights = numbers("family")
    given = {key.split(":")[1]: value for key, value in weights.items()}
    rest = 1 - sum(value for key, value in weights.items() if key.startswith("kesehatan:"))
    others = int((health & ~table["nama"].isin(given)).sum())
    table["weight"] = np.where(table["kind"] == "kesehatan", rest / others, 1.0)
    named = table["nama"].isin(given)
    table.loc[named, "weight"] = table.loc[named, "nama"].map(given)
    columns = ("nama", "kind", "first", "last", "regional", "weight")
    types = (str, str, int, int, bool, float)
    lists = [table[c].astype(t).tolist() for c, t in zip(columns, types, strict=True)]
    return list(zip(*lists, strict=True))


def _executive() -> list[tuple[str, int, bool]]:
    """Return posts of pelaksana: name, rank of education asked for (0 to 2), held anywhere."""
    table = read_processed("jabatan_pelaksana")
    found = []
    wanted = table["pendidikan_minimal"].fillna("")
    where = table["kedudukan"].fillna("Instansi Pemerintah")
    for name, asks, held in zip(table["nama"], wanted, where, strict=True):
        degree = re.search(r"[S58]-?[1I]\b|D-4|Strata", asks)
        rank = 2 if degree else 1 if re.search(r"D-?(3|III)", asks) else 0
        found.append((name, rank, "Instansi Pemerintah" in held))
    return found


def occupy(
    occupations: Occupations,
    post: IntArray,
    education: IntArray,
    golongan: IntArray,
    level: IntArray,
    rng: np.random.Generator,
) -> IntArray:
    """Return a title for each person who heads no unit; -1 for the others.

    Functional posts have the jenjang that golongan and education ask for; a post of that jenjang
    is drawn among those of its kind, central ones for central staff only. A pelaksana gets a post
    for people of the same education.
    """
    found = np.full(post.size, -1, dtype=np.int64)
    central = level == LEVELS.index("pusat")
    drawn = rng.random(post.size)
    for name in (*FUNCTIONAL, "pelaksana"):
        people = np.flatnonzero(np.isin(post, [i for i, p in enumerate(POST_LIST) if p[1] == name]))
        if name == "pelaksana":
            rank = (education[people] >= _DEGREE).astype(int) + (education[people] >= _DIPLOMA)
        else:
            rank = _jenjang(name, education[people], golongan[people])
        for value in np.unique(rank).tolist():
            for where in (False, True):
                some = people[(rank == value) & (central[people] == where)]
                if some.size:
                    which, shares = _choice(occupations, name, value, where)
                    found[some] = which[np.searchsorted(shares, drawn[some], side="right")]
    return found


def _choice(
    occupations: Occupations, name: str, value: int, central: bool
) -> tuple[IntArray, FloatArray]:
    found = occupations.choices.get((name, value, central))
    if found is None:
        raise DataError(
            f"jabatan_fungsional has no post for {name} of the jenjang {JENJANG[value]}. Add one "
            "to kamus_jabatan_fungsional.csv."
        )
    return found


def _jenjang(name: str, education: IntArray, golongan: IntArray) -> IntArray:
    """Return the jenjang of functional people by golongan: of experts with a degree or IV."""
    words = [ALL_GOLONGAN[i] for i in range(len(ALL_GOLONGAN))]
    skilled = np.array(
        [JENJANG.index(_SKILLED.get(w, "Penyelia" if w[:2] == "IV" else "Pemula")) for w in words]
    )
    expert = np.array([JENJANG.index(_EXPERT.get(w, "Ahli Pertama")) for w in words])
    high = np.array([w in _EXPERT for w in words])
    fourth = np.array([w.startswith("IV/") for w in words])
    if name == "guru":
        return expert[golongan]
    is_expert = (high[golongan] & (education >= _DEGREE)) | fourth[golongan]
    return np.where(is_expert, expert[golongan], skilled[golongan])


def ages_of_posts(
    occupations: Occupations, rules: RetirementRules, post: IntArray, title: IntArray
) -> IntArray:
    """Return the age of retirement of each person, in years."""
    jenjang = np.where(title >= 0, occupations.jenjang[title], -1)
    names = [name for _, name in POST_LIST]
    kinds = ["fungsional" if n in FUNCTIONAL else _kind(n) for n in names]
    posts = pd.DataFrame(
        {
            "kind": pd.Categorical(kinds)[post],
            "echelon": np.array([int(n[0]) if n in ECHELONS else 0 for n in names])[post],
            "level": pd.Categorical.from_codes(jenjang, pd.Index(JENJANG)),
            "title": pd.Categorical.from_codes(title, pd.Index(occupations.titles)),
        }
    )
    return rules.ages(posts).astype(np.int64)


def _kind(name: str) -> str:
    return "struktural" if name in ECHELONS else "pelaksana"
