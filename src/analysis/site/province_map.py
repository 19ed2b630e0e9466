"""The provinces of the index: a tile for each, which leads to its page, and a list by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import NumberFormatError, parse_decimal

from analysis.language import Language
from analysis.plots.tile_maps import ISLANDS, TILES
from analysis.reports.rendering import Summary

_CLASSES = 5


@dataclass(frozen=True)
class Tile:
    """A province on the map.

    Parameters
    ----------
    page, name : str
        Its page, without ending; its name.
    letters, value : str
        ISO 3166-2 letters, and the first key figure of its page.
    shade : int
        From 0, the lowest fifth of the provinces, to 4.
    column, row : int
        Place on the grid, from the north-west.
    """

    page: str
    name: str
    letters: str
    value: str
    shade: int
    column: int
    row: int


@dataclass(frozen=True)
class ProvinceMap:
    """All provinces, by name, what the number of each is, and where island groups are named."""

    tiles: tuple[Tile, ...]
    islands: tuple[tuple[float, float, str], ...]
    label: str
    notebook: str


def province_map(
    pages: Sequence[Summary], names: dict[str, str], language: Language
) -> ProvinceMap | None:
    """Return the map of the pages that each speak of one province.

    Parameters
    ----------
    pages : sequence of Summary
        Pages. Those of the one notebook that has an edition for each of several provinces count.
    names : dict of str to str
        Name of each province, by Kemendagri code.
    language : Language
        In which the key figures are written.

    Returns
    -------
    ProvinceMap or None
        None if there is no such notebook, or more than one.
    """
    of_provinces = [each for each in pages if each.province in TILES and each.figures]
    notebooks = [each.notebook for each in of_provinces]
    found = [each for each in of_provinces if notebooks.count(each.notebook) > 1]
    if len({each.notebook for each in found}) != 1:
        return None
    values = sorted(_number(each, language) for each in found)
    tiles = []
    for each in found:
        column, row, letters = TILES[each.province]
        rank = values.index(_number(each, language))
        tiles.append(
            Tile(
                each.name,
                names.get(each.province, each.title),
                letters,
                each.figures[0]["value"],
                rank * _CLASSES // len(values),
                column,
                row,
            )
        )
    ordered = sorted(tiles, key=lambda tile: tile.name)
    islands = tuple((*place, language.name(name)) for name, place in ISLANDS.items())
    return ProvinceMap(tuple(ordered), islands, found[0].figures[0]["label"], found[0].notebook)


def _number(page: Summary, language: Language) -> float:
    """Return the first key figure as a number; what is none sorts first."""
    try:
        return float(parse_decimal(page.figures[0]["value"], locale=language.code))
    except NumberFormatError:
        return float("-inf")
