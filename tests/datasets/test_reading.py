import hashlib
import re
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, read_table, reading
from analysis.paths import RAW

HEADER_2023 = "kode_kemendagri,nama,total"


def test_types_follow_the_description() -> None:
    assert read_table("provinsi").dtypes.astype(str).to_dict() == {
        "kode_kemendagri": "str",
        "kode_bps": "str",
        "nama": "str",
        "pulau": "str",
        "ibu_kota": "str",
        "lintang": "float64",
        "bujur": "float64",
    }
    aru = read_table("pns_kepulauan_aru")
    assert str(aru["total"].dtype) == "Int64"
    assert str(aru["tanggal"].dtype) == "datetime64[ns]"


def test_what_the_source_lacks_is_missing_and_never_zero() -> None:
    aru = read_table("pns_kepulauan_aru")
    row = aru[(aru["kategori"] == "I/C (Juru)") & (aru["tanggal"] == "2022-12-31")]
    assert row["laki_laki"].item() == 2
    assert pd.isna(row["perempuan"].item())


def test_a_byte_order_mark_is_no_part_of_the_first_column(raw: RawFolder) -> None:
    raw.write("pemekaran", b"\xef\xbb\xbf" + raw.file("pemekaran").read_bytes())
    assert read_table("pemekaran", raw.path).columns[0] == "kode_baru"


