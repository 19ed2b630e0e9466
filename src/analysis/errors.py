"""The one family of errors that a user of this package is meant to read."""

from collections.abc import Iterable


class AnalysisError(ValueError):
    """An input the analysis cannot accept.

    The message names the file (or argument), the column and the rows, says which rule was
    broken, and ends with what to do next.
    """


class DomainError(AnalysisError):
    """A value lies outside the domain of the measure it was given to."""


class IntervalError(DomainError):
    """No interval that would hold as often as it says can be given for these units."""


class DataError(AnalysisError):
    """A table, or the frame read from it, breaks its description."""


class LackingError(DataError):
    """Records lack a table or column; whatever does not need it can be made all the same."""


class ParameterError(AnalysisError):
    """A notebook parameter is unknown, mistyped or contradicts another one."""


class DisclosureError(AnalysisError):
    """What is to be published would give away a cell that must stay hidden."""


class UnprotectedError(DisclosureError):
    """A cell is given away whatever else is hidden: other tables can be published all the same.

    Attributes
    ----------
    tables : frozenset of str
        Names of the tables that have such cells.
    """

    def __init__(self, message: str, *, tables: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.tables = frozenset(tables)
