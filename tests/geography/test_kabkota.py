import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.geography.kabkota import Kabkota
from analysis.geography.regions import Regions
from analysis.paths import RAW


def raw(name: str) -> pd.DataFrame:
    return pd.read_csv(RAW / f"{name}.csv", dtype=str)


REGIONS = Regions(raw("provinsi"), raw("pemekaran"))
KABKOTA = Kabkota(raw("kabkota"), raw("kabkota_nama_lain"), REGIONS)
PLACES = KABKOTA.places[["kode_kemendagri", "nama"]]
DOCTORS = raw("dokter_kabkota_2020")
WEST_SUMATRA = PLACES[PLACES["kode_kemendagri"].str.startswith("13.")].reset_index(drop=True)


def refusal(frame: pd.DataFrame, provinces: list[str] | None = None, without: str = "") -> str:
    missing = [without] if without else []
    with pytest.raises(DataError) as caught:
        KABKOTA.check(frame, what="dokter.csv", provinces=provinces, without=missing)
    return str(caught.value)


def unnamed(frame: pd.DataFrame, provinces: list[str] | None = None, without: str = "") -> str:
    missing = [without] if without else []
    with pytest.raises(DataError) as caught:
        KABKOTA.identify(frame, what="dokter.csv", provinces=provinces, without=missing)
    return str(caught.value)


def renamed(old: str, new: str, column: str = "nama") -> pd.DataFrame:
    assert old in set(WEST_SUMATRA[column])
    return WEST_SUMATRA.replace({column: {old: new}})


class TestCodes:
    def test_are_those_of_the_country_or_of_provinces(self) -> None:
        assert len(KABKOTA.codes()) == 514
        assert len(KABKOTA.codes(["13"])) == 19
        assert len(KABKOTA.codes(["13", "14"], without=["13.72"])) == 30

    @pytest.mark.parametrize("province", ["99", "1", "Aceh", "13.01"])
    def test_an_unknown_province_is_refused(self, province: str) -> None:
        with pytest.raises(DataError, match=r"is no Kemendagri code of a province \(two"):
            KABKOTA.codes([province])

    @pytest.mark.parametrize("code", ["12.71", "13.99", "Kota Solok"])
    def test_what_is_not_there_cannot_be_left_out(self, code: str) -> None:
        with pytest.raises(DataError, match="it is no kabupaten or kota of Sumatera Barat"):
            KABKOTA.codes(["13"], without=[code])


