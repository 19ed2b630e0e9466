import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.geography.regions import Regions
from analysis.paths import RAW

PROVINCES = pd.read_csv(RAW / "provinsi.csv", dtype={"kode_kemendagri": str, "kode_bps": str})
SPLITS = pd.read_csv(
    RAW / "pemekaran.csv", dtype={"kode_baru": str, "kode_induk": str}, parse_dates=["tanggal"]
)
REGIONS = Regions(PROVINCES, SPLITS)


def frame_of(basis: str) -> pd.DataFrame:
    inside = PROVINCES["kode_kemendagri"].isin(REGIONS.codes(basis))
    return PROVINCES.loc[inside, ["kode_kemendagri", "nama"]].reset_index(drop=True)


def refusal(frame: pd.DataFrame, basis: str = "38") -> str:
    with pytest.raises(DataError) as caught:
        REGIONS.check(frame, basis, what="pns.csv")
    return str(caught.value)


class TestBases:
    def test_are_named_by_their_number_of_provinces(self) -> None:
        assert {name: len(codes) for name, codes in REGIONS.bases.items()} == {
            "33": 33,
            "34": 34,
            "37": 37,
            "38": 38,
        }

    def test_unknown_basis_is_refused_with_those_known(self) -> None:
        with pytest.raises(DataError, match=r"no basis '35'. Choose from 33, 34, 37, 38"):
            REGIONS.codes("35")

    def test_names_say_which_provinces_a_unit_covers(self) -> None:
        names = REGIONS.names("33", merged="{} (merged)")
        assert names[["11", "64"]].tolist() == ["Aceh", "Kalimantan Timur (merged)"]
        assert REGIONS.names("33")["64"] == "Kalimantan Timur"
        assert REGIONS.names("38")["64"] == "Kalimantan Timur"

    def test_islands_and_coordinates_cover_the_basis(self) -> None:
        for basis, codes in REGIONS.bases.items():
            assert set(REGIONS.islands(basis).index) == codes
            assert set(REGIONS.coordinates(basis).index) == codes
        assert REGIONS.islands("34")["65"] == "Kalimantan"
        assert REGIONS.coordinates("33").loc["91"].tolist() == [-2.53, 140.72]


