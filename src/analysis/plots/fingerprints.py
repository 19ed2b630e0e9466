"""What a figure draws, as a short text that two runs can compare."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from analysis.digests import digest, stable
from analysis.plots.style import styled


def fingerprint(figure: Figure) -> str:
    """Return a digest of everything a figure shows, but not of its pixels.

    Every line, bar, dot and text counts, with its data, size, wording and colour; where the
    pixels fall (which a font library or an operating system may shift) does not. Two figures
    with the same fingerprint say the same thing.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    with styled():  # ticks are made when they are asked for
        return digest(_parts(figure))


def _parts(figure: Figure) -> Iterator[str]:
    for artist in figure.findobj(lambda a: a.get_visible()):
        yield from _part(artist)


def _part(artist: Artist) -> Iterator[str]:
    if isinstance(artist, Text):
        yield f"text {artist.get_text()}"
    elif isinstance(artist, Line2D):
        yield f"line {to_hex(artist.get_color())} {artist.get_marker()}"
        yield _data(artist.get_xydata())
    elif isinstance(artist, Patch):
        yield f"patch {to_hex(artist.get_facecolor())} {artist.get_linewidth():.3g}"
        yield _data(artist.get_path().vertices)
        yield _data(artist.get_patch_transform().get_matrix())
    elif isinstance(artist, Collection):
        yield f"collection {_data(artist.get_facecolor())} {_data(artist.get_edgecolor())}"
        yield _data(artist.get_offsets())
        if isinstance(artist, PathCollection):
            yield _data(artist.get_sizes())
        yield from (_data(path.vertices) for path in artist.get_paths())


def _data(values: object) -> str:
    numbers: npt.NDArray[np.float64] = np.asarray(
        np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    ).ravel()
    return " ".join(stable(number) for number in numbers)
