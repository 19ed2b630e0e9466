"""A population as it is written: whole, sound by every rule, and unmistakably made up."""

import dataclasses
import errno
import hashlib
import json
import re
import warnings
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import analysis.individuals.population as package
from analysis.errors import DataError, ParameterError
from analysis.individuals.folders import open_dataset
from analysis.individuals.population import Request, generate, generation
from analysis.individuals.population.__main__ import main
from analysis.individuals.population.assumptions import assumptions
from analysis.individuals.population.faults import FAULTS
from analysis.individuals.population.headcounts import headcounts
from analysis.individuals.population.scoring import score
from analysis.individuals.schema import TABLES
from analysis.individuals.validation import check
from analysis.restructuring.organisation import Organisation

SMALL = Request(3000, seed=7, provinces=("31", "65", "81"))


def test_all_tables_are_of_the_schema_and_marked(small):
    dataset = open_dataset(small)
    assert dataset.synthetic
    assert dataset.rows["people"] == 3000
    assert set(dataset.files) == set(TABLES) - {"activities"}
    for name in dataset.files:
        for file in dataset.of(name):
            table = pq.read_table(file)
            assert set(table.column_names) <= set(TABLES[name].names)
            assert table["sintetis"].to_pylist() == [True] * table.num_rows


def test_people_have_no_names_and_numbers_that_no_one_has(ask):
    columns = {name for (name,) in ask("select column_name from (describe people)")}
    assert not {"nama", "gelarDepan", "nik", "tempatLahir"} & columns
    assert ask(
        "select count(distinct nipBaru), "
        "count(*) filter (regexp_full_match(nipBaru, '[0-9]{14}9[0-9]{3}')) from people"
    ) == [(3000, 3000)]


def test_people_add_up_to_the_margins(ask, published, autonomous):
    heads = headcounts(published, 3000, autonomous=autonomous, provinces=SMALL.provinces)
    found = ask(
        "select statusPegawai, provinsi, jenisKelamin, count(*) from people "
        "group by all order by all"
    )
    expected = [
        (status, province, sex, int(heads.people[status][p, s].sum()))
        for status in ("PNS", "PPPK")
        for p, province in enumerate(heads.provinces)
        for s, sex in ((1, "F"), (0, "M"))
    ]
    assert found == expected
    functional = sum(int(heads.people[s][..., i].sum()) for s, i in (("PNS", 4), ("PPPK", 0)))
    assert ask("select count(*) from people where jenisJabatanId = '2'") == [(functional,)]


def test_a_unit_has_one_head_at_most_and_who_heads_it_has_its_echelon(ask):
    (heads,) = ask("select count(*) from people where eselonId is not null")[0]
    assert ask(
        "select count(*), count(distinct unorId), count(*) filter (people.eselonId = EselonId_1), "
        "count(*) filter (jabatanNama = NamaJabatan) from people join "
        "(select Id, EselonId as EselonId_1, NamaJabatan from units) on unorId = Id "
        "where jabatanStrukturalId is not null"
    ) == [(heads,) * 4]


def test_people_work_in_a_unit_of_their_agency_and_place(ask):
    assert ask(
        "select count(*) from people join units on unorId = Id "
        "where instansiKerjaId = InstansiId and people.kabkota = units.kabkota"
    ) == [(3000,)]


def test_posts_count_the_people_in_them(ask):
    assert ask("select sum(bezetting) from posts") == [(3000,)]
    assert ask(
        "select count(*) from posts left join (select unorId, jabatanNama, count(*) as n from "
        "people group by all) as p on posts.unorId = p.unorId and jabatan = jabatanNama "
        "where bezetting != coalesce(n, 0)"
    ) == [(0,)]
    assert ask("select count(*) from posts where jenisJabatanId = '1' and kebutuhan != 1") == [(0,)]
    short, over = ask(
        "select count(*) filter (kebutuhan > bezetting), count(*) filter (kebutuhan < bezetting) "
        "from posts"
    )[0]
    assert short > 100
    assert over > 100


