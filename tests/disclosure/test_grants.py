"""Exceptions: read from a file, effective, audited, kept in the log; what is wrong is refused."""

import json

import pandas as pd
import pytest

from analysis.disclosure import Design, Grant, Table, publish, read_grants
from analysis.errors import DataError, DisclosureError, ParameterError

HEAD = "tabel,region,kind,akibat,dasar,pemberi,tanggal"
ROW = "t,a,x,terbit,UU 14/2008 pasal 9,Kepala Pusat Data,2026-06-01"


@pytest.fixture
def file(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "grants.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def staff(counts=((2, 21, 30), (20, 30, 12), (11, 14, 17))):
    frame = pd.DataFrame(counts, list("abc"), list("xyz"))
    frame = pd.concat([frame, frame.sum().to_frame("Total").T])
    frame["Total"] = frame.sum(axis=1)
    long = frame.rename_axis("region").rename_axis("kind", axis=1).stack().rename("people")
    return {"t": Table(long.reset_index(), Design(["region", "kind"], "people"))}


def shown(published):
    frame = published["t"].frame.set_index(["region", "kind"])
    return frame["people"], frame["status"] == "hidden"


def test_a_cell_that_a_law_forces_is_published_and_all_beside_it_too(file, tmp_path):
    log = tmp_path / "log"
    people, hidden = shown(publish(staff(), run="a", log=log, grants=read_grants(file(ROW))))
    assert people["a", "x"] == 2
    assert not hidden.any()
    (said,) = json.loads(next(log.iterdir()).read_text())["grants"]
    assert said == {
        "table": "t",
        "cell": ["a", "x"],
        "by": "Kepala Pusat Data",
        "reason": "UU 14/2008 pasal 9",
        "day": "2026-06-01",
        "effect": "published",
    }


def test_what_a_forced_cell_gives_away_stops_the_run_with_both_named(tmp_path):
    """Of three cells that add up, the law publishes one of two small ones."""
    frame = pd.DataFrame({"unit": ["p", "q", "r", "Total"], "people": [2, 3, 0, 5]})
    only = {"t": Table(frame.assign(law=frame["unit"] == "Total"), Design(["unit"], "people"))}
    forced = Table(only["t"].frame, Design(["unit"], "people", forced="law"))
    grant = Grant("t", ("p",), "Kepala Pusat", "UU 14/2008", effect="published")
    with pytest.raises(DisclosureError, match=r"unit q \(by .*unit p"):
        publish({"t": forced}, run="a", log=tmp_path, grants=[grant])
    both = [grant, Grant("t", ("q",), "Kepala Pusat", "UU 14/2008")]
    found = publish({"t": forced}, run="a", log=tmp_path, grants=both, earlier="none")["t"]
    shown_now = found.frame.set_index("unit")
    assert shown_now.loc["p", "people"] == 2
    assert shown_now.index[shown_now["status"] == "hidden"].tolist() == ["q"]
    assert found.risks == ("sensitive_cells_forced", "exceptions_granted")


def test_what_was_hidden_before_may_be_published_by_a_law_later(tmp_path):
    publish(staff(), run="a", log=tmp_path)
    grant = Grant("t", ("a", "x"), "Kepala Pusat", "UU 14/2008", effect="published")
    people, _ = shown(publish(staff(), run="b", log=tmp_path, grants=[grant]))
    assert people["a", "x"] == 2


def test_what_was_published_and_is_too_small_now_may_be_found_out_by_exception(tmp_path):
    publish(staff([(5, 21, 30), (20, 30, 12), (11, 14, 17)]), run="a", log=tmp_path)
    now = staff([(4, 21, 30), (20, 30, 12), (11, 14, 17)])
    with pytest.raises(DisclosureError, match="region a, kind x"):
        publish(now, run="b", log=tmp_path)
    grant = Grant("t", ("a", "x"), "Kepala Pusat", "UU 14/2008")
    _, hidden = shown(publish(now, run="b", log=tmp_path, grants=[grant]))
    assert hidden["a", "x"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "there are no rows"),
        ([ROW.replace("Kepala Pusat Data", " ")], r"pemberi: rows 2 have no value"),
        ([ROW.replace("UU 14/2008 pasal 9", "")], r"dasar: rows 2 have no value"),
        ([ROW.replace("terbit", "buka")], r"akibat: rows 2 must say one of terbit, boleh"),
        ([ROW.replace("2026-06-01", "1/6/26")], r"tanggal: rows 2 are no day"),
        ([ROW, ROW], "rows 2, 3 are one cell"),
        ([ROW.replace("Kepala Pusat Data", "Dr. Budi")], "row 2: .* Name the office"),
        ([ROW.replace("Pusat Data", "198503052010011001")], "row 2: .* Name the office"),
    ],
)
def test_a_file_that_says_too_little_is_refused_with_its_rows(file, rows, message):
    with pytest.raises(DataError, match=message) as error:
        read_grants(file(*rows))
    assert "1985" not in str(error.value)


def test_a_file_that_lacks_a_column_or_is_no_csv_is_refused(file, tmp_path):
    with pytest.raises(DataError, match="column pemberi is missing"):
        read_grants(file(ROW, head=HEAD.replace("pemberi", "oleh")))
    (tmp_path / "grants.csv").write_bytes(b"\xff\xfe\x00PK")
    with pytest.raises(DataError, match="no CSV file"):
        read_grants(tmp_path / "grants.csv")
    with pytest.raises(DataError, match=r"none\.csv"):
        read_grants(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("row", "head", "message"),
    [
        (ROW.replace("t,", "u,", 1), HEAD, r"u is no table of the run; it has t"),
        (ROW.replace(",a,", ",q,"), HEAD, "q.* is no cell of the table"),
        (ROW.replace(",a,", ",,"), HEAD, "kind named, but its dimensions are region, kind"),
        (ROW, HEAD.replace("kind", "sort"), "region, sort named, but its dimensions are"),
        (ROW.replace(",x,", ",y,"), HEAD, "region a, kind y is not sensitive"),
    ],
)
def test_a_grant_that_no_table_has_use_for_stops_the_run(file, tmp_path, row, head, message):
    with pytest.raises(ParameterError, match=message):
        publish(staff(), run="a", log=tmp_path, grants=read_grants(file(row, head=head)))


def test_a_cell_is_granted_once(file, tmp_path):
    grants = [Grant("t", ("a", "x"), "Kepala Pusat", "UU 14/2008"), *read_grants(file(ROW))]
    with pytest.raises(ParameterError, match="granted twice"):
        publish(staff(), run="a", log=tmp_path, grants=grants)
