"""Each rule finds the row that breaks it, and nothing in rows that are sound."""

import datetime as dt

import pytest
from individual_records import PNS, PPPK, as_table, units

from analysis.individuals.validation import RULES, check
from analysis.individuals.validation.flags import flagged
from analysis.individuals.validation.rule import RowRule

BROKEN = [
    ("nip_form", {"nipBaru": "19850305 201001 9 01"}, ()),
    ("nip_form", {"nipBaru": ""}, ()),
    ("nip_rounded", {"nipBaru": "1,98503E+17"}, ()),
    ("nip_rounded", {"nipBaru": "198503052010019000"}, ()),
    ("nip_birth_invalid", {"nipBaru": "198502302010019001"}, ("nip_birth_differs",)),
    ("nip_birth_differs", {"tglLahir": dt.date(1985, 5, 3), "tmtPensiun": None}, ()),
    ("nip_start_invalid", {"nipBaru": "198503052010139001"}, ()),
    ("nip_start_differs", {"tmtCpns": dt.date(2010, 2, 1)}, ()),
    ("nip_sex_invalid", {"nipBaru": "198503052010013001"}, ()),
    ("nip_sex_differs", {"nipBaru": "198503052010012001"}, ()),
    (
        "birth_implausible",
        {"tglLahir": dt.date(2012, 3, 5), "nipBaru": "201203052010019001", "tmtPensiun": None},
        ("start_too_young",),
    ),
    (
        "start_too_young",
        {"tmtCpns": dt.date(2003, 3, 1), "nipBaru": "198503052003039001"},
        (),
    ),
    (
        "start_future",
        {"tmtCpns": dt.date(2026, 7, 1), "nipBaru": "198503052026079001", "tmtJabatan": None},
        (),
    ),
    ("post_before_start", {"tmtJabatan": dt.date(2009, 12, 31)}, ()),
    ("post_future", {"tmtJabatan": dt.date(2026, 7, 1)}, ()),
    ("pension_before_start", {"tmtPensiun": dt.date(2010, 1, 1), "bupPensiun": None}, ()),
    ("pension_differs", {"tmtPensiun": dt.date(2043, 3, 1)}, ()),
    ("pension_differs", {"tmtPensiun": dt.date(2043, 4, 2)}, ()),
    ("golongan_of_other_status", {"golRuangAkhir": "IX"}, ()),
    ("echelon_missing", {"jenisJabatanId": "1"}, ("post_of_other_kind",)),
    ("echelon_unexpected", {"eselonId": "41"}, ()),
    ("echelon_level_differs", {"eselonId": "41", "eselonLevel": 3}, ("echelon_unexpected",)),
    ("several_posts", {"jabatanStrukturalId": "J2"}, ("post_of_other_kind",)),
    ("post_of_other_kind", {"jabatanFungsionalId": None, "jabatanFungsionalUmumId": "J"}, ()),
    ("not_in_service", {"kedudukanPnsId": "99"}, ()),
    ("seconded", {"instansiKerjaId": "B", "jenisPegawaiId": "16"}, ()),
    ("seconded_unmarked", {"instansiKerjaId": "B"}, ("seconded",)),
    ("place_unknown", {"provinsi": None, "kabkota": None}, ()),
    ("place_differs", {"kabkota": "31.71"}, ()),
    ("code_provinsi", {"provinsi": "91", "kabkota": None}, ()),
    ("code_kabkota", {"kabkota": "32.99"}, ()),
    ("code_golRuangAkhir", {"golRuangAkhir": "III/z"}, ()),
    ("code_golRuangAkhir", {"golRuangAkhir": "III/"}, ()),
    ("code_tkPendidikanTerakhir", {"tkPendidikanTerakhir": "5"}, ()),
    ("code_jenisKelamin", {"jenisKelamin": "L"}, ()),
    ("range_bupPensiun", {"bupPensiun": 85, "tmtPensiun": None}, ()),
    ("range_bupPensiun", {"bupPensiun": 2_000_000_000}, ("pension_differs",)),
    ("missing_nipBaru", {"nipBaru": None}, ()),
    ("filler_date", {"tmtJabatan": dt.date(1900, 1, 1)}, ()),
]


OF_ROWS = [
    r
    for r in RULES.values()
    if r.table == "people" and (isinstance(r, RowRule) or r.name == "code_kabkota")
]
ABLE = [r for r in OF_ROWS if set(r.columns) <= set(PNS)]


