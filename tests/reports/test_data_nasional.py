"""Report 08 shows hidden cells as hidden, and says of all it shows that nobody in it exists."""

import pandas as pd
import pytest

from analysis.disclosure import read_run
from analysis.errors import DataError, ParameterError
from analysis.reports import gated
from analysis.reports.data_nasional import DataNasional, findings, inputs, tables, words
from analysis.reports.display import Table

SAY = words(DataNasional.check({"run": "sintetis"}))


@pytest.fixture(scope="module")
def run():
    return read_run("sintetis")


def test_a_hidden_cell_is_none_and_one_without_a_row_is_empty():
    frame = pd.DataFrame(
        [("A", "x", None), ("A", "Jumlah", 9), ("Jumlah", "Jumlah", 20)], columns=["w", "j", "n"]
    )
    assert gated.at(frame, "n", w="A", j="x") is None
    assert gated.at(frame, "n", w="A") == 9
    assert gated.at(frame, "n", w="B") == 0
    with pytest.raises(DataError, match="2 cells"):
        gated.at(pd.concat([frame, frame]), "n", w="A")


def test_hidden_cells_are_called_so_and_empty_ones_are_zero():
    frame = pd.DataFrame({"n": pd.Series([1234, None, 0], dtype="Int64")})
    shown = Table(frame, {"n": gated.counted("N", SAY)}, "", SAY.language).formatted()
    assert shown["N"].tolist() == ["1.234", "disembunyikan", "0"]


def test_every_table_and_figure_says_that_nobody_exists(run):
    places = findings.education_of_places(run, inputs.place_names(SAY))
    shown = tables.education(places, findings.education(places), run, SAY)
    assert shown.caption.endswith("Penduduk buatan: tidak ada orangnya.")
    assert (shown.formatted()["Bagian"] == "disembunyikan").any()


def test_need_is_people_less_the_gap(run):
    found = findings.need(run)
    assert found.need == found.people - found.net
    assert found.net == found.beyond - found.vacant


def test_an_unknown_run_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match=r"there are .*sintetis"):
        read_run("lain")


def test_the_row_of_all_stands_last_and_is_no_province(run):
    shown = tables.provinces(findings.need(run), run, inputs.place_names(SAY), SAY)
    assert gated.ALL not in shown.frame.index.tolist()
    assert list(shown.totals.index) == [gated.ALL]
