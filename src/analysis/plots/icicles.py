"""Forests as boxes beside boxes: whoever stands under a box stands to the right of it."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch
from matplotlib.textpath import TextToPath

from analysis.arrays import FloatArray
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import INK, WIDTH, head, ink_on, new_figure, styled, wrapped
from analysis.plots.svg import name_each

_ROW = 0.17  # inches of a box without others under it, where there are few
_LOWEST, _HIGHEST = 1.6, 7.2  # inches of a panel
_LABEL = 0.135  # inches that a line of text needs
_SIZE = 8.0  # points
_MARGIN = 0.04  # inches between the edge of a box and its name
_TALL, _NARROW = 0.7, 0.34  # inches: boxes this high have their names upright in a narrow column
_ACROSS = 0.97 * WIDTH  # inches of all columns
_LAST = 1.3  # width of the last column, of that of others


def icicle_layout(parent: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return where the boxes of a forest stand.

    Parameters
    ----------
    parent : ndarray of int, shape (n,)
        Position of the parent of each node, -1 at the tops; without cycles.

    Returns
    -------
    DataFrame of shape (n, 3)
        `depth` (0 at the tops), `start` and `end`: a node without children is one high, one with
        children as high as they are together. Children stand in the order of their positions.

    Examples
    --------
    >>> icicle_layout(np.array([-1, 0, 0, 1])).to_numpy().tolist()
    [[0, 0, 2], [1, 0, 1], [1, 1, 2], [2, 0, 1]]
    """
    n = parent.size
    children: list[list[int]] = [[] for _ in range(n)]
    for node, above in enumerate(parent.tolist()):
        if above >= 0:
            children[above].append(node)
    depth = np.zeros(n, dtype=np.int64)
    order = [node for node in range(n) if parent[node] < 0]
    for node in order:  # grows while it is walked: parents before their children
        for child in children[node]:
            depth[child] = depth[node] + 1
            order.append(child)
    high = np.ones(n, dtype=np.int64)
    for node in reversed(order):
        if children[node]:
            high[node] = high[children[node]].sum()
    start = np.zeros(n, dtype=np.int64)
    edge = 0
    for node in order:
        if parent[node] < 0:
            start[node], edge = edge, edge + high[node]
        at = start[node]
        for child in children[node]:
            start[child], at = at, at + high[child]
    return pd.DataFrame({"depth": depth, "start": start, "end": start + high})


@drawn_from(
    index="",
    columns={
        "depth": "Lapis",
        "start": "Awal",
        "end": "Akhir",
        "name": "Nama",
        "group": "Kelompok",
    },
    panels="Keadaan",
)
def icicle(panels: Mapping[str, pd.DataFrame], colours: Mapping[str, str]) -> Figure:
    """Draw one panel for each state, boxes at their places; a name where there is room for it.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        For each title, one row a box: `depth`, `start`, `end` as from `icicle_layout`, `name` and
        `group`, one of the keys of `colours`. Panels share the axis of `start` and `end`, so that
        what is gone leaves its place empty.
    colours : mapping of str to str
        Colour of each group, by the name that the legend prints.
    """
    leaves = max(float(boxes["end"].max()) for boxes in panels.values())
    columns = 1 + max(int(boxes["depth"].max()) for boxes in panels.values())
    height = float(np.clip(leaves * _ROW, _LOWEST, _HIGHEST))
    used = {str(group) for boxes in panels.values() for group in boxes["group"]}
    shown = {group: colour for group, colour in colours.items() if group in used}
    with styled():
        figure, all_axes = new_figure(
            (height + 0.35) * len(panels) + 0.2 * len(shown), rows=len(panels)
        )
        edges = _edges(pd.concat(panels.values()), columns, height / leaves)
        for axes, (title, boxes) in zip(all_axes, panels.items(), strict=True):
            _panel(axes, boxes, colours, edges, leaves, height)
            axes.set_title(wrapped(title, 40))
        head(
            figure,
            {
                group: Patch(facecolor=colour, edgecolor=INK, linewidth=0.4)
                for group, colour in shown.items()
            },
        )
    return figure


