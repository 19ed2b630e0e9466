"""Squads of agencies: what leaves says of nobody who he is, and agrees with the plan."""

import datetime as dt
import shutil
from dataclasses import replace

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure import Table, audit, protect_together, publish
from analysis.errors import DataError, LackingError
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables import ALL, read_squad_inputs
from analysis.individuals.standard_tables.squad_people import agencies_of, people_of, posts_of
from analysis.individuals.standard_tables.squad_plans import CHOSEN, plan_for, price_mix
from analysis.individuals.standard_tables.squads import SMALLEST_COUNT, code, squad_set
from analysis.paths import EXAMPLES

DAY = dt.date(2026, 6, 30)
AGENCY = "Pemerintah Kota Rekaan"
UNITS = [
    ("kota", None, AGENCY, "instansi", "71"),
    ("data", "kota", "Dinas Data", "perangkat", "71"),
    ("olah", "data", "Bidang Olah", "bagian", "71"),
    ("hukum", "kota", "Dinas Hukum", "perangkat", "73"),
]


def person(number, unit, title, **more):
    row = {"nipBaru": f"p{number:03d}", "unorId": unit, "instansiKerjaNama": AGENCY}
    row |= {"jenisJabatanId": "2", "tkPendidikanTerakhir": "40", "kedudukanPnsId": "1"}
    row |= {"jabatanFungsionalNama": title, "jabatanFungsionalUmumNama": None}
    return row | more


def people():
    rows = [person(i, "olah", "Statistisi Ahli Muda") for i in range(8)]
    rows += [person(10 + i, "data", "Statistisi Ahli Pertama") for i in range(4)]
    rows += [person(20 + i, "hukum", "Analis Hukum Ahli Muda") for i in range(2)]
    return [*rows, person(30, "hukum", "Analis Hukum Ahli Muda", kedudukanPnsId="2")]


def units(rows=UNITS):
    columns = ("Id", "DiatasanId", "NamaUnor", "JenisUnorId", "kabkota")
    table = [dict(zip(columns, row, strict=True)) for row in rows]
    return [row | {"kabkota": f"31.{row['kabkota']}"} for row in table]


POSTS = [
    {"jabatan": f"{name} Ahli Muda", "jenjang": "Ahli Muda", "jenisJabatanId": "2"}
    | {"kabkota": place, "bezetting": staff, "kebutuhan": need}
    for name, place, staff, need in (
        ("Statistisi", "31.71", 9, 6),
        ("Statistisi", "31.73", 2, 3),
        ("Analis Hukum", "31.73", 4, 6),
    )
]
TASKS = """tugas,perangkat,paling_sedikit,paling_banyak,kompetensi,tingkat,porsi,orang
Satu data,Data,2,9,Data dan statistik,2,0.3,5
Satu data,Data,2,9,Hukum,2,0.3,1
Peta,,1,9,Data dan statistik,3,0.3,6
Robot,Robotika,1,9,Kecerdasan artifisial,2,0.3,2
"""


