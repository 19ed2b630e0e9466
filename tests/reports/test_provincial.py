"""Rows for island groups and the country add up what they stand for."""

import pandas as pd

from analysis.language import Language
from analysis.reports.provincial import island_totals
from analysis.reports.wording import Words

CODES = ["11", "12", "31"]
FRAME = pd.DataFrame({"pns": [3, 4, 5], "rasio": [0.1, 0.2, 0.3]}, CODES)
ISLANDS = pd.Series(["Sumatera", "Sumatera", "Jawa"], CODES)


def test_each_group_is_the_sum_of_its_provinces_and_the_last_row_of_all():
    found = island_totals(FRAME, ISLANDS, ["pns"], Words("distribusi", Language("en"), {}))
    rows = dict(zip(found["nama"], found["pns"], strict=True))
    assert rows == {"Java": 5, "Sumatra": 7, "Indonesia": 12}
    assert found["nama"].iloc[-1] == "Indonesia"
    assert "rasio" not in found
