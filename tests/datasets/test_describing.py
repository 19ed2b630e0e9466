import datetime as dt
import json
from typing import Any

import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, read_package, read_table
from analysis.datasets.describing import (
    Particulars,
    add_table,
    confirm_value,
    remove_table,
    update_hashes,
)
from analysis.errors import DataError
from analysis.paths import RAW

TERMS = "Statistik resmi; sebut sumbernya."


def add(raw: RawFolder, name: str, like: str = "pns_provinsi_2023", **changes: Any) -> int:
    options: dict[str, Any] = {
        "title": "PNS 2020",
        "source": "Statistik Indonesia 2021",
        "publisher": "BPS",
        "terms": TERMS,
        "date": dt.date(2020, 12, 31),
    }
    how = {key: changes.pop(key) for key in ("confirmed", "replace") if key in changes}
    return add_table(name, like, Particulars(**options | changes), raw=raw.path, **how)


def bring(raw: RawFolder, name: str, like: str = "pns_provinsi_2023") -> None:
    """Put a file into the folder, as a researcher would."""
    raw.file(name).write_bytes(raw.file(like).read_bytes())


class TestUpdateHashes:
    def test_changes_only_what_changed(self, raw: RawFolder) -> None:
        assert update_hashes(raw.path) == []
        file = raw.file("pemekaran")
        file.write_bytes(file.read_bytes().replace(b"UU 20/2012", b"UU 20 / 2012"))
        assert update_hashes(raw.path) == ["pemekaran"]
        assert read_table("pemekaran", raw.path)["dasar_hukum"].iloc[0] == "UU 20 / 2012"

    def test_fills_in_a_new_entry(self, raw: RawFolder) -> None:
        def forget(entries: dict[str, dict[str, object]]) -> None:
            for key in ("hash", "bytes"):
                entries["pemekaran"].pop(key)

        raw.describe(forget)
        assert update_hashes(raw.path) == ["pemekaran"]
        assert len(read_table("pemekaran", raw.path)) == 5

    @pytest.mark.usefixtures("unchanged")
    def test_says_of_no_table_that_is_refused_that_it_changed(self, raw: RawFolder) -> None:
        file = raw.file("pns_seluma")
        file.write_bytes(file.read_bytes().replace(b"Struktural,664", b"Struktural,665"))
        with pytest.raises(DataError, match="the sum is 3696; expected 3695"):
            update_hashes(raw.path)

    @pytest.mark.usefixtures("unchanged")
    def test_an_entry_without_a_file_is_refused(self, raw: RawFolder) -> None:
        raw.file("pns_seluma").unlink()
        raw.file("provinsi").write_text("changed", "utf-8")
        with pytest.raises(DataError, match=r"pns_seluma\.csv is missing\. Put pns_seluma\.csv"):
            update_hashes(raw.path)

    @pytest.mark.parametrize("content", ["{", "[]", '{"resources": [{"name": "a"}]}'])
    def test_a_broken_description_is_refused(self, raw: RawFolder, content: str) -> None:
        (raw.path / "datapackage.json").write_text(content, "utf-8")
        with pytest.raises(
            DataError, match=r"datapackage\.json cannot be read as a list of entries"
        ):
            update_hashes(raw.path)

    def test_no_file_outside_the_folder_is_read(self, raw: RawFolder) -> None:
        raw.describe(lambda entries: entries["pemekaran"].update(path="/etc/passwd"))
        with pytest.raises(DataError, match="not so for 'pemekaran', '/etc/passwd'"):
            update_hashes(raw.path)

    def test_the_real_description_is_kept_in_the_form_it_writes(self) -> None:
        text = (RAW / "datapackage.json").read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


