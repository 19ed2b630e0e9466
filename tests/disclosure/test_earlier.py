"""Runs that are published again, when they are large, and when totals add up some labels only."""

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Design, Table, publish, suppression
from analysis.disclosure.earlier import Run, with_earlier
from analysis.disclosure.systems import system_of
from analysis.errors import DisclosureError

REGIONS, PROVINCES, KINDS = 220, 10, 9
ABOVE = {f"K{k:03d}": f"P{k * PROVINCES // REGIONS:02d}" for k in range(REGIONS)}


def leaves():
    """Return people by region and kind: few cells are small, and none by itself in its row."""
    counts = np.random.default_rng(4).integers(20, 400, (REGIONS, KINDS))
    for row in range(0, REGIONS, 44):
        counts[row, 3], counts[row, 8] = 2, 3
    return pd.DataFrame(counts, list(ABOVE), [f"k{k:02d}" for k in range(KINDS)])


def table(counts):
    """Return a table of thousands of cells, with provinces and totals."""
    provinces = counts.groupby(ABOVE).sum()
    frame = pd.concat([counts, provinces, counts.sum().to_frame("Indonesia").T])
    frame["Total"] = frame.sum(axis=1)
    long = frame.rename_axis("region").rename_axis("kind", axis=1).stack().rename("people")
    above = ABOVE | dict.fromkeys(provinces.index, "Indonesia")
    design = Design(["region", "kind"], "people", hierarchies={"region": above})
    return {"t": Table(long.reset_index(), design)}


def hidden(published):
    return published["t"].frame["status"] == "hidden"


def test_thousands_of_cells_with_one_person_less_hide_what_was_hidden(tmp_path):
    before = publish(table(leaves()), run="2026-10", log=tmp_path, method="in_turn")
    now = leaves()
    now.loc["K001", "k05"] -= 1  # neither this cell nor its region hides anything
    found = publish(table(now), run="2026-11", log=tmp_path, method="in_turn")
    assert len(found["t"].frame) > 2_000
    assert found["t"].risks == ()
    assert hidden(found).sum() > 10
    assert (hidden(found) == hidden(before)).all()


def test_of_thousands_of_cells_the_one_that_was_published_cannot_be_hidden(tmp_path):
    before = leaves()
    before.loc["K001", "k05"] = 5
    publish(table(before), run="2026-10", log=tmp_path, method="in_turn")
    now = before.copy()
    now.loc["K001", "k05"] = 4
    with pytest.raises(DisclosureError, match=r"region K001, kind k05 \(by .*run 2026-10"):
        publish(table(now), run="2026-11", log=tmp_path, method="in_turn")


def test_what_no_choice_protects_is_refused_before_the_long_work_of_choosing(tmp_path, monkeypatch):
    before = leaves()
    before.loc["K001", "k05"] = 5
    publish(table(before), run="2026-10", log=tmp_path, method="in_turn")
    now = before.copy()
    now.loc["K001", "k05"] = 4
    monkeypatch.setattr(suppression, "hide_in_turn", None)
    with pytest.raises(DisclosureError, match="region K001, kind k05"):
        publish(table(now), run="2026-11", log=tmp_path, method="in_turn")


def test_totals_that_add_up_some_labels_only_are_not_those_of_other_tables(tmp_path):
    """The second table has no row of totals, and one kind less than the first."""
    counts = pd.DataFrame([[2, 9, 8], [20, 30, 12], [11, 14, 17]], list("abc"), list("xyz"))

    def both(counts):
        whole = counts.assign(Total=counts.sum(axis=1)).rename_axis("region")
        tables = {"all": whole, "some": counts[["x", "y"]].rename_axis("region")}
        return {
            name: Table(
                frame.rename_axis("kind", axis=1).stack().rename("people").reset_index(),
                Design(["region", "kind"], "people"),
            )
            for name, frame in tables.items()
        }

    publish(both(counts), run="2026-10", log=tmp_path)
    counts.loc["b", "z"] -= 1
    assert publish(both(counts), run="2026-11", log=tmp_path)["all"].risks == ()
    counts.loc["b", "z"] -= 1
    alone = {"all": both(counts)["all"]}  # what the second table adds up is known of its past only
    assert publish(alone, run="2026-12", log=tmp_path)["all"].risks == ()


def few(counts, rows=("a", "b", "c")):
    """Return a small table in which empty cells have no row."""
    frame = pd.DataFrame(counts, list(rows), list("xyz"))
    frame = pd.concat([frame, frame.sum().to_frame("Total").T])
    frame["Total"] = frame.sum(axis=1)
    long = frame.rename_axis("region").rename_axis("kind", axis=1).stack().rename("people")
    return {"t": Table(long[long > 0].reset_index(), Design(["region", "kind"], "people"))}


def test_a_cell_that_its_only_person_left_does_not_tell_that_he_was_in_it(tmp_path):
    publish(few([[1, 21, 2], [20, 30, 12], [11, 14, 17]]), run="2026-10", log=tmp_path)
    now = few([[0, 21, 2], [20, 30, 12], [11, 14, 17]])
    found = publish(now, run="2026-11", log=tmp_path)["t"].frame.set_index(["region", "kind"])
    assert ("a", "x") not in now["t"].frame.set_index(["region", "kind"]).index
    assert found.loc[("a", "x"), "status"] == "hidden"
    assert found.loc[("a", "Total"), "people"] == 23
    assert list(found.index) == sorted(found.index)  # a row that was added is not seen to be


def test_a_cell_of_two_earlier_tables_is_as_protected_as_the_stricter_one_asks():
    rows = pd.DataFrame({"region": ["a", "b", "c", "Total"], "people": [5, 5, 5, 15]})
    seen = rows.assign(
        people=rows["people"].where(rows["region"] == "Total"), sensitive=rows["region"] != "Total"
    )
    now = {"t": Table(rows, Design(["region"], "people"), "t")}

    def widths(*minima):
        past = {f"t{m}": Table(seen, Design(["region"], "people", m), f"t{m}") for m in minima}
        system = with_earlier(system_of(now), now, [Run("before", past)], "no_exact_value")
        return system.width[len(rows) :].tolist()

    assert widths(10, 5) == widths(5, 10) == [0, 10, 10, 10]
