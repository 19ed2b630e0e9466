import json
from typing import Any

import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, read_package
from analysis.datasets.describing import update_hashes
from analysis.errors import DataError
from analysis.paths import RAW


def add_table(raw: RawFolder, **changes: Any) -> None:
    """Add a table of 2020 as a researcher would: a file, an entry, its hash."""
    text = raw.file("pns_provinsi_2014").read_text("utf-8")
    raw.file("pns_provinsi_2020").write_text(text, "utf-8")

    def describe(entries: dict[str, Any]) -> None:
        entry = json.loads(json.dumps(entries["pns_provinsi_2014"]))
        entry |= {"name": "pns_provinsi_2020", "path": "pns_provinsi_2020.csv"}
        entries[""]["resources"].append(entry | {"tanggal_acuan": "2020-12-31"} | changes)

    raw.describe(describe)
    update_hashes(raw.path)


@pytest.mark.parametrize("name", PROCESSED_TABLES)
def test_every_table_is_built_the_same_each_time(name: str) -> None:
    once, again = (PROCESSED_TABLES[name].build(RawTables(RAW)) for _ in range(2))
    assert len(once)
    pd.testing.assert_frame_equal(once, again)


def test_every_raw_table_is_used() -> None:
    package = read_package(RAW)
    used = {table for recipe in PROCESSED_TABLES.values() for table in recipe.inputs(package)}
    assert used == {resource.name for resource in package.resources}


def test_inputs_are_the_tables_read_and_those_they_are_held_to() -> None:
    package = read_package(RAW)
    assert PROCESSED_TABLES["pns_provinsi"].inputs(package) == [
        "pns_provinsi_2014",
        "pns_provinsi_2023",
        "pemekaran",
        "provinsi",
    ]
    assert PROCESSED_TABLES["asn_nasional"].inputs(package) == ["asn_nasional"]


@pytest.mark.parametrize("name", PROCESSED_TABLES)
def test_nothing_but_the_inputs_is_read(raw: RawFolder, name: str) -> None:
    recipe = PROCESSED_TABLES[name]
    inputs = set(recipe.inputs(read_package(raw.path)))
    for file in raw.path.glob("*.csv"):
        if file.stem not in inputs:
            file.unlink()
    assert len(recipe.build(RawTables(raw.path)))


def test_an_added_table_is_there_by_its_date(raw: RawFolder) -> None:
    add_table(raw)
    recipe = PROCESSED_TABLES["pns_provinsi"]
    assert "pns_provinsi_2020" in recipe.inputs(read_package(raw.path))
    dates = recipe.build(RawTables(raw.path))["tanggal"].dt.date.astype(str).unique().tolist()
    assert dates == ["2014-12-31", "2020-12-31", "2023-12-31"]


def test_two_tables_of_the_same_date_are_refused(raw: RawFolder) -> None:
    add_table(raw, tanggal_acuan="2014-12-31")
    with pytest.raises(DataError, match=r"have the same reference date\. Keep one"):
        PROCESSED_TABLES["pns_provinsi"].build(RawTables(raw.path))


def test_a_table_without_what_its_role_needs_is_refused(raw: RawFolder) -> None:
    add_table(raw, wilayah=None)
    with pytest.raises(
        DataError, match=r"table pns_provinsi_2020: the role 'pns_provinsi' needs the key wilayah"
    ):
        PROCESSED_TABLES["pns_provinsi"].build(RawTables(raw.path))


def test_a_table_without_the_column_of_its_role_is_refused(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["wilayah_2015"].update(peran="pns_provinsi"))
    with pytest.raises(DataError, match=r"table wilayah_2015: .* needs a column total"):
        PROCESSED_TABLES["pns_provinsi"].build(RawTables(raw.path))


def test_a_role_that_no_table_plays_is_refused(raw: RawFolder) -> None:
    def strip(entries: dict[str, Any]) -> None:
        for name in ("pns_provinsi_2014", "pns_provinsi_2023"):
            entries[name]["peran"] = "tersendiri"

    raw.describe(strip)
    with pytest.raises(DataError, match=r"no table with the role 'pns_provinsi'\. Give an entry"):
        PROCESSED_TABLES["pns_provinsi"].build(RawTables(raw.path))
