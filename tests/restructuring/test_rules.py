"""Rules are rows of a table: refused with their names where they make no sense."""

import datetime as dt
import re

import pandas as pd
import pytest
from random_organisations import rules_on

from analysis.datasets import read_table
from analysis.datasets.processed import PROCESSED_TABLES
from analysis.errors import DataError, ParameterError
from analysis.restructuring import Rules, requirements

DAY = dt.date(2021, 12, 31)
AGES = read_table("batas_usia_pensiun")


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return read_table("aturan_penyederhanaan")


def changed(table: pd.DataFrame, code: str, **values: object) -> pd.DataFrame:
    found = table.astype(object)
    for column, value in values.items():
        found.loc[found["kode"] == code, column] = value
    return found


def added(table: pd.DataFrame, like: str, code: str, **values: object) -> pd.DataFrame:
    row = table.astype(object)[table["kode"] == like].assign(kode=code, **values)
    return pd.concat([table.astype(object), row], ignore_index=True)


def test_the_shipped_rules_say_what_they_rest_on(table):
    assert PROCESSED_TABLES["aturan_penyederhanaan"].tables == ("aturan_penyederhanaan",)
    frame = Rules.from_frame(table, AGES, DAY).to_frame()
    assert frame[["basis", "verification", "source", "start"]].notna().all().all()
    assert set(frame["verification"]) == {"V1", "V2", "U"}


def test_the_day_and_the_reading_choose_the_rules(table):
    early, late = (Rules.from_frame(table, AGES, day) for day in (dt.date(2020, 1, 1), DAY))
    assert {r.code for r in early.of("bersyarat")} == {
        "pendidikan_2019",
        "pendidikan_madya_2019",
    }
    assert {r.code for r in late.of("bersyarat", "tidak_setara")} == {
        "pendidikan_uji",
        "pendidikan_madya",
    }
    assert [r.code for r in late.other_readings] == ["pendidikan_tidak"]
    other = Rules.from_frame(table, AGES, DAY, reading="tidak disetarakan")
    assert {r.code for r in other.of("bersyarat", "tidak_setara")} == {
        "pendidikan_tidak",
        "pendidikan_madya",
    }
    assert late.number("kelebihan_umur") == 50
    assert early.number("penghasilan") is None


def test_requirements_are_those_of_both_regimes_and_readings(table):
    found = requirements(Rules.from_frame(table, AGES, DAY)).set_index("rule")
    asked = found.loc[found["action"].isin(["bersyarat", "tidak_setara"])]
    assert asked["holds"].to_dict() == {
        "pendidikan_2019": False,
        "pendidikan_madya_2019": False,
        "pendidikan_uji": True,
        "pendidikan_madya": True,
        "pendidikan_tidak": True,
    }
    assert asked.loc["pendidikan_madya", ["level", "value", "largest"]].tolist() == [
        "ahli madya",
        45,
        4,
    ]
    assert asked.loc["pendidikan_2019", ["value", "largest"]].tolist() == [35, 3]
    credit = found[found["action"] == "angka_kredit_tahunan"]
    assert credit["value"].tolist() == [12.5, 25, 37.5, 50]
    assert credit["verification"].tolist() == ["V2", "V1", "V2", "U"]
    assert not credit["holds"].any()  # the regime of 2023
    assert found["basis"].notna().all()