class TestAddTable:
    """A researcher's table, described by one like it."""

    def test_makes_the_table_part_of_the_tidy_one(self, raw: RawFolder) -> None:
        bring(raw, "pns_provinsi_2020")
        assert add(raw, "pns_provinsi_2020") == 38
        tidy = PROCESSED_TABLES["pns_provinsi"].build(RawTables(raw.path))
        added = tidy[tidy["tanggal"] == "2020-12-31"]
        assert added["total"].sum() == 3732415
        assert set(added["tabel"]) == {"pns_provinsi_2020"}

    def test_leaves_out_what_is_true_of_the_other_table_only(self, raw: RawFolder) -> None:
        bring(raw, "pns_provinsi_2020")
        add(raw, "pns_provinsi_2020", link="https://example.org/2021")
        entry = read_package(raw.path)["pns_provinsi_2020"]
        assert (entry.jumlah_diketahui, entry.jumlah_baris, entry.catatan) == ([], None, [])
        assert entry.ketentuan == TERMS
        assert entry.sources[0].model_dump() == {
            "title": "Statistik Indonesia 2021",
            "publisher": "BPS",
            "path": "https://example.org/2021",
        }

    def test_keeps_the_sums_but_not_the_errors_of_another_source(self, raw: RawFolder) -> None:
        bring(raw, "pns_aru_2022", "pns_kepulauan_aru")
        with pytest.raises(DataError) as caught:
            add(raw, "pns_aru_2022", "pns_kepulauan_aru")
        assert "1716; expected laki_laki + perempuan = 1266" in str(caught.value)

    @pytest.mark.usefixtures("unchanged")
    def test_says_added_only_of_a_table_that_passes_its_checks(self, raw: RawFolder) -> None:
        bring(raw, "pns_provinsi_2020")
        file = raw.file("pns_provinsi_2020")
        file.write_bytes(file.read_bytes().replace(b"14,Riau,93980", b"14,Riau,93.980"))
        with pytest.raises(DataError, match=r"line 5, column total: '93\.980'; expected a whole"):
            add(raw, "pns_provinsi_2020")

    @pytest.mark.usefixtures("unchanged")
    def test_nor_of_one_that_does_not_go_with_those_of_its_role(self, raw: RawFolder) -> None:
        bring(raw, "pns_lagi")
        with pytest.raises(DataError, match="have the same reference date"):
            add(raw, "pns_lagi", date=dt.date(2023, 12, 31))

    @pytest.mark.usefixtures("unchanged")
    def test_a_census_is_not_copied_from_a_register(self, raw: RawFolder) -> None:
        bring(raw, "sp2030", "penduduk_terdaftar_2024")
        with pytest.raises(DataError, match="as of 30 June and 31 December"):
            add(raw, "sp2030", "penduduk_terdaftar_2024", date=dt.date(2030, 5, 15))

    def test_replaces_only_when_told_to(self, raw: RawFolder) -> None:
        bring(raw, "pns_provinsi_2020")
        add(raw, "pns_provinsi_2020")
        with pytest.raises(DataError, match=r"already.* or give --replace"):
            add(raw, "pns_provinsi_2020", title="Edisi kedua")
        add(raw, "pns_provinsi_2020", title="Edisi kedua", replace=True)
        entries = [r for r in read_package(raw.path).resources if r.name == "pns_provinsi_2020"]
        assert [entry.title for entry in entries] == ["Edisi kedua"]

    @pytest.mark.parametrize(
        ("name", "like", "message"),
        [
            ("provinsi", "pns_provinsi_2023", "has a table 'provinsi' already"),
            ("pns_provinsi_2020", "pns", "no table 'pns'. It has provinsi, "),
            ("pns_provinsi_2020", "pns_provinsi_2023", "pns_provinsi_2020.csv is missing. Put "),
        ],
    )
    @pytest.mark.usefixtures("unchanged")
    def test_says_what_is_wrong(self, raw: RawFolder, name: str, like: str, message: str) -> None:
        with pytest.raises(DataError) as caught:
            add(raw, name, like)
        assert message in str(caught.value)


@pytest.mark.parametrize("name", ["pns_provinsi_2023", "pns_seluma"])
def test_nothing_is_built_on_a_description_that_is_broken(raw: RawFolder, name: str) -> None:
    bring(raw, "pns_provinsi_2020")
    raw.describe(lambda entries: entries[name].pop("schema"))
    for change in (
        lambda: add(raw, "pns_provinsi_2020"),
        lambda: confirm_value("pns_seluma", 2, "jumlah", "Sesuai dengan profil.", raw.path),
        lambda: remove_table("pns_provinsi_2014", raw.path),
        lambda: update_hashes(raw.path),
    ):
        with pytest.raises(DataError, match=f"table {name}, schema: Field required"):
            change()


