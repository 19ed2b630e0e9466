"""Figures as SVG: text that is text, the same bytes every time, nothing that a page refuses."""

import re
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from analysis import plots
from analysis.language import Language
from analysis.plots.style import new_figure, styled
from analysis.plots.svg import name_each, path_data, svg_of

EVIL = '</svg><img src=x onerror="alert(1)">&'
NAMES = {"svg": "http://www.w3.org/2000/svg"}


def drawn(draw, *, height=2.0, alt="Alternatif"):
    """Return a figure as SVG and as elements, after `draw` has had its axes."""
    with styled():
        figure, (axes,) = new_figure(height)
        axes.axis("off")
        draw(axes)
    markup = svg_of(figure, alt)
    return markup, ElementTree.fromstring(markup)


def found(root, tag):
    return list(root.iter(f"{{{NAMES['svg']}}}{tag}"))


def test_words_and_names_from_data_stay_words():
    values = pd.Series({EVIL: 1.0, "Aceh": 2.0})
    figure = plots.ranking(
        values,
        pd.Series(EVIL, index=values.index),
        reference=1.0,
        reference_label=EVIL,
        axis_label=EVIL,
        accent=EVIL,
        language=Language("id"),
    )
    root = ElementTree.fromstring(svg_of(figure, EVIL))
    assert root.get("aria-label") == EVIL
    assert EVIL in {text.text for text in found(root, "text")}
    assert f"{EVIL}: 1,0" in {title.text for title in found(root, "title")}
    assert {each.tag.partition("}")[2] for each in root.iter()} == {
        *("svg", "g", "path", "text", "title"),
    }


def test_has_no_style_and_no_ids_and_the_same_bytes_under_other_settings():
    draw = lambda axes: axes.plot([0, 1, 2], [0, 2, 1], marker="o", linestyle="--", alpha=0.5)  # noqa: E731
    first, root = drawn(draw)
    with mpl.rc_context({"font.family": "serif", "svg.fonttype": "path", "figure.dpi": 300}):
        second, _ = drawn(draw)
    assert first == second
    assert {name for each in root.iter() for name in each.keys()}.isdisjoint({"id", "style"})  # noqa: SIM118
    assert len(found(root, "circle")) == 3
    assert 'stroke-dasharray="' in first
    assert 'stroke-opacity="0.5"' in first


def test_drawing_leaves_the_figure_as_it_was():
    figure, (axes,) = new_figure(2.0)
    effects = [withStroke(linewidth=2, foreground="white")]
    text = axes.text(0.5, 0.5, "a\nb", path_effects=effects)
    canvas, dpi = figure.canvas, figure.dpi
    svg_of(figure, "")
    assert (figure.canvas, figure.dpi) == (canvas, dpi)
    assert (text.get_path_effects(), text.get_gid()) == (effects, None)


@pytest.mark.parametrize(("align", "anchor"), [("left", None), ("center", "middle")])
def test_lines_of_text_keep_their_alignment_and_outline(align, anchor):
    effects = [withStroke(linewidth=2, foreground="white")]
    looks = {"ha": align, "path_effects": effects, "bbox": {"facecolor": "white"}}
    _, root = drawn(lambda axes: axes.text(0.5, 0.5, "a\nbbb", **looks))
    lines = found(root, "text")
    assert [line.text for line in lines] == ["a", "bbb"]
    assert len({line.get("x") for line in lines}) == 1
    (group,) = [each for each in found(root, "g") if each.get("paint-order")]
    assert (group.get("text-anchor"), group.get("stroke-width")) == (anchor, "20")


def test_an_anchored_text_ends_where_it_was_drawn():
    _, root = drawn(lambda axes: axes.text(1.0, 0.5, "akhir", ha="right", rotation=90))
    (text,) = found(root, "text")
    x, y = text.get("x"), text.get("y")
    assert text.get("transform") == f"rotate(-90 {x} {y})"


def test_each_dot_has_its_name_and_those_beyond_the_axes_are_left_out():
    def draw(axes):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        name_each(axes.scatter([0.2, 0.8, 7.0], [0.5, 0.5, 0.5]), ["A", "B", "C"])

    _, root = drawn(draw)
    assert [title.text for title in found(root, "title")] == ["A", "B"]


def test_an_area_is_cut_at_the_axes():
    def draw(axes):
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.fill([0.5, 500, 500, 0.5], [0.2, 0.2, 0.8, 0.8])

    markup, root = drawn(draw)
    (frame,) = [each for each in found(root, "svg") if each.get("viewBox") and each is not root]
    assert int(frame.get("width")) < 2700
    assert max(map(int, re.findall(r"\d+", markup))) < 6000


def test_what_is_not_a_number_is_not_drawn():
    _, root = drawn(lambda axes: axes.plot([0, np.nan, 1], [np.nan, 1, np.nan], marker="o"))
    assert found(root, "circle") == []


def test_pixels_are_kept_as_pixels():
    def draw(axes):
        axes.imshow(np.arange(4).reshape(2, 2))

    _, root = drawn(draw)
    (image,) = found(root, "image")
    assert image.get("href").startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (Path([(0, 0), (10.4, 0), (10.4, 0.4)]), "M0 0l10 0"),
        (Path([(1, 1), (1, 1)]), "M1 1l0 0"),
        (Path([(0, 0), (1, 2), (3, 4)], [1, 3, 3]), "M0 0q1 2 3 4"),
        (Path([(0, 0), (5, 0), (0, 0), (9, 9), (9, 5)], [1, 2, 79, 1, 2]), "M0 0l5 0zM9 9l0-4"),
        (Path(np.empty((0, 2))), ""),
    ],
)
def test_paths_are_steps_in_whole_numbers(path, data):
    assert path_data(path) == data
