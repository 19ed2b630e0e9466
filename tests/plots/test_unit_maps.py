import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.patches import Patch

from analysis import plots
from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.coastlines import label_places, outline_paths
from analysis.plots.extreme_lists import extremes
from analysis.plots.style import ACCENT, new_figure
from analysis.plots.value_classes import MISSING, ZERO, classify
from analysis.reports.display import Picture

ID = Language("id")
WORDS = plots.MapWords(
    value="Dokter per 100.000 penduduk",
    zero="nol",
    missing="tanpa data",
    lowest="Terendah",
    highest="Tertinggi",
    tied="bernilai sama",
    enlarged="Jawa dan Bali, diperbesar",
)
COAST = pd.DataFrame(
    {
        "nama": ["Indonesia"] * 4 + ["negara tetangga"] * 4,
        "bagian": 0,
        "cincin": 0,
        "bujur": [95.0, 141.0, 141.0, 95.0, 100.0, 110.0, 105.0, 100.0],
        "lintang": [-8.0, -8.0, 2.0, -8.0, 4.0, 4.0, 6.0, 4.0],
    }
)


def country(units):
    """Units from west to east along the equator, and their codes, names, points and values."""
    codes = [f"{11 + k // 90}.{1 + k % 90:02d}" for k in range(units)]
    points = pd.DataFrame(
        {"bujur": np.linspace(95.5, 140.5, units), "lintang": -2.0}, index=pd.Index(codes)
    )
    names = pd.Series([f"Kabupaten {code}" for code in codes], index=codes)
    values = pd.Series(np.arange(1.0, units + 1), index=codes)
    return values, names, points


def squares(points, side=0.04):
    """A square around each point, as `read_boundaries` returns areas."""
    corner = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * side / 2
    frame = points.loc[points.index.repeat(5)]
    around = frame[["bujur", "lintang"]].to_numpy() + np.tile(corner, (len(points), 1))
    return pd.DataFrame(
        {
            "kode_kemendagri": frame.index,
            "bagian": 0,
            "cincin": 0,
            "bujur": around[:, 0],
            "lintang": around[:, 1],
        }
    )


def unit_map(values=None, *, units=12, areas=False, **changes):
    own, names, points = country(units)
    options = {"words": WORDS, "decimals": 1, "language": ID}
    options["boundaries"] = squares(points) if areas else None
    given = own if values is None else values
    return plots.unit_map(given, names, points, COAST, **(options | changes))


def texts(figure):
    return [t.get_text() for t in figure.findobj(lambda a: hasattr(a, "get_text"))]


def legend(found):
    return [text.get_text() for text in found.figure.legends[0].get_texts()]


def saved(figure):
    data, _ = Picture(figure, "", "")._repr_mimebundle_()
    return data


def dots(found):
    """Collections of the first map but for the coast and rings: classes, zero, missing."""
    return found.figure.axes[0].collections[1:4]


