import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.dates import date2num

from analysis import plots
from analysis.datasets import read_processed
from analysis.errors import DataError
from analysis.language import Language
from analysis.plots.line_labels import size_of
from analysis.plots.style import ACCENT, WIDTH
from analysis.plots.ticks import Numbers
from analysis.plots.tile_maps import ISLANDS, TILES
from analysis.reports.display import Picture

ID = Language("id")
RATIOS = pd.Series({"Aceh": 27.3, "Bali": 16.7, "Riau": 13.2})
GROUPS = pd.Series({"Aceh": "Sumatera", "Bali": "Nusa Tenggara", "Riau": "Sumatera"})
DATES = pd.to_datetime(["2019-12-31", "2020-12-31", "2021-12-31"])


def ranking(values=RATIOS, **changes):
    options = {
        "reference": 15.0,
        "reference_label": "Nasional",
        "axis_label": "PNS per 1.000 penduduk",
        "accent": "Sumatera",
        "language": ID,
    }
    return plots.ranking(values, GROUPS, **(options | changes))


def texts(figure):
    return [t.get_text() for t in figure.findobj(lambda a: hasattr(a, "get_text"))]


def pixels(figure):
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())


def test_ranking_puts_the_largest_on_top_and_prints_values_in_indonesian():
    figure = ranking()
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Riau", "Bali", "Aceh"]
    assert [bar.get_width() for bar in axes.patches] == [13.2, 16.7, 27.3]
    assert {"27,3", "Nasional: 15,0"} <= set(texts(figure))


def test_ranking_breaks_long_names_so_that_bars_keep_their_room():
    long = {"Riau": "Kabupaten Administrasi Kepulauan Seribu"}
    options = {"reference": 15.0, "reference_label": "-", "axis_label": "-", "accent": "Sumatera"}
    figure = plots.ranking(RATIOS.rename(long), GROUPS.rename(long), language=ID, **options)
    pixels(figure)
    lowest = figure.axes[0].get_yticklabels()[0]
    assert lowest.get_text() == "Kabupaten Administrasi\nKepulauan Seribu"
    assert figure.axes[0].get_window_extent().width > figure.bbox.width / 2
    heights = [label.get_window_extent().height for label in figure.axes[0].get_yticklabels()]
    row = figure.axes[0].transData.transform([(0, 0), (0, 1)])
    assert heights[0] < row[1][1] - row[0][1]


def test_lorenz_draws_the_knots_it_is_given():
    curve = pd.DataFrame({"population_share": [0, 0.6, 1], "value_share": [0, 0.4, 1]})
    figure = plots.lorenz(
        {"2014": curve, "2023": curve * 0.5},
        x_label="penduduk",
        y_label="PNS",
        equality_label="merata",
        language=ID,
    )
    diagonal, first, second = figure.axes[0].lines
    assert diagonal.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert first.get_xydata().tolist() == [[0, 0], [0.6, 0.4], [1, 1]]
    assert second.get_xydata().tolist() == [[0, 0], [0.3, 0.2], [0.5, 0.5]]


def test_a_knot_says_whose_it_is_and_where():
    curve = pd.DataFrame({"population_share": [0, 0.6, 1], "value_share": [0, 0.4, 1]})
    words = {"x_label": "penduduk", "y_label": "PNS", "equality_label": "merata"}
    named = curve.assign(unit=["", "Riau", "Aceh"])
    figure = plots.lorenz({"2014": curve, "2023": named}, **words, language=ID)
    bare, whose = (each.get_urls() for each in figure.axes[0].collections)
    assert bare[1] == "2014: 60,0%; 40,0%"
    assert whose[1:] == ["Riau: 60,0%; 40,0%", "Aceh: 100,0%; 100,0%"]


