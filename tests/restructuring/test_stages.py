"""What the three stages do to a small kabupaten, unit by unit, post by post."""

import datetime as dt
import re

import pandas as pd
import pytest
from random_organisations import rules_on

from analysis.errors import DataError
from analysis.restructuring import Organisation, restructure, simplify_units

UNITS = pd.DataFrame(
    [
        ("setda", None, "II.a", "sekretariat daerah", "Sekretariat Daerah"),
        ("umum", "setda", "III.a", "bagian", "Bagian Umum"),
        ("tu", "umum", "IV.a", "subbagian", "Subbagian Tata Usaha"),
        ("rt", "umum", "IV.a", "subbagian", "Subbagian Rumah Tangga"),
        ("dinas", None, "II.b", "dinas", "Dinas Sosial"),
        ("sekre", "dinas", "III.a", "sekretariat", "Sekretariat"),
        ("keu", "sekre", "IV.a", "subbagian", "Subbagian Keuangan"),
        ("bid", "dinas", "III.b", "bidang", "Bidang Rehabilitasi Sosial"),
        ("anak", "bid", "IV.a", "seksi", "Seksi Rehabilitasi Sosial Anak"),
        ("data", "bid", "IV.a", "seksi", "Seksi Data"),
        ("upt", "bid", "IV.a", "uptd", "UPTD Panti"),
        ("lama", "data", "V.a", "urusan", "Urusan Arsip"),
        ("camat", None, "III.a", "kecamatan", "Kecamatan Utara"),
        ("trantib", "camat", "IV.a", "seksi", "Seksi Ketenteraman"),
    ],
    columns=["unit", "parent", "eselon", "kind", "name"],
).assign(agency="Kabupaten A", agency_kind="kabkota", province="11")
POSTS = pd.DataFrame(
    [
        *[
            (u, u, "struktural", f"Kepala {n}", e, None, k)
            for u, n, e, k in zip(
                UNITS["unit"], UNITS["name"], UNITS["eselon"], range(20, 6, -1), strict=True
            )
        ],
        ("j1", "bid", "pelaksana", "Pengolah Data", None, None, 7),
        ("j2", "anak", "pelaksana", "Pengolah Data", None, None, 7),
        ("j3", "data", "pelaksana", "Pengolah Data", None, None, 7),
        ("j4", "data", "fungsional", "Statistisi Ahli Muda", None, "ahli muda", 9),
        ("j5", "rt", "pelaksana", "Pramu Bakti", None, None, 3),
    ],
    columns=["post", "unit", "kind", "title", "eselon", "jenjang", "kelas"],
)
PEOPLE = pd.DataFrame(
    [
        *[(f"k-{u}", u, "40", "III/d", "1970-05-01") for u in UNITS["unit"] if u != "rt"],
        ("a", "j1", "40", "III/a", "1990-01-01"),
        ("b", "j2", "15", "II/a", "1990-01-01"),
        ("c", "j3", "15", "II/a", "1990-01-01"),
        ("d", "j4", "45", "III/c", "1980-01-01"),
    ],
    columns=["person", "post", "education", "golongan", "birth"],
)
PEOPLE.loc[PEOPLE["post"] == "data", ["education", "golongan"]] = ["30", "III/b"]
PEOPLE["birth"] = pd.to_datetime(PEOPLE["birth"])


def kabupaten(units: pd.DataFrame = UNITS) -> Organisation:
    return Organisation.from_frames(units, POSTS, PEOPLE)


@pytest.fixture(scope="module")
def found():
    return restructure(kabupaten(), rules_on())


def test_sections_dissolve_and_the_whitelist_stays(found):
    crosswalk = found.crosswalk().set_index("unit")
    gone = crosswalk[crosswalk["status"] == "dissolved"]
    assert gone["new_unit"].to_dict() == {"rt": "umum", "anak": "bid", "data": "bid", "lama": "bid"}
    assert gone["rule"].unique().tolist() == ["bubar_kabkota_iv", "bubar_kabkota_v"]
    exempt = crosswalk[crosswalk["status"] == "exempt"]
    assert exempt["rule"].to_dict() == {
        "umum": "tetap_administrator_kabkota",
        "tu": "tata_usaha_setda",
        "sekre": "tetap_administrator_kabkota",
        "keu": "sekretariat_daerah_opd",
        "bid": "tetap_administrator_kabkota",
        "upt": "upt_daerah",
        "camat": "tetap_administrator_kabkota",
        "trantib": "kecamatan_kelurahan",
    }
    assert found.after.parent[found.after.units.index.get_loc("upt")] == (
        found.after.units.index.get_loc("bid")
    )


