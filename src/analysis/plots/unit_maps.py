"""A map of many units: a dot at the place of each, or its territory, on the coast.

Equal dots give a kota the same room as a large kabupaten. Java and Bali, where a quarter of the
units lie on a fourteenth of the land, are drawn a second time, enlarged. The units with the lowest
and the highest values are marked on the map and listed below it.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from analysis.errors import DataError
from analysis.geography.codebook import CODE
from analysis.language import Language
from analysis.messages import some
from analysis.plots.coastlines import (
    Panel,
    draw_coast,
    frame_map,
    label_places,
    map_height,
    outline_paths,
)
from analysis.plots.drawn_data import drawn_from
from analysis.plots.extreme_lists import Extremes, extreme_lists, extremes, marks
from analysis.plots.map_panels import dot_size, inside, outline, panels_of
from analysis.plots.style import ACCENT, INK, MUTED, WIDTH, head, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.value_classes import MISSING, ZERO, ValueClasses, classify

_RING = 2.6  # area of a ring, in dots
_MARK, _MARK_SIZE = 9.0, 8.0  # room that a mark takes and size of its type, in points
_LEGEND, _LEGEND_LINE = 0.2, 0.19  # inches
_LEGEND_COLUMNS, _TITLE_LETTERS = 2, 46
_UNKNOWN = "#a9b0b9"  # of an area without a value


@dataclass(frozen=True)
class MapWords:
    """What is printed on a map of units, in the reader's language.

    Parameters
    ----------
    value : str
        What the values mean, with the unit.
    zero, missing : str
        What a unit whose value is zero, and one without a value, are called in the legend.
    lowest, highest : str
        Headings of the two lists.
    tied : str
        What is said after the number of units that have the last value of a list as well, and
        for which it has no room.
    enlarged : str
        Heading of the enlarged part, Java and Bali.
    """

    value: str
    zero: str
    missing: str
    lowest: str
    highest: str
    tied: str
    enlarged: str


@dataclass(frozen=True)
class UnitMap:
    """A map of units and what it shows.

    Attributes
    ----------
    figure : Figure
    classes : ValueClasses
        Where classes end, and how many units are in each, are zero or have no value.
    lowest, highest : Extremes
        The units that are listed.
    """

    figure: Figure
    classes: ValueClasses
    lowest: Extremes
    highest: Extremes


@dataclass(frozen=True)
class _Units:
    """What is drawn of the units, in one order."""

    places: pd.DataFrame
    classes: ValueClasses
    marks: pd.Series
    boundaries: pd.DataFrame | None
    said: npt.NDArray[np.object_]


@drawn_from(index="Kode", values="Nilai", names="Nama")
def unit_map(
    values: pd.Series,
    names: pd.Series,
    points: pd.DataFrame,
    coast: pd.DataFrame,
    *,
    words: MapWords,
    decimals: int,
    language: Language,
    boundaries: pd.DataFrame | None = None,
    breaks: Sequence[float] | None = None,
    listed: int = 5,
) -> UnitMap:
    """Draw a value of each unit on a map.

    Parameters
    ----------
    values : Series of shape (n,)
        A number from zero on for each unit, missing where nothing is known; the index holds
        Kemendagri codes.
    names : Series
        Name of each unit, by code; may have more units.
    points : DataFrame
        `bujur` and `lintang` of a point in each unit, degrees, by code; may have more units.
    coast : DataFrame
        Outlines of the land: `nama`, `bagian`, `cincin`, `bujur`, `lintang`, one row a corner.
    words : MapWords
        What is printed.
    decimals : int
        Decimals of the values in the lists, and of breaks that are not given.
    language : Language
        How numbers are written.
    boundaries : DataFrame, optional
        Outlines of the units, as `coast` but with `kode_kemendagri` for `nama`; the units are then
        coloured as areas. May have more units.
    breaks : sequence of float, optional
        Where classes of values end; the quintiles of those above zero if not given.
    listed : int
        Units in each list, from 1 to 9.

    Returns
    -------
    UnitMap

    Raises
    ------
    DataError
        If there are no units, one is there twice or lacks a name, point or boundary, or values,
        breaks or `listed` are out of their range.
    """
    points = points[["bujur", "lintang"]]
    _require(values, names, points, boundaries)
    values = values.sort_index()
    classes = classify(values, breaks, places=decimals, what="unit_map")
    lowest, highest = extremes(values, listed)
    places = points.loc[values.index].astype(float)
    if boundaries is not None:
        boundaries = boundaries[boundaries[CODE].isin(values.index)]
    printed = [
        words.missing if pd.isna(value) else language.number(value, decimals) for value in values
    ]
    said = names.loc[values.index].astype(str) + ": " + pd.Series(printed, index=values.index)
    units = _Units(places, classes, marks(lowest, highest), boundaries, said.to_numpy())
    lists = extreme_lists(
        (lowest, highest),
        units.marks,
        names,
        headings=(words.lowest, words.highest),
        tied=words.tied,
        decimals=decimals,
        language=language,
    )
    legend = _legend(classes, words, language, areas=boundaries is not None)
    title = textwrap.wrap(words.value, _TITLE_LETTERS)
    panels = panels_of(units.places, units.boundaries)
    heights = [*(map_height(panel) for panel in panels), lists.height]
    above = _LEGEND + _LEGEND_LINE * (len(title) + -(-len(legend) // _LEGEND_COLUMNS))
    with styled():
        figure, (*maps, below) = new_figure(
            sum(heights) + above, rows=len(heights), height_ratios=heights
        )
        for axes, panel in zip(maps, panels, strict=True):
            draw_coast(axes, coast)
            _draw(axes, units, panel)
            frame_map(axes, panel)
        _mark(maps, units, panels)
        if len(panels) > 1:
            outline(maps[0], panels[1])
            maps[1].set_title(words.enlarged, fontsize=9)
        lists.draw(below)
        head(figure, legend, title=words.value)
    return UnitMap(figure, classes, lowest, highest)


def _require(
    values: pd.Series, names: pd.Series, points: pd.DataFrame, boundaries: pd.DataFrame | None
) -> None:
    if values.empty:
        raise DataError("unit_map: there are no units. Give a value, or a missing one, for each.")
    known = {"value": values.index, "name": names.index, "point": points.dropna().index}
    for what, codes in known.items():
        twice = codes[codes.duplicated()].unique()
        if twice.size:
            raise DataError(f"unit_map: {some(twice)} has more than one {what}. Give one for each.")
    if boundaries is not None:
        known["boundary"] = pd.Index(boundaries[CODE].unique())
    for what, codes in known.items():
        lacking = values.index.difference(codes)
        if lacking.size:
            raise DataError(
                f"unit_map: there is no {what} for {some(lacking)} ({lacking.size} of "
                f"{values.size} units). Codes are kode_kemendagri as text, such as '11.01': add "
                "what lacks, or leave these units out."
            )


def _draw(axes: Axes, units: _Units, panel: Panel) -> None:
    if units.boundaries is None:
        _dots(axes, units, dot_size(panel))
    else:
        _areas(axes, units, units.boundaries)


def _dots(axes: Axes, units: _Units, size: float) -> None:
    """Draw dots: filled by class, the highest on top; hollow where zero, crosses where unknown."""
    of = units.classes.of
    x, y = (units.places[side].to_numpy() for side in ("bujur", "lintang"))
    rising = np.argsort(of, kind="stable")
    rising = rising[of[rising] >= 0]
    colours = np.array(units.classes.colours)[of[rising]]
    looks: dict[str, Any] = {"s": size, "edgecolor": INK, "linewidth": 0.25, "zorder": 3}
    name_each(axes.scatter(x[rising], y[rising], color=colours, **looks), units.said[rising])
    looks |= {"facecolor": "white", "edgecolor": ACCENT, "linewidth": 1.1, "zorder": 4}
    zero, missing = of == ZERO, of == MISSING
    name_each(axes.scatter(x[zero], y[zero], **looks), units.said[zero])
    looks = {"s": size, "color": INK, "marker": "x", "linewidth": 0.8, "zorder": 4}
    name_each(axes.scatter(x[missing], y[missing], **looks), units.said[missing])


def _areas(axes: Axes, units: _Units, boundaries: pd.DataFrame) -> None:
    """Draw areas: filled by class; white where zero, grey where unknown."""
    of = units.classes.of
    paths = outline_paths(boundaries, CODE)
    shapes = np.array([paths[code] for code in units.places.index], dtype=object)
    fills = np.array([*units.classes.colours, _UNKNOWN, "white"])[of]
    for chosen, edge, width in (
        (of >= 0, MUTED, 0.25),
        (of == MISSING, MUTED, 0.25),
        (of == ZERO, ACCENT, 0.7),
    ):
        areas = PathCollection(
            list(shapes[chosen]),
            facecolor=list(fills[chosen]),
            edgecolor=edge,
            linewidth=width,
            zorder=2,
        )
        name_each(areas, units.said[chosen])
        axes.add_collection(areas, autolim=False)


def _mark(maps: Sequence[Axes], units: _Units, panels: Sequence[Panel]) -> None:
    """Ring the units that are listed and print their marks, on the largest map that has them."""
    left = units.marks
    for axes, panel in reversed(list(zip(maps, panels, strict=True))):
        here = inside(units.places.loc[left.index], panel)
        ringed = units.places.loc[left.index[here]]
        axes.scatter(
            ringed["bujur"],
            ringed["lintang"],
            s=_RING * dot_size(panel),
            facecolor="none",
            edgecolor=INK,
            linewidth=0.9,
            zorder=5,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )
        degrees = _MARK * (panel[1] - panel[0]) / (WIDTH * 72)
        label_places(axes, left[here], units.places, letters=degrees, fontsize=_MARK_SIZE)
        left = left[~here]


def _legend(
    classes: ValueClasses, words: MapWords, language: Language, *, areas: bool
) -> dict[str, Artist]:
    """Return what stands for each class, for zero and for no data, by what it says."""
    named = list(zip(classes.labels(language), classes.colours, classes.counts, strict=True))
    keys = {
        f"{label} ({language.number(count)})": _key(k, colour, areas=areas)
        for k, (label, colour, count) in enumerate(named if sum(classes.counts) else [])
    }
    for kind, label, count in (
        (ZERO, words.zero, classes.zeros),
        (MISSING, words.missing, classes.missing),
    ):
        if count:
            fill = _UNKNOWN if areas and kind == MISSING else "white"
            keys[f"{label} ({language.number(count)})"] = _key(kind, fill, areas=areas)
    return keys


def _key(kind: int, fill: str, *, areas: bool) -> Artist:
    """Return a legend's picture of a class, of `ZERO` or of `MISSING`."""
    if areas:
        edge = ACCENT if kind == ZERO else MUTED
        return Patch(facecolor=fill, edgecolor=edge, linewidth=0.7)
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="x" if kind == MISSING else "o",
        markersize=6.5,
        markerfacecolor=fill,
        markeredgecolor=ACCENT if kind == ZERO else INK,
        markeredgewidth=0.25 if kind >= 0 else 1.1,
    )