@pytest.mark.parametrize(
    ("factor", "names"),
    [
        (0.5, ["merata", "2014", "2023"]),
        (0.9, ["merata", "2014", "2023"]),
        (0.99, ["merata", "2014 dan 2023 (hampir berimpit)"]),
    ],
)
def test_lorenz_curves_are_named_where_they_are_and_together_where_they_are_too_near(factor, names):
    curve = pd.DataFrame({"population_share": [0, 0.6, 1], "value_share": [0, 0.35, 1]})
    other = curve.assign(value_share=[0, 0.35 * factor, 1])
    words = {"x_label": "penduduk", "y_label": "PNS", "equality_label": "merata"}
    axes = plots.lorenz({"2014": curve, "2023": other}, **words, language=ID).axes[0]
    assert [text.get_text().replace("\n", " ") for text in axes.texts] == names
    assert axes.get_legend() is None


def test_a_piece_of_a_lorenz_curve_is_named_where_it_covers_the_whole():
    whole = pd.DataFrame({"population_share": [0, 0.6, 0.7, 1], "value_share": [0, 0.35, 0.45, 1]})
    words = {"x_label": "penduduk", "y_label": "PNS", "equality_label": "merata"}
    axes = plots.lorenz({"semua": whole, "Riau": whole.iloc[1:3]}, **words, language=ID).axes[0]
    assert [text.get_text() for text in axes.texts] == ["merata", "semua", "Riau"]
    (led,) = (each for each in axes.collections if isinstance(each, LineCollection))
    (x, y) = led.get_segments()[0][1]
    assert 0.6 <= x <= 0.7
    assert y == pytest.approx(x - 0.25)


def test_every_province_has_a_tile_of_its_own():
    places = [(column, row) for column, row, _ in TILES.values()]
    letters = [letters for *_, letters in TILES.values()]
    assert len(places) == len(set(places)) == len(set(letters)) == 38


PROVINCES = pd.Series({"11": "Aceh", "12": "Sumatera Utara", "91": "Papua", "99": "?"})


def test_tile_map_prints_each_value_once():
    figure = plots.tile_map(
        pd.Series({"11": 27.3, "91": 40.8}), PROVINCES, label="rasio", decimals=1, language=ID
    )
    assert {"AC", "27", "PA", "41"} <= set(texts(figure))
    assert {"Aceh: 27,3", "Papua: 40,8"} <= {patch.get_url() for patch in figure.axes[0].patches}


def test_tile_map_refuses_a_province_without_a_value():
    values = pd.Series({"11": 1.0, "12": np.nan})
    with pytest.raises(DataError, match="tile_map: 12 without a value"):
        plots.tile_map(values, PROVINCES, label="x", decimals=0, language=ID)


def test_stacked_shares_refuse_more_parts_than_there_are_colours():
    shares = pd.DataFrame(np.full((1, 7), 1 / 7), index=["Aceh"], columns=list("abcdefg"))
    with pytest.raises(DataError, match="7 parts, and there are 6 colours"):
        plots.stacked_shares(shares, axis_label="x", language=ID)


def test_tile_map_refuses_a_code_without_a_tile():
    with pytest.raises(DataError, match="'99'"):
        plots.tile_map(pd.Series({"99": 1.0}), PROVINCES, label="x", decimals=0, language=ID)


def test_category_map_counts_each_category():
    figure = plots.category_map(
        pd.Series({"11": "ya", "12": "ya", "91": "belum"}),
        PROVINCES,
        {"ya": "#0072B2", "belum": "#E69F00"},
        language=Language("en"),
    )
    assert {"ya (2)", "belum (1)", "Sumatra", "Java"} <= set(texts(figure))


def test_the_name_of_an_island_group_is_on_no_tile_and_all_are_named():
    assert set(ISLANDS) == set(read_processed("provinsi")["pulau"])
    places = np.array([(column + 0.5, row + 0.5) for column, row, _ in TILES.values()])
    for name, place in ISLANDS.items():
        room = 0.5 + np.array([size_of(name, 8.0)[0] / WIDTH * 15 / 2, 0.3])
        assert (np.abs(places - place) > room).any(axis=1).all(), name