def test_posts_close_merge_or_end_and_say_so(found):
    posts = found.posts().set_index("post")
    changed = posts[posts["status"] != "kept"]
    assert changed[["new_post", "status"]].fillna("").to_dict("index") == {
        "rt": {"new_post": "", "status": "ended"},  # nobody headed it
        "anak": {"new_post": "anak/JF", "status": "replaced"},
        "data": {"new_post": "data/JF", "status": "replaced"},
        "lama": {"new_post": "lama/JF", "status": "replaced"},
        "j2": {"new_post": "j1", "status": "merged"},
        "j3": {"new_post": "j1", "status": "merged"},
        "j4": {"new_post": "j4", "status": "moved"},
        "j5": {"new_post": "j5", "status": "moved"},
    }
    after = found.after.posts
    assert after.loc["j1", "seats"] == 3
    assert after["moved_from"].isna().all()


def test_officials_become_functional_by_echelon_and_task(found):
    details = found.details.set_index("person")
    assert details["level"].to_dict() == {
        "k-anak": "ahli muda",
        "k-data": "ahli muda",
        "k-lama": "ahli pertama",
    }
    assert details["family"].astype("str").fillna("").to_dict() == {
        "k-anak": "Pekerja Sosial",
        "k-data": "",
        "k-lama": "Arsiparis",
    }
    assert details["family_state"].to_dict()["k-data"] == "unmapped"
    assert found.after.posts.loc["anak/JF", "title"] == "Pekerja Sosial Ahli Muda"
    assert found.after.posts.loc["data/JF", "title"] == "Ahli Muda"
    # rank decides nothing, and is flagged
    assert details["rank"].to_dict() == {"k-anak": "within", "k-data": "below", "k-lama": "above"}


def test_both_outcomes_are_shown_where_sources_conflict(found):
    person = found.details.set_index("person").loc["k-data"]
    assert person["outcome"] == "conditional"
    assert person["rule"] == "pendidikan_uji"
    assert person["outcome: uji kompetensi"] == "conditional"
    assert person["outcome: tidak disetarakan"] == "unplaced"


@pytest.mark.parametrize(
    ("day", "education", "rule"),
    [
        (dt.date(2020, 6, 30), "40", "pendidikan_madya_2019"),
        (dt.date(2021, 7, 1), "40", "pendidikan_madya"),
        (dt.date(2021, 7, 1), "30", "pendidikan_uji"),
        (dt.date(2021, 7, 1), "45", "setara_administrator"),
    ],
)
def test_an_expert_of_the_third_level_needs_a_masters_degree(day, education, rule):
    units = UNITS.assign(agency_kind="pusat")
    units.loc[units["unit"] == "camat", ["exempt", "reason"]] = ["ya", "menurut keputusan"]
    people = PEOPLE.assign(education=education)
    found = restructure(Organisation.from_frames(units, POSTS, people), rules_on(day))
    details = found.details.set_index("level")
    assert set(details.loc[["ahli madya"], "rule"]) == {rule}
    # whoever gets a lower level is asked for a first degree only
    assert (details.loc[["ahli muda"], "outcome"] == "conditional").all() == (education == "30")


def test_under_the_other_reading_the_person_stays_in_a_closed_post():
    found = restructure(kabupaten(), rules_on(reading="tidak disetarakan"))
    posts = found.posts().set_index("post")
    assert posts.loc["data", "status"] == "closed"
    assert posts.loc["data", "rule"] == "pendidikan_tidak"
    ledger = found.ledger().query("person == 'k-data'")
    assert ledger["outcome"].tolist() == ["moved", "closed", "unplaced"]
    assert ledger["post_after"].tolist() == ["data", "data", "data"]
    assert ledger["unit_after"].tolist() == ["bid", "bid", "bid"]


def test_the_ledger_follows_a_person_through_the_stages(found):
    ledger = found.ledger().query("person == 'k-anak'")
    assert ledger["stage"].tolist() == ["struktur", "jabatan", "penyetaraan"]
    assert ledger["unit_before"].tolist() == ["anak", "bid", "bid"]
    assert ledger["post_after"].tolist() == ["anak", "anak", "anak/JF"]
    assert ledger["rule"].tolist() == ["bubar_kabkota_iv", "tutup_jabatan_unit", "setara_pengawas"]


