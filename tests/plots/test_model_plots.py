"""Figures of models and of place: they draw what they are given, and read on a small screen."""

import numpy as np
import pandas as pd
import pytest

from analysis import plots
from analysis.language import Language

ID = Language("id")
EFFECTS = pd.DataFrame(
    {
        "term": ["Dua kali lebih jauh", "Kota", "Dua kali lebih jauh"],
        "series": ["alone", "alone", "together"],
        "ratio": [0.7, 5.5, 0.9],
        "low": [0.6, 4.5, 0.8],
        "high": [0.8, 6.7, 1.1],
    }
)
SERIES = {"alone": "Satu ciri", "together": "Semua ciri"}


def texts(figure):
    return [t.get_text() for t in figure.findobj(lambda a: hasattr(a, "get_text"))]


def forest(table=EFFECTS):
    return plots.forest(table, SERIES, axis_label="Selisih", cut_label="(lanjut)", language=ID)


class TestForest:
    def test_limits_are_lines_and_estimates_dots_in_rows_that_do_not_meet(self):
        axes = forest().axes[0]
        alone, together = (c.get_segments() for c in axes.collections[::2])
        assert [segment[:, 0].tolist() for segment in alone] == [[0.6, 0.8], [4.5, 6.7]]
        assert [segment[:, 0].tolist() for segment in together] == [[0.8, 1.1]]
        rows = [segment[0, 1] for segment in (*alone, *together)]
        assert len({round(row, 6) for row in rows}) == 3
        dots = axes.collections[1].get_offsets()
        assert dots[:, 0].tolist() == [0.7, 5.5]

    def test_the_axis_is_read_as_more_or_less(self):
        figure = forest()
        figure.canvas.draw()
        shown = texts(figure)
        assert {"−25%", "0%", "+100%", "+400%", "Kota", "Satu ciri"} <= set(shown)
        assert "(lanjut)" not in " ".join(shown)

    def test_limits_that_would_dwarf_the_rest_are_cut_and_said_to_be(self):
        wide = EFFECTS.assign(high=[0.8, 16_858.0, 1.1])
        axes = forest(wide).axes[0]
        assert axes.get_xlim()[1] <= 30
        assert "(lanjut)" in axes.get_xlabel()


class TestFit:
    def observed_expected(self, observed):
        expected = pd.Series([10.0, 20.0, 5.0], [*"abc"])
        return plots.observed_expected(
            observed,
            expected,
            pd.Series([False, True, False], [*"abc"]),
            observed_label="Tercatat",
            expected_label="Model",
            unit_label="kabupaten",
            marked_label="kota",
            zero_label="nol",
            band_label="pita",
            language=ID,
        )

    def test_units_stand_where_both_values_put_them(self):
        axes = self.observed_expected(pd.Series([12.0, 30.0, 4.0], [*"abc"])).axes[0]
        kabupaten, kota = (c.get_offsets().tolist() for c in axes.collections[1:3])
        assert kabupaten == [[10.0, 12.0], [5.0, 4.0]]
        assert kota == [[20.0, 30.0]]

    def test_zero_stands_on_the_edge_and_is_named(self):
        figure = self.observed_expected(pd.Series([12.0, 30.0, 0.0], [*"abc"]))
        axes = figure.axes[0]
        edge = axes.collections[3].get_offsets()
        assert edge[0, 1] == axes.get_ylim()[0]
        assert "nol" in texts(figure)
        assert "nol" not in texts(self.observed_expected(pd.Series([12.0, 30.0, 4.0], [*"abc"])))

    @pytest.mark.parametrize("other", [None, pd.Series([7.0, 1.0, 2.0])])
    def test_a_rootogram_has_a_bar_for_each_class_and_its_counts_beside(self, other):
        table = pd.DataFrame(
            {
                "low": [0, 1, 2],
                "high": pd.array([0, 1, pd.NA], dtype="Int64"),
                "observed": [5, 0, 3],
                "expected": [4.5, 2.0, 1.5],
            }
        )
        figure = plots.rootogram(
            table,
            other,
            count_label="Tenaga",
            units_label="Satuan",
            observed_label="tercatat",
            expected_label="model",
            other_label="lain",
            language=ID,
        )
        axes = figure.axes[0]
        assert [bar.get_width() for bar in axes.patches] == [5, 0, 3]
        assert axes.lines[0].get_xdata().tolist() == [4.5, 2.0, 1.5]
        assert [label.get_text() for label in axes.get_yticklabels()] == ["0", "1", "≥ 2"]
        first, *_, last = (label.get_window_extent().y0 for label in axes.get_yticklabels())
        assert first > last
        assert ("lain" in texts(figure)) == (other is not None)


def test_estimates_stand_beside_the_range_of_chance():
    table = pd.DataFrame(
        {
            "group": ["Rasio", "Rasio", "Sisa"],
            "row": ["semua", "tanpa", "semua"],
            "estimate": [0.2, 0.3, 0.0],
            "low": [-0.1, -0.1, -0.2],
            "high": [0.1, 0.1, 0.05],
        }
    )
    figure = plots.null_ranges(
        table, axis_label="I", estimate_label="tercatat", range_label="kebetulan", language=ID
    )
    axes = figure.axes[0]
    ranges, dots = axes.collections
    assert [segment[:, 0].tolist() for segment in ranges.get_segments()] == [
        [-0.1, 0.1],
        [-0.1, 0.1],
        [-0.2, 0.05],
    ]
    assert dots.get_offsets()[:, 0].tolist() == [0.2, 0.3, 0.0]
    assert (np.diff(dots.get_offsets()[:, 1]) > 0).all()
    assert {"Rasio", "Sisa", "tercatat"} <= set(texts(figure))


def test_a_map_of_kinds_draws_each_unit_once_on_each_panel_and_counts_them():
    kinds = pd.Series(
        ["high_high", "not_told", "not_told", "no_neighbour"], ["31.71", "32.01", "91.01", "31.01"]
    )
    points = pd.DataFrame(
        {"bujur": [106.8, 107.0, 140.5, 106.6], "lintang": [-6.2, -6.8, -2.5, -5.7]}, kinds.index
    )
    coast = pd.DataFrame(
        {
            "nama": "Indonesia",
            "bagian": 0,
            "cincin": 0,
            "bujur": [106.0, 108.0, 108.0, 106.0],
            "lintang": [-7.0, -7.0, -6.0, -7.0],
        }
    )
    labels = {"high_high": "tinggi", "low_low": "rendah", "not_told": "lain", "no_neighbour": "tak"}
    names = kinds.index.to_series()
    figure = plots.kind_map(kinds, points, coast, labels, names=names, enlarged="Jawa", language=ID)
    assert len(figure.axes) == 2
    for axes in figure.axes:
        drawn = np.vstack([c.get_offsets() for c in axes.collections[1:]])
        assert sorted(map(tuple, drawn)) == sorted(map(tuple, points.to_numpy()))
    shown = set(texts(figure))
    assert {"tinggi (1)", "lain (2)", "tak (1)", "Jawa"} <= shown
    assert "rendah (0)" not in shown
