"""What a text may do with a value: the filters of its Jinja2 expressions.

Every filter refuses a value that is missing or not a number: whether there is one is for a
condition in the text to ask.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.errors import AnalysisError
from analysis.language import Language
from analysis.reports.values import Named


class Verbatim(str):
    """Markdown that a filter made and that is not escaped again."""

    __slots__ = ()


def filters(language: Language, *, markdown: bool = True) -> Mapping[str, Callable[..., str]]:
    """Return the filters of a language by name; the docstring of each is its manual.

    Parameters
    ----------
    language : Language
        How numbers, dates and lists are written.
    markdown : bool
        Links are Markdown; in plain text the address stands in parentheses.

    Examples
    --------
    >>> use = filters(Language("id"))
    >>> use["number"](1234.56, 1), use["signed"](-3, 0), use["percent"](0.1234)
    ('1.234,6', '−3', '12,3%')
    >>> use["named"]([Named("Aceh", 27.34), Named("Bali", 16.7)])
    'Aceh (27,3) dan Bali (16,7)'
    >>> filters(Language("en"))["plural"](1, "province", "provinces")
    'province'
    >>> [use["counted"](count, "tidak ada", "kurang dari satu") for count in (12, 0, 0.2)]
    ['12', 'tidak ada', 'kurang dari satu']
    >>> [use["out_of"](count, 20, "dari", "semua", "tidak satu pun") for count in (3, 20, 0)]
    ['3 dari 20', 'semua 20', 'tidak satu pun dari 20']
    >>> use["becoming"]("3", "5", "dari", "menjadi", "tetap")
    'dari 3 menjadi 5'
    """

    def number(value: float, decimals: int = 0) -> str:
        """Write {{ ratio | number(1) }}: 13,1."""
        return language.number(_finite(value), decimals)

    def signed(value: float, decimals: int = 0) -> str:
        """Write {{ change | signed(2) }}: +0,12."""
        return language.number(_finite(value), decimals, signed=True)

    def percent(share: float, decimals: int = 1) -> str:
        """Write {{ share | percent }}: 29,3%."""
        return language.percent(_finite(share), decimals)

    def signed_percent(share: float, decimals: int = 1) -> str:
        """Write {{ change | signed_percent(0) }}: −35%."""
        return language.percent(_finite(share), decimals, signed=True)

    def date(day: dt.date) -> str:
        """Write {{ date | date }}: 31 Desember 2023."""
        if not isinstance(day, dt.date):
            raise AnalysisError(f"the filter date was given {day!r}, which is no date")
        return language.date(day)

    def name(key: str) -> str:
        """Write {{ island | name }}: an island group, in the language of the report."""
        return language.name(key)

    def term(key: str) -> str:
        """Write {{ kind | term }}: a name inside a sentence, dokter umum for Dokter umum.

        What starts with two capitals, such as PNS, is an abbreviation and stays.
        """
        said = language.name(key)
        return said if said[1:2].isupper() else said[:1].lower() + said[1:]

    def listing(items: Iterable[str]) -> str:
        """Write {{ names | listing }}: Aceh, Bali dan Riau."""
        return language.listing([language.name(item) for item in items])

    def dates(days: Iterable[dt.date]) -> str:
        """Write {{ days | dates }}: 15 Mei 2010 dan 15 September 2020."""
        return language.listing([date(day) for day in days])

    def named(values: Iterable[Named], decimals: int = 1, *, signed: bool = False) -> str:
        """Write {{ highest | named(1) }}: Aceh (27,3) dan Bali (16,7)."""
        return language.listing(
            [
                f"{language.name(each.name)} "
                f"({language.number(_finite(each.value), decimals, signed=signed)})"
                for each in values
            ]
        )

    def measure(key: str) -> str:
        """Write {{ measure | measure }}: the name of a measure of inequality."""
        from analysis.inequality import MEASURES

        return MEASURES[key].label[language.code]

    def plural(count: int, one: str, many: str) -> str:
        """Write {{ n | plural("province", "provinces") }}: the word alone."""
        return one if count == 1 else many

    def counted(count: float, none: str, less_than_one: str = "") -> str:
        """Write {{ n | counted("tidak ada", "kurang dari satu") }}: 12, or the word for none.

        What is more than none and rounds to nought is said in the second way.
        """
        if language.number(_finite(count)) != "0":
            return language.number(count)
        return less_than_one if less_than_one and count else none

    def out_of(count: int, whole: int, of: str, everything: str, none: str) -> str:
        """Write {{ n | out_of(all, "dari", "semua", "tidak satu pun") }}.

        It says 3 dari 20, semua 20 or tidak satu pun dari 20.
        """
        if count == whole:
            return f"{everything} {number(whole)}" if count else none
        return f"{number(count) if count else none} {of} {number(whole)}"

    def becoming(before: str, after: str, came: str, to: str, stays: str) -> str:
        """Write {{ a | number | becoming(b | number, "dari", "menjadi", "tetap") }}.

        It says dari 3 menjadi 5, or tetap 3 where both are written alike.
        """
        return f"{stays} {after}" if before == after else f"{came} {before} {to} {after}"

    def link(text: str, address: str) -> str:
        """Write {{ title | link(address) }}: a link."""
        if not address.startswith(("https://", "http://")) or set(address) & set(' <>"\n'):
            raise AnalysisError(f"the filter link was given the address {address!r}, not a URL")
        if not markdown:
            return f"{text} ({address})"
        return Verbatim(f"[{escape_markdown(text)}](<{address}>)")

    found = (
        number,
        signed,
        percent,
        signed_percent,
        date,
        dates,
        name,
        term,
        listing,
        named,
        measure,
    )
    return {each.__name__: each for each in (*found, plural, counted, out_of, becoming, link)}


def _finite(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise AnalysisError(
            f"a filter was given {value!r} where a number is needed; ask first, with "
            "{% if ... is not none %}"
        )
    return number


_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$&]|:(?=//)")  # the last opens an address
_OPENING = re.compile(  # a list, a line or a heading; a full stop alone is none
    r"^( ?\d+(?=[.)])| ?(?=[+=-]))([.)+=-])(?= |$|[=-])"
)


def escape_markdown(value: object) -> str:
    r"""Return a value as Markdown that shows it as it is; a line break becomes a space.

    Examples
    --------
    >>> escape_markdown("a *b* <c>")
    'a \\*b\\* \\<c\\>'
    >>> escape_markdown("1. Dinas")
    '1\\. Dinas'
    """
    if isinstance(value, Verbatim):
        return value
    line = re.sub(r"\s+", " ", str(value))
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", line))