class TestDots:
    def test_each_unit_is_at_its_place_in_the_colour_of_its_class(self):
        values, _, points = country(12)
        found = unit_map(breaks=[4, 9])
        filled = dots(found)[0]
        colours = found.classes.colours
        expected = [colours[0]] * 3 + [colours[1]] * 5 + [colours[2]] * 4
        assert filled.get_offsets().tolist() == points.loc[values.index].to_numpy().tolist()
        np.testing.assert_allclose(filled.get_facecolors(), [to_rgba(each) for each in expected])

    def test_zero_is_hollow_and_what_is_not_known_a_cross(self):
        values, _, points = country(12)
        values.iloc[2], values.iloc[7] = 0.0, np.nan
        filled, zero, missing = dots(unit_map(values))
        assert len(filled.get_offsets()) == 10
        assert zero.get_offsets().tolist() == [points.iloc[2].tolist()]
        assert zero.get_facecolors().tolist() == [[1.0, 1.0, 1.0, 1.0]]
        np.testing.assert_allclose(zero.get_edgecolors(), [to_rgba(ACCENT)])
        assert missing.get_offsets().tolist() == [points.iloc[7].tolist()]
        assert len(missing.get_paths()[0].vertices) == 4  # two strokes

    def test_the_legend_counts_every_unit_once(self):
        values, *_ = country(12)
        values.iloc[[0, 1]], values.iloc[5] = 0.0, np.nan
        found = unit_map(values, breaks=[4.0, 8.5])
        assert legend(found) == [
            "< 4,0 (1)",
            "4,0 – < 8,5 (4)",
            "≥ 8,5 (4)",
            "nol (2)",
            "tanpa data (1)",
        ]

    def test_java_is_enlarged_where_it_would_be_small(self):
        values, names, points = country(12)
        assert len(unit_map().figure.axes) == 2  # a map and the lists
        points.iloc[3] = [110.4, -7.5]
        options = {"words": WORDS, "decimals": 1, "language": ID}
        whole, java, _ = plots.unit_map(values, names, points, COAST, **options).figure.axes
        assert java.get_title(loc="left") == WORDS.enlarged
        assert java.get_xlim() == (104.9, 115.8)
        assert whole.get_xlim()[0] < 95.5
        assert whole.get_xlim()[1] > 140.5

    def test_a_single_province_is_drawn_close_up(self):
        values, names, points = country(514)
        few = values.iloc[:8]
        west, east = (
            plots.unit_map(few, names, points, COAST, words=WORDS, decimals=0, language=ID)
            .figure.axes[0]
            .get_xlim()
        )
        assert east - west < 5

    def test_a_high_narrow_place_does_not_make_a_high_figure(self):
        values, names, points = country(3)
        points["bujur"], points["lintang"] = 120.0, [-9.0, 0.0, 5.0]
        options = {"words": WORDS, "decimals": 0, "language": ID}
        figure = plots.unit_map(values, names, points, COAST, **options).figure
        assert figure.get_figheight() < 6.5


class TestAreas:
    def test_units_are_coloured_as_areas_and_have_no_dots(self):
        values, *_ = country(12)
        values.iloc[2], values.iloc[7] = 0.0, np.nan
        found = unit_map(values, areas=True, breaks=[4.0])
        filled, missing, zero = dots(found)
        pale, dark = found.classes.colours
        assert [len(each.get_paths()) for each in (filled, missing, zero)] == [10, 1, 1]
        np.testing.assert_allclose(
            filled.get_facecolors(), [to_rgba(each) for each in [pale] * 2 + [dark] * 8]
        )
        assert missing.get_facecolors().tolist() not in filled.get_facecolors().tolist()
        assert zero.get_facecolors().tolist() == [[1.0, 1.0, 1.0, 1.0]]
        assert all(isinstance(key, Patch) for key in found.figure.legends[0].legend_handles)

    def test_each_area_has_the_colour_of_its_own_unit_whatever_the_order(self):
        values, names, points = country(12)
        shuffled = squares(points.iloc[::-1])
        found = plots.unit_map(
            values, names, points, COAST, words=WORDS, decimals=0, language=ID, boundaries=shuffled
        )
        filled = dots(found)[0]
        middles = [path.vertices[:4].mean(axis=0) for path in filled.get_paths()]
        np.testing.assert_allclose(middles, points.to_numpy())

    def test_holes_stay_empty_and_islands_are_filled(self):
        land, hole = [(0, 0), (6, 0), (6, 6), (0, 6)], [(2, 2), (2, 4), (4, 4), (4, 2)]
        islet = [(8, 8), (9, 8), (9, 9), (8, 9)]
        rings = [[*ring, ring[0]] for ring in (land, hole, islet)]
        corners = pd.DataFrame([at for ring in rings for at in ring], columns=["bujur", "lintang"])
        corners["nama"], corners["bagian"] = "A", [0] * 10 + [1] * 5
        corners["cincin"] = [0] * 5 + [1] * 5 + [0] * 5
        figure, (axes,) = new_figure(4.8)
        axes.set_position((0, 0, 1, 1))
        axes.set(xlim=(0, 10), ylim=(0, 10))
        axes.axis("off")
        axes.add_collection(PathCollection([*outline_paths(corners).values()], facecolor="black"))
        figure.set_layout_engine("none")
        figure.canvas.draw()
        red = np.asarray(figure.canvas.buffer_rgba())[::-1, :, 0]
        shown = {at: red[int(48 * at[1]), int(37.5 * at[0])] for at in [(1, 1), (3, 3), (8.5, 8.5)]}
        assert shown == {(1, 1): 0, (3, 3): 255, (8.5, 8.5): 0}

    def test_a_part_that_follows_one_of_another_area_starts_anew(self):
        ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
        corners = pd.DataFrame(ring * 2, columns=["bujur", "lintang"])
        paths = outline_paths(corners.assign(nama=list("AAAABBBB"), bagian=0, cincin=0), "nama")
        assert [path.codes.tolist() for path in paths.values()] == [[1, 2, 2, 79]] * 2

    def test_units_without_a_boundary_are_listed(self):
        values, names, points = country(12)
        some_only = squares(points.iloc[:9])
        with pytest.raises(DataError, match=r"no boundary for 11\.10, 11\.11, 11\.12 \(3 of 12"):
            plots.unit_map(
                values,
                names,
                points,
                COAST,
                words=WORDS,
                decimals=0,
                language=ID,
                boundaries=some_only,
            )