def _edges(boxes: pd.DataFrame, columns: int, inch: float) -> FloatArray:
    """Return where the columns begin and the last one ends, in inches.

    A column whose boxes are mostly tall is narrow, and leaves its width to the others.
    """
    high = (boxes["end"] - boxes["start"]) * inch >= _TALL
    tall = high.groupby(boxes["depth"]).mean().reindex(range(columns), fill_value=0.0) > 0.5
    if tall.all():
        tall[:] = False
    # Names in the last column have one line, those before it several.
    share = np.where(tall, 0.0, np.where(np.arange(columns) == columns - 1, _LAST, 1.0))
    widths = np.where(tall, _NARROW, (_ACROSS - _NARROW * tall.sum()) * share / share.sum())
    edges: FloatArray = np.concatenate([[0.0], np.cumsum(widths)])
    return edges


def _panel(
    axes: Axes,
    boxes: pd.DataFrame,
    colours: Mapping[str, str],
    edges: FloatArray,
    leaves: float,
    height: float,
) -> None:
    depth = boxes["depth"].to_numpy(dtype=np.int64)
    left, right = edges[depth], edges[depth + 1]
    low, high = (boxes[name].to_numpy(dtype=np.float64) for name in ("start", "end"))
    corners = np.stack(
        [
            np.stack(each, axis=1)
            for each in ((left, low), (right, low), (right, high), (left, high))
        ],
        axis=1,
    )
    inch = height / leaves
    drawn = PolyCollection(
        list(corners),
        facecolors=[colours[str(group)] for group in boxes["group"]],
        edgecolors="white",
        linewidths=0.7 if inch > 0.04 else 0.15,
    )
    name_each(drawn, boxes["name"].astype(str))
    axes.add_collection(drawn)
    for i in np.flatnonzero((high - low) * inch >= _LABEL).tolist():
        across, up = right[i] - left[i], (high[i] - low[i]) * inch
        upright = up > across and across < 2 * _NARROW
        if upright:
            across, up = up, across
        text = _fitted(str(boxes["name"].iloc[i]), across - 2 * _MARGIN, int(up / _LABEL))
        axes.text(
            (left[i] + right[i]) / 2 if upright else left[i] + _MARGIN,
            (low[i] + high[i]) / 2,
            text,
            ha="center" if upright else "left",
            va="center",
            rotation=90 if upright else 0,
            fontsize=_SIZE,
            linespacing=1.0,
            in_layout=False,  # the boxes keep the width of the figure
            color=ink_on(colours[str(boxes["group"].iloc[i])]),
        )
    axes.set(xlim=(0, edges[-1]), ylim=(leaves, 0))
    axes.axis("off")


def _fitted(name: str, width: float, lines: int) -> str:
    """Return a name in lines of so many inches, cut with an ellipsis where it is longer."""
    rows: list[str] = []
    for word in name.split():
        if rows and _wide(f"{rows[-1]} {word}") <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    most = min(lines, 4)
    if len(rows) > most:
        rows = [*rows[: most - 1], " ".join(rows[most - 1 :])]
    return "\n".join(_cut(row, width) for row in rows)


def _cut(row: str, width: float) -> str:
    """Return what fits of a line: all of it, or its beginning and an ellipsis."""
    if _wide(row) <= width:
        return row
    most = max((n for n in range(1, len(row)) if _wide(f"{row[:n]}…") <= width), default=0)
    return f"{row[:most].rstrip()}…"


def _wide(text: str) -> float:
    """Return the width of letters in inches."""
    return sum(_advance(letter) for letter in text)


@cache
def _advance(letter: str) -> float:
    """Return how far a letter moves the next one, in inches."""
    font = FontProperties(family="DejaVu Sans", size=_SIZE)
    width, _, _ = TextToPath().get_text_width_height_descent(letter, font, ismath=False)
    return float(width) / 72
