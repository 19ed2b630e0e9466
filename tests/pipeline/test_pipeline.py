"""The pipeline from end to end, on a copy of the project."""

import json
import os
import re
import shlex

import nbformat
import pytest

from analysis.pipeline.exclusive import BuildLock

EDITIONS = {
    "01_distribusi",
    "15_profil_provinsi-11",
    "15_profil_provinsi-12",
    "15_profil_provinsi-12-en",
}
FAILING = "15_profil_provinsi-12"
PROFILES = {name for name in EDITIONS if name.startswith("15")}


@pytest.fixture(scope="module")
def built(project):
    result = project.build()
    assert result.returncode == 0, result.stdout
    return project


@pytest.fixture
def change(built):
    """Change raw tables and their description, and put them back afterwards."""

    def change(replaced):
        for table, words in replaced.items():
            path = built.root / "data" / "raw" / f"{table}.csv"
            content = path.read_bytes()
            for old, new in words.items():
                assert content.count(old) == 1
                content = content.replace(old, new)
            path.write_bytes(content)
        hashed = built.run("analysis.datasets", "hash")
        assert hashed.returncode == 0, hashed.stderr

    with built.data_put_back():
        yield change


def test_builds_every_edition_and_an_index_in_each_language(built):
    names = EDITIONS | {"index", "index-en"}
    assert set(built.pages()) == {f"{name}.html" for name in names}


def test_leaves_no_unfinished_file(built):
    assert [path for path in built.root.rglob(".*-*") if "reports" in path.parts] == []


def test_nothing_changed_means_nothing_reruns(built):
    assert built.planned() == set()


def test_no_page_names_the_folder_it_was_built_in(built):
    assert [n for n, content in built.files().items() if str(built.root).encode() in content] == []


class TestRecord:
    def test_lists_a_digest_of_each_page(self, built):
        record = json.loads((built.root / "reports" / "build.json").read_text("utf-8"))
        assert set(record["pages"]) == {f"{name}.html" for name in EDITIONS}
        assert record["commit"] == "-"  # the copy is no repository

    def test_a_page_names_what_it_read(self, built):
        page = built.pages()["15_profil_provinsi-12.html"].decode("utf-8")
        assert re.search(r"<code>tenaga_kabkota \(12\)</code></dt><dd><code>[0-9a-f]{16}<", page)

    @pytest.mark.exhaustive
    def test_the_command_on_a_page_makes_the_same_page(self, built):
        name = "15_profil_provinsi-12"
        before = built.pages()[f"{name}.html"]
        page = before.decode("utf-8")
        command = shlex.split(re.search(r"<code>(pytask .*?)</code>", page)[1])
        for made in (f"reports/{name}.html", f"data/processed/notebooks/{name}.ipynb"):
            (built.root / made).unlink()
        again = built.run(*command)
        assert again.returncode == 0, again.stdout
        assert built.pages()[f"{name}.html"] == before


