"""Stage 1, *penyederhanaan struktur organisasi*: units dissolve into the nearest that stays."""

from dataclasses import replace

import numpy as np

from analysis.arrays import BoolArray, IntArray
from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import codes_of, replaced
from analysis.restructuring.matching import Matcher
from analysis.restructuring.organisation import Organisation
from analysis.restructuring.rule_rows import Rule
from analysis.restructuring.rules import Rules
from analysis.restructuring.steps import (
    DISSOLVED,
    EXEMPT,
    MOVED,
    OVERRIDE,
    PERSON_MOVED,
    Step,
    compact,
    unchanged,
)


def simplify_units(organisation: Organisation, rules: Rules) -> Step:
    """Dissolve the units that a rule means and none exempts.

    A unit dissolves by the first `bubar` rule that means it, unless a `kecuali` rule means it too
    or its column `exempt` is true; where that is false, no `kecuali` rule counts. A unit that is
    exempt only because of one above it is so only while that one stays. What hung on a dissolved
    unit, units, posts and people, moves to the nearest surviving unit above. Posts carry the label
    of the dissolved unit (`moved_from`) and what it did (`task`: the unit's `task`, or its name)
    into the next stages. Applied to its own result it changes nothing.

    Parameters
    ----------
    organisation : Organisation
    rules : Rules

    Returns
    -------
    Step

    Raises
    ------
    DataError
        If a rule would dissolve a root, or tells kinds of agency apart that the units do not name.
    """
    matcher = Matcher(organisation)
    codes = (*(rule.code for rule in rules.rules), OVERRIDE)
    dissolving = _first(matcher, rules, "bubar")
    exempt = _exempt(organisation, matcher, rules, dissolving)
    dissolved = (dissolving >= 0) & (exempt < 0)
    _refuse_roots(organisation, dissolved, dissolving, rules.rules)
    stays = ~dissolved
    number = np.cumsum(stays) - 1
    heir = organisation.forest.nearest(stays)
    target = number[heir]
    arrays = unchanged(organisation)
    moved = dissolved[organisation.post_unit]
    moved_people = moved[organisation.person_post]
    rule = np.where(dissolved, dissolving, exempt)
    return Step(
        **compact(
            {
                **arrays,
                "unit_target": target,
                "unit_state": np.where(dissolved, DISSOLVED, np.where(exempt >= 0, EXEMPT, 0)),
                "unit_rule": rule,
                "post_state": np.where(moved, MOVED, arrays["post_state"]),
                "post_rule": np.where(moved, dissolving[organisation.post_unit], -1),
                "outcome": np.where(moved_people, PERSON_MOVED, arrays["outcome"]),
                "person_rule": np.where(moved_people, dissolving[organisation.person_unit], -1),
            }
        ),
        stage="struktur",
        before=organisation,
        after=_without(organisation, stays, target, number),
        codes=codes,
    )


def _exempt(
    organisation: Organisation, matcher: Matcher, rules: Rules, dissolving: IntArray
) -> IntArray:
    """Return the number of what exempts each unit, -1 for nothing.

    Found again and again without the units that dissolve, which exempt nothing below them: each
    time fewer are exempt, until none is any more only because of one that goes.
    """
    said = organisation.units.get("exempt")
    stays = np.ones(dissolving.size, dtype=np.bool_)
    while True:
        exempt = _first(matcher, rules, "kecuali", stays)
        if said is not None:
            exempt[said.eq(False).fillna(value=False).to_numpy(dtype=np.bool_)] = -1
            exempt[said.fillna(value=False).to_numpy(dtype=np.bool_)] = len(rules.rules)
        left = (dissolving < 0) | (exempt >= 0)
        if np.array_equal(left, stays):
            return exempt
        stays = left


def _first(matcher: Matcher, rules: Rules, action: str, among: BoolArray | None = None) -> IntArray:
    """Return the number of the first rule of an action that means each unit, -1 for none."""
    found = np.full(matcher.eselon.size, -1, dtype=np.int64)
    for number, rule in enumerate(rules.rules):
        if rule.action == action:
            found[(found < 0) & matcher.units(rule, among)] = number
    return found


def _refuse_roots(
    organisation: Organisation,
    dissolved: BoolArray,
    dissolving: IntArray,
    rules: tuple[Rule, ...],
) -> None:
    roots = np.flatnonzero(dissolved & (organisation.parent < 0))
    if roots.size:
        labels, names = organisation.units.index, organisation.units["name"].astype("str")
        shown = some(
            f"{labels[i]} ({names.iloc[i]}, rule {rules[dissolving[i]].code})"
            for i in roots.tolist()
        )
        raise DataError(
            f"rules: {roots.size} roots would dissolve: {shown}. Nothing stands above them to take "
            "their people. Exempt them (column exempt, with a reason), or narrow the rule."
        )


def _without(
    organisation: Organisation, stays: BoolArray, target: IntArray, number: IntArray
) -> Organisation:
    """Return the organisation of the units that stay."""
    kept = np.flatnonzero(stays)
    parent = organisation.parent[kept]
    heir = organisation.forest.nearest(stays)
    above = np.where(parent < 0, -1, number[heir[np.maximum(parent, 0)]])
    gone = ~stays[organisation.post_unit]
    if not gone.any():
        return replace(
            organisation,
            units=organisation.units.iloc[kept],
            parent=above,
            post_unit=target[organisation.post_unit],
        )
    units, posts = organisation.units, organisation.posts.copy(deep=False)
    dissolved = np.flatnonzero(~stays)
    place = np.full(stays.size, -1)
    place[dissolved] = np.arange(dissolved.size)
    labels = units.index[dissolved]
    tasks = units["name"].cat.rename_categories(str)
    if "task" in units:
        own = units["task"].astype("str").where(units["task"].notna(), tasks.astype("str"))
        tasks = own.astype("category")
    came = np.where(gone, place[organisation.post_unit], -1)
    posts["moved_from"] = replaced(posts["moved_from"].array, came, labels)
    did = np.where(gone, codes_of(tasks)[organisation.post_unit], -1)
    posts["task"] = replaced(posts["task"].array, did, tasks.cat.categories)
    return replace(
        organisation,
        units=units.iloc[kept],
        posts=posts,
        parent=above,
        post_unit=target[organisation.post_unit],
    )
