"""Stage 3, *penyetaraan jabatan*: incumbents of closed posts become functional officials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import LEVELS, as_categories, as_used_categories, codes_of
from analysis.restructuring.echelons import echelon_names
from analysis.restructuring.families import FAMILY_STATES, FamilyChoice, families_of
from analysis.restructuring.lookups import places_of
from analysis.restructuring.matching import Matcher, same_echelon
from analysis.restructuring.organisation import FUNCTIONAL, Organisation
from analysis.restructuring.persons import age, education, rank
from analysis.restructuring.retirement import retirement_ages
from analysis.restructuring.rule_rows import Rule
from analysis.restructuring.rules import Rules
from analysis.restructuring.steps import (
    CLOSED,
    CONDITIONAL,
    ENDED,
    EQUALISED,
    KEPT,
    OUTCOMES,
    REPLACED,
    UNPLACED,
    Step,
    compact,
    unchanged,
)

RANK_FLAGS = ("within", "below", "above", "unknown")
"""How the rank of a person stands to the range of the new level."""


@dataclass(frozen=True, eq=False)
class _Incumbents:
    """People in closed posts: who, where, and what decides about them."""

    people: IntArray
    posts: IntArray
    setara: IntArray
    level: IntArray
    education: FloatArray
    years_left: FloatArray


def equalise(organisation: Organisation, rules: Rules) -> Step:
    """Move the incumbents of closed posts to functional posts of the level that a rule gives.

    The `setara` rule of the echelon names the level. Rank decides nothing: one outside the range
    of the level (`rentang_pangkat`) is flagged. Below the education of a `bersyarat` rule a person
    is equalised on condition; below that of a `tidak_setara` rule not, and stays, unplaced, in the
    closed post; a rule with a level asks it of those who get that level (S-2 for *ahli madya*).
    Where sources differ, each reading's outcome is shown. Education that is not known decides
    nothing, and is told. With less than the years of a `sisa_masa` rule before retirement,
    equalisation is conditional too. The functional family comes from the `keluarga` rules by what
    the dissolved unit did; where none or several fit, it stays open, for a person to decide. A post
    opens for each closed one, in the unit that took its people over: its label is that of the
    closed one with "/JF" added, or -1 less it where labels are numbers. Applied to its own result
    it changes nothing.

    Parameters
    ----------
    organisation : Organisation
        As the second stage leaves it.
    rules : Rules

    Returns
    -------
    Step
        `details` has one row for each person in a closed post: `person`, `post`, `eselon`, `task`,
        `level`, `family`, `family_state` (`FAMILY_STATES`), `rank` (`RANK_FLAGS`),
        `education_known`, `years_left` (before retirement from the old post), `outcome`, `rule`,
        and the outcome under each reading in `outcome: <reading>`.

    Raises
    ------
    DataError
        If education, rank or birth are written in another way than `Organisation.from_frames`
        takes them, or the label of a new post is taken.
    """
    closed = organisation.posts["closed"].to_numpy(dtype=np.bool_)
    incumbents = _incumbents(organisation, closed, rules)
    family = families_of(organisation.posts["task"], closed, rules)
    outcome, deciding = _outcomes(incumbents, rules.rules)
    placed = np.zeros(len(organisation.people), dtype=np.bool_)
    placed[incumbents.people] = outcome != UNPLACED
    opening = _opening(organisation, closed, placed)
    arrays = unchanged(organisation)
    arrays["outcome"][incumbents.people] = outcome
    arrays["person_rule"][incumbents.people] = deciding
    arrays["post_target"] = opening.target
    arrays["post_state"] = opening.state
    arrays["post_rule"][incumbents.posts[::-1]] = deciding[::-1]  # the first incumbent's counts
    arrays["details"] = _details(organisation, incumbents, rules, family)
    return Step(
        **compact(arrays),
        stage="penyetaraan",
        before=organisation,
        after=replace(
            organisation,
            posts=_posts(organisation, opening, _levels(incumbents, closed.size), family, rules),
            post_unit=organisation.post_unit[np.concatenate([opening.kept, opening.opens])],
            person_post=np.where(
                placed,
                opening.opened[organisation.person_post],
                opening.stayed[organisation.person_post],
            ),
        ),
        codes=tuple(rule.code for rule in rules.rules),
    )


@dataclass(frozen=True, eq=False)
class _Opening:
    """Which posts stay and for which closed ones a functional post opens, all by position.

    `stayed` and `opened` are where a post, and the one that opens for it, stand afterwards, -1
    where they do not.
    """

    kept: IntArray
    opens: IntArray
    seats: IntArray
    stayed: IntArray
    opened: IntArray
    state: IntArray

    @property
    def target(self) -> IntArray:
        """Position afterwards of each post, or of its successor."""
        return np.where(self.stayed >= 0, self.stayed, self.opened)


def _opening(organisation: Organisation, closed: BoolArray, placed: BoolArray) -> _Opening:
    seats = np.bincount(organisation.person_post[placed], minlength=closed.size)
    opens, emptied = closed & (seats > 0), closed & (seats == organisation.incumbents)
    kept = np.flatnonzero(~emptied)
    opened = np.full(closed.size, -1, dtype=np.int64)
    opened[opens] = kept.size + np.arange(np.count_nonzero(opens))
    return _Opening(
        kept,
        np.flatnonzero(opens),
        seats,
        np.where(emptied, -1, np.cumsum(~emptied) - 1),
        opened,
        np.select([emptied & opens, emptied, closed], [REPLACED, ENDED, CLOSED], default=KEPT),
    )


def _incumbents(organisation: Organisation, closed: BoolArray, rules: Rules) -> _Incumbents:
    people = np.flatnonzero(closed[organisation.person_post])
    posts = organisation.person_post[people]
    persons = organisation.people.iloc[people]
    matcher, eselon = Matcher(organisation), organisation.posts["eselon"].to_numpy()
    first = np.full(closed.size, -1, dtype=np.int64)
    for number, rule in enumerate(rules.rules):
        if rule.action == "setara":
            meant = closed & same_echelon(eselon, rule.eselon)
            meant &= matcher.agencies(rule)[organisation.post_unit]
            first[meant & (first < 0)] = number
    left = -age(persons, rules.day)
    if not np.isnan(left).all():
        left += retirement_ages(organisation, rules)[posts]
    setara = first[posts]
    return _Incumbents(people, posts, setara, _levels_of(rules)[setara], education(persons), left)


def _outcomes(incumbents: _Incumbents, rules: Sequence[Rule]) -> tuple[IntArray, IntArray]:
    """Return what becomes of each, and the number of the rule that decides it."""
    deciding = incumbents.setara.copy()
    outcome = np.where(deciding >= 0, EQUALISED, UNPLACED)
    for number, rule in enumerate(rules):
        if rule.action in ("bersyarat", "tidak_setara"):
            meant = (outcome == EQUALISED) & (incumbents.education < rule.number)
            if rule.level:
                meant &= incumbents.level == LEVELS.index(rule.level)
            outcome[meant] = CONDITIONAL if rule.action == "bersyarat" else UNPLACED
            deciding[meant] = number
        elif rule.action == "sisa_masa":
            meant = (outcome == EQUALISED) & (incumbents.years_left < rule.number)
            outcome[meant], deciding[meant] = CONDITIONAL, number
    return outcome, deciding


def _levels(incumbents: _Incumbents, posts: int) -> IntArray:
    """Return the position in `LEVELS` of what the people of each post are equalised to."""
    levels = np.full(posts, -1, dtype=np.int64)
    levels[incumbents.posts] = incumbents.level
    return levels


def _levels_of(rules: Rules) -> IntArray:
    """Return the position in `LEVELS` of what each rule equalises to, and -1 for no rule."""
    found = [LEVELS.index(r.result.casefold()) if r.action == "setara" else -1 for r in rules.rules]
    return np.array([*found, -1])


def _details(
    organisation: Organisation, incumbents: _Incumbents, rules: Rules, family: FamilyChoice
) -> pd.DataFrame:
    posts = organisation.posts.iloc[incumbents.posts]
    level = incumbents.level
    persons = organisation.people.iloc[incumbents.people]
    outcome, deciding = _outcomes(incumbents, rules.rules)
    details = pd.DataFrame(
        {
            "person": persons.index,
            "post": posts.index,
            "eselon": echelon_names(posts["eselon"]),
            "task": posts["task"].array,
            "level": as_categories(level, LEVELS),
            "family": as_categories(family.codes[incumbents.posts], family.names),
            "family_state": as_categories(family.state[incumbents.posts], FAMILY_STATES),
            "rank": as_categories(_rank_flags(rank(persons), level, rules), RANK_FLAGS),
            "education_known": ~np.isnan(incumbents.education),
            "years_left": incumbents.years_left,
            "outcome": as_categories(outcome, OUTCOMES),
            "rule": as_used_categories(deciding, tuple(rule.code for rule in rules.rules)),
        }
    )
    for reading in sorted({rule.reading for rule in rules.other_readings}):
        details[f"outcome: {rules.reading}"] = details["outcome"]
        others = (*rules.rules, *rules.other_readings)
        of_reading = [rule for rule in others if rule.reading in ("", reading)]
        found = _outcomes(incumbents, of_reading)[0]
        details[f"outcome: {reading}"] = as_categories(found, OUTCOMES)
    return details


def _rank_flags(ranks: FloatArray, level: IntArray, rules: Rules) -> IntArray:
    least, most = np.full(len(LEVELS) + 1, np.nan), np.full(len(LEVELS) + 1, np.nan)
    for rule in rules.of("rentang_pangkat"):
        place = LEVELS.index(rule.level)
        least[place] = rule.number
        most[place] = rule.number if rule.largest is None else rule.largest
    below, above = ranks < least[level], ranks > most[level]
    known = ~(np.isnan(ranks) | np.isnan(least[level]))
    flags = np.select([~known, below, above], [3, 1, 2], default=0)
    return flags.astype(np.int64)


def _posts(
    organisation: Organisation,
    opening: _Opening,
    level: IntArray,
    family: FamilyChoice,
    rules: Rules,
) -> pd.DataFrame:
    """Return the posts that stay, then those that open."""
    kept, opens = opening.kept, opening.opens
    posts = organisation.posts.iloc[np.concatenate([kept, opens])].copy(deep=False)
    new = np.arange(len(posts)) >= kept.size
    posts.index = _labels(organisation.posts.index, kept, opens)
    posts["kind"] = _set(posts["kind"], new, FUNCTIONAL)
    posts["jenjang"] = _set(posts["jenjang"], new, level[opens])
    families = posts["family"].cat.add_categories(
        [name for name in family.names if name not in posts["family"].cat.categories]
    )
    place = np.append(families.cat.categories.get_indexer(pd.Index(family.names)), -1)
    posts["family"] = _set(families, new, place[family.codes[opens]])
    posts["title"] = _titles(posts, new)
    for name in ("moved_from", "task"):
        posts[name] = _set(posts[name], new, -1)
    for name, value in (("eselon", 0), ("closed", False), ("seats", opening.seats[opens])):
        column = posts[name].to_numpy().copy()
        column[new] = value
        posts[name] = column
    if "kelas" in posts and not rules.of("kelas_tetap"):
        posts["kelas"] = posts["kelas"].where(~new)
    return posts


def _labels(labels: "pd.Index[Any]", kept: IntArray, opens: IntArray) -> "pd.Index[Any]":
    old = labels[opens]
    numbers = pd.api.types.is_integer_dtype(labels.dtype)
    added = -1 - old if numbers else pd.Index([f"{label}/JF" for label in old], dtype=labels.dtype)
    taken = added[places_of(added, labels) >= 0] if not numbers or labels.min() < 0 else added[:0]
    if taken.size:
        raise DataError(
            f"posts: {some(taken)} would be the labels of new functional posts, but are taken. "
            "Rename these posts."
        )
    both: pd.Index[Any] = labels[kept].append(added)
    return both.rename(labels.name)


def _set(column: "pd.Series[Any]", where: BoolArray, codes: npt.ArrayLike) -> pd.Categorical:
    """Return categories with the codes of some rows set."""
    found = codes_of(column).astype(np.int64)
    found[where] = codes
    return as_categories(found, column.cat.categories)


def _titles(posts: pd.DataFrame, new: BoolArray) -> pd.Categorical:
    """Return titles, those of new posts made of family and level."""
    opened = posts[new]
    family = opened["family"].astype("str").fillna("")
    titles = (family + " " + opened["jenjang"].astype("str").str.title()).str.strip()
    column = posts["title"]
    added = [title for title in titles.unique() if title not in column.cat.categories]
    column = column.cat.add_categories(added)
    return _set(column, new, column.cat.categories.get_indexer(pd.Index(titles)))
