"""What a stage did: every unit, post and person before, what became of it, and by which rule."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import as_categories, as_used_categories
from analysis.restructuring.lookups import labels_at
from analysis.restructuring.organisation import Organisation

UNIT_STATES = ("retained", "exempt", "dissolved")
RETAINED, EXEMPT, DISSOLVED = range(len(UNIT_STATES))

POST_STATES = ("kept", "moved", "merged", "closed", "replaced", "ended")
KEPT, MOVED, MERGED, CLOSED, REPLACED, ENDED = range(len(POST_STATES))

OUTCOMES = ("unchanged", "moved", "merged", "closed", "equalised", "conditional", "unplaced")
UNCHANGED, PERSON_MOVED, PERSON_MERGED, PERSON_CLOSED, EQUALISED, CONDITIONAL, UNPLACED = range(
    len(OUTCOMES)
)

OVERRIDE = "kolom exempt"
"""What stands for a rule where the column `exempt` of a unit decided."""

Codes: TypeAlias = npt.NDArray[np.integer[Any]]
"""Whole numbers, as small as they may be: there are millions of them."""

_OF_UNITS = ["new_unit", "status", "rule"]
_OF_POSTS = ["new_post", "status", "rule"]


@dataclass(frozen=True, eq=False, repr=False)
class Step:
    """One stage, as arrays in the order of the organisation before it.

    Attributes
    ----------
    stage : str
        "struktur", "jabatan" or "penyetaraan".
    before, after : Organisation
    codes : tuple of str
        What the numbers of rules stand for; -1 is no rule.
    unit_target, unit_state, unit_rule : ndarray of int, shape (units before,)
        Position afterwards of the unit itself, or of the one that took it over; its state, see
        `UNIT_STATES`; the rule that dissolved or exempted it.
    post_target, post_state, post_rule : ndarray of int, shape (posts before,)
        Position afterwards of the post itself or of its successor, -1 where it has none; its
        state, see `POST_STATES`; the rule.
    outcome, person_rule : ndarray of int, shape (people,)
        See `OUTCOMES`; the rule.
    details : DataFrame
        Of the third stage: the people whose post was closed, see `equalise`.
    """

    stage: str
    before: Organisation
    after: Organisation
    codes: tuple[str, ...]
    unit_target: Codes
    unit_state: Codes
    unit_rule: Codes
    post_target: Codes
    post_state: Codes
    post_rule: Codes
    outcome: Codes
    person_rule: Codes
    details: pd.DataFrame

    def units(self) -> pd.DataFrame:
        """Return the crosswalk: every unit before, with `new_unit`, `status` and `rule`."""
        frame = self.before.to_frames()[0]
        frame["new_unit"] = self.after.units.index[self.unit_target]
        frame["status"] = as_categories(self.unit_state, UNIT_STATES)
        frame["rule"] = as_used_categories(self.unit_rule, self.codes)
        return frame

    def posts(self) -> pd.DataFrame:
        """Return the post list: every post before, with `new_post`, `status` and `rule`.

        `new_post` is the post itself, its successor, or missing: then `status` says why it has
        none, "ended" (nobody held it).
        """
        frame = self.before.to_frames()[1]
        successor = pd.Series(self.after.posts.index[np.maximum(self.post_target, 0)])
        frame["new_post"] = successor.where(self.post_target >= 0)
        frame["status"] = as_categories(self.post_state, POST_STATES)
        frame["rule"] = as_used_categories(self.post_rule, self.codes)
        return frame

    def people(self, *, changed: bool = False) -> pd.DataFrame:
        """Return the ledger: one row a person, before and after, outcome and rule.

        Parameters
        ----------
        changed : bool
            Only rows of people for whom the stage changed something.
        """
        before, after = self.before, self.after
        whole = np.arange(self.outcome.size, dtype=np.int32)
        rows = np.flatnonzero(self.outcome != UNCHANGED) if changed else whole
        return pd.DataFrame(
            {
                "stage": as_categories(np.zeros_like(self.outcome[rows]), [self.stage]),
                "person": labels_at(before.people.index, rows),
                "post_before": labels_at(before.posts.index, before.person_post[rows]),
                "unit_before": labels_at(before.units.index, before.person_unit[rows]),
                "post_after": labels_at(after.posts.index, after.person_post[rows]),
                "unit_after": labels_at(after.units.index, after.person_unit[rows]),
                "outcome": as_categories(self.outcome[rows], OUTCOMES),
                "rule": as_used_categories(self.person_rule[rows], self.codes),
            },
            copy=False,
        )


def undo(
    after: Organisation, units: pd.DataFrame, posts: pd.DataFrame, people: pd.DataFrame
) -> Organisation:
    """Return the organisation before a stage, from what is left and the records of the stage.

    Parameters
    ----------
    after : Organisation
        The state after it: only what is known of the people is taken from it.
    units, posts, people : DataFrame
        The crosswalk, the post list and the ledger, as `Step.units`, `Step.posts` and
        `Step.people` return them, or read from where they were kept.

    Raises
    ------
    DataError
        If the ledger has not exactly one row for each person.
    """
    labels = people[["person", "post_before"]].astype(
        {"person": after.people.index.dtype, "post_before": after.posts.index.dtype}
    )
    ledger = labels.set_index("person")["post_before"]
    strangers = ledger.index.symmetric_difference(after.people.index)
    if strangers.size or not ledger.index.is_unique:
        twice = ledger.index[ledger.index.duplicated()]
        raise DataError(
            f"ledger: expected one row for each person; {some([*strangers, *twice])} is missing, "
            "unknown or there twice. Pass the ledger of this stage, whole."
        )
    persons = after.people.reindex(ledger.index)
    persons.insert(0, "post", ledger)
    return Organisation.from_frames(
        units.drop(columns=_OF_UNITS), posts.drop(columns=_OF_POSTS), persons.reset_index()
    )


def unchanged(organisation: Organisation) -> dict[str, Any]:
    """Return the arrays of a step that changes nothing, for a stage to change."""
    units, posts = len(organisation.units), len(organisation.posts)
    people = len(organisation.people)
    return {
        "unit_target": np.arange(units, dtype=np.int32),
        "unit_state": np.zeros(units, dtype=np.int8),
        "unit_rule": np.full(units, -1, dtype=np.int16),
        "post_target": np.arange(posts, dtype=np.int32),
        "post_state": np.zeros(posts, dtype=np.int8),
        "post_rule": np.full(posts, -1, dtype=np.int16),
        "outcome": np.zeros(people, dtype=np.int8),
        "person_rule": np.full(people, -1, dtype=np.int16),
        "details": pd.DataFrame(),
    }


def compact(arrays: dict[str, Any]) -> dict[str, Any]:
    """Return the arrays of a step as small as they may be."""
    small = {"target": np.int32, "state": np.int8, "outcome": np.int8, "rule": np.int16}
    return {
        name: value.astype(small[name.rsplit("_", 1)[-1]], copy=False)
        if isinstance(value, np.ndarray)
        else value
        for name, value in arrays.items()
    }
