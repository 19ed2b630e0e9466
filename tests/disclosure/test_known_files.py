"""Public knowledge from a file: what the gate is told so, and what it refuses."""

import json

import pandas as pd
import pytest

from analysis.disclosure import (
    Design,
    Table,
    audit,
    protect_together,
    publish,
    read_known,
)
from analysis.errors import DataError, ParameterError

HEAD = "tabel,post,unit,paling_sedikit,paling_banyak,sumber"
CHART = [f"t,head,{unit},,1,Perda 5/2023" for unit in "abc"]


def staff(counts=((1, 3, 30), (1, 20, 9), (1, 40, 12))):
    frame = pd.DataFrame(counts, [*"abc"], ["head", "clerk", "x"])
    frame = pd.concat([frame, frame.sum().to_frame("Total").T])
    frame["Total"] = frame.sum(axis=1)
    long = frame.rename_axis("unit").rename_axis("post", axis=1).stack().rename("people")
    return {"t": Table(long.reset_index(), Design(["unit", "post"], "people"))}


@pytest.fixture
def file(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "known.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def test_what_a_file_says_is_asked_of_the_gate_and_of_the_attacker(file):
    chart = [row.replace(",1,", ",2,") for row in CHART]
    known, given = read_known(file(*chart)), staff(((2, 2, 30), (2, 20, 9), (2, 40, 12)))

    def worst(**told):
        done = protect_together(given, **told)
        result = audit({"t": Table(done["t"], given["t"].design, "t")}, known=known)
        return bool(result["safe"].all())

    assert not worst()
    assert worst(known=known)


def test_it_is_in_the_log_under_labels_and_with_its_source(file, tmp_path):
    publish(staff(), run="r", log=tmp_path / "log", known=read_known(file(*CHART)))
    said = json.loads(next((tmp_path / "log").iterdir()).read_text())["known"]
    assert [each["cell"] for each in said] == [[unit, "head"] for unit in "abc"]
    assert {(each["least"], each["most"], each["source"]) for each in said} == {
        (0, 1, "Perda 5/2023")
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "there are no rows"),
        ([CHART[0], CHART[0]], "rows 2, 3 are one cell"),
        ([CHART[1], "t,head,a,,,Perda"], "rows 3 have neither"),
        (["t,head,a,,1.000,Perda"], "paling_banyak: rows 2 are no whole number"),
        (["t,head,a,-1,,Perda"], "paling_sedikit: rows 2 are no whole number"),
        (["t,head,a,2,1,Perda"], "row 2: .*2.* to 1.*"),
        (["t,head,a,,1,"], "sumber: rows 2 have no value"),
        (["t,head,a,,1,198503052010011001"], "row 2: known, t: source names a person"),
    ],
)
def test_a_file_that_bounds_nothing_or_names_a_person_is_refused_with_its_rows(file, rows, message):
    with pytest.raises(DataError, match=message) as error:
        read_known(file(*rows))
    assert "1985" not in str(error.value)


@pytest.mark.parametrize(
    ("row", "head", "error", "message"),
    [
        ("u,head,a,,1,Perda", HEAD, ParameterError, "known: u is no table of the run; it has t"),
        ("t,head,q,,1,Perda", HEAD, ParameterError, "q, head is no cell of the table"),
        ("t,head,,,1,Perda", HEAD, ParameterError, "post named, but its dimensions are unit, post"),
        ("t,head,a,,0,Perda", HEAD, DataError, "unit a, post head: the records contradict"),
    ],
)
def test_what_is_of_no_cell_or_not_true_stops_the_run(file, tmp_path, row, head, error, message):
    with pytest.raises(error, match=message):
        publish(staff(), run="r", log=tmp_path / "log", known=read_known(file(row, head=head)))
    assert not [*(tmp_path / "log").glob("*.json")]
