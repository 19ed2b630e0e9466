"""What a figure was drawn from, as a table that a reader can take along."""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd
from matplotlib.figure import Figure

_P = ParamSpec("_P")
_R = TypeVar("_R")
_KEPT = "_analysis_data"  # attribute of a figure
_NONE: Mapping[str, str] = {}


def drawn_from(
    *,
    index: str = "Nama",
    columns: Mapping[str, str] = _NONE,
    named: Mapping[str, str] = _NONE,
    **arguments: str,
) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a plotting function keep with its figure the table it draws.

    A heading is the name of an argument of the function that holds it, such as ``axis_label``, or
    a label in Indonesian, which the report translates.

    Parameters
    ----------
    index : str
        Heading of what the index of the arguments holds; "" leaves it out, and so does an index
        that only counts.
    columns : mapping of str to str, optional
        Headings of the columns of tables. A column that is not named keeps its name.
    named : mapping of str to str, optional
        Columns or arguments whose values are keys, and the argument that says what each is called.
    **arguments : str
        Arguments that hold the data, and their headings. Series make one table, aligned by the
        index of the first; of a table all columns are kept, and a series after it is one column
        more; of a mapping all entries below each other, each key in a column before them.

    Returns
    -------
    callable
        A decorator. What it decorates returns a figure, or an object whose `figure` is one.
    """

    def decorate(draw: Callable[_P, _R]) -> Callable[_P, _R]:
        signature = inspect.signature(draw)

        @wraps(draw)
        def drawn(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            found = draw(*args, **kwargs)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            figure = found if isinstance(found, Figure) else found.figure  # type: ignore[attr-defined]
            headings = {**arguments, **columns}
            table = _table(bound.arguments, list(arguments), named)
            table = table.rename(columns=lambda name: _heading(bound.arguments, headings, name))
            if index and not isinstance(table.index, pd.RangeIndex):
                heading = _heading(bound.arguments, {}, index)
                table = table.rename_axis(heading).reset_index()
            setattr(figure, _KEPT, table)
            return found

        return drawn

    return decorate


def data_of(figure: Figure) -> pd.DataFrame | None:
    """Return the table a figure was drawn from; None if it keeps none."""
    return getattr(figure, _KEPT, None)


def _table(
    given: Mapping[str, Any],
    arguments: list[str],
    named: Mapping[str, str],
) -> pd.DataFrame:
    parts = {name: given[name] for name in arguments if given[name] is not None}
    name, first = next(iter(parts.items()))
    if isinstance(first, Mapping):
        table = _stacked(first, name)
    else:
        table = first.to_frame(name) if isinstance(first, pd.Series) else first.copy()
        others = {key: each for key, each in parts.items() if key != name}
        table = table.assign(**{key: each.reindex(table.index) for key, each in others.items()})
    for column, argument in named.items():
        called = given[argument]
        table[column] = [called.get(key, key) for key in table[column]]
    return table


def _stacked(entries: Mapping[str, Any], key: str) -> pd.DataFrame:
    """Return the tables or series of a mapping below each other."""
    frames = [
        (each.to_frame("Nilai") if isinstance(each, pd.Series) else each).assign(**{key: name})
        for name, each in entries.items()
    ]
    table: pd.DataFrame = pd.concat(frames)
    return table[[key, *(column for column in table.columns if column != key)]]


def _heading(given: Mapping[str, Any], headings: Mapping[str, str], name: str) -> str:
    label = headings.get(name) or name
    held = given.get(label)
    return held if isinstance(held, str) else label
