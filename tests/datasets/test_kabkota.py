"""Tables by kabupaten and kota: those shipped, and one that a dinas brings."""

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest
from raw_folder import RawFolder

from analysis.datasets import PROCESSED_TABLES, RawTables, load_kabkota, read_package, read_table
from analysis.datasets.__main__ import main
from analysis.datasets.description import ProvinceSum
from analysis.datasets.kabkota import tidy_borders
from analysis.datasets.rules import province_problems
from analysis.errors import DataError
from analysis.paths import RAW

# BPS, Sumatera Barat Dalam Angka 2023; the column of names is called nama here.
NURSES = Path(__file__).parent / "nakes_sumatera_barat_2022.csv"
ADD = [
    *("add", "nakes_sumbar_2022", "--like", "dokter_kabkota_2020", "--date", "2022-12-31"),
    *("--title", "Tenaga kesehatan Sumatera Barat, 2022", "--publisher", "BPS", "--terms", "x"),
    *("--source", "Sumatera Barat Dalam Angka 2023", "--coverage", "13"),
]


def tidy(name: str, raw: Path = RAW) -> pd.DataFrame:
    return PROCESSED_TABLES[name].build(RawTables(raw))


@pytest.fixture
def brought(raw: RawFolder) -> RawFolder:
    shutil.copy(NURSES, raw.file("nakes_sumbar_2022"))
    return raw


class TestShipped:
    def test_no_table_lacks_a_place(self) -> None:
        by_kabkota = [r for r in read_package(RAW).tables if r.cakupan is not None]
        assert len(by_kabkota) >= 3
        for resource in by_kabkota:
            assert (resource.cakupan, resource.tanpa) == ("nasional", [])
            assert len(read_table(resource.name)) == 514

    def test_places_have_their_province_and_island(self) -> None:
        places = tidy("kabkota").set_index("kode_kemendagri")
        assert len(places) == 514
        assert not places.isna().any(axis=None)
        assert places.loc["92.12"].tolist()[:5] == [
            "Kabupaten Pegunungan Arfak",
            "kabupaten",
            "92",
            "Papua Barat",
            "Papua",
        ]

    def test_what_doctors_cannot_support_is_said_with_them(self) -> None:
        resource = read_package(RAW)["dokter_kabkota_2020"]
        limits = {"bukan_hanya_asn", "terhitung_ganda", "mungkin_tidak_melapor"}
        assert set(resource.batasan) == limits
        assert any("bukan hanya ASN" in note for note in resource.catatan)

    def test_the_places_of_the_tidy_tables_are_those_of_the_raw_ones(self) -> None:
        assert load_kabkota().codes() == RawTables(RAW).kabkota.codes()

    def test_a_pair_has_its_smaller_code_first(self) -> None:
        pair = pd.DataFrame({"kode_a": ["11.02"], "kode_b": ["11.01"]})
        with pytest.raises(DataError, match=r"11\.02-11\.01 does not have the smaller code first"):
            tidy_borders(pair)


