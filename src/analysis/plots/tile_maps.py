"""A map of Indonesia with one equal tile per province.

Equal tiles give Jakarta and Papua the same room on paper, need no boundary files and stay
legible on a phone. Each tile stands roughly where its province lies.
"""

from collections.abc import Mapping

import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch

from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import INK, SEQUENTIAL, new_figure, styled
from analysis.plots.ticks import Numbers

# Kemendagri code -> (column, row from the north, ISO 3166-2:ID letters)
TILES: dict[str, tuple[int, int, str]] = {
    "11": (0, 0, "AC"),
    "12": (0, 1, "SU"),
    "14": (1, 1, "RI"),
    "21": (2, 1, "KR"),
    "13": (0, 2, "SB"),
    "15": (1, 2, "JA"),
    "19": (3, 2, "BB"),
    "17": (1, 3, "BE"),
    "16": (2, 3, "SS"),
    "18": (2, 4, "LA"),
    "36": (3, 4, "BT"),
    "31": (4, 4, "JK"),
    "32": (4, 5, "JB"),
    "33": (5, 5, "JT"),
    "34": (5, 6, "YO"),
    "35": (6, 5, "JI"),
    "51": (7, 5, "BA"),
    "52": (8, 5, "NB"),
    "53": (9, 5, "NT"),
    "65": (7, 0, "KU"),
    "61": (5, 1, "KB"),
    "62": (6, 1, "KT"),
    "64": (7, 1, "KI"),
    "63": (6, 2, "KS"),
    "75": (9, 1, "GO"),
    "71": (10, 1, "SA"),
    "76": (8, 2, "SR"),
    "72": (9, 2, "ST"),
    "73": (8, 3, "SN"),
    "74": (9, 3, "SG"),
    "82": (11, 1, "MU"),
    "81": (11, 2, "MA"),
    "96": (12, 1, "PD"),
    "92": (13, 1, "PB"),
    "91": (14, 1, "PA"),
    "94": (13, 2, "PT"),
    "95": (14, 2, "PE"),
    "93": (14, 3, "PS"),
}
_COLUMNS, _ROWS = 15, 7
_HEIGHT = 3.4
_TILE = 0.92  # of the distance between tiles
_LIGHT = 0.45  # relative luminance below which a label is printed in white


@drawn_from(index="Kode provinsi", values="label")
def tile_map(values: pd.Series, *, label: str, decimals: int, language: Language) -> Figure:
    """Colour each province by a value and print the value in its tile.

    Parameters
    ----------
    values : Series of shape (n,)
        A number for each province; the index holds Kemendagri codes.
    label : str
        What the colour means, with the unit.
    decimals : int
        Decimals of the printed values.
    language : Language
        How numbers are written.

    Raises
    ------
    DataError
        If a code has no tile.
    """
    scale = Normalize(values.min(), values.max())
    colour_map = colormaps[SEQUENTIAL]
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        for code, value in values.items():
            _tile(axes, str(code), language.number(value, decimals), colour_map(scale(value)))
        _finish(axes)
        bar = figure.colorbar(
            ScalarMappable(scale, SEQUENTIAL),
            ax=axes,
            orientation="horizontal",
            shrink=0.6,
            aspect=32,
            pad=0.02,
            format=Numbers(language),
        )
        bar.set_label(label)
        bar.outline.set_visible(False)
    return figure


@drawn_from(index="Kode provinsi", categories="Kelompok")
def category_map(categories: pd.Series, colours: Mapping[str, str]) -> Figure:
    """Colour each province by its category.

    Parameters
    ----------
    categories : Series of shape (n,)
        Category of each province; the index holds Kemendagri codes.
    colours : mapping of str to str
        Colour of every category, in the order of the legend.

    Raises
    ------
    DataError
        If a code has no tile.
    """
    with styled():
        figure, (axes,) = new_figure(_HEIGHT)
        for code, category in categories.items():
            _tile(axes, str(code), "", colours[category])
        _finish(axes)
        counts = categories.value_counts()
        figure.legend(
            handles=[Patch(color=colour) for colour in colours.values()],
            labels=[f"{name} ({counts.get(name, 0)})" for name in colours],
            loc="outside lower left",
            ncols=1,
        )
    return figure


def _tile(axes: Axes, code: str, value: str, colour: object) -> None:
    if code not in TILES:
        raise DataError(
            f"tile_map: there is no tile for province code {code!r}. Add it to TILES in "
            "analysis/plots/tile_maps.py."
        )
    column, row, letters = TILES[code]
    axes.add_patch(
        FancyBboxPatch(
            (column, row),
            _TILE,
            _TILE,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=colour,
            edgecolor="none",
        )
    )
    red, green, blue = to_rgb(colour)  # type: ignore[arg-type]
    ink = "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _LIGHT else INK
    centre = column + _TILE / 2
    if value:
        axes.text(centre, row + 0.3, letters, ha="center", va="center", fontsize=6.5, color=ink)
        axes.text(centre, row + 0.66, value, ha="center", va="center", fontsize=6.8, color=ink)
    else:
        axes.text(centre, row + 0.46, letters, ha="center", va="center", fontsize=8, color=ink)


def _finish(axes: Axes) -> None:
    axes.set(xlim=(0, _COLUMNS), ylim=(_ROWS, 0), aspect="equal")
    axes.axis("off")