class TestConfirm:
    """A value that looks wrong and is right."""

    @pytest.fixture
    def small(self, raw: RawFolder) -> RawFolder:
        bring(raw, "pns_provinsi_2020")
        file = raw.file("pns_provinsi_2020")
        file.write_bytes(file.read_bytes().replace(b"14,Riau,93980", b"14,Riau,939"))
        return raw

    def test_is_refused_with_the_way_to_confirm_it(self, small: RawFolder) -> None:
        with pytest.raises(DataError) as caught:
            add(small, "pns_provinsi_2020")
        assert "line 5, column total: 939 is not plausible; expected 2000 to" in str(caught.value)
        assert "--confirm LINE COLUMN REASON when the table is added" in str(caught.value)

    def test_passes_with_its_reason_which_is_kept(self, small: RawFolder) -> None:
        reason = "Dicocokkan dengan terbitan aslinya."
        add(small, "pns_provinsi_2020", confirmed=[(5, "total", reason)])
        said = read_package(small.path)["pns_provinsi_2020"].dikonfirmasi
        assert [s.model_dump() for s in said] == [
            {
                "kolom": "total",
                "baris": {"kode_kemendagri": "14"},
                "nilai": "939",
                "alasan": reason,
            }
        ]

    def test_holds_for_that_value_only(self, small: RawFolder) -> None:
        add(small, "pns_provinsi_2020", confirmed=[(5, "total", "Dicocokkan dengan aslinya.")])
        small.edit("pns_provinsi_2020", "14,Riau,939", "14,Riau,938")
        message = small.refusal("pns_provinsi_2020")
        assert "dikonfirmasi, 14, column total, value 939: no such value is out of range" in message
        assert "line 5, column total: 938 is not plausible" in message

    def test_can_be_added_to_a_table_that_changed(self, raw: RawFolder) -> None:
        def narrow(entries: dict[str, Any]) -> None:
            entries["pns_seluma"]["schema"]["fields"][3]["kisaran"]["maximum"] = 2500

        raw.describe(narrow)
        assert "line 43, column jumlah: 2540 is not plausible" in raw.refusal("pns_seluma")
        assert confirm_value("pns_seluma", 43, "jumlah", "Sesuai dengan profil.", raw.path)
        assert len(read_table("pns_seluma", raw.path)) == 52

    @pytest.mark.parametrize(
        ("line", "column", "reason", "message"),
        [
            (99, "jumlah", "Sesuai dengan profil.", "no row that starts on line 99"),
            (2, "total", "Sesuai dengan profil.", "no column 'total'"),
            (2, "jumlah", "Sesuai dengan profil.", "value 726: no such value is out of range"),
            (2, "jumlah", "ya", "at least 10 characters"),
            (2, "kategori", "Sesuai dengan profil.", "a number of a column with kisaran is"),
        ],
    )
    @pytest.mark.usefixtures("unchanged")
    def test_of_nothing_is_refused(
        self, raw: RawFolder, line: int, column: str, reason: str, message: str
    ) -> None:
        with pytest.raises(DataError) as caught:
            confirm_value("pns_seluma", line, column, reason, raw.path)
        assert message in str(caught.value)


class TestRemove:
    def test_takes_an_added_table_out_and_leaves_its_file(self, raw: RawFolder) -> None:
        before = read_package(raw.path)
        bring(raw, "pns_provinsi_2020")
        add(raw, "pns_provinsi_2020")
        assert remove_table("pns_provinsi_2020", raw.path) == raw.file("pns_provinsi_2020")
        assert raw.file("pns_provinsi_2020").exists()
        assert read_package(raw.path) == before

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("pns", "no table 'pns'. It has provinsi, "),
            ("pns_seluma", "needed to make jabatan"),
            ("provinsi", "needed to make provinsi, kabkota"),
        ],
    )
    @pytest.mark.usefixtures("unchanged")
    def test_refuses_what_others_need(self, raw: RawFolder, name: str, message: str) -> None:
        with pytest.raises(DataError) as caught:
            remove_table(name, raw.path)
        assert message in str(caught.value)

    def test_refuses_the_last_of_a_role(self, raw: RawFolder) -> None:
        remove_table("pns_provinsi_2014", raw.path)
        with pytest.raises(DataError, match="no table with the role 'pns_provinsi'"):
            remove_table("pns_provinsi_2023", raw.path)
