"""What a set of tables made from records is, before it passes the gate."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from analysis.disclosure import Known, Same, Statistics, Table
from analysis.errors import AnalysisError, LackingError

UNFIT: Final = "the records do not fit together; whoever made the run was told how."


@dataclass(frozen=True, eq=False)
class OpenTable:
    """A table about no single person.

    Parameters
    ----------
    frame : DataFrame
    kind : {"public", "internal"}
        See `analysis.disclosure.Published`.
    """

    frame: pd.DataFrame
    kind: Literal["public", "internal"]


@dataclass(frozen=True, eq=False)
class ProtectedSet:
    """Tables made from records by one set, by name; names are unique over all sets.

    Parameters
    ----------
    tables : mapping of str to Table
        What adds up: numbers of people, and sums. All sets of a run are protected together.
    open : mapping of str to OpenTable
        What is about no single person.
    statistics : mapping of str to Statistics
        What many people are behind and does not add up.
    lacking : mapping of str to str
        Tables that the records do not suffice for, and why.
    known : sequence of Known or Same
        What open tables tell of cells of `tables`, and which of these are the same.
    told : mapping of str to str
        Of tables that lack, what is wrong with the records where that may tell of single people:
        for whoever makes the run, and written nowhere.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    open: Mapping[str, OpenTable] = field(default_factory=dict)
    statistics: Mapping[str, Statistics] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)
    known: Sequence[Known | Same] = ()
    told: Mapping[str, str] = field(default_factory=dict)


def unmade(names: Collection[str], error: AnalysisError) -> ProtectedSet:
    """Return a set that lacks tables, and why.

    What records lack may be said in public. What else is wrong with them names posts, or numbers of
    few people.
    """
    if isinstance(error, LackingError):
        return ProtectedSet(lacking=dict.fromkeys(names, str(error)))
    return ProtectedSet(lacking=dict.fromkeys(names, UNFIT), told=dict.fromkeys(names, str(error)))


def tables_from(makers: Mapping[str, Callable[[], Table]]) -> ProtectedSet:
    """Return the tables that can be made, and of the others what the records lack.

    Parameters
    ----------
    makers : mapping of str to callable
        By the name of the table. One that raises `LackingError` leaves its table out.
    """
    tables, lacking = {}, {}
    for name, make in makers.items():
        try:
            tables[name] = make()
        except LackingError as error:
            lacking[name] = str(error)
    return ProtectedSet(tables, lacking=lacking)
