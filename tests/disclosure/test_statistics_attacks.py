"""Attackers who add, multiply and subtract the statistics that leave beside audited tables."""

import pandas as pd
import pytest

from analysis.disclosure import Statistics, fewest
from analysis.errors import ParameterError


def _kinds(records: list[int], people: list[int]) -> pd.DataFrame:
    names = ["Jumlah", *(f"jenis {i}" for i in range(1, len(records)))]
    frame = pd.DataFrame({"jenis": names, "catatan": records, "orang": people})
    statistics = Statistics(frame, ["jenis"], ["catatan"], "orang", totals={"jenis": "Jumlah"})
    return statistics.released().set_index("jenis")


def test_the_total_less_the_parts_that_are_shown_tells_of_nobody_alone() -> None:
    shown = _kinds([43, 30, 12, 1], [40, 30, 12, 1])["catatan"]
    assert shown["Jumlah"] == 43
    assert shown["Jumlah"] - shown.drop("Jumlah").sum() == 13  # of jenis 2 and 3 together
    assert shown[["jenis 2", "jenis 3"]].isna().all()


def test_without_a_part_that_can_be_hidden_too_the_total_is() -> None:
    assert _kinds([12, 6, 6], [10, 9, 9])["catatan"].isna().all()


def test_what_is_hidden_beside_a_large_part_hides_nothing_more() -> None:
    frame = pd.DataFrame(
        {
            "jenis": ["Jumlah", "a", "b", "c"],
            "tanpa": [0.2, 0.1, 0.2, 0.3],
            "orang": [90, 30, 30, 30],
        }
    )
    frame["_tanpa"] = [18, 3, 6, 9]
    shown = Statistics(
        frame,
        ["jenis"],
        ["tanpa"],
        "orang",
        rests_on={"tanpa": "_tanpa"},
        totals={"jenis": "Jumlah"},
    ).released()
    assert shown["tanpa"].isna().all()  # each part is of few, and nothing can stand in for them


def test_nothing_hidden_leaves_everything_shown() -> None:
    assert _kinds([43, 30, 13], [40, 30, 12])["catatan"].notna().all()


def test_groups_without_people_hide_no_others() -> None:
    assert _kinds([42, 30, 12, 0], [40, 30, 12, 0])["catatan"].notna().tolist() == [
        *(True, True, True),
        False,
    ]


def test_each_part_of_a_table_has_its_own_total() -> None:
    frame = pd.DataFrame(
        {
            "tahun": ["1", "1", "1", "2", "2", "2"],
            "jenis": ["Jumlah", "a", "b"] * 2,
            "jp": [3.0] * 6,
            "orang": [33, 30, 3, 33, 20, 13],
        }
    )
    shown = Statistics(frame, ["tahun", "jenis"], ["jp"], "orang", totals={"jenis": "Jumlah"})
    assert shown.shown.tolist() == [True, False, False, True, True, True]


def test_totals_of_two_dimensions_are_refused_since_each_tells_what_the_other_hides() -> None:
    cells = [(y, k) for y in ("1", "2", "Jumlah") for k in ("a", "b", "Jumlah")]
    frame = pd.DataFrame(cells, columns=["tahun", "jenis"]).assign(jp=3.0, orang=30)
    both = {"tahun": "Jumlah", "jenis": "Jumlah"}
    with pytest.raises(ParameterError, match="totals: tahun, jenis given"):
        Statistics(frame, ["tahun", "jenis"], ["jp"], "orang", totals=both)


@pytest.mark.parametrize(("people", "visible"), [(99, False), (100, True)])
def test_a_tail_rests_on_the_people_in_it(people: int, visible: bool) -> None:
    frame = pd.DataFrame({"of": ["jp"], "gini": [0.3], "top": [0.5], "n": [people]})
    frame["tail"] = frame["n"] // 10
    statistics = Statistics(frame, ["of"], ["gini", "top"], "n", rests_on={"top": "tail"})
    shown = statistics.released().iloc[0]
    assert shown["gini"] == 0.3
    assert pd.notna(shown["top"]) is visible


def test_the_fewest_of_those_with_and_without_leaves_out_nobody() -> None:
    assert fewest([0, 2, 30, 0], [40, 38, 10, 0]).tolist() == [40, 2, 10, 0]
