"""Bounds for counts of posts, beside the counts of the sources."""

import datetime as dt

import pandas as pd
import pytest

from analysis.datasets import read_table
from analysis.restructuring import Rules
from analysis.restructuring.counted import affected_levels, with_bounds

TABLE = read_table("aturan_penyederhanaan")
RULES = Rules.from_frame(TABLE, read_table("batas_usia_pensiun"), dt.date(2021, 12, 31))


@pytest.mark.parametrize(
    ("kind", "levels"), [("pusat", {3, 4, 5}), ("provinsi", {4, 5}), ("kabkota", {4, 5})]
)
def test_levels_are_those_of_the_rules_of_each_kind_of_agency(kind, levels):
    assert affected_levels(RULES, kind) == levels


def test_a_rule_that_is_switched_off_affects_nothing():
    assert affected_levels(RULES.without(["bubar_kabkota_v"]), "kabkota") == {4}


def test_what_stays_is_exempt_or_late_and_what_the_rules_do_not_touch_is_told():
    counts = pd.DataFrame({"before": [294, 168, 10, 5], "after": [115, 156, 10, 9]})
    found = with_bounds(counts, pd.Series([True, False, False, True]))
    assert found["most"].tolist() == [294, 0, 0, 5]
    assert found["gone"].tolist() == [179, 12, 0, -4]
    assert found["left"].fillna(-1).tolist() == [115, -1, -1, 9]
    assert found["verdict"].tolist() == ["within", "beyond", "within", "grew"]
