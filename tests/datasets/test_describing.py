import datetime as dt
import json

import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, read_package, read_table
from analysis.datasets.__main__ import main
from analysis.datasets.describing import add_table, update_hashes
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
    with pytest.raises(DataError, match=r"pns_seluma\.csv is not in"):
        update_hashes(raw.path)
    assert (raw.path / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize("content", ["{", "[]", '{"resources": [{"name": "a"}]}'])
def test_a_broken_description_is_refused(raw: RawFolder, content: str) -> None:
    (raw.path / "datapackage.json").write_text(content, "utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json cannot be read as a list of entries"):
        update_hashes(raw.path)


class TestAddTable:
    """A researcher's table, described by one like it."""

    def add(
        self, raw: RawFolder, name: str = "pns_provinsi_2020", like: str = "pns_provinsi_2023"
    ) -> None:
        add_table(
            name,
            like,
            title="PNS 2020",
            source="Statistik Indonesia 2021",
            publisher="BPS",
            date=dt.date(2020, 12, 31),
            basis="38",
            raw=raw.path,
        )

    def test_makes_the_table_part_of_the_tidy_one(self, raw: RawFolder) -> None:
        raw.file("pns_provinsi_2020").write_bytes(raw.file("pns_provinsi_2023").read_bytes())
        self.add(raw)
        tidy = PROCESSED_TABLES["pns_provinsi"].build(raw.path)
        assert tidy.loc[tidy["tanggal"] == "2020-12-31", "total"].sum() == 3732415

    def test_leaves_out_what_is_true_of_the_other_table_only(self, raw: RawFolder) -> None:
        raw.file("pns_provinsi_2020").write_bytes(raw.file("pns_provinsi_2023").read_bytes())
        self.add(raw)
        entry = read_package(raw.path)["pns_provinsi_2020"]
        assert (entry.jumlah_diketahui, entry.catatan) == ([], [])
        assert entry.sources[0].title == "Statistik Indonesia 2021"

    @pytest.mark.parametrize(
        ("name", "like", "message"),
        [
            ("provinsi", "pns_provinsi_2023", "has a table 'provinsi' already"),
            ("pns_provinsi_2020", "pns", "no table 'pns' to copy from. It has provinsi, "),
            ("pns_provinsi_2020", "pns_provinsi_2023", "pns_provinsi_2020.csv is not in"),
        ],
    )
    def test_says_what_is_wrong_and_writes_nothing(
        self, raw: RawFolder, name: str, like: str, message: str
    ) -> None:
        before = (raw.path / "datapackage.json").read_bytes()
        with pytest.raises(DataError) as caught:
            self.add(raw, name, like)
        assert message in str(caught.value)
        assert (raw.path / "datapackage.json").read_bytes() == before


def test_the_command_line_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--title", "t", "--source", "s", "--publisher", "p", "--date", "2020-12-31"]
    assert main(["add", "provinsi", "--like", "pemekaran", *words]) == 1
    assert "has a table 'provinsi' already" in capsys.readouterr().err