class TestChanges:
    """An edition is built again only if a value that it reads has changed."""

    def test_a_figure_of_one_province_reruns_its_editions(self, change, built):
        moved = {  # one doctor, so that the totals stay
            b"BARAT,SUMATERA UTARA,9,17,0,0,0,0,17": b"BARAT,SUMATERA UTARA,9,18,0,0,0,0,18",
            b"TENGAH,SUMATERA UTARA,27,48,17": b"TENGAH,SUMATERA UTARA,27,47,17",
            b",17,19,0,1,85\n12.02": b",17,19,0,1,84\n12.02",
        }
        change({"dokter_kabkota_2020": moved})
        assert built.editions_planned() == PROFILES - {"15_profil_provinsi-11"}

    @pytest.mark.exhaustive
    def test_staff_of_one_province_reruns_all_that_rank_it(self, change, built):
        moved = {b"Aceh,153733": b"Aceh,153732", b"Utara,200846": b"Utara,200847"}
        change({"pns_provinsi_2023": moved})
        assert built.editions_planned() == EDITIONS

    def test_what_is_said_of_a_table_reaches_the_reports_that_cite_it(self, built):
        description = built.root / "data" / "raw" / "datapackage.json"
        described = description.read_text("utf-8")
        title = "PNS menurut provinsi, Desember 2023"
        assert described.count(f'"title": "{title}"') == 1
        description.write_text(described.replace(title, f"{title}, diralat", 1), "utf-8")
        planned = {task for task in built.planned() if task.startswith("task_run")}
        description.write_text(described, "utf-8")
        assert planned == {f"task_run_notebook[{name}]" for name in EDITIONS}

    def test_the_words_of_a_report_rerun_that_report(self, built):
        words = built.root / "src" / "analysis" / "reports" / "texts" / "distribusi.id.md"
        before = words.read_bytes()
        words.write_bytes(before + b"\n")
        planned = built.planned()
        words.write_bytes(before)
        assert {task for task in planned if "notebook" in task} == {
            "task_run_notebook[01_distribusi]"
        }

    def test_a_page_that_was_lost_is_made_again_from_its_executed_notebook(self, built):
        page = built.root / "reports" / "15_profil_provinsi-11.html"
        content = page.read_bytes()
        page.unlink()
        result = built.build("--only", "15_profil_provinsi-11")
        assert result.returncode == 0, result.stdout
        assert re.search(r"1 +Succeeded", result.stdout)
        assert page.read_bytes() == content


class TestOnly:
    def test_an_unknown_edition_is_refused_with_those_there_are(self, project):
        result = project.build("--only", "15_profil_provinsi-99")
        assert result.returncode == 2
        assert "there is no edition '15_profil_provinsi-99'" in " ".join(result.stderr.split())


class TestTwoBuilds:
    def test_the_second_is_refused_and_told_why(self, built):
        lock = BuildLock(built.root / "data" / "processed")
        try:
            result = built.build()
        finally:
            lock.release()
        assert result.returncode == 1
        assert f"Another build is running in this folder (process {os.getpid()})" in result.stdout
        assert "Traceback" not in result.stdout

    def test_the_lock_is_not_kept_by_a_process_that_ended(self, tmp_path):
        BuildLock(tmp_path).release()
        BuildLock(tmp_path).release()


@pytest.fixture(scope="module")
def broken(built):
    """Break one notebook and mend the words of another after a good build, and build again."""
    good = built.pages()
    notebook = built.root / "notebooks" / "15_profil_provinsi.ipynb"
    content = nbformat.read(notebook, as_version=4)
    content.cells[2].source = "raise RuntimeError('the figures ran out')"
    nbformat.write(content, notebook)
    words = built.root / "src" / "analysis" / "reports" / "texts" / "distribusi.id.md"
    title = "Persebaran PNS di provinsi Indonesia"
    words.write_text(words.read_text("utf-8").replace(title, "Judul baru"), "utf-8")
    return good, built.build(), built


def test_a_failing_notebook_is_named_with_cell_and_error(broken):
    _, result, _ = broken
    assert result.returncode != 0
    assert f"{FAILING}.ipynb, cell [" in result.stdout
    assert "RuntimeError: the figures ran out" in result.stdout


def test_what_was_not_built_is_listed_at_the_end(broken):
    _, result, _ = broken
    listed = result.stdout.partition("Not built")[2]
    for name in PROFILES:
        assert f"  task_run_notebook[{name}]\n" in listed
        assert f"  task_render[{name}]\n" in listed
    assert "01_distribusi" not in listed


def test_a_failing_notebook_lets_the_others_finish(broken):
    good, _, project = broken
    page = project.pages()["01_distribusi.html"]
    assert page != good["01_distribusi.html"]
    assert b"Judul baru" in page


def test_a_failing_notebook_does_not_replace_its_good_report(broken):
    good, _, project = broken
    assert project.pages()[f"{FAILING}.html"] == good[f"{FAILING}.html"]


def test_a_failing_notebook_is_kept_outside_the_site(broken):
    _, _, project = broken
    kept = project.root / "data" / "processed" / "failed" / f"{FAILING}.ipynb"
    assert "the figures ran out" in kept.read_text()
