"""What a rule is: a name, words, and an expression that is true of the rows that break it.

Expressions are of Ibis, so that one rule runs on DuckDB, PostgreSQL and Spark. A row breaks a rule
only where its expression is true: what is missing breaks none but the rules that ask for it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import ibis.expr.types as ir

from analysis.arrays import BoolArray
from analysis.individuals.schema import CodeLists
from analysis.individuals.validation.unit_tree import UnitTree
from analysis.language import Code


@dataclass(frozen=True)
class Basis:
    """What rows are held to, besides each other.

    Attributes
    ----------
    day : date
        Day that the extract describes; later dates of it lie in the future.
    youngest : mapping of str to int
        Least age at appointment, in years, of PNS and of PPPK.
    codes : CodeLists
    provinces, kabkota : tuple of str
        Codes of Kemendagri.
    activities : tuple of str
        Kinds of development whose JP are known.
    """

    day: dt.date
    youngest: dict[str, int]
    codes: CodeLists
    provinces: tuple[str, ...]
    kabkota: tuple[str, ...]
    activities: tuple[str, ...]


KABKOTA = "kabkota_kemendagri"
"""Table of the codes of kabupaten and kota, `kode`, beside those of the extract."""

Failing: TypeAlias = Callable[[ir.Table, Basis], ir.BooleanValue]


@dataclass(frozen=True)
class Rule:
    """A rule that rows of a table keep or break.

    Attributes
    ----------
    table, name : str
        Together its key, such as `people.nip_form`.
    columns : tuple of str
        What it reads; without one of them it is not checked, and the report says so.
    indonesian, english : str
        What is wrong with a row that breaks it.
    note : bool
        Whether it is worth knowing and no fault.
    """

    table: str
    name: str
    columns: tuple[str, ...]
    indonesian: str
    english: str
    note: bool = False

    @property
    def key(self) -> str:
        """What reports, choices and tests call it."""
        return f"{self.table}.{self.name}"

    def says(self, language: Code) -> str:
        """Return what is wrong with a row that breaks it."""
        return self.indonesian if language == "id" else self.english


@dataclass(frozen=True, kw_only=True)
class RowRule(Rule):
    """A rule that a row keeps or breaks by itself."""

    failing: Failing


@dataclass(frozen=True)
class ReferenceRule(Rule):
    """A rule that what `columns` points to is there: a value of `target`, `table.column`."""

    target: str = ""


@dataclass(frozen=True)
class RepeatRule(Rule):
    """A rule that no two rows have one key.

    With `identical`, it is broken by a row that says the same in all columns as one before it;
    else by rows of one key that contradict each other, all of them.
    """

    identical: bool = False


@dataclass(frozen=True, kw_only=True)
class TreeRule(Rule):
    """A rule of the tree of units."""

    failing: Callable[[UnitTree], BoolArray]