class TestCheck:
    def test_accepts_every_place_in_any_order(self) -> None:
        KABKOTA.check(PLACES.iloc[::-1], what="dokter.csv")
        KABKOTA.check(PLACES[["kode_kemendagri"]], what="dokter.csv")
        KABKOTA.check(WEST_SUMATRA, what="dokter.csv", provinces=["13"])

    def test_accepts_the_names_of_another_source_beside_the_codes(self) -> None:
        named = DOCTORS[["kode_kemendagri", "nama_sumber"]]
        KABKOTA.check(named.rename(columns={"nama_sumber": "nama"}), what="dokter.csv")

    def test_513_are_not_514(self) -> None:
        message = refusal(PLACES[PLACES["kode_kemendagri"] != "13.72"])
        assert "does not have each of the 514 kabupaten and kota of the country" in message
        assert "'13.72' (Kota Solok) is missing" in message

    def test_a_place_twice_is_found_with_both_lines(self) -> None:
        message = refusal(pd.concat([PLACES, PLACES.iloc[[3]]], ignore_index=True))
        lines = re.findall(r"line (\d+), column kode_kemendagri: '11.04' appears more", message)
        assert lines == ["5", "516"]

    def test_a_code_that_lost_its_last_zero_is_not_another_place(self) -> None:
        message = refusal(PLACES.replace({"kode_kemendagri": {"11.10": "11.1"}}))
        assert "'11.1' lost a zero" in message
        assert "'11.10' (Kabupaten Aceh Singkil) is meant" in message
        assert message.count("\n  ") == 1

    def test_the_name_tells_which_zero_was_lost(self) -> None:
        frame = PLACES.replace({"kode_kemendagri": {"11.01": "11.1"}})
        assert "'11.01' (Kabupaten Aceh Selatan) is meant" in refusal(frame)

    def test_codes_that_are_numbers_are_refused(self) -> None:
        message = refusal(PLACES.astype({"kode_kemendagri": float}))
        assert "line 11, column kode_kemendagri: 11.1 is a number" in message
        assert "'11.10' (Kabupaten Aceh Singkil) is meant" in message
        assert "and 494 more" in message

    def test_a_unit_of_another_province_is_refused(self) -> None:
        frame = pd.concat([WEST_SUMATRA, PLACES[PLACES["nama"] == "Kota Medan"]])
        message = refusal(frame.reset_index(drop=True), ["13"])
        assert "'12.71' (Kota Medan) is not one of the 19 kabupaten and kota of" in message

    def test_a_province_that_is_missing_is_told_as_one(self) -> None:
        message = refusal(WEST_SUMATRA, ["13", "14"])
        assert "all of Riau (14), 12, is missing" in message
        assert "--coverage" in message

    def test_a_place_said_to_be_missing_must_be(self) -> None:
        message = refusal(WEST_SUMATRA, ["13"], without="13.72")
        assert "(Kota Solok) is not one of the 18 kabupaten and kota of Sumatera Barat" in message

    def test_codes_of_bps_in_papua_are_told_by_the_names(self) -> None:
        west = PLACES[PLACES["kode_kemendagri"].str.startswith("92.")].reset_index(drop=True)
        codes = "91" + west["kode_kemendagri"].str[2:]
        message = refusal(west.assign(kode_kemendagri=codes), ["92"])
        assert "'91.02' starts with the BPS code of Papua Barat, which is 92" in message
        assert "'92.02' (Kabupaten Manokwari) is meant" in message
        assert message.count("\n  ") == len(west)

    def test_codes_of_bps_in_papua_are_suspected_without_names(self) -> None:
        frame = pd.DataFrame({"kode_kemendagri": ["91.02"]})
        assert "91 is Papua for Kemendagri, Papua Barat for BPS" in refusal(frame, ["92"])

    def test_codes_of_bps_elsewhere_are_told_by_the_names(self) -> None:
        # For BPS, Aceh Selatan is 1103 and Simeulue 1101.
        frame = PLACES.replace({"kode_kemendagri": {"11.01": "1103", "11.09": "11.01"}})
        message = refusal(frame)
        assert "'1103' is no Kemendagri code" in message
        assert "by its name '11.01' (Kabupaten Aceh Selatan) is meant" in message
        assert "'Kabupaten Simeulue', but 11.01 is 'Kabupaten Aceh Selatan'" in message

    def test_a_code_that_lost_its_dot_is_told_by_its_name(self) -> None:
        frame = WEST_SUMATRA.replace({"kode_kemendagri": {"13.71": "1371"}})
        assert "'1371' lost its dot: '13.71' (Kota Padang) is meant" in refusal(frame, ["13"])