def test_strip_marks_each_group_as_a_whole():
    figure = plots.strip(
        pd.DataFrame({"group": ["Jawa", "Jawa", "Papua"], "value": [0.5, 0.7, 2.5]}),
        pd.Series({"Jawa": 0.6, "Papua": 2.5}),
        axis_label="LQ",
        unit_label="provinsi",
        group_label="pulau",
        language=ID,
    )
    diamonds = figure.axes[0].lines[-1]
    assert diamonds.get_xydata().tolist() == [[0.6, 0], [2.5, 1]]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ({}, ["Bali", "Riau", "Aceh"]),
        ({"relative": True}, ["Bali", "Aceh", "Riau"]),
        ({"as_given": True}, [*RATIOS.index[::-1]]),
    ],
)
def test_dumbbell_orders_by_gain_or_as_given(order, names):
    figure = plots.dumbbell(
        RATIOS,
        RATIOS.add([2, -2, 1.5]),
        before_label="2014",
        after_label="2023",
        axis_label="rasio",
        language=ID,
        **order,
    )
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == names


def test_timeline_breaks_the_line_and_marks_what_is_missing():
    counts = pd.DataFrame({"struktural": [460, None, 338]}, index=DATES, dtype="Int64")
    figure = plots.timeline(
        {"Nasional": counts},
        deadline=DATES[2],
        deadline_label="tenggat",
        missing_label="tidak ada data",
        language=ID,
    )
    line, _ = figure.axes[0].lines
    dots, crosses = figure.axes[0].collections
    assert np.isnan(line.get_ydata()[1])
    assert crosses.get_offsets().tolist() == [[date2num(DATES[1]), 0]]
    assert "tidak ada data" in texts(figure)
    assert dots.get_urls()[0] == "Nasional, struktural, 31 Desember 2019: 460"
    assert crosses.get_urls() == ["Nasional, struktural, 31 Desember 2020: tidak ada data"]


def test_a_timeline_names_its_lines_where_they_are_and_else_in_a_key():
    far = pd.DataFrame({"eselon III": [90.0, 80.0, 70.0], "eselon IV": [300.0, 290.0, 280.0]})
    near = far.assign(**{"eselon IV": far["eselon III"] + 1})
    words = {"deadline": None, "deadline_label": "tenggat", "missing_label": "tidak ada data"}
    for counts, beside in ((far, True), (near, False)):
        figure = plots.timeline({"Nasional": counts.set_index(DATES)}, **words, language=ID)
        assert {"eselon III", "eselon IV"} <= set(texts(figure))
        assert bool(figure.axes[0].texts) == beside
        assert bool(figure.legends) != beside


def test_panels_of_a_timeline_fill_the_figure_when_nothing_is_missing():
    counts = pd.DataFrame({"struktural": [460.0, 400.0, 338.0]}, index=DATES)
    words = {"deadline_label": "tenggat", "missing_label": "tidak ada data"}
    panels = {"Nasional": counts, "Seluma": counts}
    figure = plots.timeline(panels, deadline=None, **words, language=ID)
    figure.canvas.draw()
    assert min(axes.get_position().height for axes in figure.axes) > 0.2
    assert "tenggat" not in texts(figure)


def test_grouped_bars_write_out_a_missing_count():
    figure = plots.grouped_bars(
        pd.Series({"Eselon IV": 294, "Eselon V": pd.NA}, dtype="Int64"),
        pd.Series({"Eselon IV": 115, "Eselon V": pd.NA}, dtype="Int64"),
        before_label="2021",
        after_label="2022",
        axis_label="jabatan",
        missing_label="tidak ada data",
        language=ID,
    )
    assert texts(figure).count("tidak ada data") == 2


def frontier(value=0.2):
    curve = pd.Series([0.3, value, 0.0], index=[0.0, 0.05, 0.2])
    return plots.frontier(
        {"penduduk": curve, "luas": curve / 2},
        points={"hari ini": (0.0, 0.3)},
        x_label="berpindah",
        y_label="Gini",
        language=ID,
    )


def test_frontier_draws_each_model_and_names_the_points():
    figure = frontier()
    first, second, point = figure.axes[0].lines
    assert first.get_xydata().tolist() == [[0, 0.3], [0.05, 0.2], [0.2, 0]]
    assert second.get_ydata().tolist() == [0.15, 0.1, 0]
    assert point.get_xydata().tolist() == [[0, 0.3]]
    assert {"hari ini", "penduduk", "luas"} <= set(texts(figure))