def test_training_lies_between_appointment_and_the_date(ask):
    rows, without, early, late, leaders = ask(
        "select count(*), count(*) filter (jumlahJam is null), "
        "count(*) filter (tanggal < tmtCpns), count(*) filter (tanggalSelesai > '2024-12-31'), "
        "count(*) filter (jenisDiklatId = '1' and eselonId is null) "
        "from training join people using (nipBaru)"
    )[0]
    assert rows > 5000
    assert 0.04 < without / rows < 0.08
    assert (early, late, leaders) == (0, 0, 0)


def test_appraisals_are_of_years_served_in_full_and_penalties_and_certificates_rare(ask):
    assert ask(
        "select count(*) from appraisal join people using (nipBaru) where tahun <= year(tmtCpns) "
        "and tmtCpns > make_date(tahun, 1, 1)"
    ) == [(0,)]
    (rows,) = ask("select count(*) from appraisal")[0]
    assert 4500 < rows <= 6000
    assert 0 < ask("select count(*) from discipline")[0][0] < 40
    assert 300 < ask("select count(*) from certificates")[0][0] < 900


def test_units_are_a_tree_with_a_root_for_each_agency(ask):
    assert ask(
        "with recursive up as (select Id, DiatasanId, 1 as level from units "
        "where DiatasanId is null union all select units.Id, units.DiatasanId, level + 1 "
        "from units join up on units.DiatasanId = up.Id) "
        "select count(*), max(level) between 4 and 9 from up"
    ) == [(*ask("select count(*) from units")[0], True)]


@pytest.mark.exhaustive
def test_a_whole_country_breaks_no_rule_and_has_every_regional_government(
    tmp_path, basis, agencies, published
):
    generate(Request(published.people, training=False), tmp_path / "country")
    engine = ibis.duckdb.connect()
    tables = {}
    for name in ("people", "units", "posts"):
        files = f"{tmp_path}/country/{name}/*.parquet"
        engine.raw_sql(f"create table {name} as from read_parquet('{files}')")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of DuckDB, in Ibis
            tables[name] = engine.table(name)
    assert check(tables, basis).faults == {}
    found = tables["people"].instansiKerjaNama.to_pyarrow()
    regional = {agency.name for agency in agencies if agency.level != "pusat"}
    assert regional <= set(found.to_pylist())


def test_validation_finds_faults_only_where_they_were_planted(tmp_path, basis):
    folder = tmp_path / "faulty"
    request = Request(6000, seed=3, provinces=("65", "81"), training=True, faults=0.05)
    generate(request, folder)
    counts = json.loads((folder / "manifest.json").read_text())["notes"]["faults"]
    every = {f"{name}.{fault.name}" for name, faults in FAULTS.items() for fault in faults}
    assert set(counts) == every
    log = pq.read_table(folder / "faults.parquet").to_pandas()
    told = log[log["fault"] != "people.nipBaru"].drop_duplicates(["table", "partition", "row"])
    assert told.shape[0] == sum(counts.values())
    scores = score(folder, basis)
    assert (scores["planted"] > 0).all()
    assert (scores["recall"] == 1).all(), scores[scores["recall"] != 1]
    assert (scores["precision"] == 1).all(), scores[scores["precision"] != 1]


def test_the_command_line_scores_what_was_planted(tmp_path, capsys):
    folder = str(tmp_path / "faulty")
    asked = [folder, "300", "--provinces", "65", "--no-training", "--faults", "0.1"]
    assert main(asked) == 0
    capsys.readouterr()
    assert main([folder, "--score"]) == 0
    heading, _, *rows = capsys.readouterr().out.splitlines()
    assert heading.split() == ["planted", "found", "right", "recall", "precision"]
    assert rows
    assert all(row.split()[-2:] == ["1.000", "1.000"] for row in rows)
    with pytest.raises(SystemExit):
        main([folder, "300", "--score"])
    assert "how many people to write, or --score" in capsys.readouterr().err


def test_a_population_without_faults_has_nothing_to_score(small, basis):
    with pytest.raises(DataError, match="made without faults"):
        score(small, basis)


