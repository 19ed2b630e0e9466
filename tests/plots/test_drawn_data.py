"""Every figure keeps what it was drawn from, under headings that a reader knows."""

import inspect

import pandas as pd

from analysis import plots
from analysis.language import Language

DRAWING = {
    name: each
    for name, each in vars(plots).items()
    if inspect.isfunction(each)
    and name in plots.__all__
    and name not in {"fingerprint", "icicle_layout", "data_of", "drawn_from"}
}


def test_every_plotting_function_keeps_its_data():
    assert [name for name, draw in DRAWING.items() if not hasattr(draw, "__wrapped__")] == []


def test_series_make_one_table_under_their_labels():
    values = pd.Series({"Aceh": 2.0, "Bali": 1.0})
    figure = plots.ranking(
        values,
        pd.Series({"Bali": "Timur", "Aceh": "Barat"}),
        reference=1.5,
        reference_label="Semua",
        axis_label="PNS per 1.000",
        accent="Barat",
        language=Language("id"),
    )
    assert plots.data_of(figure).to_dict("list") == {
        "Nama": ["Aceh", "Bali"],
        "PNS per 1.000": [2.0, 1.0],
        "Kelompok": ["Barat", "Timur"],
    }


def test_the_tables_of_a_mapping_stand_below_each_other():
    knots = pd.DataFrame({"population_share": [0.0, 1.0], "value_share": [0.0, 1.0]})
    labels = {"x_label": "Penduduk", "y_label": "PNS", "equality_label": "Merata"}
    figure = plots.lorenz({"2014": knots, "2023": knots}, **labels, language=Language("id"))
    assert plots.data_of(figure).to_dict("list") == {
        "Kurva": ["2014", "2014", "2023", "2023"],
        "Penduduk": [0.0, 1.0, 0.0, 1.0],
        "PNS": [0.0, 1.0, 0.0, 1.0],
    }


def test_the_table_is_a_copy():
    shares = pd.DataFrame({"a": [1.0]}, index=["x"])
    figure = plots.stacked_shares(shares, axis_label="Bagian", language=Language("id"))
    shares.loc["x", "a"] = 9
    assert plots.data_of(figure)["a"].tolist() == [1.0]