PLACES = pd.DataFrame(
    {
        "name": ["DKI Jakarta", "Jawa Timur", "Papua"],
        "label": ["JK", "JI", "PA"],
        "latitude": [-6.2, -7.2, -2.5],
        "longitude": [106.8, 112.7, 140.7],
    },
    index=["31", "35", "91"],
)
COAST = pd.DataFrame(
    {
        "nama": ["Indonesia"] * 8 + ["negara tetangga"] * 4,
        "bagian": [0] * 8 + [0] * 4,
        "cincin": [0] * 4 + [1] * 4 + [0] * 4,
        "bujur": [100, 140, 120, 100, 118, 119, 118, 118, 100, 110, 105, 100],
        "lintang": [-8, -8, 2, -8, -5, -5, -4, -5, 4, 4, 6, 4],
    },
)
MOVES = pd.DataFrame(
    {"origin": ["31", "31", "91"], "destination": ["35", "91", "35"], "people": [90, 6, 4]}
)


def flow_map(moves=MOVES, share_shown=0.95):
    return plots.flow_map(
        PLACES,
        moves,
        COAST,
        share_shown=share_shown,
        donor_label="asal",
        receiver_label="tujuan",
        language=ID,
    )


def test_flow_map_draws_the_largest_moves_and_says_what_it_leaves_out():
    found = flow_map()
    assert (found.drawn, found.flows, found.share) == (2, 3, 0.96)
    coast, _, lines, heads, *_ = found.figure.axes[0].collections
    assert len(lines.get_paths()) == len(heads.get_paths()) == 2
    assert len(coast.get_paths()) == 2  # the country, and what is beside it
    assert {"JK", "JI", "asal (96)", "tujuan (94)"} <= set(texts(found.figure))
    assert flow_map(share_shown=1.0).drawn == 3


def test_flow_map_refuses_a_place_it_does_not_know():
    with pytest.raises(DataError, match="no place for 99"):
        flow_map(MOVES.assign(destination="99"))


def test_flow_map_without_moves_shows_the_places():
    assert flow_map(MOVES.iloc[:0]).drawn == 0


def sankey(people=(90, 6, 4)):
    flows = pd.DataFrame(
        {"origin": ["Jawa", "Jawa", "Papua"], "destination": ["Jawa", "Papua", "Jawa"]}
    )
    return plots.sankey(
        flows.assign(people=people), origin_label="Asal", destination_label="Tujuan", language=ID
    )


def test_sankey_prints_the_totals_of_each_side():
    figure = sankey()
    assert {"Jawa\n96", "Papua\n4", "Jawa\n94", "Papua\n6"} <= set(texts(figure))
    assert len(figure.axes[0].patches) == 3 + 2 * 2  # ribbons and the bars at both ends


