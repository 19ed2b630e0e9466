"""The reference page is that of the code."""

import pandas as pd

from analysis.individuals.schema import TABLES, CodeLists
from analysis.individuals.schema.page import schema_page
from analysis.paths import DOCS, RAW


def test_the_page_in_the_repository_is_that_of_the_code():
    codes = pd.read_csv(RAW / "kode_siasn.csv", dtype=str).sort_values(["daftar", "kode"])
    page = schema_page(CodeLists(codes))
    assert page == (DOCS / "individuals.md").read_text("utf-8"), "run `make docs`"
    assert all(f"`{column.name}`" in page for table in TABLES.values() for column in table)
