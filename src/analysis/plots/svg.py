"""A figure as SVG whose text is text: it can be selected, searched, read aloud and translated.

The markup has no style, no script and no ids, so that it may stand in a page of a strict policy
beside any other figure. Coordinates are whole tenths of a point: finer than a screen shows, and
the same on every machine that measures text alike.
"""

import io
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import cos, radians, sin
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import FigureCanvasBase, GraphicsContextBase, RendererBase
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, Transform
from PIL import Image

from analysis.plots.style import styled

# Text is measured in the first. The second is as wide; what else a device has is narrower.
FONTS = "DejaVu Sans, Verdana, sans-serif"
_UNIT = 10  # to a point
_CIRCLE = np.asarray(Path.unit_circle().codes)
_ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}
_AROUND = 40  # units beyond a frame to which what is cut by it is drawn
_LETTERS = {Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}
_POINTS = {Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3}

_Frame = tuple[int, int, int, int]  # left, upper, right and lower edge


@dataclass(frozen=True)
class _Letters:
    """How the lines of a text are drawn."""

    align: str
    halo: str  # attributes


def name_each(drawn: Collection | Iterable[Artist], names: Iterable[str]) -> None:
    """Give each mark of a figure a name, which its SVG shows when the mark is pointed at.

    Parameters
    ----------
    drawn : Collection or iterable of Artist
        Dots or areas of one collection, or artists such as bars.
    names : iterable of str
        One for each, such as "Aceh: 27.3".
    """
    if isinstance(drawn, Collection):
        drawn.set_urls(list(names))  # matplotlib has no other place for what belongs to one mark
        return
    for artist, name in zip(drawn, names, strict=True):
        artist.set_url(name)


def svg_of(figure: Figure, alt: str) -> str:
    """Return a figure as an element of a page.

    Parameters
    ----------
    figure : Figure
        In inches, which are printed as such; a page may scale it.
    alt : str
        Text alternative.
    """
    canvas, dpi = figure.canvas, figure.dpi
    with styled():
        try:
            figure.set_dpi(72)
            renderer = _Canvas(figure).get_renderer()
            with _plain(figure) as renderer.letters:
                figure.draw(renderer)
        finally:
            figure.set_dpi(dpi)
            figure.set_canvas(canvas)
    return renderer.markup(alt)


@contextmanager
def _plain(figure: Figure) -> Iterator[dict[str, _Letters]]:
    """Take the outlines of letters off: with them, matplotlib draws text as shapes.

    Yields how texts are drawn that matplotlib does not hand over, by the id they have meanwhile.
    """
    found: dict[str, _Letters] = {}
    taken: list[tuple[Text, Any, str | None]] = []
    for text in figure.findobj(Text):
        effects = text.get_path_effects()
        if effects or "\n" in text.get_text():
            taken.append((text, effects, text.get_gid()))
            name = f"text-{len(found)}"
            found[name] = _Letters(text.get_horizontalalignment(), _halo(effects))
            text.set_gid(name)
            text.set_path_effects([])
    try:
        yield found
    finally:
        for text, effects, gid in taken:
            text.set_path_effects(effects)
            text.set_gid(gid)


def _halo(effects: list[Any]) -> str:
    """Return the outline of letters, below them, as attributes."""
    for effect in effects:
        if isinstance(effect, withStroke):
            said = effect._gc  # type: ignore[attr-defined]  # nothing else tells it
            colour, width = to_hex(said["foreground"]), round(_UNIT * said["linewidth"])
            return f' stroke="{colour}" stroke-width="{width}" paint-order="stroke"'
    return ""


class _Canvas(FigureCanvasBase):
    """Lets the layout measure text as it will be drawn."""

    def get_renderer(self) -> "_Renderer":
        return _Renderer(*self.figure.get_size_inches())