class TestHeatMap:
    GAPS = pd.DataFrame(
        {"Guru": [-18.0, 0.0, np.nan], "Bidan": [4.0, -2.0, 1.0]},
        index=["Kantor Camat Bukit Rekaan Hulu", "B", "C"],
    )

    def drawn(self, gaps, largest=18.0):
        return plots.heat_map(
            gaps, largest=largest, short_label="kurang", over_label="lebih", language=ID
        )

    def test_writes_each_gap_with_its_sign_and_leaves_blank_what_is_not_there(self):
        found = texts(self.drawn(self.GAPS))
        assert {"−18", "0", "+4", "−2", "+1"} <= set(found)
        assert len([text for text in found if text.lstrip("−+").isdigit()]) == 5
        assert "Kantor Camat Bukit Rekaan…" in found

    def test_where_all_are_short_numbers_have_no_sign_and_one_colour_is_explained(self):
        gaps = -self.GAPS.abs()
        found = texts(plots.heat_map(gaps, largest=18.0, short_label="kurang", language=ID))
        assert {"18", "4", "2", "1", "kurang"} <= set(found)
        assert not [text for text in found if text.startswith("−")]

    @pytest.mark.parametrize(
        ("names", "printed", "angle"),
        [
            (["Guru SD", "Bidan"], ["Guru SD", "Bidan"], 0),
            (["Primary teachers", "Bidan"], ["Primary\nteachers", "Bidan"], 0),
            (["Kesejahteraan", "Bidan desa"], ["Kesejahteraan", "Bidan desa"], 60),
        ],
    )
    def test_names_of_families_are_in_lines_where_they_fit_or_turned(self, names, printed, angle):
        labels = self.drawn(self.GAPS.set_axis(names, axis=1)).axes[0].get_xticklabels()
        assert [label.get_text() for label in labels] == printed
        assert {label.get_rotation() for label in labels} == {angle}

    def test_the_colour_of_a_gap_is_the_same_in_every_part(self):
        whole, part = (
            self.drawn(gaps).axes[0].collections[0] for gaps in (self.GAPS, self.GAPS[1:])
        )
        assert whole.get_facecolor()[2:].tolist() == part.get_facecolor().tolist()
        assert to_hex(whole.get_facecolor()[0]) == ACCENT.lower()
        assert len(whole.get_paths()) == 5  # one is not there

    def test_each_cell_says_whose_it_is(self):
        names = self.drawn(self.GAPS).axes[0].collections[0].get_urls()
        assert names[0] == "Kantor Camat Bukit Rekaan Hulu, Guru: −18"
        assert names[-1] == "C, Bidan: +1"

    def test_sixty_units_and_twenty_families_fit_on_a_page(self):
        rng = np.random.default_rng(0)
        names = [f"Unit nomor {i}" for i in range(60)]
        families = [f"Jabatan {i}" for i in range(20)]
        figure = self.drawn(pd.DataFrame(rng.integers(-9, 9, (60, 20)), names, families))
        width, height = figure.get_size_inches()
        assert height / width < 3  # a page of paper makes it a fifth smaller
        assert len([text for text in texts(figure) if text in names]) >= 60


class TestFingerprint:
    def test_is_the_same_for_the_same_figure(self):
        assert plots.fingerprint(ranking()) == plots.fingerprint(ranking())

    @pytest.mark.parametrize(
        "changes",
        [
            {"values": RATIOS * 1.000001},
            {"reference": 15.1},
            {"axis_label": "PNS per 1.000 penduduk."},
            {"language": Language("en")},
        ],
    )
    def test_sees_a_changed_number_or_word(self, changes):
        assert plots.fingerprint(ranking(**changes)) != plots.fingerprint(ranking())

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (frontier(), frontier(0.2000001)),
            (flow_map().figure, flow_map(MOVES.assign(people=[91, 6, 4])).figure),
            (sankey(), sankey((91, 6, 4))),
        ],
        ids=["frontier", "flow map", "sankey"],
    )
    def test_sees_another_plan(self, one, other):
        assert plots.fingerprint(one) != plots.fingerprint(other)

    @pytest.mark.parametrize("draw", [ranking, frontier, sankey, lambda: flow_map().figure])
    def test_does_not_depend_on_the_pixels(self, draw):
        coarse, fine = draw(), draw()
        fine.set_dpi(300)
        assert pixels(coarse).shape != pixels(fine).shape
        assert plots.fingerprint(coarse) == plots.fingerprint(fine)


def lorenz():
    curve = pd.DataFrame({"population_share": [0, 0.6, 1], "value_share": [0, 0.4, 1]})
    words = {"x_label": "penduduk", "y_label": "PNS", "equality_label": "merata"}
    return plots.lorenz({"2023": curve}, **words, language=ID)


def tile_map(factor=1.0):
    values = factor * pd.Series({"11": 0.3, "12": 1.1, "91": 2.1})
    return plots.tile_map(values, PROVINCES, label="rasio", decimals=1, language=ID)


def strip(factor=1.0):
    frame = pd.DataFrame({"group": ["Jawa", "Jawa", "Papua"], "value": [0.5, 0.7, 2.5]})
    words = {"axis_label": "LQ", "unit_label": "provinsi", "group_label": "pulau"}
    overall = factor * pd.Series({"Jawa": 0.6, "Papua": 2.5})
    return plots.strip(frame.assign(value=factor * frame["value"]), overall, **words, language=ID)


