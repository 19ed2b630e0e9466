"""What the reform means for people: levels, income, those nobody can place, and roles."""

import datetime as dt

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, IntArray, as_floats
from analysis.errors import DataError, ParameterError
from analysis.messages import some
from analysis.restructuring.columns import KINDS, LEVELS, as_categories, codes_of
from analysis.restructuring.echelons import ROMAN
from analysis.restructuring.organisation import FUNCTIONAL, Organisation
from analysis.restructuring.persons import age
from analysis.restructuring.stages import Restructuring
from analysis.restructuring.structure import paths

_ECHELONS = ROMAN[:0:-1]
STEPS = (
    *((KINDS[0], level) for level in _ECHELONS),
    *((KINDS[1], level) for level in ("", *LEVELS)),
    (KINDS[2], ""),
)
"""Kinds of post and levels, from low to high: those of `pyramid`."""

SURPLUS = ("discharge", "waiting_pay", "not_named", "unknown")
"""What law does with people who cannot be placed, see `unplaced`."""


def pyramid(organisation: Organisation) -> pd.DataFrame:
    """Return people by kind of post and level, from low to high.

    Returns
    -------
    DataFrame
        `kind`, `level` (echelon V to I, functional levels; empty for *pelaksana* and where a
        functional post has none), `people`; every level is there, with 0 where nobody is. Sums to
        all people: those in closed posts count by their echelon.
    """
    counts = np.bincount(
        post_levels(organisation), weights=organisation.incumbents, minlength=len(STEPS)
    )
    table = pd.DataFrame(STEPS, columns=["kind", "level"])
    return table.assign(people=counts.astype(np.int64))


def post_levels(organisation: Organisation) -> IntArray:
    """Return the position of each post in `STEPS`, closed ones by their echelon, shape (posts,)."""
    echelon = organisation.posts["eselon"].to_numpy().astype(np.int64) // 10
    jenjang = codes_of(organisation.posts["jenjang"]).astype(np.int64)
    functional = organisation.post_kind == FUNCTIONAL
    return np.select(
        [echelon > 0, functional],
        [len(_ECHELONS) - echelon, len(_ECHELONS) + 1 + jenjang],
        default=len(STEPS) - 1,
    )


def income_cost(found: Restructuring) -> "pd.Series[float]":
    """Return what protecting the income of equalised people costs a month.

    Under the `penghasilan` rule the larger of the old total and that of the functional post is
    paid, until promotion or transfer.

    Parameters
    ----------
    found : Restructuring
        People have `income_structural` and `income_functional`: all allowances of the old and the
        new post, in rupiah a month, missing where not known.

    Returns
    -------
    Series
        `people` equalised whose two amounts are known, `unknown` the others; in rupiah a month
        `before` (old totals), `functional` (totals of the new posts), `paid`, `protection` =
        paid - functional, `change` = paid - before.

    Raises
    ------
    ParameterError
        If no `penghasilan` rule holds on the day, or the columns are missing.
    DataError
        If an amount is negative.
    """
    if not found.rules.of("penghasilan"):
        raise ParameterError(
            f"income_cost: no rule that protects income holds on {found.rules.day}. Choose a later "
            "day."
        )
    people = found.before.people
    lacking = [n for n in ("income_structural", "income_functional") if n not in people]
    if lacking:
        raise ParameterError(f"income_cost: people have no column {some(lacking)}. Add it.")
    details = found.details
    those = people.index.get_indexer(
        pd.Index(details.loc[details["outcome"] != "unplaced", "person"])
    )
    old, new = (
        as_floats(people[name].iloc[those], what=f"people, {name}")
        for name in ("income_structural", "income_functional")
    )
    wrong = (old < 0) | (new < 0)
    if wrong.any():
        raise DataError(f"people: income of {some(people.index[those[wrong]])} is below zero.")
    known = ~(np.isnan(old) | np.isnan(new))
    old, new = old[known], new[known]
    paid = np.maximum(old, new)
    return pd.Series(
        {
            "people": float(old.size),
            "unknown": float(np.count_nonzero(~known)),
            "before": old.sum(),
            "functional": new.sum(),
            "paid": paid.sum(),
            "protection": (paid - new).sum(),
            "change": (paid - old).sum(),
        },
        name="rupiah",
    )


