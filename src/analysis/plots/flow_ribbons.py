"""Ribbons from groups that people leave to groups where they arrive."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import MUTED, category_colours, new_figure, styled, wrapped
from analysis.plots.svg import name_each

_HEIGHT = 4.4
_GAP = 0.035  # between groups, as a share of the height of all ribbons
_ROOM = 0.075  # least room of a group: that of its label
_BAR = 0.03  # width of the bars at both ends
_LETTERS = 24  # of a line of a name
_LEFT, _RIGHT = 0.0, 1.0


@drawn_from(
    index="",
    columns={"origin": "origin_label", "destination": "destination_label", "people": "Orang"},
    flows="",
)
def sankey(
    flows: pd.DataFrame, *, origin_label: str, destination_label: str, language: Language
) -> Figure:
    """Draw how many people go from each group to each group.

    Parameters
    ----------
    flows : DataFrame
        `origin`, `destination` (names of groups, as printed) and `people` (> 0), one row a pair.
    origin_label, destination_label : str
        Headings of the two sides.
    language : Language
        How numbers are written.
    """
    table = flows.pivot_table(
        index="origin", columns="destination", values="people", aggfunc="sum", fill_value=0
    )
    table = table.loc[
        table.sum(axis=1).sort_values(ascending=False, kind="stable").index,
        table.sum().sort_values(ascending=False, kind="stable").index,
    ]
    leaving = {str(group): float(people) for group, people in table.sum(axis=1).items()}
    arriving = {str(group): float(people) for group, people in table.sum().items()}
    colours = category_colours(list(leaving))
    total = sum(leaving.values())
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        left, right = _tops(leaving), _tops(arriving)
        start, end = dict(left), dict(right)
        for origin, row in zip(leaving, table.to_numpy(dtype=float), strict=True):
            for destination, people in zip(arriving, row.tolist(), strict=True):
                if people > 0:
                    height = people / total
                    ribbon = _ribbon(start[origin], end[destination], height, colours[origin])
                    said = f"{origin} → {destination}: {language.number(people)}"
                    name_each([axes.add_patch(ribbon)], [said])
                    start[origin] -= height
                    end[destination] -= height
        lowest = 0.0
        for tops, sums, x, align, heading in (
            (left, leaving, _LEFT, "left", origin_label),
            (right, arriving, _RIGHT, "right", destination_label),
        ):
            inward = 1 if align == "left" else -1
            for group, top in tops.items():
                height = sums[group] / total
                lowest = min(lowest, top - height)
                axes.add_patch(
                    Rectangle(
                        (x - _BAR if align == "left" else x, top - height),
                        _BAR,
                        height,
                        color=colours[group] if align == "left" else MUTED,
                    )
                )
                axes.text(
                    x + inward * 0.02,
                    top - height / 2,
                    f"{wrapped(group, _LETTERS)}\n{language.number(sums[group])}",
                    ha=align,
                    va="center",
                    fontsize=8.5,
                    linespacing=1.05,
                    path_effects=[withStroke(linewidth=2.2, foreground="white")],
                )
            axes.text(x - inward * _BAR, 0.05, heading, ha=align, va="bottom", weight="bold")
        axes.set(xlim=(-_BAR, 1 + _BAR), ylim=(lowest - 0.03, 0.11))
        axes.axis("off")
    return figure


def _tops(people: dict[str, float]) -> dict[str, float]:
    """Return the upper edge of each group, counted downwards from zero, with gaps between.

    A group takes at least the room of its label.
    """
    total = sum(people.values())
    tops, edge = {}, 0.0
    for group, count in people.items():
        height = count / total
        room = max(height, _ROOM)
        tops[group] = edge - (room - height) / 2
        edge -= room + _GAP
    return tops


def _ribbon(start: float, end: float, height: float, colour: str) -> PathPatch:
    middle = (_LEFT + _RIGHT) / 2
    upper = [(_LEFT, start), (middle, start), (middle, end), (_RIGHT, end)]
    lower = [(x, y - height) for x, y in reversed(upper)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    path = Path([*upper, *lower, upper[0]], codes)
    return PathPatch(path, facecolor=colour, alpha=0.4, linewidth=0)
