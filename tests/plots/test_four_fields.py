"""Every unit is named, and no name covers another: measured on what is drawn."""

import datetime as dt
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

from analysis import datasets, plots, staffing
from analysis.datasets import PROCESSED_TABLES, RawTables
from analysis.language import Language
from analysis.paths import RAW
from analysis.plots.label_places import place_labels
from analysis.plots.style import styled
from analysis.plots.tile_maps import TILES
from analysis.reports.mutu_guru.labels import FIELDS

ROOM, CROSS, GAP = (4.0, 3.75), (1.9, 2.0), 0.05


def drawn(units, language="id"):
    say = Language(language)
    return plots.four_fields(
        units,
        x_reference=float(units["x"].mean()),
        y_reference=float(units["y"].mean()),
        fields={key: say.text(label) for key, label in FIELDS.items()},
        reference_label=say.text("Seluruh provinsi"),
        x_label=say.text("Guru per 100 siswa"),
        y_label=say.text("Berijazah S1 ke atas"),
        language=say,
    )


@pytest.fixture(scope="module")
def provinces():
    """Return the frame of the figure for a set of provinces and a kind of need."""
    tables = RawTables(RAW)
    teachers = PROCESSED_TABLES["guru_sd_provinsi"].build(tables)

    def of(basis, need):
        counts = datasets.teachers_at(teachers, dt.date(2023, 12, 31), tables.regions, basis)
        found = staffing.number_and_quality(counts["guru"], counts["guru_s1"], counts[need])
        marks = [TILES[code][2] for code in found.index]
        names = tables.regions.names(basis, merged="{} (gabungan)")[found.index]
        columns = {"x": found["number"], "y": found["quality"], "field": found["field"]}
        return pd.DataFrame(columns).assign(mark=marks).set_axis(names)

    return of


def boxes(figure):
    """What each text that is shown covers, in inches; ticks beyond the ends are not shown."""
    with styled():
        figure.canvas.draw()
    (axes,) = figure.axes
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    ticks = [t for t in axes.get_xticklabels() if left <= t.get_position()[0] <= right]
    ticks += [t for t in axes.get_yticklabels() if bottom <= t.get_position()[1] <= top]
    words = [*figure.texts, axes.xaxis.label, axes.yaxis.label]
    words += [child for child in axes.get_children() if isinstance(child, Text)]
    to_inches = figure.dpi_scale_trans.inverted()
    return [
        (" ".join(text.get_text().split()), text.get_window_extent().transformed(to_inches))
        for text in [*ticks, *words]
        if text.get_text().strip()
    ]


@pytest.mark.parametrize("need", ["siswa", "rombel"])
@pytest.mark.parametrize(("basis", "language"), [("38", "id"), ("38", "en"), ("33", "id")])
def test_no_name_covers_another_or_leaves_the_figure(provinces, basis, need, language):
    units = provinces(basis, need)
    figure = drawn(units, language)
    found = boxes(figure)
    width, height = figure.get_size_inches()
    for text, box in found:
        assert 0 <= box.x0 < box.x1 <= width, text
        assert 0 <= box.y0 < box.y1 <= height, text
    # The box of a line of text reaches above and below its letters.
    covered = [
        (one, other)
        for (one, a), (other, b) in combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.01 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.05
    ]
    assert covered == []
    texts = [text for text, _ in found]
    assert set(units.index) <= set(texts)
    assert all(texts.count(mark) == 2 for mark in units["mark"])


def test_each_list_is_headed_by_its_field_and_how_many_are_in_it(provinces):
    units = provinces("38", "siswa")
    texts = [text for text, _ in boxes(drawn(units))]
    for key, label in FIELDS.items():
        assert f"{label} ({(units['field'] == key).sum()})" in texts


def units_with(shares):
    n = len(shares)
    return pd.DataFrame(
        {
            "x": np.linspace(1, 2, n),
            "y": shares,
            "mark": [f"M{i}" for i in range(n)],
            "field": "many_high",
        },
        index=[f"Unit {i}" for i in range(n)],
    )


def test_shares_of_nothing_or_all_are_drawn_on_a_plain_scale():
    assert drawn(units_with([0.9, 0.95, 0.99])).axes[0].get_yscale() == "logit"
    assert drawn(units_with([0.9, 0.95, 1.0])).axes[0].get_yscale() == "linear"
    assert drawn(units_with([0.0, 0.5])).axes[0].get_yscale() == "linear"


@pytest.mark.parametrize("shares", [[0.5], [0.5, 0.5], [1.0, 1.0]])
def test_units_that_are_all_alike_can_be_drawn(shares):
    assert boxes(drawn(units_with(shares)))


dots = st.lists(
    st.tuples(st.floats(0.3, 3.7), st.floats(0.3, 3.4)), min_size=1, max_size=30, unique=True
).map(np.array)


class TestPlaces:
    @settings(max_examples=25, derandomize=True, deadline=None)
    @given(dots)
    def test_labels_lie_on_no_label_and_on_no_line(self, points):
        sizes = np.tile([0.18, 0.1], (len(points), 1))
        centres = place_labels(points, sizes, room=ROOM, cross=CROSS, gap=GAP)
        for (i, one), (j, other) in combinations(enumerate(centres), 2):
            assert (np.abs(one - other) >= (sizes[i] + sizes[j]) / 2).any()
        assert (np.abs(centres - CROSS) >= sizes / 2 - 1e-12).all()
        assert ((centres >= sizes / 2) & (centres <= ROOM - sizes / 2)).all()
        on_a_dot = np.abs(centres[:, None] - points) < sizes[:, None] / 2
        assert not on_a_dot.all(axis=2).any()

    @settings(max_examples=15, derandomize=True, deadline=None)
    @given(dots, st.randoms(use_true_random=False))
    def test_the_order_of_the_units_changes_nothing(self, points, random):
        sizes = np.tile([0.18, 0.1], (len(points), 1))
        order = list(range(len(points)))
        random.shuffle(order)
        places = place_labels(points, sizes, room=ROOM, cross=CROSS, gap=GAP)
        shuffled = place_labels(points[order], sizes, room=ROOM, cross=CROSS, gap=GAP)
        assert shuffled.tolist() == places[order].tolist()

    def test_a_lonely_dot_has_its_label_on_the_right(self):
        ((x, y),) = place_labels(
            np.array([[1.0, 1.0]]), np.array([[0.2, 0.1]]), room=ROOM, cross=CROSS, gap=GAP
        )
        assert (x, y) == pytest.approx((1.0 + 0.1 + GAP, 1.0))

    def test_a_room_that_is_too_full_is_no_error(self):
        points = np.array([[0.1, 0.1]] * 3)
        sizes = np.tile([0.2, 0.2], (3, 1))
        found = place_labels(points, sizes, room=(0.2, 0.2), cross=(0.1, 0.1), gap=GAP)
        assert np.isfinite(found).all()