class TestLists:
    def test_name_the_lowest_and_the_highest_with_their_values_and_marks(self):
        found = unit_map(listed=2)
        shown = texts(found.figure)
        assert {"Terendah", "Tertinggi", "1,0", "Kabupaten 11.01", "12,0"} <= set(shown)
        assert shown.count("a") == shown.count("2") == 2  # on the map and in the list
        assert found.lowest.values.to_dict() == {"11.01": 1.0, "11.02": 2.0}
        assert found.highest.values.to_dict() == {"11.12": 12.0, "11.11": 11.0}

    def test_say_how_many_more_are_tied(self):
        values, *_ = country(12)
        values.iloc[:7] = 0.0
        found = unit_map(values, listed=3)
        assert list(found.lowest.values.index) == ["11.01", "11.02", "11.03"]
        assert found.lowest.tied == 4
        assert found.highest.tied == 0
        assert "+4 bernilai sama" in texts(found.figure)

    def test_a_long_name_is_broken_and_none_of_it_lost(self):
        values, names, points = country(12)
        names["11.01"] = "Kabupaten Penukal Abab Lematang Ilir"
        options = {"words": WORDS, "decimals": 1, "language": ID}
        shown = texts(plots.unit_map(values, names, points, COAST, **options).figure)
        assert {"Kabupaten Penukal", "Abab Lematang Ilir"} <= set(shown)

    @pytest.mark.parametrize("name", ["$x^$", "A$h$", "<b>&", r"\frac{"])
    def test_a_name_is_printed_as_it_is(self, name):
        values, names, points = country(12)
        names["11.12"] = name
        options = {"words": WORDS, "decimals": 1, "language": ID}
        figure = plots.unit_map(values, names, points, COAST, **options).figure
        saved(figure)
        assert name in texts(figure)

    @given(
        st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=4)), max_size=30),
        st.integers(min_value=1, max_value=9),
    )
    def test_hold_the_ends_of_any_values(self, numbers, listed):
        values = pd.Series(numbers, index=[f"{k:02d}" for k in range(len(numbers))], dtype=float)
        low, high = extremes(values, listed)
        known = sorted(values.dropna())
        assert low.values.tolist() == known[: len(low.values)]
        assert high.values.tolist() == known[::-1][: len(high.values)]
        assert not set(low.values.index) & set(high.values.index)
        assert len(low.values) == min(listed, (len(known) + 1) // 2)
        for end in (low, high):
            if len(end.values):
                last = end.values.iloc[-1]
                assert end.tied == known.count(last) - (end.values == last).sum()

    @pytest.mark.parametrize("listed", [0, -1, 10])
    def test_have_from_one_to_nine_units(self, listed):
        with pytest.raises(DataError, match=f"listed is {listed}. Choose from 1 to 9"):
            unit_map(listed=listed)


class TestClasses:
    @given(
        st.lists(
            st.one_of(st.none(), st.floats(min_value=0, max_value=1e6, allow_subnormal=False)),
            min_size=1,
            max_size=60,
        ),
        st.integers(min_value=0, max_value=3),
    )
    def test_hold_what_their_labels_say(self, numbers, places):
        values = pd.Series(numbers, dtype=float)
        found = classify(values, None, places=places, what="x")
        ends = (0.0, *found.breaks, np.inf)
        for value, k in zip(values, found.of, strict=True):
            if np.isnan(value):
                assert k == MISSING
            elif value == 0:
                assert k == ZERO
            else:
                assert ends[k] <= value < ends[k + 1]
        assert sum(found.counts) + found.zeros + found.missing == len(values)
        assert len(found.labels(ID)) == len(found.colours) == len(found.counts)
        if sum(found.counts):
            assert found.counts[0]
            assert found.counts[-1]

    def test_are_quintiles_rounded_as_they_are_printed(self):
        values = pd.Series(np.arange(1, 101) / 7)
        breaks = classify(values, None, places=1, what="x").breaks
        expected = np.round(np.quantile(values, [0.2, 0.4, 0.6, 0.8]), 1)
        assert breaks == tuple(expected)

    def test_that_are_given_are_kept_and_printed_in_full(self):
        found = classify(pd.Series([0.2, 0.5, 3.0]), [0.25, 0.5], places=0, what="x")
        assert found.labels(ID) == ["< 0,25", "0,25 – < 0,50", "≥ 0,50"]
        assert found.of.tolist() == [0, 2, 2]

    @pytest.mark.parametrize("breaks", [[2, 1], [1, 1], [0, 1], [-1], [np.nan], [np.inf]])
    def test_that_do_not_rise_from_above_zero_are_refused(self, breaks):
        with pytest.raises(DataError, match="must be above zero and rise"):
            unit_map(breaks=breaks)

    @pytest.mark.parametrize("classes", [2, 3, 4, 5])
    def test_can_be_told_apart_in_print(self, classes):
        """Each is clearly darker than the one before: CIE lightness falls by ten and more."""
        values = pd.Series([0.5])
        found = classify(values, list(range(1, classes)), places=0, what="x")
        lightness = [cie_lightness(colour) for colour in found.colours]
        assert lightness[0] < 93  # paper has 100
        assert (np.diff(lightness) <= -10).all()


def cie_lightness(colour):
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


class TestRefusals:
    def test_no_units(self):
        with pytest.raises(DataError, match="there are no units"):
            unit_map(pd.Series(dtype=float))

    @pytest.mark.parametrize("what", ["value", "name", "point"])
    def test_a_unit_that_has_two(self, what):
        given = dict(zip(("value", "name", "point"), country(12), strict=True))
        given[what] = pd.concat([given[what], given[what].iloc[[2]]])
        with pytest.raises(DataError, match=rf"11\.03 has more than one {what}\. Give one"):
            plots.unit_map(*given.values(), COAST, words=WORDS, decimals=1, language=ID)

    @pytest.mark.parametrize("side", ["bujur", "lintang"])
    def test_a_point_that_is_half_there(self, side):
        values, names, points = country(12)
        points.loc["11.04", side] = np.nan
        with pytest.raises(DataError, match=r"no point for 11\.04 \(1 of 12 units\)"):
            plots.unit_map(values, names, points, COAST, words=WORDS, decimals=1, language=ID)

    @pytest.mark.parametrize("value", [-0.1, np.inf, -np.inf])
    def test_a_value_that_no_class_can_hold(self, value):
        values, *_ = country(12)
        values.iloc[4] = value
        with pytest.raises(DataError, match=r"value of 11\.05 is negative or infinite"):
            unit_map(values)

    @pytest.mark.parametrize("code", ["99.99", "11.1", 11.01])
    def test_a_unit_that_has_no_name_or_point(self, code):
        values, names, points = country(12)
        strange = values.rename({"11.01": code})
        options = {"words": WORDS, "decimals": 1, "language": ID}
        with pytest.raises(DataError, match=r"no name for .*\(1 of 12 units\)\. Codes are"):
            plots.unit_map(strange, names, points, COAST, **options)
        with pytest.raises(DataError, match=r"no point for"):
            plots.unit_map(strange, names.rename({"11.01": code}), points, COAST, **options)


class TestOddCountries:
    @pytest.mark.parametrize("areas", [False, True])
    @pytest.mark.parametrize(
        "numbers",
        [
            [np.nan] * 12,
            [0.0] * 12,
            [3.0] * 12,
            [1e-9, *[0.0] * 11],
            [np.nan, 5.0, *[0.0] * 10],
            [1e12] * 6 + [1.0] * 6,
        ],
        ids=["nothing known", "nobody", "all alike", "next to nothing", "one", "far apart"],
    )
    def test_are_drawn_and_every_unit_is_counted(self, numbers, areas):
        values, *_ = country(12)
        found = unit_map(pd.Series(numbers, index=values.index), areas=areas)
        saved(found.figure)
        counted = [int(label.rsplit("(")[-1].rstrip(")")) for label in legend(found)]
        assert sum(counted) == 12

    @pytest.mark.parametrize("areas", [False, True])
    def test_of_a_single_unit(self, areas):
        values, *_ = country(1)
        found = unit_map(values, units=1, areas=areas)
        saved(found.figure)
        assert found.lowest.values.to_dict() == {"11.01": 1.0}
        assert found.highest.values.empty


class TestDrawing:
    @pytest.mark.parametrize("areas", [False, True])
    def test_has_as_many_artists_for_many_units_as_for_few(self, areas):
        few, many = (
            [
                artist
                for axes in unit_map(units=units, areas=areas).figure.axes[:1]
                for artist in axes.get_children()
                if isinstance(artist, PathCollection | Patch)
            ]
            for units in (20, 514)
        )
        assert len(few) == len(many)

    @pytest.mark.parametrize("areas", [False, True])
    def test_does_not_depend_on_the_order_of_what_it_is_given(self, areas):
        values, names, points = country(40)
        order = np.random.default_rng(1).permutation(40)
        options = {"words": WORDS, "decimals": 1, "language": ID}
        one, other = (
            plots.unit_map(
                values.iloc[rows],
                names.iloc[rows[::-1]],
                points.iloc[rows],
                COAST,
                boundaries=squares(points.iloc[rows]) if areas else None,
                **options,
            ).figure
            for rows in (np.arange(40), order)
        )
        assert plots.fingerprint(one) == plots.fingerprint(other)
        assert saved(one) == saved(other)

    @pytest.mark.parametrize("areas", [False, True])
    def test_fingerprint_sees_a_value_a_place_and_a_word(self, areas):
        values, *_ = country(12)
        changed = values.copy()
        changed.iloc[5] = 0.0
        plain = plots.fingerprint(unit_map(areas=areas).figure)
        for other in (
            unit_map(changed, areas=areas),
            unit_map(areas=areas, breaks=[3]),
            unit_map(areas=areas, listed=4),
            unit_map(areas=not areas),
        ):
            assert plots.fingerprint(other.figure) != plain
        assert plots.fingerprint(unit_map(areas=areas).figure) == plain

    @pytest.mark.parametrize("areas", [False, True])
    def test_does_not_depend_on_the_users_settings(self, areas):
        expected = saved(unit_map(areas=areas).figure)
        personal = {
            "font.size": 7,
            "scatter.edgecolors": "red",
            "hatch.color": "red",
            "hatch.linewidth": 5,
            "lines.markersize": 20,
            "patch.linewidth": 9,
            "path.simplify": False,
            "text.parse_math": True,
            "savefig.bbox": "tight",
        }
        with mpl.rc_context(personal):
            assert saved(unit_map(areas=areas).figure) == expected


class TestLabels:
    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=12))
    def test_never_stand_on_each_other(self, at):
        places = pd.DataFrame(at, columns=["bujur", "lintang"])
        _, (axes,) = new_figure(3.0)
        label_places(axes, places.index.to_series(), places, letters=0.5, fontsize=8)
        rooms = [text.get_position() for text in axes.texts]
        assert rooms
        for k, (x, y) in enumerate(rooms):
            for a, b in rooms[:k]:
                assert abs(x - a) > 1.3 * 0.5 or abs(y - b) > 0.9 * 0.5

    def test_stand_on_no_place_where_there_is_room(self):
        places = pd.DataFrame({"bujur": [0.0, 0.0], "lintang": [0.0, 1.0]})
        _, (axes,) = new_figure(3.0)
        label_places(axes, pd.Series(["a"]), places, letters=1.0, fontsize=8)
        assert axes.texts[0].get_position() == (0.0, -1.0)
