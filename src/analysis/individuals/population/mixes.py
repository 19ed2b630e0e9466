"""Posts, education and golongan of the people of each level, in whole numbers.

Kabupaten and kota have the published mix of the one kabupaten whose mix is known, by sex; central
agencies and provinces have the country's groups of education, and what follows from post.
"""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.headcounts import Headcounts, apportion
from analysis.individuals.population.kinds import (
    ALL_GOLONGAN,
    CLASS_OF,
    CLASSES,
    EDUCATION,
    EDUCATION_CODES,
    EDUCATION_GROUPS,
    FUNCTIONAL,
    LEVELS,
    POST_LIST,
    SEXES,
    STATUSES,
)
from analysis.individuals.population.plausibility import plausible
from analysis.individuals.population.published import Published
from analysis.raking import Margins, fit, round_to_margins

_TOP = {"pusat": ("21", "31", "41", "51"), "provinsi": ("21", "31", "41", "51")}
_KABKOTA_POSTS = {"JPT": ("21", "22"), "administrator": ("31", "32"), "pengawas": ("41", "42")}
_KABKOTA_ECHELONS = ("21", "22", "31", "32", "41", "42", "51")


@dataclass(frozen=True, eq=False)
class Mix:
    """The people of a level by sex, post, education and golongan.

    Attributes
    ----------
    people : ndarray of int, shape (2, posts, educations, golongan)
    margins : Margins
        What it was raked to.
    """

    people: IntArray
    margins: Margins


def mixes(published: Published, heads: Headcounts) -> dict[str, Mix]:
    """Return the mix of each level that has people.

    Raises
    ------
    DomainError
        If margins contradict each other.
    """
    found = {}
    for number, level in enumerate(LEVELS):
        classes = {s: heads.people[s][:, :, number].sum(axis=0) for s in STATUSES}
        if sum(int(counts.sum()) for counts in classes.values()) == 0:
            continue
        posts = _posts(published, level, classes)
        found[level] = (
            _of_kabkota(published, posts) if level == "kabkota" else _elsewhere(published, posts)
        )
    return found


def _posts(published: Published, level: str, classes: dict[str, IntArray]) -> IntArray:
    """Return people by sex and post, shape (2, posts)."""
    found = np.zeros((len(SEXES), len(POST_LIST)), dtype=np.int64)
    functional = np.column_stack([classes[s][:, CLASSES[s].index("fungsional")] for s in STATUSES])
    kinds = _functional(published, level, functional)
    for status in STATUSES:
        for column, name in enumerate(CLASSES[status]):
            counts = classes[status][:, column]
            if name == "fungsional":
                for k, kind in enumerate(FUNCTIONAL):
                    found[:, POST_LIST.index((status, kind))] = kinds[:, STATUSES.index(status), k]
            elif level == "kabkota" and name in _KABKOTA_POSTS:
                split = _echelons(published, _KABKOTA_POSTS[name], counts)
                for k, post in enumerate(_KABKOTA_POSTS[name]):
                    found[:, POST_LIST.index((status, post))] = split[:, k]
            else:
                post = next(p for p in (*_TOP["pusat"], "pelaksana") if CLASS_OF[p] == name)
                found[:, POST_LIST.index((status, post))] = counts
    return found


def _echelons(published: Published, posts: tuple[str, ...], counts: IntArray) -> IntArray:
    """Return people of a class by sex and echelon, in the published shares of echelons."""
    known = published.echelons_by_sex[:, [_KABKOTA_ECHELONS.index(post) for post in posts]]
    margins = Margins(
        {"sex": SEXES, "post": posts},
        {("sex",): counts, ("post",): apportion(known.sum(axis=0), int(counts.sum()))},
    )
    return round_to_margins(fit(np.maximum(known, 0.1), margins), margins)


def _functional(published: Published, level: str, counts: IntArray) -> IntArray:
    """Return functional people by sex, status and kind."""
    if level == "kabkota":
        known = published.functional_by_sex
    else:
        teachers, health = assumed(f"guru_{level}"), assumed(f"kesehatan_{level}")
        known = np.tile([teachers, health, 1 - teachers - health], (2, 1))
    margins = Margins(
        {"sex": SEXES, "status": STATUSES, "kind": FUNCTIONAL},
        {
            ("sex", "status"): counts,
            ("sex", "kind"): np.stack(
                [apportion(known[s], int(counts[s].sum())) for s in range(len(SEXES))]
            ),
        },
    )
    return round_to_margins(fit(np.ones(margins.shape), margins), margins)


def _of_kabkota(published: Published, posts: IntArray) -> Mix:
    by_status = {
        s: posts[:, [i for i, (status, _) in enumerate(POST_LIST) if status == s]].sum(axis=1)
        for s in STATUSES
    }
    both = range(len(SEXES))
    education = np.stack(
        [apportion(published.education_by_sex[s], int(posts[s].sum())) for s in both]
    )
    golongan = np.concatenate(
        [
            np.stack(
                [
                    apportion(published.golongan_by_sex(status)[s], int(by_status[status][s]))
                    for s in both
                ]
            )
            for status in STATUSES
        ],
        axis=1,
    )
    margins = Margins(
        {"sex": SEXES, "post": _words(), "education": EDUCATION_CODES, "golongan": ALL_GOLONGAN},
        {("sex", "post"): posts, ("sex", "education"): education, ("sex", "golongan"): golongan},
    )
    seed = np.broadcast_to(plausible(), margins.shape)
    return Mix(round_to_margins(_pruned(fit(seed, margins), margins), margins), margins)


def _elsewhere(published: Published, posts: IntArray) -> Mix:
    """Return a mix with the country's groups of education: an axis of groups, one within them."""
    groups = [group for _, group in EDUCATION.values()]
    widest = max(groups.count(group) for group in groups)
    within = [groups[:i].count(group) for i, group in enumerate(groups)]
    weights = plausible()
    seed = np.zeros((len(POST_LIST), len(EDUCATION_GROUPS), widest, len(ALL_GOLONGAN)))
    seed[:, groups, within] = weights
    margins = Margins(
        {
            "sex": SEXES,
            "post": _words(),
            "group": EDUCATION_GROUPS,
            "within": [str(i) for i in range(widest)],
            "golongan": ALL_GOLONGAN,
        },
        {("sex", "post"): posts, ("group",): apportion(published.education, int(posts.sum()))},
    )
    whole = round_to_margins(
        _pruned(fit(np.broadcast_to(seed, margins.shape), margins), margins), margins
    )
    return Mix(whole[:, :, groups, within], margins)


def _pruned(fitted: FloatArray, margins: Margins) -> FloatArray:
    """Return the fitted table without cells of next to nobody, fitted again.

    Most cells of so fine a table hold less than a ten-thousandth of a person: without them the
    rounding has a tenth of the cells to search. Where a margin needs them they stay.
    """
    kept = np.where(fitted > 1e-4, fitted, 0.0)
    for key, wanted in margins.sums.items():
        lacking = (kept.sum(axis=margins.others(key)) == 0) & (np.asarray(wanted) > 0)
        if lacking.any():
            kept = np.where(margins.spread(key, lacking.astype(float)) > 0, fitted, kept)
    return fit(kept, margins)


def _words() -> tuple[str, ...]:
    return tuple(f"{status} {post}" for status, post in POST_LIST)
