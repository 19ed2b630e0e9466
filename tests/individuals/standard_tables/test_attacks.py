"""Attacks on the whole path, from records to what a report shows."""

import datetime as dt
import io
import itertools
import json
import zipfile
from dataclasses import replace

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure import Table, audit, protect_together, read_run
from analysis.errors import DisclosureError
from analysis.individuals.aggregation import Records, count_people
from analysis.individuals.standard_tables import (
    ProtectedSet,
    TableSet,
    counted,
    make_run,
    making,
    tables_from,
)
from analysis.individuals.standard_tables.formation import formation_tables, need_known
from analysis.individuals.standard_tables.national import national_set
from analysis.individuals.standard_tables.reform import same_people, same_posts
from analysis.reports.data_nasional import DataNasional, findings, tables, words
from analysis.reports.workbooks import Sheet, workbook

DAY = dt.date(2026, 6, 30)
SCRIPT, FORMULA = "<script>alert(1)</script>", "=cmd|' /C calc'!A0"


def records(rows):
    return Records({"people": ibis.memtable(pa.Table.from_pylist(rows))}, DAY, synthetic=True)


def people(number, agency="Dinas A", kind="2", kabkota="31.71", title="Guru Ahli Muda"):
    row = {"provinsi": kabkota[:2], "kabkota": kabkota, "instansiKerjaNama": agency}
    post = {"jenisJabatanId": kind, "jabatanNama": title, "eselonId": None}
    return [row | post] * number


def formation():
    """Return people and need, and what posts tell of need: three families in three provinces."""
    rows = [
        (place, "2", title, *numbers)
        for title, table in {
            "Guru": ((30, 4, 0), (2, 0, 1), (25, 0, 9)),
            "Bidan": ((4, 2, 0), (20, 0, 6), (12, 3, 0)),
            "Perawat": ((18, 0, 0), (9, 0, 2), (0, 0, 3)),
        }.items()
        for place, numbers in zip(("31", "34", "53"), table, strict=True)
    ]
    columns = ["provinsi", "jenis_jabatan", "jabatan", "terisi", "lebih", "kosong"]
    found = pd.DataFrame(rows, columns=columns)
    both = formation_tables(found, ("Guru", "Bidan", "Perawat"), "wilayah", "pegawai")
    tables = dict(zip(("pegawai_formasi", "kebutuhan_formasi"), both, strict=True))
    return tables, need_known(both[1], "kebutuhan_formasi")


def protected(tables, **options):
    found = protect_together(tables, **options)
    return {name: Table(found[name], table.design, name) for name, table in tables.items()}


def small_set(made_from):
    def table():
        frame = count_people(made_from, ["kabkota", "jabatan"]).to_pyarrow().to_pandas()
        return counted(frame, ["kabkota", "jabatan"], "pegawai")

    return tables_from({"kecil": table})


@pytest.mark.parametrize("hidden", ["UPT 198503052010019001", "1985.0305 2010-01 9 001"])
@pytest.mark.parametrize("where", ["agency", "title"])
def test_a_nip_in_the_name_of_an_agency_or_a_post_stops_the_run(tmp_path, hidden, where):
    rows = people(40) + people(40, **{where: hidden}, kind="4")
    with pytest.raises(DisclosureError, match="a number like an NIP") as error:
        make_run(records(rows), tmp_path / "runs" / "a", log=tmp_path / "log")
    assert "2010" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_script_or_a_formula_in_a_name_stays_text_on_its_way_out(tmp_path):
    rows = people(30, SCRIPT) + people(40, FORMULA) + people(50, title=SCRIPT)
    make_run(records(rows), tmp_path / "a", log=None)
    run = read_run("a", tmp_path)
    say = words(DataNasional.check({"run": "a"}))
    found = findings.agencies(run)
    for shown in (tables.agencies(found, run, say), tables.families(run, say)):
        if shown.__class__.__name__ == "Table":
            html = shown._repr_mimebundle_()[0]["text/html"]
            assert "<script" not in html
    assert "&lt;script&gt;" in tables.agencies(found, run, say)._repr_mimebundle_()[0]["text/html"]
    assert r"\<script\>" in say("agencies", found).markdown
    frame = run.of("pegawai_instansi").frame
    assert {SCRIPT, FORMULA} <= set(frame["instansi"])
    names = frame["instansi"].drop_duplicates().rename("nama").to_frame()
    book = workbook([Sheet("Instansi", "Instansi", "", names, {"nama": ("Nama", "text")})])
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = [parts.read(n).decode() for n in parts.namelist() if "worksheets/" in n]
    assert not any("<f>" in sheet or "<script" in sheet for sheet in sheets)


