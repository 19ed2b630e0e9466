"""Stage 2, *penyederhanaan jabatan*: posts of dissolved units close or merge."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.arrays import BoolArray, IntArray
from analysis.restructuring.columns import as_categories, codes_of
from analysis.restructuring.matching import same_echelon
from analysis.restructuring.organisation import STRUCTURAL, Organisation
from analysis.restructuring.rules import Rules
from analysis.restructuring.steps import (
    CLOSED,
    ENDED,
    MERGED,
    PERSON_CLOSED,
    PERSON_MERGED,
    Step,
    compact,
    unchanged,
)

_ALIKE = ("title", "kind", "jenjang", "family", "province")


def simplify_posts(organisation: Organisation, rules: Rules) -> Step:
    """Close the structural posts of dissolved units, and merge the others with their like.

    A structural post that was moved out of a dissolved unit closes by the first `tutup` rule of
    its echelon: with nobody in it, it ends; else it stays with its incumbents, closed, until the
    third stage finds them another. Any other moved post merges, if there is a `gabung` rule, into
    a post of the unit that is alike in kind, title, level, family, class and province: one the
    unit had before, or else the first that came; seats add up. Applied to its own result it
    changes nothing.

    Parameters
    ----------
    organisation : Organisation
        As the first stage leaves it.
    rules : Rules

    Returns
    -------
    Step
    """
    away = organisation.posts["moved_from"].notna() & ~organisation.posts["closed"]
    came = away.to_numpy(dtype=np.bool_)
    structural = organisation.posts["eselon"].to_numpy() > 0
    codes = tuple(rule.code for rule in rules.rules)
    arrays = unchanged(organisation)
    state, rule = arrays["post_state"], arrays["post_rule"]
    closing = _closing(organisation, came & structural, rules)
    shut = closing >= 0
    rule[shut] = closing[shut]
    empty = shut & (organisation.incumbents == 0)
    state[shut] = CLOSED
    state[empty] = ENDED
    heir = np.arange(state.size)
    merging = [i for i, r in enumerate(rules.rules) if r.action == "gabung"]
    if merging:
        heir = _heirs(organisation, came & ~structural)
        merged = heir != np.arange(heir.size)
        state[merged], rule[merged] = MERGED, merging[0]
    stays = (heir == np.arange(heir.size)) & ~empty
    number = np.cumsum(stays) - 1
    target = np.where(empty, -1, number[heir])
    outcome, person_rule = arrays["outcome"], arrays["person_rule"]
    for post_state, person_state in ((MERGED, PERSON_MERGED), (CLOSED, PERSON_CLOSED)):
        outcome[(state == post_state)[organisation.person_post]] = person_state
    person_rule[:] = rule[organisation.person_post]
    return Step(
        **compact({**arrays, "post_target": target}),
        stage="jabatan",
        before=organisation,
        after=_after(organisation, stays, heir, target, shut),
        codes=codes,
    )


def _closing(organisation: Organisation, those: BoolArray, rules: Rules) -> IntArray:
    eselon = organisation.posts["eselon"].to_numpy()
    closing = np.full(eselon.size, -1, dtype=np.int64)
    for number, rule in enumerate(rules.rules):
        if rule.action == "tutup":
            closing[those & (closing < 0) & same_echelon(eselon, rule.eselon)] = number
    return closing


def _heirs(organisation: Organisation, came: BoolArray) -> IntArray:
    """Return the post each moved post merges into: the first that is alike, or itself."""
    posts = organisation.posts
    heir = np.arange(len(posts))
    receives = np.zeros(len(organisation.units), dtype=np.bool_)
    receives[organisation.post_unit[came]] = True
    open_ = ~posts["closed"].to_numpy(dtype=np.bool_) & (organisation.post_kind != STRUCTURAL)
    there = open_ & receives[organisation.post_unit] & (posts["eselon"].to_numpy() == 0)
    order = np.concatenate([np.flatnonzero(there & ~came), np.flatnonzero(came)])
    if order.size == 0:
        return heir
    key = _alike(organisation, order)
    by_key = np.argsort(key, kind="stable")
    sorted_key, ordered = key[by_key], order[by_key]
    first = np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]])
    leader = ordered[np.maximum.accumulate(np.where(first, np.arange(first.size), 0))]
    moved = came[ordered]
    heir[ordered[moved]] = leader[moved]
    return heir


def _alike(organisation: Organisation, those: IntArray) -> IntArray:
    """Return a number for each post; posts of the same unit that are alike have the same."""
    columns: list[tuple[npt.NDArray[np.integer], int]]
    columns = [(organisation.post_unit[those], len(organisation.units))]
    for name in _ALIKE:
        column = organisation.posts[name]
        columns.append((codes_of(column)[those] + 1, column.cat.categories.size + 1))
    if "kelas" in organisation.posts:
        classes, kinds = organisation.posts["kelas"].iloc[those].factorize()
        columns.append((classes + 1, kinds.size + 1))
    key, bound = np.zeros(those.size, dtype=np.int64), 1
    for codes, size in columns:
        if bound * size >= 2**62:
            found, key = np.unique(key, return_inverse=True)
            bound = int(found.size)
        key, bound = key * size + codes, bound * size
    return key


def _after(
    organisation: Organisation, stays: BoolArray, heir: IntArray, target: IntArray, shut: BoolArray
) -> Organisation:
    posts = organisation.posts.copy(deep=False)
    seats = posts["seats"].to_numpy()
    gained = np.bincount(heir, weights=seats, minlength=seats.size).astype(np.int32)
    posts["seats"] = np.where(heir == np.arange(heir.size), gained, seats)
    posts["closed"] = posts["closed"].to_numpy(dtype=np.bool_) | shut
    settled = (posts["eselon"].to_numpy() == 0) & ~posts["closed"].to_numpy()
    for name in ("moved_from", "task"):
        column = posts[name]
        codes = np.where(settled, -1, codes_of(column))
        posts[name] = as_categories(codes, column.cat.categories)
    kept = np.flatnonzero(stays)
    return replace(
        organisation,
        posts=posts.iloc[kept],
        post_unit=organisation.post_unit[kept],
        person_post=target[organisation.person_post],
    )
