"""Boxes stand beside the box they hang under, and share its height."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import plots
from analysis.language import Language

FORESTS = st.lists(st.integers(-1, 30), min_size=1, max_size=30).map(
    lambda above: np.array([min(a, i - 1) for i, a in enumerate(above)], dtype=np.int64)
)


@settings(max_examples=60, deadline=None)
@given(FORESTS, st.randoms(use_true_random=False))
def test_boxes_lie_inside_the_box_above_and_never_overlap(parent, random):
    order = list(range(parent.size))
    random.shuffle(order)  # a parent may stand after its children
    place = np.argsort(order)
    shuffled = np.array([place[parent[i]] if parent[i] >= 0 else -1 for i in order])
    boxes = plots.icicle_layout(shuffled)
    for node, above in enumerate(shuffled.tolist()):
        row = boxes.loc[node]
        assert row["end"] > row["start"]
        if above >= 0:
            over = boxes.loc[above]
            assert row["depth"] == over["depth"] + 1
            assert over["start"] <= row["start"] <= row["end"] <= over["end"]
    for _, level in boxes.groupby("depth"):
        in_order = level.sort_values("start")
        assert (in_order["end"].to_numpy()[:-1] <= in_order["start"].to_numpy()[1:]).all()
    leaves = parent.size - np.unique(parent[parent >= 0]).size
    assert boxes.loc[boxes["depth"] == 0, ["start", "end"]].diff(axis=1)["end"].sum() == leaves


def boxes_of(names):
    layout = plots.icicle_layout(np.array([-1, *[0] * (len(names) - 1)]))
    return layout.assign(name=names, group="tetap")


def texts(figure):
    return [t.get_text() for t in figure.axes[0].texts]


def test_names_are_drawn_where_there_is_room():
    few = plots.icicle({"A": boxes_of(["Dinas Sosial", "Seksi Data"])}, {"tetap": "#0072B2"})
    assert texts(few) == ["Dinas Sosial", "Seksi Data"]
    many = plots.icicle({"A": boxes_of(["Dinas", *["Seksi"] * 3000])}, {"tetap": "#0072B2"})
    assert texts(many) == ["Dinas"]
    assert len(many.axes[0].collections[0].get_paths()) == 3001


def test_a_long_name_is_cut_with_an_ellipsis():
    names = [
        "Dinas",
        *[
            f"Seksi {number} Pertambangan, Energi, Konstruksi, dan Perdagangan"
            for number in range(9)
        ],
    ]
    figure = plots.icicle({"A": boxes_of(names)}, {"tetap": "#0072B2"})
    assert all(text.endswith("…") for text in texts(figure)[1:])


def test_names_of_wide_letters_stay_inside_their_boxes():
    names = ["MWMWMWMWMWMWMWMWMW", *["WMWMWMWM MWMWMWM WMWMWMW MWMWMWMW"] * 9]
    figure = plots.icicle({"A": boxes_of(names)}, {"tetap": "#0072B2"})
    figure.canvas.draw()
    axes = figure.axes[0]
    boxes = [path.get_extents() for path in axes.collections[0].get_paths()]
    for text in axes.texts[1:]:
        extent = text.get_window_extent().transformed(axes.transData.inverted())
        box = next(each for each in boxes[1:] if each.contains(*text.get_position()))
        assert box.x0 <= extent.x0 < extent.x1 <= box.x1


def test_the_step_of_a_burn_up_and_its_band():
    days = pd.date_range("2021-12-01", periods=3)
    counts = pd.DataFrame(
        {"done": [0, 7, 7], "not_done": [27, 27, 15], "unknown": [7, 0, 12]}, index=days
    )
    figure = plots.burn_up(
        {"Disetujui": counts},
        deadline=days[2],
        done_label="selesai",
        unknown_label="tidak diketahui",
        all_label="semua",
        deadline_label="tenggat",
        language=Language("id"),
    )
    step, everyone, _ = figure.axes[0].lines
    assert step.get_ydata().tolist() == [0, 7, 7]
    assert set(everyone.get_ydata()) == {34}
    assert figure.axes[0].collections[0].get_paths()[0].vertices[:, 1].max() == 19