def test_the_regime_of_the_day_decides():
    units = UNITS.assign(agency_kind="pusat", agency="Badan A")
    units.loc[units["unit"] == "camat", ["exempt", "reason"]] = ["ya", "menurut keputusan"]
    found = restructure(kabupaten(units), rules_on(dt.date(2020, 6, 30)))
    rules = found.details.set_index("person")["rule"].to_dict()
    assert rules["k-anak"] == "setara_pengawas_2019"
    assert rules["k-data"] == "pendidikan_2019"
    # the class of the post was kept under the older regime, and is open under the newer
    assert found.after.posts.loc["umum/JF", "kelas"] == 19
    later = restructure(kabupaten(units), rules_on(dt.date(2021, 7, 1)))
    assert pd.isna(later.after.posts.loc["umum/JF", "kelas"])


def test_an_override_counts_more_than_the_rules():
    units = UNITS.assign(exempt=None, reason=None).astype({"exempt": object, "reason": object})
    units.loc[units["unit"] == "anak", ["exempt", "reason"]] = [True, "beban kerja"]
    units.loc[units["unit"] == "upt", ["exempt", "reason"]] = [False, "bukan UPT"]
    crosswalk = restructure(kabupaten(units), rules_on()).crosswalk().set_index("unit")
    assert crosswalk.loc["anak", ["status", "rule"]].tolist() == ["exempt", "kolom exempt"]
    assert crosswalk.loc["upt", ["status", "new_unit"]].tolist() == ["dissolved", "bid"]


def test_what_is_exempt_for_one_above_falls_with_it():
    units = UNITS.assign(exempt=None, reason=None).astype({"exempt": object, "reason": object})
    units.loc[units["unit"] == "lama", "parent"] = "upt"
    units.loc[units["unit"] == "lama", "eselon"] = "IV.b"
    stays = simplify_units(kabupaten(units), rules_on()).units().set_index("unit")["status"]
    assert stays[["upt", "lama"]].tolist() == ["exempt", "exempt"]
    units.loc[units["unit"] == "upt", ["exempt", "reason"]] = [False, "bukan UPT"]
    step = simplify_units(kabupaten(units), rules_on())
    falls = step.units().set_index("unit")["status"]
    assert falls[["upt", "lama"]].tolist() == ["dissolved", "dissolved"]
    assert len(simplify_units(step.after, rules_on()).after.units) == len(step.after.units)


def test_an_override_needs_a_reason():
    units = UNITS.assign(exempt=[True, *[None] * 13])
    with pytest.raises(DataError, match=re.escape("1 rows (row 0) override the rules without")):
        kabupaten(units)


def test_a_root_is_never_dissolved():
    units = UNITS.assign(agency_kind="pusat")
    message = "1 roots would dissolve: camat (Kecamatan Utara, rule bubar_pusat_iii)"
    with pytest.raises(DataError, match=re.escape(message)):
        simplify_units(kabupaten(units), rules_on())


def test_the_kind_of_agency_must_be_known():
    with pytest.raises(DataError, match=re.escape("column agency_kind does not say")):
        simplify_units(kabupaten(UNITS.drop(columns="agency_kind")), rules_on())


def test_the_label_of_a_new_post_must_be_free():
    posts = POSTS.replace({"post": {"j5": "anak/JF"}})
    organisation = Organisation.from_frames(UNITS, posts, PEOPLE)
    with pytest.raises(DataError, match="anak/JF would be the labels of new functional posts"):
        restructure(organisation, rules_on())


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("education", "S-1", "column education: 'S-1' (person k-anak) is not a code of SIASN"),
        ("golongan", "VI/a", "column golongan: 'VI/a' (person k-anak) is not a rank"),
        ("birth", pd.Timestamp("2030-01-01"), "(person k-anak) is no date before 2021-12-31"),
    ],
)
def test_what_people_are_like_must_be_readable(column, value, message):
    people = PEOPLE.copy()
    people.loc[people["post"] == "anak", column] = value
    with pytest.raises(DataError, match=re.escape(message)):
        restructure(Organisation.from_frames(UNITS, POSTS, people), rules_on())