def test_no_total_less_its_parts_gives_a_hidden_cell(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "SETS", {"kecil": TableSet(small_set)})
    numbers = itertools.product(("31.71", "31.72", "34.04"), ("Guru", "Bidan", "Perawat"))
    sizes = [1, 30, 12, 9, 2, 40, 3, 25, 18]
    rows = [
        person
        for (kabkota, title), size in zip(numbers, sizes, strict=True)
        for person in people(size, kabkota=kabkota, title=title)
    ]
    make_run(records(rows), tmp_path / "a", log=None)
    table = read_run("a", tmp_path).of("kecil").frame
    hidden = table.pivot(index="kabkota", columns="jabatan", values="status") == "hidden"
    assert hidden.loc["31.71", "Guru"]
    assert hidden.sum(axis=0).isin([0, 2, 3, 4]).all()
    assert hidden.sum(axis=1).isin([0, 2, 3, 4]).all()


def test_whoever_is_alone_in_a_cell_is_hidden_there_and_everywhere():
    rows = people(60) + people(1, "Dinas B", "1", title="Kepala") + people(30, "Dinas B")
    made = national_set(records(rows)).tables
    for name in ("pegawai_jenis_jabatan", "pegawai_instansi"):
        frame = made[name].frame
        assert (frame["pegawai"] == 1).any()


def test_a_run_that_would_give_away_who_left_since_the_last_one_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "SETS", {"kecil": TableSet(small_set)})
    base = [
        person
        for kabkota, title, size in [
            ("31.71", "Guru", 5),
            ("31.71", "Bidan", 30),
            ("31.72", "Guru", 20),
            ("31.72", "Bidan", 40),
        ]
        for person in people(size, kabkota=kabkota, title=title)
    ]
    log = tmp_path / "log"
    make_run(records(base), tmp_path / "first", log=log)
    with pytest.raises(DisclosureError, match=r"31.71, jabatan Guru \(by run first"):
        make_run(records(base[1:]), tmp_path / "second", log=log)
    assert not (tmp_path / "second").exists()
    made = make_run(records(base[1:]), tmp_path / "second", log=log, earlier="apart")
    assert made.tables["kecil"].risks == ("earlier_runs_unknown",)


def test_who_knows_the_need_of_posts_learns_nothing_of_the_people_in_them():
    tables, known = formation()
    before = audit(protected(tables), known=known)
    found_out = before[~before["safe"] & (before["lower"] == before["upper"])]
    assert {"wilayah 34, jabatan Guru, formasi terisi"} <= set(found_out["cell"])
    after = protected(tables, known=known)
    assert audit(after, known=known)["safe"].all()
    need = after["kebutuhan_formasi"].frame
    assert (need.loc[need["formasi"] == "kebutuhan", "status"] == "published").all()


def test_nobody_is_alone_in_a_vacant_place():
    tables, known = formation()
    result = audit(protected(tables, known=known), known=known)
    assert not result["given_away_by"].str.contains("alone in .*kosong").any()


