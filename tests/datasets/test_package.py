import re
from pathlib import Path
from typing import Any

import pytest
from raw_folder import RawFolder

from analysis.datasets import read_package
from analysis.errors import DataError
from analysis.paths import RAW


def refusal(raw: RawFolder) -> str:
    with pytest.raises(DataError) as caught:
        read_package(raw.path)
    return str(caught.value)


def test_every_file_is_described_and_every_description_has_a_file() -> None:
    described = {resource.path for resource in read_package(RAW).resources}
    assert described == {file.name for file in RAW.iterdir()} - {"datapackage.json"}


def test_the_real_description_follows_the_frictionless_names() -> None:
    for resource in read_package(RAW).tables:
        assert resource.path == f"{resource.name}.csv"
        assert resource.bytes == (RAW / resource.path).stat().st_size
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource.hash)
        for field in resource.table.fields:
            assert field.description.endswith(".")


@pytest.mark.parametrize(
    "key", ["title", "sources", "ketentuan", "hash", "schema", "tanggal_acuan"]
)
def test_names_the_table_and_the_key_that_is_missing(raw: RawFolder, key: str) -> None:
    raw.describe(lambda entries: entries["pns_provinsi_2014"].pop(key))
    message = refusal(raw)
    assert "datapackage.json does not describe its tables fully" in message
    assert f"table pns_provinsi_2014, {key}: Field required" in message
    assert "the other entries of the file show how" in message


def test_names_every_problem_at_once(raw: RawFolder) -> None:
    def spoil(entries: dict[str, Any]) -> None:
        entries["pns_provinsi_2014"].pop("title")
        entries["pns_seluma"]["schema"]["fields"][3].pop("unit")
        entries["provinsi"]["hash"] = "md5:0"

    raw.describe(spoil)
    message = refusal(raw)
    assert "table pns_provinsi_2014, title" in message
    assert "table pns_seluma, schema, fields, 3, unit" in message
    assert "table provinsi, hash" in message


def test_a_misspelt_key_is_not_passed_over(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["pns_provinsi_2014"].update(perann="pns_provinsi"))
    assert "table pns_provinsi_2014, perann: Extra inputs are not permitted" in refusal(raw)


def test_an_unknown_role_is_refused_with_those_known(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["pns_provinsi_2014"].update(peran="pns"))
    message = refusal(raw)
    assert "table pns_provinsi_2014, peran" in message
    assert (
        "'pns_provinsi', 'penduduk_provinsi', 'wilayah_provinsi', 'guru_sd_provinsi', " in message
    )


def test_a_rule_about_a_column_that_is_not_there(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["pns_provinsi_2014"]["schema"]["fields"].pop())
    assert "columns that schema.fields lacks: ['total']" in refusal(raw)


def test_two_entries_for_one_table(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries[""]["resources"].append(entries["provinsi"]))
    assert "more than one entry has the name ['provinsi']" in refusal(raw)


def test_a_table_outside_the_folder_is_refused(raw: RawFolder) -> None:
    raw.describe(lambda entries: entries["provinsi"].update(path="../provinsi.csv"))
    assert "table provinsi: path must be provinsi.csv, not '../provinsi.csv'" in refusal(raw)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_description_that_cannot_be_read(raw: RawFolder, content: bytes) -> None:
    (raw.path / "datapackage.json").write_bytes(content)
    assert "the file: Invalid JSON" in refusal(raw)


def test_a_description_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"datapackage\.json is missing.*git checkout"):
        read_package(tmp_path)


def test_an_unknown_table_is_refused_with_those_known() -> None:
    with pytest.raises(
        DataError, match=r"no table named 'pns_2014'\. It has asn_kab_bandung_2026, asn_nasional, "
    ):
        read_package(RAW)["pns_2014"]


def test_tables_of_a_role_come_by_date() -> None:
    package = read_package(RAW)
    assert package.with_role("pns_provinsi") == ["pns_provinsi_2014", "pns_provinsi_2023"]
    assert package.with_role("penduduk_provinsi") == [
        "penduduk_sp2010",
        "penduduk_sp2020",
        "penduduk_terdaftar_2024",
    ]


def test_what_a_table_is_held_to() -> None:
    package = read_package(RAW)
    assert package.held_to("pns_provinsi_2014") == ["pemekaran", "provinsi"]
    assert package.held_to("provinsi") == []
