"""A map of many units by kind: those that stand out have a sign of their own."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.language import Language
from analysis.plots.coastlines import draw_coast, frame_map, map_height
from analysis.plots.drawn_data import drawn_from
from analysis.plots.map_panels import dot_size, outline, panels_of
from analysis.plots.style import ACCENT, AFTER, INK, MUTED, head, new_figure, styled
from analysis.plots.svg import name_each

_LEGEND_LINE, _MARGIN = 0.19, 0.15  # inches
# Marker, fill, edge and area (in dots) of each kind, in the order in which they are drawn.
_LOOKS = {
    "not_told": ("o", "#c9ced6", MUTED, 0.5),
    "no_neighbour": ("o", "white", INK, 0.7),
    "low_low": ("s", ACCENT, INK, 1.0),
    "high_high": ("o", AFTER, INK, 1.1),
    "low_high": ("v", ACCENT, INK, 1.5),
    "high_low": ("^", AFTER, INK, 1.5),
}


@drawn_from(index="Kode", named={"kinds": "labels"}, kinds="Kelompok")
def kind_map(
    kinds: pd.Series,
    points: pd.DataFrame,
    coast: pd.DataFrame,
    labels: dict[str, str],
    *,
    names: pd.Series,
    enlarged: str,
    language: Language,
) -> Figure:
    """Draw the kind of each unit on the coast, as `local_autocorrelation` tells it.

    Parameters
    ----------
    kinds : Series of shape (n,)
        Kind of each unit, a key of `labels`.
    points : DataFrame
        `bujur` and `lintang` of a point in each unit, degrees, on the same index; may have more.
    coast : DataFrame
        Outlines of the land, as `unit_map` takes them.
    labels : dict of str to str
        What each kind is called, in the order of the legend; its keys are those of `Kind`. Kinds
        that occur are in the legend, with their numbers of units.
    names : Series of str
        What each unit is called, by code.
    enlarged : str
        Heading of the enlarged part, Java and Bali.
    language : Language
        How numbers are written.
    """
    labels = {kind: label for kind, label in labels.items() if (kinds == kind).any()}
    places = points.loc[kinds.index, ["bujur", "lintang"]].astype(float)
    panels = panels_of(places)
    heights = [map_height(panel) for panel in panels]
    with styled():
        legend = sum(heights) + _MARGIN + (len(labels) + 1) * _LEGEND_LINE
        figure, maps = new_figure(legend, rows=len(panels), height_ratios=heights)
        for axes, panel in zip(maps, panels, strict=True):
            draw_coast(axes, coast)
            for order, (kind, (marker, fill, edge, area)) in enumerate(_LOOKS.items()):
                here = places[kinds == kind]
                dots = axes.scatter(
                    here["bujur"],
                    here["lintang"],
                    s=area * dot_size(panel),
                    marker=marker,
                    color=fill,
                    edgecolor=edge,
                    linewidth=0.4,
                    zorder=3 + order,
                )
                called = (names.get(code, code) for code in here.index)
                name_each(dots, [f"{name}: {labels.get(kind, kind)}" for name in called])
            frame_map(axes, panel)
        if len(panels) > 1:
            outline(maps[0], panels[1])
            maps[1].set_title(enlarged, fontsize=9)
        head(
            figure,
            {
                f"{label} ({language.number(int((kinds == kind).sum()))})": Line2D(
                    [],
                    [],
                    linestyle="none",
                    marker=_LOOKS[kind][0],
                    markerfacecolor=_LOOKS[kind][1],
                    markeredgecolor=_LOOKS[kind][2],
                    markeredgewidth=0.5,
                    markersize=6.5,
                )
                for kind, label in labels.items()
            },
        )
    return figure