def test_a_rule_can_be_switched_off():
    rules = rules_on().without(["upt_daerah"])
    assert "upt_daerah" not in {rule.code for rule in rules.rules}
    with pytest.raises(ParameterError, match="upt is no rule that holds on 2021-12-31"):
        rules_on().without(["upt"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.assign(prioritas=1), "unknown field prioritas"),
        (lambda t: t.drop(columns="eselon"), "missing field eselon"),
        (
            lambda t: t.rename(columns={"eselon": "esselon"}),
            "unknown field esselon and missing field eselon",
        ),
        (
            lambda t: added(t, "setara_pengawas", "setara_lain", hasil="ahli madya"),
            "setara_pengawas (setara ahli muda) and setara_lain (setara ahli madya) contradict",
        ),
        (
            lambda t: added(t, "bubar_kabkota_iv", "simpan", tindakan="kecuali"),
            "bubar_kabkota_iv (bubar) and simpan (kecuali) contradict",
        ),
        (
            lambda t: added(t, "uang_tunggu", "uang_tunggu_lain", nilai=3),
            "uang_tunggu (uang_tunggu 5) and uang_tunggu_lain (uang_tunggu 3) contradict",
        ),
        (
            lambda t: changed(t, "pendidikan_tidak", tafsir="uji kompetensi"),
            "pendidikan_uji (bersyarat 35) and pendidikan_tidak (tidak_setara 35) contradict",
        ),
        (lambda t: changed(t, "upt_daerah", dasar=None), "rule upt_daerah: dasar is empty"),
        (
            lambda t: changed(t, "upt_daerah", tindakan="lebur"),
            "rule upt_daerah: no tindakan 'lebur' in tahap 'struktur'",
        ),
        (
            lambda t: changed(t, "upt_daerah", jenis_instansi="provinsi|kota"),
            "rule upt_daerah: jenis_instansi kota is none of pusat, provinsi, kabkota",
        ),
        (lambda t: changed(t, "setara_pengawas", hasil=None), "setara_pengawas: hasil is empty"),
        (
            lambda t: changed(t, "setara_pengawas", hasil="ahli mudah"),
            "setara_pengawas: jenjang ahli mudah is none of",
        ),
        (lambda t: changed(t, "uang_tunggu", nilai=None), "rule uang_tunggu: nilai is empty"),
        (
            lambda t: changed(t, "uang_tunggu", nilai="enam"),
            "uang_tunggu: nilai is 'enam', which is no",
        ),
        (
            lambda t: changed(t, "upt_daerah", berlaku_sampai=dt.date(2020, 1, 1)),
            "upt_daerah: it ends on 2020-01-01, before it begins on 2021-04-22",
        ),
        (
            lambda t: changed(t, "upt_daerah", berlaku_mulai="besok"),
            "upt_daerah: berlaku_mulai is 'besok', which is no date",
        ),
        (lambda t: changed(t, "upt_daerah", verifikasi="V9"), "upt_daerah: verifikasi is 'V9'"),
        (
            lambda t: changed(t, "upt_daerah", kode="uang_tunggu"),
            "uang_tunggu occurs more than once",
        ),
    ],
)
def test_rules_that_make_no_sense_are_refused(table, change, message):
    with pytest.raises(DataError, match=re.escape(message)):
        Rules.from_frame(change(table), AGES, DAY)


def test_rules_of_other_days_do_not_contradict(table):
    end = dt.date(2021, 6, 30)
    ended = changed(table, "setara_pengawas", berlaku_sampai=end)
    rules = added(
        ended,
        "setara_pengawas",
        "baru",
        hasil="ahli pertama",
        berlaku_mulai="2021-07-01",
        berlaku_sampai=None,
    )
    assert "baru" in {rule.code for rule in Rules.from_frame(rules, AGES, DAY).of("setara")}


def test_a_rule_that_is_not_used_contradicts_nothing(table):
    rules = added(table, "setara_pengawas", "lain", hasil="ahli madya", pakai="tidak")
    assert "lain" not in {rule.code for rule in Rules.from_frame(rules, AGES, DAY).rules}


def test_a_day_before_the_reform_and_an_unknown_reading_are_refused(table):
    with pytest.raises(ParameterError, match="no rule that dissolves units holds on 2015-01-01"):
        Rules.from_frame(table, AGES, dt.date(2015, 1, 1))
    with pytest.raises(ParameterError, match="'lain' is none of tidak disetarakan, uji kompetensi"):
        Rules.from_frame(table, AGES, DAY, reading="lain")