def dumbbell(factor=1.0):
    words = {"before_label": "2014", "after_label": "2023", "axis_label": "rasio"}
    return plots.dumbbell(factor * RATIOS, factor * RATIOS.add([1, -2, 3]), **words, language=ID)


def grouped_bars(factor=1.0):
    words = {"before_label": "2021", "after_label": "2022", "axis_label": "jabatan"}
    before, after = (factor * pd.Series({"IV": n, "V": n / 3}) for n in (294, 115))
    return plots.grouped_bars(before, after, **words, missing_label="tidak ada", language=ID)


def timeline(factor=1.0):
    counts = factor * pd.DataFrame({"struktural": [460.0, 400.0, 338.0]}, index=DATES)
    words = {"deadline_label": "tenggat", "missing_label": "tidak ada data"}
    return plots.timeline({"Nasional": counts}, deadline=DATES[2], **words, language=ID)


def scaled_ranking(factor=1.0):
    return ranking(factor * RATIOS, reference=15.0 * factor)


def ticks(figure):
    """The labels that stand on each axis of a figure, apart."""
    pixels(figure)
    return [
        [text for label in labels if label.get_visible() and (text := label.get_text())]
        for axes in figure.axes
        for which in ("major", "minor")
        for labels in (axes.get_xticklabels(which=which), axes.get_yticklabels(which=which))
    ]


class TestTicks:
    @pytest.mark.parametrize("factor", [1e-4, 0.01, 0.07, 1.0, 33.0, 1e6])
    @pytest.mark.parametrize(
        "draw", [scaled_ranking, tile_map, strip, dumbbell, grouped_bars, timeline]
    )
    def test_no_two_labels_of_an_axis_are_alike(self, draw, factor):
        labels = ticks(draw(factor))
        assert all(len(axis) == len(set(axis)) for axis in labels)

    @pytest.mark.parametrize("height", [0.001, 0.02, 0.3, 3.0])
    def test_of_curves_too(self, height):
        for labels in ticks(frontier(height)) + ticks(lorenz()):
            assert len(labels) == len(set(labels))

    def test_keep_the_half_they_stand_at(self):
        assert Numbers(ID).format_ticks([0.5, 1.0, 1.5, 2.0]) == ["0,5", "1,0", "1,5", "2,0"]
        assert Numbers(ID, percent=True).format_ticks([0, 0.005]) == ["0,0%", "0,5%"]
        assert Numbers(ID)(7.5) == "7,5"

    def test_a_year_is_printed_between_its_first_and_its_last_day(self):
        figure = timeline()
        axis = figure.axes[0].xaxis
        pixels(figure)
        places = axis.get_minorticklocs()
        years = [label.get_text() for label in axis.get_minorticklabels()]
        last_day = dict(zip(years, places, strict=True))["2021"]
        assert last_day < date2num(DATES[2]) < last_day + 184


def signed_bars():
    return plots.signed_bars(
        pd.Series({"penduduk": -344.0, "desa": 62.0}), axis_label="PNS", language=ID
    )


def test_signed_bars_reach_to_both_sides_and_name_every_value():
    axes = signed_bars().axes[0]
    low, high = axes.get_xlim()
    assert low < -344
    assert high > 62
    assert {"−344", "+62"} <= {text.get_text() for text in axes.texts}


ALL_FIGURES = [
    ranking,
    signed_bars,
    lorenz,
    tile_map,
    strip,
    dumbbell,
    grouped_bars,
    timeline,
    lambda: frontier(),
    lambda: flow_map().figure,
    lambda: sankey(),
]
PERSONAL = {
    "font.size": 7,
    "xtick.labelsize": 20,
    "axes.facecolor": "red",
    "savefig.bbox": "tight",
    "axes.prop_cycle": "cycler('color', ['red'])",
    "lines.linewidth": 9,
    "text.parse_math": True,
}


@pytest.mark.parametrize("draw", ALL_FIGURES)
def test_a_figure_does_not_depend_on_the_users_settings(draw):
    expected = saved(draw())
    with mpl.rc_context(PERSONAL):
        assert saved(draw()) == expected


def saved(figure):
    data, _ = Picture(figure, "", "")._repr_mimebundle_()
    return data


