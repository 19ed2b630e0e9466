"""The pipeline from end to end, on a copy of the project."""

import nbformat
import pytest

REPORTS = (
    "01_distribusi",
    "02_sebelum_sesudah",
    "03_penyederhanaan",
    "04_tenaga_kabupaten",
    "05_mutu_guru",
    "06_redistribusi_kabupaten",
    "07_redistribusi",
    "09_peta_jabatan",
    "12_sekolah_kecamatan",
)


@pytest.fixture(scope="module")
def built(project):
    result = project.build()
    assert result.returncode == 0, result.stdout
    return project


def test_builds_every_report_and_the_index(built):
    assert set(built.pages()) == {f"{name}.html" for name in (*REPORTS, "index")}


def test_leaves_no_unfinished_file(built):
    assert [path for path in built.root.rglob(".*-*") if "reports" in path.parts] == []


def test_nothing_changed_means_nothing_reruns(built):
    assert built.planned() == set()


def test_a_changed_table_reruns_only_what_depends_on_it(built):
    table = built.root / "data" / "raw" / "pns_seluma.csv"
    original = table.read_bytes()
    description = table.with_name("datapackage.json")
    described = description.read_bytes()
    table.write_bytes(original.replace(b"S3,0", b"S3,1", 1).replace(b"SD,13", b"SD,12", 1))
    assert built.run("analysis.datasets", "hash").returncode == 0
    planned = built.planned()
    table.write_bytes(original)
    description.write_bytes(described)
    assert planned == {
        "task_process[jabatan]",
        "task_run_notebook[03_penyederhanaan]",
        "task_render[03_penyederhanaan]",
        "task_index",
    }


def test_what_is_said_of_a_table_reaches_the_reports_that_cite_it(built):
    description = built.root / "data" / "raw" / "datapackage.json"
    described = description.read_text("utf-8")
    title = "PNS menurut provinsi, Desember 2023"
    assert described.count(f'"title": "{title}"') == 1
    description.write_text(described.replace(title, f"{title}, diralat", 1), "utf-8")
    planned = built.planned()
    description.write_text(described, "utf-8")
    assert planned == {
        "task_process[pns_provinsi]",
        "task_run_notebook[01_distribusi]",
        "task_render[01_distribusi]",
        "task_run_notebook[02_sebelum_sesudah]",
        "task_render[02_sebelum_sesudah]",
        "task_run_notebook[07_redistribusi]",
        "task_render[07_redistribusi]",
        "task_index",
    }


@pytest.fixture(scope="module")
def broken(built):
    """Break one notebook and mend the words of another after a good build, and build again."""
    good = built.pages()
    notebook = built.root / "notebooks" / "03_penyederhanaan.ipynb"
    content = nbformat.read(notebook, as_version=4)
    content.cells[-1].source = "raise RuntimeError('the figures ran out')"
    nbformat.write(content, notebook)
    words = built.root / "src" / "analysis" / "reports" / "texts" / "distribusi.id.md"
    title = "Persebaran PNS di provinsi Indonesia"
    words.write_text(words.read_text("utf-8").replace(title, "Judul baru"), "utf-8")
    return good, built.build(), built


def test_a_failing_notebook_is_named_with_cell_and_error(broken):
    _, result, _ = broken
    assert result.returncode != 0
    assert "03_penyederhanaan.ipynb, cell [" in result.stdout
    assert "RuntimeError: the figures ran out" in result.stdout


def test_a_failing_notebook_lets_the_others_finish(broken):
    good, _, project = broken
    page = project.pages()["01_distribusi.html"]
    assert page != good["01_distribusi.html"]
    assert b"Judul baru" in page


def test_a_failing_notebook_does_not_replace_its_good_report(broken):
    good, _, project = broken
    assert project.pages()["03_penyederhanaan.html"] == good["03_penyederhanaan.html"]


def test_a_failing_notebook_is_kept_outside_the_site(broken):
    _, _, project = broken
    kept = project.root / "data" / "processed" / "failed" / "03_penyederhanaan.ipynb"
    assert "the figures ran out" in kept.read_text()
