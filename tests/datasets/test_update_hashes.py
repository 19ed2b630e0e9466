import json

import pytest
from raw_folder import RawFolder

from analysis.datasets import read_table
from analysis.datasets.__main__ import update_hashes
from analysis.errors import DataError
from analysis.paths import RAW


def test_changes_only_what_changed(raw: RawFolder) -> None:
    assert update_hashes(raw.path) == []
    file = raw.file("pemekaran")
    file.write_bytes(file.read_bytes().replace(b"UU 20/2012", b"UU 20 / 2012"))
    assert update_hashes(raw.path) == ["pemekaran"]
    assert read_table("pemekaran", raw.path)["dasar_hukum"].iloc[0] == "UU 20 / 2012"


def test_fills_in_a_new_entry(raw: RawFolder) -> None:
    def forget(entries: dict[str, dict[str, object]]) -> None:
        for key in ("hash", "bytes"):
            entries["pemekaran"].pop(key)

    raw.describe(forget)
    assert update_hashes(raw.path) == ["pemekaran"]
    assert len(read_table("pemekaran", raw.path)) == 5


def test_the_real_description_is_kept_in_the_form_it_writes() -> None:
    text = (RAW / "datapackage.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_an_entry_without_a_file_is_refused_and_nothing_written(raw: RawFolder) -> None:
    raw.file("pns_seluma").unlink()
    raw.file("provinsi").write_text("changed", "utf-8")
    before = (raw.path / "datapackage.json").read_bytes()
    with pytest.raises(DataError, match=r"describes pns_seluma\.csv, which is not in"):
        update_hashes(raw.path)
    assert (raw.path / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize("content", ["{", "[]", '{"resources": [{"name": "a"}]}'])
def test_a_broken_description_is_refused(raw: RawFolder, content: str) -> None:
    (raw.path / "datapackage.json").write_text(content, "utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json cannot be read as a list of entries"):
        update_hashes(raw.path)
