"""Retirement ages (*BUP*) by post, and who reaches them in the coming years."""

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray
from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import LEVELS, codes_of
from analysis.restructuring.matching import same_echelon, with_phrases
from analysis.restructuring.organisation import Organisation
from analysis.restructuring.persons import age
from analysis.restructuring.rule_rows import Rule
from analysis.restructuring.rules import Rules


def retirement_ages(organisation: Organisation, rules: Rules) -> FloatArray:
    """Return the retirement age of each post, in years.

    The most particular `bup` rule counts: one with a phrase of the title before one without, then
    one with a level or echelon before one without. Closed posts count by their echelon.

    Returns
    -------
    ndarray, shape (posts,)

    Raises
    ------
    DataError
        If no rule holds for a post.
    """
    posts = organisation.posts
    ages = np.full(len(posts), np.nan)
    levels, titles = codes_of(posts["jenjang"]), posts["title"]
    eselon = posts["eselon"].to_numpy()
    for rule in sorted(rules.of("bup"), key=_particular):
        meant = same_echelon(eselon, rule.eselon)
        if rule.level:
            meant = meant & (levels == LEVELS.index(rule.level))
        if rule.keywords:
            meant = meant & with_phrases(titles.cat.categories, rule.keywords)[codes_of(titles)]
        ages[meant] = rule.number
    lacking = np.isnan(ages)
    if lacking.any():
        shown = some(posts["title"][lacking].unique())
        raise DataError(
            f"rules: no bup rule holds on {rules.day} for {np.count_nonzero(lacking)} posts "
            f"({shown}). Add one to aturan_penyederhanaan."
        )
    return ages


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
        date). Sums to all people.
    """
    left = retirement_ages(organisation, rules)[organisation.person_post]
    left = left - age(organisation.people, rules.day)
    unknown = np.isnan(left)
    year = np.clip(np.floor(np.where(unknown, 0.0, left)) + 1, 0, years + 1).astype(np.int64)
    counts = np.bincount(year[~unknown], minlength=years + 2)
    index = pd.Index(["overdue", *range(1, years + 1), "later", "unknown"], name="year")
    return pd.Series([*counts, np.count_nonzero(unknown)], index=index, name="people")


def _particular(rule: Rule) -> tuple[bool, bool]:
    return bool(rule.keywords), bool(rule.level or rule.eselon)