class TestIdentify:
    """A table that names kabupaten and kota, as most official ones do."""

    def test_names_of_a_ministry_are_found_with_their_kind(self) -> None:
        kinds = KABKOTA.places.set_index("kode_kemendagri")["jenis"]
        frame = DOCTORS[["nama_sumber"]].set_axis(["nama"], axis=1)
        frame["jenis"] = DOCTORS["kode_kemendagri"].map(kinds)
        found = KABKOTA.identify(frame, what="dokter.csv")
        assert found.tolist() == DOCTORS["kode_kemendagri"].tolist()

    def test_without_it_every_name_of_two_places_is_refused_with_both(self) -> None:
        frame = DOCTORS[["nama_sumber"]].set_axis(["nama"], axis=1)
        message = unnamed(frame)
        assert "'BANDUNG' may be 32.04 (Kabupaten Bandung) or 32.73 (Kota Bandung)" in message
        assert message.count(" may be ") == 20
        assert "and 6 more" in message

    def test_a_name_is_looked_for_in_the_provinces_covered(self) -> None:
        south = PLACES[PLACES["kode_kemendagri"].str.startswith("63.")].reset_index(drop=True)
        frame = south[["nama"]].replace({"nama": {"Kabupaten Banjar": "BANJAR"}})
        assert "Kota Banjar" in set(PLACES["nama"])  # of Jawa Barat
        found = KABKOTA.identify(frame, what="guru.csv", provinces=["63"])
        assert found.tolist() == south["kode_kemendagri"].tolist()

    def test_18_of_19_name_the_one_that_is_missing(self) -> None:
        frame = WEST_SUMATRA[WEST_SUMATRA["nama"] != "Kota Solok"].reset_index(drop=True)
        message = unnamed(frame[["nama"]], ["13"])
        assert message.count("\n  ") == 1
        assert "'13.72' (Kota Solok) is missing" in message
        assert "--without" in message
        found = KABKOTA.identify(frame, what="x", provinces=["13"], without=["13.72"])
        assert len(found) == 18

    def test_what_is_missing_does_not_settle_which_of_two_is_there(self) -> None:
        frame = renamed("Kabupaten Solok", "Solok").query("nama != 'Kota Solok'")
        message = unnamed(frame, ["13"], without="13.72")
        assert "'Solok' may be 13.02 (Kabupaten Solok) or 13.72 (Kota Solok)" in message

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("Kabupaten Agam", "Kab. Pasaman", "all are 13.08 (Kabupaten Pasaman)"),
            ("Kabupaten Agam", "Kota Medan", "is 12.71 (Kota Medan), which is not one of them"),
            ("Kota Padang", "Kota Padangg", "the name of none; did you mean 'Kota Padang'?"),
            ("Kota Padang", "Sumatera Barat", "leave rows of provinces and totals out"),
            ("Kota Padang", "Provinsi Sumatera Barat", "leave rows of provinces and totals out"),
            ("Kota Padang", "JUMLAH/TOTAL", "leave rows of provinces and totals out"),
            ("Kota Padang", "Kota Administrasi Padang", "is the name of none"),
            ("Kota Padang", "Padang Kota", "is the name of none"),
            ("Kota Padang", "Kota", "is the name of none"),
        ],
    )
    def test_a_name_that_does_not_fit_is_refused(self, old: str, new: str, says: str) -> None:
        message = unnamed(renamed(old, new), ["13"])
        assert f"{new!r}" in message or "lines" in message
        assert says in message

    def test_a_kind_that_the_name_does_not_have_is_refused(self) -> None:
        frame = WEST_SUMATRA.assign(jenis=KABKOTA.places["jenis"])
        frame["jenis"] = ["kabupaten"] * 12 + ["kota"] * 7
        KABKOTA.identify(frame, what="x", provinces=["13"])
        frame.loc[frame["nama"] == "Kota Padang", "jenis"] = "kabupaten"
        message = unnamed(frame, ["13"])
        assert "'Kota Padang' is no kabupaten: the name is that of 13.71 (Kota Padang)" in message

    @given(data=st.data())
    @settings(max_examples=200)
    def test_a_name_with_its_kind_means_its_place_however_it_is_written(
        self, data: st.DataObject
    ) -> None:
        code, name = data.draw(st.sampled_from(list(PLACES.itertuples(index=False, name=None))))
        kind, bare = name.split(" ", 1)
        kinds = {"Kabupaten": ["KAB.", "Kab", "kabupaten"], "Kota": ["KOTA", "Kota "]}
        if bare.startswith("Administrasi "):
            bare = data.draw(st.sampled_from([bare, bare[13:], f"Adm. {bare[13:]}"]))
        glue = data.draw(st.sampled_from([" ", "  ", "-", "\N{NO-BREAK SPACE}", ". "]))
        case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
        written = f"{data.draw(st.sampled_from(kinds[kind]))}{glue}{case(bare)}"
        assert KABKOTA.book.index.meant(written) == {code}
        assert code in KABKOTA.book.index.meant(case(bare).replace(" ", glue))

    def test_a_name_with_a_letter_less_means_no_other_place(self) -> None:
        meant = KABKOTA.book.index.meant
        names = set(PLACES["nama"])
        shortened = [(n, n[:at] + n[at + 1 :]) for n in names for at in range(len(n))]
        # Bandung without its first n is Badung, which is written so.
        taken = {short for name, short in shortened if not meant(short) <= meant(name)}
        assert taken == {"Kabupaten Badung"}

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("TOBA SAMOSIR", "Kabupaten Toba"),
            ("Kab. Maluku Tenggara Barat", "Kabupaten Kepulauan Tanimbar"),
            ("MAHAKAM HULU", "Kabupaten Mahakam Ulu"),
            ("Siau Tagulandang Biaro", "Kabupaten Kep. Siau Tagulandang Biaro"),
            ("Kepulauan Siau Tagulandang Biaro", "Kabupaten Kep. Siau Tagulandang Biaro"),
            ("Mamuju Utara", "Kabupaten Pasangkayu"),
            ("Kota Baru", "Kabupaten Kotabaru"),
            ("Jakarta Pusat", "Kota Administrasi Jakarta Pusat"),
            ("Adm. Kepulauan Seribu", "Kabupaten Administrasi Kepulauan Seribu"),
        ],
    )
    def test_known_other_names(self, written: str, name: str) -> None:
        meant = KABKOTA.book.index.meant(written)
        assert {KABKOTA.book.names[code] for code in meant} == {name}