def test_a_population_without_faults_breaks_no_rule(small, basis):
    tables = {
        name: ibis.memtable(pa.concat_tables(map(pq.read_table, files)).unify_dictionaries())
        for name, files in open_dataset(small).files.items()
    }
    found = check(tables, basis)
    assert found.synthetic
    assert found.faults == {}
    assert [f.rule.key for table in found for f in table.unchecked] == []


def digests(folder):
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_processors(small, tmp_path):
    before = pa.cpu_count()
    pa.set_cpu_count(1 if before > 1 else 3)
    try:
        generate(SMALL, tmp_path / "again")
    finally:
        pa.set_cpu_count(before)
    assert digests(tmp_path / "again") == digests(small)


def test_another_seed_gives_other_people(small, tmp_path):
    generate(dataclasses.replace(SMALL, seed=8, training=False), tmp_path / "other")
    one, two = digests(small), digests(tmp_path / "other")
    assert [name for name in two if name.startswith("people") and one[name] == two[name]] == []


def test_what_is_interrupted_leaves_nothing(tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(generation, "units_table", full)
    with pytest.raises(DataError, match="No space left on device"):
        generate(Request(200, provinces=("65",)), tmp_path / "population")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [-0.01, 0.2, float("nan")])
def test_a_share_of_faults_is_no_more_than_a_tenth(tmp_path, share):
    with pytest.raises(ParameterError, match=r"share of rows that get a fault, 0 to 0.1"):
        generate(Request(200, provinces=("65",), faults=share), tmp_path / "population")


def test_the_manifest_says_what_was_assumed(small):
    notes = json.loads((small / "manifest.json").read_text())["notes"]
    assert notes["request"]["seed"] == 7
    assert notes["date"] == "2024-12-31"
    assert "pppk_by_province" in {row["key"] for row in notes["assumptions"]}


def test_every_number_assumed_is_used_and_every_one_used_is_a_row():
    folder = Path(package.__file__).parent
    code = "".join(file.read_text() for file in sorted(folder.glob("*.py")))
    used = set(re.findall(r'assumed\(\s*"(\w+)"', code)) | {"central_people", "regional_people"}
    rows = assumptions()
    singles = rows[rows["value"].notna() & ~rows["group"].isin(["family", "class", "appraisal"])]
    lettered = {key for key in singles["key"] if re.fullmatch(r"(guru|kesehatan)_\w+", key)}
    assert used == set(singles["key"]) - lettered


def test_the_command_line_says_what_is_wrong(tmp_path, capsys):
    assert main([str(tmp_path / "p"), "10"]) == 1
    assert "too few" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([str(tmp_path / "p"), "4.734.041"])
    assert "write it without dots" in capsys.readouterr().err


def test_the_command_line_writes_a_population(tmp_path, capsys):
    folder = tmp_path / "p"
    assert main([str(folder), "200", "--provinces", "65", "--no-training"]) == 0
    assert open_dataset(folder).rows["people"] == 200
    assert "none of whom exists" in capsys.readouterr().out


def test_the_tables_make_an_organisation_that_can_be_restructured(ask_frame):
    units = ask_frame(
        "select Id as unit, DiatasanId as parent, u.nama as eselon, JenisUnorId as kind, "
        "InstansiId as agency, NamaUnor as name, provinsi as province "
        "from units left join echelons as u on EselonId = kode"
    )
    key = "concat(unorId, '/', {post})"
    posts = ask_frame(
        f"select {key.format(post='jabatan')} as post, unorId as unit, jabatan as title, jenjang, "
        "kelas, case jenisJabatanId when '1' then 'struktural' when '2' then 'fungsional' "
        "else 'pelaksana' end as kind, case jenisJabatanId when '1' then e.nama end as eselon, "
        "greatest(kebutuhan, bezetting) as seats "
        "from posts join units on unorId = Id left join echelons as e on EselonId = kode"
    )
    people = ask_frame(
        f"select nipBaru as person, {key.format(post='jabatanNama')} as post, "
        "tkPendidikanTerakhir as education, golRuangAkhir as golongan, tglLahir as birth "
        "from people where statusPegawai = 'PNS'"
    )
    found = Organisation.from_frames(units, posts, people)
    assert len(found.people) == len(people)
    assert found.incumbents[found.is_head].max() == 1
