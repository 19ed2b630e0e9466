"""A run of tables from records: whole, through the gate, the same again."""

import datetime as dt
import json
import shutil
from dataclasses import replace

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.disclosure import Published, Statistics, publish, read_run, write_run_folder
from analysis.errors import (
    DataError,
    DisclosureError,
    LackingError,
    ParameterError,
    UnprotectedError,
)
from analysis.individuals.__main__ import main
from analysis.individuals.aggregation import Records, count_people, open_records
from analysis.individuals.engines import open_engine
from analysis.individuals.population import Request, generate
from analysis.individuals.standard_tables import (
    ALL,
    TableSet,
    counted,
    make_run,
    making,
    tables_from,
)
from analysis.individuals.standard_tables.protected_set import UNFIT, unmade
from analysis.reads import Digests, noted
from analysis.reports.data_nasional import DataNasional, words
from analysis.reports.gated_findings import gated

DAY = dt.date(2026, 6, 30)


def small_set(made_from):
    """Return one small table, in place of all that there are."""

    def table():
        found = count_people(made_from, ["provinsi", "kabkota", "jenis_jabatan"])
        frame = found.to_pyarrow().to_pandas().rename(columns={"jenis_jabatan": "jenis"})
        tree = dict(zip(frame["kabkota"], frame["provinsi"], strict=True))
        return counted(frame, ["kabkota", "jenis"], "pegawai", trees={"kabkota": tree})

    return tables_from({"pegawai_jenis": table})


@pytest.fixture(scope="module", autouse=True)
def small_sets():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "SETS", {"kecil": TableSet(small_set)})
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("records") / "data"
    generate(Request(1500, seed=3, provinces=("31",)), target)
    return target


@pytest.fixture(scope="module")
def runs(folder, tmp_path_factory):
    """Return the folder of runs in which the command line made one."""
    runs = tmp_path_factory.mktemp("runs")
    assert main(["tables", str(folder), "--run", "coba", "--to", str(runs / "coba")]) == 0
    return runs


def records(rows, **more):
    tables = {"people": rows} | more
    return Records({n: ibis.memtable(pa.Table.from_pylist(t)) for n, t in tables.items()}, DAY)


def people(number, kabkota="31.71", **more):
    row = {"provinsi": kabkota[:2], "kabkota": kabkota, "jenisJabatanId": "2"}
    return [row | more] * number


class TestTotals:
    def test_each_total_is_a_row(self):
        cells = pd.DataFrame({"w": ["11.01", "11.02", "12.01"], "n": [5, 7, 9]})
        found = counted(cells, ["w"], "n", trees={"w": {"11.01": "11", "11.02": "11"}})
        assert dict(found.frame.to_numpy().tolist()) == {
            **{"11.01": 5, "11.02": 7, "12.01": 9},
            **{"11": 12, ALL: 21},
        }

    def test_totals_have_the_two_largest_contributors_of_all_their_parts(self):
        rng = np.random.default_rng(0)
        single = pd.DataFrame({"a": list("xyz") * 8, "b": list("pq") * 12})
        single["hours"] = rng.integers(1, 99, len(single))
        columns = ["hours", "first", "second", "number"]

        def largest(hours):
            first, second = hours.nlargest(2).tolist() if len(hours) > 1 else [hours.max(), 0]
            return pd.Series([hours.sum(), first, second, len(hours)], columns)

        cells = single.groupby(["a", "b"])["hours"].apply(largest).unstack().reset_index()
        found = counted(cells, ["a", "b"], "hours", contributors=columns[1:]).frame
        for row in found.itertuples():
            own = single[
                (single["a"].eq(row.a) | (row.a == ALL)) & (single["b"].eq(row.b) | (row.b == ALL))
            ]
            assert [row.hours, row.first, row.second, row.number] == largest(own["hours"]).tolist()


