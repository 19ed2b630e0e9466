"""What the reports that are not yet in text files say of their methods and sources."""

from collections.abc import Sequence

from analysis.language import Code
from analysis.reports import common
from analysis.reports.display import Prose
from analysis.reports.wording import Words


def methods(measures: Sequence[str], language: Code) -> Prose:
    """Return the formula and reference of each measure, and how population is brought to a date."""
    return Words.of("common", language, {})("methods", common.methods(measures))


def tables(processed: Sequence[str], language: Code) -> Prose:
    """Return title, publisher, date and terms of every raw table behind the tidy ones."""
    return Words.of("common", language, {})("sources", common.sources(dict.fromkeys(processed)))


def lines(processed: Sequence[str], language: Code) -> tuple[str, ...]:
    """Return the same as lines of plain text."""
    found = common.sources(dict.fromkeys(processed))
    return Words.of("common", language, {}).lines("sources.text", found)
