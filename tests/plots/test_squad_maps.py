"""A chart of groups with the seats they fill and the teams they host."""

import pandas as pd

from analysis import plots
from analysis.language import Language

GROUPS = pd.DataFrame(
    {
        "name": ["Dinas Data", "Sekolah", "Tempat lain", "Biro"],
        "seats": pd.array([9, None, None, 0], dtype="Float64"),
        "hidden": [False, True, False, False],
        "teams": [2, 0, 7, 1],
    }
)


def drawn(groups):
    figure = plots.squad_map(
        groups,
        root="Pemerintah Kota Rekaan",
        sent_label="Kursi",
        teams_label="Tim",
        hidden_label="tidak ditampilkan",
        language=Language("id"),
    )
    return figure.axes[0]


def test_numbers_are_drawn_and_hidden_ones_said_to_be_so():
    axes = drawn(GROUPS)
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("tidak ditampilkan") == 1
    assert {"9", "0", "× 7", "Dinas Data"} <= set(texts)
    assert [bar.get_width() > 0 for bar in axes.patches] == [True, False]


def test_a_square_stands_for_a_team_up_to_four():
    sizes = [len(dots.get_offsets()) for dots in drawn(GROUPS).collections]
    assert sizes == [2, 0, 1, 1]


def test_a_long_name_is_wrapped_and_cut():
    name = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kota"
    texts = [t.get_text() for t in drawn(GROUPS.assign(name=name)).texts]
    long = next(text for text in texts if text.startswith("Badan"))
    assert max(map(len, long.splitlines())) <= 27
    assert long.count("\n") <= 1


def test_a_chart_without_any_number():
    axes = drawn(GROUPS.assign(seats=pd.array([None] * 4, dtype="Float64"), hidden=True))
    assert len(axes.patches) == 0
