"""What validation found: rows by rule, with a few masked examples."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.individuals.validation.rule import Rule
from analysis.person_numbers import without_person_numbers

_NUMBER_OF_A_PERSON = re.compile(r"\d(?:[ .]?\d){15,}|\d[.,]\d+E\+\d+", re.IGNORECASE)
_LONGEST = 60


@dataclass(frozen=True)
class Example:
    """A row that breaks a rule.

    Attributes
    ----------
    row : int or None
        Row of the file, where it has rows.
    values : mapping of str to str
        What stands in the columns that the rule reads. Of a column that tells who a person is,
        only the shape: 9 for a digit, A for a letter.
    """

    row: int | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """One rule on one table.

    Attributes
    ----------
    rule : Rule
    rows : int or None
        Rows that break it; None where it was not checked.
    lacking : tuple of str
        Columns, or tables, without which it was not checked.
    examples : tuple of Example
    """

    rule: Rule
    rows: int | None
    lacking: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def fault(self) -> bool:
        """Whether rows break a rule that is more than a note."""
        return bool(self.rows) and not self.rule.note


@dataclass(frozen=True)
class TableFindings:
    """All rules on one table.

    Attributes
    ----------
    table : str
    rows : int
        Rows of the table.
    findings : tuple of Finding
    """

    table: str
    rows: int
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings with rows, faults and notes, most rows first."""
        some = [finding for finding in self.findings if finding.rows]
        return tuple(sorted(some, key=lambda f: (f.rule.note, -(f.rows or 0), f.rule.key)))

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """The rules that could not be checked, for want of a column or a table."""
        return tuple(finding for finding in self.findings if finding.rows is None)


@dataclass(frozen=True)
class Validation:
    """All rules on all tables."""

    tables: tuple[TableFindings, ...]

    def __iter__(self) -> Iterator[TableFindings]:
        return iter(self.tables)

    def __getitem__(self, key: str) -> Finding:
        """Return what was found of a rule, by its key."""
        return next(f for table in self.tables for f in table.findings if f.rule.key == key)

    @property
    def faults(self) -> dict[str, int]:
        """Rows by key of every rule that is broken and more than a note."""
        return {f.rule.key: f.rows or 0 for table in self.tables for f in table.broken if f.fault}

    @property
    def synthetic(self) -> bool:
        """Whether people are made up: most NIPs have the reserved mark, others being broken."""
        people = [table for table in self.tables if table.table == "people"]
        return bool(people) and 2 * (self["people.nip_synthetic"].rows or 0) > people[0].rows


def shape(text: str) -> str:
    """Return the shape of a text that is not to be read.

    Examples
    --------
    >>> shape("19780612 200003 1 994"), shape("1,98503E+17")
    ('99999999 999999 9 999', '9,99999A+99')
    """
    return "".join("9" if c.isdigit() else "A" if c.isalpha() else c for c in text)


def masked(text: str) -> str:
    """Return a text that may be read, cut where it is long, without NIP or NIK in it.

    Examples
    --------
    >>> masked("7701000001"), masked("SD Melati, 19780612 200003 1 994")
    ('7701000001', 'SD Melati, •••')
    >>> masked("19780612-200003-1-994"), masked("19780612200003")
    ('•••', '•••')
    """
    hidden = _NUMBER_OF_A_PERSON.sub("•••", without_person_numbers(text))
    return hidden if len(hidden) <= _LONGEST else f"{hidden[:_LONGEST]}…"