class TestRuns:
    def test_a_reader_finds_what_was_made(self, runs, folder):
        run = read_run("coba", runs)
        assert run.synthetic
        assert run.day == dt.date.fromisoformat(
            json.loads((folder / "manifest.json").read_text())["notes"]["date"]
        )
        for name in run.tables:
            assert isinstance(run.of(name), Published)
        frame = run.of("pegawai_jenis").frame
        (everybody,) = frame[(frame["kabkota"] == ALL) & (frame["jenis"] == ALL)]["pegawai"]
        assert everybody == 1500
        assert (frame["pegawai"].dropna() >= 5).mean() == 1

    def test_the_same_again_has_the_same_bytes_and_one_file_in_the_log(self, runs, folder):
        before = {path.name: path.read_bytes() for path in (runs / "coba").iterdir()}
        assert main(["tables", str(folder), "--run", "coba", "--to", str(runs / "coba")]) == 0
        assert {path.name: path.read_bytes() for path in (runs / "coba").iterdir()} == before
        assert len(list(folder.with_name("data-log").iterdir())) == 1

    def test_the_next_extract_is_held_against_the_runs_of_the_log_that_it_names(
        self, folder, tmp_path, capsys
    ):
        def tables(run, *options):
            to = tmp_path / "runs" / run
            asked = ["tables", str(folder), "--run", run, "--to", str(to), *options]
            assert main(asked) == 0, capsys.readouterr().err
            (told,) = [
                line for line in capsys.readouterr().out.split("\n") if "earlier runs" in line
            ]
            return told, read_run(run, to.parent).of("pegawai_jenis").risks

        one, other = ["--log", str(tmp_path / "log")], ["--log", str(tmp_path / "elsewhere")]
        assert tables("satu", *one, "--first") == ("  earlier runs: none", ())
        assert tables("dua", *one) == ("  earlier runs: satu", ())
        told, risks = tables("dua", *other)
        assert "none in" in told
        assert "--log FOLDER" in told
        assert risks == ("earlier_runs_unknown",)
        told, risks = tables("tiga", *one, "--apart")
        assert "not taken into account" in told
        assert risks == ("earlier_runs_unknown",)
        refused = ["tables", str(folder), "--run", "tiga", "--to", str(tmp_path / "tiga")]
        assert main([*refused, *one, "--first"]) == 1
        assert "has dua, satu" in capsys.readouterr().err

    def test_exceptions_of_a_file_are_in_the_run_its_log_and_its_page(
        self, folder, tmp_path, capsys
    ):
        few = tmp_path / "few.csv"
        few.write_text(
            "tabel,kabkota,jenis,akibat,dasar,pemberi,tanggal\n"
            f"pegawai_jenis,{ALL},1,terbit,UU 14/2008,Kepala Pusat Data,2026-06-01\n"
        )
        command = ["tables", str(folder), "--run", "izin", "--to", str(tmp_path / "izin")]
        command += ["--log", str(tmp_path / "log"), "--first", "--grants", str(few)]
        assert main(command) == 1
        assert "is not sensitive" in capsys.readouterr().err
        assert not (tmp_path / "izin").exists()
        assert main([*command[:-2]]) == 0  # which cells are small is for the log's keeper to know
        (log,) = (tmp_path / "log").iterdir()
        stored = json.loads(log.read_text())["tables"]["pegawai_jenis"]
        cell = next(
            row for row, flag in zip(stored["rows"], stored["sensitive"], strict=True) if flag
        )
        few.write_text(few.read_text().replace(f"{ALL},1", f"{cell[0]},{cell[1]}"))
        log.unlink()
        assert main(command) == 0
        run = read_run("izin", tmp_path)
        assert [(each.by, each.day) for each in run.exceptions] == [
            ("Kepala Pusat Data", dt.date(2026, 6, 1))
        ]
        assert run.of("pegawai_jenis").risks == ("sensitive_cells_forced",)
        told = words(DataNasional.check({"run": "izin"}))("gated", gated(run, run.tables))
        assert f"kabkota: {cell[0]}, jenis: {cell[1]}" in told.markdown.replace("\\", "")
        assert "1 Juni 2026" in told.markdown
        assert "Kepala Pusat Data" in next((tmp_path / "log").iterdir()).read_text()

    def test_a_run_that_is_not_there_is_named_with_those_that_are(self, runs):
        for name in ("lain", "../coba", ""):
            with pytest.raises(ParameterError, match=r"there are coba.*--run NAME"):
                read_run(name, runs)
        with pytest.raises(DataError, match="has no table x; it has"):
            read_run("coba", runs).of("x")

    def test_a_run_of_which_something_else_is_said_now_is_refused(self, runs, tmp_path):
        copy = shutil.copytree(runs / "coba", tmp_path / "coba")
        manifest = copy / "run.json"
        said = manifest.read_text("utf-8")
        manifest.write_text(said.replace('"synthetic": true', '"synthetic": false'), "utf-8")
        assert manifest.read_text("utf-8") != said
        with pytest.raises(DisclosureError, match=r"run\.json is not as it was written"):
            read_run("coba", tmp_path)
        manifest.write_text(said, "utf-8")
        assert read_run("coba", tmp_path).synthetic

    def test_what_is_read_is_noted_and_counts(self, runs, tmp_path, monkeypatch):
        monkeypatch.setenv("ANALYSIS_READS", str(tmp_path / "reads"))
        read_run("coba", runs).of("pegawai_jenis")
        found = noted(tmp_path / "reads")
        names = ["protected/coba/pegawai_jenis.published", "protected/coba/run"]
        assert [each.table for each in found] == names
        (tmp_path / "protected").symlink_to(runs)
        assert len({Digests(tmp_path)(each) for each in found}) == 2

    def test_nothing_is_written_of_a_run_that_is_stopped(self, tmp_path):
        rows = records(people(9) + people(2, "11.01") + people(8, "Dr. Budi"))
        with pytest.raises(DisclosureError, match="a name with a title"):
            make_run(rows, tmp_path / "runs" / "a", log=tmp_path / "log")
        assert list(tmp_path.iterdir()) == []

    def test_what_the_records_lack_is_left_out_and_said(self, tmp_path):
        with pytest.raises(LackingError, match="jenisJabatanId"):
            make_run(records([{"provinsi": "31", "kabkota": "31.71"}]), tmp_path / "a", log=None)

    def test_an_unknown_set_is_refused(self, tmp_path):
        with pytest.raises(ParameterError, match="there are kecil"):
            make_run(records(people(9)), tmp_path / "a", log=None, sets=["semua"])

    def test_a_set_that_takes_records_only_is_given_nothing_else(self, tmp_path):
        with pytest.raises(ParameterError, match=r"inputs: kecil .* takes records only"):
            make_run(records(people(9)), tmp_path / "a", log=None, inputs={"kecil": 1})

    def test_no_folder_is_written_over_that_is_no_run(self, tmp_path):
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "mine.txt").write_text("mine")
        with pytest.raises(DataError, match="is no run"):
            make_run(records(people(9)), tmp_path / "a", log=None)
        assert (tmp_path / "a" / "mine.txt").read_text() == "mine"