class TestCheck:
    @pytest.mark.parametrize("basis", ["33", "34", "37", "38"])
    def test_accepts_each_basis_in_any_order(self, basis: str) -> None:
        REGIONS.check(frame_of(basis).iloc[::-1], basis, what="pns.csv")

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("DI Yogyakarta", "Daerah Istimewa  Yogyakarta"),
            ("DI Yogyakarta", "D.I. YOGYAKARTA"),
            ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
            ("Kepulauan Bangka Belitung", "Kep. Bangka Belitung"),
            ("Aceh", " aceh "),
        ],
    )
    def test_accepts_usual_ways_to_write_a_name(self, name: str, written: str) -> None:
        REGIONS.check(frame_of("38").replace({"nama": {name: written}}), "38", what="pns.csv")

    def test_finds_a_missing_province(self) -> None:
        message = refusal(frame_of("38").query("kode_kemendagri != '64'"))
        assert "pns.csv" in message
        assert "column kode_kemendagri: '64' (Kalimantan Timur) is missing" in message
        assert "Correct these rows" in message

    def test_finds_a_doubled_province_with_both_lines(self) -> None:
        frame = frame_of("38")
        message = refusal(pd.concat([frame, frame.iloc[[3]]], ignore_index=True))
        assert re.findall(r"line (\d+), column kode_kemendagri: '14' appears more", message) == [
            "5",
            "40",
        ]

    def test_finds_an_unknown_code_and_a_code_that_is_a_number(self) -> None:
        frame = frame_of("38").astype({"kode_kemendagri": object})
        frame.loc[0, "kode_kemendagri"] = "99"
        frame.loc[1, "kode_kemendagri"] = 12
        message = refusal(frame)
        assert "line 2, column kode_kemendagri: '99' is no Kemendagri code" in message
        assert "line 3, column kode_kemendagri: 12 is no Kemendagri code" in message
        assert "as text" in message

    def test_finds_a_province_that_did_not_exist_yet(self) -> None:
        message = refusal(frame_of("34"), basis="33")
        assert "'65' (Kalimantan Utara) is not one of the 33" in message
        assert "state the basis" in message

    def test_finds_a_name_that_belongs_to_another_code(self) -> None:
        frame = frame_of("38")
        frame.loc[[0, 1], "nama"] = ["Riau", "Sumatra Utara"]
        message = refusal(frame)
        assert "line 2, column nama: 'Riau', but 11 is 'Aceh' and 'Riau' is 14" in message
        assert "line 3, column nama: 'Sumatra Utara', but 12 is 'Sumatera Utara'" in message
        assert "did you mean 'Sumatera Utara'?" in message

    def test_reports_every_failure_at_once(self) -> None:
        frame = frame_of("38").iloc[1:]
        frame.loc[1, "kode_kemendagri"] = "99"
        frame.loc[5, "nama"] = "Palembang"
        message = refusal(frame)
        assert message.count("\n  ") == 4  # 99, Palembang, and 11 and 12 missing
        assert "line 3, column kode_kemendagri: '99'" in message
        assert "line 7, column nama: 'Palembang'" in message

    def test_counts_lines_from_the_top_where_the_index_is_no_row_number(self) -> None:
        frame = frame_of("38").set_axis([f"p{i}" for i in range(38)])
        frame.loc["p3", "kode_kemendagri"] = "99"
        assert "line 5, column kode_kemendagri: '99'" in refusal(frame)

    @pytest.mark.parametrize("basis", ["33", "34", "37", "38"])
    def test_catches_the_codes_of_bps_by_name(self, basis: str) -> None:
        bps = PROVINCES.set_index("kode_kemendagri")["kode_bps"]
        frame = frame_of(basis).assign(kode_kemendagri=lambda f: f["kode_kemendagri"].map(bps))
        message = refusal(frame, basis)
        assert "'94' is the BPS code of Papua; the Kemendagri code is '91'" in message
        assert "'91' is the BPS code of Papua Barat; the Kemendagri code is '92'" in message
        assert "missing" not in message  # the swap explains it all
        assert "Regions.to_kemendagri" in message

    @pytest.mark.parametrize("basis", ["33", "34", "37", "38"])
    def test_catches_the_codes_of_bps_without_names(self, basis: str) -> None:
        bps = PROVINCES.set_index("kode_kemendagri")["kode_bps"]
        codes = frame_of(basis)["kode_kemendagri"].map(bps)
        assert "codes of BPS" in refusal(codes.to_frame("kode_kemendagri"), basis)

    def test_catches_two_swapped_rows_of_one_system(self) -> None:
        frame = frame_of("34")
        papua = frame["kode_kemendagri"].isin(["91", "92"])
        frame.loc[papua, "nama"] = ["Papua Barat", "Papua"]
        message = refusal(frame, "34")
        assert "'91' is the BPS code of Papua Barat; the Kemendagri code is '92'" in message
        assert "'Papua', but 92 is 'Papua Barat' and 'Papua' is 91" in message


class TestToKemendagri:
    @pytest.mark.parametrize("column", ["kode_bps", "kode_kemendagri"])
    def test_mends_a_frame_in_bps_codes(self, column: str) -> None:
        frame = PROVINCES[["kode_bps", "nama"]].rename(columns={"kode_bps": column})
        mended = REGIONS.to_kemendagri(frame, column=column)
        REGIONS.check(mended, "38", what="pns.csv")
        assert set(mended) == {"kode_kemendagri", "nama"}

    def test_refuses_an_unknown_code(self) -> None:
        with pytest.raises(DataError, match=r"Column kode_bps: '93' is no BPS code"):
            REGIONS.to_kemendagri(pd.DataFrame({"kode_bps": ["11", "93"]}))