def verdicts(rows, basis):
    """Return the names of the rules that each row breaks."""
    tables = {"people": as_table("people", rows)}
    return [
        {rule.name for rule, breaks in zip(ABLE, row, strict=True) if breaks}
        for _, broken in flagged("people", tables, ABLE, basis, ["nipBaru"])
        for row in broken
    ]


@pytest.fixture(scope="module")
def verdict_of(basis):
    rows = [PNS, PPPK, *(PNS | change for _, change, _ in BROKEN)]
    return verdicts(rows, basis)


def found(basis, names, **tables):
    """Return the rows that break some rules of a few names."""
    rules = {key: rule for key, rule in RULES.items() if rule.name in names}
    return {f.rule.key: f.rows for t in check(tables, basis, rules) for f in t.broken}


def test_sound_rows_break_nothing_but_say_that_they_are_made_up(verdict_of):
    assert verdict_of[:2] == [{"nip_synthetic"}, {"nip_synthetic"}]


@pytest.mark.parametrize(
    ("i", "rule", "also"), [(i, rule, also) for i, (rule, _, also) in enumerate(BROKEN)]
)
def test_a_row_that_breaks_a_rule_is_found(verdict_of, i, rule, also):
    assert verdict_of[2 + i] - {"nip_synthetic"} == {rule, *also}


def test_counts_are_those_of_the_rows(basis, verdict_of):
    rows = [PNS, PPPK, *(PNS | change for _, change, _ in BROKEN)]
    names = ("nip_form", "pension_differs", "filler_date", "seconded")
    expected = {f"people.{n}": sum(n in broken for broken in verdict_of) for n in names}
    assert found(basis, names, people=as_table("people", rows)) == expected


def test_every_rule_of_people_is_broken_by_some_test():
    tried = {rule for rule, _, _ in BROKEN} | {"nip_synthetic"}
    elsewhere = {"repeated_row", "repeated_key", "unit_unknown", "parent_unit_unknown"}
    general = {
        name
        for table, _, name in (key.partition(".") for key in RULES)
        if table == "people" and name.startswith(("unreadable_", "code_", "range_"))
    }
    rest = {key.partition(".")[2] for key in RULES if key.startswith("people.")}
    assert rest - general - tried - elsewhere == set()


def test_a_pppk_has_no_month_of_appointment_and_is_told_by_golongan_too(basis):
    changes = {"nipBaru": "199205052024999002", "tmtCpns": dt.date(2024, 8, 1), "tmtJabatan": None}
    (pppk, by_golongan, pns) = verdicts(
        [PPPK | changes, PPPK | changes | {"statusPegawai": None}, PNS | changes], basis
    )
    assert pppk == by_golongan == {"nip_synthetic"}
    assert "nip_start_invalid" in pns


def test_whoever_has_just_reached_the_least_age_is_old_enough(basis):
    """The day of the extract is the last of June, which not every month has."""
    least = min(basis.youngest.values())
    births = [dt.date(basis.day.year - least, 6, day) for day in (29, 30)]
    births.append(dt.date(basis.day.year - least, 7, 1))
    rows = [
        PNS | {"nipBaru": f"{born:%Y%m%d}2026069001", "tglLahir": born, "tmtPensiun": None}
        for born in births
    ]
    too_young = ["birth_implausible" in broken for broken in verdicts(rows, basis)]
    assert too_young == [False, False, True]


REPEATS = ("repeated_row", "repeated_key")


def test_rows_that_say_the_same_and_rows_that_contradict_each_other(basis):
    other = PNS | {"golRuangAkhir": "III/d"}
    rows = as_table("people", [PPPK, PPPK, PPPK, PNS, PNS, other])
    assert found(basis, REPEATS, people=rows) == {
        "people.repeated_row": 3,
        "people.repeated_key": 3,
    }


def test_people_without_a_number_are_no_repetition(basis):
    rows = as_table("people", [PNS | {"nipBaru": None}, PPPK | {"nipBaru": None}])
    assert found(basis, REPEATS, people=rows) == {}


def test_a_unit_that_is_not_in_the_list(basis):
    rows = as_table("people", [PNS, PPPK | {"unorId": "U9"}, PNS | {"unorId": None}])
    assert found(basis, ("unit_unknown",), people=rows, units=units()) == {"people.unit_unknown": 1}


