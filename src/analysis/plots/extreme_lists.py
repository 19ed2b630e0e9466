"""The units at either end, and the two lists of them below a map."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits

import pandas as pd
from matplotlib.axes import Axes

from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.style import MUTED

MOST = 9  # units in a list: more have no number of one digit
_LINE = 0.16  # inches of height per line
_LETTERS = 18  # of a name on one line
_SIZE = 8.6  # points
_LEFT = (0.0, 0.51)  # where each list starts, of the width
_VALUE, _NAME = 0.135, 0.15  # where a value ends and a name starts, after the start of its list


@dataclass(frozen=True)
class Extremes:
    """The units at one end.

    Attributes
    ----------
    values : Series
        Their values, the most extreme first, by code where they are equal.
    tied : int
        Further units whose value is that of the last.
    """

    values: pd.Series
    tied: int


def extremes(values: pd.Series, listed: int) -> tuple[Extremes, Extremes]:
    """Return the units with the lowest and with the highest values.

    Parameters
    ----------
    values : Series of shape (n,)
        A number for each unit, by code; missing ones are left out.
    listed : int
        Units at each end at most, from 1 to 9. Of few units none is at both ends.

    Raises
    ------
    DataError
        If `listed` is out of its range.
    """
    if not 1 <= listed <= MOST:
        raise DataError(f"extremes: listed is {listed}. Choose from 1 to {MOST} units.")
    known = values.dropna().sort_index()
    low = known.sort_values(kind="stable").iloc[: min(listed, (len(known) + 1) // 2)]
    others = known.drop(low.index)
    high = others.sort_values(ascending=False, kind="stable").iloc[:listed]
    return _end(known, low), _end(known, high)


def marks(lowest: Extremes, highest: Extremes) -> pd.Series:
    """Return the mark of each unit: letters at the low end, numbers at the high one."""
    low, high = lowest.values.index, highest.values.index
    return pd.Series(
        [*ascii_lowercase[: len(low)], *digits[1 : 1 + len(high)]], index=[*low, *high], dtype="str"
    )


@dataclass(frozen=True)
class ExtremeLists:
    """Two lists, ready to be printed side by side.

    Attributes
    ----------
    headings : sequence of str
        Of each list.
    rows : sequence of sequence of (str, str, list of str)
        Mark, value and name of each unit, the name on as many lines as it needs.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str, list[str]]]]

    @property
    def _lines(self) -> int:
        return 1 + max(sum(len(name) for *_, name in rows) for rows in self.rows)

    @property
    def height(self) -> float:
        """Height in inches."""
        return _LINE * self._lines

    def draw(self, axes: Axes) -> None:
        """Print the lists on axes of their height."""
        axes.set(xlim=(0, 1), ylim=(self._lines, 0))
        axes.axis("off")
        for left, heading, rows in zip(_LEFT, self.headings, self.rows, strict=True):
            axes.text(left, 0.8, heading if rows else "", fontsize=_SIZE, fontweight="bold")
            line = 1.8
            for mark, value, name in rows:
                axes.text(left, line, mark, fontsize=_SIZE, color=MUTED)
                axes.text(left + _VALUE, line, value, fontsize=_SIZE, ha="right")
                for part in name:
                    axes.text(left + _NAME, line, part, fontsize=_SIZE)
                    line += 1


def extreme_lists(
    ends: Sequence[Extremes],
    marked: pd.Series,
    names: pd.Series,
    *,
    headings: Sequence[str],
    tied: str,
    decimals: int,
    language: Language,
) -> ExtremeLists:
    """Return the lists of the units at each end.

    Parameters
    ----------
    ends : sequence of Extremes
    marked, names : Series of str
        Mark and name of each unit, by code.
    headings : sequence of str
        Of each list.
    tied : str
        What is said after the number of further units that have the last value of a list.
    decimals : int
        Of the values.
    language : Language
        How numbers are written.
    """
    rows = []
    for end in ends:
        listed = [
            (str(marked[code]), language.number(value, decimals), _wrapped(str(names[code])))
            for code, value in zip(end.values.index, end.values, strict=True)
        ]
        more = [("", "", _wrapped(f"+{language.number(end.tied)} {tied}"))] if end.tied else []
        rows.append(listed + more)
    return ExtremeLists(headings, rows)


def _end(known: pd.Series, chosen: pd.Series) -> Extremes:
    tied = known.drop(chosen.index) == chosen.iloc[-1] if len(chosen) else pd.Series(dtype=bool)
    return Extremes(chosen, int(tied.sum()))


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, _LETTERS) or [""]