class _Renderer(RendererBase):
    """Collects what matplotlib draws; its methods are those of `RendererBase`."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.letters: dict[str, _Letters] = {}
        self._size = 72 * width, 72 * height
        self._flip = Affine2D().scale(_UNIT, -_UNIT).translate(0, _UNIT * self._size[1])
        self._drawn: list[tuple[_Frame | None, str, str]] = []  # frame, attributes, element
        self._text = ""

    def markup(self, alt: str) -> str:
        """Return all that was drawn."""
        width, height = (round(_UNIT * side) for side in self._size)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{round(width * 96 / 720)}" height="{round(height * 96 / 720)}" '
            f'role="img" aria-label="{escape(alt)}" font-family="{FONTS}" stroke-linejoin="round">'
        ]
        for frame, framed in groupby(self._drawn, lambda each: each[0]):
            if frame is not None:
                left, top, right, bottom = frame
                w, h = right - left, bottom - top
                parts.append(
                    f'<svg x="{left}" y="{top}" width="{w}" height="{h}" '
                    f'viewBox="{left} {top} {w} {h}">'
                )
            for attributes, alike in groupby(framed, lambda each: each[1]):
                parts.append(f"<g{attributes}>{''.join(element for *_, element in alike)}</g>")
            if frame is not None:
                parts.append("</svg>")
        return "\n".join([*parts, "</svg>"])

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def open_group(self, s: str, gid: str | None = None) -> None:
        if s == "text":  # and not the box behind it
            self._text = gid or ""

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 - as matplotlib calls it
    ) -> None:
        placed = path.transformed(transform + self._flip)
        corners = _numbers(placed.vertices)
        corners = corners[np.isfinite(corners).all(axis=1)]
        if not corners.size:
            return
        (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        frame = self._frame(gc)
        if np.array_equal(_codes(path), _CIRCLE) and abs(right - left - bottom + top) < 1:
            x, y = (left + right) / 2, (top + bottom) / 2
            if frame is None or _inside(x, y, frame):
                radius = round((right - left) / 2)
                self._add(None, gc, rgbFace, f'circle cx="{x:.0f}" cy="{y:.0f}" r="{radius}"')
            return
        if frame is not None and _inside(left, top, frame) and _inside(right, bottom, frame):
            frame = None
        if frame is not None and rgbFace is not None:
            placed = _cut(placed, frame)
        data = path_data(placed)
        if data:
            self._add(frame, gc, rgbFace, f'path d="{data}"')

    def _add(self, frame: _Frame | None, gc: GraphicsContextBase, face: Any, shape: str) -> None:
        name = gc.get_url()
        tag = shape.partition(" ")[0]
        inside = f"><title>{escape(name, quote=False)}</title></{tag}>" if name else "/>"
        self._drawn.append((frame, _look(gc, face), f"<{shape}{inside}"))

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,  # noqa: ARG002
        mtext: Text | None = None,
    ) -> None:
        letters = self.letters.get(self._text) or _Letters(
            mtext.get_horizontalalignment() if mtext else "left", ""
        )
        anchor, share = _ANCHORS[letters.align]
        along = share * self.get_text_width_height_descent(s, prop, ismath=False)[0]
        left = round(_UNIT * (x + along * cos(radians(angle))))
        base = round(_UNIT * (y - along * sin(radians(angle))))
        red, green, blue, alpha = gc.get_rgb()
        size = round(_UNIT * prop.get_size_in_points())
        said = f' font-size="{size}" fill="{to_hex((red, green, blue))}"'
        if prop.get_weight() in {"bold", "semibold"}:
            said += ' font-weight="700"'
        if anchor != "start":
            said += f' text-anchor="{anchor}"'
        if alpha != 1:
            said += f' fill-opacity="{alpha:.2g}"'
        turned = f' transform="rotate({-angle:g} {left} {base})"' if angle else ""
        element = f'<text x="{left}" y="{base}"{turned}>{escape(s, quote=False)}</text>'
        self._drawn.append((None, said + letters.halo, element))

    def draw_image(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        im: Any,
        transform: Transform | None = None,  # noqa: ARG002
    ) -> None:
        height, width = im.shape[:2]
        kept = io.BytesIO()
        Image.fromarray(np.asarray(im)[::-1]).save(kept, "PNG")
        top = round(_UNIT * (self._size[1] - y - height))
        element = (
            f'<image x="{round(_UNIT * x)}" y="{top}" width="{_UNIT * width}" '
            f'height="{_UNIT * height}" '
            f'href="data:image/png;base64,{b64encode(kept.getvalue()).decode("ascii")}"/>'
        )
        self._drawn.append((self._frame(gc), "", element))

    def _frame(self, gc: GraphicsContextBase) -> _Frame | None:
        """Return the frame beyond which nothing is drawn."""
        clip = gc.get_clip_rectangle()
        if clip is None:
            return None
        corners = _numbers(self._flip.transform(clip.get_points()))
        (left, bottom), (right, top) = np.rint(corners).astype(int).tolist()
        return left, top, right, bottom


def _look(gc: GraphicsContextBase, face: Any) -> str:
    """Return fill and stroke as attributes."""
    alpha = gc.get_alpha() if gc.get_forced_alpha() else None
    fill, said = "none", ""
    if face is not None:
        fill = to_hex(face[:3])
        opacity = alpha if alpha is not None else (face[3] if len(face) > 3 else 1.0)
        if opacity != 1:
            said = f' fill-opacity="{opacity:.2g}"'
    said = f' fill="{fill}"{said}'
    width = gc.get_linewidth()
    if width:
        red, green, blue, opacity = gc.get_rgb()
        said += (
            f' stroke="{to_hex((red, green, blue))}" stroke-width="{max(round(_UNIT * width), 1)}"'
        )
        opacity = alpha if alpha is not None else opacity
        if opacity != 1:
            said += f' stroke-opacity="{opacity:.2g}"'
        dashes = gc.get_dashes()[1]
        if dashes is not None:
            lengths = " ".join(str(round(_UNIT * each)) for each in _numbers(dashes).tolist())
            said += f' stroke-dasharray="{lengths}"'
    return said


def _codes(path: Path) -> npt.NDArray[np.uint8]:
    return np.asarray([] if path.codes is None else path.codes, dtype=Path.code_type)


def _inside(x: float, y: float, frame: _Frame) -> bool:
    left, top, right, bottom = frame
    return left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1


def _cut(path: Path, frame: _Frame) -> Path:
    """Return what of areas can be seen in a frame; their new edges are beyond it."""
    if np.isin(_codes(path), (Path.CURVE3, Path.CURVE4)).any():
        return path
    left, top, right, bottom = frame
    around = Bbox([(left - _AROUND, top - _AROUND), (right + _AROUND, bottom + _AROUND)])
    return path.clip_to_bbox(around)


def path_data(path: Path) -> str:
    """Return a path as SVG writes it, in whole numbers, each step from where the last one ended.

    Steps of no length are left out.

    Examples
    --------
    >>> path_data(Path([(0, 0), (10, 0.2), (10, 10), (0, 0)], closed=True))
    'M0 0l10 0 0 10z'
    """
    cleaned = path.cleaned(remove_nans=True, curves=True)
    points = np.rint(_numbers(cleaned.vertices)).astype(np.int64).tolist()
    codes = np.asarray(cleaned.codes, dtype=Path.code_type).tolist()
    parts: list[str] = []
    last, at = "", 0
    x = y = 0
    start = [0, 0]
    while at < len(codes):
        code = codes[at]
        taken = points[at : at + _POINTS.get(code, 1)]
        at += len(taken)
        if code == Path.MOVETO:
            x, y = start = taken[0]
            parts.append(f"M{x} {y}")
            last = "M"
        elif code == Path.CLOSEPOLY:
            x, y = start
            parts.append("z")
            last = "z"
        elif code in _POINTS and not (taken == [[x, y]] and last != "M"):
            steps = " ".join(f"{px - x} {py - y}" for px, py in taken)
            letter = _LETTERS[code]
            parts.append(f"{' ' if letter == last else letter}{steps}")
            x, y = taken[-1]
            last = letter
    return "".join(parts).replace(" -", "-")


def _numbers(values: Any) -> npt.NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