def test_what_cannot_be_checked_is_said(basis):
    rules = {key: RULES[key] for key in ("people.unit_unknown", "people.code_eselon")}
    result = check({"people": as_table("people", [PNS])}, basis, rules)
    assert result["people.unit_unknown"].rows is None
    assert result["people.unit_unknown"].lacking == ("units",)
    assert result["people.code_eselon"].lacking == ("eselon",)


def test_examples_show_a_code_but_of_a_person_only_the_shape(basis):
    rows = [PNS | {"golRuangAkhir": "III/z", "_baris": 7, "nipBaru": "1,98503E+17"}]
    rules = {key: RULES[key] for key in ("people.code_golRuangAkhir", "people.nip_rounded")}
    result = check({"people": as_table("people", rows)}, basis, rules)
    (example,) = result["people.code_golRuangAkhir"].examples
    assert (example.row, example.values) == (7, {"golRuangAkhir": "III/z"})
    (example,) = result["people.nip_rounded"].examples
    assert example.values == {"nipBaru": "9,99999A+99"}


def test_rare_faults_have_examples_too(basis, monkeypatch):
    monkeypatch.setattr("analysis.individuals.validation.checking._LOOKED_THROUGH", 2)
    common = [PNS | {"golRuangAkhir": "III/z", "nipBaru": f"19850305201001900{i}"} for i in (1, 2)]
    rows = [*common, PPPK | {"kabkota": "32.99"}]
    rules = {key: RULES[key] for key in ("people.code_golRuangAkhir", "people.code_kabkota")}
    result = check({"people": as_table("people", rows)}, basis, rules)
    assert [e.values for e in result["people.code_kabkota"].examples] == [{"kabkota": "32.99"}]


def test_training_of_nobody_and_dates_that_run_backwards(basis):
    rows = [
        {
            "nipBaru": "198503052010019001",
            "jumlahJam": 20.0,
            "tahun": 2023,
            "tanggal": dt.date(2024, 1, 9),
            "tanggalSelesai": dt.date(2024, 1, 8),
        },
        {"nipBaru": "200001012024019001", "jumlahJam": -1.0, "tahun": 2024},
    ]
    rules = {key: rule for key, rule in RULES.items() if rule.table == "training"}
    tables = {"people": as_table("people", [PNS]), "training": as_table("training", rows)}
    broken = {f.rule.key: f.rows for t in check(tables, basis, rules) for f in t.broken}
    assert broken == {
        "training.person_unknown": 1,
        "training.range_jumlahJam": 1,
        "training.year_differs": 1,
        "training.end_before_start": 1,
    }


def test_activities_of_unknown_kinds_times_and_amounts(basis):
    sound = {"nipBaru": PNS["nipBaru"], "jenis": "coaching", "tahun": 2024, "jumlahJam": None}
    changes = [
        {"jenis": "meditasi"},
        {"jenis": None},
        {"tempat": "negeri"},
        {"bulan": 13},
        {"jumlah": -1.0},
        {"jumlahJam": 10_000.0},
        {"nipBaru": PPPK["nipBaru"]},
        {"tanggal": dt.date(2023, 1, 9)},
    ]
    rules = {key: rule for key, rule in RULES.items() if rule.table == "activities"}
    rows = as_table("activities", [sound, *(sound | change for change in changes)])
    tables = {"people": as_table("people", [PNS]), "activities": rows}
    broken = {f.rule.name: f.rows for t in check(tables, basis, rules) for f in t.broken}
    names = ("kind_unknown", "missing_jenis", "place_unknown", "range_bulan", "range_jumlah")
    others = ("range_jumlahJam", "person_unknown", "year_differs")
    assert broken == dict.fromkeys((*names, *others), 1)


def test_a_post_twice_in_a_unit(basis):
    post = {"unorId": "U1", "jabatan": "Guru Ahli Muda", "kelas": None, "kebutuhan": 3}
    rows = [post, post | {"kebutuhan": 4}, post | {"kelas": 9}, post | {"unorId": "U9"}]
    tables = {"posts": as_table("posts", rows), "units": units()}
    assert found(basis, (*REPEATS, "unit_unknown"), **tables) == {
        "posts.repeated_key": 2,
        "posts.unit_unknown": 1,
    }
