"""Retirement ages (*BUP*) by post, and who reaches them in the coming years."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.restructuring.columns import KINDS, as_categories
from analysis.restructuring.echelons import level_of
from analysis.restructuring.organisation import STRUCTURAL, Organisation
from analysis.restructuring.persons import age
from analysis.restructuring.rules import Rules


def retirement_ages(organisation: Organisation, rules: Rules) -> FloatArray:
    """Return the retirement age of each post, in years; see `RetirementRules.ages`.

    Posts with an echelon count by it, closed ones too.

    Returns
    -------
    ndarray, shape (posts,)
        NaN where the law that is known says nothing of the post.
    """
    posts = organisation.posts
    eselon = posts["eselon"].to_numpy()
    kind = np.where(eselon > 0, STRUCTURAL, organisation.post_kind)
    columns: dict[str, Any] = {
        "kind": as_categories(kind, KINDS),
        "echelon": level_of(eselon),
        "level": posts["jenjang"].array,
        "title": posts["title"].array,
    }
    return rules.retirement.ages(pd.DataFrame(columns))


def retirements(organisation: Organisation, rules: Rules, *, years: int = 10) -> "pd.Series[int]":
    """Return how many people reach the retirement age of their post in each coming year.

    Parameters
    ----------
    organisation : Organisation
        People have the column `birth`.
    rules : Rules
        Year 1 begins on their day.
    years : int
        Years to show, at least 1.

    Returns
    -------
    Series
        Index `year`: "overdue" (past it on the day), 1 to `years`, "later", "unknown" (no birth
        date, or no age known for the post). Sums to all people.
    """
    counts = np.bincount(retirement_years(organisation, rules, years=years), minlength=years + 3)
    index = pd.Index(["overdue", *range(1, years + 1), "later", "unknown"], name="year")
    return pd.Series(counts, index=index, name="people")


def retirement_years(organisation: Organisation, rules: Rules, *, years: int = 10) -> IntArray:
    """Return the year in which each person reaches the age of retirement of the post.

    Parameters
    ----------
    organisation, rules, years
        As in `retirements`.

    Returns
    -------
    ndarray of int, shape (people,)
        Positions in the index of `retirements`: 0 past it, 1 to `years`, `years + 1` later,
        `years + 2` not known.
    """
    left = retirement_ages(organisation, rules)[organisation.person_post]
    left = left - age(organisation.people, rules.day)
    unknown = np.isnan(left)
    year = np.clip(np.floor(np.where(unknown, 0.0, left)) + 1, 0, years + 1).astype(np.int64)
    return np.where(unknown, years + 2, year)