def unplaced(found: Restructuring) -> "pd.Series[int]":
    """Return how many people nobody can place, by what law does with them.

    PP 11/2017 Article 241, for whom no other post is found: `discharge` (with honour) from the age
    of the `kelebihan_umur` rule with at least the years of service of `kelebihan_masa_kerja`;
    `waiting_pay` below both; `not_named` in mixed cases, of which the article says nothing;
    `unknown` without birth date or years of service (`service`).

    Raises
    ------
    ParameterError
        If the rules have not both numbers.
    """
    counts = np.bincount(codes_of(unplaced_cases(found)), minlength=len(SURPLUS))
    return pd.Series(counts, index=pd.Index(SURPLUS, name="case"), name="people")


def unplaced_cases(found: Restructuring) -> "pd.Series[str]":
    """Return what law does with each person nobody can place: one of `SURPLUS`, by person.

    Raises
    ------
    ParameterError
        As `unplaced`.
    """
    rules = found.rules
    oldest, longest = rules.number("kelebihan_umur"), rules.number("kelebihan_masa_kerja")
    if oldest is None or longest is None:
        raise ParameterError(
            "unplaced: the rules kelebihan_umur and kelebihan_masa_kerja must hold on "
            f"{rules.day}. Add them to aturan_penyederhanaan."
        )
    after = found.after
    closed = after.posts["closed"].to_numpy(dtype=np.bool_)[after.person_post]
    people = after.people[closed]
    ages = age(people, rules.day)
    missing = pd.Series(np.nan, index=people.index)
    service = as_floats(people.get("service", missing), what="people, service")
    old, long = ages >= oldest, service >= longest
    unknown = np.isnan(ages) | np.isnan(service)
    kinds = np.select([unknown, old & long, ~old & ~long], [3, 0, 1], default=2)
    return pd.Series(as_categories(kinds.astype(np.int64), SURPLUS), people.index, name="case")


def role_holders(found: Restructuring, day: dt.date) -> BoolArray:
    """Return which units before are led by a coordinator or sub-coordinator on a day.

    Dissolved units whose former head was equalised to a level that a `peran` rule gives the role,
    on a day on which it holds; shape (units before,).
    """
    rules = found.rules
    levels = {
        r.level for r in (*rules.rules, *rules.other_days) if r.action == "peran" and r.holds(day)
    }
    details = found.details
    led: BoolArray = np.zeros(len(found.before.units), dtype=np.bool_)
    if details.empty or not levels:
        return led
    holders = details[details["level"].isin(levels) & (details["outcome"] != "unplaced")]
    posts = found.before.posts.index.get_indexer(pd.Index(holders["post"]))
    heads = found.before.is_head[posts]
    led[found.before.post_unit[posts[heads]]] = True
    return led


def de_facto_layers(found: Restructuring, day: dt.date | None = None) -> pd.DataFrame:
    """Return how flat the agencies really are: roles counted as the layers they stand in for.

    Coordinator and sub-coordinator are roles, not posts: the structure has no layer for them. On
    days on which they existed, their groups worked where the dissolved units were.

    Parameters
    ----------
    found : Restructuring
    day : date, optional
        By default that of the rules.

    Returns
    -------
    DataFrame, indexed by agency
        `before` and `after`, layers of heads; `de_facto`, most heads and roles on a way up through
        the old units; `roles`, how many units are led by a role.
    """
    before, after = found.before, found.after
    led = role_holders(found, found.rules.day if day is None else day)
    stays = found.steps[0].unit_state != 2
    old = before.head >= 0
    working = (old & stays) | led
    agency = codes_of(before.units["agency"])
    names = before.units["agency"].cat.categories
    new_agency = codes_of(after.units["agency"])
    frame = pd.DataFrame(index=names.rename("agency"))
    for name, chain, codes in (
        ("before", paths(before), agency),
        ("after", paths(after), new_agency),
        ("de_facto", before.forest.along(working.astype(np.int64)), agency),
    ):
        most = np.zeros(names.size, dtype=np.int64)
        np.maximum.at(most, codes, chain)
        frame[name] = most
    frame["roles"] = np.bincount(agency, weights=led, minlength=names.size).astype(np.int64)
    return frame
