"""Where the people of a province work: agencies, units, and who heads one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.arrays import BoolArray, IntArray
from analysis.individuals.population.agencies import Agency, Places
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.forest import KINDS, Forest, add_posts, as_arrays
from analysis.individuals.population.headcounts import Headcounts, apportion
from analysis.individuals.population.kinds import (
    CLASS_OF,
    CLASSES,
    ECHELONS,
    LEVELS,
    POST_LIST,
    SEXES,
    STATUSES,
)
from analysis.individuals.population.mixes import Mix
from analysis.individuals.population.organisation import Demand, add_central, add_regional
from analysis.individuals.population.templates import Templates

_HEADS: dict[
    str, dict[str, tuple[tuple[str, ...], str]]
] = {  # post in a mix -> echelons whose posts it fills, and the one that is added to
    "kabkota": {code: ((code,), code) for code in ("21", "22", "31", "32", "41", "42", "51")},
    "provinsi": {
        "21": (("12", "21", "22"), "21"),
        "31": (("31", "32"), "31"),
        "41": (("41", "42"), "41"),
        "51": (("51",), "51"),
    },
    "pusat": {
        "21": (("11", "12", "21", "22"), "21"),
        "31": (("31", "32"), "31"),
        "41": (("41", "42"), "41"),
        "51": (("51",), "51"),
    },
}
_KEEP = {"kabkota": (4, 2), "provinsi": (99, 99)}


_SMALL = {  # of 4.7 million people, memory counts
    **dict.fromkeys(("level", "sex", "post", "education", "golongan"), np.int8),
    **dict.fromkeys(("unit", "agency", "place"), np.int32),
    "heads": np.bool_,
}


class Deck:
    """The people of a level, dealt to the provinces without return, so that no margin changes.

    Parameters
    ----------
    mix : Mix
    """

    def __init__(self, mix: Mix) -> None:
        self.sex, self.post, self.education, self.golongan = np.nonzero(mix.people)
        self._left = mix.people[self.sex, self.post, self.education, self.golongan]
        groups = {}
        for s in range(len(SEXES)):
            for status in STATUSES:
                for name in CLASSES[status]:
                    posts = [
                        i
                        for i, (of, post) in enumerate(POST_LIST)
                        if of == status and CLASS_OF[post] == name
                    ]
                    groups[s, status, name] = np.flatnonzero(
                        (self.sex == s) & np.isin(self.post, posts)
                    )
        self._groups = groups

    def deal(
        self, rng: np.random.Generator, sex: int, status: str, name: str, number: int
    ) -> IntArray:
        """Return the kinds of so many people of a sex and class, in random order."""
        group = self._groups[sex, status, name]
        if not number:
            return group[:0]
        drawn = rng.multivariate_hypergeometric(self._left[group], number, method="marginals")
        self._left[group] -= drawn
        return rng.permutation(np.repeat(group, drawn))


@dataclass(frozen=True, eq=False)
class People:
    """The people of a province, one array a column.

    Attributes
    ----------
    level, sex, post, education, golongan : ndarray of int
        Positions in the lists of `kinds`.
    unit : ndarray of int
        Number of the unit in the forest of the province (counted from 0 there).
    agency, place : ndarray of int
        Agency; kabupaten or kota of the unit.
    heads : ndarray of bool
        Whether the person heads the unit.
    """

    level: IntArray
    sex: IntArray
    post: IntArray
    education: IntArray
    golongan: IntArray
    unit: IntArray
    agency: IntArray
    place: IntArray
    heads: BoolArray

    def __len__(self) -> int:
        return int(self.unit.size)

    def part(self, rows: slice) -> "People":
        """Return some of the people."""
        return People(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


@dataclass(frozen=True, eq=False)
class Country:
    """What is the same for all provinces.

    Attributes
    ----------
    agencies : tuple of Agency
    places : Places
    templates : Templates
    heads : Headcounts
    roots : dict of int to int
        Number of the root of each central agency.
    """

    agencies: tuple[Agency, ...]
    places: Places
    templates: Templates
    heads: Headcounts
    roots: dict[int, int]


def place_province(
    country: Country,
    decks: dict[str, Deck],
    province: str,
    first: int,
    rng: np.random.Generator,
) -> tuple[People, Forest]:
    """Return the people of a province and the units they work in.

    Parameters
    ----------
    country : Country
    decks : dict of str to Deck
        By level; what is dealt is taken away.
    province : str
        Kemendagri code.
    first : int
        Number of its first unit.
    rng : Generator
    """
    forest = Forest(first)
    parts = []
    for number, level in enumerate(LEVELS):
        dealt = _dealt(country.heads, decks, province, number, rng)
        if dealt.size:
            parts.append(_place_level(country, decks[level], dealt, province, level, forest, rng))
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]).astype(_SMALL[name])
        for name in People.__dataclass_fields__
    }
    return People(**columns), forest


def _dealt(
    heads: Headcounts,
    decks: dict[str, Deck],
    province: str,
    level: int,
    rng: np.random.Generator,
) -> IntArray:
    row = heads.provinces.index(province)
    deck = decks.get(LEVELS[level])
    if deck is None:
        return np.empty(0, dtype=np.int64)
    hands = [
        deck.deal(rng, s, status, name, int(heads.people[status][row, s, level, c]))
        for status in STATUSES
        for s in range(len(SEXES))
        for c, name in enumerate(CLASSES[status])
    ]
    return rng.permutation(np.concatenate(hands))


def _place_level(
    country: Country,
    deck: Deck,
    dealt: IntArray,
    province: str,
    level: str,
    forest: Forest,
    rng: np.random.Generator,
) -> People:
    post = deck.post[dealt]
    kept, part = _agencies(country, province, level, dealt.size)
    weights = np.array([agency.weight for agency in kept])
    of_kind = {
        kind: np.flatnonzero(np.isin(post, [POST_LIST.index((s, kind)) for s in STATUSES]))
        for kind in ("guru", "kesehatan", "teknis", "pelaksana")
    }
    shares = {kind: apportion(weights, people.size) for kind, people in of_kind.items()}
    start = len(forest)
    for i, agency in enumerate(kept):
        demand = Demand(int(shares["guru"][i]), int(shares["kesehatan"][i]), part)
        if level == "pusat":
            add_central(
                forest,
                agency,
                country.places,
                country.templates,
                country.roots[agency.number],
                province,
                demand,
            )
        else:
            add_regional(forest, agency, country.places, country.templates, demand, _KEEP[level])
    unit = np.full(dealt.size, -1, dtype=np.int64)
    heads = _appoint(forest, start, level, post, unit, rng)
    columns = as_arrays(forest)
    agencies = np.array([agency.number for agency in kept])
    for kind, people in of_kind.items():
        own = np.repeat(np.arange(len(kept)), shares[kind])
        unit[people] = _workplaces(columns, start, kind, agencies[own], rng)
    return People(
        level=np.full(dealt.size, LEVELS.index(level)),
        sex=deck.sex[dealt],
        post=post,
        education=deck.education[dealt],
        golongan=deck.golongan[dealt],
        unit=unit,
        agency=columns["agencies"][unit],
        place=columns["places"][unit],
        heads=heads,
    )


def _agencies(
    country: Country, province: str, level: str, people: int
) -> tuple[list[Agency], float]:
    """Return the agencies of a level with people in a province, and what part of each there is."""
    there = [
        agency
        for agency in country.agencies
        if agency.level == level
        and agency.weight > 0
        and (
            (level == "pusat" and _has_office(agency, province))
            or (level != "pusat" and agency.province == province)
        )
    ]
    average = assumed("central_people" if level == "pusat" else "regional_people")
    number = min(max(1, round(people / average)), len(there))
    kept = sorted(sorted(there, key=lambda a: -a.weight)[:number], key=lambda a: a.number)
    ratio = sum(a.weight for a in there) / sum(a.weight for a in kept)
    return kept, min(1.0, country.heads.scale * ratio)


def _has_office(agency: Agency, province: str) -> bool:
    return (
        province == "31"
        or agency.name.startswith("Kementerian")
        or any(code == province for code, _ in agency.offices)
    )


def _appoint(
    forest: Forest,
    start: int,
    level: str,
    post: IntArray,
    unit: IntArray,
    rng: np.random.Generator,
) -> BoolArray:
    """Give everyone of an echelon a unit to head; units are added where there are too few."""
    heads = np.zeros(post.size, dtype=np.bool_)
    for code, (fills, extra) in _HEADS[level].items():
        people = np.flatnonzero(post == POST_LIST.index(("PNS", code)))
        if not people.size:
            continue
        posts = _posts_at(forest, start, fills)
        if posts.size < people.size:
            lacking = int(people.size - posts.size)
            add_posts(forest, extra, lacking, _parents(forest, start, extra))
            posts = _posts_at(forest, start, fills)
        unit[people] = rng.permutation(posts)[: people.size]
        heads[people] = True
    return heads


def _posts_at(forest: Forest, start: int, codes: Sequence[str]) -> IntArray:
    wanted = [ECHELONS.index(code) for code in codes]
    return start + np.flatnonzero(np.isin(forest.echelons[start:], wanted))


def _parents(forest: Forest, start: int, code: str) -> list[tuple[int, int]]:
    """Return under which units heads of an echelon may be added, and beside or below which.

    JPT stand under the agency itself; outside the head office of a central agency, whose root is
    in another forest, beside its first-level units. Others stand under first-level units of a
    higher echelon.
    """
    first, kinds = forest.first, forest.kinds
    rows = range(start, len(forest))
    tops = [i for i in rows if kinds[i] == KINDS.index("perangkat")]
    if CLASS_OF[code] != "JPT":
        higher = [i for i in tops if forest.echelons[i] < ECHELONS.index(code)]
        return [(first + i, i) for i in higher]
    own = [(first + i, i) for i in rows if kinds[i] == KINDS.index("instansi")]
    return own or [(forest.parents[i], i) for i in tops]


def _workplaces(
    columns: dict[str, IntArray],
    start: int,
    kind: str,
    agencies: IntArray,
    rng: np.random.Generator,
) -> IntArray:
    """Return a unit of its agency for each person of a kind."""
    kinds = columns["kinds"][start:]
    echelons = columns["echelons"][start:]
    schools = kinds == KINDS.index("sekolah")
    clinics = kinds == KINDS.index("puskesmas")
    offices = ~schools & ~clinics & (kinds != KINDS.index("instansi"))
    desks = offices & np.isin(echelons, [ECHELONS.index(c) for c in ("31", "32", "21")])
    elsewhere = rng.random(agencies.size)
    first = {"guru": schools, "kesehatan": clinics, "teknis": desks, "pelaksana": offices}[kind]
    found = _drawn(columns, start, first, agencies, rng)
    if kind == "pelaksana":
        away = (elsewhere < assumed("pelaksana_at_schools")).nonzero()[0]
        found[away] = _drawn(columns, start, schools, agencies[away], rng)
    if kind == "kesehatan":
        away = (elsewhere < assumed("health_at_office")).nonzero()[0]
        found[away] = _drawn(columns, start, desks, agencies[away], rng)
    lacking = (found < 0).nonzero()[0]
    found[lacking] = _drawn(columns, start, offices, agencies[lacking], rng)
    return found


def _drawn(
    columns: dict[str, IntArray],
    start: int,
    chosen: BoolArray,
    agencies: IntArray,
    rng: np.random.Generator,
) -> IntArray:
    """Return for each person a unit of the agency at random among the chosen; -1 without one."""
    units = np.flatnonzero(chosen)
    owners = columns["agencies"][start:][units]
    order = np.argsort(owners, kind="stable")
    units, owners = units[order], owners[order]
    low = np.searchsorted(owners, agencies, side="left")
    number = np.searchsorted(owners, agencies, side="right") - low
    place = low + (rng.random(agencies.size) * number).astype(np.int64)
    found = np.full(agencies.size, -1, dtype=np.int64)
    some = number > 0
    found[some] = start + units[place[some]]
    return found