class TestRawTables:
    def test_parses_the_description_and_each_table_once_for_all_that_is_built(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packages = count(monkeypatch, "read_package")
        files = count(monkeypatch, "decode")
        provinces = count(monkeypatch, "Regions")
        tables = RawTables(RAW)
        for recipe in PROCESSED_TABLES.values():
            recipe.build(tables)
        assert len(packages) == len(provinces) == 1
        assert len(files) == len(set(files)) == len(tables.package.tables)

    def test_what_is_done_to_a_frame_stays_with_it(self) -> None:
        tables = RawTables(RAW)
        frame = tables["pns_provinsi_2023"]
        frame.loc[0, "total"] = 0
        assert tables["pns_provinsi_2023"]["total"].iloc[0] == 153733

    def test_threads_may_share_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        files = count(monkeypatch, "decode")
        tables = RawTables(RAW)
        with ThreadPoolExecutor(8) as pool:
            frames = list(pool.map(tables.__getitem__, ["pns_provinsi_2014"] * 16))
        assert len(files) == 3  # itself, the provinces and their splits
        assert all(frame.equals(frames[0]) for frame in frames)


def count(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """Return a list that receives the first argument of each call of a function of `reading`."""
    calls: list[object] = []
    function = getattr(reading, name)

    def counted(first: object, *others: object) -> object:
        calls.append(str(first))
        return function(first, *others)

    monkeypatch.setattr(reading, name, counted)
    return calls


class TestFile:
    def test_missing(self, raw: RawFolder) -> None:
        raw.file("pns_provinsi_2014").unlink()
        message = raw.refusal("pns_provinsi_2014")
        assert f"{raw.file('pns_provinsi_2014')} is missing" in message
        assert "git checkout -- pns_provinsi_2014.csv" in message

    @pytest.mark.parametrize("content", [b"", b" \n\n"])
    def test_empty(self, raw: RawFolder, content: bytes) -> None:
        raw.write("pns_provinsi_2023", content)
        message = raw.refusal("pns_provinsi_2023")
        assert f"pns_provinsi_2023.csv is empty. It should start with the line {HEADER_2023}" in (
            message
        )
        assert "git checkout -- pns_provinsi_2023.csv" in message

    def test_header_without_rows(self, raw: RawFolder) -> None:
        raw.write("pns_provinsi_2023", f"{HEADER_2023}\n".encode())
        assert "has a header but no rows" in raw.refusal("pns_provinsi_2023")

    def test_one_changed_byte(self, raw: RawFolder) -> None:
        file = raw.file("pns_provinsi_2014")
        before = file.read_bytes()
        after = before.replace(b"75060", b"75061")
        file.write_bytes(after)
        message = raw.refusal("pns_provinsi_2014")
        assert f"{file} has changed" in message
        for content in (before, after):
            assert f"sha256:{hashlib.sha256(content).hexdigest()}" in message
        assert "git checkout -- pns_provinsi_2014.csv" in message
        assert "python -m analysis.datasets" in message

    @pytest.mark.parametrize("described", [True, False])
    def test_latin_1(self, raw: RawFolder, described: bool) -> None:
        file = raw.file("asn_nasional")
        content = file.read_bytes().replace(b"Kontan", b"K\xe9ntan", 1)
        if described:
            raw.write("asn_nasional", content)
        else:
            file.write_bytes(content)
        message = raw.refusal("asn_nasional")
        assert "asn_nasional.csv, line 7: byte 0xe9 is not UTF-8" in message
        assert "iconv -f WINDOWS-1252 -t UTF-8 asn_nasional.csv" in message


class TestHeader:
    def test_unknown_column(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2023", HEADER_2023, "kode_kemendagri,nama,jumlah")
        message = raw.refusal("pns_provinsi_2023")
        assert "pns_provinsi_2023.csv, line 1: the columns are kode_kemendagri,nama,jumlah" in (
            message
        )
        assert "(missing: total; unknown: jumlah" in message
        assert "Correct the header, or the entry" in message

    def test_order(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2023", HEADER_2023, "nama,kode_kemendagri,total")
        assert "missing: none; unknown: none; the order counts" in raw.refusal("pns_provinsi_2023")

    def test_semicolons(self, raw: RawFolder) -> None:
        text = raw.file("pns_provinsi_2023").read_text("utf-8")
        raw.write("pns_provinsi_2023", text.replace(",", ";").encode())
        message = raw.refusal("pns_provinsi_2023")
        assert "pns_provinsi_2023.csv, line 1: the columns are separated by semicolons" in message

    def test_a_row_with_too_many_cells(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2023", "14,Riau,93980", "14,Riau,93,980")
        message = raw.refusal("pns_provinsi_2023")
        assert f"line 5: 4 cells; expected 3 ({HEADER_2023})" in message


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("93.980", "whole number in digits only; remove dots"),
            ("939.8", "whole number in digits only"),
            ("93980.0", "whole number in digits only"),
            ("1e5", "whole number in digits only"),
            ("93 980", "whole number in digits only"),
            ("٩٣٩٨٠", "whole number in digits only"),
            ("n.a.", "whole number in digits only"),
            ("-93980", "at least 0"),
            ("", "a value"),
        ],
    )
    def test_staff_that_is_no_count(self, raw: RawFolder, cell: str, expected: str) -> None:
        raw.edit("pns_provinsi_2023", "14,Riau,93980", f"14,Riau,{cell}")
        message = raw.refusal("pns_provinsi_2023")
        assert "pns_provinsi_2023.csv breaks its description" in message
        found = repr(cell) if cell else "nothing"
        assert f"line 5, column total: {found}; expected " in message
        assert expected in message
        assert "Correct the rows in the source" in message

    @pytest.mark.parametrize("cell", ["0", "-5538367"])
    def test_population_that_is_not_positive(self, raw: RawFolder, cell: str) -> None:
        raw.edit("penduduk_sp2010", "14,Riau,5538367", f"14,Riau,{cell}")
        message = raw.refusal("penduduk_sp2010")
        assert f"line 5, column penduduk: '{cell}'; expected at least 1" in message

    @pytest.mark.parametrize("cell", ["2012-13-16", "2013-02-29", "16/11/2012", "2012-1-6"])
    def test_a_date_that_is_none(self, raw: RawFolder, cell: str) -> None:
        raw.edit("pemekaran", "2012-11-16", cell)
        message = raw.refusal("pemekaran")
        assert f"line 2, column tanggal: '{cell}'; expected a date of the calendar" in message

    def test_a_decimal_comma(self, raw: RawFolder) -> None:
        raw.edit("provinsi", "11,11,Aceh,Sumatera,Banda Aceh,5.55", '11,11,Aceh,S,B,"5,55"')
        assert "line 2, column lintang: '5,55'; expected a number with a dot" in raw.refusal(
            "provinsi"
        )

    def test_a_value_out_of_range(self, raw: RawFolder) -> None:
        raw.edit("provinsi", "5.55,95.32", "55.5,95.32")
        assert "line 2, column lintang: '55.5'; expected at most 6.5" in raw.refusal("provinsi")

    def test_a_value_outside_its_list(self, raw: RawFolder) -> None:
        raw.edit("asn_nasional", "2013-12-31,PNS", "2013-12-31,ASN")
        assert "line 2, column status: 'ASN'; expected one of PNS, PPPK" in raw.refusal(
            "asn_nasional"
        )

    def test_a_code_of_another_form_and_one_repeated(self, raw: RawFolder) -> None:
        raw.edit("provinsi", "12,12,Sumatera Utara", "12,1,Sumatera Utara")
        raw.edit("provinsi", "13,13,", "13,14,")
        message = raw.refusal("provinsi")
        assert r"line 3, column kode_bps: '1'; expected the form \d{2}" in message
        assert "line 4, column kode_bps: '14'; expected no repetition" in message
        assert "line 5, column kode_bps: '14'; expected no repetition" in message

    def test_all_failures_are_told_at_once_but_ten_shown(self, raw: RawFolder) -> None:
        text = raw.file("pns_provinsi_2023").read_text("utf-8")
        dotted = re.sub(r",(\d+)(\d{3})$", r",\1.\2", text, flags=re.MULTILINE)
        raw.write("pns_provinsi_2023", dotted.encode())
        message = raw.refusal("pns_provinsi_2023")
        assert message.count("column total") == 10
        assert "line 11, column total" in message
        assert "and 28 more" in message


class TestProvinces:
    def test_one_missing(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2023", "14,Riau,93980\n", "")
        message = raw.refusal("pns_provinsi_2023")
        assert "pns_provinsi_2023.csv does not have each of the 38 provinces" in message
        assert "column kode_kemendagri: '14' (Riau) is missing" in message

    def test_one_doubled(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2023", "15,Jambi", "14,Riau")
        message = raw.refusal("pns_provinsi_2023")
        assert "line 5, column kode_kemendagri: '14' appears more than once" in message
        assert "line 6, column kode_kemendagri: '14' appears more than once" in message
        assert "'15' (Jambi) is missing" in message

    def test_codes_of_bps(self, raw: RawFolder) -> None:
        for old, new in [("91,Papua,", "94,Papua,"), ("92,Papua Barat,", "91,Papua Barat,")]:
            raw.edit("pns_provinsi_2014", old, new)
        message = raw.refusal("pns_provinsi_2014")
        assert "line 34, column kode_kemendagri: '94' is the BPS code of Papua" in message
        assert "line 35, column kode_kemendagri: '91' is the BPS code of Papua Barat" in message
        assert "Regions.to_kemendagri" in message

    def test_each_state_of_a_long_table_is_checked(self, raw: RawFolder) -> None:
        raw.edit(
            "penyederhanaan_provinsi_2021",
            "12,Sumatera Utara,persetujuan_penyetaraan,2021-12-18",
            "13,Sumatera Barat,persetujuan_penyetaraan,2021-12-18",
        )
        message = raw.refusal("penyederhanaan_provinsi_2021")
        assert "rows of persetujuan_penyetaraan, 2021-12-18" in message
        assert "line 37, column kode_kemendagri: '13' appears more than once" in message


class TestKeysAndSums:
    def test_a_repeated_key(self, raw: RawFolder) -> None:
        raw.edit("asn_nasional", "2014-12-31,PNS,total", "2013-12-31,PNS,total")
        message = raw.refusal("asn_nasional")
        for line in (2, 3):
            assert (
                f"line {line}, columns tanggal, status, lingkup: 2013-12-31, PNS, total appears"
                in message
            )

    def test_a_reference_to_nothing(self, raw: RawFolder) -> None:
        raw.edit("pemekaran", "65,64", "65,60")
        assert "line 2, column kode_induk: 60 is not in provinsi" in raw.refusal("pemekaran")

    def test_a_broken_row_sum_and_the_total_it_breaks(self, raw: RawFolder) -> None:
        raw.edit("pns_provinsi_2014", "48371,55455,103826", "48371,55455,103836")
        message = raw.refusal("pns_provinsi_2014")
        assert "line 5, column total: 103836; expected laki_laki + perempuan = 103826" in message
        assert "all rows, column total: the sum is 4455313; expected 4455303" in message

    def test_a_missing_part_is_not_taken_for_zero(self, raw: RawFolder) -> None:
        raw.edit("pns_kepulauan_aru", "Sampai dengan SD,3,,3", "Sampai dengan SD,3,,5")
        message = raw.refusal("pns_kepulauan_aru")
        assert "line 18" not in message  # 3 men, no word of women, 5 in all: not to be judged
        assert "line 30, column total: 3101; expected 3103, the sum of the parts of Jum" in message

    def test_only_the_known_error_of_the_source_is_excepted(self, raw: RawFolder) -> None:
        raw.describe(lambda entries: entries["pns_kepulauan_aru"]["penjumlahan_baris"][0].pop(
            "kecuali"
        ))  # fmt: skip
        message = raw.refusal("pns_kepulauan_aru")
        assert message.count("expected laki_laki") == 1
        assert "1716; expected laki_laki + perempuan = 1266" in message

    @pytest.mark.parametrize(
        ("name", "old", "new", "told"),
        [
            ("penduduk_sp2010", "5538367", "5538368", "237641327; expected 237641326"),
            ("penduduk_sp2020", "6394087", "6394088", "270203918; expected 270203917"),
            ("penduduk_terdaftar_2024", "7099297", "7099298", "284973644; expected 284973643"),
            ("pns_provinsi_2023", "93980", "93981", "3732416; expected 3732415"),
            ("wilayah_2024", "89900.780", "89900.781", "1890179.785; expected 1890179.784"),
        ],
    )
    def test_a_wrong_known_total(
        self, raw: RawFolder, name: str, old: str, new: str, told: str
    ) -> None:
        raw.edit(name, old, new)
        message = raw.refusal(name)
        assert f"{name}.csv" in message
        assert f"the sum is {told}" in message

    def test_a_wrong_total_of_some_rows(self, raw: RawFolder) -> None:
        raw.edit("pns_seluma", "Struktural,664", "Struktural,665")
        message = raw.refusal("pns_seluma")
        assert "all rows with dimensi = kelompok_jabatan, tanggal = 2020-12-31, column jumlah" in (
            message
        )
        assert "the sum is 3696; expected 3695" in message