class TestStatistics:
    def frame(self):
        return pd.DataFrame(
            {"jenis": ["A", "B", "C"], "gini": [0.123456, 0.2, None], "orang": [10, 9, 50]}
        )

    def released(self, tmp_path, **options):
        found = Statistics(self.frame(), ["jenis"], ["gini"], "orang", **options)
        return publish(
            {},
            run="a",
            log=tmp_path / "log",
            statistics={"g": found},
            synthetic=True,
            earlier="none",
        )

    def test_a_statistic_of_few_people_is_hidden_and_the_others_are_short(self, tmp_path):
        found = self.released(tmp_path)["g"]
        assert list(found.frame.columns) == ["jenis", "gini", "status"]  # and not how many
        assert found.frame["status"].tolist() == ["published", "hidden", "published"]
        assert found.frame["gini"].tolist()[0] == 0.123
        assert found.frame["gini"].isna().tolist() == [False, True, True]
        assert (found.kind, found.risks) == ("protected", ("statistics_apart",))
        (log,) = (tmp_path / "log").iterdir()
        assert "0.2" not in log.read_text()

    def test_a_table_of_another_run_is_refused(self, tmp_path):
        found = self.released(tmp_path)["g"]
        less = Statistics(self.frame().iloc[:2], ["jenis"], ["gini"], "orang")
        (other,) = publish({}, run="b", log=None, statistics={"g": less}, synthetic=True).values()
        for run, each in (("a", found), ("b", other)):
            write_run_folder([each], tmp_path / "runs" / run, day=DAY)
        assert len(read_run("b", tmp_path / "runs").of("g").frame) == 2
        name = "g.published.json"
        shutil.copy(tmp_path / "runs" / "a" / name, tmp_path / "runs" / "b" / name)
        with pytest.raises(DisclosureError, match="g is not as this run published it"):
            read_run("b", tmp_path / "runs").of("g")

    def test_a_run_is_not_named_after_a_person_nor_says_who_is_lacking(self, tmp_path):
        found = self.released(tmp_path)["g"]
        number = "198503052010019001"
        with pytest.raises(ParameterError, match="no number of a person"):
            publish({}, run=number, log=tmp_path, statistics={})
        with pytest.raises(ParameterError, match="no number of a person") as caught:
            write_run_folder([found], tmp_path / number, day=DAY)
        assert number not in str(caught.value)
        lacking = {"jarak": "the place of Klinik Dr. Budi Santoso is not known"}
        with pytest.raises(DisclosureError, match="tables that lack names a person") as caught:
            write_run_folder([found], tmp_path / "a", day=DAY, lacking=lacking)
        assert "Budi" not in str(caught.value)
        assert not (tmp_path / "a").exists()

    def test_it_goes_through_a_file(self, tmp_path):
        found = self.released(tmp_path)["g"]
        write_run_folder([found], tmp_path / "runs" / "a", day=DAY)
        read = read_run("a", tmp_path / "runs").of("g")
        pd.testing.assert_frame_equal(read.frame, found.frame, check_dtype=False)
        assert read.risks == found.risks

    def test_numbers_of_people_that_cannot_be_are_refused(self):
        with pytest.raises(DataError, match="how many people are behind each row"):
            Statistics(self.frame().assign(orang=[1.5, 3, 4]), ["jenis"], ["gini"], "orang")
        with pytest.raises(DataError, match="orang is missing"):
            Statistics(self.frame().drop(columns="orang"), ["jenis"], ["gini"], "orang")

    def test_numbers_that_are_text_are_read_as_numbers_and_other_text_is_refused(self, tmp_path):
        text = (
            self.frame().astype({"orang": str, "gini": object}).assign(gini=["0.123456", 1, None])
        )
        released = Statistics(text, ["jenis"], ["gini"], "orang")
        assert released.shown.tolist() == [True, False, True]
        assert released.released()["gini"].tolist()[0] == 0.123
        publish({}, run="a", log=tmp_path, statistics={"g": released})
        with pytest.raises(DataError, match="gini: rows 1 are no numbers"):
            Statistics(self.frame().assign(gini=[0.1, "?", 0.2]), ["jenis"], ["gini"], "orang")

    def test_a_person_in_a_label_is_refused(self):
        named = Statistics(
            self.frame().assign(jenis=["A", "B", "198503052010019001"]),
            ["jenis"],
            ["gini"],
            "orang",
        )
        with pytest.raises(DisclosureError, match="NIP"):
            publish({}, run="a", log=None, statistics={"g": named})


