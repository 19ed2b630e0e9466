"""The functional family of a closed post, from what its dissolved unit did."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.arrays import BoolArray, IntArray
from analysis.restructuring.columns import codes_of
from analysis.restructuring.matching import with_phrases
from analysis.restructuring.rules import Rules

if TYPE_CHECKING:
    import pandas as pd

FAMILY_STATES = ("mapped", "unmapped", "several")
_MAPPED, _UNMAPPED, _SEVERAL = range(len(FAMILY_STATES))


@dataclass(frozen=True, eq=False)
class FamilyChoice:
    """The family of each post.

    Attributes
    ----------
    names : tuple of str
        The families.
    codes : ndarray of int, shape (posts,)
        Position of the family among `names`, -1 where it is open.
    state : ndarray of int, shape (posts,)
        See `FAMILY_STATES`: open because no rule names the task, or because several do.
    """

    names: tuple[str, ...]
    codes: IntArray
    state: IntArray


def families_of(task: "pd.Series[Any]", those: BoolArray, rules: Rules) -> FamilyChoice:
    """Return the family of posts by the `keluarga` rules.

    Of the rules whose phrases are in the task, those of the least `value` count; where they name
    different families, the choice is left to a person.

    Parameters
    ----------
    task : Series of categories, length (posts,)
        What the dissolved unit of each post did.
    those : ndarray of bool, shape (posts,)
        Which posts are asked for; the others stay open.
    rules : Rules
    """
    mapping = rules.of("keluarga")
    names = tuple(dict.fromkeys(rule.result for rule in mapping))
    used = np.unique(codes_of(task)[those])
    used = used[used >= 0]
    tasks = task.cat.categories[used]
    best = np.full(used.size, np.inf)
    family = np.full(used.size, -1, dtype=np.int64)
    state = np.full(used.size, _UNMAPPED, dtype=np.int64)
    for rule in mapping:
        meant, number = with_phrases(tasks, rule.keywords), names.index(rule.result)
        better = meant & (rule.number < best)
        tied = meant & (rule.number == best) & (family != number)
        best[better], family[better], state[better] = rule.number, number, _MAPPED
        state[tied] = _SEVERAL
    family[state != _MAPPED] = -1
    place = np.full(len(task.cat.categories) + 1, -1)
    place[used] = np.arange(used.size)
    of_post = np.where(those, place[codes_of(task)], -1)
    return FamilyChoice(
        names,
        np.append(family, -1)[of_post],
        np.append(state, _UNMAPPED)[of_post],
    )
