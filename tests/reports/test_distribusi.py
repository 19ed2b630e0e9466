"""What report 01 says, also of provinces that no table has."""

import datetime as dt

import pandas as pd
import pytest

from analysis import inequality
from analysis.reports import common
from analysis.reports.distribusi import findings, pairs
from analysis.reports.distribusi.findings import FINDINGS
from analysis.reports.wording import Words

DATE = dt.date(2023, 12, 31)


def provinces(staff, people, islands):
    frame = pd.DataFrame({"pns": staff, "penduduk": people, "pulau": islands})
    frame["nama"] = [f"P{n}" for n in range(len(frame))]
    frame["rasio"] = 1000 * frame["pns"] / frame["penduduk"]
    overall = frame["pns"].sum() / frame["penduduk"].sum()
    return frame.assign(lq=frame["rasio"] / 1000 / overall)


EVEN = provinces([10, 20, 30], [1000, 2000, 3000], ["Jawa", "Jawa", "Papua"])
ONE = provinces([10], [1000], ["Jawa"])
EMPTY = provinces([0, 30, 30], [1000, 1000, 2000], ["Jawa", "Jawa", "Papua"])
UNEVEN = provinces([10, 50, 40], [4000, 5000, 1000], ["Jawa", "Jawa", "Papua"])


def spoken(frame, language="id"):
    """Every sentence of the report on some provinces, by group."""
    say = Words.of("distribusi", language, FINDINGS)
    sample = frame["rasio"], frame["pulau"], frame["penduduk"]
    curve = inequality.lorenz_curve(frame["rasio"], frame["penduduk"])
    hoover = inequality.hoover(frame["rasio"], frame["penduduk"])
    parts = findings.islands(
        inequality.entropy_by_subgroup(*sample), inequality.dagum_by_subgroup(*sample), DATE
    )
    found = {
        "summary": findings.summary(frame, curve, hoover, DATE),
        "ranking": findings.ranking(frame, DATE),
        "islands": parts,
        "quotients": findings.quotients(frame, DATE),
    }
    say.key_figures(findings.key(frame, 0.1, hoover, DATE))
    said = {group: " ".join(say.lines(f"{group}.text", each)) for group, each in found.items()}
    return said | {"lorenz": say.line("lorenz.alt", findings.lorenz(curve, DATE))}


def compared(frame, language="id"):
    """What the reader of the page can compare."""
    overall = frame["pns"].sum() / frame["penduduk"].sum()
    frame = frame.assign(selisih=frame["pns"] - overall * frame["penduduk"])
    say = Words.of("distribusi", language, FINDINGS)
    return pairs.comparer(frame, DATE, say).data, pairs.ends(frame, DATE)