def test_what_is_wrong_with_records_is_told_who_makes_the_run_and_leaves_with_none(
    folder, tmp_path, monkeypatch
):
    wrong = unmade(["reform_posts"], DataError("1 are in posts such as Kepala Dinas Sosial."))
    lacks = unmade(["jp_instansi"], LackingError("the records have no table training."))
    names = unmade(["skuad"], LackingError("the place of Klinik Dr. Budi Santoso is not known."))
    sets = {
        "kecil": TableSet(small_set),
        "salah": TableSet(lambda _: wrong),
        "kurang": TableSet(lambda _: lacks),
        "bernama": TableSet(lambda _: names),
    }
    monkeypatch.setattr(making, "SETS", sets)
    with open_engine("duckdb") as engine:
        made = make_run(open_records(engine, folder), tmp_path / "run", log=None)
    assert "Kepala Dinas" in made.lacking["reform_posts"]
    written = read_run("run", tmp_path).lacking
    assert written["reform_posts"] == written["skuad"] == UNFIT
    assert "Budi" in made.lacking["skuad"]
    assert written["jp_instansi"] == made.lacking["jp_instansi"]
    assert "Kepala" not in "".join(each.read_text("utf-8") for each in tmp_path.rglob("*.json"))


@pytest.fixture
def two_sets(monkeypatch):
    """Make two sets of tables, of which the tables of one cannot be protected."""

    def refuse(tables, **options):
        if "pegawai_lain" in tables:
            raise UnprotectedError(
                "1 cells cannot be protected: pegawai_lain: region a (by pegawai_jenis: region b).",
                tables=["pegawai_lain"],
            )
        return publish(tables, **options)

    def other_set(records):
        found = small_set(records)
        return replace(found, tables={"pegawai_lain": found.tables["pegawai_jenis"]})

    sets = {"kecil": TableSet(small_set), "lain": TableSet(other_set)}
    monkeypatch.setattr(making, "SETS", sets)
    monkeypatch.setattr(making, "publish", refuse)


@pytest.mark.usefixtures("two_sets")
def test_a_cell_that_cannot_be_protected_tells_which_sets_may_pass_without_it(folder, tmp_path):
    with (
        open_engine("duckdb") as engine,
        pytest.raises(
            DisclosureError, match=r"Without lain the other sets may pass: --sets kecil\."
        ),
    ):
        make_run(open_records(engine, folder), tmp_path / "run", log=None)


@pytest.mark.usefixtures("two_sets")
def test_a_set_that_cannot_be_protected_is_left_out_where_nobody_asked_for_it(
    folder, tmp_path, capsys, monkeypatch
):
    asked = ["tables", str(folder), "--to", str(tmp_path / "coba"), "--run", "coba"]
    assert main(asked) == 0
    assert "pegawai_lain: not made; 1 cells cannot be protected" in capsys.readouterr().out
    written = read_run("coba", tmp_path)
    assert written.tables == ("pegawai_jenis",)
    assert written.lacking["pegawai_lain"] == making.UNPROTECTED  # without the cell
    monkeypatch.setattr(making, "SETS", {"lain": making.SETS["lain"]})
    assert main([*asked[:-1], "lagi", "--to", str(tmp_path / "lagi")]) == 1
    assert "cannot be protected" in capsys.readouterr().err
