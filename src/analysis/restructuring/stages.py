"""The three stages one after the other, and what they did together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.restructuring.columns import as_categories, as_used_categories
from analysis.restructuring.echelons import echelon_names
from analysis.restructuring.equalisation import equalise
from analysis.restructuring.lookups import labels_at
from analysis.restructuring.organisation import Organisation
from analysis.restructuring.post_stage import simplify_posts
from analysis.restructuring.rules import Rules
from analysis.restructuring.steps import CLOSED, KEPT, MOVED, POST_STATES, Step
from analysis.restructuring.unit_stage import simplify_units


@dataclass(frozen=True, eq=False, repr=False)
class Restructuring:
    """An organisation before and after the three stages.

    Attributes
    ----------
    rules : Rules
    steps : tuple of Step
        `simplify_units`, `simplify_posts` and `equalise`.
    """

    rules: Rules
    steps: tuple[Step, Step, Step]

    @property
    def before(self) -> Organisation:
        """The organisation before the first stage."""
        return self.steps[0].before

    @property
    def after(self) -> Organisation:
        """The organisation after the last stage."""
        return self.steps[-1].after

    @property
    def details(self) -> pd.DataFrame:
        """The people whose post was closed, see `equalise`."""
        return self.steps[-1].details

    def crosswalk(self) -> pd.DataFrame:
        """Return every unit before with `new_unit`, `status` and `rule`."""
        return self.steps[0].units()

    def ledger(self, *, changed: bool = False) -> pd.DataFrame:
        """Return one row for each person and stage, see `Step.people`.

        Parameters
        ----------
        changed : bool
            Only rows of people for whom the stage changed something.
        """
        frames = [step.people(changed=changed) for step in self.steps]
        for column in ("stage", "outcome", "rule"):
            names = list(dict.fromkeys(n for f in frames for n in f[column].cat.categories))
            for frame in frames:
                frame[column] = frame[column].cat.set_categories(names)
        columns = {}
        for name in frames[0].columns.tolist():  # all at once would be there twice
            columns[name] = pd.concat([frame.pop(name) for frame in frames], ignore_index=True)
        return pd.DataFrame(columns, copy=False)

    def posts(self) -> pd.DataFrame:
        """Return every post before with what became of it over all stages.

        Returns
        -------
        DataFrame
            `post`, `unit`, `title`, `eselon`, `new_post` (itself or its successor; missing where
            it has none), `status` (`POST_STATES`: "ended" for one that nobody held, "closed" for
            one whose incumbent could not be placed) and `rule`, one row a post.
        """
        before = self.before
        place = np.arange(len(before.posts))
        state, rule = np.zeros(place.size, dtype=np.int64), np.full(place.size, -1)
        names = list(dict.fromkeys(code for step in self.steps for code in step.codes))
        for step in self.steps:
            there = place >= 0
            did = np.where(there, step.post_state[place], KEPT)
            changed = (did != KEPT) & ~((did == MOVED) & (state != KEPT))
            number = pd.Index(names).get_indexer(pd.Index(step.codes))
            state[changed] = did[changed]
            found = np.append(number, -1)[step.post_rule[place]]
            rule = np.where(changed & (found >= 0), found, rule)
            place = np.where(there, step.post_target[place], -1)
        gone = (place < 0) | (state == CLOSED)
        return pd.DataFrame(
            {
                "post": before.posts.index,
                "unit": labels_at(before.units.index, before.post_unit),
                "title": before.posts["title"].array,
                "eselon": echelon_names(before.posts["eselon"]),
                "new_post": labels_at(self.after.posts.index, np.where(gone, -1, place)),
                "status": as_categories(state, POST_STATES),
                "rule": as_used_categories(rule, names),
            }
        )


def restructure(organisation: Organisation, rules: Rules) -> Restructuring:
    """Apply the three stages: `simplify_units`, `simplify_posts`, `equalise`.

    Examples
    --------
    >>> units = pd.DataFrame(
    ...     {
    ...         "unit": ["B", "P", "S"],
    ...         "parent": [None, "B", "P"],
    ...         "eselon": ["II", "III", "IV"],
    ...         "kind": ["badan", "bidang", "seksi"],
    ...         "agency": "Badan A",
    ...         "agency_kind": "pusat",
    ...         "name": ["Badan A", "Bidang Statistik", "Seksi Neraca"],
    ...     }
    ... )
    >>> people = pd.DataFrame({"person": [1, 2, 3], "post": ["B", "P", "S"]})
    >>> import datetime as dt
    >>> from analysis.datasets import read_table
    >>> rules = Rules.from_frame(
    ...     read_table("aturan_penyederhanaan"),
    ...     read_table("batas_usia_pensiun"),
    ...     dt.date(2021, 12, 31),
    ... )
    >>> found = restructure(Organisation.from_frames(units, None, people), rules)
    >>> found.after.posts["title"].tolist()
    ['Kepala Badan A', 'Statistisi Ahli Madya', 'Statistisi Ahli Muda']
    """
    first = simplify_units(organisation, rules)
    second = simplify_posts(first.after, rules)
    return Restructuring(rules, (first, second, equalise(second.after, rules)))
