"""Who may be moved at all: by status, and by years in the post."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray
from analysis.datasets.office_tables import OfficeTable
from analysis.datasets.regulations import Regulation, regulation_at
from analysis.errors import DataError
from analysis.geography.names import plain
from analysis.messages import some

_SHARE, _YEARS = "pppk_dapat_dipindah", "masa_jabatan_minimum"
_PNS = frozenset({"pns"})
_PPPK = frozenset({"pppk", "p3k", "pppkpenuhwaktu", "pppkparuhwaktu"})


@dataclass(frozen=True)
class MovingRules:
    """What keeps people in their place, from the table of rules.

    Attributes
    ----------
    pppk_may_move : bool
        Whether PPPK may be moved.
    least_years : float
        Years in a post after which people may be moved.
    pppk_basis, years_basis : str
        What each rests on, with its level of verification, for the account.
    """

    pppk_may_move: bool
    least_years: float
    pppk_basis: str = ""
    years_basis: str = ""


def moving_rules(table: pd.DataFrame, date: dt.date) -> MovingRules:
    """Return the rules that hold on a date.

    Parameters
    ----------
    table : DataFrame
        Numbers of law, as from `tidy_regulations`.
    date : date

    Raises
    ------
    DataError
        If the table has no such rule on the date.
    """
    found = {code: regulation_at(table, code, date) for code in (_SHARE, _YEARS)}
    known = {code: rule for code, rule in found.items() if rule is not None}
    if len(known) < len(found):
        lacking = some(sorted(set(found) - set(known)))
        raise DataError(
            f"aturan: no row {lacking} holds on {date}. Choose a later date, or add the row."
        )
    share, years = known[_SHARE], known[_YEARS]
    return MovingRules(share.value > 0, years.value, _basis(share), _basis(years))


def share_that_moves(
    table: OfficeTable,
    heading: str,
    rules: MovingRules,
    said: Mapping[str, bool],
) -> FloatArray:
    """Return 1 for the rows whose people may be moved, by their status, and 0 for the others.

    Parameters
    ----------
    said : mapping of str to bool
        Whether people of a status may be moved, where the rules do not say.

    Raises
    ------
    DataError
        If a status is missing or not known.
    """
    status = table.texts(heading)
    given = {plain(name): bool(moves) for name, moves in said.items()}
    known = {
        **dict.fromkeys(_PNS, True),
        **dict.fromkeys(_PPPK, rules.pppk_may_move),
        **given,
    }
    keys = status.map(plain, na_action="ignore")
    unknown = ~keys.isin(known)
    if unknown.any():
        named = status[unknown].fillna("nothing").drop_duplicates()
        shown = some(f"{name!r} (row {row})" for row, name in named.items())
        raise DataError(
            f"{table.what}, column {heading!r}: status {shown} is neither PNS nor PPPK. "
            f'Say whether these people may be moved: "{named.iloc[0]}" = false under [status] of '
            "the mapping."
        )
    moves: FloatArray = np.array([float(known[key]) for key in keys])
    return moves


def long_enough(years: pd.Series, rules: MovingRules) -> FloatArray:
    """Return 1 for the rows whose people have been in the post long enough, 0 for the others."""
    enough: FloatArray = np.where(years.to_numpy() >= rules.least_years, 1.0, 0.0)
    return enough


def _basis(rule: Regulation) -> str:
    article = f", {rule.article}" if rule.article else ""
    return (
        f"{rule.subject}: {rule.value:g} {rule.unit} ({rule.basis}{article}; {rule.verification})"
    )