class TestContradictions:
    """Tables of places that cannot be true are refused before anything is held to them."""

    @pytest.mark.parametrize(
        ("column", "value", "says"),
        [
            ("kode_provinsi", "99", "kabkota, 11.01, column kode_provinsi: '99' is not in"),
            ("kode_provinsi", "12", "column kode_kemendagri: expected 12.KK"),
            ("jenis", "kota", "'Kabupaten Aceh Selatan' does not start with its kind, 'kota'"),
            ("nama", "Kabupaten Aceh Timur", "'Kabupaten Aceh Timur' appears more than once"),
            ("kode_kemendagri", "11.02", "'11.02' appears more than once"),
        ],
    )
    def test_of_the_places(self, column: str, value: str, says: str) -> None:
        places = KABKOTA.places.copy()
        places.loc[0, column] = value
        with pytest.raises(DataError, match="contradict themselves") as caught:
            Kabkota(places, KABKOTA.aliases, REGIONS)
        assert says in str(caught.value)

    @pytest.mark.parametrize(
        ("code", "alias", "says"),
        [
            ("99.99", "Kabupaten Antah", "'99.99' is not in kabkota"),
            ("12.12", "Tobasa", "'Tobasa': write it with its kind"),
            ("12.12", "Kabupaten Agam", "the name is that of 12.12 (Kabupaten Toba) and 13.06"),
        ],
    )
    def test_of_the_aliases(self, code: str, alias: str, says: str) -> None:
        aliases = pd.DataFrame({"kode_kemendagri": [code], "nama_lain": [alias]})
        with pytest.raises(DataError) as caught:
            Kabkota(KABKOTA.places, aliases, REGIONS)
        assert says in str(caught.value)

    def test_a_column_that_is_missing(self) -> None:
        with pytest.raises(DataError, match="kabkota_nama_lain: column nama_lain is missing"):
            Kabkota(KABKOTA.places, KABKOTA.aliases[["kode_kemendagri"]], REGIONS)