def test_a_dollar_sign_in_a_name_is_printed():
    groups = GROUPS.rename({"Aceh": "A$h$", "Bali": "$x^$"})
    figure = plots.ranking(
        RATIOS.rename({"Aceh": "A$h$", "Bali": "$x^$"}),
        groups,
        reference=1.0,
        reference_label="$\\frac$",
        axis_label="$",
        accent="Sumatera",
        language=ID,
    )
    saved(figure)
    assert {"A$h$", "$x^$"} <= set(texts(figure))


def test_drawing_leaves_the_users_settings_alone():
    before = dict(mpl.rcParams)
    saved(ranking())
    assert dict(mpl.rcParams) == before


class TestDotRows:
    VALUES = pd.Series([0.0, 4.0, 9.0, 100.0])
    GROUPS = pd.Series(["Aceh", "Bali", "Aceh", "Bali"])

    def drawn(self, values=VALUES, **changes):
        options = {
            "reference": 25.0,
            "axis_label": "per 100.000",
            "unit_label": "kabupaten",
            "marked_label": "kota",
            "group_label": "provinsi",
            "reference_label": "semua: 25,0",
            "language": ID,
        }
        return plots.dot_rows(
            values,
            self.GROUPS,
            pd.Series({"Bali": 50.0, "Aceh": 5.0}),
            pd.Series([False, False, True, True]),
            **(options | changes),
        )

    def test_every_unit_is_in_the_row_of_its_group(self):
        axes = self.drawn().axes[0]
        plain, marked, whole = axes.collections
        assert plain.get_offsets().tolist() == [[0, 1], [4, 0]]
        assert marked.get_offsets().tolist() == [[9, 1], [100, 0]]
        assert whole.get_offsets().tolist() == [[50, 0], [5, 1]]
        assert whole.get_urls() == ["Bali: 50", "Aceh: 5"]
        assert [label.get_text() for label in axes.get_yticklabels()] == ["Bali", "Aceh"]

    def test_artists_do_not_grow_with_units(self):
        many = pd.Series(np.linspace(0, 90, 514))
        groups = pd.Series(["Aceh"] * 514)
        figure = plots.dot_rows(
            many,
            groups,
            pd.Series({"Aceh": 5.0}),
            groups == "Bali",
            reference=25.0,
            axis_label="x",
            unit_label="a",
            marked_label="b",
            group_label="c",
            reference_label="d",
            language=ID,
        )
        assert len(figure.axes[0].lines) + len(figure.axes[0].collections) == 4

    @pytest.mark.parametrize("top", [0.03, 0.9, 12.0, 145.0, 4_000.0])
    def test_ticks_start_at_zero_are_round_and_within_the_axis(self, top):
        axes = self.drawn(self.VALUES * top / 100, reference=top / 4).axes[0]
        ticks = axes.get_xticks()
        assert ticks[0] == 0
        assert 3 <= len(ticks) <= 8
        assert axes.get_xlim() == (0, pytest.approx(1.05 * top))
        assert ticks.max() <= 1.05 * top
        labels = Numbers(ID).format_ticks(list(ticks))
        assert len(set(labels)) == len(labels)


class TestStackedShares:
    SHARES = pd.DataFrame(
        {"antar": [0.25, 0.96, np.nan], "dalam": [0.75, 0.04, np.nan]},
        index=["Dokter", "Perawat", "Bidan"],
    )

    def drawn(self):
        return plots.stacked_shares(self.SHARES, axis_label="bagian", language=ID)

    def test_the_parts_of_a_bar_follow_each_other_up_to_one(self):
        axes = self.drawn().axes[0]
        bars = [(bar.get_x(), bar.get_width()) for bar in axes.patches]
        assert bars[:2] == [(0.0, 0.25), (0.0, 0.96)]
        assert bars[3:5] == [(0.25, 0.75), (0.96, pytest.approx(0.04))]
        assert set(self.SHARES.index) <= {text.get_text() for text in axes.texts}

    def test_a_part_too_small_for_its_number_has_none(self):
        shown = texts(self.drawn())
        assert {"25%", "75%", "96%"} <= set(shown)
        assert "4%" not in shown
