"""Attackers who know from an organisation chart how many seats there are."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from analysis.disclosure import (
    Design,
    Known,
    Same,
    Table,
    audit,
    protect_together,
    publish,
    read_runs,
    seats_known,
)
from analysis.disclosure.earlier import with_earlier
from analysis.disclosure.systems import system_of
from analysis.errors import DataError, ParameterError

UNITS, POSTS = list("abc"), ["head", "clerk", "nurse"]
CHART = "peraturan susunan organisasi"


ONES = ((1, 3, 30), (1, 20, 9), (1, 40, 12))


def staff(counts=ONES):
    """Return people by unit and post: each unit has its head."""
    frame = pd.DataFrame(counts, UNITS, POSTS)
    frame = pd.concat([frame, frame.sum().to_frame("Total").T])
    frame["Total"] = frame.sum(axis=1)
    long = frame.rename_axis("unit").rename_axis("post", axis=1).stack().rename("people")
    return {"t": Table(long.reset_index(), Design(["unit", "post"], "people"))}


def heads(table="t", seats=1):
    chart = pd.DataFrame({"unit": UNITS, "post": "head", "seats": seats})
    return seats_known(chart, ["unit", "post"], table=table, seats="seats", source=CHART)


def protected(counts=ONES, **options):
    given = staff(counts)
    found = protect_together(given, **options)
    return {"t": Table(found["t"], given["t"].design, "t")}


def of(result, cell):
    (row,) = result[result["cell"] == cell].itertuples()
    return row


def test_who_knows_how_many_heads_a_unit_has_learns_of_its_clerks_unless_the_gate_knows_too():
    clerks = "unit a, post clerk"
    pairs = ((2, 2, 30), (2, 20, 9), (2, 40, 12))
    careless = protected(pairs)
    assert of(audit(careless), clerks).safe
    attacked = of(audit(careless, known=heads(seats=2)), clerks)
    assert not attacked.safe
    assert attacked.upper - attacked.lower < 5
    known = heads(seats=2)
    careful = of(audit(protected(pairs, known=known), known=known), clerks)
    assert careful.safe
    assert careful.upper - careful.lower >= 5


def test_what_is_public_exactly_needs_no_protection_and_bounds_no_more_than_they_leave():
    result = audit(protected(known=heads()), known=heads())
    assert of(result, "unit a, post head").needed == 1  # nobody or one, as the chart says
    exact = [Known("t", (unit, "head"), 1, 1, CHART) for unit in UNITS]
    result = audit(protected(known=exact), known=exact)
    assert of(result, "unit a, post head").needed == 0
    assert result["safe"].all()


def test_what_was_known_is_in_the_log_with_its_source(tmp_path):
    publish(staff(), run="a", log=tmp_path, known=heads())
    said = json.loads(next(tmp_path.iterdir()).read_text())["known"]
    assert [each["cell"] for each in said] == [[unit, "head"] for unit in UNITS]
    assert {each["source"] for each in said} == {CHART}
    publish(staff(), run="b", log=tmp_path, known=heads())


def test_knowledge_that_is_of_no_cell_or_contradicts_the_records_is_refused():
    with pytest.raises(ParameterError, match="u is no table of the run"):
        audit(protected(), known=heads("u"))
    with pytest.raises(ParameterError, match="d, head is no cell"):
        audit(protected(), known=[Known("t", ("d", "head"), 0, 1, CHART)])
    with pytest.raises(DataError, match=r"unit a, post head: the records contradict .*\(0 to 0\)"):
        audit(protected(), known=heads(seats=0))
    with pytest.raises(ParameterError, match="least <= most"):
        Known("t", ("a", "head"), 2, 1, CHART)


def test_what_is_known_exactly_is_not_hidden_for_the_sake_of_others():
    exact = [Known("t", ("b", "clerk"), 20, 20, CHART), Known("t", ("c", "clerk"), 40, 40, CHART)]
    status = protected(known=exact)["t"].frame.set_index(["unit", "post"])["status"]
    assert status["b", "clerk"] == status["c", "clerk"] == "published"


def test_cells_that_are_said_to_be_the_same_must_be():
    one, other = ("a", "clerk"), ("b", "nurse")
    with pytest.raises(DataError, match=r"unit a, post clerk and unit b, post nurse are not"):
        audit(protected(), known=[Same("t", one, "t", other, CHART)])
    with pytest.raises(ParameterError, match="d, clerk is no cell"):
        audit(protected(), known=[Same("t", one, "t", ("d", "clerk"), CHART)])
    assert audit(protected(), known=[Same("t", one, "t", one, CHART)])["safe"].all()


def test_the_log_keeps_which_cells_are_the_same(tmp_path):
    given = staff(((1, 3, 30), (1, 20, 30), (1, 40, 12)))
    same = [Same("t", ("a", "nurse"), "t", ("b", "nurse"), CHART)]
    publish(given, run="a", log=tmp_path, known=same)
    (said,) = json.loads(next(tmp_path.iterdir()).read_text())["known"]
    assert (said["cell"], said["other_cell"]) == (["a", "nurse"], ["b", "nurse"])


def test_a_source_that_names_a_person_is_refused():
    source = "Budi Santoso, S.Sos."
    for refused in (
        lambda: Known("t", ("a",), 0, 1, source),
        lambda: Same("t", ("a",), "u", ("a",), source),
    ):
        with pytest.raises(ParameterError, match="names a person") as caught:
            refused()
        assert "Budi" not in str(caught.value)


def test_a_run_that_lacks_a_table_with_public_bounds_knows_that_empty_cells_were_hidden_in_it(
    tmp_path,
):
    publish(staff(), run="a", log=tmp_path, known=heads())
    (run,) = read_runs(tmp_path)
    frame = pd.DataFrame({"region": ["x", "y"], "visitors": [20, 30]})
    now = {"u": Table(frame, Design(["region"], "visitors"), "u")}

    def least(past):
        return with_earlier(system_of(now), now, [past], "no_exact_value").least[3:]

    assert least(run).max() == 0
    assert least(replace(run, bounded=frozenset())).max() == 1