class TestMerge:
    @settings(max_examples=30, derandomize=True)
    @given(
        st.sampled_from(["34", "37", "38"]),
        st.sampled_from(["33", "34", "37", "38"]),
        st.lists(st.integers(0, 10**9), min_size=38, max_size=38),
    )
    def test_conserves_totals_and_groups(self, basis: str, to: str, counts: list[int]) -> None:
        if int(to) > int(basis):
            basis, to = to, basis
        frame = frame_of(basis)
        frame["pns"] = pd.array(counts[: len(frame)], dtype="Int64")
        merged = REGIONS.merge(frame, basis, to, sums=["pns"], what="pns.csv")["pns"]
        assert set(merged.index) == REGIONS.codes(to)
        assert merged.sum() == frame["pns"].sum()
        alone = REGIONS.names(to, merged="")[lambda names: names != ""].index
        before = frame.set_index("kode_kemendagri")["pns"]
        assert merged[alone].equals(before[alone])

    def test_adds_a_new_province_to_the_one_it_left(self) -> None:
        frame = frame_of("38").assign(pns=np.arange(38))
        one = frame.set_index("kode_kemendagri")["pns"]
        merged = REGIONS.merge(frame, "38", "33", sums=["pns"], what="pns.csv")["pns"]
        assert merged["64"] == one["64"] + one["65"]
        assert merged["91"] == one[["91", "93", "94", "95"]].sum()
        assert merged["92"] == one["92"] + one["96"]

    def test_goes_through_an_intermediate_basis(self) -> None:
        frame = frame_of("38").assign(pns=np.arange(38))
        half = REGIONS.merge(frame, "38", "34", sums=["pns"], what="pns.csv").reset_index()
        twice = REGIONS.merge(half, "34", "33", sums=["pns"], what="pns.csv")
        once = REGIONS.merge(frame, "38", "33", sums=["pns"], what="pns.csv")
        pd.testing.assert_frame_equal(once, twice)

    def test_never_splits(self) -> None:
        frame = frame_of("34").assign(pns=1)
        with pytest.raises(DataError, match="never split") as caught:
            REGIONS.merge(frame, "34", "38", sums=["pns"], what="pns.csv")
        assert "pns.csv is on 34 provinces and cannot be brought to 38" in str(caught.value)
        assert "Choose the basis 33 or 34." in str(caught.value)

    def test_takes_no_missing_count_for_zero(self) -> None:
        frame = frame_of("38").assign(pns=pd.array([1] * 38, dtype="Int64"))
        frame.loc[[2, 23], "pns"] = pd.NA
        with pytest.raises(DataError, match=r"column pns: 13, 65") as caught:
            REGIONS.merge(frame, "38", "33", sums=["pns"], what="pns.csv")
        assert "never zero" in str(caught.value)

    def test_checks_the_frame_first(self) -> None:
        frame = frame_of("38").iloc[1:].assign(pns=1)
        with pytest.raises(DataError, match=r"'11' \(Aceh\) is missing"):
            REGIONS.merge(frame, "38", "33", sums=["pns"], what="pns.csv")


class TestConstruction:
    def test_finds_repeated_provinces_and_impossible_splits(self) -> None:
        provinces = pd.concat([PROVINCES, PROVINCES.iloc[[0]]])
        splits = pd.DataFrame(
            {
                "kode_baru": ["93", "91", "98"],
                "kode_induk": ["91", "93", "64"],
                "tanggal": pd.to_datetime(["2012-11-16", "2022-07-25", "2022-07-25"]),
            }
        )
        with pytest.raises(DataError) as caught:
            Regions(provinces, splits)
        message = str(caught.value)
        assert "provinsi, column kode_kemendagri: '11' appears more than once" in message
        assert "pemekaran, column kode_baru: '98' is not in provinsi" in message
        assert "'93' came out of '91', which is not older" in message
        assert "Correct provinsi.csv or pemekaran.csv" in message

    def test_finds_a_missing_column(self) -> None:
        with pytest.raises(DataError, match="provinsi: column kode_bps is missing"):
            Regions(PROVINCES.drop(columns="kode_bps"), SPLITS)