def test_what_open_tables_tell_reaches_the_gate(tmp_path, monkeypatch):
    tables, known = formation()
    made = TableSet(lambda _: ProtectedSet(tables, known=known))
    monkeypatch.setattr(making, "SETS", {"formasi": made})
    make_run(records(people(1)), tmp_path / "a", log=tmp_path / "log")
    (log,) = (tmp_path / "log").iterdir()
    said = json.loads(log.read_text("utf-8"))["known"]
    assert len(said) == len(known)
    assert said[0]["source"] == "peta jabatan: kebutuhan"


def test_posts_that_close_tell_no_more_of_whom_they_leave_than_either_table_does():
    closing = {("III", "ahli madya"): (2, 26), ("IV", "ahli muda"): (3, 0)}
    closing |= {("V", "ahli pertama"): (7, 7)}
    staying = {"III": 43, "IV": 12, "V": 9, "ahli madya": 43, "ahli muda": 5, "ahli pertama": 29}
    kinds = {name: "fungsional" if " " in name else "struktural" for name in staying}
    levels = ["level_today", "level_restructured"]
    flows = [(*pair, sum(numbers)) for pair, numbers in closing.items()]
    flows += [(level, level, number) for level, number in staying.items()]
    posts = counted(
        pd.DataFrame(flows, columns=[*levels, "pegawai"]),
        levels,
        "pegawai",
        trees=dict.fromkeys(levels, kinds),
    )
    cases = [
        (level, outcome, number)
        for (_, level), numbers in closing.items()
        for outcome, number in zip(("conditional", "equalised"), numbers, strict=True)
    ]
    columns = ["level", "outcome", "pegawai_terdampak"]
    outcomes = counted(pd.DataFrame(cases, columns=columns), columns[:2], columns[2])
    tables = {"reform_posts": posts, "reform_outcomes": outcomes}
    same = same_people(posts, outcomes)
    assert len(same) == 3
    before = audit(protected(tables), known=same).set_index("cell")
    found_out = before.loc["level ahli madya, outcome conditional"]
    assert found_out["lower"] == found_out["upper"] == 2
    assert audit(protected(tables, known=same), known=same)["safe"].all()


def test_a_level_of_posts_that_one_table_shows_is_not_hidden_in_the_other():
    """Who is in echelon I: all structural posts less the others, which either table shows."""
    numbers = {"I": 3, "II": 9, "III": 30, "IV": 50, "V": 8}
    families = pd.DataFrame(
        [(f"Eselon {level}", number) for level, number in numbers.items()],
        columns=["jabatan", "pegawai"],
    ).assign(wilayah="31")
    kinds = {f"Eselon {level}": "Jabatan struktural" for level in numbers}
    levels = ["level_today", "level_restructured"]
    posts = pd.DataFrame(
        [(level, level, number) for level, number in numbers.items()], columns=[*levels, "pegawai"]
    )
    tree = dict.fromkeys(numbers, "struktural")
    tables = {
        "pegawai_keluarga": counted(
            families, ["wilayah", "jabatan"], "pegawai", trees={"jabatan": kinds}
        ),
        "reform_posts": counted(posts, levels, "pegawai", trees=dict.fromkeys(levels, tree)),
    }
    known = same_posts(tables)
    assert len(known) == 6
    assert same_posts({"pegawai_keluarga": tables["pegawai_keluarga"]}) == []
    careless = {
        name: replace(
            table, frame=table.frame.assign(status=_status(table.frame, hides)), name=name
        )
        for (name, table), hides in zip(tables.items(), (("I", "V"), ("I", "II")), strict=True)
    }
    found = audit(careless, known=known)
    first = found[found["status"] == "primary"]
    assert (first["lower"] == 3).all()
    assert (first["upper"] == 3).all()
    assert audit(careless)["safe"].all()
    assert audit(protected(tables, known=known), known=known)["safe"].all()


def _status(frame, hides):
    """Return a status by which levels are hidden wherever they stand, the first as sensitive."""
    own = [
        {str(label).removeprefix("Eselon ") for label in row} & set(hides)
        for row in frame.drop(columns="pegawai").itertuples(index=False, name=None)
    ]
    return ["primary" if hides[0] in each else "secondary" if each else "published" for each in own]
