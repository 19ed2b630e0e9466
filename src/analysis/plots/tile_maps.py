"""A map of Indonesia with one equal tile per province.

Equal tiles give Jakarta and Papua the same room on paper, need no boundary files and stay
legible on a phone. Each tile stands roughly where its province lies, and island groups are named:
with the names, the grid reads as Indonesia.
"""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from analysis.errors import DataError
from analysis.language import Language
from analysis.messages import some
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import MUTED, WIDTH, head, ink_on, legible, new_figure, styled
from analysis.plots.svg import name_each
from analysis.plots.value_classes import classify

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
# Island group -> middle of its name: column, row from the north; on no tile
ISLANDS: dict[str, tuple[float, float]] = {
    "Sumatera": (2.3, 0.5),
    "Jawa": (3.1, 5.5),
    "Bali dan Nusa Tenggara": (9.2, 6.5),
    "Kalimantan": (5.5, 0.5),
    "Sulawesi": (9.6, 0.5),
    "Maluku": (11.5, 3.5),
    "Papua": (13.5, 0.5),
}
_COLUMNS, _ROWS = 15, 7
_TALL = 1.4  # times as high as wide: two lines have room
_TILE = 0.93  # of the distance between tiles
_SIZE = 8.0  # points
_FITS = 3  # letters of a value that a tile has room for
_LEGEND_LINE, _MARGIN = 0.19, 0.3  # inches


@drawn_from(index="Kode provinsi", values="label")
def tile_map(
    values: pd.Series, names: pd.Series, *, label: str, decimals: int, language: Language
) -> Figure:
    """Colour each province by a value and print the value in its tile, rounded if it is long.

    Parameters
    ----------
    values : Series of shape (n,)
        A number from zero on for each province; the index holds Kemendagri codes.
    names : Series of str
        What each province is called, by code.
    label : str
        What the colour means, with the unit.
    decimals : int
        Decimals of the values.
    language : Language
        How numbers are written.

    Raises
    ------
    DataError
        If a code has no tile, or a province no value.
    """
    if values.isna().any():
        raise DataError(
            f"tile_map: {some(values.index[values.isna()])} without a value. Draw only the "
            "provinces that have one."
        )
    classes = classify(values, None, places=decimals, what="tile_map")
    written = [language.number(value, decimals) for value in values]
    longest = max(map(len, written), default=0)
    short = written if longest <= _FITS else [language.number(value) for value in values]
    colours = [*classes.colours, "white"]
    with styled():
        figure, axes = _figure(len(classes.colours) // 2 + 2, language)
        for code, text, value, of in zip(
            map(str, values.index), short, written, classes.of, strict=True
        ):
            _tile(axes, code, text, colours[of], f"{names[code]}: {value}")
        head(
            figure,
            {
                each: Patch(color=colour)
                for each, colour in zip(classes.labels(language), classes.colours, strict=True)
            },
            title=label,
        )
    return figure


@drawn_from(index="Kode provinsi", categories="Kelompok")
def category_map(
    categories: pd.Series, names: pd.Series, colours: Mapping[str, str], *, language: Language
) -> Figure:
    """Colour each province by its category.

    Parameters
    ----------
    categories : Series of shape (n,)
        Category of each province; the index holds Kemendagri codes.
    names : Series of str
        What each province is called, by code.
    colours : mapping of str to str
        Colour of every category, in the order of the legend.
    language : Language
        In which island groups are named.

    Raises
    ------
    DataError
        If a code has no tile.
    """
    with styled():
        figure, axes = _figure(len(colours), language)
        for code, category in zip(map(str, categories.index), categories, strict=True):
            _tile(axes, code, "", colours[category], f"{names[code]}: {category}")
        counts = categories.value_counts()
        head(
            figure,
            {
                f"{name} ({counts.get(name, 0)})": Patch(color=colour)
                for name, colour in colours.items()
            },
        )
    return figure


def _figure(lines: int, language: Language) -> tuple[Figure, Axes]:
    """Return a figure with axes for the tiles, island groups named, and room for lines above."""
    height = WIDTH * _TALL * _ROWS / _COLUMNS
    figure, (axes,) = new_figure(height + _MARGIN + lines * _LEGEND_LINE)
    axes.set(xlim=(0, _COLUMNS), ylim=(_ROWS * _TALL, 0), aspect="equal")
    axes.axis("off")
    for name, (column, row) in ISLANDS.items():
        axes.text(
            column,
            row * _TALL,
            language.name(name),
            ha="center",
            va="center_baseline",
            fontsize=_SIZE,
            color=legible(MUTED),
        )
    return figure, axes


def _tile(axes: Axes, code: str, value: str, colour: str, name: str) -> None:
    if code not in TILES:
        raise DataError(
            f"tile_map: there is no tile for province code {code!r}. Add it to TILES in "
            "analysis/plots/tile_maps.py."
        )
    column, row, letters = TILES[code]
    tile = axes.add_patch(
        Rectangle((column, row * _TALL), _TILE, _TILE * _TALL, facecolor=colour, edgecolor=MUTED)
    )
    tile.set_linewidth(0.3)
    name_each([tile], [name])
    for text, down in ((letters, 0.3), (value, 0.7)) if value else ((letters, 0.5),):
        axes.text(
            column + _TILE / 2,
            (row + down * _TILE) * _TALL,
            text,
            ha="center",
            va="center_baseline",
            fontsize=_SIZE,
            color=ink_on(colour),
        )