def records(**tables):
    given = {"people": people(), "units": units(), "posts": POSTS} | tables
    return Records({n: ibis.memtable(pa.Table.from_pylist(t)) for n, t in given.items()}, DAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("skuad")
    (target / "tugas_skuad.csv").write_text(TASKS, "utf-8")
    return target


@pytest.fixture(scope="module")
def inputs(folder):
    return read_squad_inputs(folder)


@pytest.fixture(scope="module")
def made(inputs):
    return squad_set(records(), inputs)


@pytest.fixture(scope="module")
def plan(inputs):
    return plan_for(people_of(records(), AGENCY, inputs), inputs)


def test_cells_are_the_seats_of_the_plan(made, plan):
    table = made.tables[f"skuad_tugas_{code(AGENCY)}"].frame.set_index(["tugas", "kompetensi"])
    seats = table[f"kursi_{code(AGENCY)}"]
    assert seats["Satu data", "Data dan statistik"] == 5
    assert seats["Satu data", "Hukum"] == 1
    assert seats["Robot", ALL] == 0
    assert seats[ALL, ALL] == len(plan.members) == 12


def test_a_task_whose_open_seats_would_tell_how_few_there_are_is_hidden(made, inputs):
    name = f"skuad_tugas_{code(AGENCY)}"
    assert not made.tables[name].frame["sedikit"].any()  # two could, one seat, covered: two or more
    none = [row for row in people() if row["unorId"] != "hukum"]
    one = [*none, person(20, "hukum", "Analis Hukum Ahli Muda")]
    wanted = replace(
        inputs,
        needs=inputs.needs.assign(
            people=inputs.needs["people"].where(inputs.needs["competence"] != "Hukum", 2)
        ),
    )
    found = squad_set(records(people=one), wanted)
    flags = found.tables[name].frame.set_index(["tugas", "kompetensi"])["sedikit"]
    assert flags["Satu data"].all()  # one of two seats covered: there is one
    assert flags[ALL, "Hukum"]
    assert not flags["Peta"].any()
    assert not flags[ALL, ALL]
    path = found.statistics["skuad_jalur"].frame.set_index("tugas")["n"]
    assert path["Satu data"] == 0 < path["Peta"]


def test_who_knows_the_seats_learns_no_more_of_a_task_that_is_hidden(tmp_path):
    two_lawyers = TASKS.replace("Hukum,2,0.3,1", "Hukum,2,0.3,2")
    others = [f"{name},,1,9,Data dan statistik,2,0.1,{n}\n" for name, n in (("A", 6), ("B", 7))]
    (tmp_path / "tugas_skuad.csv").write_text(two_lawyers + "".join(others), "utf-8")
    none = [row for row in people() if row["unorId"] != "hukum"]
    one = [*none, person(20, "hukum", "Analis Hukum Ahli Muda")]
    found = squad_set(records(people=one), read_squad_inputs(tmp_path))

    def attacked(**options):
        hidden = protect_together(found.tables, **options)
        tables = {n: Table(hidden[n], t.design, n) for n, t in found.tables.items()}
        return audit(tables, known=found.known)

    assert "kelompok Dinas Hukum" in set(attacked().query("~safe")["cell"])
    assert attacked(known=found.known)["safe"].all()


def test_nothing_that_leaves_shows_fewer_than_the_least_number_of_people(made, plan):
    shown = publish(made.tables, run="coba", log=None, statistics=made.statistics)
    members = plan.members.groupby("group")["person"].nunique()
    frame = shown[f"skuad_unit_{code(AGENCY)}"].frame
    totals = frame.set_index("kelompok")
    for group, number in members.items():
        if 0 < number < SMALLEST_COUNT:
            assert totals.loc[group, "status"] == "hidden"
    names = pd.concat([each.frame.astype(str) for each in shown.values()]).to_numpy().ravel()
    assert not {row["nipBaru"] for row in people()} & set(names)


def test_a_need_of_nobody_is_named_with_what_would_cover_it(made):
    (row,) = made.statistics["skuad_kosong"].frame.to_dict("records")
    assert (row["tugas"], row["kompetensi"], row["kursi"]) == ("Robot", "Kecerdasan artifisial", 2)
    assert row["cara"] == "latih"
    open_ = made.statistics["skuad_terbuka"].frame.set_index("cara")["bagian"]
    assert open_.to_dict() == {"pindah": 0, "latih": 1, "rekrut": 0}


def test_measures_of_the_plan(made):
    table = made.statistics["skuad_ukuran"].frame.set_index("ukuran")["nilai"]
    assert (table["pegawai"], table["tidak aktif"], table["tim"]) == (14, 1, 3)
    assert (table["kursi"], table["terbukti"]) == (14, 1)
    assert table["tim cukup"] == 2


def test_a_team_works_at_the_office_that_its_task_names(plan):
    assert plan.place.to_dict() == {"Satu data": "Dinas Data", "Peta": CHOSEN, "Robot": CHOSEN}
    home = plan.plan.workforce.units[plan.plan.tasks.home[0]]
    assert plan.people.units.loc[home, "office"] == "data"


def test_the_one_column_of_the_profile_names_posts_of_every_kind(inputs):
    """The 69-column profile has jabatanNama only, and gives the same people the same skills."""
    clerk = {"jenisJabatanId": "4", "jabatanFungsionalUmumNama": "Pengolah Data"}
    rows = [*people(), person(40, "data", None, **clerk)]
    own = {"jabatanFungsionalNama", "jabatanFungsionalUmumNama"}
    profile = [
        {name: value for name, value in row.items() if name not in own}
        | {"jabatanNama": row["jabatanFungsionalNama"] or row["jabatanFungsionalUmumNama"]}
        for row in rows
    ]
    expected, found = (
        people_of(records(people=table), AGENCY, inputs) for table in (rows, profile)
    )
    assert len(expected.skills)
    pd.testing.assert_frame_equal(found.skills, expected.skills)
    pd.testing.assert_frame_equal(found.posts, expected.posts)


def test_distance_is_of_places_and_of_steps(plan):
    assert plan.people.steps.loc["olah", "hukum"] == 3
    km = plan.people.kilometres
    assert km.loc["olah", "data"] == 0
    assert 1 < km.loc["olah", "hukum"] < 30


def test_the_order_of_the_records_does_not_matter(made, inputs):
    again = squad_set(records(people=people()[::-1], units=units()[::-1]), inputs)
    for name, table in made.tables.items():
        keys = list(table.design.dimensions)
        first, second = (t.frame.sort_values(keys) for t in (table, again.tables[name]))
        pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


def test_the_mix_of_prices_fills_every_post_that_is_short(inputs):
    posts = posts_of(records(), people_of(records(), AGENCY, inputs))
    table = price_mix(posts, inputs)
    assert (table[["move", "train", "train and move", "hire"]].sum(axis=1) == 3).all()
    assert table["move"].tolist() == [1] * len(table)  # a hire is dearer at every ratio
    assert table["optimal"].all()


def test_evidence_that_the_records_lack_is_told(made):
    rules = made.open["skuad_aturan"].frame.set_index("sumber")["dipakai"]
    assert not rules["sertifikat"]
    assert rules["jabatan_fungsional"].all()


def test_pppk_who_are_active_sit_in_squads_and_who_is_on_leave_does_not(inputs):
    leave = {row["nipBaru"] for row in people() if row["kedudukanPnsId"] != "1"}
    pppk = [row | {"kedudukanPnsId": "71"} for row in people() if row["nipBaru"] not in leave]
    found = people_of(records(people=[*pppk, *people()[-1:]]), AGENCY, inputs)
    assert len(found.posts) == len(people()) - 1
    assert not set(found.posts["person"]) & leave
    assert found.left_out == 1


@pytest.mark.parametrize(("year", "told"), [(DAY.year - 1, True), (2009, False)])
def test_records_of_training_that_is_all_too_old_have_no_such_evidence(inputs, year, told):
    course = {"nama": "Kecerdasan Artifisial", "jenisDiklatId": "3", "jumlahJam": 40.0}
    given = [{"nipBaru": "p001", **course, "tahun": year}]
    rules = squad_set(records(training=given), inputs).open["skuad_aturan"].frame
    assert rules.loc[rules["sumber"] == "pelatihan", "dipakai"].eq(told).all()


class TestWhatIsWrong:
    def test_a_person_in_no_unit_leaves_the_agency_without_a_plan(self, inputs):
        found = squad_set(records(people=[*people(), person(99, None, None)]), inputs)
        assert not found.tables
        assert "1 person is in no unit" in found.told[f"skuad {AGENCY}"]
        assert "1 people" not in found.lacking[f"skuad {AGENCY}"]

    def test_a_unit_that_stands_above_itself(self, inputs):
        circle = [UNITS[0], ("data", "olah", *UNITS[1][2:]), UNITS[2], UNITS[3]]
        found = squad_set(records(units=units(circle)), inputs)
        assert "stands above itself" in found.lacking[f"skuad {AGENCY}"]

    def test_records_without_posts_have_squads_and_no_mix(self, inputs):
        given = records()
        tables = {name: table for name, table in given.tables.items() if name != "posts"}
        found = squad_set(Records(tables, DAY), inputs)
        assert found.tables
        assert "no table posts" in found.lacking[f"skuad_bauran {AGENCY}"]

    def test_an_agency_for_which_nobody_works(self, folder, tmp_path):
        shutil.copytree(folder, tmp_path / "own")
        (tmp_path / "own" / "instansi_skuad.csv").write_text("instansi\nKota Lain\n", "utf-8")
        found = squad_set(records(), read_squad_inputs(tmp_path / "own"))
        assert "nobody works for Kota Lain" in found.lacking["skuad_instansi"]

    @pytest.mark.parametrize(
        ("name", "change", "message"),
        [
            ("tugas_skuad.csv", ("kompetensi", "keahlian"), "column kompetensi is missing"),
            ("tugas_skuad.csv", ("Satu data,Data,2", "Satu data,Data,3"), "Satu data has rows"),
            ("asumsi_skuad.csv", ("waktu,", "jam,"), "kode: .*jam.* is unknown"),
            ("asumsi_skuad.csv", ("waktu,0.5", "waktu,1.5"), "waktu must be a number"),
            ("latihan_skuad.csv", (",160,", ",-1,"), "is no number, 0 or more"),
            ("aturan_kompetensi_skuad.csv", ("sertifikat,", "piagam,"), "sumber: must be one of"),
        ],
    )
    def test_files_say_what_is_wrong(self, tmp_path, folder, name, change, message):
        own = folder / name
        text = (own if own.exists() else EXAMPLES / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(*change, 1), "utf-8")
        with pytest.raises(DataError, match=message):
            read_squad_inputs(tmp_path)

    def test_a_folder_without_files(self, tmp_path):
        with pytest.raises(DataError, match=r"none of tugas_skuad\.csv"):
            read_squad_inputs(tmp_path)

    def test_agencies_are_the_largest(self, inputs):
        other = [person(50 + i, "data", None) | {"instansiKerjaNama": "Kecil"} for i in range(3)]
        assert agencies_of(records(people=people() + other), inputs) == [AGENCY, "Kecil"]


def test_a_unit_without_a_place_is_named_by_its_id(inputs):
    clinic = ("klinik", "kota", "Klinik Dr. Budi Santoso", "perangkat", "99")
    found = people_of(records(units=units([*UNITS, clinic])), AGENCY, inputs)
    assert "klinik" not in found.units.index  # nobody works there
    held = [*people(), person(40, "klinik", "Analis Hukum Ahli Muda")]
    found = people_of(records(units=units([*UNITS, clinic]), people=held), AGENCY, inputs)
    with pytest.raises(LackingError, match="the place of the units klinik is not known"):
        _ = found.kilometres