class TestBrought:
    """18 of 19 kabupaten and kota of Sumatera Barat, by their names, with columns of their own."""

    WORDS = (*ADD, "--without", "13.72", "--people", "perawat,bidan")

    @pytest.fixture
    def added(self, brought: RawFolder) -> RawFolder:
        assert main([*self.WORDS], brought.path) == 0
        return brought

    def test_what_is_missing_or_not_read_is_said(
        self, brought: RawFolder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*self.WORDS], brought.path) == 0
        said = capsys.readouterr().out
        assert "18 rows, all checks passed" in said
        assert "Missing, and never counted as zero: 13.72 (Kota Solok)." in said
        assert "Not read: rumah_sakit, rumah_sakit_bersalin, poliklinik," in said

    def test_its_professions_stand_beside_the_doctors(self, added: RawFolder) -> None:
        staff = tidy("tenaga_kabkota", added.path)
        own = staff[staff["tabel"] == "nakes_sumbar_2022"]
        assert set(staff["tabel"]) == {"nakes_sumbar_2022", "dokter_kabkota_2020"}
        assert own["cakupan"].unique().tolist() == ["13"]
        assert own["tanggal"].dt.date.unique().tolist() == [dt.date(2022, 12, 31)]
        assert own.groupby("profesi")["jumlah"].sum().to_dict() == {"perawat": 11244, "bidan": 8730}
        assert own["judul"].unique().tolist() == ["Perawat", "Bidan"]

    def test_what_is_missing_has_a_row_without_a_count(self, added: RawFolder) -> None:
        staff = tidy("tenaga_kabkota", added.path)
        own = staff[staff["tabel"] == "nakes_sumbar_2022"]
        assert own.groupby("profesi").size().tolist() == [19, 19]
        assert own.loc[own["jumlah"].isna(), "kode_kemendagri"].tolist() == ["13.72", "13.72"]

    def test_names_find_their_codes(self, added: RawFolder) -> None:
        frame = read_table("nakes_sumbar_2022", added.path).set_index("kode_kemendagri")
        assert frame.loc["13.02", ["nama", "jenis"]].tolist() == ["Solok", "kabupaten"]
        assert frame.loc["13.77", ["nama", "jenis"]].tolist() == ["Pariaman", "kota"]

    def test_limits_are_those_of_the_table_and_not_of_the_one_it_is_like(
        self, brought: RawFolder
    ) -> None:
        words = [*ADD, "--without", "13.72", "--people", "perawat"]
        assert main(words, brought.path) == 0
        assert read_package(brought.path)["nakes_sumbar_2022"].batasan == []
        assert main([*words, "--replace", "--limits", "bukan_hanya_asn"], brought.path) == 0
        assert read_package(brought.path)["nakes_sumbar_2022"].batasan == ["bukan_hanya_asn"]

    def test_codes_do_as_well_as_names(self, brought: RawFolder) -> None:
        named = read_table("dokter_kabkota_2020")
        west = named[named["kode_kemendagri"].str.startswith("13.")]
        own = west[["kode_kemendagri", "dokter_umum"]].assign(guru=range(19))
        own.to_csv(brought.file("nakes_sumbar_2022"), index=False)
        assert main([*ADD, "--people", "guru"], brought.path) == 0
        staff = tidy("tenaga_kabkota", brought.path)
        own = staff[staff["tabel"] == "nakes_sumbar_2022"]
        assert own.groupby("profesi")["jumlah"].sum().to_dict() == {
            "dokter_umum": west["dokter_umum"].sum(),
            "guru": 171,
        }

    def test_what_is_said_to_count_people_does_so_whatever_it_is_elsewhere(
        self, brought: RawFolder
    ) -> None:
        file = brought.file("nakes_sumbar_2022")
        file.write_text(file.read_text("utf-8").replace("dokter", "fasilitas", 1), "utf-8")
        assert main([*ADD, "--without", "13.72", "--people", "fasilitas"], brought.path) == 0
        staff = tidy("tenaga_kabkota", brought.path)
        assert set(staff.loc[staff["tabel"] == "nakes_sumbar_2022", "profesi"]) == {"fasilitas"}

    def test_an_empty_cell_is_missing_and_not_zero(self, brought: RawFolder) -> None:
        file = brought.file("nakes_sumbar_2022")
        file.write_text(file.read_text("utf-8").replace("365,276", "365,"), "utf-8")
        assert main([*ADD, "--without", "13.72", "--people", "bidan"], brought.path) == 0
        staff = tidy("tenaga_kabkota", brought.path)
        own = staff[staff["tabel"] == "nakes_sumbar_2022"]
        missing = own.loc[own["jumlah"].isna(), "kode_kemendagri"]
        assert sorted(missing) == ["13.09", "13.72"]

    def test_a_table_of_population_alone_is_one_too(self, brought: RawFolder) -> None:
        people = read_table("kabkota_2024")[["kode_kemendagri", "penduduk"]]
        people.iloc[:23].to_csv(brought.file("penduduk_aceh_2023"), index=False)
        words = [word.replace("nakes_sumbar_2022", "penduduk_aceh_2023") for word in ADD]
        words[words.index("dokter_kabkota_2020")] = "kabkota_2024"
        words[words.index("13")] = "11"
        assert main(words, brought.path) == 0
        stacked = tidy("penduduk_kabkota", brought.path)
        own = stacked[stacked["tabel"] == "penduduk_aceh_2023"]
        assert own["penduduk"].sum() == 5623479
        assert own["laki_laki"].isna().all()


class TestProvinceSums:
    """What is held to a provincial table that does not have all that is compared."""

    PARTS = pd.DataFrame(
        {"kode_kemendagri": ["11.01", "11.02"], "desa": [1, 2], "jenis": ["kota"] * 2}
    )
    WHOLE = pd.DataFrame({"kode_kemendagri": ["11"], "desa": [3], "kota": [2]})

    def problems(self, parts: pd.DataFrame, whole: pd.DataFrame) -> list[str]:
        rule = ProvinceSum(tabel="wilayah", kolom=["desa"], cacah="jenis")
        return province_problems(parts.astype({"desa": "Int64"}), rule, whole)

    def test_equal_sums_are_no_problem(self) -> None:
        assert self.problems(self.PARTS, self.WHOLE) == []

    def test_a_part_that_is_missing_is_no_zero(self) -> None:
        (problem,) = self.problems(self.PARTS.assign(desa=[3, None]), self.WHOLE)
        assert problem.endswith("of 11 add up to nothing; wilayah has 3")

    def test_a_province_that_the_other_table_lacks(self) -> None:
        other = self.WHOLE.assign(kode_kemendagri="12")
        assert [p[-19:] for p in self.problems(self.PARTS, other)] == ["wilayah has nothing"] * 2

    def test_a_kind_that_the_other_table_lacks(self) -> None:
        problems = self.problems(self.PARTS, self.WHOLE.drop(columns="kota"))
        assert problems == ["  wilayah has no column kota to compare with"]