class TestPairs:
    def test_every_pair_has_a_sentence_with_the_higher_ratio_first(self):
        data, start = compared(UNEVEN)
        assert data["names"] == ["P0", "P1", "P2"]
        firsts = [said.partition(" ")[0] for said in data["said"]]
        assert firsts == ["P1", "P2", "P2"]
        assert (
            "P2 memiliki 40,0 PNS per 1.000 penduduk (urutan 1), 16,00 kali rasio P0 (2,5; "
            in (data["said"][1])
        )
        assert (data["start"], start.high.name, start.low.name) == ((2, 0), "P2", "P0")
        assert data["first"] == data["said"][1]

    def test_values_stand_beside_their_names(self):
        rows = dict(compared(UNEVEN)[0]["rows"])
        assert rows["PNS"] == ["10", "50", "40"]
        assert rows["PNS per 1.000 penduduk"] == ["2,50", "10,00", "40,00"]
        assert rows["Urutan, dari rasio tertinggi"] == ["3", "2", "1"]

    def test_each_province_has_its_step_of_the_curve_and_its_bar(self):
        data, _ = compared(UNEVEN)
        left, right, top, bottom = data["curve_frame"]
        first, second, third = data["steps"]
        assert (first[:2], third[2:]) == ((left, bottom), (right, top))
        assert (first[2:], second[2:]) == (second[:2], third[:2])
        # 4,000 of 10,000 people, 10 of 100 PNS
        assert first[2] == pytest.approx(left + 0.4 * (right - left), abs=0.1)
        assert first[3] == pytest.approx(bottom - 0.1 * (bottom - top), abs=0.1)
        assert [bar[2] for bar in data["bars"]] == ["start", "middle", "end"]
        assert data["bars"][2][1] == data["bars_frame"][2]

    def test_even_and_empty_provinces_have_no_factor(self):
        assert all("sama-sama" in said for said in compared(EVEN)[0]["said"])
        assert "di P0 (urutan 3) tidak ada PNS." in compared(EMPTY)[0]["first"]
        assert "there are none." in compared(EMPTY, "en")[0]["first"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("frame", [EVEN, ONE, EMPTY, UNEVEN])
def test_there_are_words_for_every_spread(frame, language):
    assert all(spoken(frame, language).values())


def test_an_even_spread_is_called_even():
    said = spoken(EVEN)
    assert said["summary"].endswith(
        "semua provinsi memiliki rasio PNS terhadap penduduk yang sama."
    )
    assert said["ranking"].startswith("Tidak ada provinsi yang berada di bawah rasio seluruh")
    assert "berimpit dengan diagonal" in said["lorenz"]
    assert said["islands"] == "Persebaran merata sempurna: tidak ada ketimpangan yang dapat diurai."


def test_a_province_without_staff_has_no_ratio_over_it():
    assert "Di P0 tidak ada PNS, sedangkan P1 memiliki 30,0" in spoken(EMPTY)["summary"]
    assert findings.key(EMPTY, 0.5, 0.5, DATE).factor is None


def test_many_staff_do_not_mean_a_high_ratio_only_where_they_do_not():
    assert "60,0% PNS tetapi 90,0% penduduk" in spoken(UNEVEN)["ranking"]
    dense = UNEVEN.assign(pns=[60, 30, 10], penduduk=[1000, 1000, 8000])
    dense["rasio"] = 1000 * dense["pns"] / dense["penduduk"]
    assert "90,0% PNS dan 20,0% penduduk." in spoken(dense)["ranking"]


def test_a_single_group_is_not_compared_with_itself():
    assert spoken(ONE)["quotients"] == "Hanya ada satu kelompok pulau, Jawa."


class TestCentralStaff:
    TABLE = pd.DataFrame(
        {
            "tanggal": pd.to_datetime(["2023-06-30", "2023-06-30"]),
            "kode_kemendagri": ["11", "31"],
            "nama": ["Aceh", "DKI Jakarta"],
            "pusat": [34637, 192592],
            "total": [154966, 245446],
        }
    )

    def said(self, date, codes=("11", "31", "91")):
        found = common.central_staff(self.TABLE, codes, date)
        return Words.of("distribusi", "id", FINDINGS)("central_staff", found).markdown

    def test_are_told_where_they_are_most(self):
        said = self.said(DATE)
        assert "Di DKI Jakarta, 192.592 dari 245.446 ASN (78%) pada 30 Juni 2023" in said
        assert "diketahui untuk 2 dari 3 provinsi" in said

    def test_of_2023_are_not_told_of_2014(self):
        said = self.said(dt.date(2014, 12, 31))
        assert "192.592" not in said
        assert "31 Desember 2014 tidak tersedia" in said

    def test_of_provinces_outside_the_report_are_not_told(self):
        assert "Jakarta" not in self.said(DATE, codes=("11", "91"))


class TestPopulation:
    TABLE = pd.DataFrame(
        {
            "tanggal": pd.to_datetime(["2010-05-15", "2020-09-15", "2024-12-31"]),
            "jenis": ["sensus", "sensus", "registrasi"],
        }
    )

    @pytest.mark.parametrize(
        ("date", "kind", "words"),
        [
            ("2014-12-31", "sensus", "antara sensus 15 Mei 2010 dan sensus 15 September 2020."),
            ("2020-09-15", "sensus", "hasil sensus pada tanggal data PNS."),
            ("2023-12-31", "registrasi", "terdaftar pada 31 Desember 2024."),
            ("2024-12-31", "registrasi", "penduduk terdaftar pada tanggal data PNS."),
            ("2023-12-31", "gabungan", "terdaftar 31 Desember 2024. Definisi penduduk keduanya"),
        ],
    )
    def test_is_told_with_its_counts(self, date, kind, words):
        found = common.population(self.TABLE, dt.date.fromisoformat(date), kind)
        assert words in Words.of("distribusi", "id", FINDINGS)("population", found).markdown


def test_raw_tables_of_which_no_row_is_read_are_no_sources():
    whole = {table.file for table in common.sources({"pns_provinsi": None}).tables}
    one = sorted(whole)[0]
    named = one.removesuffix(".csv")
    found = {t.file for t in common.sources({"pns_provinsi": None}, without=[named]).tables}
    assert found == whole - {one}


def test_sources_are_those_of_the_dates_that_were_read():
    files = [
        table.file for table in common.sources({"pns_provinsi": [dt.date(2014, 12, 31)]}).tables
    ]
    assert "pns_provinsi_2014.csv" in files
    assert "pns_provinsi_2023.csv" not in files
